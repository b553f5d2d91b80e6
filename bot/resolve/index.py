"""An index of boxes: which of many share facts with one, found by and-ing bit sets instead of comparing them one by one."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from operator import or_, xor

from bot.domain.regions import Box, Span, Values


class ChoiceColumn:
    """For one attribute of choices: the boxes that admit each choice, as bits."""

    def __init__(self, free: int, entries: Iterable[tuple[int, Values]]) -> None:
        self.free = free
        self.by_choice: dict[str | Span, int] = {}
        for bit, values in entries:
            for choice in values:
                self.by_choice[choice] = self.by_choice.get(choice, 0) | bit

    def admitting(self, values: Values) -> int:
        """The boxes that admit one of the choices."""
        found = self.free
        for choice in values:
            found |= self.by_choice.get(choice, 0)
        return found


class SpanColumn:
    """For one attribute of numbers, as bits: the boxes of one span by where they begin and end; those of several by each stretch.

    A span meets another when it begins before the other's end, and does not end before the other begins.
    """

    def __init__(self, free: int, entries: Iterable[tuple[int, Values]]) -> None:
        self.free = free
        begin: dict[int, int] = {}
        end: dict[int, int] = {}
        changes: dict[int, int] = {}
        for bit, values in entries:
            assert isinstance(values, tuple)
            if len(values) == 1:
                ((low, high),) = values
                begin[low] = begin.get(low, 0) | bit
                end[high] = end.get(high, 0) | bit
                continue
            for each in (each for span in values for each in span):
                changes[each] = changes.get(each, 0) ^ bit
        self.begins, self.begun = running(begin, or_)
        self.ends, self.ended = running(end, or_)
        self.starts, self.held = running(changes, xor)

    def admitting(self, values: Values) -> int:
        """The boxes that admit one of the numbers."""
        assert isinstance(values, tuple)
        found = self.free
        for low, high in values:
            found |= self.begun[bisect_left(self.begins, high)] & ~self.ended[bisect_right(self.ends, low)]
            for held in self.held[bisect_right(self.starts, low) : bisect_left(self.starts, high) + 1]:
                found |= held
        return found


def running(bits: Mapping[int, int], join: Callable[[int, int], int]) -> tuple[list[int], list[int]]:
    """The places in order, and before the first and after each of them the bits so far."""
    places = sorted(bits)
    return places, list(accumulate((bits[place] for place in places), join, initial=0))


class Index:
    """Boxes, numbered in their order, by the values that they admit."""

    def __init__(self, boxes: Sequence[Box]) -> None:
        self.every = (1 << len(boxes)) - 1
        entries: dict[str, list[tuple[int, Values]]] = {}
        for number, box in enumerate(boxes):
            for name, values in box.items():
                entries.setdefault(name, []).append((1 << number, values))
        self.columns = {name: self.column(listed) for name, listed in entries.items()}

    def column(self, entries: list[tuple[int, Values]]) -> ChoiceColumn | SpanColumn:
        """The column of one attribute; the boxes that do not name it are free in it."""
        named = 0
        for bit, _ in entries:
            named |= bit
        free = self.every & ~named
        return ChoiceColumn(free, entries) if isinstance(entries[0][1], frozenset) else SpanColumn(free, entries)

    def bits_meeting(self, box: Box) -> int:
        """The boxes that share facts with this one, as bits."""
        found = self.every
        for name, values in box.items():
            column = self.columns.get(name)
            if column is not None:
                found &= column.admitting(values)
                if not found:
                    break
        return found

    def meeting(self, box: Box) -> Iterator[int]:
        """The numbers of the boxes that share facts with this one, in order."""
        return numbers_in(self.bits_meeting(box))


def numbers_in(bits: int) -> Iterator[int]:
    """The numbers of the bits that are set, in order."""
    while bits:
        number = lowest(bits)
        yield number
        bits ^= 1 << number


def lowest(bits: int) -> int:
    """The number of the lowest bit that is set."""
    return (bits & -bits).bit_length() - 1
