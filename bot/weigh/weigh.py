"""likeliest(): of what a question may mean, the reading whose answer is most likely right; nothing where none is likely enough."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from bot.domain.answers import Answer
from bot.domain.questions import Frame, NotUnderstood, Question, Understood
from bot.understand import Prepared, Reading
from bot.understand.choose import not_understood
from bot.understand.others import others
from bot.understand.text import tokenize
from bot.weigh.signs import NOTHING, Told, of_answer, signs
from bot.weigh.trees import Trees, read_trees

SURE = 0.95
"""From here on nothing else is looked at: on questions with a known answer hardly any other reading was taken then."""
LIKELY = 0.45
"""How likely an answer has to be to be given."""
WHOLLY, TABLE = 0.3, 0.25
"""The same of the reading by which a question was understood, where that explains every word, and where it gives a table of cases, in which
whoever asks finds the case."""
FROM_NOTHING = 0.8
"""The same of another reading where nothing was understood, or a question was understood as one that is not answered."""
ASKED_BACK, DEPENDS = "ask-back", "depends"
NOT_ALLOWED = "not-allowed"
"""What somebody may not see is never answered by another reading."""
EVERY_WORD = 1.0
"""How sure a reading is that explains every word."""
FAQ, FAQS = "faq", "faqs"
Tell = Callable[[Understood], Answer]
"""What gives the answer to a reading of the question."""


def likeliest(understood: Understood, reading: Reading | None, question: Question, prepared: Prepared, tell: Tell) -> Answer:
    """The answer to the likeliest reading of a question that stands alone; what goes on from an answer is taken as it was understood."""
    first = tell(understood)
    file = prepared.language.weighing
    is_refused = first.resolution.outcome == NOT_ALLOWED
    if reading is None or question.before is not None or file is None or is_refused or is_settled(understood):
        return first
    if is_word_for_word(understood, question, prepared):
        return first
    trees = read_trees(file)
    known = understood_as(first, reading, prepared)
    scored = weighed(known, trees)
    if not scored or scored[0][0] < SURE:
        scored = weighed([*known, *told(first, reading, question, prepared, tell)], trees)
    likely = [(most, done) for most, done in scored if most >= least_for(done, first)]
    if likely:
        most, best = max(likely, key=lambda pair: pair[0])
        return replace(best, chance=most)
    return first if is_nothing(first) else tell(not_understood(reading))


def least_for(done: Answer, first: Answer) -> float:
    """How likely an answer has to be, by what the question was understood as."""
    if done is first:
        outcome = first.resolution.outcome
        is_whole = first.frame is not None and first.frame.confidence >= EVERY_WORD
        return 0.0 if outcome == ASKED_BACK else TABLE if outcome == DEPENDS else WHOLLY if is_whole else LIKELY
    return FROM_NOTHING if is_nothing(first) else LIKELY


def weighed(those: Sequence[Told], trees: Trees) -> list[tuple[float, Answer]]:
    """Answers, each with how likely it is right."""
    return list(zip(trees.chances(signs(those)), (each.done for each in those), strict=True))


def is_settled(understood: Understood) -> bool:
    """Whether several things are asked, it has to be asked back, or it is known why a question is not answered."""
    return not isinstance(understood, Frame | NotUnderstood) or (isinstance(understood, NotUnderstood) and bool(understood.reason))


def is_word_for_word(understood: Understood, question: Question, prepared: Prepared) -> bool:
    """Whether an FAQ of the company is asked in its own words."""
    if not isinstance(understood, Frame) or understood.intent != FAQ:
        return False
    asked = words_of(question.text)
    ids = understood.things.get("entry", ())
    return any(asked == words_of(text) for entry in prepared.company.section(FAQS) if entry.id in ids for text in entry.fields["ask"])


def words_of(text: str) -> list[str]:
    """The words of a text."""
    return [token.text for token in tokenize(text) if not token.is_stop]


def is_nothing(done: Answer) -> bool:
    """Whether an answer tells nothing."""
    return done.resolution.outcome in NOTHING


def understood_as(first: Answer, reading: Reading, prepared: Prepared) -> list[Told]:
    """The answer by which a question was understood, if that tells something."""
    return [] if is_nothing(first) else [Told(first, of_answer(first, None, first, reading, prepared))]


def told(first: Answer, reading: Reading, question: Question, prepared: Prepared, tell: Tell) -> Iterator[Told]:
    """The other readings with their answers, those that tell something and not the same as one before; of a table no single case."""
    seen, meant = {first.text}, [unweighed(first.understood)]
    for other in others(reading, question, prepared):
        if (such := unweighed(other.meant)) in meant:
            continue
        meant.append(such)
        done = tell(other.meant)
        if done.text not in seen and not is_nothing(done) and not is_case_of(done, first):
            seen.add(done.text)
            yield Told(done, of_answer(done, other, first, reading, prepared))


def is_case_of(done: Answer, first: Answer) -> bool:
    """Whether an answer is no more than one of the cases of the table by which the question was understood."""
    meant, known = done.frame, first.frame
    is_table = first.resolution.outcome == DEPENDS and done.resolution.outcome != DEPENDS
    return is_table and meant is not None and known is not None and (meant.intent, meant.facts) == (known.intent, known.facts)


def unweighed(meant: Understood) -> Understood:
    """What is meant, however sure: what is told of it is the same."""
    return replace(meant, confidence=0.0) if isinstance(meant, Frame) else meant
