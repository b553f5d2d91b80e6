"""The names of guidance and company -> the vocabulary; what the company declares goes before what the guidance does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import TypeVar

from bot.domain.attributes import Attribute, Choice
from bot.domain.company import Party, Segment, Step, Subject
from bot.load.assume import take_assumptions
from bot.load.conditions import Conditions
from bot.load.layout import Folder, Part
from bot.load.shapes import names
from bot.load.shaping import Shaped
from bot.load.trees import check_trees
from bot.load.vocabulary import Vocabulary, in_words, title
from bot.problems import Problem, did_you_mean, problem

Spoken = TypeVar("Spoken", Subject, Step)
SUBJECTS = {"motions": "motion", "activities": "activity", "requests": "request"}
"""Section -> what its subjects are."""
FIRST_DAY = date(2000, 1, 1).toordinal()
"""Where dates in conditions begin: no account is older."""
OTHER_SEGMENT = "any-other-segment"
"""The value of `segment` for customers outside of the only segment that a model declares."""


def gather(shaped: Iterable[Shaped], folder: Folder, currency: str, problems: list[Problem]) -> Vocabulary:
    """The vocabulary of guidance and company together; later entries replace earlier ones of the same id."""
    vocabulary = Vocabulary(lost=frozenset(folder.lost), unsure=folder.unsure)
    if "segments" in vocabulary.lost:
        vocabulary.broken.add("segment")
    listed = list(shaped)
    for entry in listed:
        if entry.section == "attributes" and (entry.broken or (entry.shape.kind is None and entry.id not in vocabulary.attributes)):
            vocabulary.broken.add(entry.id)
            problems += [] if entry.broken else [no_kind(entry, vocabulary)]
        vocabulary.known.setdefault(entry.section, set()).add(entry.id)
        problems += kept_from_some(entry, vocabulary)
        add_name(vocabulary, entry)
    add_segment_attribute(vocabulary)
    add_role_attributes(vocabulary, listed)
    problems += check_trees(listed, vocabulary)
    before = len(problems)
    conditions = Conditions(vocabulary.attributes, problems, currency, vocabulary.broken, lost="attributes" in vocabulary.lost)
    take_assumptions(vocabulary, folder, listed, conditions)
    for entry in listed:
        if entry.section == "segments":
            vocabulary.segments[entry.id] = segment_of(entry, conditions)
    vocabulary.certain = len(problems) == before and not conditions.unread and not vocabulary.lost & {"segments", "attributes", "assume"}
    return vocabulary


def no_kind(entry: Shaped, vocabulary: Vocabulary) -> Problem:
    """The problem of an attribute without a kind that adds to no built-in one."""
    return problem(
        "missing-key",
        entry.part.at(key=True),
        f'the attribute "{entry.id}" has no kind, and no built-in one is called so',
        expected="kind: enum, money, count, percent, duration, yes-no or date",
        fix=f"{did_you_mean(entry.id, vocabulary.attributes)}Otherwise add its kind",
    )


def kept_from_some(entry: Shaped, vocabulary: Vocabulary) -> Iterator[Problem]:
    """A problem when a name that everybody's guidance has is meant for some."""
    known = vocabulary.steps if entry.section == "steps" else vocabulary.subjects if entry.section in SUBJECTS else {}
    if entry.id in known and entry.shape.audience != "public":
        yield problem(
            "bad-value",
            entry.part.at("audience"),
            f'"{entry.id}" is a built-in name, which everybody knows',
            expected="an audience on a name of your own",
            fix="remove `audience:` here, or rename the entry",
        )


def add_name(vocabulary: Vocabulary, entry: Shaped) -> None:
    """Puts one entry where it belongs."""
    match entry.section:
        case "roles" | "teams" | "positions":
            vocabulary.parties[entry.id] = party_of(entry)
        case section if section in SUBJECTS:
            vocabulary.subjects[entry.id] = keep_words(subject_of(entry), vocabulary.subjects.get(entry.id), entry)
        case "steps":
            step: names.StepNameShape = entry.shape
            declared = Step(entry.id, step.name or in_words(entry.id), step.aka, tuple(step.of or ()), step.audience)
            vocabulary.steps[entry.id] = keep_words(declared, vocabulary.steps.get(entry.id), entry)
        case "attributes":
            vocabulary.attributes[entry.id] = extend(vocabulary.attributes.get(entry.id), attribute_of(entry), entry)
        case "segments":
            segment: names.SegmentShape = entry.shape
            vocabulary.segments[entry.id] = Segment(entry.id, segment.name or title(entry.id), segment.aka)


def party_of(entry: Shaped) -> Party:
    """A role, team or position as a party."""
    shape, place = entry.shape, entry.part.at(key=True)
    match shape:
        case names.RoleShape():
            return Party(
                entry.id,
                shape.name or title(entry.id),
                shape.kind,
                shape.aka,
                shape.kind_of or None,
                shape.job or None,
                shape.archetype or None,
                shape.reports_to,
                shape.measured_on,
                tuple(shape.not_to_be_confused_with.items()),
                shape.does,
                place=place,
                audience=shape.audience,
                talent=shape.talent,
            )
        case names.TeamShape():
            return Party(
                entry.id,
                shape.name or title(entry.id),
                "team",
                shape.aka,
                does=shape.does,
                channel=shape.channel,
                place=place,
                audience=shape.audience,
            )
        case _:
            return Party(
                entry.id, shape.name or in_words(entry.id), "position", shape.aka, from_subject=shape.owner_of or None, place=place
            )


def subject_of(entry: Shaped) -> Subject:
    """A motion, activity or request as a subject; accounts and opportunities are named among the activities of the guidance."""
    shape: names.SubjectShape = entry.shape
    kind = entry.id if entry.id in ("account", "opportunity") else SUBJECTS[entry.section]
    name = shape.name or in_words(entry.id)
    return Subject(entry.id, name, kind, shape.aka, tuple(shape.of or ()), shape.means, shape.audience)  # type: ignore[arg-type]


def keep_words(declared: Spoken, known: Subject | Step | None, entry: Shaped) -> Spoken:
    """What is declared under a built-in id keeps the built-in's name and other words, unless it gives other words itself."""
    words = spoken(known) if known is not None and "aka" not in entry.shape.model_fields_set else declared.aka
    audience = declared.audience if known is None else known.audience
    return replace(declared, aka=tuple(word for word in words if word != declared.name), audience=audience)


def spoken(known: Subject | Step) -> tuple[str, ...]:
    """Everything that something is called."""
    return (known.name, *known.aka)


def attribute_of(entry: Shaped) -> Attribute:
    """An attribute with its choices."""
    shape: names.AttributeShape = entry.shape
    choices = {
        id: Choice(id, choice.name or in_words(id), choice.aka, choice.within or None, choice.of or None)
        for id, choice in shape.values.items()
    }
    kind = shape.kind or ("enum" if choices else "yes-no")
    return Attribute(
        entry.id,
        shape.name or in_words(entry.id),
        kind,
        choices,
        shape.aka,
        shape.assume or None,
        anchor=shape.before or shape.after or None,
        before=bool(shape.before),
        lowest=FIRST_DAY if kind == "date" else 0,
        place=entry.part.at(key=True),
    )


def extend(known: Attribute | None, found: Attribute, entry: Shaped) -> Attribute:
    """What is declared with its kind stands for itself; without one it adds to the built-in attribute."""
    if entry.shape.kind is not None or known is None:
        return found
    name = entry.shape.name or known.name
    return replace(
        known,
        name=name,
        choices={**known.choices, **found.choices},
        aka=(*known.aka, *found.aka),
        assume=found.assume or known.assume,
        place=found.place,
    )


def add_segment_attribute(vocabulary: Vocabulary) -> None:
    """The values of `segment` are the company's segments."""
    given = vocabulary.attributes.get("segment")
    if given is not None:
        choices = {segment.id: Choice(segment.id, segment.name, segment.aka) for segment in vocabulary.segments.values()}
        if len(choices) == 1:  # one segment alone means that there are customers outside of it
            choices[OTHER_SEGMENT] = Choice(OTHER_SEGMENT, "any other segment")
        vocabulary.attributes["segment"] = replace(given, choices={**given.choices, **choices})


def add_role_attributes(vocabulary: Vocabulary, listed: list[Shaped]) -> None:
    """One attribute for each role where the guidance says `per-role: yes`."""
    for entry in listed:
        if entry.section == "attributes" and entry.shape.per_role:
            vocabulary.attributes.pop(entry.id, None)
            for party in list(vocabulary.parties.values()):
                made = f"{party.id}-{entry.id}"
                if party.kind == "role" and made not in vocabulary.attributes:
                    name = f"{party.name} {in_words(entry.id)}"
                    vocabulary.attributes[made] = replace(attribute_of(entry), id=made, name=name, role=party.id)


def segment_of(entry: Shaped, conditions: Conditions) -> Segment:
    """A segment with the region of its definition."""
    shape: names.SegmentShape = entry.shape
    part = Part(entry.part.document, (*entry.part.path, "when"), shape.when)
    unread = conditions.unread
    region = conditions.read(part, counted=True) if shape.when else None
    if conditions.unread > unread:
        region = None  # who belongs to it cannot be told
    return Segment(entry.id, shape.name or title(entry.id), shape.aka, region, shape.frozen, entry.part.at("when", key=True))
