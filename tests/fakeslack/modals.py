"""Triggers, and the modals and Home tabs that people have open."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from fakeslack.content import check_modal
from fakeslack.reading import handles_of
from fakeslack.state import SlackError, User, View, with_ids

if TYPE_CHECKING:
    from fakeslack.apps import Bot
    from fakeslack.slack import FakeSlack

TRIGGER_LIVES = 3.0
STACK = 3


@dataclass(eq=False)
class Trigger:
    """The right to open a modal for somebody: once, and soon."""

    bot: Bot
    user: User
    made: float
    used: bool = False


class Triggers:
    """All trigger_ids."""

    def __init__(self, slack: FakeSlack) -> None:
        self.slack = slack
        self._made: dict[str, Trigger] = {}

    def make(self, bot: Bot, user: User) -> str:
        """A trigger_id for what somebody just did."""
        id = f"{secrets.randbelow(10**12)}.{secrets.randbelow(10**12)}.{secrets.token_hex(16)}"
        self._made[id] = Trigger(bot, user, self.slack.clock.now())
        return id

    def exchange(self, bot: Bot, args: dict[str, Any]) -> User:
        """For whom the modal is."""
        trigger = self._made.get(str(args.get("trigger_id") or args.get("interactivity_pointer")))
        if trigger is None or trigger.bot is not bot:
            raise SlackError("invalid_trigger_id")
        if self.slack.clock.now() - trigger.made > TRIGGER_LIVES:
            raise SlackError("expired_trigger_id")
        if trigger.used:
            raise SlackError("exchanged_trigger_id")
        trigger.used = True
        return trigger.user


class Modals:
    """The views of everybody."""

    def __init__(self, slack: FakeSlack) -> None:
        self.slack = slack

    def stack(self, user: User) -> list[View]:
        """The modals that somebody has open, the topmost last."""
        with self.slack.state.lock:
            return [view for view in self.slack.state.views.values() if view.user == user.id and view.open]

    def make(self, bot: Bot, user: User, content: dict[str, Any], below: View | None = None) -> View:
        """A view."""
        state = self.slack.state
        id = state.new_id("V")
        external = content.get("external_id")
        if external and any(view.open and view.content.get("external_id") == external for view in state.views.values()):
            raise SlackError("duplicate_external_id")
        root = below.root_id if below else id
        made = View(id, {}, user.id, bot.app_id, "", root, below.id if below else None)
        self.change(made, content)
        return made

    def open(self, bot: Bot, user: User, content: dict[str, Any]) -> View:
        """A modal in place of those that are open."""
        if content["type"] != "modal":
            raise SlackError("invalid_arguments")
        self.close_all(user)
        view = self.make(bot, user, content)
        self.slack.state.views[view.id] = view
        return view

    def push(self, bot: Bot, user: User, content: dict[str, Any]) -> View:
        """A modal above the topmost."""
        stack = self.stack(user)
        if not stack:
            raise SlackError("not_found")
        if len(stack) >= STACK:
            raise SlackError("push_limit_reached")
        view = self.make(bot, user, content, stack[-1])
        self.slack.state.views[view.id] = view
        return view

    def change(self, view: View, content: dict[str, Any]) -> None:
        """Other content; what was typed in blocks and elements of the same ids stays."""
        view.content = {**content, "blocks": with_ids(content["blocks"])}
        kept = {(handle.block["block_id"], handle.element["action_id"]) for handle in handles_of(view.blocks)}
        view.chosen = {
            block: {action: value for action, value in actions.items() if (block, action) in kept} for block, actions in view.chosen.items()
        }
        view.errors, view.hash, view.changed = {}, secrets.token_hex(6), self.slack.state.stamp()

    def close_all(self, user: User) -> None:
        """No modal is left."""
        for view in self.stack(user):
            view.open = False

    def submitted(self, bot: Bot, user: User, view: View, said: Any) -> None:
        """What the bot made of a submission: the modal goes, shows errors, changes, or gets another above it."""
        action = said.get("response_action") if isinstance(said, dict) else None
        if action == "errors":
            self.show_errors(view, said.get("errors") or {})
        elif action in ("update", "push"):
            try:
                content = check_modal(self.slack, f"response_action {action}", said.get("view"))
                self.change(view, content) if action == "update" else self.push(bot, user, content)
            except SlackError as error:
                view.errors = {"": error.code}
        elif action == "clear":
            self.close_all(user)
        elif said:
            self.slack.violate("view_submission", f"an acknowledgement that Slack does not understand: {said!r}")
            view.errors = {"": "We had some trouble connecting. Try again?"}
        else:
            view.open = False

    def show_errors(self, view: View, errors: dict[str, str]) -> None:
        """Errors beside inputs; each has to be of an input that there is."""
        inputs = {block["block_id"] for block in view.blocks if block["type"] == "input"}
        for block_id in errors:
            if block_id not in inputs:
                self.slack.violate("view_submission", f"an error for {block_id!r}, which is no input")
        if not errors:
            self.slack.violate("view_submission", "response_action errors without errors")
        view.errors, view.changed = dict(errors), self.slack.state.stamp()
