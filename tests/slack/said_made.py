"""Every kind of message that answers or refuses, as it is sent: with its buttons, what they carry sealed with a key of the tests."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from types import SimpleNamespace
from typing import Any

from companies import here_at
from opened import TODAY

from bot.slack.answering import PUBLIC, Asked
from bot.slack.carried import carried_in
from bot.slack.commands import IN_DIRECT
from bot.slack.guard import NOT_NOW, OUTSIDE
from bot.slack.humans import ASKED, PASSED_ON, answer_of
from bot.slack.outgoing import Outgoing, words
from bot.slack.presses import GONE, NOT_YOURS, STALE
from bot.slack.questions import ENOUGH, SHARED, SWITCHED_OFF, UNSURE
from bot.slack.replies import Replies
from bot.slack.views.here import Asker
from bot.slack.views.home import closed_view
from bot.slack.views.previews import elsewhere_post
from bot.slack.why import why_message
from bot.slack.windows import NOT_SHARED, UNSEEN


def opened(value: Any) -> Any:
    """What buttons carry, to be read: unsealed, and that something came before rather than what, packed."""
    if isinstance(value, dict):
        return {key: unsealed(inner) if key == "value" else opened(inner) for key, inner in value.items()}
    return [opened(each) for each in value] if isinstance(value, list) else value


def unsealed(value: str) -> str:
    found = carried_in(value, b"golden")
    return json.dumps(found[1] | ({"b": "…"} if "b" in found[1] else {}), ensure_ascii=False) if found else value


def replies(company: str) -> Replies:
    """What answers, without Slack and without a store."""
    here = here_at(company)
    desk: Any = SimpleNamespace(
        engine=here.engine,
        here=here,
        today=lambda: TODAY,
        key=b"golden",
        live=SimpleNamespace(has_rules=here.has_rules),
        people=SimpleNamespace(title=lambda user: ""),
    )
    return Replies(desk)


def asked(text: str, role: str | None = None) -> Asked:
    return Asked(text, "U0DANA", Asker(role), PUBLIC)


def answer(text: str, outcome: str, company: str = "acme", *, share: bool = False, role: str | None = None) -> dict[str, Any]:
    """The message of an answer; `share` is for one person in a channel."""
    made = replies(company).reply(asked(text, role), share=share)
    assert made.outcome == outcome
    return opened(made.out.payload())


def chosen(text: str, choice: str) -> dict[str, Any]:
    """The message once it was said what is meant."""
    made = replies("acme").chosen(asked(text), choice)
    assert made is not None
    return opened(made.out.noted(f"Chosen: {choice}").payload())


def why(text: str) -> dict[str, Any]:
    return why_message(asked(text), replies("acme")).payload()


def passed_on() -> dict[str, Any]:
    return answer_of("Riley <!here>", "The Digital CSM; see *this* <!channel>", "Who owns an SMB renewal, <!here>?").payload()


def sentences(*texts: str) -> list[dict[str, Any]]:
    """Messages of a sentence or two."""
    made: list[Outgoing] = [words(text) for text in texts]
    return [each.payload() for each in made]


SAID: Mapping[str, Callable[[], Any]] = {
    "said-answer-in-channel": lambda: answer("who owns a 40k smb auto-renew?", "answered"),
    "said-answer-for-one": lambda: answer("who owns a 40k smb auto-renew?", "answered", share=True, role="csm"),
    "said-answer-no-rules": lambda: answer("who typically owns renewal?", "answered", "none"),
    "said-depends": lambda: answer("who owns cross-sell?", "depends"),
    "said-chosen": lambda: chosen("who owns cross-sell?", "a new business unit"),
    "said-ask-back": lambda: answer("is this renewal mine?", "ask-back"),
    "said-not-defined": lambda: answer("who owns a legal redline?", "not-defined"),
    "said-not-allowed": lambda: answer("what is the csm comp plan?", "not-allowed", share=True),
    "said-declined": lambda: answer("what is the health score of Contoso?", "declined"),
    "said-not-understood": lambda: answer("xyzzy plugh", "not-understood", share=True),
    "said-why": lambda: why("who owns a 40k smb auto-renew?"),
    "said-passed-on": passed_on,
    "said-refused": lambda: sentences(OUTSIDE, SHARED, UNSURE, SWITCHED_OFF, ENOUGH, NOT_NOW, IN_DIRECT),
    "said-to-clicks": lambda: sentences(STALE, NOT_YOURS, GONE, NOT_SHARED, UNSEEN),
    "said-of-humans": lambda: [*sentences(ASKED.format(team="Deal Desk"), PASSED_ON.format(name="Dana Fox")), elsewhere()],
    "home-closed": lambda: closed_view(OUTSIDE),
}


def elsewhere() -> dict[str, Any]:
    return elsewhere_post(here_at("acme").company.parties["deal-desk"])
