"""A small Bolt app for the tests of the fake: it echoes, with a button, a menu, a modal, a Home tab, shortcuts and a step."""

from __future__ import annotations

import logging
from typing import Any

from slack_bolt import App
from slack_sdk import WebClient

from fakeslack.apps import Bot


def escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text}


def button(text: str, action_id: str, **more: Any) -> dict[str, Any]:
    return {"type": "button", "text": plain(text), "action_id": action_id, "value": text, **more}


def menu(*options: str) -> dict[str, Any]:
    made = [{"text": plain(option), "value": option.lower()} for option in options]
    return {"type": "static_select", "action_id": "segment", "placeholder": plain("Segment"), "options": made}


def answer(text: str) -> list[dict[str, Any]]:
    leaf = {"type": "text", "text": text}
    return [
        {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [leaf]}]},
        {"type": "actions", "elements": [button("Why?", "why"), button("Ask me", "ask"), menu("SMB", "Enterprise")]},
    ]


def modal(**more: Any) -> dict[str, Any]:
    question = {"type": "plain_text_input", "action_id": "said", "max_length": 100}
    blocks = [
        {"type": "input", "block_id": "question", "label": plain("Question"), "element": question},
        {"type": "input", "block_id": "segment", "label": plain("Segment"), "element": menu("SMB", "Enterprise"), "optional": True},
    ]
    made = {"type": "modal", "callback_id": "ask", "title": plain("Ask"), "submit": plain("Ask"), "close": plain("Close"), "blocks": blocks}
    return made | {"notify_on_close": True} | more


def home(user: str) -> dict[str, Any]:
    return {
        "type": "home",
        "blocks": [{"type": "header", "text": plain("Your rules")}, {"type": "actions", "elements": [button("Ask me", "ask")]}],
    }


def tiny_bot(bot: Bot, *, base_url: str = "", **more: Any) -> App:
    """The app, as it is made from the environment of a real one."""
    client = WebClient(token=bot.token, base_url=base_url or bot.slack.api_url, timeout=5)
    logger = logging.getLogger("tinybot")
    logger.setLevel(logging.CRITICAL)
    app = App(client=client, signing_secret=bot.signing_secret, logger=logger, **more)
    for part in (listen, attend, interact, submit):
        part(app)
    return app


def listen(app: App) -> None:
    """What is said to the bot."""

    @app.event("app_mention")
    def mentioned(event: dict[str, Any], say: Any) -> None:
        text = event["text"].partition(">")[2].strip()
        say(text=escape(f"You said: {text}"), blocks=answer(f"You said: {text}"), thread_ts=event.get("thread_ts") or event["ts"])

    @app.event("message")
    def told(event: dict[str, Any], say: Any) -> None:
        if event.get("channel_type") == "im" and not event.get("subtype") and not event.get("bot_id"):
            say(text=f"You said: {event['text']}")

    @app.command("/roe")
    def asked(ack: Any, command: dict[str, Any], client: WebClient, respond: Any) -> None:
        if command["text"] == "modal":
            ack()
            client.views_open(trigger_id=command["trigger_id"], view=modal())
        elif command["text"] == "later":
            ack()
            respond(text="Later.")
        else:
            ack(text=f"You asked: {command['text']}")


def attend(app: App) -> None:
    """What happens besides."""

    @app.event("app_home_opened")
    def opened(event: dict[str, Any], client: WebClient) -> None:
        if event["tab"] == "home":
            client.views_publish(user_id=event["user"], view=home(event["user"]))

    @app.event("member_joined_channel")
    def joined() -> None:
        return None

    @app.function("look_up")
    def step(inputs: dict[str, Any], complete: Any, fail: Any) -> None:
        if inputs.get("motion"):
            complete({"owner": f"the owner of {inputs['motion']}"})
        else:
            fail("no motion")


def interact(app: App) -> None:
    """What is done with what the bot shows."""

    @app.action("why")
    def why(ack: Any, respond: Any) -> None:
        ack()
        respond(text="Because.", response_type="ephemeral", replace_original=False)

    @app.action("ask")
    def ask(ack: Any, body: dict[str, Any], client: WebClient) -> None:
        ack()
        client.views_open(trigger_id=body["trigger_id"], view=modal())

    @app.action("segment")
    def segment(ack: Any, action: dict[str, Any], respond: Any) -> None:
        ack()
        text = f"Segment: {action['selected_option']['value']}"
        respond(text=text, replace_original=True)

    @app.shortcut("ask_global")
    def global_(ack: Any, shortcut: dict[str, Any], client: WebClient) -> None:
        ack()
        client.views_open(trigger_id=shortcut["trigger_id"], view=modal())

    @app.shortcut("answer_this")
    def on_message(ack: Any, shortcut: dict[str, Any], respond: Any) -> None:
        ack()
        respond(text=f"About: {shortcut['message']['text']}")


def submit(app: App) -> None:
    """What is done with its modals."""

    @app.view("ask")
    def submitted(ack: Any, view: dict[str, Any], body: dict[str, Any], client: WebClient) -> None:
        said = view["state"]["values"]["question"]["said"]["value"]
        if said == "wrong":
            ack(response_action="errors", errors={"question": "Not a question."})
        elif said == "more":
            ack(response_action="push", view=modal(title=plain("More")))
        elif said == "other":
            ack(response_action="update", view=modal(title=plain("Other")))
        else:
            ack()
            client.chat_postMessage(channel=body["user"]["id"], text=f"You asked: {said}")

    @app.view_closed("ask")
    def closed(ack: Any, client: WebClient, body: dict[str, Any]) -> None:
        ack()
        client.chat_postMessage(channel=body["user"]["id"], text="Closed.")
