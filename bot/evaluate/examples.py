"""The `ask:` examples of a model, put to its engine."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from bot.domain.answers import TOLD, Answer, Verdict
from bot.domain.company import Entry
from bot.domain.questions import Question
from bot.domain.rules import Example, Rule
from bot.evaluate.judge import NOBODY, owners_of
from bot.evaluate.saying import says
from bot.pipeline import Engine, answer
from bot.problems import Problem, problem
from bot.resolve.checks import say_owners


def check_asks(engine: Engine, today: date) -> Iterator[Problem]:
    """The `ask:` examples whose answer is another than they say."""
    rulings: tuple[Rule | Entry, ...] = (*engine.company.rules, *engine.company.entries)
    for ruling in rulings:
        for example in ruling.examples if ruling.in_force(today.toordinal()) else ():
            if example.ask is None:
                continue
            done = answer(Question(example.ask, today, audiences=frozenset({"public", ruling.audience})), engine)
            wanted = lacks_owner(example, done) if isinstance(ruling, Rule) else ", ".join(lacks(example, ruling, done))
            if wanted:
                yield problem(
                    "ask-fails",
                    example.place,
                    f'"{example.ask}" is answered: {done.message.headline}',
                    expected=wanted,
                    fix=f"reword the question, add words under `aka:`, or mend the {'rule' if isinstance(ruling, Rule) else 'entry'}",
                )


def lacks_owner(example: Example, done: Answer) -> str:
    """The owner that the example of a rule expects, where another comes out; else nothing."""
    decided = {say_owners(verdict.decided.ruling) for verdict in done.resolution.verdicts if verdict.decided}
    named = done.resolution.result.roles if done.resolution.result and not done.resolution.verdicts else ()
    got = decided.pop() if len(decided) == 1 else tuple(sorted(named)) or (done.resolution.outcome,)
    return "" if got == tuple(sorted(example.own)) else f"the owner {' and '.join(example.own)}"


def lacks(example: Example, entry: Entry, done: Answer) -> Iterator[str]:
    """What the example of an entry expects and the answer has not."""
    outcome, found = done.resolution.outcome, owners_of(done)
    if outcome not in (example.outcomes or TOLD):
        yield f"the outcome {' or '.join(example.outcomes or TOLD)}"
    elif outcome in TOLD and not tells(done, entry):
        yield f'an answer that goes by "{entry.id}"'
    if example.own and found != frozenset(example.own) - NOBODY:
        yield f"the roles {' and '.join(example.own)}, not {' and '.join(sorted(found)) or 'nobody'}"
    yield from (f'the words "{" | ".join(ways)}"' for ways in example.says if not says(done.text, ways))


def tells(done: Answer, entry: Entry) -> bool:
    """Whether an answer goes by an entry: it tells it, or is decided by the rule that a route makes."""
    parts = (done.resolution, *done.resolution.also)
    told = {(row.entry.section, row.entry.id) for each in parts for row in each.view.get("rows", ()) if hasattr(row, "entry")}
    told |= {("routes", rule.id) for each in parts for verdict in each.verdicts for rule in rules_of(verdict)}
    return (entry.section, entry.id) in told


def rules_of(verdict: Verdict) -> Iterator[Rule]:
    """The rules by which a question is decided, those of a table of cases included."""
    for decided in (verdict.decided, *(each for case in verdict.cases for each in case.decided)):
        if decided and decided.rule:
            yield decided.rule
