"""sheet: the rules of engagement as a whole, or by segment, motion or role."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.answers import Resolution, Result
from bot.domain.questions import Frame
from bot.domain.rules import Nobody
from bot.domain.sheets import Sheet, SheetCase, SheetRow
from bot.resolve.context import Context, ever_of, share_of
from bot.resolve.decide import decide, decided_by
from bot.resolve.intents.process import rows_of

OTHER_KEYS = ("support", "executes", "first-contact", "credit", "informed", "none")


def resolve_sheet(frame: Frame, context: Context) -> Resolution:
    """The sheet, restricted to what was named."""
    sheet = build_sheet(frame, context)
    if not sheet.rows and names_customers(frame):
        sheet = build_sheet(replace(frame, subjects=()), context)
    view = {"sheet": sheet, "frame": frame}
    if not sheet.rows:
        return Resolution("not-defined", "sheet", view)
    derived = all(row.derived for row in sheet.rows)
    return Resolution("answered", "sheet", view, Result("sheet", frame.roles), None, "derived" if derived else "company")


def names_customers(frame: Frame) -> bool:
    """Whether "everything for top accounts" only says for which customers, and is not about owning accounts."""
    return frame.subjects == ("account",) and bool(frame.facts)


def build_sheet(frame: Frame, context: Context) -> Sheet:
    """All subjects that are ruled on, motions first; columns are the roles that have a part."""
    order = {"motion": 0, "account": 1, "opportunity": 2, "activity": 3, "request": 4}
    subjects = [id for id in context.book.keys if id in context.company.subjects and (not frame.subjects or id in frame.subjects)]
    known = list(context.company.subjects)
    subjects.sort(key=lambda id: (order[context.company.subjects[id].kind], known.index(id)))
    found = context.lately(("sheet", *subjects), frame, lambda: tuple(row_of(whole_of(frame, id), id, context) for id in subjects))
    rows = [row for row in found if row is not None and (not frame.roles or set(frame.roles) & set(row.parts))]
    roles = [party.id for party in context.company.parties.values() if any(party.id in row.parts for row in rows)]
    if frame.roles:
        roles = [role for role in roles if role in frame.roles]
    facts = tuple(fact.said for fact in frame.facts.values())
    return Sheet(tuple(roles), tuple(rows), facts, context.moment.day)


def whole_of(frame: Frame, subject: str) -> Frame:
    """The frame about one subject, all of its steps."""
    return replace(frame, step=None, subjects=(subject,))


def row_of(frame: Frame, subject: str, context: Context) -> SheetRow | None:
    """One subject: its owner, every case that bends it, everybody's part, its steps."""
    own = context.decided(frame, subject, "own")
    given = context.facts(frame, subject).given
    every = decide(context.book, subject, "own", given, context.moment)
    several = len({piece.sense for piece in every}) > 1
    cases = tuple(SheetCase(context.say_region(piece, given), decided_by("own", piece)) for piece in every) if several else ()
    ruled = {key: context.decided(frame, subject, key) for key in OTHER_KEYS}
    others = {key: decided for key, decided in ruled.items() if decided and decided.ruling}
    steps = () if own and isinstance(own.ruling, Nobody) else tuple(rows_of(frame, context))  # what nobody does has no steps either
    if own and own.ruling is None and not (others or steps or cases):
        return None
    derived = own is not None and own.rule is not None and own.rule.basis == "derived"
    open_keys = {key: context.open_names(frame, subject, key) for key, decided in ruled.items() if decided is None}
    depends = () if own else context.open_names(frame, subject, "own")
    return SheetRow(subject, own, depends, cases, others, open_keys, parts_of(frame, subject, context), steps, derived)


def parts_of(frame: Frame, subject: str, context: Context) -> dict[str, str]:
    """Role -> its part, starred where it is not so in all cases."""
    parts: dict[str, str] = {}
    for party in context.company.parties.values():
        part, ever = share_of(party.id, frame, subject, context), ever_of(party.id, frame, subject, context)
        if part.part and part.part != "none":
            alone = len(context.every(frame, subject, part.key)) == 1
            parts[party.id] = part.part + ("" if alone else "*") + (", leads" if part.leads else "")
        elif part.sometimes or ever:
            parts[party.id] = f"{part.sometimes or ever}*"
        elif part.part == "none":
            parts[party.id] = "none"
    return parts
