"""where: the page, form, channel or system of what is asked."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.domain.answers import Resolution, Result
from bot.domain.company import Entry
from bot.domain.questions import Frame
from bot.domain.regions import overlaps
from bot.resolve.context import Context
from bot.resolve.entries import Telling, answer_entries, say_nothing
from bot.resolve.findings import is_guided
from bot.resolve.intents.trouble import level_named
from bot.resolve.intents.who import owner_of, resolve_who
from bot.resolve.narrow import given_sure, spoken_of

AS_REQUEST = frozenset({"request", "question", "help", "change", "account", "opportunity", "new", "csm", "sa"})
"""Words of requests that stand in other questions too."""


def resolve_where(frame: Frame, context: Context) -> Resolution:
    """A page that is named, where a request goes, a team's channel, a page that the words speak of, the system of a process."""
    frame = sized(frame, context)
    links = context.entries("links", frame)
    named = [entry for entry in links if entry.id in frame.things.get("link", ())]
    routes = routes_of(frame, context) or routes_of_step(frame, context)
    if routes and not named:
        return answer_routes(routes, frame, context)
    named = named or spoken_of(links, frame)
    ids = dict.fromkeys([*frame.roles, *(entry.id for entry in named)])
    channels = [party for id in ids if (party := context.company.parties.get(id)) and party.channel]
    if channels and not frame.things.get("link"):
        view = {"frame": frame, "rows": [], "channels": channels, "pages": [entry.fields for entry in named[:2]]}
        return Resolution("answered", "where", view, Result("where", tuple(party.id for party in channels)), None, "company")
    if named:
        return answer_entries("where", named, frame, context, Telling(as_cases=False), {"channels": channels, "pages": []})
    placed = [entry for entry in processes_of(frame, context) if any(step.get("where") for step in entry.fields["steps"])]
    naming = {} if placed else steps_naming(frame, context)
    placed = placed or [entry for entry in context.entries("processes", frame) if entry.id in naming]
    if placed:
        asked = naming or {entry.id: steps for entry in placed if (steps := steps_asked(entry, frame, context))}
        found = [entry for entry in placed if entry.id in asked] or placed
        return answer_entries("places", found, frame, context, Telling(), {"asked": asked.get(found[0].id, ())})
    return say_nothing("where", frame, context, (), view={"owner": owner_of(frame, context)})


def sized(frame: Frame, context: Context) -> Frame:
    """The frame with the one amount given as that by which the request goes: "a 60k contract" has no other size."""
    asked = (entry for entry in context.company.section("routes") if entry.fields["request"] in frame.subjects)
    looked = {name for entry in asked for name in entry.fields["when"] or ()}
    money = {name for name, attribute in context.company.attributes.items() if attribute.kind == "money"}
    meant, spare = sorted(looked & money - frame.facts.keys()), sorted(frame.facts.keys() & money - looked)
    if len(meant) != 1 or len(spare) != 1:
        return frame
    kept = {name: fact for name, fact in frame.facts.items() if name != spare[0]}
    return replace(frame, facts={**kept, meant[0]: replace(frame.facts[spare[0]], attribute=meant[0])})


def answer_routes(routes: list[Entry], frame: Frame, context: Context) -> Resolution:
    """Where a request goes: first by the routes that are for the facts given, with where it goes otherwise after them."""
    sure = given_sure(routes, frame, context)
    ordered = [*sure, *(entry for entry in routes if entry not in sure)]
    return answer_entries("route", ordered, frame, context, Telling(("to",), len(sure) or len(routes)), {"sure": len(sure)})


def steps_asked(entry: Entry, frame: Frame, context: Context) -> list[Any]:
    """The steps of a process that do the step asked about, by the words of its name beside those of the motion."""
    step = context.company.steps.get(frame.step or "")
    beside = {word for subject in frame.subjects for word in words_of(context.company.subjects[subject].name)}
    wanted = words_of(step.name) - beside if step else frozenset()
    return [each for each in entry.fields["steps"] if each.get("where") and wanted and wanted <= words_of(each["do"])]


def steps_naming(frame: Frame, context: Context) -> dict[str, list[Any]]:
    """The steps with a place that name what is asked about, by the process: where the sentiment is kept stands in the renewal's."""
    subjects = [context.company.subjects[id] for id in frame.subjects]
    names = {f" {name.lower()} ".replace("'s ", " ") for subject in subjects for name in (subject.name, *subject.aka)}
    each = {entry.id: [step for step in entry.fields["steps"] if step.get("where")] for entry in context.entries("processes", frame)}
    found = {
        id: [step for step in steps if any(name in f" {step['do'].lower()} ".replace("'s ", " ") for name in names)]
        for id, steps in each.items()
    }
    return {id: steps for id, steps in found.items() if steps}


def words_of(text: str) -> frozenset[str]:
    """The words of a name or a sentence."""
    return frozenset(text.lower().replace(",", " ").split())


def routes_of(frame: Frame, context: Context) -> list[Entry]:
    """The routes of the requests asked about that can hold; their conditions stand in the rules that are made of them."""
    asked = [entry for entry in context.entries("routes", frame) if entry.fields["request"] in frame.subjects]
    region = {(rule.id, rule.subject, rule.starts): rule.node.region for rule in context.company.rules}
    read = [replace(entry, region=region.get((entry.id, entry.fields["request"], entry.starts), entry.region)) for entry in asked]
    box = context.facts(frame).box
    return [entry for entry in read if any(overlaps(box, each) for each in entry.region)]


def routes_of_step(frame: Frame, context: Context) -> list[Entry]:
    """The routes of requests for what a step does, where the facts given say which: a ramp deal's quote is a quote request."""
    step = context.company.steps.get(frame.step or "")
    wanted = words_of(step.name) if step else frozenset[str]().union(*(words_of(fact.said) for fact in frame.facts.values()))
    wanted -= AS_REQUEST
    requests = {
        id for id, subject in context.company.subjects.items() if subject.kind == "request" and wanted & words_of(id.replace("-", " "))
    }
    return given_sure(routes_of(replace(frame, subjects=tuple(requests)), context), frame, context) if requests else []


def resolve_holder(frame: Frame, context: Context) -> Resolution:
    """Who has it; where the facts are of a request, whoever that goes to: a distributor's quote is no matter of whose the upsell is."""
    routes = routes_of_step(frame, context) if frame.key == "own" and frame.facts and not is_guided(frame, context) else []
    if not routes and frame.key == "own" and (level := level_named(frame, context)) is not None:
        return level
    return answer_routes(routes, frame, context) if routes else resolve_who(frame, context)


def processes_of(frame: Frame, context: Context) -> list[Entry]:
    """The processes that are named, that belong to what is asked about, or that are for the facts given."""
    every = context.entries("processes", frame)
    found = [entry for entry in every if entry.id in frame.things.get("process", ()) or entry.fields["of"] in frame.subjects]
    return found or given_sure(every, frame, context)
