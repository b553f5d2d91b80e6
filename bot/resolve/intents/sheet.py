"""sheet: the rules of engagement as a whole, or by segment, motion or role."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.answers import Resolution, Result
from bot.domain.questions import Frame
from bot.domain.sheets import Sheet, SheetException, SheetRow
from bot.resolve.context import Context, share_of
from bot.resolve.decide import decided_by, possible
from bot.resolve.intents.process import rows_of

OTHER_KEYS = ("support", "executes", "first-contact", "credit", "informed", "none")


def resolve_sheet(frame: Frame, context: Context) -> Resolution:
    """The sheet, restricted to what was named."""
    sheet = build_sheet(frame, context)
    view = {"sheet": sheet, "frame": frame, "next": ()}
    if not sheet.rows:
        return Resolution("not-defined", "sheet", view)
    derived = all(row.derived for row in sheet.rows)
    return Resolution("answered", "sheet", view, Result("sheet", frame.roles), None, "derived" if derived else "company")


def build_sheet(frame: Frame, context: Context) -> Sheet:
    """All subjects that are ruled on, motions first; columns are the roles that have a part."""
    order = {"motion": 0, "account": 1, "opportunity": 2, "activity": 3, "request": 4}
    subjects = [id for id in context.book.keys if id in context.company.subjects and (not frame.subjects or id in frame.subjects)]
    known = list(context.company.subjects)
    subjects.sort(key=lambda id: (order[context.company.subjects[id].kind], known.index(id)))
    found = [row_of(replace(frame, step=None, subjects=(id,)), id, context) for id in subjects]
    rows = [row for row in found if row is not None and (not frame.roles or set(frame.roles) & set(row.parts))]
    roles = [party.id for party in context.company.parties.values() if any(party.id in row.parts for row in rows)]
    if frame.roles:
        roles = [role for role in roles if role in frame.roles]
    facts = tuple(fact.said for fact in frame.facts.values())
    return Sheet(tuple(roles), tuple(rows), facts, context.moment.day)


def row_of(frame: Frame, subject: str, context: Context) -> SheetRow | None:
    """One subject: its owner, everybody's part, what bends it, its steps."""
    facts = context.facts(frame)
    pieces = context.pieces(frame, subject, "own")
    everything = possible(context.book, subject, "own", facts.given, context.moment)
    base = decided_by("own", next((piece for piece in reversed(pieces) if piece.line), pieces[-1]))
    bends = [piece for piece in everything if piece.ruling != base.ruling] if base.ruling else []
    exceptions = tuple(SheetException(context.say_region(piece), decided_by("own", piece)) for piece in bends)
    others = {key: decided for key in OTHER_KEYS if (decided := context.decided(frame, subject, key)) and decided.ruling}
    steps = tuple(rows_of(frame, context))
    if base.ruling is None and not others and not steps and not exceptions:
        return None
    parts: dict[str, str] = {}
    for party in context.company.parties.values():
        part = share_of(party.id, frame, subject, context)
        if part.part or part.sometimes:
            parts[party.id] = f"{part.part}, leads" if part.leads else part.part or f"{part.sometimes}*"
    derived = base.rule is not None and base.rule.basis == "derived"
    return SheetRow(subject, base, others, parts, exceptions, steps, derived)
