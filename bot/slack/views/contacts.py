"""Whom a question to people goes to: the team that keeps the rules of what was asked, else the one that the model names for it.

Nothing is said of a team that the model does not say: that it keeps a rule, that requests go to it, or that it keeps most rules.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from bot.domain.answers import Answer, Resolution
from bot.domain.company import Party
from bot.domain.rules import Held, Rule
from bot.slack.views.here import Here

POSTABLE = re.compile(r"#\S+\Z|[CG][A-Z0-9]{6,}\Z")
"""How a channel of Slack is written in a model: by its name, or by its id. A handle or a queue elsewhere is none."""
Why = Literal["keeps", "keeps-some", "takes", "keeps-most", ""]


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to ask, and what the model says of them."""

    team: Party | None = None
    """Whose channel the question can be posted in, as far as the model tells; None where there is no such team."""
    why: Why = ""
    keepers: tuple[str, ...] = ()
    """Who keeps the rules of what was asked, with a channel or without; where nothing is known of that, who keeps the most rules."""
    request: str = ""
    """The subject that the model sends to the team."""
    hows: tuple[str, ...] = ()
    """How the model says that what was asked is brought to somebody."""


def contact_for(answered: Answer, here: Here) -> Contact:
    """Whom to ask about what was answered."""
    counted = Counter(keepers_of(answered, here))
    keepers = tuple(id for id, _ in counted.most_common())
    hows = tuple(dict.fromkeys(how for entry in routes_for(answered, here) if (how := entry["how"])))
    for id in keepers:
        if team := team_of(id, here):
            return Contact(team, "keeps" if len(keepers) == 1 else "keeps-some", keepers, hows=hows)
    for request, id in named_for(answered, here):
        if team := team_of(id, here):
            return Contact(team, "takes", keepers, request, hows)
    if keepers:
        return Contact(keepers=keepers, hows=hows)
    every = Counter(rule.kept_by for rule in here.company.rules if rule.kept_by)
    most = tuple(sorted(every, key=lambda id: (-every[id], id))[:1])
    return Contact(team_of(most[0], here), "keeps-most", most, hows=hows) if most else Contact(hows=hows)


def team_of(id: str, here: Here) -> Party | None:
    """Whoever this is, where they have a channel that can be posted in."""
    party = here.company.parties.get(id)
    return party if party and POSTABLE.match(party.channel) else None


def keepers_of(answered: Answer, here: Here) -> Iterator[str]:
    """Who keeps what the answer rests on, once for each rule; where it rests on none, who keeps the rules on its subject or its roles."""
    found = [keeper for keeper in keepers_in(answered.resolution) if keeper]
    frame = answered.frame
    if found or frame is None:
        yield from found
    elif frame.subjects:
        yield from (rule.kept_by for rule in here.company.rules if rule.subject in frame.subjects and rule.kept_by)
    elif frame.roles:
        yield from (rule.kept_by for rule in here.company.rules if rule.kept_by and holders_in(rule) & set(frame.roles))


def holders_in(rule: Rule) -> set[str]:
    """Everybody to whom a rule gives something."""
    rulings = [says.ruling for node in rule.node.walk() for says in node.says.values()]
    return {id for ruling in rulings if isinstance(ruling, Held) for id in ruling.holders}


def keepers_in(resolution: Resolution) -> Iterator[str]:
    """The keepers of the rules that decide, in all of the cases, and of the entries that are told."""
    for verdict in resolution.verdicts:
        decided = [verdict.decided, *(each for case in verdict.cases for each in case.decided)]
        rules = {each.rule.id: each.rule for each in decided if each is not None and each.rule is not None}
        yield from (rule.kept_by for rule in rules.values())
    yield from (str(fields.get("kept-by") or "") for fields in entries_in(resolution))


def entries_in(resolution: Resolution) -> Iterator[Any]:
    """The values of the entries that an answer tells."""
    entry = resolution.view.get("entry")
    yield from ([entry] if entry else [])
    yield from (row.fields for row in resolution.view.get("rows") or () if hasattr(row, "fields"))


def routes_for(answered: Answer, here: Here) -> list[Any]:
    """The routes of the requests that were asked about, as values by key."""
    subjects = answered.frame.subjects if answered.frame else ()
    return [entry.fields for entry in here.company.section("routes") if entry.fields["request"] in subjects]


def named_for(answered: Answer, here: Here) -> Iterator[tuple[str, str]]:
    """Who what was asked about goes to, or a request that has it in its name: "help with the renewal process"."""
    subjects = answered.frame.subjects if answered.frame else ()
    company = here.company
    asked = [words_of([company.subjects[id].name]) for id in subjects if id in company.subjects]
    sent = [(entry.fields["request"], id) for entry in company.section("routes") for id in entry.fields["to"]]
    yield from ((request, id) for request, id in sent if request in subjects)
    for request, id in sent:
        subject = company.subjects.get(request)
        if subject and any(words <= words_of((subject.name, *subject.aka)) for words in asked):
            yield request, id


def words_of(names: Iterable[str]) -> frozenset[str]:
    """The words of names."""
    return frozenset(word for name in names for word in name.lower().split())
