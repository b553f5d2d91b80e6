"""understand(): a question -> a frame, several to choose from, or nothing. Thresholds live here."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.questions import Ambiguous, Frame, NotUnderstood, Question, Several, Understood, last_of
from bot.understand.amount_texts import Amount
from bot.understand.asked_before import asked_before
from bot.understand.choose import found_frame, frame_for, not_understood, segment_fact, with_facts
from bot.understand.closing import SHORT, asked_alone, is_asked, told
from bot.understand.dates import day_named
from bot.understand.doubts import doubt, doubtful, near_ones
from bot.understand.follow import BARE, STANDS_FOR, added_up, follow_up, goes_on, vary
from bot.understand.forms import Fit
from bot.understand.frames import WEAK, Reading
from bot.understand.leaned import leaned
from bot.understand.lexicon import Span
from bot.understand.lineup import of_lineup
from bot.understand.loosely import read_loosely, with_near
from bot.understand.near import SURE as SURELY
from bot.understand.near import near_frame, near_to
from bot.understand.own_role import remember_role, tell_role, without_role
from bot.understand.phrasings import NEAR, SAME
from bot.understand.prepare import Prepared, read
from bot.understand.rather import hardly_meant, is_ours, misses, rather_leaned, surely_outside
from bot.understand.several import cut, differ
from bot.understand.situations import situated
from bot.understand.spoken import outspoken
from bot.understand.strangers import asked_date
from bot.understand.supposing import is_case_of, puts_case, still_given, supposed
from bot.understand.terms_before import with_term
from bot.understand.text import MAX_CHARACTERS, Token, tokenize
from bot.understand.thereof import thereof
from bot.understand.wholly import WANTS_SUBJECT, names_subject, subject_of, whole

SURE, NEARER = 0.9, 0.9
"""A form that explains less than this gives way to a phrasing that is at least so near."""
DECLINED = "declined"
"""The intent of what is not answered: its forms hang on one word, and give way to whole phrasings sooner."""
BESIDE_FACTS = frozenset({"fact", "implies", "pronoun", "can", "follow", "here", "negation", "past"})
"""Tags of words that say how something is, and do not ask."""
MAX_TOKENS = 120
MAX_QUESTIONS = 3
"""At most so many questions of one message are answered."""


def understand(question: Question, prepared: Prepared) -> Understood:
    """What the question means."""
    return hear(question, prepared)[0]


def hear(question: Question, prepared: Prepared) -> tuple[Understood, Reading | None]:
    """What the question means, and its words as they were read; None where it was not read at all."""
    if not question.text.strip():
        return NotUnderstood(reason="empty"), None
    if len(question.text) > MAX_CHARACTERS:
        return NotUnderstood(reason="long"), None
    segment = segment_fact(question, prepared.company)
    if question.segment and question.segment.strip() and not segment:
        return NotUnderstood(reason="segment"), None
    question = remember_role(question)
    found, reading = heard(question, prepared)
    return with_facts(found, segment), reading


def heard(question: Question, prepared: Prepared) -> tuple[Understood, Reading]:
    """What a question means, and its words, repaired; where it means nothing, other repairs are tried."""
    typed = tokenize(question.text)[:MAX_TOKENS]
    reading = read(prepared.lexicon.repair(typed), prepared, "")
    understood = understand_reading(reading, question, prepared)
    if isinstance(understood, NotUnderstood):
        if (asked := asked_in_story(understood, reading, question, prepared)) is not None:
            return asked, reading
        for tokens in prepared.lexicon.speller.otherwise(typed, reading.tokens):
            other = read(tokens, prepared, "")
            if not isinstance(found := understand_reading(other, question, prepared), NotUnderstood):
                return found, other
    return confirmed(understood, reading, question, prepared), reading


def confirmed(understood: Understood, reading: Reading, question: Question, prepared: Prepared) -> Understood:
    """What a story was taken to ask, as sure as its closing question alone is read, where that asks the same."""
    if not isinstance(understood, Frame) or understood.confidence >= SURE or question.before is not None:
        return understood
    for tokens in asked_alone(reading.tokens, prepared.openers, SHORT):
        alone = understand_reading(read(list(tokens), prepared, ""), question, prepared)
        if isinstance(alone, Frame) and (alone.intent, alone.subjects) == (understood.intent, understood.subjects):
            return replace(understood, confidence=max(understood.confidence, alone.confidence))
    return understood


def asked_in_story(understood: NotUnderstood, reading: Reading, question: Question, prepared: Prepared) -> Frame | None:
    """What one sentence of a story asks, with the facts of the story; None where something stands against any answer."""
    if understood.reason or question.before is not None:
        return None
    for tokens in asked_alone(reading.tokens, prepared.openers):
        asked = read(list(tokens), prepared, "")
        if is_asked(found := understand_reading(asked, question, prepared), asked):
            return told(found, reading, prepared)
    return None


def understand_reading(reading: Reading, question: Question, prepared: Prepared) -> Understood:
    """What the question means, its words repaired."""
    parts = told_once(several_questions(reading.tokens, question, prepared, MAX_QUESTIONS))
    understood = Several(parts) if len(parts) > 1 else next(iter(parts), None) or one_question(reading, question, prepared)
    if is_case_of(last_of(question.before), understood, reading.tokens):
        return understood
    found = outspoken(understood, reading, question, prepared)
    return not_understood(reading) if question.before is None and surely_outside(found, reading, prepared) else found


def told_once(parts: tuple[Frame | Ambiguous, ...]) -> tuple[Frame | Ambiguous, ...]:
    """The questions without one whose answer the next one asks about and tells again: "the CSM's archetype, and why"."""
    asked = [part.about for part in parts if isinstance(part, Frame) and part.intent == "why"]
    return tuple(part for part in parts if not any(part is each for each in asked))


def several_questions(tokens: list[Token], question: Question, prepared: Prepared, most: int) -> tuple[Frame | Ambiguous, ...]:
    """The questions of a message that cannot be answered as one; nothing where it asks one thing."""
    for before, after in cut(tokens, prepared.openers) if most > 1 else ():
        first = one_question(read(before, prepared, ""), question, prepared, is_part=True)
        if not isinstance(first, Frame | Ambiguous):
            continue
        then = replace(question, before=first)
        second = one_question(read(after, prepared, ""), then, prepared, is_part=True)
        if isinstance(second, Frame | Ambiguous) and differ(first, second):
            return (first, *(several_questions(after, then, prepared, most - 1) or (second,)))
    return ()


def one_question(reading: Reading, question: Question, prepared: Prepared, *, is_part: bool = False) -> Understood:
    """What one question means; a part of a message has to be understood by more than the findings nearest to it."""
    question = tell_role(reading, question)
    if isinstance(last_of(question.before), Frame) and (case := supposed(reading.tokens)):
        reading = read(case, prepared, "")
    found = understood_alone(reading, question, prepared)
    if (whole := with_term(found, reading, question, prepared)) is not None:
        return one_question(whole, replace(question, before=None), prepared)
    if isinstance(found, NotUnderstood) and not is_part:
        goes_on = isinstance(last_of(question.before), Frame)
        near = near_frame(reading, near_to(reading, prepared, goes_on=goes_on), question, prepared)
        return near or (None if goes_on else read_loosely(reading, question, prepared)) or found
    return with_near(found, reading, question, prepared)


def understood_alone(reading: Reading, question: Question, prepared: Prepared) -> Understood:
    """What it means by its form, its phrasing, what was before it, or all of its words."""
    if (reason := doubt(reading, prepared)) is not None:
        return not_understood(reading, reason)
    if then := asked_date(reading, prepared.asks):
        return in_future(then, reading.tokens, question, prepared) or not_understood(reading, "date")
    fits = [fit for fit in prepared.forms.fit(reading.spans, reading.matches) if not misses(fit, reading)]
    is_theirs = is_ours(fits, reading, prepared)
    fits = [fit for fit in fits if fit.intent.id != DECLINED] if is_theirs else fits
    fits = hardly_meant(rather_leaned(fits, reading, prepared), reading, prepared)
    near = nearest(fits, reading, prepared)
    near = [fit for fit in near or near_ones(reading, prepared) if fit.intent.id != DECLINED] if is_theirs else near
    is_same = bool(near) and near[0].share >= SAME
    is_declined = bool(fits) and fits[0].intent.id == DECLINED and fits[0].share >= SURE
    if not is_same and not is_declined and (doubted := doubtful(reading, fits, question, prepared)):
        return doubted
    nearer = SAME if fits and fits[0].share >= SURE and fits[0].intent.id != DECLINED else NEARER
    alone = near_enough(near, nearer, reading, question, prepared) or whole(fits, reading, question, prepared)
    before = last_of(question.before)
    says_so = is_same and isinstance(alone, Frame) and alone.intent == DECLINED
    if before is not None and not says_so and (going := in_thread(before, alone, fits, reading, question, prepared)) is not None:
        return going
    alone = alone or near_enough(near or near_ones(reading, prepared), NEAR, reading, question, prepared)
    found = still_given(before, added_up(before, alone, reading), reading) or found_frame(reading, question, prepared)
    found = found or near_frame(reading, near_to(reading, prepared, SURELY), question, prepared)
    return found if found and not lacks_subject(found) else in_story(found, reading, question, prepared)


def in_thread(
    before: Frame | Ambiguous | NotUnderstood,
    alone: Frame | Ambiguous | None,
    fits: list[Fit],
    reading: Reading,
    question: Question,
    prepared: Prepared,
) -> Understood | None:
    """What a question means after another one; None where it needs nothing of that."""
    if isinstance(before, Frame) and (picked := of_lineup(before, reading, question, prepared)) is not None:
        return picked
    if (asked := thereof(before, reading, question, prepared)) is not None:
        return asked
    if (going := goes_on(before, reading, question, prepared)) is not None:
        return going
    if (
        isinstance(before, Frame)
        and (gives_facts(reading) or puts_case(reading))
        and (more := vary(before, reading, question, prepared)) is not None
    ):
        return more
    return follow_up(before, reading, question, prepared) if names_only(fits) or not stands_alone(alone, reading) else None


def in_story(found: Understood | None, reading: Reading, question: Question, prepared: Prepared) -> Understood:
    """What a question means that is told as a story, and names what it is about in another clause, or not at all."""
    situation = situated(reading, prepared)
    told = leaned(situation, question, prepared, told=True) if situation else None
    if read_whole := told or found or leaned(reading, question, prepared):
        return read_whole
    rest = without_role(reading)
    again = one_question(read(rest, prepared, ""), question, prepared, is_part=not prepared.company.name) if rest else None
    if isinstance(again, Frame | Ambiguous):
        return again
    return asked_before(reading, question, prepared) or not_understood(reading)


def lacks_subject(found: Understood) -> bool:
    """Whether something is wanted that has to be about a subject, and is not."""
    return isinstance(found, Frame) and found.intent in WANTS_SUBJECT and not found.subjects and not found.things


def in_future(then: Amount, tokens: list[Token], question: Question, prepared: Prepared) -> Frame | None:
    """What is asked of a day to come; what held in the past, today's rules do not say."""
    day = day_named(tokens, then.start, then.stop)
    if day <= question.today:
        return None
    found = one_question(read([*tokens[: then.start], *tokens[then.stop :]], prepared, ""), question, prepared)
    return replace(found, as_of=day) if isinstance(found, Frame) else None


def nearest(fits: list[Fit], reading: Reading, prepared: Prepared) -> list[Fit]:
    """The phrasings near the question; none where a form that explains it gives way to the same question only, and there is none."""
    if fits and fits[0].share >= SURE and fits[0].intent.id != DECLINED:
        same = prepared.phrasings.fit(prepared.beside(reading), least=SAME)
        if not same or same[0].share < SAME:
            return []
    return near_ones(reading, prepared)


def near_enough(near: list[Fit], share: float, reading: Reading, question: Question, prepared: Prepared) -> Frame | Ambiguous | None:
    """The question read by the nearest phrasing, where it is near enough; None otherwise."""
    if not near or near[0].share < share:
        return None
    other = next((fit.intent.id for fit in near if fit.intent.id != near[0].intent.id), "")
    found = frame_for(near[0], reading, question, prepared, other)
    return found if isinstance(found, Frame | Ambiguous) else None


def gives_facts(reading: Reading) -> bool:
    """Whether the words give facts and ask nothing: "customer is behind pace" after a question says more of the same case."""
    said = [span for span in reading.spans if span.weight and not (subject_of(span) <= set(WEAK) and "subject" in span.tags)]
    return any("fact" in span.tags for span in said) and all(span.tags and is_fact(span) for span in said)


def is_fact(span: Span) -> bool:
    """Whether words give a fact, or stand beside one without asking anything."""
    return span.tags <= BESIDE_FACTS or ("fact" in span.tags and "subject" not in span.tags)


def names_only(fits: list[Fit]) -> bool:
    """Whether the best form needs names and nothing that asks: "and the Adopt CSM?"."""
    return bool(fits) and set(fits[0].form.needs) <= BARE


def stands_alone(found: Frame | Ambiguous | None, reading: Reading) -> bool:
    """Whether a question needs nothing of the one before it; one that names only a step may belong there."""
    frame = found.frame if isinstance(found, Ambiguous) else found
    if frame is None:
        return False
    if frame.intent not in WANTS_SUBJECT:
        return True
    if set(frame.subjects) <= set(WEAK) and any(token.text in STANDS_FOR for token in reading.tokens):
        return False
    return bool(frame.subjects) and (frame.step is None or names_subject(reading))
