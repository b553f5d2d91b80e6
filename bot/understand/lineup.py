"""Follow-ups on the archetypes as a list: "and the second one?", "which one owns upsell?"."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.questions import Frame, Question
from bot.understand.choose import frame_for
from bot.understand.frames import Reading, mentions_of
from bot.understand.lexicon import make_span
from bot.understand.prepare import Prepared
from bot.understand.senses import Sense

TYPES = "archetypes"
"""The cue of questions about the archetypes as a whole."""
LISTED = frozenset({"archetype", "compensation", "choose"})
"""Intents whose answers from the guidance set archetypes side by side."""
PLACES = {"first": 0, "second": 1, "third": 2, "fourth": 3, "last": -1}
"""Words for a place in the list."""
WHICH = "which"


def of_lineup(before: Frame, reading: Reading, question: Question, prepared: Prepared) -> Frame | None:
    """The frame of a question that picks from the archetypes told of, or asks which of them; None for any other."""
    if before.intent not in LISTED or (prepared.company.name and before.intent != "archetype"):
        return None
    return at_place(before, reading, prepared) or which_owns(before, reading, question, prepared)


def at_place(before: Frame, reading: Reading, prepared: Prepared) -> Frame | None:
    """ "And the second one?" after the list is about the second archetype."""
    archetypes = tuple(prepared.company.guidance.archetypes)
    said = [PLACES[token.text] for token in reading.tokens if token.text in PLACES]
    if before.key != "list" or len(said) != 1 or any(span.weight > 1 for span in reading.spans) or said[0] >= len(archetypes):
        return None
    return replace(
        before, key="define", things={**before.things, "archetype": (archetypes[said[0]],)}, findings=(), mentions=mentions_of(reading)
    )


def which_owns(before: Frame, reading: Reading, question: Question, prepared: Prepared) -> Frame | None:
    """ "Which one owns upsell?" asks for the archetypes that do."""
    tags = {tag for span in reading.spans for tag in span.tags}
    if not {"own", "subject"} <= tags or "role" in tags or WHICH not in {token.text for token in reading.tokens}:
        return None
    virtual = make_span("", 0, (Sense(TYPES, (TYPES,)),), 0.0, (-1, 0))
    fits = prepared.forms.fit([*reading.spans, virtual], reading.matches)
    fit = next((each for each in fits if each.intent.id == "archetype" and TYPES in each.form.needs), None)
    found = frame_for(fit, replace(reading, spans=[*reading.spans, virtual]), question, prepared) if fit else None
    return replace(found, things={**found.things, "archetype": ()}, whose=before.whose) if isinstance(found, Frame) else None
