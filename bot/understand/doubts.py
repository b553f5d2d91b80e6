"""Why a question is not to be read as its words seem to say: a word that nobody knows, where it matters; an amount that is not clear."""

from __future__ import annotations

from bot.domain.quantities import currency_sign
from bot.domain.questions import Question, Understood
from bot.understand.choose import found_frame, not_understood
from bot.understand.forms import Fit
from bot.understand.frames import Reading
from bot.understand.near import names_other
from bot.understand.prepare import Prepared
from bot.understand.rather import leans_to_us
from bot.understand.strangers import blurs_amount, compounds, doubts_amount, names_stranger, qualifies

DECLINED = "declined"
FAINTLY = 0.05
"""How far words may lean to what is not answered, and not be taken for it."""
OUT = frozenset({"live-data", "which-ones", "action", "people-matters", "dismissing", "elsewhere"})
"""Cues of what is not answered."""


def doubt(reading: Reading, prepared: Prepared) -> str | None:
    """Why a question must not be read at all: of whom or of which amount it speaks is not known; None where it may be."""
    if names_stranger(reading):
        return "role"
    if doubts_amount(reading, currency_sign(prepared.company.currency)):
        return "amount"
    return "" if not prepared.company.name and names_other(reading, prepared) else None


def doubtful(reading: Reading, fits: list[Fit], question: Question, prepared: Prepared) -> Understood | None:
    """What becomes of a question with a word that nobody knows where it matters; None where there is none."""
    if blurs_amount(reading, prepared.is_usual):
        return not_understood(reading)
    placed = qualifies(reading, prepared.company.name, prepared.asks, prepared.language.inside)
    if placed or compounds(reading, prepared.is_foreign):
        return found_frame(reading, question, prepared) or not_understood(reading, "place" if placed and fits else "")
    return None


def near_ones(reading: Reading, prepared: Prepared) -> list[Fit]:
    """The phrasings near the question, without those of what is not answered where nothing says that it is that."""
    near = prepared.near_phrasings(reading)
    return [fit for fit in near if fit.intent.id != DECLINED] if hardly_declines(reading, prepared) else near


def hardly_declines(reading: Reading, prepared: Prepared) -> bool:
    """Whether no word says that something is not for us, or all together lean to us, and they do not lean there: "what is a normal gross
    retention" is as long as a question for somebody's figures, and none."""
    is_plain = all(span.tags.isdisjoint(OUT) for span in reading.spans)
    return (is_plain and prepared.shares(reading)[DECLINED] < FAINTLY) or leans_to_us(reading, prepared)
