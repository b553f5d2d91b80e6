"""Where one word decides what is asked, and all words together lean elsewhere: it may only belong to the story."""

from __future__ import annotations

from bot.domain.questions import Frame, Understood
from bot.understand.forms import ENTRY, Fit
from bot.understand.frames import WEAK, Reading
from bot.understand.prepare import Prepared

DECLINED, FAQ = "declined", "faq"
RATHER = frozenset({"who", "does"})
"""Intents for which a decisive word of another one may only belong to the story."""
BESIDE_ASKS = frozenset({"or", "is-mine", "owner", "position"})
LEANS_MUCH, LITTLE, NEARLY_ALL = 0.55, 0.33, 0.85
"""How far words have to lean to one of them, at most to the other, and how much its form has to explain."""
EQUAL, FEW = 0.005, 2
"""Shares that differ by no more are the same; and how many things a question says at least whose words lean."""
HARDLY_MEANT = 0.1
"""How far words lean at most to the owner of what is named, where that is nobody but the customer, for it not to be meant."""
OURS, HARDLY, TIMES = 0.25, 0.1, 3
"""How far all words have to lean to what is answered, at most to what is not, and how many times as far, for one word of the latter to
count for nothing; and the first for a word of people's own matters."""
OURS_SURELY = 0.5
TO_DO, OF_PEOPLE = frozenset({"action", "dismissing", "which-ones"}), "people-matters"
"""Cues of what is no question for us whatever stands around them, and of what people may mention beside one."""

OUTSIDE, OUTSIDE_LOOSELY = 0.88, 0.7
"""From here on all words lean so far to what is not answered that only a question who has a motion is believed; and the same for what is
read by a finding or a term alone."""
LOOSE = frozenset({"benchmark", "define"})


def is_ours(fits: list[Fit], reading: Reading, prepared: Prepared) -> bool:
    """Whether it is rather a question that is answered, though one word is said of what is not: "who runs the migration of a second
    pipeline"."""
    return bool(fits) and fits[0].intent.id == DECLINED and leans_to_us(reading, prepared)


def leans_to_us(reading: Reading, prepared: Prepared) -> bool:
    """Whether all words together lean to one question that is answered, and hardly to what is not."""
    tags = {tag for span in reading.spans for tag in span.tags}
    (intent, share), declined = prepared.lean(reading)[0], prepared.shares(reading)[DECLINED]
    least = max(OURS_SURELY if OF_PEOPLE in tags else OURS, TIMES * declined)
    return tags.isdisjoint(TO_DO) and intent != DECLINED and share >= least and declined <= HARDLY


def surely_outside(found: Understood, reading: Reading, prepared: Prepared) -> bool:
    """Whether all words together say that a question is none of ours, though one form or finding reads it: "list every account renewing in
    january". A motion that somebody is asked to have, and a ruling that was found, say more."""
    if not isinstance(found, Frame) or found.intent == DECLINED or found.things.get("entry"):
        return False
    if found.intent in RATHER and not set(found.subjects) <= set(WEAK):
        return False
    is_loose = found.intent in LOOSE and bool(found.subjects or found.near or found.findings)
    return prepared.shares(reading)[DECLINED] >= (OUTSIDE_LOOSELY if is_loose else OUTSIDE)


def rather_leaned(fits: list[Fit], reading: Reading, prepared: Prepared) -> list[Fit]:
    """The forms with one first that explains as much as the best, or nearly all, of the intent to which all words lean, where they
    hardly lean to the best one's: a single word that decides may belong to the story."""
    if not fits or fits[0].intent.id == DECLINED:
        return fits
    fits = tied(fits, reading, prepared)
    if ENTRY in fits[0].form.needs:
        return fits
    (intent, share), shares = prepared.lean(reading)[0], prepared.shares(reading)
    if intent == fits[0].intent.id or intent not in RATHER or share < LEANS_MUCH or shares[fits[0].intent.id] > LITTLE:
        return fits
    own = [fit for fit in prepared.forms.loosely(intent, reading.spans, reading.matches) if fit.form not in fit.intent.leans]
    own = [fit for fit in own if fit.share >= NEARLY_ALL and not (prepared.asks | BESIDE_ASKS).isdisjoint(fit.form.needs)]
    return [*own[:1], *fits] if own else fits


def hardly_meant(fits: list[Fit], reading: Reading, prepared: Prepared) -> list[Fit]:
    """The forms without those that ask for an owner of nothing but the customer, where all words lean elsewhere: "I am off next week,
    who covers my customers"."""
    shares = prepared.shares(reading) if fits and fits[0].intent.id in RATHER else {}
    (intent, share) = prepared.lean(reading)[0] if shares else ("", 0.0)
    if intent in ("", DECLINED) or share < LEANS_MUCH or sum(shares[each] for each in RATHER) > HARDLY_MEANT:
        return fits
    named = [sense for span in reading.spans if span.weight for tag in ("subject", "step", "implies") if (sense := span.sense(tag))]
    is_bare = any(span.sense("subject") for span in reading.spans) and all(set(sense.ids) <= set(WEAK) for sense in named)
    return [fit for fit in fits if fit.intent.id not in RATHER] if is_bare else fits


def tied(fits: list[Fit], reading: Reading, prepared: Prepared) -> list[Fit]:
    """The forms, of those that explain as much as the best one first that to which all words lean, where they hardly lean to the best."""
    shares = prepared.shares(reading)
    said = sum(span.weight >= 1 for span in reading.spans)
    if shares[fits[0].intent.id] > HARDLY or fits[0].intent.id == FAQ or said < FEW:
        return fits
    same = (fit for fit in fits if fit.share >= fits[0].share - EQUAL and fit.intent.id != DECLINED)
    rather = next((fit for fit in same if shares[fit.intent.id] >= LEANS_MUCH), None)
    return [rather, *fits] if rather else fits


def misses(fit: Fit, reading: Reading) -> bool:
    """Whether a form asks who somebody is ("who is the CSM of Contoso"), and nothing but the role is named."""
    if fit.intent.id != DECLINED or "role" not in fit.form.needs:
        return False
    return all(index in fit.used or not span.weight or "here" in span.tags for index, span in enumerate(reading.spans))
