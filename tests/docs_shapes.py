"""The parts of the documents that are made from the shapes: every section with its keys and an example, every key with its meaning."""

from __future__ import annotations

import inspect
import re
import types
from collections.abc import Iterator, Mapping
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from docs_asked import example_of
from docs_layout import anchor, table
from pydantic import BaseModel

from bot.load.schema import PLAIN
from bot.load.shapes import GUIDANCE_LISTS, GUIDANCE_NAMES, NAMES, RULINGS, base, cases, guidance, names, rules, rulings
from bot.load.shapes.base import Shape
from bot.understand.matters import TEXTS

WRAPPERS = (rules.HoldingShape, rules.CreditShape)
"""Shapes that are written as a name, a list or `{as: …}`, never by their own keys."""
NAMED = "Keys of everything that has a name"
COMMON: Mapping[str, type[Shape]] = {
    NAMED: names.Named,
    "Keys of every ruling": base.Ruling,
    "Parts: keys of a rule, an exception and a step": rules.Parts,
}
WORDS: tuple[tuple[Any, str], ...] = (
    (rules.Holding, "a name, a list of names, or `{as: SUBJECT}`"),
    (rules.Credit, "a name, `{as: SUBJECT}`, percentages, or a list of them by period"),
    (base.Text, "text"),
    (str, "text"),
    (base.Texts, "text, or a list"),
    (base.Line, "text on one line"),
    (base.Id, "an id"),
    (base.Day, "a date"),
    (base.Flag, "yes or no"),
    (base.Percent, "a percentage"),
    (base.PartyName, "a name of a role, team or position"),
    (base.Parties, "a name or a list of names"),
    (base.SubjectName, "a subject"),
    (base.Subjects, "a subject, or a list"),
    (base.Keeper, "a role or team"),
    (base.Keepers, "a role or team, or a list"),
    (rulings.Stakeholders, "a stakeholder, or a list"),
    (cases.Outcomes, "an outcome, or a list"),
    (base.AudienceName, "an audience"),
    (base.Conditions, "conditions"),
    (base.VerifiedField, "a date, or `{on, by, until}`"),
    (names.JobName, "a job"),
    (names.ArchetypeName, "an archetype"),
    (guidance.SourceName, "a source"),
    (guidance.ThingName, "an id of the guidance"),
    (guidance.CitedList, "a source, or `{from, paragraphs, speaker}`, or a list"),
)


def hints_of(shape: type[Shape]) -> dict[str, Any]:
    """The types of a shape's keys, with what is annotated on them."""
    return get_type_hints(shape, include_extras=True)


def shapes_in(annotation: Any) -> Iterator[type[Shape]]:
    """The shapes that a type is made of."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in get_args(annotation):
        yield from shapes_in(inner)


def sentence_of(shape: type[Shape], name: str) -> str:
    """The sentence under a key's field, or under the field that it redefines."""
    fields = (each.model_fields[name] for each in shape.mro() if issubclass(each, Shape) and name in each.model_fields)
    return next((field.description for field in fields if field.description), "")


def own_keys(shape: type[Shape]) -> Iterator[tuple[str, Any, str, bool]]:
    """The keys of a shape that it does not share with all of its kind: key, type, sentence, whether it is needed."""
    hints = hints_of(shape)
    shared = [each for each in COMMON.values() if shape is not each and issubclass(shape, each)]
    for name, field in shape.model_fields.items():
        says = sentence_of(shape, name)
        if not any(name in each.model_fields and sentence_of(each, name) == says for each in shared):
            yield field.alias or name, hints[name], says, field.is_required()


def documented_keys(shape: type[Shape], seen: frozenset[type[Shape]] = frozenset()) -> Iterator[tuple[str, str, str]]:
    """Every key of a shape and of those inside it: the shape's name, the key, its sentence."""
    for name, field in shape.model_fields.items():
        yield shape.__name__, field.alias or name, sentence_of(shape, name)
    for inner in dict.fromkeys(each for hint in hints_of(shape).values() for each in shapes_in(hint)):
        if inner not in seen and inner not in WRAPPERS:
            yield from documented_keys(inner, seen | {shape, inner})


def say_type(annotation: Any, key: str = "") -> str:
    """What a key holds, in a few words."""
    known = next((words for each, words in WORDS if annotation == each), "")
    if known:
        return "a name, or `{as: SUBJECT}`" if key == "own" and annotation == rules.Holding else known
    origin, inner = get_origin(annotation), list(shapes_in(annotation))
    arguments = [each for each in get_args(annotation) if each is not type(None)]
    if hasattr(annotation, "__metadata__") or origin in (Union, types.UnionType):
        return say_type(arguments[0], key)
    if origin is Literal:
        return ", ".join(f"`{word}`" for word in arguments if word)
    if origin is tuple:
        return f"a list of {title_of(inner[0])}s" if inner else f"a list: {say_type(arguments[0])}"
    if origin is dict:
        return f"id → {title_of(inner[0])}" if inner else " → ".join(say_type(each) for each in arguments)
    return title_of(inner[0]) if inner else str(annotation)


def title_of(shape: type[Shape]) -> str:
    """A shape's name in words: StepShape is "step"."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", shape.__name__.removesuffix("Shape")).lower()


def keys_table(shape: type[Shape]) -> str:
    """The table of a shape's own keys."""
    rows = [
        (f"`{key}`", say_type(annotation, key) + (" (needed)" if needed else ""), says) for key, annotation, says, needed in own_keys(shape)
    ]
    return table(("key", "holds", "meaning"), rows)


def inner_tables(shape: type[Shape], seen: set[type[Shape]]) -> Iterator[str]:
    """The tables of the shapes inside a shape, each once."""
    for inner in dict.fromkeys(each for hint in hints_of(shape).values() for each in shapes_in(hint)):
        if inner not in seen and inner not in WRAPPERS:
            seen.add(inner)
            yield f"**{title_of(inner).capitalize()}**: {summary(inner)}\n\n{keys_table(inner)}"
            yield from inner_tables(inner, seen)


def summary(shape: type[Shape]) -> str:
    """The shape's own sentence."""
    return (inspect.getdoc(shape) or "").strip().splitlines()[0]


def common_keys() -> str:
    """The tables of keys that many sections share."""
    seen: set[type[Shape]] = set()
    parts = []
    for heading, shape in COMMON.items():
        parts += [f"### {heading}", f"{summary(shape)}", keys_table(shape), *inner_tables(shape, seen)]
    return "\n\n".join(parts)


def sections() -> str:
    """Every section with its keys."""
    seen: set[type[Shape]] = {base.VerifiedShape, rules.StatementShape, rules.ShareShape}
    parts = []
    for name, shape in {**NAMES, **RULINGS}.items():
        form = "A map: id → entry." if name in NAMES else "A list of entries, each with an `id`."
        shared = [heading for heading, each in COMMON.items() if issubclass(shape, each)]
        also = f" Beside these: {', '.join(f'[{heading.lower()}](#{anchor(heading)})' for heading in shared)}." if shared else ""
        heading = [f"### `{name}`", f"{summary(shape)}\n{form}{also}"]
        parts += [*heading, keys_table(shape), *inner_tables(shape, seen), example_of(name)]
    return "\n\n".join(parts)


def guidance_shapes() -> dict[str, type[Shape]]:
    """The sections of the guidance that a company's model does not have, or has with other keys."""
    return {name: shape for name, shape in {**GUIDANCE_NAMES, **GUIDANCE_LISTS}.items() if NAMES.get(name) is not shape}


def guidance_keys() -> str:
    """Every section of the guidance with its keys."""
    seen: set[type[Shape]] = {base.VerifiedShape}
    alike = [f"`{name}`" for name in GUIDANCE_NAMES if name not in guidance_shapes()]
    parts = [f"{', '.join(alike)} have the same keys as in a company's model."]
    for name, shape in guidance_shapes().items():
        form = "A map: id → entry." if name in GUIDANCE_NAMES else "A list."
        also = f" Beside these: [{NAMED.lower()}](#{anchor(NAMED)})." if issubclass(shape, names.Named) else ""
        parts += [f"### The guidance's `{name}`", f"{summary(shape)}\n{form}{also}", keys_table(shape), *inner_tables(shape, seen)]
    return "\n\n".join(parts)


def plain_keys() -> str:
    """The keys of company.yaml that are no sections."""
    return table(("key", "meaning"), [(f"`{key}`", says["description"]) for key, says in PLAIN.items()])


def section_names() -> str:
    """All sections with one line each."""
    return table(
        ("section", "form", "one entry is"),
        [(f"[`{name}`](#{name})", "map" if name in NAMES else "list", summary(shape)) for name, shape in {**NAMES, **RULINGS}.items()],
    )


def matters() -> str:
    """The keys by whose words an entry is found, section by section."""
    rows = [(f"[`{section}`](keys.md#{section})", ", ".join(f"`{key}`" for key in keys)) for section, keys in sorted(TEXTS.items())]
    return table(("section", "keys"), rows)
