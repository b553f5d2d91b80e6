"""Transfers that do not say what happens: neither in a sentence, nor by whoever decides."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bot.load.shapes.rulings import TransferShape
from bot.load.shaping import Shaped
from bot.problems import Problem, problem


def check_transfers(entries: Iterable[Shaped]) -> Iterator[Problem]:
    """Those by which nobody could be told to whom something goes; shares and reasons do not say it."""
    for entry in entries:
        shape = entry.shape
        if isinstance(shape, TransferShape) and not entry.broken and not shape.then and not shape.decided_by:
            yield problem(
                "missing-key",
                entry.part.at("id"),
                f'"{entry.id}" says neither what happens nor who decides',
                expected="`then:` with one sentence, or `decided-by:` with a role or team",
                fix="add `then:`, such as `then: It goes to the new owner at once.`, or `decided-by:`",
            )
