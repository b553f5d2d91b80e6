"""A Slack with a bot, two people and a channel."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from flask import Flask, request
from slack_bolt import App
from slack_bolt.adapter.flask import SlackRequestHandler

from fakeslack import FakeSlack
from fakeslack.apps import Bot
from fakeslack.people import Person
from fakeslack.tinybot import tiny_bot


@pytest.fixture
def slack() -> Iterator[FakeSlack]:
    with FakeSlack() as fake:
        yield fake


@pytest.fixture
def bot(slack: FakeSlack) -> Bot:
    bot = slack.installs("rolecall", commands={"/roe"})
    return bot.shortcut("Ask about roles", "ask_global").shortcut("Answer this", "answer_this", on_messages=True)


@dataclass(repr=False)
class World:
    """What most tests begin with."""

    slack: FakeSlack
    bot: Bot
    app: App
    alice: Person
    bob: Person


@pytest.fixture
def world(slack: FakeSlack, bot: Bot) -> World:
    """A bot in this process, asked without HTTP."""
    app = tiny_bot(bot)
    bot.at(app)
    alice, bob = slack.person("alice", title="Account Executive"), slack.person("bob", title="CSM")
    slack.channel("#deals", members=[alice, bob, bot])
    return World(slack, bot, app, alice, bob)


def flask_of(app: App) -> Flask:
    """The app behind Flask."""
    flask, handler = Flask("tinybot"), SlackRequestHandler(app)
    flask.add_url_rule("/slack/events", view_func=lambda: handler.handle(request), methods=["POST"], endpoint="events")
    return flask
