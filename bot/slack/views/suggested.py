"""Questions to try: only such as this company, or without one the guidance, really answers."""

from __future__ import annotations

from collections.abc import Iterator

from bot.domain.answers import Answer
from bot.domain.questions import Question
from bot.pipeline import answer
from bot.render.inert import clean, size
from bot.slack.views.here import Asker, Here
from bot.slack.views.pieces import LABEL

PROMPTS = 4
"""The most that Slack shows as prompts."""
MOST_ASKED = "renew"
"""The motion that people ask about most, in every company that was looked at."""
GOOD = ("answered", "depends")


def suggested(here: Here, asker: Asker, most: int = PROMPTS) -> tuple[str, ...]:
    """Questions that are answered here, as different ones as there are: one for each kind first."""
    found = here.once(("asked", asker.role), lambda: [*answered(here, asker)])
    first = {kind: question for question, kind in reversed(found)}
    ordered = [question for question, kind in found if first[kind] == question]
    ordered += [question for question, kind in found if first[kind] != question]
    return tuple(ordered[:most])


def answered(here: Here, asker: Asker) -> Iterator[tuple[str, str]]:
    """The questions that are answered, each with its kind."""
    for question in candidates(here, asker):
        done = answer(Question(question, here.today, asker.role), here.engine)
        if is_answered(done, here):
            yield question, done.frame.intent if done.frame else ""


def is_answered(done: Answer, here: Here) -> bool:
    """Whether an answer is one that is worth asking for: the company's own where there is one."""
    resolution = done.resolution
    own = ("company", "derived", "faq") if here.has_rules else ("guidance",)
    return resolution.outcome in GOOD and resolution.basis in own and not resolution.also


def candidates(here: Here, asker: Asker) -> list[str]:
    """The questions of `prompts/slack/questions.j2`, in the words of the company, as far as a button holds them."""
    company = here.company
    motions = {id: subject.name for id, subject in company.subjects.items() if subject.kind == "motion" and here.book.is_ruled(id)}
    view = {
        "role": asker.role,
        "roles": [role.name for role in company.roles()],
        "motions": [*motions.values()],
        "first": motions.get(MOST_ASKED) or next(iter(motions.values()), ""),
        "segments": [segment.name for segment in company.segments.values()],
        "faqs": [asked[0][:1].upper() + asked[0][1:] for entry in company.section("faqs") if (asked := entry.fields["ask"])],
        "terms": [entry.fields["name"] or entry.id.replace("-", " ") for entry in company.section("terms")],
        "has_rules": here.has_rules,
    }
    lines = map(clean, here.say("questions", view).lines)
    return [line for line in dict.fromkeys(lines) if line and size(line) <= LABEL]


def prompts(here: Here, asker: Asker) -> list[dict[str, str]]:
    """The same as Slack's suggested prompts."""
    return [{"title": question, "message": question} for question in suggested(here, asker)]
