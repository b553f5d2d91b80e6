"""Values -> words: names of roles and subjects, rulings, conditions, clocks. What templates call."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from bot.domain.answers import Decided, Unless
from bot.domain.attributes import say_anchored
from bot.domain.company import Company
from bot.domain.quantities import say_date, say_money
from bot.domain.questions import Frame
from bot.domain.regions import Box, Region
from bot.domain.rules import Clock, Disputed, Held, Nobody, Ruling, SameAs, Share, Undefined, split_key
from bot.domain.sheets import Sheet
from bot.render.phrases import COVERS, KEY_NOUNS, KEY_VERBS, NOT_RULED, OPENERS, SHOWN, SMALL, is_said_wider

WHERE = 140
"""A rule's conditions of more characters than this are not told beside its name."""


def listed(names: Iterable[str], word: str = "and") -> str:
    """ "a", "a and b", "a, b and c"."""
    items = list(names)
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} {word} {items[-1]}" if items else ""


def alternatives(names: Sequence[str]) -> str:
    """Several joined by "or", by "; or" where they have commas of their own."""
    return "; or ".join(names) if any("," in name for name in names) else listed(names, "or")


def sentence(text: str) -> str:
    """The text as a sentence: its first letter a capital, a stop at its end."""
    text = " ".join(text.split())
    text = text[:1].upper() + text[1:]
    return text if not text or text[-1] in ".?!:" else text + "."


class Words:
    """Names things as one company does."""

    def __init__(self, company: Company) -> None:
        self.company = company
        self.example_amount = say_money(4_000_000, company.currency)

    def party(self, id: str) -> str:
        """A role or position with its article ("the Account Executive"); a team without ("Deal Desk")."""
        party = self.company.parties.get(id)
        name = party.name if party else id.replace("-", " ")
        bare = id == "nobody" or (party is not None and party.kind == "team") or name.lower().startswith(("the ", "whoever", "their "))
        return name if bare else f"the {name}"

    def form(self, ids: Sequence[str], one: str, many: str, word: str = "and") -> str:
        """The form of a verb for its subjects: several joined by "or" take that of one."""
        return one if len(ids) == 1 or word == "or" else many

    def a(self, name: str) -> str:
        """A name with "a" or "an", by its first letter."""
        return f"an {name}" if name[:1].lower() in "aeiou" else f"a {name}"

    def inside(self, text: str) -> str:
        """A sentence as part of another: without its stop, and with a small letter where its first word is no name."""
        text = text.rstrip(".")
        return text[:1].lower() + text[1:] if text.split(" ", maxsplit=1)[0] in SMALL else text

    def name(self, id: str) -> str:
        """The same without article."""
        party = self.company.parties.get(id)
        return party.name if party else id.replace("-", " ")

    def parties(self, ids: Iterable[str], word: str = "and") -> str:
        """Several of them."""
        return listed([self.party(id) for id in ids], word)

    def some(self, names: Iterable[str], most: int) -> str:
        """The first of many names: "a, b and 3 more"."""
        items = list(names)
        return listed(items if len(items) <= most else [*items[:most], f"{len(items) - most} more"])

    def subject(self, id: str) -> str:
        """A subject's name, with an article where English wants one."""
        subject = self.company.subjects.get(id)
        return subject.phrase if subject else id

    def subjects(self, ids: Iterable[str]) -> str:
        """Several subjects."""
        return listed([self.subject(id) for id in ids])

    def step(self, id: str) -> str:
        """A step's name."""
        step = self.company.steps.get(id)
        return step.name if step else id.replace("-", " ")

    def topic(self, subject: str, step: str | None = None) -> str:
        """What is asked about: "renewal", or "the quote in renewal"."""
        return f"the {self.step(step)} in {self.subject(subject)}" if step else self.subject(subject)

    def topics(self, subjects: Iterable[str], step: str | None = None) -> str:
        """The same of several subjects."""
        return f"the {self.step(step)} in {self.subjects(subjects)}" if step else self.subjects(subjects)

    def key(self, key: str) -> str:
        """A kind of owner as a question: "who owns"."""
        return KEY_NOUNS[split_key(key)[1]]

    def verb(self, key: str, count: int) -> str:
        """What holders of a key do."""
        return KEY_VERBS[split_key(key)[1]][0 if count == 1 else 1]

    def facts(self, frame: Frame) -> str:
        """The facts given, in words: " for SMB, auto-renew, ARR $40k"; empty without any."""
        said = [
            say_anchored(self.company.attributes[name], fact.values, self.company.currency)
            for name, fact in frame.facts.items()
            if name in self.company.attributes and not is_said_wider(name, frame.facts, self.company)
        ]
        said += [f"as of {say_date(frame.as_of.toordinal())}"] if frame.as_of else []
        return f" ({', '.join(said)})" if said else ""

    def ruling(self, ruling: Ruling | None) -> str:
        """A ruling as a phrase: "the AE and the CSM together, the AE leads", "nobody", "not ruled on"."""
        match ruling:
            case Held(shares=shares) if shares:
                return self.shares(shares)
            case Held(holders=holders, lead=lead):
                together = " together" if len(holders) > 1 and lead else ""
                return self.parties(holders) + together + (f", {self.party(lead)} leads" if lead else "")
            case Nobody():
                return "nobody"
            case Undefined(decided_by=who):
                return "not ruled on yet" + (f"; {self.decides(who)}" if who else "")
            case Disputed():
                return "disputed"
            case Clock(text=text):
                return text
            case SameAs(subject=subject, step=step):
                return f"as for {self.topic(subject, step)}"
            case _:
                return NOT_RULED

    def decides(self, who: tuple[str, ...]) -> str:
        """Who decides: "the VP of Channel decides"."""
        return f"{self.parties(who, 'or')} decides"

    def shares(self, shares: Iterable[Share]) -> str:
        """Shares of credit, by period."""
        periods: dict[str, list[str]] = {}
        for share in shares:
            periods.setdefault(share.during, []).append(f"{self.party(share.holder)} {share.percent}%")
        return "; ".join((f"{period}: " if period else "") + ", ".join(said) for period, said in periods.items())

    def holds(self, decided: Decided, topic: str, stands: Mapping[str, tuple[str, ...]] | None = None) -> str:
        """The sentence that answers who: "the Digital CSM owns renewal"."""
        ruling, name = decided.ruling, split_key(decided.key)[1]
        match ruling:
            case Held(shares=shares) if shares:
                return f"{self.shares(shares)} of the credit for {topic}"
            case Held(holders=holders, lead=lead):
                who = listed([self.with_stand(id, stands or {}) for id in holders])
                together = " together" if len(holders) > 1 and name == "own" else ""
                return f"{who} {self.verb(decided.key, len(holders))} {topic}{together}" + (f"; {self.party(lead)} leads" if lead else "")
            case Nobody():
                return f"nobody {self.verb(decided.key, 1)} {topic}"
            case _:
                return f"{self.key(decided.key)} {topic}: {self.ruling(ruling)}"

    def unless(self, exceptions: Iterable[Unless]) -> list[str]:
        """What would change an answer, those with the same outcome together: "partner-led, or win-back: the Account Executive"."""
        groups: dict[str, list[str]] = {}
        for each in exceptions:
            groups.setdefault(self.ruling(each.decided.ruling), []).append(each.condition)
        return [f"{alternatives(conditions)}: {ruling}" for ruling, conditions in groups.items()]

    def with_stand(self, id: str, stands: Mapping[str, tuple[str, ...]]) -> str:
        """A position with the role that holds it: "the account owner (the Account Executive)"."""
        held_by = stands.get(id, ())
        return f"{self.party(id)} ({self.parties(held_by)})" if held_by else self.party(id)

    def outcomes(self, cells: Iterable[Decided]) -> str:
        """What a cell of a table says: one ruling, or several joined by "or"."""
        said = [self.short(decided) for decided in cells]
        return listed(said, "or") if len(said) <= SHOWN else f"{', '.join(said[:SHOWN])} or others"

    def short(self, decided: Decided) -> str:
        """A ruling without articles, for tables."""
        ruling = decided.ruling
        if isinstance(ruling, Held) and not ruling.shares:
            names = " + ".join(self.name(id) for id in ruling.holders)
            return names + (f" ({self.name(ruling.lead)} leads)" if ruling.lead else "")
        return self.ruling(ruling)

    def why(self, decided: Decided | None) -> list[str]:
        """The reason, the rule, who keeps it and when it was verified."""
        if decided is None or decided.rule is None:
            return []
        rule = decided.rule
        lines = [sentence(decided.because)] if decided.because and rule.basis == "company" else []
        if rule.basis == "derived":
            role = self.company.parties[rule.id.partition("+")[0].removeprefix("archetype-of-")]
            archetype = self.company.guidance.archetypes[role.archetype or ""]
            return [f"Derived: the model makes {self.party(role.id)} an {archetype.name}; no rule of its own says otherwise."]
        return [*lines, self.rule(decided)]

    def rule(self, decided: Decided) -> str:
        """The rule that decides: where it holds, who keeps it, when it was verified, and what it goes by."""
        rule = decided.rule
        if rule is None:
            return ""
        where = self.region(decided.region) if decided.label else ""
        said = f'Rule "{rule.id}"' + (f" ({where})" if where and len(where) <= WHERE else "")
        said += f", kept by {self.party(rule.kept_by)}" if rule.kept_by else ""
        said += f", verified {say_date(rule.verified.on)}" if rule.verified else ""
        if decided.referred:
            subject, key = decided.referred[-1]
            step, name = split_key(key)
            said += f"; it goes by {self.key(name)} {self.topic(subject, step)}"
        return said + "."

    def region(self, region: Region) -> str:
        """Where something holds: "SMB, auto-renew, ARR under $50k"; empty for everywhere."""
        return "; or ".join(dict.fromkeys(filter(None, map(self.box, region))))

    def box(self, box: Box) -> str:
        """Some facts in words, one after the other."""
        known, currency = self.company.attributes, self.company.currency
        return ", ".join(say_anchored(known[name], values, currency) for name, values in box.items() if name in known)

    def keeper(self) -> str:
        """Whoever keeps the most rules."""
        kept = [rule.kept_by for rule in self.company.rules if rule.kept_by]
        return self.party(max(dict.fromkeys(kept), key=kept.count)) if kept else "whoever keeps the rules"

    def day(self, day: Any) -> str:
        """A day in words, from a date or a day number."""
        return say_date(day.toordinal() if isinstance(day, date) else day)

    def kept(self, rows: Iterable[Any]) -> str:
        """Who keeps entries, and when they were verified, in one line; empty when nobody does."""
        kept = dict.fromkeys((row.fields["kept-by"], self.verified(row.fields)) for row in rows if row.fields["kept-by"])
        days = {day for _, day in kept}
        if len(days) == 1:
            day = next(iter(days))
            return f"Kept by {self.parties(keeper for keeper, _ in kept)}" + (f", {day}." if day else ".")
        return f"Kept by {listed(self.party(keeper) + (f' ({day})' if day else '') for keeper, day in kept)}." if kept else ""

    def verified(self, fields: Mapping[str, Any]) -> str:
        """When an entry was verified; empty when it never was."""
        return f"verified {self.day(fields['verified']['on'])}" if fields["verified"] else ""

    def starts_at(self, trigger: str) -> str:
        """What starts a handoff, after a verb: "at the close", or "; it starts with: the customer buys"."""
        return f" {trigger}" if trigger.split(" ", maxsplit=1)[0].lower() in OPENERS else f"; it starts with: {trigger}"

    def covers(self, fields: Mapping[str, Any]) -> str:
        """How somebody covers customers, and how many: "the AE works by territory: about 600 customers each"."""
        one, many = COVERS[fields["basis"]]
        return f"{self.parties(fields['role'])} {self.form(fields['role'], one, many)}" + (
            f": {fields['ratio']}" if fields["ratio"] else ""
        )

    def holdover(self, share: Mapping[str, Any]) -> str:
        """The shares of one period of a holdover."""
        return f"{share['during']} {share['giving']}% giver, {share['receiving']}% receiver"

    def stakeholders(self, ids: Iterable[str]) -> str:
        """People on the customer's side: "the economic buyer and procurement"."""
        names = {entry.id: entry.fields["name"] or entry.id.replace("-", " ") for entry in self.company.section("stakeholders")}
        return listed(f"the {names.get(id, id.replace('-', ' '))}" for id in ids)

    def stage(self, id: str) -> str:
        """A stage as the time of it: "in pre-sales", "in adoption"."""
        names = {entry.id: entry.fields["name"] or entry.id.replace("-", " ") for entry in self.company.section("stages")}
        subject = self.company.subjects.get(id)
        name = names.get(id) or (subject.name if subject else id)
        return name if name.split(" ")[0].lower() in OPENERS else f"in {name}"

    def by_stage(self, rows: Iterable[Any]) -> str:
        """The stakeholders of rows by their stage: "the economic buyer before the sale; the champion after the sale"."""
        found: dict[str, list[str]] = {}
        for row in rows:
            found.setdefault(row.fields["stage"], []).extend(row.fields["stakeholder"])
        told = [self.stakeholders(dict.fromkeys(ids)) + (f" {self.stage(stage)}" if stage else "") for stage, ids in found.items()]
        return "; ".join(told)

    def sheet_title(self, sheet: Sheet) -> str:
        """The heading of a sheet."""
        facts = f" for {', '.join(sheet.facts)}" if sheet.facts else ""
        return f"Rules of engagement of {self.company.name}{facts}, as of {say_date(sheet.day)}"

    def clock(self, start: Clock | None, due: Clock | None) -> str:
        """ "starts 120 days before renewal, due 30 days before renewal"."""
        return ", ".join([*([f"starts {start.text}"] if start else []), *([f"due {due.text}"] if due else [])])

    def runs(self, start: Clock | None, due: Clock | None) -> str:
        """The same after "it": "starts 90 days before renewal and is due 75 days before renewal"."""
        return " and ".join([*([f"starts {start.text}"] if start else []), *([f"is due {due.text}"] if due else [])])
