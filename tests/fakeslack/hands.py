"""What somebody does with what a bot has put before her: presses, chooses, fills in, submits, closes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakeslack import payloads
from fakeslack.payloads import VALUE_KEYS
from fakeslack.reading import Handle, spoken
from fakeslack.state import Channel, Message, User, View

if TYPE_CHECKING:
    from fakeslack.apps import Bot
    from fakeslack.people import Act
    from fakeslack.sender import Delivery
    from fakeslack.slack import FakeSlack

Place = Message | View


class Hands:
    """The part of a person that uses things."""

    slack: FakeSlack
    user: User
    since: str

    # what is open

    @property
    def modal(self) -> View | None:
        """The topmost modal, as it is once nothing more can come."""
        self.slack.settle()
        return next(reversed(self.slack.modals.stack(self.user)), None)

    @property
    def home(self) -> View | None:
        """The Home tab, as it is once nothing more can come."""
        self.slack.settle()
        return next((view for (user, _), view in [*self.slack.state.homes.items()] if user == self.user.id), None)

    # using

    def clicks(self, label: str, on: Any = None) -> Act:
        """Presses a button by what it says: of a message, modal or Home tab, or else of the last thing that has one."""
        place, handle = self.find(label, on, button=True)
        element = handle.element
        action = {"type": element["type"], "action_id": element["action_id"], "block_id": handle.block["block_id"]}
        if handle.part:
            pressed = element[handle.part]
            action |= {"value": pressed["value"], "text": pressed["text"]}
        else:
            action |= {key: element[key] for key in ("value", "url", "text") if key in element}
        return self.uses(place, action)

    def selects(self, label: str, option: Any, on: Any = None) -> Act | None:
        """Chooses from a menu, ticks or types into what is called so. The bot hears of it where Slack tells it at once."""
        place, handle = self.find(label, on, button=False)
        chosen = self.choose(place, handle, option)
        if handle.block["type"] == "input" and not handle.block.get("dispatch_action"):
            return None
        ids = {"action_id": handle.element["action_id"], "block_id": handle.block["block_id"]}
        return self.uses(place, {**chosen, **ids})

    def choose(self, place: Place, handle: Handle, option: Any) -> dict[str, Any]:
        """Puts a value into an element."""
        kind = handle.element["type"]
        key = VALUE_KEYS.get(kind, "value")
        value = {"type": kind, key: value_of(handle.element, key, option)}
        if kind != "overflow":
            place.chosen.setdefault(handle.block["block_id"], {})[handle.element["action_id"]] = value
        return value

    def uses(self, place: Place, action: dict[str, Any]) -> Act:
        """Tells the bot what was done, with a fresh trigger and, on messages, a response_url."""
        bot = self.bot_of(place)
        self.acts()
        payload = payloads.interaction("block_actions", bot, self.user, self.slack.triggers.make(bot, self.user))
        payload["actions"] = [{**action, "action_ts": self.since}]
        if isinstance(place, View):
            payload |= payloads.on_view(place, bot)
        else:
            payload |= payloads.on_message(place)
            payload["response_url"] = self.slack.responses.make(bot, self.user, place.channel, place)
        return self.done(self.slack.sender.send(bot, "interaction", payload))

    def uses_shortcut(self, name: str, on: Any = None) -> Act:
        """Picks a shortcut, of a message or of the whole workspace."""
        found = [
            (bot, each) for bot in self.slack.bots for each in bot.shortcuts if each.name == name and each.on_messages == (on is not None)
        ]
        assert found, f"no shortcut {name!r}"
        bot, shortcut = found[0]
        self.acts()
        kind = "message_action" if shortcut.on_messages else "shortcut"
        payload = payloads.interaction(kind, bot, self.user, self.slack.triggers.make(bot, self.user))
        payload |= {"callback_id": shortcut.callback_id, "action_ts": self.since}
        if on is not None:
            message = self.message_of(on)
            payload |= {"message": message.to_dict(), "message_ts": message.ts, "channel": payloads.place(message.channel)}
            payload["response_url"] = self.slack.responses.make(bot, self.user, message.channel)
        return self.done(self.slack.sender.send(bot, "interaction", payload))

    # modals

    def fills_in(self, modal: View, values: dict[str, Any]) -> None:
        """Fills in inputs by their labels."""
        for label, value in values.items():
            self.choose(modal, self.find(label, modal, button=False)[1], value)

    def submits(self, modal: View | None = None, values: dict[str, Any] | None = None) -> Act:
        """Fills in and submits a modal. What Slack would not let through fails here: a required input without a value, a text too long."""
        modal = modal or self.modal
        assert modal is not None, "no modal is open"
        assert modal.open, "that modal is closed"
        assert "submit" in modal.content, "a modal without a button to submit it"
        self.fills_in(modal, values or {})
        missing = [spoken(block["label"]) for block in modal.blocks if block["type"] == "input" and lacks(block, modal)]
        assert not missing, f"Slack asks for: {', '.join(missing)}"
        bot = self.bot_of(modal)
        self.acts()
        payload = payloads.interaction("view_submission", bot, self.user, self.slack.triggers.make(bot, self.user))
        payload |= {"view": payloads.view_dict(modal, bot), "response_urls": []}
        act = self.done(self.slack.sender.send(bot, "interaction", payload))
        if act.acked:
            with self.slack.state.lock:
                self.slack.modals.submitted(bot, self.user, modal, act.ack)
        return act

    def closes(self, modal: View | None = None, *, all_: bool = False) -> Act:
        """Closes a modal, or all; the bot hears of it if it asked for that."""
        modal = modal or self.modal
        assert modal is not None, "no modal is open"
        bot = self.bot_of(modal)
        self.acts()
        if all_:
            self.slack.modals.close_all(self.user)
        modal.open = False
        if not modal.content.get("notify_on_close"):
            return self.nothing_sent()
        payload = payloads.interaction("view_closed", bot, self.user, "")
        del payload["trigger_id"]
        payload |= {"view": payloads.view_dict(modal, bot), "is_cleared": all_}
        return self.done(self.slack.sender.send(bot, "interaction", payload))

    # finding

    def find(self, label: str, on: Any, *, button: bool) -> tuple[Place, Handle]:
        """What is called so, and where it is."""
        places = [on if isinstance(on, View | Message) else on.message] if on is not None else self.places()
        for place in places:
            for handle in place.handles:
                if handle.is_called(label) and is_button(handle) == button:
                    self.check_seen(place)
                    return place, handle
        seen = [label for place in places for label in place.buttons]
        raise AssertionError(f"nothing is called {label!r}; there is {seen}\n{self.slack.transcript()}")

    def places(self) -> list[Place]:
        """Where she looks, the newest first: a modal hides everything else."""
        self.slack.settle()
        stack = self.slack.modals.stack(self.user)
        if stack:
            return [stack[-1]]
        homes = [view for (user, _), view in [*self.slack.state.homes.items()] if user == self.user.id]
        return sorted([*self.visible(), *homes], key=lambda place: place.changed, reverse=True)

    def check_seen(self, place: Place) -> None:
        """Whether she can use what is there."""
        if isinstance(place, View):
            assert place.user == self.user.id, "that view is somebody else's"
        else:
            self.message_of(place)
            assert not place.deleted, "that message is gone"

    def bot_of(self, place: Place) -> Bot:
        """Whose message or view it is."""
        return next(bot for bot in self.slack.bots if bot.app_id == place.app_id)

    # what the other half of a person does

    def acts(self) -> None:
        raise NotImplementedError

    def done(self, delivery: Delivery) -> Act:
        raise NotImplementedError

    def message_of(self, what: Any) -> Message:
        raise NotImplementedError

    def visible(self) -> list[Message]:
        raise NotImplementedError

    def place(self, in_: Any, to: Bot | None = None) -> Channel:
        raise NotImplementedError

    def nothing_sent(self) -> Act:
        raise NotImplementedError


def is_button(handle: Handle) -> bool:
    """Whether it is pressed; everything else is chosen from or filled in."""
    return not payloads.is_input(handle) and handle.element["type"] != "overflow"


def value_of(element: Any, key: str, option: Any) -> Any:
    """The value for what somebody picked or typed; only what there is can be picked."""
    if key == "selected_options":
        return [option_of(element, each) for each in ([option] if isinstance(option, str) else option)]
    if key == "selected_option":
        return option_of(element, option) if option is not None else None
    if key.endswith("s"):
        return [getattr(each, "id", each) for each in option]
    if element["type"] == "plain_text_input" and option is not None:
        least, most = element.get("min_length", 0), element.get("max_length", 3_000)
        assert least <= len(option) <= most, f"Slack takes {least} to {most} characters"
    return getattr(option, "id", option)


def option_of(element: Any, said: str) -> Any:
    """The option that says this, or bears it as its value."""
    options = element.get("options") or [option for group in element.get("option_groups", ()) for option in group["options"]]
    for option in options:
        if said in (spoken(option["text"]), option["value"]):
            return option
    raise AssertionError(f"no option {said!r}; there is {[spoken(option['text']) for option in options]}")


def lacks(block: Any, modal: View) -> bool:
    """Whether an input that has to be filled in is empty."""
    held = payloads.values(modal)[block["block_id"]][block["element"]["action_id"]]
    return not block.get("optional") and not held.get(VALUE_KEYS.get(held["type"], "value"))
