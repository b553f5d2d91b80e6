"""Checks that every name in a model exists, and that names do not get into each other's way."""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from bot.domain.company import Company
from bot.domain.rules import Rule, split_key
from bot.load.rules import WORDS
from bot.load.shapes.base import Reference, references
from bot.load.shaping import Shaped
from bot.load.vocabulary import Vocabulary
from bot.problems import Place, Problem, did_you_mean, list_known, problem

WHERE = {
    "subject": ("unknown-subject", "subject", "`motions:`, `activities:` or `requests:`"),
    "job": ("unknown-name", "job", "the guidance (docs/model.md lists the jobs)"),
    "archetype": ("unknown-name", "archetype", "the guidance: adopt, adopt-and-renew, adopt-renew-and-upsell, adopt-renew-and-expand"),
    "stakeholder": ("unknown-name", "stakeholder", "`stakeholders:`"),
    "audience": ("unknown-name", "audience", "`audiences:`"),
    "source": ("unknown-name", "source", "`sources:`"),
}


def check_references(entries: Iterable[Shaped], vocabulary: Vocabulary) -> Iterator[Problem]:
    """A problem for every reference to something that does not exist."""
    known: Mapping[str, Iterable[str]] = {
        "subject": vocabulary.subjects,
        "job": vocabulary.known.get("jobs", set()),
        "archetype": vocabulary.known.get("archetypes", set()),
        "stakeholder": vocabulary.known.get("stakeholders", set()),
        "audience": vocabulary.known.get("audiences", set()) | {"public", "compensation"},
        "source": vocabulary.known.get("sources", set()),
    }
    for entry in entries:
        for path, reference in references(entry.shape):
            place = entry.part.at(*path)
            if not reference:
                continue
            if reference.kind == "party":
                yield from check_party(reference, place, vocabulary)
            elif reference.kind == "keeper":
                yield from check_keeper(reference, place, vocabulary)
            elif reference not in known[reference.kind]:
                slug, noun, where = WHERE[reference.kind]
                yield problem(
                    slug,
                    place,
                    f'there is no {noun} "{reference}"',
                    expected=f"one of {list_known(known[reference.kind])}",
                    fix=f"{did_you_mean(reference, known[reference.kind])}Otherwise look at {where}",
                )


def check_party(name: Reference, place: Place, vocabulary: Vocabulary) -> Iterator[Problem]:
    """A party is a role, team or position, or one of the words nobody, undefined, disputed."""
    if name in vocabulary.parties or name in WORDS:
        return
    names = {party.name.lower(): id for id, party in vocabulary.parties.items()}
    hint = f'did you mean "{names[name.lower()]}"? ' if name.lower() in names else did_you_mean(name, vocabulary.parties)
    yield problem(
        "unknown-party",
        place,
        f'no role, team or position is called "{name}"',
        expected="the id of a role, team or position, or one of nobody, undefined, disputed",
        fix=f"{hint}Otherwise add it to `roles:` or `teams:`",
    )


def check_keeper(name: Reference, place: Place, vocabulary: Vocabulary) -> Iterator[Problem]:
    """Who keeps, verifies or decides should be known, so that people can be sent there."""
    if name not in vocabulary.parties:
        yield problem(
            "unknown-keeper",
            place,
            f'"{name}" is neither a role nor a team here',
            expected="the id of a role or team",
            fix=f"{did_you_mean(name, vocabulary.parties)}Otherwise add it to `teams:` or `roles:`, with its channel",
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


def check_steps(company: Company) -> Iterator[Problem]:
    """A step that is nearly another one is probably a slip."""
    known: dict[str, set[str]] = defaultdict(set)
    places: dict[tuple[str, str], Place] = {}
    for rule, place, step in steps_of(company.rules):
        places.setdefault((rule.subject, step), place)
        known[rule.subject].add(step)
    for (subject, step), place in places.items():
        others = {id for id in (*known[subject], *company.steps) if id != step}
        close = difflib.get_close_matches(step, others, n=1, cutoff=0.85)
        if step not in company.steps and close and (close[0] in company.steps or step > close[0]):
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


def check_freshness(rules: Iterable[Rule], today: date, good_for: int | None) -> Iterator[Problem]:
    """Rules past the day by which they had to be verified again."""
    for rule in rules:
        if rule.verified is None or rule.basis == "derived" or not (rule.ends is None or rule.ends > today.toordinal()):
            continue
        until = rule.verified.until or (rule.verified.on + good_for if good_for else None)
        if until is not None and until < today.toordinal():
            day = date.fromordinal(until).isoformat()
            yield problem(
                "stale",
                rule.place,
                f'"{rule.id}" had to be verified again by {day}',
                expected="a rule that somebody stands behind",
                fix=f"ask {rule.kept_by or 'whoever keeps it'} whether it still holds, then change `verified:`",
            )
