"""Permissions that say less than they seem to: a limit that only the text knows, an approval that nobody gives."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from bot.load.shapes.rulings import PermissionShape
from bot.load.shaping import Shaped
from bot.problems import Problem, problem

LIMIT = re.compile(r"\b(?:up to|at most|no more than|less than|under|below|max(?:imum)?(?: of)?) (?:[$€£¥]\s?)?\d[\d,.]*[%km]?")
"""How a limit is written."""
SUCH_AS = "discount: {kind: percent, name: discount}"


def check_permissions(entries: Iterable[Shaped]) -> Iterator[Problem]:
    """Those by which people would be told more, or less, than is meant."""
    for entry in entries:
        shape = entry.shape
        if not isinstance(shape, PermissionShape):
            continue
        if shape.allowed != "no" and not shape.when and (limit := LIMIT.search(shape.may)):
            yield problem(
                "limit-in-words",
                entry.part.at("may"),
                f'"{limit.group()}" is text and no condition, so that whoever asks for more is told the same',
                expected="a limit that can be compared with the number in a question",
                fix=f"declare what it limits under `attributes:` (`{SUCH_AS}`) and add it here (`when: {{discount: 5% or less}}`)",
            )
        if shape.allowed == "with-approval" and not shape.approved_by:
            yield problem(
                "unnamed-approver",
                entry.part.at("allowed"),
                f'"{entry.id}" needs approval, and says of nobody that they approve',
                expected="who approves, so that people know whom to ask",
                fix="add `approved-by:` with a role or team",
            )
