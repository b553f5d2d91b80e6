"""Something wrong in the company's files, as a value: where it is, what was expected, how to fix it.

Problems are collected, never raised, and printed all at once. Knows nothing of what the files mean.
"""

from __future__ import annotations

import difflib
import json
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

Severity = Literal["error", "warning"]

SLUGS: Mapping[str, Severity] = {
    # files
    "no-model": "error",
    "unreadable": "error",
    "too-large": "error",
    "not-text": "error",
    "not-yaml": "error",
    "too-deep": "error",
    "alias": "error",
    "tag": "error",
    "duplicate-key": "error",
    "unknown-file": "error",
    "bad-template": "error",
    # shapes
    "missing-key": "error",
    "unknown-key": "error",
    "wrong-type": "error",
    "bad-value": "error",
    "bad-id": "error",
    "duplicate-id": "error",
    # names
    "unknown-party": "error",
    "unknown-subject": "error",
    "unknown-attribute": "error",
    "unknown-value": "error",
    "unknown-name": "error",
    "unknown-keeper": "warning",
    "shared-name": "warning",
    "shared-word": "warning",
    "shown-name": "warning",
    # conditions
    "lone-value": "warning",
    "bad-condition": "error",
    "empty-range": "error",
    "segment-hole": "warning",
    "segment-overlap": "warning",
    # rules
    "nothing-decided": "error",
    "two-owners": "error",
    "lead-not-owner": "error",
    "bad-shares": "error",
    "overlap": "error",
    "unreachable": "error",
    "cycle": "error",
    "over-cycle": "error",
    "same-version": "error",
    "example-fails": "error",
    "ask-fails": "warning",
    "hole": "warning",
    "similar-step": "warning",
    "permission-conflict": "error",
    "permission-differs": "warning",
    "permission-gap": "warning",
    "limit-in-words": "warning",
    "unnamed-approver": "warning",
    "stale": "warning",
    "verified-ahead": "warning",
}
"""Every kind of problem and how bad it is. A slug never changes; docs/problems.md has a heading for each."""
IN_GENERAL: Mapping[str, tuple[str, str]] = {
    "no-model": ("the folder holds no YAML file", "look whether it is the right folder"),
    "unreadable": ("this file cannot be opened", "copy it into the folder, or let the bot read it"),
    "too-large": ("this file, or the folder, is too large", "split the file, or take out of the folder what is no model"),
    "not-text": ("this file is not text in UTF-8", "save it as UTF-8"),
    "not-yaml": ("this does not follow the rules of YAML", "look at the spaces, colons and quotes of this line and the one above"),
    "too-deep": ("this is nested too deep", "write it flatter"),
    "alias": ("models do without YAML's anchors and aliases", "write the value out where it is used"),
    "tag": ("models do without YAML's tags", "remove the tag, or put the text in quotes"),
    "duplicate-key": ("the same key stands twice in one place", "merge the two, or remove one"),
    "unknown-file": ("this folder is not named after a section", "rename it, or take it out"),
    "bad-template": ("this template does not compile", "mend it, or go back to the one that came with the bot"),
    "missing-key": ("something that must be said is not said", "add the key"),
    "unknown-key": ("no key is called so here", "look at its spelling, and at how far it is indented"),
    "wrong-type": ("this has the wrong form: a list, keys or text", "write it in the form that belongs here"),
    "bad-value": ("this value has the wrong form, or is none of those allowed", "write one that is allowed"),
    "bad-id": ("this id has capitals, spaces or signs", "write it with small letters, digits and hyphens"),
    "duplicate-id": ("two entries have the same id", "merge the two, or rename one"),
    "unknown-party": ("no role, team or position is called so", "look at the spelling, or declare it"),
    "unknown-subject": ("no motion, activity or kind of request is called so", "look at the spelling, or declare it"),
    "unknown-attribute": ("no attribute is called so", "look at the spelling, or declare it"),
    "unknown-value": ("the attribute has no such value", "look at the spelling, or add the value"),
    "unknown-name": ("nothing is called so", "look at the spelling, or declare it"),
    "bad-condition": ("this condition cannot be read", "write it as one of its kind is written"),
    "empty-range": ("this range has nothing in it", "write the lower end first"),
    "nothing-decided": ("this rule names nobody", "say who owns it, or remove the rule"),
    "two-owners": ("two single owners are named at once", "keep one, or let them co-own it"),
    "lead-not-owner": ("whoever leads is not among the co-owners", "name one of them"),
    "bad-shares": ("these shares do not add up to 100% in each period", "mend the shares"),
    "overlap": ("two rules hold at once and disagree", "make one narrower, or say with `over` which one wins"),
    "unreachable": ("this can never decide anything", "move it up, or remove it"),
    "cycle": ("each of these refers to the other, so nobody has it", "name somebody in one of them"),
    "over-cycle": ("these rules win over each other in a circle", "take one `over` out"),
    "same-version": ("two rules have the same id and begin on the same day", "rename one, or mend its date"),
    "permission-conflict": ("a role both may and may not do this", "narrow one of the two, or remove it"),
    "example-fails": ("this example leads to another owner than it says", "mend the rule or the example"),
}
"""What is wrong and what to do, for each kind of error, without a word of the model."""
SHOWN = 160
"""How much of a line is shown."""
HIDDEN = ("Cc", "Cs", "Zl", "Zp")
"""Kinds of characters that are not printed as they are."""
TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Characters that change the direction of writing, and with it what a line seems to say."""


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A spot in a file: path relative to the model's folder, line and column from 1, width of the caret."""

    path: str
    line: int = 1
    column: int = 1
    width: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"

    @property
    def short(self) -> str:
        """`path:line`, for traces."""
        return f"{self.path}:{self.line}"


NOWHERE = Place("")
"""The place of what no file holds."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong, in the words of the company, with the remedy."""

    slug: str
    place: Place
    what: str
    expected: str
    fix: str
    also: tuple[Place, ...] = ()
    """Further places that take part, such as the other rule of an overlap."""
    severity: Severity = "error"

    def promoted(self) -> Problem:
        """The same problem as an error (`--strict`)."""
        return replace(self, severity="error")


def problem(slug: str, place: Place, what: str, *, expected: str, fix: str, also: Iterable[Place] = ()) -> Problem:
    """A problem with the severity that its slug has; where there is no "did you mean", what else to do is all there is to do."""
    return Problem(slug, place, what, expected, fix.removeprefix("Otherwise "), tuple(also), SLUGS[slug])


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`did you mean "x"? ` when something known is close to the word, else nothing."""
    close = difflib.get_close_matches("-".join(word.lower()[:80].replace("_", " ").split()), list(known), n=1, cutoff=0.6)
    return f'did you mean "{close[0]}"? ' if close else ""


def list_known(known: Iterable[str]) -> str:
    """The allowed names when they are few, else how many there are and the first of them."""
    names = sorted(known)
    if not names:
        return "(none is declared)"
    return ", ".join(names) if len(names) <= 12 else ", ".join(names[:12]) + f" … ({len(names)} in all)"


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Without repeats, sorted by place, errors before warnings at the same place."""
    unique = dict.fromkeys(problems)
    return sorted(unique, key=lambda p: (p.place, p.severity, p.slug, p.what))


def format_problem(found: Problem, sources: Mapping[str, str]) -> str:
    """The problem as people read it: address, the line with a caret, what was expected, the fix."""
    lines = [f"{found.place}: {found.severity}: {found.what} [{found.slug}]"]
    text = split_lines(sources.get(found.place.path, ""))
    if found.place.line <= len(text) and text[found.place.line - 1].strip():
        shown, before, width = excerpt(text[found.place.line - 1], found.place)
        lines += [f"{found.place.line:>5} | {shown}", f"{' ' * 5} | {' ' * before}{'^' * width}"]
    lines += [f"  also: {place}" for place in found.also]
    return "\n".join(printable(line) for line in [*lines, f"  expected: {found.expected}", f"  fix: {found.fix}"])


def format_discreetly(found: Problem) -> str:
    """The problem for people who may not see all of the model: address, what is wrong in general, the fix. No word of the model."""
    what, fix = IN_GENERAL.get(found.slug, ("something is wrong here", "see `rolecall check`"))
    return "\n".join(map(printable, (f"{found.place}: {found.severity}: {what} [{found.slug}]", f"  fix: {fix}")))


def split_lines(text: str) -> list[str]:
    """The lines as YAML counts them."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x85", "\n").replace("\u2028", "\n").replace("\u2029", "\n").split("\n")


def excerpt(line: str, place: Place) -> tuple[str, int, int]:
    """The part of a line around a place, how wide it is before the caret, and how wide the caret is."""
    start = max(0, place.column - 1 - SHOWN // 2) if place.column > SHOWN - 40 else 0
    shown = printable(line[start : start + SHOWN])
    at = place.column - 1 - start
    lead, more = ("… " if start else ""), (" …" if len(line) > start + SHOWN else "")
    caret = display_width(shown[at : at + place.width])
    return lead + shown + more, display_width(lead + shown[:at]), max(1, caret)


def display_width(text: str) -> int:
    """How many columns of a terminal the text takes: emoji and Chinese take two, accents that join take none."""
    return sum(0 if unicodedata.category(c) in ("Mn", "Me", "Cf") else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def printable(text: str) -> str:
    """The text without what could steer a terminal: control characters and those that change the direction of writing."""
    return "".join(" " if c == "\t" else "·" if c in TURNING or unicodedata.category(c) in HIDDEN else c for c in text)


def format_github(found: Problem) -> str:
    """The problem as a GitHub annotation on the line."""
    body = escape_github(f"{found.what} Expected: {found.expected}. Fix: {found.fix}")
    path = escape_github(found.place.path).replace(":", "%3A").replace(",", "%2C")
    return f"::{found.severity} file={path},line={found.place.line},col={found.place.column},title={found.slug}::{body}"


def escape_github(text: str) -> str:
    """Text that cannot end an annotation or begin another."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def format_json(problems: Iterable[Problem]) -> str:
    """All problems as a JSON list, for editors."""
    return json.dumps(
        [
            {
                "path": found.place.path,
                "line": found.place.line,
                "column": found.place.column,
                "severity": found.severity,
                "slug": found.slug,
                "what": found.what,
                "expected": found.expected,
                "fix": found.fix,
                "also": [str(place) for place in found.also],
            }
            for found in problems
        ],
        indent=2,
        ensure_ascii=False,
    )
