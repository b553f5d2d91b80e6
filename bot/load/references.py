"""Checks that every name in a model exists, and that names do not get into each other's way."""

from __future__ import annotations

import difflib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from bot.domain.company import Company, Step
from bot.domain.rules import Rule, split_key
from bot.load.audiences import check_told
from bot.load.doubts import Doubts
from bot.load.holdings import WORDS
from bot.load.shapes.base import Reference, references
from bot.load.shaping import Shaped
from bot.load.translate import fit_id, is_id, say_input
from bot.load.vocabulary import Vocabulary
from bot.problems import Place, Problem, did_you_mean, list_known, problem

WHERE = {
    "subject": ("unknown-subject", "subject", "`motions:`, `activities:` or `requests:`"),
    "job": ("unknown-name", "job", "the standard jobs of the documentation, under Built-in jobs"),
    "archetype": ("unknown-name", "archetype", "the guidance: adopt, adopt-and-renew, adopt-renew-and-upsell, adopt-renew-and-expand"),
    "stakeholder": ("unknown-name", "stakeholder", "`stakeholders:`"),
    "audience": ("unknown-name", "audience", "`audiences:`"),
    "source": ("unknown-name", "source", "`sources:`"),
    "thing": ("unknown-name", "archetype, job, subject, stakeholder or term", "the guidance"),
}

TOGETHER = {"party": ("roles", "teams", "positions"), "subject": ("motions", "activities", "requests")}
"""Sections whose ids are named in the same places."""
THINGS = ("archetypes", "jobs", "motions", "activities", "requests", "steps", "stakeholders", "terms", "sources")
"""Sections of the guidance that findings are about."""


def check_references(entries: Iterable[Shaped], vocabulary: Vocabulary, doubts: Doubts) -> Iterator[Problem]:
    """A problem for every reference to something that does not exist; what has one is noted as doubtful."""
    known: Mapping[str, Iterable[str]] = {
        "subject": vocabulary.subjects,
        "job": vocabulary.known.get("jobs", set()),
        "archetype": vocabulary.known.get("archetypes", set()),
        "stakeholder": vocabulary.known.get("stakeholders", set()),
        "audience": vocabulary.known.get("audiences", set()) | {"public", "compensation"},
        "source": vocabulary.known.get("sources", set()),
        "thing": {id for section in THINGS for id in vocabulary.known.get(section, ())},
    }
    for entry in entries:
        for path, reference in references(entry.shape):
            place = entry.part.at(*path, key=path[-1:] == (reference,))
            found = None
            if reference and reference.kind == "party":
                found = check_party(reference, place, vocabulary)
            elif reference and reference.kind == "keeper":
                found = check_keeper(reference, place, vocabulary)
            elif reference and not is_known(reference, known[reference.kind]):
                found = unknown(reference, place, known[reference.kind])
            if found is None and reference:
                found = check_told(reference, place, entry, vocabulary)
            if found is not None:
                doubts.note(entry, found)
                if not may_be_lost(reference.kind, found, vocabulary):
                    yield found


def may_be_lost(kind: str, found: Problem, vocabulary: Vocabulary) -> bool:
    """Whether a name that seems to be missing may stand in what could not be read."""
    if found.slug == "bad-value":
        return False
    where = {"keeper": TOGETHER["party"], "stakeholder": ("stakeholders",), "audience": ("audiences",), **TOGETHER}.get(kind, ())
    return not vocabulary.lost.isdisjoint(where) or (vocabulary.unsure and "did you mean" not in found.fix)


def is_known(name: str, known: Iterable[str]) -> bool:
    """Whether the name exists, or would if its declaration, which is a problem already, were mended."""
    return name in known or any(not is_id(id) and fit_id(id) == fit_id(name) for id in known)


def unknown(name: Reference, place: Place, known: Iterable[str]) -> Problem:
    """The problem of a reference to something that does not exist."""
    slug, noun, where = WHERE[name.kind]
    return problem(
        slug,
        place,
        f"there is no {noun} {say_input(str(name))}",
        expected=f"one of {list_known(known)}",
        fix=f"{did_you_mean(name, known)}Otherwise {'declare it under' if where.startswith('`') else 'look at'} {where}",
    )


def check_party(name: Reference, place: Place, vocabulary: Vocabulary) -> Problem | None:
    """A party is a role, team or position, or one of the words nobody, undefined, disputed."""
    if name in WORDS or is_known(name, vocabulary.parties):
        return None
    return problem(
        "unknown-party",
        place,
        f"no role, team or position is called {say_input(str(name))}",
        expected="the id of a role, team or position, or one of nobody, undefined, disputed",
        fix=hint_several(name, vocabulary) or f"{suggest_party(name, vocabulary)}Otherwise add it to `roles:` or `teams:`",
    )


def hint_several(name: str, vocabulary: Vocabulary) -> str:
    """How to write several parties that stand in one text: "ae and csm", "ae/csm"."""
    words = [word for word in re.split(r"\s*(?:,|/|\||&|\+|\band\b|\bor\b)\s*", name[:200]) if word]
    several = len(words) > 1 and all(word in vocabulary.parties for word in words)
    return f"write them as a list: [{', '.join(words)}]; of those who own together, `co-own: [{', '.join(words)}]`" if several else ""


def suggest_party(name: str, vocabulary: Vocabulary) -> str:
    """The party that is meant: by its id in other letters, its name, another word for it, or nearly one of these."""
    wanted = fit_id(name)
    for party in vocabulary.parties.values():
        if wanted and wanted in (party.id, fit_id(party.name), *map(fit_id, party.aka)):
            return f'did you mean "{party.id}"? '
    known = (*vocabulary.parties, *WORDS)
    return did_you_mean(name, known)


def check_keeper(name: Reference, place: Place, vocabulary: Vocabulary) -> Problem | None:
    """Who keeps, verifies or decides should be known, so that people can be sent there."""
    if is_known(name, vocabulary.parties):
        return None
    return problem(
        "unknown-keeper",
        place,
        f"{say_input(str(name))} is neither a role nor a team here",
        expected="the id of a role or team",
        fix=f"{suggest_party(name, vocabulary)}Otherwise add it to `teams:` or `roles:`, with its channel",
    )


def check_ids(entries: Iterable[Shaped]) -> Iterator[Problem]:
    """A role and a team, or a motion and an activity, cannot share an id: rules name either by it."""
    seen: dict[tuple[str, str], Shaped] = {}
    for entry in entries:
        kind = next((kind for kind, sections in TOGETHER.items() if entry.section in sections), None)
        if kind is None:
            continue
        first = seen.setdefault((kind, entry.id), entry)
        if first.section != entry.section:
            yield problem(
                "duplicate-id",
                entry.part.at(key=True),
                f'"{entry.id[:60]}" stands in {first.section} and in {entry.section}',
                expected="each id once, because rules name either by it",
                fix="rename one, or remove it",
                also=[first.part.at(key=True)],
            )


def check_shared_names(company: Company) -> Iterator[Problem]:
    """A name that means two parties makes the bot ask back."""
    owners: dict[str, list[str]] = defaultdict(list)
    for party in company.parties.values():
        if party.kind != "position":
            for name in {party.name.lower(), *(aka.lower() for aka in party.aka), party.id.replace("-", " ")}:
                owners[name].append(party.id)
    for name, ids in sorted(owners.items()):
        if len(ids) > 1:
            places = [company.parties[id].place for id in ids]
            yield problem(
                "shared-name",
                places[-1],
                f'"{name}" is a name of {" and of ".join(ids)}, so the bot asks back',
                expected="one meaning for each name",
                fix="remove it from one, unless people really mean either",
                also=places[:-1],
            )


def check_steps(rules: Iterable[Rule], declared: Mapping[str, Step]) -> Iterator[Problem]:
    """A step that is nearly another one, and that nobody declared, is probably a slip."""
    known: dict[str, set[str]] = defaultdict(set)
    places: dict[tuple[str, str], Place] = {}
    for rule, place, step in steps_of(rules):
        places.setdefault((rule.subject, step), place)
        known[rule.subject].add(step)
    for (subject, step), place in places.items():
        if step in declared:
            continue
        others = {id for id in (*known[subject], *declared) if id != step}
        close = difflib.get_close_matches(step, others, n=1, cutoff=0.8)
        if close and (close[0] in declared or step > close[0]):
            yield problem(
                "similar-step",
                place,
                f'the step "{step}" is nearly "{close[0]}"',
                expected="one name for one step",
                fix=f'write "{close[0]}" if it is the same; otherwise declare "{step}" under `steps:`',
            )


def steps_of(rules: Iterable[Rule]) -> Iterator[tuple[Rule, Place, str]]:
    """Every mention of a step in the rules."""
    for rule in rules:
        for node in rule.node.walk():
            for key, says in node.says.items():
                step, _ = split_key(key)
                if step:
                    yield rule, says.place, step
