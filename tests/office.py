"""A bot at work in a Slack that behaves: what the tests of the Slack edge begin with. A plugin of pytest, for any folder of tests."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from fakeslack import FakeSlack
from fakeslack.apps import Bot
from fakeslack.people import Person
from opened import TODAY

from bot.config import Settings
from bot.live import Live, Loading
from bot.pipeline import Engine
from bot.slack.app import make_app
from bot.slack.doorway import Doorway
from bot.slack.edge import Edge
from bot.slack.names import COMMAND, Shortcut
from bot.store import Store, open_store
from bot.web.site import make_site

RULES = """\
company: Acme
segments: {smb: {name: SMB}, ent: {name: Enterprise}}
roles:
  ae: {name: Account Executive, aka: [AE]}
  csm: {name: Customer Success Manager, aka: [CSM]}
  desk-csm: {name: Digital CSM}
teams:
  revops: {name: RevOps, channel: "#revops"}
  deal-desk: {name: Deal Desk}
audiences: {compensation: {who: [%(rita)s]}, board: {who: [%(board)s]}}
maintainers: [%(rita)s]
rules:
  - id: renewal
    of: renew
    own: ae
    support: csm
    because: Whoever sold it renews it.
    kept-by: revops
    verified: {on: 2026-09-01, by: revops}
    except:
      - {when: {segment: smb, arr: under 50k}, own: desk-csm}
  - {id: upsell, of: upsell, own: csm, kept-by: revops, when: {segment: smb}}
  - {id: upsell-ent, of: upsell, own: ae, kept-by: revops, when: {segment: ent}}
  - {id: secret-land, of: land, own: desk-csm, audience: board}
plans:
  - {id: csm-plan, role: csm, type: bonus, mix: 80/20}
"""


PATIENT = 20
"""Seconds that Slack and the bot wait for each other: a machine that is busy with other tests is no bot that is too slow."""


@dataclass
class Instance:
    """One process of the bot: its edge, and what HTTP reaches."""

    edge: Edge
    site: Any
    app: Any


@dataclass
class Office:
    """A workspace with a bot at work, and people."""

    slack: FakeSlack
    bot: Bot
    folder: Path
    template: Path
    alice: Person
    bob: Person
    rita: Person
    """Keeps the rules, and may see compensation."""
    instances: list[Instance] = field(default_factory=list)
    stores: list[Store] = field(default_factory=list)

    @property
    def edge(self) -> Edge:
        """The first instance's."""
        return self.instances[0].edge

    @property
    def store(self) -> Store:
        """The first instance's."""
        return self.edge.desk.store

    @property
    def model(self) -> Path:
        """The file of the rules."""
        return self.folder / "company.yaml"

    def settings(self, **more: Any) -> Settings:
        """The settings of the bot's processes."""
        given: dict[str, Any] = {
            "slack_bot_token": self.bot.token,
            "slack_signing_secret": self.bot.signing_secret,
            "slack_api_url": self.slack.api_url,
            "database_url": f"sqlite:///{self.folder / 'rolecall.db'}",
            "rolecall_keep_question_text": True,
            "rolecall_workers": 2,
        }
        return Settings(_env_file=None, **given | more)

    def starts(self, *, rules: bool = True, at: Callable[[], date] = lambda: TODAY, **more: Any) -> Instance:
        """One more process begins; Slack reaches all of them in turn."""
        file = self.folder / "rolecall.db"
        if not file.exists():
            shutil.copy(self.template, file)
        settings = self.settings(**more)
        store = open_store(settings)
        live = opened(Live(self.model if rules else None, at))
        edge = Edge(settings, store, live)
        edge.desk.today, edge.workers.chores = at, ()
        edge.desk.quick.timeout = edge.desk.people.in_time = PATIENT
        app = make_app(settings, edge)
        site = make_site(Doorway(app, self.bot.signing_secret).handle, dict)
        self.instances.append(Instance(edge, site, app))
        self.stores.append(store)
        self.bot.at(*(each.site for each in self.instances))
        self.slack.watch(lambda: edge.workers.is_busy or edge.afterwards.is_busy)
        edge.workers.start()
        return self.instances[-1]

    def stops(self) -> None:
        """All processes end."""
        for instance in self.instances:
            instance.edge.stop(5.0)
        for store in self.stores:
            store.close()


OPENED: dict[str, tuple[Engine, str]] = {}
"""Engines by the text of their model: the same for most tests."""


def opened(live: Live) -> Live:
    """A model that has been loaded, from memory where it was loaded before."""
    text = live.folder.read_text() if live.folder else ""
    if text not in OPENED:
        live.load()
        OPENED[text] = live.engine, live.version
    live.answering, live.version = OPENED[text]
    live.last = Loading(ok=True, changed=False)
    return live


@contextmanager
def open_office(folder: Path, template: Path) -> Iterator[Office]:
    """A workspace with a bot that has not begun to work."""
    with FakeSlack(ack_timeout=PATIENT) as slack:
        bot = slack.installs("rolecall", commands={COMMAND})
        bot.shortcut("Ask Rolecall", Shortcut.ASK.value).shortcut("Answer this", Shortcut.ANSWER.value, on_messages=True)
        alice = slack.person("alice", title="Account Executive")
        bob, rita = slack.person("bob", title="CSM"), slack.person("rita", title="RevOps")
        slack.channel("#deals", members=[alice, bob, rita, bot])
        office = Office(slack, bot, folder, template, alice, bob, rita)
        office.model.write_text(RULES % {"rita": rita.id, "board": bob.id})
        try:
            yield office
            slack.settle()
        finally:
            office.stops()


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with the tables of the store, to make others like it."""
    file = tmp_path_factory.mktemp("slack") / "template.db"
    open_store(Settings(_env_file=None, database_url=f"sqlite:///{file}", rolecall_secret="a secret")).close()
    return file


@pytest.fixture
def empty_office(tmp_path: Path, migrated: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    """People and a channel; no process of the bot yet."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    with open_office(tmp_path, migrated) as office:
        yield office


@pytest.fixture
def office(empty_office: Office) -> Office:
    """The same with one process of the bot."""
    empty_office.starts()
    return empty_office


def until(check: Callable[[], Any], seconds: float = 10.0) -> Any:
    """What there is, once there is something."""
    end = time.monotonic() + seconds
    while not (found := check()) and time.monotonic() < end:
        time.sleep(0.02)
    assert found, "it did not happen in time"
    return found


def idle(office: Office) -> bool:
    """Whether all that was accepted is done."""
    return office.store.backlog().waiting == 0
