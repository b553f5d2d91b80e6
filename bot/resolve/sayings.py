"""Boxes, rulings and owners in words, for problems and traces."""

from __future__ import annotations

from collections.abc import Iterable

from bot.domain.attributes import point, say_anchored
from bot.domain.company import Company
from bot.domain.quantities import say_date
from bot.domain.regions import INFINITE, Box, Values, sample
from bot.domain.rules import Clock, Disputed, Held, Nobody, Ruling, SameAs, Undefined, join_key
from bot.resolve.precedence import AUDIENCE, DAYS


def say_box(company: Company, box: Box) -> str:
    """A box in words: "SMB, auto-renew, ARR under $50k"; "any facts" for everything."""
    said = [say_anchored(company.attributes[name], values, company.currency) for name, values in box.items() if name in company.attributes]
    days = box.get(DAYS)
    if isinstance(days, tuple):
        said += [say_days(*span) for span in days]
    said += [f"for {name.removeprefix(AUDIENCE)}" for name, values in box.items() if name.startswith(AUDIENCE) and "yes" in values]
    return ", ".join(said) or "any facts"


def say_days(first: int, after: int) -> str:
    """A stretch of days: "from 1 Feb 2027 on", "until 31 Jan 2027"."""
    if first <= -INFINITE:
        return f"until {say_date(after - 1)}"
    if after >= INFINITE:
        return f"from {say_date(first)} on"
    return f"on {say_date(first)}" if after == first + 1 else f"from {say_date(first)} until {say_date(after - 1)}"


def one_point(box: Box) -> Box:
    """One set of facts from a box; its days stay as they are."""
    points: dict[str, Values] = {}
    for name, values in box.items():
        one = sample(values)
        points[name] = values if name == DAYS else frozenset({one}) if isinstance(one, str) else point(one)
    return points


def say_ruling(ruling: Ruling | None) -> str:
    """A ruling by its ids, for problems."""
    match ruling:
        case Held(holders=holders, lead=lead):
            return " and ".join(holders) + (f" ({lead} leads)" if lead else "")
        case Nobody():
            return "nobody"
        case Undefined():
            return "undefined"
        case SameAs(subject=subject, step=step):
            return f"as {subject}.{step}" if step else f"as {subject}"
        case Clock(text=text):
            return text
        case Disputed():
            return "disputed"
        case None:
            return "not ruled on"


def say_owners(ruling: Ruling | None) -> tuple[str, ...]:
    """The owners as an example names them."""
    match ruling:
        case Held(holders=holders):
            return tuple(sorted(holders))
        case Nobody():
            return ("nobody",)
        case Undefined():
            return ("undefined",)
        case None:
            return ()
        case _:
            return ("disputed",)


def say_keys(path: tuple[tuple[str, str], ...]) -> str:
    """Subjects and keys one after the other: "renew.own -> account.own"."""
    return " -> ".join(join_key(subject, key) for subject, key in path)


def spelled_out(name: str, others: Iterable[str]) -> str:
    """A name with what its letters stand for, where one of its other names begins with them: "GRR (gross revenue retention)"."""
    whole = next((each for each in others if "".join(word[0] for word in each.split()) == name.lower()), "")
    return f"{name} ({whole})" if whole and len(name) > 1 else name
