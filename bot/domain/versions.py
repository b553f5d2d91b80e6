"""When a version of something is no longer in force: by its own words, or because a later one takes over."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from bot.domain.rules import Rule

if TYPE_CHECKING:
    from bot.domain.company import Entry

Version = TypeVar("Version", "Rule", "Entry")


def end_of(starts: int | None, until: int | None, others: Iterable[int]) -> int | None:
    """The first day on which a version is no longer in force, beside others that start on these days."""
    later = (day for day in others if day > (starts or 0))
    return min((*later, *(() if until is None else (until,))), default=None)


def reopened(kept: Iterable[Version], hidden: Iterable[Version], family: Callable[[Version], Hashable]) -> Iterator[Version]:
    """What is kept, each version ended by the next that is kept as well, and not by one that is hidden."""
    listed, gone = list(kept), {family(each) for each in hidden}
    starts: dict[Hashable, set[int]] = defaultdict(set)
    for each in listed:
        starts[family(each)].add(each.starts or 0)
    for each in listed:
        name = family(each)
        yield replace(each, ends=end_of(each.starts, each.until, starts[name])) if name in gone else each
