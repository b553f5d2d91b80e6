"""The plain keys of `company.yaml`: its name, its currency, how long a verification is good, who keeps the model."""

from __future__ import annotations

import re

from bot.domain.quantities import read_days
from bot.load.amounts import is_code
from bot.load.layout import Folder, Part
from bot.load.translate import say_input
from bot.problems import Place, Problem, problem

CODES = {"$": "USD", "€": "EUR", "£": "GBP", "₹": "INR", "dollars": "USD", "dollar": "USD", "euro": "EUR", "euros": "EUR", "pounds": "GBP"}
"""What people write for a currency, and its code."""
SLACK_ID = re.compile(r"^[UWS][A-Z0-9]{5,}$")


def read_plain(folder: Folder, problems: list[Problem]) -> tuple[str, str, int | None]:
    """The company's name, its currency, and for how many days a verification is good."""
    name = plain_text(folder, "company", problems)
    if not folder.section("company") and folder.sources and "company" not in folder.lost and not folder.unsure:
        problems.append(
            problem(
                "missing-key",
                Place(min(folder.sources, key=lambda path: (path != "company.yaml", path))),
                "the model does not say which company it is of",
                expected="`company: Acme` in company.yaml",
                fix="add the line `company: ` with the name of the company",
            )
        )
    check_maintainers(folder, problems)
    return name, read_currency(folder, problems), read_good_for(folder, problems)


def plain_text(folder: Folder, key: str, problems: list[Problem]) -> str:
    """The text of a plain key; said twice, the first counts."""
    found = ""
    first: Part | None = None
    for part in folder.section(key):
        if first is not None:
            problems.append(
                problem(
                    "duplicate-key",
                    part.at(key=True),
                    f'"{key}" is said in two files',
                    expected="each of these keys once in a model",
                    fix="keep it in company.yaml alone",
                    also=[first.at(key=True)],
                )
            )
        elif isinstance(part.value, str) and part.value.strip() and len(part.value) <= 200:
            found = part.value.strip()
        else:
            what = f'"{key}" has no value' if not part.value else f'"{key}" is not a short text'
            problems.append(problem("wrong-type", part.at(), what, expected=f"`{key}: ` and some text", fix="write it on the same line"))
        first = first or part
    return found


def read_currency(folder: Folder, problems: list[Problem]) -> str:
    """The currency's code; US dollars when the model does not say."""
    given = plain_text(folder, "currency", problems)
    if given and not is_code(given):
        upper = given.upper()
        code = upper if is_code(upper) else CODES.get(given.lower(), "")
        problems.append(
            problem(
                "bad-value",
                folder.section("currency")[0].at(),
                f"{say_input(given)} is not the code of a currency",
                expected="three capital letters, such as USD, EUR or GBP",
                fix=f"write {code or 'its code'}",
            )
        )
        return code or "USD"
    return given or "USD"


def read_good_for(folder: Folder, problems: list[Problem]) -> int | None:
    """How many days a verification is good, when the model says so."""
    text = plain_text(folder, "verify-every", problems)
    days = read_days(text) if text else None
    if text and (not days or text.isdigit()):
        problems.append(
            problem(
                "bad-value",
                folder.section("verify-every")[0].at(),
                f"{say_input(text)} is not a duration",
                expected='such as "12 months"',
                fix="write a number and a unit: days, weeks, months, quarters or years",
            )
        )
        return None
    return days


def read_maintainers(folder: Folder) -> tuple[str, ...]:
    """Who keeps the model: the Slack ids that are sound."""
    listed = [item for part in folder.section("maintainers") for item in (part.value if isinstance(part.value, list) else [part.value])]
    return tuple(dict.fromkeys(item for item in listed if isinstance(item, str) and SLACK_ID.match(item)))


def check_maintainers(folder: Folder, problems: list[Problem]) -> None:
    """The maintainers are Slack ids, because names change and can be taken by others."""
    for part in folder.section("maintainers"):
        items = part.value if isinstance(part.value, list) else [part.value]
        for index, item in enumerate(items):
            if not isinstance(item, str) or not SLACK_ID.match(item):
                problems.append(
                    problem(
                        "bad-value",
                        part.at(index) if isinstance(part.value, list) else part.at(),
                        f"{say_input(item)} is not a Slack id",
                        expected="the id of a user (U…) or of a user group (S…)",
                        fix="copy the member id from the profile in Slack: three dots, then Copy member ID",
                    )
                )
