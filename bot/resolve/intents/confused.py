"""compare, where only one of the two is a role here, and the model says with what it is confused: that tells them apart."""

from __future__ import annotations

from bot.domain.answers import Resolution, Result
from bot.domain.company import Party
from bot.domain.questions import Frame
from bot.resolve.context import Context
from bot.resolve.findings import is_guided
from bot.resolve.intents.words import resolve_compare

JOBS = "compare-jobs"
"""The answer that knows only what the trade says of two jobs."""


def resolve_compared(frame: Frame, context: Context) -> Resolution:
    """Two things side by side; one of which the company has, and the other as it says itself."""
    answer = resolve_compare(frame, context)
    unknown = answer.outcome == "not-defined"
    if is_guided(frame, context) or not (unknown or answer.template == JOBS):
        return answer
    roles = [party for id in frame.roles if (party := context.company.parties.get(id)) and party.not_to_be_confused_with]
    told = [
        (party, name, text) for party in roles for name, text in party.not_to_be_confused_with if unknown or is_named(name, frame, context)
    ]
    if not told or len({party.id for party, _, _ in told}) > 1:
        return answer
    ours: Party = told[0][0]
    view = {"frame": frame, "party": ours, "apart": [(name, text) for _, name, text in told]}
    return Resolution("answered", "apart", view, Result("compare", (ours.id,)), None, "company")


def is_named(name: str, frame: Frame, context: Context) -> bool:
    """Whether a question names a job that is called so."""
    jobs = (context.company.guidance.jobs.get(role.removeprefix("job:")) for role in frame.roles)
    return any(name.lower() in (job.name.lower(), *(aka.lower() for aka in job.aka)) for job in jobs if job)
