"""The Slack edge of one process: everything made and connected, its work begun and ended."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Mapping
from typing import Any

from bot.config import Settings
from bot.live import Live, Loading
from bot.logs import get_logger
from bot.metrics import DUPLICATES, GIVEN_UP, MODEL_OK, OLDEST, WAITING
from bot.slack.afterwards import Afterwards
from bot.slack.commands import DIRECTLY, Commands
from bot.slack.delivery import Delivery, Plan, store_trouble
from bot.slack.desk import Desk, make_desk
from bot.slack.homes import Homes
from bot.slack.humans import Humans
from bot.slack.in_window import InWindow
from bot.slack.maintainers import BROKEN, TOLD, Maintainers
from bot.slack.notes import NOTE
from bot.slack.on_messages import OnMessages
from bot.slack.presses import Presses
from bot.slack.questions import CONFIRM, Questions
from bot.slack.replies import Later, Replies
from bot.slack.sorry import Losses, plan_note, waiting
from bot.slack.steps import STEP, STEP_FAILED, Steps
from bot.slack.submissions import Submissions
from bot.slack.teams import line_of
from bot.slack.windows import Windows
from bot.slack.workers import Chore, Workers
from bot.store import LOST, Item, Store, StoreError

BROKEN_MODEL = "The rules of engagement have errors, so I go on with those from before. Nothing that you changed since then counts yet."
BROKEN_START = "The rules of engagement have errors, so none of them counts: I answer from the industry's guidance alone, and say so."
MENDED = "The rules of engagement have no errors any more: what you changed counts from now on."
SEE_LINES = "What stands there I do not show here, because not everybody may see it: `rolecall check` shows each line."
NOT_REACHED = "Whoever wants to ask these teams through me cannot, because I cannot post in their channels:"

log = get_logger(part="edge")


class Edge:
    """All that a process needs to be a bot in Slack, beside the way in which requests reach it."""

    def __init__(self, settings: Settings, store: Store, live: Live) -> None:
        self.desk: Desk = make_desk(settings, store, live)
        self.replies = Replies(self.desk)
        self.afterwards = Afterwards[Later](self.replies.see_to)
        self.humans = Humans(self.desk, self.replies)
        self.homes = Homes(self.desk)
        self.questions = Questions(self.desk, self.replies, self.humans)
        self.presses = Presses(self.desk, self.replies, self.homes)
        self.windows = Windows(self.desk, self.replies, self.homes, self.humans, self.accept)
        self.in_window = InWindow(self.desk, self.replies, self.afterwards)
        self.submissions = Submissions(self.desk, self.windows, self.in_window)
        self.commands = Commands(self.desk, self.replies, self.afterwards, self.accept)
        self.on_messages = OnMessages(self.desk, self.replies)
        self.steps = Steps(self.desk, self.replies, self.accept)
        self.delivery = Delivery(self.desk, self.wake)
        self.maintainers = Maintainers(self.desk, self.accept)
        self.broken: tuple[str, ...] = live.last.places
        """Where the errors of the model were when it was last read."""
        self.teams_due = True
        """Whether it is to be looked anew whether the teams can be asked."""
        self.plans = self.all_plans()
        chores = (
            Chore("purge", 3_600.0, self.purge),
            Chore("figures", 15.0, self.look),
            Chore("report", 60.0, self.report),
            Chore("teams", 10.0, self.check_teams),
            Chore("maintainers", 30.0, self.maintainers.go_on),
        )
        self.workers = Workers(store, self.handle, self.desk.now, settings.rolecall_workers, chores)
        self.instance = f"{socket.gethostname()[:60]}:{os.getpid()}"

    def all_plans(self) -> Mapping[str, Callable[[Item], Plan]]:
        """What is done with each kind of item."""
        return {
            "said": self.questions.plan,
            CONFIRM: self.questions.plan_confirm,
            "click": self.presses.plan,
            DIRECTLY: self.commands.plan_directly,
            "home": self.homes.opened,
            "shortcut": self.on_messages.plan,
            "human": self.humans.plan,
            "reason": self.submissions.plan_reason,
            "share": self.submissions.plan_share,
            TOLD: self.maintainers.plan_all,
            BROKEN: self.maintainers.plan_all,
            "maintainer": self.maintainers.plan_one,
            STEP: self.steps.plan,
            STEP_FAILED: self.steps.plan_failed,
            NOTE: plan_note,
            LOST: Losses(self.desk, self.steps).plan,
        }

    def start(self) -> None:
        """Begins to answer what waits in the inbox, and to follow the model."""
        self.workers.start()
        self.desk.live.watch(self.reloaded)

    def stop(self, patience: float = 20.0) -> bool:
        """Answers what was acknowledged, then ends; whether all was done in time."""
        self.desk.live.stop()
        done = self.workers.stop(patience)
        self.afterwards.stop()
        return done

    def wake(self) -> None:
        """Tells the workers that something new is in the inbox."""
        self.workers.wake()

    def accept(self, key: str, kind: str, payload: Mapping[str, Any], user: str = "") -> bool:
        """Stores something to be seen to; False where it was stored before. Raises StoreError."""
        person = self.desk.person(user) if user else None
        fresh = self.desk.store.accept(key, kind, dict(payload), self.desk.now(), person)
        if not fresh:
            DUPLICATES.inc()
        self.workers.wake()
        return fresh

    def handle(self, item: Item) -> None:
        """Sees to an item that was accepted: whatever goes wrong, who waits for it hears of it."""
        make = self.plans.get(item.kind)
        try:
            self.delivery.carry_out(item, make(item) if make else Plan("unknown"))
        except StoreError as error:
            store_trouble(error)
        except Exception as error:
            user, ways = waiting(item.kind, item.payload or {})
            try:
                self.delivery.broken(item, error, user, ways)
            except StoreError as trouble:
                store_trouble(trouble)

    def reload(self) -> Loading:
        """Reads the model anew, because somebody asks for it."""
        loading = self.desk.live.load()
        self.reloaded(loading)
        return loading

    def reloaded(self, loading: Loading) -> None:
        """Tells those who keep the model what came of reading it."""
        MODEL_OK.set(1 if loading.ok else 0)
        log.info("model_read", ok=loading.ok, changed=loading.changed, errors=loading.count, version=self.desk.live.version)
        for place in loading.places:
            log.warning("model_error", at=place)
        self.desk.teams.names.forget("all")
        self.teams_due = True
        if loading.ok and self.broken:  # with what was wrong, so that each mending is told once, and by one of the instances
            self.maintainers.tell(f"{MENDED}\n\nWhat was wrong before: {'; '.join(self.broken)}.")
        self.broken = () if loading.ok else loading.places
        if not loading.ok:
            told = (BROKEN_MODEL if self.desk.live.has_rules else BROKEN_START, loading.told, *(() if loading.missing else (SEE_LINES,)))
            self.maintainers.tell("\n\n".join(told), BROKEN)
        else:
            self.maintainers.mended()

    def purge(self) -> None:
        """Deletes what has been kept long enough."""
        self.desk.store.purge(self.desk.now())

    def look(self) -> None:
        """Looks how much is waiting."""
        backlog, now = self.desk.store.backlog(), self.desk.now()
        WAITING.set(backlog.waiting)
        OLDEST.set((now - backlog.oldest).total_seconds() if backlog.oldest else 0)
        GIVEN_UP.set(backlog.dead)

    def check_teams(self) -> None:
        """Looks, after the model was read, whether the teams that people are sent to can be asked; again while Slack does not tell."""
        if not self.teams_due:
            return
        self.teams_due = False
        wrong, unknown = self.desk.teams.unreachable(self.desk.engine.company)
        self.teams_due |= unknown
        if unknown:
            return
        for party, error in wrong:
            log.warning("team_not_reached", team=party.id, reason=error)
        if wrong:
            self.maintainers.tell("\n".join((NOT_REACHED, *(line_of(party, error) for party, error in wrong))))

    def report(self) -> None:
        """Reports which model this process answers from."""
        self.desk.store.report_model(self.instance, self.desk.live.version or "none", self.desk.now())
