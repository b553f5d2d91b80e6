"""An intent -> what would match it: its forms in words, and questions put together from them that are understood so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice, pairwise, product

from bot.domain.company import Company
from bot.domain.language import Form, Intent
from bot.domain.questions import Question, frame_of
from bot.understand.forms import ENTRY, STANDS_FOR
from bot.understand.matters import TEXTS
from bot.understand.prepare import Prepared
from bot.understand.senses import all_senses
from bot.understand.understanding import understand

KINDS: Mapping[str, str] = {
    "about": "a motion, an activity, a kind of request, or a step",
    "subject": "a motion, an activity or a kind of request",
    "activity": "an activity",
    "step": "a step",
    "role": "a role, team or position",
    "pair": "two roles",
    "position": "whoever stands in a relation to the account",
    "fact": "a condition that is given",
    "implies": "a condition that belongs to one motion",
    "segment": "a segment",
    "stakeholder": "a stakeholder on the customer's side",
    "archetype": "an archetype",
    "signal": "something that points to an archetype",
    "term": "a term",
    "process": "a process",
    "link": "a link",
    "pod": "a pod",
    "stage": "a stage",
    "level": "a level of escalation",
    "practice": "a company whose practice is known",
    "customer": "a customer's name",
    "amount": "an amount",
    "entry": "words of an entry that the model has on it",
    "thread": "what the answer before was about",
    "unknown": "a word that nobody knows",
}
"""Kind of name -> what it is."""
TRIES, NAMED = 60, 4
"""How many ways to say a form are tried for an example, and with how many words for each of its parts."""
SAID: Mapping[str, tuple[str, ...]] = {"amount": ("15%", "a 40k deal"), "customer": ("Contoso",), "own": ("owns",)}
"""What an example says first: for kinds of names that no model lists, and for words whose ending a question changes."""
OPTIONAL = re.compile(r"\[([^\]]*)\]")


@dataclass(frozen=True, slots=True)
class SampledForm:
    """A form taken apart."""

    form: Form
    needs: tuple[str, ...]
    optional: tuple[str, ...]
    """As the form itself lists them; those that the whole intent allows are not among them."""
    bars: tuple[str, ...]
    example: str
    """A question that is understood by its words; empty where none was found with this company's names."""


@dataclass(frozen=True, slots=True)
class Sample:
    """What would match an intent."""

    intent: Intent
    forms: tuple[SampledForm, ...]
    names: Mapping[str, tuple[str, ...]]
    """Kind of name in the forms and phrasings -> names of that kind that the company has."""
    words: Mapping[str, tuple[str, ...]]
    """Cue in the forms and phrasings -> its words."""


def sample(intent: Intent, prepared: Prepared, today: date) -> Sample:
    """What would match an intent when this company is asked."""
    said = sayings(intent, prepared)
    forms = tuple(sample_form(intent, form, said, prepared, today) for form in intent.forms)
    used = {tag for form in forms for tag in (*form.needs, *form.optional, *form.bars)}
    used |= {tag for phrasing in intent.phrasings for tag in re.findall(r"\{([a-z-]+)\}", phrasing.text)}
    cues = prepared.language.cues
    names = {tag: said.get(tag, ()) for tag in KINDS if tag in used}
    words = {tag: tuple(dict.fromkeys((name_of(tag, cues[tag]), *cues[tag]))) for tag in sorted(used) if tag in cues and tag not in names}
    return Sample(intent, forms, names, words)


def sample_form(intent: Intent, form: Form, said: Mapping[str, Sequence[str]], prepared: Prepared, today: date) -> SampledForm:
    """A form with an example."""
    listed = [tag for group in OPTIONAL.findall(form.text) for tag in group.split()]
    optional = tuple(dict.fromkeys(tag for tag in listed if tag not in form.needs))
    example = next((text for text in ways_to_say(form, said) if means(text, intent, form, prepared, today)), "")
    return SampledForm(form, form.needs, optional, tuple(sorted(form.bars)), example)


def ways_to_say(form: Form, said: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Questions that have what a form needs, the likeliest first."""
    parts = [said.get(tag, ())[:NAMED] for tag in form.needs]
    parts = [pair_up(said.get("role", ())) if tag == "pair" else part for tag, part in zip(form.needs, parts, strict=True)]
    ways = sorted(islice(product(*(range(len(part)) for part in parts)), TRIES * NAMED), key=sum)
    for chosen in ways[:TRIES]:
        yield " ".join(part[at] for part, at in zip(parts, chosen, strict=True))


def pair_up(roles: Sequence[str]) -> tuple[str, ...]:
    """Two roles at once."""
    return tuple(f"{one} or {other}" for one, other in pairwise(roles))[:NAMED]


def means(text: str, intent: Intent, form: Form, prepared: Prepared, today: date) -> bool:
    """Whether a question is understood as this intent, and asks for the key that the form asks for."""
    frame = frame_of(understand(Question(text, today), prepared))
    return frame is not None and frame.intent == intent.id and form.key in ("", frame.key, frame.topic)


def sayings(intent: Intent, prepared: Prepared) -> Mapping[str, tuple[str, ...]]:
    """Tag -> words that carry it, for every tag: those of the language, and the company's names."""
    company, cues = prepared.company, prepared.language.cues
    found: dict[str, list[str]] = {tag: list(words) for tag, words in SAID.items()}
    motions = [each for each in company.subjects.values() if each.kind == "motion" and not each.of]
    found["subject"] = [each.name for each in sorted(motions, key=lambda each: each.id not in prepared.grounds.ruled)]
    found["role"] = [each.name for each in company.roles()]
    for tag in cues:
        found.setdefault(tag, []).append(name_of(tag, cues[tag]))
    for phrase, sense in all_senses(company, prepared.language):
        if sense.attribute == "segment":
            found.setdefault("segment", []).append(phrase)
        found.setdefault(sense.tag, []).append(phrase)
    found[ENTRY] = list(entry_words(intent, company))
    for tag, kinds in STANDS_FOR.items():
        found.setdefault(tag, [phrase for kind in kinds for phrase in found.get(kind, ())])
    return {tag: tuple(dict.fromkeys(words)) for tag, words in found.items()}


def name_of(tag: str, words: Sequence[str]) -> str:
    """The word that stands for a cue: its own name where it is one of its words, else the first of them."""
    said = tag.replace("-", " ")
    return said if said in words else words[0]


def entry_words(intent: Intent, company: Company) -> Iterator[str]:
    """The texts by which the entries of an intent's section are found."""
    for entry in company.section(intent.matters) if intent.matters else ():
        for key in TEXTS.get(intent.matters, ()):
            value = entry.fields.get(key)
            texts = (value,) if isinstance(value, str) else value if isinstance(value, tuple | list) else ()
            yield from (text for text in texts if isinstance(text, str))
