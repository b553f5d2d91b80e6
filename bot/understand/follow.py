"""Follow-ups: an elliptic question and the one before it -> a frame; or an answer to what the bot asked back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.domain.questions import Ambiguous, Fact, Frame, NotUnderstood, Option, Question, Several, Understood
from bot.domain.regions import overlaps
from bot.understand.amount_texts import of_attribute
from bot.understand.choose import PERMISSION, WITH_ROLES, as_role, first_ids, frame_for, unique, whose_of
from bot.understand.facts import facts_of
from bot.understand.forms import Fit
from bot.understand.frames import THINGS, WEAK, Reading, anchored, mentions_of, roles_of, step_of, subjects_of
from bot.understand.lexicon import Span, make_span
from bot.understand.phrasings import SAME
from bot.understand.prepare import Prepared, read
from bot.understand.senses import ENTRY_TAGS, Sense
from bot.understand.things import things_of

COMPLETE = 0.66
"""The share of a question's weight that a form has to explain once the subject of the one before is put in."""
VARIED = 0.66
"""The share of a fragment's weight that has to be known."""
SURE, FAIRLY_SURE = 0.9, 0.85
NAMES = frozenset({"subject", "step", "role", "fact"}) | THINGS
HERE = frozenset({"here", "mine"})
PLACES = frozenset({"here", "mine", "typical", "practice"})
"""Tags that say whose answer is wanted."""
WHERE = PLACES - {"mine"}
AROUND = frozenset({"what", "follow", "can", "pronoun"})
STANDS_FOR = frozenset({"it", "that", "this"})
"""Words for what was asked before."""
RULED = frozenset({"who", "does", "why", "when", "steps"})
"""Intents that are answered from the rules on ownership: "why?" after them is about the rule."""
ADDING = frozenset({"signal"})
"""Kinds of things that add up over a thread: what was said of a business still holds when more is said."""
CHOOSING, AFRESH = "choose", frozenset({"choose", "archetypes"})
"""The intent that weighs what is said of a business, and the tags of a question that begins it anew."""
FLEETING = frozenset({"entry", "word"})
"""What the words of one question alone find."""
ABOUT = "about"
"""The key of forms that ask about the answer before: "who is that?"."""
WITHOUT_STEP = frozenset({"steps", "role", "sheet"})
BARE = frozenset({"about", "subject", "step", "role", "pair", "fact", "position", "thread"}) | THINGS
"""Needs that a form of a fragment could have."""
QUESTION_WORDS = frozenset({"who", "when", "why", "steps", "sheet", "what-does"})


def follow_up(before: Understood, reading: Reading, question: Question, prepared: Prepared) -> Understood | None:
    """The frame that an elliptic question makes of what was before it; None when it makes none."""
    match before:
        case NotUnderstood() | Several():
            return None
        case Ambiguous():
            return choose_option(before, reading) or vary_options(before, reading, question, prepared)
        case Frame():
            says_where = vary(before, reading, question, prepared) if is_place(reading) else None
            return says_where or complete(before, reading, question, prepared) or vary(before, reading, question, prepared)


def goes_on(before: Understood, reading: Reading, question: Question, prepared: Prepared) -> Understood | None:
    """The frame of words that are known to go on from an answer of this intent: "how many?" after how long deals are kept."""
    if not isinstance(before, Frame):
        return None
    virtual = make_span("", 0, (Sense("thread", ()),), 0.0, (-1, 0))
    near = prepared.near_after(before.intent, reading, virtual)
    is_same = bool(near) and near[0].share >= SAME and near[0].intent.id == before.intent
    return complete(before, reading, question, prepared) if is_same else None


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
    reading = without_customer(reading, prepared)
    tags = {tag for span in reading.spans for tag in span.tags}
    if "subject" in tags or (before.subjects and not is_ruled_there(before, reading, prepared)):
        return None
    senses = (Sense("thread", ()), *((Sense("subject", before.subjects),) if before.subjects else ()))
    virtual = make_span("", 0, senses, 0.0, (-1, 0))
    at = len(reading.spans)
    fits = [
        fit
        for fit in prepared.forms.fit([*reading.spans, virtual], reading.matches)
        if fit.share >= COMPLETE and is_question(fit) and (at in fit.used or "step" in fit.used.values())
    ]
    near = prepared.near_after(before.intent, reading, virtual)
    near = [
        fit
        for fit in near
        if fit.intent.id == before.intent or not any("fact" in reading.spans[each].tags for each in fit.used if each < at)
    ]
    fits = [*(fit for fit in near if fit.share >= SAME and (fit.asks or fit.intent.id == before.intent)), *fits, *near]
    if not fits:
        return None
    if fits[0].form.key == ABOUT or (fits[0].intent.id == "why" and not (before.intent in RULED and before.subjects)):
        return Frame(fits[0].intent.id, about=before, as_role=before.as_role, confidence=SURE, mentions=mentions_of(reading))
    first = read(reading.tokens, prepared, next(iter(before.subjects), ""))
    whole = replace(first, spans=[*first.spans, virtual])
    found = frame_for(fits[0], whole, question, prepared)
    if not isinstance(found, Frame):
        return found
    going = continued(before, found)
    return going if going.subjects or not going.step else None


def without_customer(reading: Reading, prepared: Prepared) -> Reading:
    """The words without those for the customer, where others stand for what was asked before: "and on a Growth account, who does it?"."""
    if not any(token.text in STANDS_FOR for token in reading.tokens):
        return reading
    left = replace(reading, spans=[span for span in reading.spans if not names_customer(span)])
    return replace(left, matches=prepared.spoken_of(left))


def names_customer(span: Span) -> bool:
    """Whether words name the customer and nothing else."""
    sense = span.sense("subject")
    return sense is not None and set(sense.ids) <= set(WEAK) and span.tags <= {"subject"}


def continued(before: Frame, found: Frame) -> Frame:
    """A frame that lacks what it is about, with what the one before it was about."""
    step = None if found.intent in WITHOUT_STEP else found.step or before.step
    roles = found.roles or (before.roles if found.intent in WITH_ROLES - {"role", "sheet"} else ())
    fleeting = frozenset() if found.intent == before.intent else FLEETING
    things = joined({kind: ids for kind, ids in before.things.items() if kind not in fleeting}, found.things)
    return replace(
        found,
        subjects=before.subjects or found.subjects,
        step=step,
        roles=roles,
        facts={**before.facts, **found.facts},
        things=things,
        whose=found.whose or before.whose,
        confidence=min(SURE, found.confidence),
    )


def joined(before: Mapping[str, tuple[str, ...]], things: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """What was named before with what is named now in its place, or beside it where it adds up."""
    return {**before, **{kind: unique((*before.get(kind, ()), *ids)) if kind in ADDING else ids for kind, ids in things.items()}}


def added_up(before: Understood | None, found: Understood | None, reading: Reading) -> Understood | None:
    """A further fact on a choice that is being made, with those given before: "and our CSMs are very senior"."""
    if not isinstance(before, Frame) or not isinstance(found, Frame) or (before.intent, found.intent) != (CHOOSING, CHOOSING):
        return found
    tags = {tag for span in reading.spans for tag in span.tags}
    if tags & AFRESH and "follow" not in tags:
        return found
    return replace(found, facts={**before.facts, **found.facts}, things=joined(before.things, found.things))


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
    before = before.about or before
    if len(before.subjects) == 1 and reading.amounts:
        reading = read(reading.tokens, prepared, before.subjects[0], fragment=True)
    tags = {tag for span in reading.spans for tag in span.tags}
    facts = facts_of(reading, (), prepared.grounds) or another_amount(before, reading, prepared)
    if not (tags & (NAMES | PLACES) or facts) or not is_fragment(reading, facts):
        return None
    blank = blank_fit(prepared)
    things = {kind: ids for kind, ids in things_of(reading).items() if kind in before.things or may_vary(kind, before, reading)}
    things |= entries_named(before, reading, prepared)
    subjects = subjects_of(reading, blank, prepared.grounds) if has_subject(reading, prepared) and not things else ()
    if facts and before.subjects and set(subjects) <= {*WEAK, *anchored(reading, prepared.company)}:
        subjects = ()
    roles = first_ids(roles_of(reading, blank, subjects))
    step = step_of(reading, blank, subjects or before.subjects, prepared.grounds)
    if step and not subjects and not is_ruled_there(before, reading, prepared):
        subjects = subjects_of(reading, blank, prepared.grounds)
    facts = facts_of(reading, () if before.intent == PERMISSION else subjects, prepared.grounds) or facts
    if before.intent in RULED and not (things or subjects or roles or step or facts or tags & PLACES):
        return None  # what is named takes no part in what was asked: "hi bob", where BoB is a term
    return replace(
        before,
        intent=going_on(before.intent, asks_roles=bool(roles)),
        subjects=subjects or before.subjects,
        roles=roles or before.roles,
        facts={**still_true(before.facts, things.get("entry", ()), prepared), **facts},
        step=step or (None if subjects else before.step),
        things=joined(before.things, things),
        whose="" if tags & HERE and not whose_of(reading) else whose_of(reading) or before.whose,
        about=None,
        findings=(),
        confidence=FAIRLY_SURE,
        mentions=mentions_of(reading),
        as_role=as_role(question, prepared) or before.as_role,
    )


def entries_named(before: Frame, reading: Reading, prepared: Prepared) -> dict[str, tuple[str, ...]]:
    """The entries that the words speak of, of the section that answers what was asked before."""
    section = next((intent.matters for intent in prepared.language.intents if intent.id == before.intent), "")
    if section not in reading.matches or section not in prepared.matters:
        return {}
    ids = reading.matches[section].ids
    return {"entry": ids, "word": prepared.words_of(reading), ENTRY_TAGS.get(section, "entry"): ids}


def another_amount(before: Frame, reading: Reading, prepared: Prepared) -> dict[str, Fact]:
    """A bare number as another value of the one amount given before: "15% off?", then "and 30?"."""
    attributes = [prepared.company.attributes[name] for name in before.facts if name in prepared.company.attributes]
    counted = [each for each in attributes if each.kind in ("count", "percent")]  # of money: are thousands meant?
    if len(counted) != 1 or len(reading.amounts) != 1:
        return {}
    amount = reading.amounts[0]
    fact = of_attribute(counted[0], reading.tokens[amount.start].text, reading.tokens, amount.start, amount.stop).fact
    return {counted[0].id: fact} if fact and amount.stop == amount.start + 1 else {}


def may_vary(kind: str, before: Frame, reading: Reading) -> bool:
    """Whether a thing of another kind than before takes part: not in ownership, nor where its words name a subject as well."""
    return before.intent not in RULED and any(kind in span.tags and "subject" not in span.tags for span in reading.spans)


def still_true(facts: Mapping[str, Fact], entries: tuple[str, ...], prepared: Prepared) -> dict[str, Fact]:
    """The facts given before, without those under which none of the entries that are spoken of now can hold."""
    boxes = [box for entry in prepared.company.entries if entry.id in entries for box in entry.region]
    return {name: fact for name, fact in facts.items() if not boxes or any(overlaps({name: fact.values}, box) for box in boxes)}


def is_place(reading: Reading) -> bool:
    """Whether the words say nothing but whose answer is wanted: "and typically?", "what's usual at PostHog?"."""
    said = [span for span in reading.spans if span.weight]
    return any(span.tags & WHERE for span in said) and all(span.tags & (WHERE | AROUND) for span in said)


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
