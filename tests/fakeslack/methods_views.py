"""views.*, blocks.validate, assistant.*, agents.*, functions.*: modals, the Home tab, sessions, steps of workflows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakeslack.api import Args, find_channel, find_user, method, need
from fakeslack.blocks import check_blocks, check_view
from fakeslack.content import check_modal
from fakeslack.payloads import view_dict
from fakeslack.state import SlackError, View

if TYPE_CHECKING:
    from fakeslack.apps import Bot
    from fakeslack.slack import FakeSlack

PROMPTS, SESSION_TITLE = 4, 200
STATUSES = ("active", "processing", "suspended", "closed")


@method("views.open")
def open_view(slack: FakeSlack, bot: Bot, args: Args) -> dict[str, Any]:
    """A modal, for somebody who just did something."""
    content = check_modal(slack, "views.open", args.get("view"))
    user = slack.triggers.exchange(bot, args)
    return {"view": view_dict(slack.modals.open(bot, user, content), bot)}


@method("views.push")
def push_view(slack: FakeSlack, bot: Bot, args: Args) -> dict[str, Any]:
    """A modal on top of another."""
    content = check_modal(slack, "views.push", args.get("view"))
    user = slack.triggers.exchange(bot, args)
    return {"view": view_dict(slack.modals.push(bot, user, content), bot)}


@method("views.update")
def update_view(slack: FakeSlack, bot: Bot, args: Args) -> dict[str, Any]:
    """Other content of a modal that is open."""
    content = check_modal(slack, "views.update", args.get("view"))
    shown = [*slack.state.views.values(), *slack.state.homes.values()]
    view = next((each for each in shown if is_meant(each, bot, args)), None)
    if view is None:
        raise SlackError("not_found")
    check_hash(view, args)
    slack.modals.change(view, content)
    return {"view": view_dict(view, bot)}


@method("views.publish")
def publish_view(slack: FakeSlack, bot: Bot, args: Args) -> dict[str, Any]:
    """The Home tab of somebody."""
    user = find_user(slack, bot, need(args, "user_id")[0])
    content = check_modal(slack, "views.publish", args.get("view"))
    if content["type"] != "home":
        raise SlackError("invalid_arguments", response_metadata={"messages": ["[ERROR] only a home view can be published"]})
    before = slack.state.homes.get((user.id, bot.app_id))
    if before is not None:
        check_hash(before, args)
        slack.modals.change(before, content)
        return {"view": view_dict(before, bot)}
    home = slack.modals.make(bot, user, content)
    slack.state.homes[user.id, bot.app_id] = home
    return {"view": view_dict(home, bot)}


def is_meant(view: View, bot: Bot, args: Args) -> bool:
    """Whether an update is of this view."""
    named = args.get("view_id") == view.id or args.get("external_id", "") == view.content.get("external_id", None)
    return view.open and view.app_id == bot.app_id and named


def check_hash(view: View, args: Args) -> None:
    """Refuses a change that was made for an earlier state of a view."""
    if args.get("hash") and args["hash"] != view.hash:
        raise SlackError("hash_conflict")


@method("blocks.validate")
def validate(slack: FakeSlack, bot: Bot, args: Args) -> dict[str, Any]:
    """Whether Slack would take something."""
    given = [key for key in ("blocks", "message", "view") if args.get(key) is not None]
    if len(given) != 1:
        raise SlackError("invalid_arguments")
    value = args[given[0]]
    found = check_view(value) if given[0] == "view" else check_blocks(value if given[0] == "blocks" else value.get("blocks", []))
    if found:
        errors = [{"pointer": "/" + line.partition(":")[0], "code": "failed_constraint", "message": line} for line in found]
        raise SlackError(f"invalid_{given[0]}", errors=errors)
    return {}


def session(slack: FakeSlack, bot: Bot, args: Args) -> dict[str, Any]:
    """The session of a thread or channel with an agent."""
    channel = find_channel(slack, bot, need(args, "channel_id")[0])
    return slack.state.sessions.setdefault((channel.id, str(args.get("thread_ts") or "")), {"history": []})


@method("assistant.threads.setStatus", "assistant:write", "chat:write")
def thread_status(slack: FakeSlack, bot: Bot, args: Args) -> None:
    """The older way to say that something is under way."""
    need(args, "thread_ts")
    made = session(slack, bot, args)
    made["status"] = args.get("status", "")
    made["history"].append(made["status"])


@method("assistant.threads.setTitle", "assistant:write")
def thread_title(slack: FakeSlack, bot: Bot, args: Args) -> None:
    """The older way to name a thread."""
    need(args, "thread_ts", "title")
    session(slack, bot, args)["title"] = args["title"]


@method("assistant.threads.setSuggestedPrompts", "assistant:write")
def suggested_prompts(slack: FakeSlack, bot: Bot, args: Args) -> None:
    """What may be asked."""
    (prompts,) = need(args, "prompts")
    if len(prompts) > PROMPTS or not all(isinstance(each, dict) and each.get("title") and each.get("message") for each in prompts):
        slack.violate("assistant.threads.setSuggestedPrompts", f"prompts: at most {PROMPTS}, each with title and message")
        raise SlackError("invalid_arguments")
    session(slack, bot, args)["prompts"] = prompts


@method("agents.sessions.setStatus", "chat:write")
def session_status(slack: FakeSlack, bot: Bot, args: Args) -> dict[str, Any]:
    """How far a session with an agent is."""
    (status,) = need(args, "status")
    if status not in STATUSES:
        raise SlackError("invalid_status")
    made = session(slack, bot, args)
    made["status"] = status
    made["history"].append(status)
    made.setdefault("title", args.get("title") or "")
    return {"status": status, "title": made["title"], "agent_status": status}


@method("agents.sessions.rename", "chat:write")
def session_rename(slack: FakeSlack, bot: Bot, args: Args) -> dict[str, Any]:
    """The name of a session."""
    (title,) = need(args, "title")
    if len(title) > SESSION_TITLE:
        slack.violate("agents.sessions.rename", f"title: {len(title)} characters, at most {SESSION_TITLE}")
        raise SlackError("invalid_arguments")
    session(slack, bot, args)["title"] = title
    return {"title": title}


@method("functions.completeSuccess")
def complete_success(slack: FakeSlack, bot: Bot, args: Args) -> None:
    """A step of a workflow is done."""
    end_step(slack, args, outputs=args.get("outputs", {}))


@method("functions.completeError")
def complete_error(slack: FakeSlack, bot: Bot, args: Args) -> None:
    """A step of a workflow has failed."""
    end_step(slack, args, error=need(args, "error")[0])


def end_step(slack: FakeSlack, args: Args, **how: Any) -> None:
    """The end of a step, which there can be but once."""
    step = slack.state.steps.get(str(need(args, "function_execution_id")[0]))
    if step is None:
        raise SlackError("function_execution_not_found")
    if step["ended"]:
        raise SlackError("function_not_running")
    step |= {"ended": True, **how}
