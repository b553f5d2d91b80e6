"""likeliest(): of what a question may mean, the reading whose answer is most likely right; nothing where none is likely enough."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from bot.domain.answers import Answer
from bot.domain.questions import Ambiguous, Frame, NotUnderstood, Question, Understood, last_of
from bot.understand import Prepared, Reading
from bot.understand.choose import not_understood
from bot.understand.others import Other, others
from bot.understand.text import tokenize
from bot.understand.threads import others_in_thread
from bot.weigh.signs import DECLINED, NOTHING, Told, of_answer, of_thread, signs
from bot.weigh.trees import Trees, read_trees

SURE = 0.95
"""From here on nothing else is looked at: on questions with a known answer hardly any other reading was taken then."""
LIKELY = 0.67
"""How likely an answer has to be to be given."""
WHOLLY, TABLE = 0.3, 0.25
"""The same of the reading by which a question was understood, where that explains every word, and where it gives a table of cases, in which
whoever asks finds the case."""
INSTEAD, FROM_NOTHING = 0.62, 0.83
"""The same of another reading: where one was understood, and where nothing was, or a question was taken for one that is not answered."""
GOING_ON = 0.45
"""The same of any reading of a question in a thread: fewer words tell what is meant, and whoever asks sees at once what was not."""
ASKED_BACK, DEPENDS = "ask-back", "depends"
UNSAID, RATHER_OUTSIDE = frozenset({"not-defined", "not-allowed"}), 0.5
"""What says that no rule is on something is no answer to a question that words lean to so far as to none of ours."""
NOT_ALLOWED = "not-allowed"
"""What somebody may not see is never answered by another reading."""
EVERY_WORD = 1.0
"""How sure a reading is that explains every word."""
FAQ, FAQS = "faq", "faqs"
IN_THREADS = "weighing-in-threads.json"
"""The trees for questions that go on from another one, beside those for the others."""
REMEMBERED = 1_000
"""The words of so many texts are not looked for again."""
Tell = Callable[[Understood], Answer]
"""What gives the answer to a reading of the question."""


def likeliest(understood: Understood, reading: Reading | None, question: Question, prepared: Prepared, tell: Tell) -> Answer:
    """The answer to the likeliest reading of a question."""
    first = tell(understood)
    file = prepared.language.weighing
    is_refused = first.resolution.outcome == NOT_ALLOWED
    if reading is None or file is None or is_refused or is_settled(understood) or picks_option(understood, question):
        return first
    if question.before is None and is_word_for_word(understood, question, prepared):
        return first
    trees = read_trees(file if question.before is None else file.with_name(IN_THREADS))
    known = understood_as(first, reading, question, prepared)
    scored = weighed(known, trees)
    if not scored or scored[0][0] < SURE:
        scored = weighed([*known, *told(first, reading, question, prepared, tell)], trees)
    is_outside = leans_outside(reading, prepared)
    likely = [(most, done) for most, done in scored if most >= least_for(done, first, question, is_outside=is_outside)]
    if likely:
        most, best = max(likely, key=lambda pair: pair[0])
        return replace(best, chance=most)
    return first if is_nothing(first) else tell(not_understood(reading))


def least_for(done: Answer, first: Answer, question: Question, *, is_outside: bool) -> float:
    """How likely an answer has to be, by what the question was understood as, and whether it goes on from another one; in a thread also by
    whether its words rather ask for nothing of ours: "no, that's not right"."""
    if done is first and first.resolution.outcome in (ASKED_BACK, DEPENDS):
        return 0.0 if first.resolution.outcome == ASKED_BACK else TABLE
    if question.before is not None:
        return FROM_NOTHING if is_outside and done is not first else GOING_ON
    if done is first:
        return WHOLLY if first.frame is not None and first.frame.confidence >= EVERY_WORD else LIKELY
    return FROM_NOTHING if is_nothing(first) else INSTEAD


def leans_outside(reading: Reading, prepared: Prepared) -> bool:
    """Whether the words rather ask for nothing of ours."""
    return prepared.shares(reading)[DECLINED] >= RATHER_OUTSIDE


def weighed(those: Sequence[Told], trees: Trees) -> list[tuple[float, Answer]]:
    """Answers, each with how likely it is right."""
    return list(zip(trees.chances(signs(those)), (each.done for each in those), strict=True))


def is_settled(understood: Understood) -> bool:
    """Whether several things are asked, it has to be asked back, or it is known why a question is not answered."""
    return not isinstance(understood, Frame | NotUnderstood) or (isinstance(understood, NotUnderstood) and bool(understood.reason))


def picks_option(understood: Understood, question: Question) -> bool:
    """Whether it answers what was asked back: "the AE"."""
    return isinstance(last_of(question.before), Ambiguous) and isinstance(understood, Frame)


def is_word_for_word(understood: Understood, question: Question, prepared: Prepared) -> bool:
    """Whether an FAQ of the company is asked in its own words."""
    if not isinstance(understood, Frame) or understood.intent != FAQ:
        return False
    asked = words_of(question.text)
    ids = understood.things.get("entry", ())
    return any(asked == words_of(text) for entry in prepared.company.section(FAQS) if entry.id in ids for text in entry.fields["ask"])


@lru_cache(maxsize=REMEMBERED)
def words_of(text: str) -> tuple[str, ...]:
    """The words of a text."""
    return tuple(token.text for token in tokenize(text) if not token.is_stop)


def is_nothing(done: Answer) -> bool:
    """Whether an answer tells nothing."""
    return done.resolution.outcome in NOTHING


def understood_as(first: Answer, reading: Reading, question: Question, prepared: Prepared) -> list[Told]:
    """The answer by which a question was understood, if that tells something."""
    return [] if is_nothing(first) else [told_by(first, None, first, reading, question, prepared)]


def told(first: Answer, reading: Reading, question: Question, prepared: Prepared, tell: Tell) -> Iterator[Told]:
    """The other readings with their answers, those that tell something and not the same as one before; of a table no single case."""
    seen, meant = {first.text}, [unweighed(first.understood)]
    goes_on, is_outside = question.before is not None, leans_outside(reading, prepared)
    for other in others_in_thread(reading, question, prepared) if goes_on else others(reading, question, prepared):
        if (such := unweighed(other.meant)) in meant:
            continue
        meant.append(such)
        done = tell(other.meant)
        if is_nothing(first) and is_outside and done.resolution.outcome in UNSAID:
            continue
        if done.text not in seen and not is_nothing(done) and (goes_on or not is_case_of(done, first)):
            seen.add(done.text)
            yield told_by(done, other, first, reading, question, prepared)


def told_by(done: Answer, other: Other | None, first: Answer, reading: Reading, question: Question, prepared: Prepared) -> Told:
    """An answer with its signs, in a thread also how it goes on."""
    found = of_answer(done, other, first, reading, prepared)
    if question.before is not None:
        found = {**found, **dict(of_thread(done, other, question.before, reading, prepared))}
    return Told(done, found)


def is_case_of(done: Answer, first: Answer) -> bool:
    """Whether an answer is no more than one of the cases of the table by which the question was understood."""
    meant, known = done.frame, first.frame
    is_table = first.resolution.outcome == DEPENDS and done.resolution.outcome != DEPENDS
    return is_table and meant is not None and known is not None and (meant.intent, meant.facts) == (known.intent, known.facts)


def unweighed(meant: Understood) -> Understood:
    """What is meant, however sure: what is told of it is the same."""
    return replace(meant, confidence=0.0) if isinstance(meant, Frame) else meant
