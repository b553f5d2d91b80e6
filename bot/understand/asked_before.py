"""A question that nothing else reads, laid beside the company's own FAQs by `bot/matching`: its answers are as the company wrote them."""

from __future__ import annotations

from bot.domain.questions import Ambiguous, Frame, Option, Question
from bot.understand.choose import as_role, segment_fact
from bot.understand.frames import Reading, mentions_of
from bot.understand.prepare import Prepared

FAQS, INTENT = "faqs", "faq"
ANSWERS = 0.7
"""From this score on it is the same question: the score is calibrated, so that more often than not it is."""
ELSEWHERE = 0.4
"""From this share on words lean to another intent."""
OTHERS = "others"
"""The cue of words that ask what other companies do."""
NEARLY = 0.8
"""A second one that has so much of the first one's score may be meant as well."""


def asked_before(reading: Reading, question: Question, prepared: Prepared) -> Frame | Ambiguous | None:
    """The FAQ that asks the same, or two to choose from; None where there is none, or the company has none."""
    if leans_elsewhere(reading, prepared) or (matcher := prepared.faqs) is None:  # in this order: to open the FAQs takes a while
        return None
    ranked = [each for each in matcher.rank(" ".join(token.typed for token in reading.tokens)) if each.score >= ANSWERS]
    if not ranked:
        return None
    near = [each for each in ranked if each.score >= NEARLY * ranked[0].score][:2]
    frames = [frame_of(each.id, each.score, reading, question, prepared) for each in near]
    if len(frames) == 1:
        return frames[0]
    asks = {entry.id: entry.fields["ask"][0] for entry in prepared.company.section(FAQS)}
    return Ambiguous("faq", tuple(Option(asks[each.id], frame) for each, frame in zip(near, frames, strict=True)), frames[0])


def leans_elsewhere(reading: Reading, prepared: Prepared) -> bool:
    """Whether the words lean to something that an FAQ does not tell, or is not told at all, or what others do is asked for."""
    if any(OTHERS in span.tags for span in reading.spans):
        return True
    intent, share = prepared.lean(reading)[0]
    return intent != INTENT and share >= ELSEWHERE


def frame_of(id: str, score: float, reading: Reading, question: Question, prepared: Prepared) -> Frame:
    """The frame of an FAQ."""
    return Frame(
        INTENT,
        facts=segment_fact(question, prepared.company),
        as_role=as_role(question, prepared),
        things={"entry": (id,)},
        confidence=round(score, 3),
        mentions=mentions_of(reading),
    )
