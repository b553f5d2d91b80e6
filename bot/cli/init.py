"""init: a new, valid, commented model, by asking."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import click

from bot.cli.drafting import ARCHETYPES, MOTIONS, Draft, draft_roles, make_id, split_list
from bot.cli.opening import leave, load, today
from bot.domain.quantities import read_money
from bot.load import example_folder, example_names, guidance_folder, load_company, load_shipped
from bot.problems import format_problem
from bot.render.templates import Templates

DEFAULT_ROLES = "Account Executive, Customer Success Manager"


@click.command(short_help="Write a new model, by asking.")
@click.argument("folder", metavar="[DIR]", default="model")
@click.option("--from", "example", metavar="EXAMPLE", help="Start from an example instead of from questions.")
def init(folder: str, example: str | None) -> None:
    """Write a new, valid, commented model into DIR, by asking a few questions."""
    target = Path(folder)
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        leave(f'"{folder}" exists and is not empty. Name a new folder: rolecall init my-model')
    if example is not None:
        copy_example(example, target)
    else:
        write_draft(ask_draft(), target)
    report(target)


def copy_example(name: str, target: Path) -> None:
    """Copies an example company."""
    if name not in example_names():
        leave(f'There is no example "{name}". There are: {", ".join(example_names())}.')
    shutil.copytree(example_folder(name), target, dirs_exist_ok=True)


def ask(question: str, default: str) -> str:
    """An answer typed by a person; the default where nobody is there to type."""
    if not sys.stdin.isatty():
        click.echo(f"{question} [{default}]")
        return sys.stdin.readline().strip() or default
    try:
        return str(click.prompt(question, default=default, show_default=bool(default))).strip()
    except click.Abort:
        leave("\nStopped; nothing was written.", code=1)


def ask_draft() -> Draft:
    """The draft of a model, by asking."""
    jobs = load_company(None, guidance_folder(), today()).company.guidance.jobs
    click.echo("A few questions; press Enter for what stands in brackets. Everything can be changed later in the files.\n")
    draft = Draft(ask("Your company's name", "Acme"))
    currency = ask("The currency of its amounts", "USD").upper()
    draft.currency = currency if len(currency) == 3 and currency.isalpha() and currency.isascii() else "USD"
    names = split_list(ask("Your roles around customers, separated by commas", DEFAULT_ROLES))
    draft.roles = draft_roles(names or split_list(DEFAULT_ROLES), jobs)
    ask_archetypes(draft)
    segments = split_list(ask("Your segments, separated by commas (none: -)", "SMB, Mid-Market, Enterprise"))
    draft.segments = [{"id": make_id(name), "name": name} for name in segments if make_id(name) != "role"]
    ask_owners(draft)
    ask_auto_renew(draft)
    return draft


def ask_archetypes(draft: Draft) -> None:
    """The archetype of each CSM role."""
    for role in draft.roles:
        if role.job in ("csm", "digital-csm"):
            click.echo(f"\nWhat does the {role.name} own?")
            for number, (_, says) in ARCHETYPES.items():
                click.echo(f"  {number}  {says}")
            chosen = ask("1 to 4, or 0 to rule on it yourself", "2")
            role.archetype = ARCHETYPES.get(chosen, ("", ""))[0]


def ask_owners(draft: Draft) -> None:
    """Who owns each motion that no archetype has ruled on."""
    owned = {
        "adopt": {"adopt", "adopt-and-renew", "adopt-renew-and-upsell", "adopt-renew-and-expand"},
        "renew": {"adopt-and-renew", "adopt-renew-and-upsell", "adopt-renew-and-expand"},
        "upsell": {"adopt-renew-and-upsell", "adopt-renew-and-expand"},
        "cross-sell": {"adopt-renew-and-expand"},
    }
    ids = {**{role.id: role.id for role in draft.roles}, **{role.name.lower(): role.id for role in draft.roles}}
    known = ", ".join(role.id for role in draft.roles)
    legend = ", ".join(f"{role.id} ({role.name})" if role.id != make_id(role.name) else role.id for role in draft.roles)
    click.echo(f"\nWho owns what? {legend}; two together as “ae + csm”; ? where nobody has decided.")
    for motion, name in MOTIONS.items():
        if any(role.archetype in owned.get(motion, set()) for role in draft.roles):
            click.echo(f"  {name}: from the archetype")
            continue
        while True:
            typed = [item.strip().lower() for item in ask(f"  {name}", draft.roles[0].id).split("+")]
            if typed == ["?"]:
                draft.owners[motion] = "undefined"
            elif all(item in ids for item in typed):
                found = list(dict.fromkeys(ids[item] for item in typed))
                draft.owners[motion] = found[0] if len(found) == 1 else found
            else:
                click.echo(f"    There is no such role. Known: {known}; or ?")
                continue
            break


def ask_auto_renew(draft: Draft) -> None:
    """An exception for small auto-renewals, where the renewal is ruled on by a rule."""
    if "renew" not in draft.owners:
        return
    typed = ask("\nDo small auto-renewals go to somebody else? Below which amount a year, such as 50k (no: -)", "-")
    if read_money(typed):
        ids = [role.id for role in draft.roles]
        role = ask("To which role", ids[-1]).lower()
        if role in ids:
            draft.auto_renew = (typed, role)


def write_draft(draft: Draft, target: Path) -> None:
    """The draft as files."""
    templates = Templates(load_shipped().templates, load_company(None, guidance_folder(), today()).company)
    view = draft.view(today().isoformat())
    (target / "rules").mkdir(parents=True, exist_ok=True)
    (target / "company.yaml").write_text(templates.text("init/company.yaml", view), encoding="utf-8")
    if draft.owners:
        (target / "rules" / "ownership.yaml").write_text(templates.text("init/rules.yaml", view), encoding="utf-8")


def report(target: Path) -> None:
    """What was written, whether it is valid, and what to do next."""
    loaded, _, problems = load(str(target))
    for found in problems:
        click.echo(format_problem(found, loaded.sources) + "\n")
    written = sorted(file.relative_to(target).as_posix() for file in target.rglob("*.yaml"))
    click.echo(f"\nWrote {target}: {', '.join(written[:6])}{' …' if len(written) > 6 else ''}")
    click.echo(f'Next:\n  rolecall check {target}\n  rolecall ask "who owns renewal?" --company {target}')
