"""Follow-ups: an elliptic question and the one before it -> a frame; or an answer to what the bot asked back."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.questions import Ambiguous, Fact, Frame, NotUnderstood, Option, Question, Understood
from bot.understand.choose import as_role, first_ids, frame_for
from bot.understand.forms import Fit
from bot.understand.frames import Reading, facts_of, mentions_of, roles_of, step_of, subjects_of
from bot.understand.lexicon import Sense, make_span
from bot.understand.prepare import Prepared, read

COMPLETE = 0.66
"""The share of a question's weight that a form has to explain once the subject of the one before is put in."""
VARIED = 0.66
"""The share of a fragment's weight that has to be known."""
SURE, FAIRLY_SURE = 0.9, 0.85
NAMES = frozenset({"subject", "step", "role", "fact"})
WITHOUT_STEP = frozenset({"steps", "role", "sheet"})
BARE = frozenset({"about", "subject", "step", "role", "pair", "fact", "position", "thread"})
"""Needs that a form of a fragment could have."""
QUESTION_WORDS = frozenset({"who", "when", "why", "steps", "sheet", "what-does"})


def follow_up(before: Understood, reading: Reading, question: Question, prepared: Prepared) -> Understood | None:
    """The frame that an elliptic question makes of what was before it; None when it makes none."""
    match before:
        case NotUnderstood():
            return None
        case Ambiguous():
            return choose_option(before, reading) or vary_options(before, reading, question, prepared)
        case Frame():
            return complete(before, reading, question, prepared) or vary(before, reading, question, prepared)


def choose_option(asked: Ambiguous, reading: Reading) -> Frame | None:
    """The reading that an answer such as "the AE" picks; None when it picks none or several."""
    ids = {id for span in reading.spans if (sense := span.sense("role")) for id in sense.ids}
    others = sum(span.weight for span in reading.spans if not span.tags & {"role", "mine", "follow", "pronoun", "can"})
    if not ids or others >= 1.0:
        return None
    fit = [option.frame for option in asked.options if ids & ({option.frame.as_role} if asked.about == "role" else set(option.frame.roles))]
    return replace(fit[0], confidence=SURE, mentions=mentions_of(reading)) if len(fit) == 1 else None


def vary_options(asked: Ambiguous, reading: Reading, question: Question, prepared: Prepared) -> Ambiguous | None:
    """What was asked back, with what is new put into every reading."""
    varied = vary(asked.frame, reading, question, prepared)
    if not isinstance(varied, Frame):
        return None
    options = tuple(
        Option(each.label, replace(each.frame, subjects=varied.subjects, step=varied.step, facts=varied.facts)) for each in asked.options
    )
    return replace(asked, frame=varied, options=options)


def complete(before: Frame, reading: Reading, question: Question, prepared: Prepared) -> Understood | None:
    """A question that lacks only what it is about: "why?", "who does?", "when?", "who negotiates?"."""
    tags = {tag for span in reading.spans for tag in span.tags}
    if not before.subjects or "subject" in tags or not is_ruled_there(before, reading, prepared):
        return None
    virtual = make_span("", 0, (Sense("subject", before.subjects), Sense("thread", ())), 0.0, (-1, 0))
    at = len(reading.spans)
    spans = [*reading.spans, virtual]
    fits = [
        fit
        for fit in prepared.forms.fit(spans)
        if fit.share >= COMPLETE and is_question(fit) and (at in fit.used or "step" in fit.used.values())
    ]
    if not fits:
        return None
    first = read(reading.tokens, prepared, before.subjects[0])
    whole = Reading(reading.tokens, [*first.spans, virtual], first.amounts)
    found = frame_for(fits[0], whole, question, prepared)
    if not isinstance(found, Frame):
        return found
    step = None if found.intent in WITHOUT_STEP else found.step or before.step
    roles = found.roles or (before.roles if found.intent == "does" else ())
    facts = {**before.facts, **found.facts}
    return replace(found, subjects=before.subjects, step=step, roles=roles, facts=facts, confidence=min(SURE, found.confidence))


def is_question(fit: Fit) -> bool:
    """Whether the form needs a word that asks, and not names alone."""
    return not set(fit.form.needs) <= BARE


def is_ruled_there(before: Frame, reading: Reading, prepared: Prepared) -> bool:
    """Whether the steps that are mentioned belong to what was asked about before."""
    steps = {id for span in reading.spans if (sense := span.sense("step")) and "subject" not in span.tags for id in sense.ids}
    ruled = {id for subject in before.subjects for id in prepared.grounds.steps.get(subject, frozenset())}
    return not steps or bool(steps & ruled)


def vary(before: Frame, reading: Reading, question: Question, prepared: Prepared) -> Frame | None:
    """The frame before with what is new put in its place: "and for SMB?", "60 days out", "what about the AE?"."""
    if len(before.subjects) == 1 and reading.amounts:
        reading = read(reading.tokens, prepared, before.subjects[0], fragment=True)
    tags = {tag for span in reading.spans for tag in span.tags}
    facts = facts_of(reading, (), prepared.grounds)
    if not (tags & NAMES or facts) or not is_fragment(reading, facts):
        return None
    blank = blank_fit(prepared)
    subjects = subjects_of(reading, blank, prepared.grounds) if has_subject(reading, prepared) else ()
    roles = first_ids(roles_of(reading, blank, subjects))
    step = step_of(reading, blank, subjects or before.subjects, prepared.grounds)
    if step and not subjects and not is_ruled_there(before, reading, prepared):
        subjects = subjects_of(reading, blank, prepared.grounds)
    facts = facts_of(reading, subjects, prepared.grounds)
    return replace(
        before,
        intent=going_on(before.intent, asks_roles=bool(roles)),
        subjects=subjects or before.subjects,
        roles=roles or before.roles,
        facts={**before.facts, **facts},
        step=step or (None if subjects else before.step),
        confidence=FAIRLY_SURE,
        mentions=mentions_of(reading),
        as_role=as_role(question, prepared) or before.as_role,
    )


def is_fragment(reading: Reading, facts: dict[str, Fact]) -> bool:
    """Whether the words are no question of their own, and nearly all of them are known."""
    if any(span.tags & QUESTION_WORDS and not span.tags & (NAMES | {"follow"}) for span in reading.spans):
        return False
    unknown = sum(span.weight for span in reading.spans if not span.senses)
    known = sum(span.weight for span in reading.spans if span.senses) + 2.0 * len(facts)
    return known > 0 and known / (known + unknown) >= VARIED


def has_subject(reading: Reading, prepared: Prepared) -> bool:
    """Whether the words say what it is about: a subject, or a value of an attribute whose values are all kinds of subjects."""
    for span in reading.spans:
        value = span.sense("fact")
        choices = prepared.company.attributes[value.attribute].choices.values() if value and "implies" in span.tags else ()
        if "subject" in span.tags or (choices and all(choice.of or "kinds" in choice.id for choice in choices)):
            return True
    return False


def blank_fit(prepared: Prepared) -> Fit:
    """A form that needs nothing and allows roles, for fragments."""
    intent = prepared.language.intents[0]
    return Fit(intent, replace(intent.forms[0], needs=(), allows=frozenset({"role"})), 1.0, {})


def going_on(intent: str, *, asks_roles: bool) -> str:
    """The intent of a question that varies the one before: after "why?" it is asked again who, and a role makes a yes-or-no of it."""
    if intent in ("who", "why"):
        return "does" if asks_roles else "who"
    return intent
