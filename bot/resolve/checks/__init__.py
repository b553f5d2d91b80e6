"""What can be wrong with rules that are each well written: overlaps, exceptions that never hold, circles, holes, examples.

Regions are compared, not sampled: an overlap is reported with facts that trigger it, and one that is not reported does not exist.
The one exception are rules so tangled that comparing them would take forever (`bot/domain/covers.py` has the bound, far beyond what
people write): what cannot be proven there is not reported.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from bot.problems import Problem
from bot.resolve.book import RuleBook
from bot.resolve.checks.circles import check_circles
from bot.resolve.checks.examples import check_examples
from bot.resolve.checks.holes import check_holes
from bot.resolve.checks.overlaps import check_overlaps
from bot.resolve.checks.reach import check_reach
from bot.resolve.checks.scope import scope_of
from bot.resolve.precedence import Precedence
from bot.resolve.sayings import say_box, say_owners


def check_rules(book: RuleBook, precedences: Mapping[str, Precedence], today: date) -> list[Problem]:
    """Everything that can be found by comparing rules."""
    found: list[Problem] = []
    for subject, precedence in precedences.items():
        scope = scope_of(book, subject, precedence)
        found += check_overlaps(scope)
        found += check_reach(scope)
    return [*found, *check_circles(book), *check_holes(book, today), *check_examples(book, today)]


__all__ = ["check_rules", "say_box", "say_owners"]
