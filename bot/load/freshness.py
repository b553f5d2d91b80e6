"""Whether somebody stands behind the rules: when each was verified, and until when that is good."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date

from bot.domain.rules import Rule
from bot.problems import Problem, problem


def check_freshness(rules: Iterable[Rule], today: date, good_for: int | None, routes: Collection[str]) -> Iterator[Problem]:
    """Rules past the day by which they had to be verified again, never verified, or verified on a day to come."""
    for rule in rules:
        if rule.basis == "derived" or not (rule.ends is None or rule.ends > today.toordinal()):
            continue
        if rule.verified is None:
            if good_for and rule.id not in routes:
                yield never_verified(rule)
            continue
        if rule.verified.on > today.toordinal():
            yield verified_ahead(rule)
        until = rule.verified.until or (rule.verified.on + good_for if good_for else None)
        if until is not None and until < today.toordinal():
            day = date.fromordinal(until).isoformat()
            yield problem(
                "stale",
                rule.place,
                f'"{rule.id}" had to be verified again by {day}',
                expected="a rule that somebody stands behind",
                fix=f"ask {rule.kept_by or 'whoever keeps it'} whether it still holds, then change `verified:`",
            )


def never_verified(rule: Rule) -> Problem:
    """The problem of a rule that nobody verified, in a model that asks for it."""
    return problem(
        "stale",
        rule.place,
        f'nobody ever verified "{rule.id}", and the model has `verify-every`',
        expected="a rule that somebody stands behind",
        fix=f"ask {rule.kept_by or 'whoever keeps it'} whether it holds, then add `verified:` with the day and who said so",
    )


def verified_ahead(rule: Rule) -> Problem:
    """The problem of a verification that has not happened yet."""
    assert rule.verified is not None
    day = date.fromordinal(rule.verified.on).isoformat()
    return problem(
        "verified-ahead",
        rule.place,
        f'"{rule.id}" is said to be verified on {day}, which is still to come',
        expected="the day on which somebody verified it",
        fix="mend the date; for a rule that will hold later write `from:`",
    )
