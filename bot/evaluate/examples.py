"""The `ask:` examples of a model, put to its engine."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from bot.domain.questions import Question
from bot.pipeline import Engine, answer
from bot.problems import Problem, problem
from bot.resolve.checks import say_owners


def check_asks(engine: Engine, today: date) -> Iterator[Problem]:
    """The `ask:` examples whose answer names somebody else."""
    for rule in engine.company.rules:
        for example in rule.examples:
            if example.ask is None or not rule.in_force(today.toordinal()):
                continue
            done = answer(Question(example.ask, today, audiences=frozenset({"public", rule.audience})), engine)
            decided = {say_owners(verdict.decided.ruling) for verdict in done.resolution.verdicts if verdict.decided}
            named = done.resolution.result.roles if done.resolution.result and not done.resolution.verdicts else ()
            got = decided.pop() if len(decided) == 1 else tuple(sorted(named)) or (done.resolution.outcome,)
            if got != tuple(sorted(example.own)):
                yield problem(
                    "ask-fails",
                    example.place,
                    f'"{example.ask}" is answered: {done.message.headline}',
                    expected=f"the owner {' and '.join(example.own)}",
                    fix="reword the question, add words under `aka:`, or mend the rule",
                )
