"""A model's folder -> the company, or problems. All problems are found at once; a broken entry is left out, not fatal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from bot.domain.company import Company, Entry, steps_with
from bot.domain.guidance import Guidance
from bot.domain.loaded import Loaded
from bot.domain.rules import Rule
from bot.load.audiences import check_shown
from bot.load.called import called_in
from bot.load.conditions import Conditions
from bot.load.derive import derive_rules, share_support
from bot.load.doubts import Doubts, doubt_role, lost_rules, unread_in
from bot.load.entries import read_entries, rule_of_route
from bot.load.freshness import check_freshness
from bot.load.gather import SUBJECTS, gather
from bot.load.guidance import build_guidance
from bot.load.layout import Folder, read_folder
from bot.load.limits import check_limits
from bot.load.permissions import check_permissions
from bot.load.plain import read_maintainers, read_plain
from bot.load.references import check_ids, check_references, check_shared_names, check_steps
from bot.load.rules import RuleReader
from bot.load.segments import check_segments
from bot.load.shapes import GUIDANCE_LISTS, GUIDANCE_NAMES, NAMES, PLAIN, RULINGS
from bot.load.shapes.base import one_line
from bot.load.shaping import Shaped, shape_lists, shape_names
from bot.load.transfers import check_transfers
from bot.load.versions import order_versions
from bot.load.vocabulary import Vocabulary
from bot.problems import Place, Problem

DEFINING = frozenset({"motions", "activities", "requests", "stakeholders"})
"""Sections of names whose meaning a company may put into words of its own."""


def load_company(root: Path | None, guidance_root: Path, today: date, *, is_example: bool = False) -> Loaded:
    """The company of a folder (or file) over the guidance; without a folder, guidance alone."""
    problems: list[Problem] = []
    guidance_folder, found = read_folder(guidance_root, (*GUIDANCE_NAMES, *GUIDANCE_LISTS), ())
    problems += found
    folder, found = read_folder(root, (*NAMES, *RULINGS), PLAIN) if root else (Folder(), [])
    problems += found
    theirs = [*shape_names(guidance_folder, GUIDANCE_NAMES, problems), *shape_lists(guidance_folder, GUIDANCE_LISTS, problems)]
    read = [*shape_names(folder, NAMES, problems), *shape_lists(folder, RULINGS, problems)]
    ours, remains = [entry for entry in read if not entry.partial], [entry for entry in read if entry.partial]
    name, currency, good_for = read_plain(folder, problems)
    name = one_line(name)
    names = [entry for entry in (*theirs, *ours) if entry.section not in RULINGS]
    vocabulary = gather(names, folder, currency, problems)
    guidance = build_guidance(theirs)
    conditions = Conditions(vocabulary.attributes, problems, currency, vocabulary.broken, lost="attributes" in vocabulary.lost)
    declared = {(entry.section, entry.id) for entry in ours}
    shared = [entry for entry in theirs if entry.section in ("stakeholders", "stages") and (entry.section, entry.id) not in declared]
    entries = read_entries([*shared, *ours], conditions)
    rules, uncertain = read_rules(folder, (*theirs, *ours), remains, vocabulary, conditions, guidance)
    company = assemble(name or (root.stem if root else ""), currency, vocabulary, guidance, rules, ours, entries)
    company = replace(company, maintainers=read_maintainers(folder), is_example=is_example, uncertain=uncertain)
    problems += [
        *check_ids(ours),
        *check_permissions(ours),
        *check_limits(company, doubtful_in(ours, conditions), today),
        *check_transfers(ours),
        *check_shared_names(company),
        *check_shown(ours, {entry.id for entry in theirs}),
        *(check_steps(rules, vocabulary.steps) if "steps" not in vocabulary.lost else ()),
        *check_freshness(rules, today, good_for, {entry.id for entry in ours if entry.section == "routes"}),
        *check_segments(company, whole=not vocabulary.lost & {"segments", "attributes"}),
    ]
    called = tuple(called_in(ours, vocabulary.attributes)) if vocabulary.certain else ()
    return Loaded(company, today, problems, {**guidance_folder.sources, **folder.sources}, called)


def doubtful_in(entries: Iterable[Shaped], conditions: Conditions) -> frozenset[Place]:
    """The entries of which something could not be read, by their place."""
    return frozenset(entry.part.at() for entry in entries if entry.broken or entry.part.at("when") in conditions.unread_at)


def read_rules(
    folder: Folder, entries: Iterable[Shaped], remains: Iterable[Shaped], vocabulary: Vocabulary, conditions: Conditions, guidance: Guidance
) -> tuple[list[Rule], frozenset[str]]:
    """All rules: the company's own, those of its routes, and those that archetypes imply; and the subjects whose rules are in doubt.

    What is left of entries that lack something is read as well, so that its mistakes are found, and thrown away.
    """
    listed, problems = list(entries), conditions.problems
    doubts = Doubts(everywhere=not vocabulary.lost.isdisjoint(("rules", "routes", "roles")))
    problems += check_references((*listed, *remains), vocabulary, doubts)
    reader = RuleReader(conditions, vocabulary.subjects, problems)
    read_entries(remains, conditions)
    for entry in remains:
        if entry.section == "rules":
            list(reader.read(entry))
    rules: list[Rule] = []
    for entry in listed:
        before, noted = (len(problems), conditions.unread), len(conditions.unread_on)
        made = list(rules_of(entry, reader, guidance))
        if entry.section == "roles":
            doubt_role(entry, guidance.archetypes, doubts)
        if doubts.on(entry) or (len(problems), conditions.unread) != before:
            made = [replace(rule, doubtful=True, unread=unread_in(entry, conditions.unread_on[noted:])) for rule in made]
            doubts.subjects |= {rule.subject for rule in made}
            doubts.note_subjects(entry, vocabulary.subjects)
        rules += made
    rules = order_versions([*share_support(rules), *lost_rules(folder, listed, vocabulary.subjects, doubts)], problems)
    kept, uncertain = doubts.set_aside(rules, vocabulary.parties)
    return (kept if vocabulary.certain else [replace(rule, examples=()) for rule in kept]), uncertain


def rules_of(entry: Shaped, reader: RuleReader, guidance: Guidance) -> Iterator[Rule]:
    """The rules that an entry makes."""
    match entry.section:
        case "rules":
            yield from reader.read(entry)
        case "routes":
            yield rule_of_route(entry, reader.conditions)
        case "roles":
            yield from derive_rules(entry, guidance.archetypes, reader.conditions)


def own_words(listed: Iterable[Shaped]) -> Iterator[tuple[str, str, str]]:
    """The other words that a company gives to what it lists, with what they are for."""
    for entry in listed:
        if entry.section in SUBJECTS:
            yield from (("subject", entry.id, phrase) for phrase in entry.shape.aka)
        elif entry.section == "steps":
            yield from (("step", entry.id, phrase) for phrase in entry.shape.aka)
        elif entry.section == "attributes":
            yield from ((entry.id, "yes", phrase) for phrase in entry.shape.aka)
            yield from ((entry.id, id, phrase) for id, value in entry.shape.values.items() for phrase in (value.name, *value.aka) if phrase)


def assemble(
    name: str,
    currency: str,
    vocabulary: Vocabulary,
    guidance: Guidance,
    rules: list[Rule],
    listed: list[Shaped],
    entries: tuple[Entry, ...],
) -> Company:
    """The company as one value."""
    audiences = {entry.id: tuple(entry.shape.who) for entry in listed if entry.section == "audiences"}
    defined = frozenset(entry.id for entry in listed if entry.section in DEFINING and entry.shape.means)
    declared = frozenset(entry.id for entry in listed if entry.section in SUBJECTS)
    domains = {id: attribute.domain for id, attribute in vocabulary.attributes.items()}
    return Company(
        name,
        currency,
        vocabulary.parties,
        vocabulary.subjects,
        steps_with(vocabulary.steps, rules),
        vocabulary.attributes,
        vocabulary.segments,
        tuple(rules),
        entries,
        guidance,
        domains,
        vocabulary.steps,
        audiences,
        defined=defined,
        declared=declared,
        own_words=frozenset(own_words(listed)),
    )
