"""manifest: the Slack app's manifest, to be pasted where an app is made."""

from __future__ import annotations

import json

import click

from bot.cli.opening import GUIDANCE_ALONE, leave, load, read_or_leave, today
from bot.slack.manifest import make_manifest, wrong_url
from bot.slack.views.here import Here


@click.command(short_help="Print the manifest of the Slack app.")
@click.option("--agent", is_flag=True, help="As an agent, with a custom step for workflows; workspace guests cannot use agents.")
@click.option("--url", metavar="URL", default="", help="For HTTP at this address; without it for Socket Mode, which needs no address.")
def manifest(agent: bool, url: str) -> None:
    """Print the manifest of the Slack app as JSON: paste it at api.slack.com/apps, Create New App, From a manifest."""
    if url and (wrong := wrong_url(url)):
        leave(wrong)
    click.echo(json.dumps(make_manifest(opened(), agent=agent, url=url), indent=2, ensure_ascii=False))


def opened() -> Here:
    """The company whose questions are suggested; the guidance alone where none is set, or it has errors."""
    if read_or_leave().rolecall_company is not None:
        _, engine, problems = load(None)
        if not any(found.severity == "error" for found in problems):
            return Here(engine, today())
    return Here(load(GUIDANCE_ALONE)[1], today())
