"""Which role somebody may be who asks "is this mine?": those that have a part in it first, the strongest part first; then all others."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.questions import Frame, Option
from bot.resolve.context import PARTS, Context, ever_of, share_of
from bot.resolve.intents.does import is_claimed

NOTHING = len(PARTS)
"""How far down a role stands of which nothing is said."""


def by_part(options: Sequence[Option], context: Context) -> tuple[tuple[Option, ...], tuple[Option, ...]]:
    """The options for roles that have a part in what is asked, or are said to have none, by their part; and the others."""
    ranked = sorted(((strength(option.frame, context), number, option) for number, option in enumerate(options)), key=lambda each: each[:2])
    having = tuple(option for rank, _, option in ranked if rank < NOTHING)
    return having, tuple(option for rank, _, option in ranked if rank == NOTHING)


def strength(frame: Frame, context: Context) -> int:
    """How strong the strongest part is that the role asking has in any case: 0 for owning, more for less."""
    role = frame.as_role or ""
    return min((strength_in(role, frame, subject, context) for subject in frame.subjects), default=NOTHING)


def strength_in(role: str, frame: Frame, subject: str, context: Context) -> int:
    """The same in one subject, or in the step of it that is asked about."""
    share = share_of(role, frame, subject, context)
    parts = [share.part, share.sometimes, "" if frame.step else ever_of(role, frame, subject, context)]
    named = {"co-own": "own"}
    ranks = [PARTS.index(named.get(part, part)) for part in parts if part and named.get(part, part) in PARTS]
    claimed = is_claimed(role, context.verdict(frame, subject, "own"), context)
    return min([*ranks, *([0] if claimed else [])], default=NOTHING)
