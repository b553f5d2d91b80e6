"""Who I am: what Rolecall remembers of a person's point of view, and how it is told and changed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.render.inert import clean, cut
from bot.slack.names import COMMAND, Action, Field, Verb, View
from bot.slack.views.card import card_blocks
from bot.slack.views.here import Asker, Here, asker_in
from bot.slack.views.pieces import Block, actions, filled, menu, modal, not_offered, note, offered, press, said
from bot.slack.views.post import post
from bot.slack.views.reading import chosen_in
from bot.slack.views.told import Told, offered_role, read_names

TITLE = 120
"""How much of a profile's title is repeated."""

CLEARED = re.compile(r"(?:no|any|all|every|without|clear|forget|remove)\s+(?:a\s+|my\s+|the\s+)?(?P<what>role|segment)s?", re.IGNORECASE)
"""How somebody takes back their role or their segment alone."""


def who_blocks(here: Here, asker: Asker, title: str = "", *, gone: bool = False) -> list[Block]:
    """Who the asker is here, an offer where the profile's title names a role, and the buttons to change it."""
    offer = offered_role(title, here) if title and asker.role is None else None
    segment = here.company.segments.get(asker.segment or "")
    view = {
        "role": asker.role,
        "segment": segment.name if segment else "",
        "offered": offer.id if offer else None,
        "title": cut(clean(title), TITLE),
        "gone": gone and asker.role is None,
    }
    told = here.say("who", view)
    buttons: list[Block] = []
    if offer:
        said_yes = f"Yes, I am {here.words.a(offer.name)}"
        buttons.append(press(f"Yes, {offer.name}", Action.TAKE_ROLE, offer.id, label=said_yes, style="primary"))
    label = "Change" if asker.role or asker.segment else "Another role" if offer else "Say who I am"
    buttons.append(press(label, Action.OPEN_ME, label=f"{label}: role and segment"))
    if asker.role or asker.segment:
        buttons.append(press("Forget me", Action.FORGET_ME, label="Forget my role and segment"))
    return [said(told.headline), *map(said, told.lines), actions(buttons)[0], note(here.say("point-of-view", {}).headline)]


def me_post(here: Here, asker: Asker, title: str = "", *, gone: bool = False) -> Block:
    """`/roe me`: who I am here, and my part."""
    return post([*who_blocks(here, asker, title, gone=gone), *card_blocks(here, asker)])


def read_me(text: str, here: Here, before: Asker) -> Asker | Told:
    """Who somebody says they are, over what was known before; what was told where that is not clear."""
    if cleared := CLEARED.fullmatch(text.strip(" .!")):
        return replace(before, role=None) if cleared["what"].lower() == "role" else replace(before, segment=None)
    told = read_names(text, here, ("role", "segment"))
    if told.unknown or len(told.roles) > 1 or len(told.segments) > 1 or not (told.roles or told.segments):
        return told
    known = replace(before, role=told.roles[0]) if told.roles else before
    return replace(known, segment=told.segments[0]) if told.segments else known


def unclear_post(here: Here, told: Told, *, subjects: bool = False) -> Block:
    """What could not be read in a command, and what there is to choose from."""
    company = here.company
    view = {
        "roles": told.roles,
        "segments": [company.segments[id].name for id in told.segments],
        "unknown": told.unknown,
        "kinds": ["role", "segment", *(["subject"] if subjects else [])],
        "known_roles": [role.name for role in company.roles()],
        "known_segments": [segment.name for segment in company.segments.values()],
        "known_subjects": [company.subjects[id].name for id in here.book.keys] if subjects else [],
    }
    made = here.say("unclear", view)
    return post([said(made.headline, bold=True), *map(said, made.lines)])


def me_view(here: Here, asker: Asker, metadata: str = "", title: str = "") -> Block:
    """The modal in which role and segment are chosen; a role that the title names stands there at first, to be confirmed."""
    offer = offered_role(title, here) if title and asker.role is None else None
    first = asker.role or (offer.id if offer else None)
    roles, segments = offered(here.company, first, asker.segment, everything=("No role in particular", "All segments"))
    blocks = [filled(Field.ROLE, "Your role", menu(Field.ROLE, "Choose a role", roles))]
    if segments.pairs:
        blocks.append(filled(Field.SEGMENT, "Your customers", menu(Field.SEGMENT, "Choose a segment", segments)))
    blocks += not_offered((roles, segments), f"{COMMAND} {Verb.ME}")
    blocks.append(note(here.say("point-of-view", {}).headline))
    return modal(View.ME, "Who I am", blocks, submit="Save", close="Cancel", metadata=metadata)


def me_in(view: Mapping[str, Any], here: Here) -> Asker:
    """Who somebody said they are in the modal; only what the company has."""
    return asker_in(here, chosen_in(view, Field.ROLE), chosen_in(view, Field.SEGMENT))


def pick_view(here: Here, metadata: str = "") -> Block:
    """All roles to choose from, for one question."""
    roles, _ = offered(here.company, None, None, everything=("No role in particular", ""))
    blocks = [filled(Field.ROLE, "Your role", menu(Field.ROLE, "Choose a role", roles)), *not_offered((roles,), f"{COMMAND} {Verb.ME}")]
    return modal(View.ROLE, "Your role", blocks, submit="Answer", close="Cancel", metadata=metadata)
