"""What ask, why and chat have in common: the options of a question, and the question made from them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import wraps
from typing import Any

import click

from bot.cli.opening import leave, open_company, today
from bot.domain.company import Company
from bot.domain.questions import Question
from bot.domain.threads import Thread
from bot.pipeline import Engine
from bot.problems import did_you_mean, list_known

OPTIONS = (
    click.option("--company", metavar="DIR", help="Folder of the company's model, the name of an example, or none for the guidance alone."),
    click.option("--model", "when", metavar="DATE|HASH", help="The model as it was on a day or at a commit, if it is kept under git."),
    click.option("--as", "as_role", metavar="ROLE", help="Your role, for questions such as “is this mine?”."),
    click.option("--segment", metavar="S", help="The customer's segment."),
    click.option("--as-of", metavar="DATE", help="The rules in force on a day, such as 2026-02-01."),
    click.option("--audience", metavar="A", multiple=True, help="What the asker may see; public by default."),
)


@dataclass(frozen=True, slots=True)
class Asking:
    """The options of a question."""

    company: str | None
    when: str | None
    as_role: str | None
    segment: str | None
    as_of: str | None
    audience: tuple[str, ...]

    def open(self) -> Engine:
        """The engine of the company asked, once the options are known to be sound; leaves with a message if not."""
        engine = open_company(self.company, self.when)
        wrong = check_names(self.fields(), engine.company)
        if wrong:
            leave(wrong)
        return engine

    def fields(self) -> dict[str, Any]:
        """The options by the names that a line of a batch uses."""
        return {"as": self.as_role, "segment": self.segment, "as_of": self.as_of, "audience": list(self.audience)}

    def question(self, text: str, thread: Thread | None = None) -> Question:
        """The question with these options."""
        return make_question({**self.fields(), "question": text}, thread)


def asking(command: Callable[..., None]) -> Callable[..., None]:
    """Gives a command the options of a question, as one `Asking`."""

    @wraps(command)
    def bundled(**given: Any) -> None:
        options = {name: given.pop(name) for name in ("company", "when", "as_role", "segment", "as_of", "audience")}
        command(asking=Asking(**options), **given)

    for option in reversed(OPTIONS):
        bundled = option(bundled)
    return bundled


def check_names(asked: Mapping[str, Any], company: Company) -> str:
    """What is wrong with the day, segment, role and audience of a question; empty when nothing is."""
    if asked.get("as_of") and to_day(str(asked["as_of"])) is None:
        return f'"{asked["as_of"]}" is not a date. Write it as 2026-02-01.'
    wanted = str(asked.get("segment") or "").strip().lower()
    names = {name.lower(): each.id for each in company.segments.values() for name in (each.id, each.name, *each.aka)}
    if wanted and wanted not in names:
        return f'There is no segment "{asked["segment"]}". {did_you_mean(wanted, names)}Known: {list_known(company.segments)}.'
    return check_role(asked.get("as"), company) or check_audience(asked.get("audience") or (), company)


def check_audience(names: str | Iterable[str], company: Company) -> str:
    """What is wrong with the asker's audiences; empty when nothing is."""
    known = {"public", "compensation", *company.audiences}
    for name in [names] if isinstance(names, str) else names:
        if name not in known:
            return f'There is no audience "{name}". {did_you_mean(name, known)}Known: {list_known(known)}.'
    return ""


def check_role(name: str | None, company: Company) -> str:
    """What is wrong with the asker's role; empty when nothing is."""
    wanted = (name or "").strip().lower()
    names = {each.lower() for party in company.parties.values() for each in (party.id, party.name, *party.aka)}
    names |= {each.lower() for job in company.guidance.jobs.values() for each in (job.id, job.name, *job.aka)}
    if not wanted or wanted in names:
        return ""
    return f'There is no role "{name}". {did_you_mean(wanted, names)}Known: {list_known([role.id for role in company.roles()])}.'


def to_day(text: str) -> date | None:
    """An ISO date, or None."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def make_question(asked: Mapping[str, Any], thread: Thread | None) -> Question:
    """A question from its fields, which have been checked, and what its thread was about."""
    audience = asked.get("audience") or []
    audiences = frozenset({"public", *([audience] if isinstance(audience, str) else map(str, audience))})
    role, segment = (str(asked[key]) if asked.get(key) else None for key in ("as", "segment"))
    day = to_day(str(asked["as_of"])) if asked.get("as_of") else None
    before = thread.heard_by(audiences) if thread else None
    return Question(str(asked["question"]), today(), role, segment, day, audiences, before)
