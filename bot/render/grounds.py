"""grounds_of(): why it depends: for each case of a table what holds, the reasons, and the rule with who keeps it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.domain.answers import Case, Decided, Verdict
from bot.render.words import Words, listed

CASES = 8
"""The most cases that are told, and of how many rulings in one of them the reasons are."""
RULINGS = 3
EVERYWHERE = frozenset({"any", "otherwise", ""})
"""How a table says that a condition is met by all."""


@dataclass(frozen=True, slots=True)
class Ground:
    """One case: when it is so, what holds then, the reasons that are its alone, and its rules where they are not those of all."""

    when: str
    holds: str
    reasons: tuple[str, ...]
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grounds:
    """Why a verdict is as it is."""

    subject: str
    key: str
    shared: tuple[str, ...]
    """The reasons that hold in all of the cases."""
    cases: tuple[Ground, ...]
    rules: tuple[str, ...]
    """The rules, where all cases have the same."""
    left: int
    granted: tuple[str, ...]


def grounds_of(verdict: Verdict, words: Words) -> Grounds:
    """Why a verdict is as it is, case by case; of one that does not depend there is one case."""
    cases = verdict.cases or ((Case((), (verdict.decided,)),) if verdict.decided else ())
    told = [(case, reasons_in(case.decided), rules_in(case.decided, words)) for case in cases]
    shared = tuple(reason for reason in (told[0][1] if told else ()) if all(reason in reasons for _, reasons, _ in told))
    same = told[0][2] if told and len({rules for _, _, rules in told}) == 1 else ()
    grounds = tuple(
        Ground(
            ", ".join(condition for condition in case.conditions if condition not in EVERYWHERE),
            holding(case.decided, words),
            tuple(reason for reason in reasons if reason not in shared),
            () if same else rules,
        )
        for case, reasons, rules in told[:CASES]
    )
    return Grounds(verdict.subject, verdict.key, shared, grounds, same, max(0, len(told) - CASES), verdict.granted)


def holding(decided: Iterable[Decided], words: Words) -> str:
    """What holds in a case: one ruling, or several that something else decides between."""
    return listed(dict.fromkeys(words.ruling(each.ruling) for each in [*decided][:RULINGS]), "or")


def reasons_in(decided: Iterable[Decided]) -> tuple[str, ...]:
    """The reasons of a case; what an archetype gives has none of its own."""
    ruled = [each for each in decided if each.rule is not None and each.rule.basis == "company"]
    return tuple(dict.fromkeys(reason for each in ruled[:RULINGS] for reason in each.reasons))


def rules_in(decided: Iterable[Decided], words: Words) -> tuple[str, ...]:
    """The rules of a case, each with who keeps it; where an archetype decides, that it does."""
    return tuple(dict.fromkeys(line for each in [*decided][:RULINGS] for line in words.why(each)[-1:]))
