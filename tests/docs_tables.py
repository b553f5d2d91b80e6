"""The parts of the documents that are made from the code and the knowledge: tables of keys, names, commands, decisions."""

from __future__ import annotations

import inspect
import re
import types
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import click
from pydantic import BaseModel

from bot.cli import main
from bot.domain.attributes import Attribute, say_anchored
from bot.domain.company import Company
from bot.load import guidance_folder, load_company, load_shipped
from bot.load.conditions import read_value
from bot.load.layout import read_folder
from bot.load.schema import PLAIN
from bot.load.shapes import GUIDANCE_LISTS, GUIDANCE_NAMES, NAMES, RULINGS, base, names, rules, rulings
from bot.load.shapes.base import Shape

ROOT = Path(__file__).parent.parent
WRAPPERS = (rules.HoldingShape, rules.CreditShape)
"""Shapes that are written as a name, a list or `{as: …}`, never by their own keys."""
COMMON: Mapping[str, type[Shape]] = {
    "Keys of everything that has a name": names.Named,
    "Keys of every ruling": base.Ruling,
    "Parts: keys of a rule, an exception and a step": rules.Parts,
}
WORDS: tuple[tuple[Any, str], ...] = (
    (rules.Holding, "a name, a list of names, or `{as: SUBJECT}`"),
    (rules.Credit, "a name, `{as: SUBJECT}`, percentages, or a list of them by period"),
    (base.Text, "text"),
    (base.Texts, "text, or a list"),
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
    (base.AudienceName, "an audience"),
    (base.Conditions, "conditions"),
    (base.VerifiedField, "a date, or `{on, by, until}`"),
    (names.JobName, "a job"),
    (names.ArchetypeName, "an archetype"),
)
EXAMPLES: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "enum": ("handling", ("auto-renew", "not auto-renew")),
    "enum with wider values": ("expansion", ("seats", "upsell-kinds", "not seats")),
    "yes-no": ("partner-led", ("yes", "no")),
    "money": ("arr", ("under 50k", "50k or less", "over 50k", "50k or more", "20k to 50k", "$1.2m", "50,000")),
    "count": ("stage", ("3", "at least 3", "2 to 4")),
    "duration": ("days-to-renewal", ("60 or less", "60 days", "under 2 weeks", "30 to 90", "3 months or more")),
    "date": ("signed", ("2026-02-01", "before 2026-02-01", "2026-02-01 or after")),
}


def table(columns: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """A table in Markdown; a stroke inside a cell is escaped."""
    lines = [tuple(columns), tuple("---" for _ in columns), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


@cache
def bare() -> Company:
    """A company without a model: the guidance alone."""
    return load_company(None, guidance_folder(), date(2026, 1, 1)).company


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
        parts += [f"### `{name}`", f"{summary(shape)}\n{form}{also}", keys_table(shape), *inner_tables(shape, seen)]
    return "\n\n".join(parts)


def anchor(heading: str) -> str:
    """A heading's anchor on the web."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def plain_keys() -> str:
    """The keys of company.yaml that are no sections."""
    return table(("key", "meaning"), [(f"`{key}`", says["description"]) for key, says in PLAIN.items()])


def section_names() -> str:
    """All sections with one line each."""
    return table(
        ("section", "form", "one entry is"),
        [(f"[`{name}`](#{name})", "map" if name in NAMES else "list", summary(shape)) for name, shape in {**NAMES, **RULINGS}.items()],
    )


def unanswered() -> str:
    """The sections from which no question is answered yet: no code after the loader asks for them."""
    files = [file for stage in ("resolve", "understand", "render") for file in (ROOT / "bot" / stage).rglob("*.py")]
    asked = {name for file in files for name in re.findall(r'(?:section|entries)\("([\w-]+)"', file.read_text(encoding="utf-8"))}
    kept = [name for name in ("terms", "pods", "links", "stages", *RULINGS) if name not in (*asked, "rules", "routes")]
    said = ", ".join(f"`{name}`" for name in kept)
    return f"These are read, checked and kept, but no question of this version is answered from them: {said}."


def conditions() -> str:
    """Conditions by the kind of their attribute, and what each is read as."""
    signed = Attribute("signed", "signed", "date", {})
    rows = []
    for kind, (name, texts) in EXAMPLES.items():
        attribute = bare().attributes.get(name, signed)
        for text in texts:
            values = read_value(attribute, text)
            assert values, f"{text} is no condition on {name}"
            rows.append((kind, f"`{name}: {text}`", say_anchored(attribute, values, "USD")))
    return table(("kind", "you write", "it is read as"), rows)


def attributes() -> str:
    """The built-in attributes with their values and what is assumed."""

    def values(attribute: Attribute) -> str:
        if attribute.id == "segment":
            return "your `segments`"
        shown = [f"`{choice.id}`" + (f" (within `{choice.within}`)" if choice.within else "") for choice in attribute.choices.values()]
        return ", ".join(shown)

    rows = [(f"`{each.id}`", each.kind, values(each), f"`{each.assume}`" if each.assume else "") for each in bare().attributes.values()]
    rows.append(("`ROLE-on-account`", "yes-no", "one for each role, such as `csm-on-account`", "`yes`"))
    return table(("attribute", "kind", "values", "assumed when nobody says"), rows)


def listing(things: Iterable[Any]) -> str:
    """Built-in names by id."""
    return table(("id", "name"), [(f"`{each.id}`", each.name) for each in things])


def subjects(kinds: tuple[str, ...]) -> str:
    """The built-in subjects of some kinds."""
    return listing(each for each in bare().subjects.values() if each.kind in kinds)


def motions() -> str:
    """The built-in motions with their meaning."""
    listed = [each for each in bare().subjects.values() if each.kind == "motion"]
    rows = [(f"`{each.id}`", each.name, each.gloss, ", ".join(f"`{id}`" for id in each.of)) for each in listed]
    return table(("id", "name", "what it is", "made of"), rows)


def positions() -> str:
    """The built-in positions."""
    listed = [each for each in bare().parties.values() if each.kind == "position"]
    rows = [(f"`{each.id}`", each.name, f"the owner of `{each.from_subject}`" if each.from_subject else "") for each in listed]
    return table(("id", "name", "who that is"), rows)


def archetypes() -> str:
    """The archetypes with their grid; what is inferred stands in brackets."""
    motions = [each.id for each in bare().subjects.values() if each.kind == "motion" and not each.of]
    rows = []
    for each in bare().guidance.archetypes.values():
        cells = [each.cells[motion] for motion in motions]
        rows.append((f"`{each.id}`", each.name, *(cell.part if cell.stated else f"({cell.part})" for cell in cells)))
    return table(("id", "name", *motions), rows)


def stakeholders() -> str:
    """The built-in stakeholders."""
    folder, _ = read_folder(guidance_folder(), (*GUIDANCE_NAMES, *GUIDANCE_LISTS), ())
    entries = [pair for part in folder.section("stakeholders") for pair in part.value.items()]
    return table(("id", "meaning"), [(f"`{id}`", entry["means"]) for id, entry in entries])


def intents() -> str:
    """The intents that questions can have."""
    return table(("intent", "what people want to know"), [(f"`{each.id}`", each.about) for each in load_shipped().language.intents])


def commands() -> dict[str, click.Command]:
    """The commands by name."""
    context = click.Context(main)
    found = {name: main.get_command(context, name) for name in main.list_commands(context)}  # type: ignore[attr-defined]
    return {name: command for name, command in found.items() if command is not None}


def command_help() -> str:
    """Every command with its --help."""
    parts = []
    for name, command in commands().items():
        context = click.Context(command, info_name=f"rolecall {name}", terminal_width=88, help_option_names=["-h", "--help"])
        parts.append(f"## `rolecall {name}`\n\n```text\n{command.get_help(context)}\n```")
    return "\n\n".join(parts)


def decisions() -> str:
    """The decisions with their titles."""
    pages = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    titles = [(page, page.read_text(encoding="utf-8").splitlines()[0].removeprefix("# ")) for page in pages]
    return "\n".join(f"- [{title}](decisions/{page.name})" for page, title in titles)


GENERATED: Mapping[str, Callable[[], str]] = {
    "common-keys": common_keys,
    "sections": sections,
    "section-names": section_names,
    "plain-keys": plain_keys,
    "unanswered": unanswered,
    "conditions": conditions,
    "attributes": attributes,
    "motions": motions,
    "activities": lambda: subjects(("account", "opportunity", "activity")),
    "requests": lambda: subjects(("request",)),
    "steps": lambda: listing(bare().steps.values()),
    "positions": positions,
    "jobs": lambda: listing(bare().guidance.jobs.values()),
    "archetypes": archetypes,
    "stakeholders": stakeholders,
    "intents": intents,
    "commands": command_help,
    "decisions": decisions,
}
"""The name of a generated part -> what makes it."""
