"""Socket Mode: how many events a second are taken and acknowledged, by Rolecall and by an empty Bolt app."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from fakeslack import FakeSlack, payloads
from fakeslack.apps import Bot
from fakeslack.targets import Request

from bench.bots import ROOT, Program

AT_ONCE = 10
"""Events that wait for their acknowledgement at a time; as many as are worked on by both."""
PROGRAMS = {"empty Bolt app": ("bench.empty", "socket"), "Rolecall": ("bot", "socket")}
PATIENCE = 120.0


def measure_sockets(company: str, count: int, folder: Path) -> dict[str, dict[str, float]]:
    """Both, one after the other, each with a Slack of its own."""
    found = {}
    for name, arguments in PROGRAMS.items():
        with FakeSlack(ack_timeout=10.0) as slack:
            bot = slack.installs("rolecall")
            bot.hears_itself = False
            more = {"ROLECALL_COMPANY": str(ROOT / "knowledge" / "companies" / company)}
            program = Program(name, arguments, bot.environment | more, folder / f"socket {name.split()[0]}")
            try:
                found[name] = measure_one(slack, bot, count, answers=name == "Rolecall")
            finally:
                program.end()
    return found


def measure_one(slack: FakeSlack, bot: Bot, count: int, *, answers: bool) -> dict[str, float]:
    """Events that are for nobody, then mentions: those are stored before they are acknowledged, and answered."""
    slack.activity.patience = 60.0
    slack.sockets.wait_for_connections(bot)
    alice = slack.person("alice")
    slack.channel("#deals", members=[alice, bot])
    deliver(slack, bot, make_events(bot, alice, 100, mention=False))  # the first ones wait for what is made when it is needed
    overheard = deliver(slack, bot, make_events(bot, alice, count, mention=False))
    started = time.monotonic()
    mentions = deliver(slack, bot, make_events(bot, alice, count, mention=True))
    found = {"overheard, acknowledged a second": overheard, "mentions, acknowledged a second": mentions}
    if answers:
        while said(slack) < count and time.monotonic() - started < PATIENCE:
            time.sleep(0.1)
        found["mentions, answered a second"] = said(slack) / (time.monotonic() - started)
    return found


def said(slack: FakeSlack) -> int:
    """How many messages the bot has posted."""
    return len(slack.calls("chat.postMessage"))


def make_events(bot: Bot, person: object, count: int, *, mention: bool) -> list[Request]:
    """So many events, each of a message of its own."""
    slack, made = bot.slack, []
    channel, user = slack.find_channel("#deals"), person.user  # type: ignore[attr-defined]
    for number in range(count):
        text = f"who owns a {number}k renewal?"
        message = slack.happenings.write(user, channel, f"{bot.mention} {text}" if mention else f"the {number}k renewal went well")
        make = payloads.mention_event if mention else payloads.message_event
        payload = payloads.event_callback(bot, slack.state, make(message, bot.team, user), channel, user)
        made.append(Request("event", payload, "", {}, slack.ack_timeout))
    return made


def deliver(slack: FakeSlack, bot: Bot, events: list[Request]) -> float:
    """Events a second, from the first to the last acknowledgement."""
    started = time.perf_counter()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for _ in pool.map(lambda event: slack.sockets.deliver(bot, event), events):
            pass
    return len(events) / (time.perf_counter() - started)
