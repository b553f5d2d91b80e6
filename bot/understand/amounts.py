"""Numbers in a question -> facts: "a 40k deal", "60 days before renewal", "over 100k ARR", "6,000 employees"."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bot.domain.attributes import Attribute
from bot.domain.company import Company, Step, Subject
from bot.domain.quantities import DAYS, read_count, read_days, unit_of
from bot.domain.questions import Fact
from bot.understand.amount_texts import (
    Amount,
    as_values,
    counts_things,
    is_change,
    is_money,
    is_rate,
    joint_of,
    match_any,
    of_attribute,
    say,
)
from bot.understand.amount_words import (
    ABOUT,
    AFTERWARDS,
    AGO,
    AHEAD,
    AS_COMPARED,
    AT_ALL,
    COMPARING,
    CURRENCIES,
    DATE,
    EARLIER,
    EVENTS,
    EXACT,
    GOING_ON,
    JOINING,
    LASTING,
    LATER,
    LATER_ON,
    LINKING,
    ONWARD,
    OUT,
    PEOPLE,
    PERCENT,
    REACH,
    SAME,
    SKIPPED,
    WORTH,
)
from bot.understand.dates import DateReader
from bot.understand.percentages import PercentageReader
from bot.understand.text import Token, words_of


class AmountReader:
    """Reads numbers for one company."""

    def __init__(self, company: Company) -> None:
        self.attributes = company.attributes
        self.dates = DateReader(company.attributes)
        self.events = {
            words: attribute.anchor
            for attribute in company.attributes.values()
            if attribute.anchor
            for words in event_words(attribute.anchor, company)
        }
        self.nouns = {
            words_of(phrase): attribute.id
            for attribute in company.attributes.values()
            if attribute.kind in ("count", "money", "percent")
            for phrase in counted_by(attribute)
        }
        self.lengths = {
            words_of(phrase): attribute.id
            for attribute in company.attributes.values()
            if attribute.kind == "duration"
            for phrase in (attribute.name, *attribute.aka)
        }
        """What lengths of time are called."""
        self.percentages = PercentageReader(company)

    def read(self, tokens: list[Token], used: Mapping[str, Iterable[str]], fragment: bool = False) -> list[Amount]:
        """All amounts; `used` names, by kind, the attributes that the rules in question branch on."""
        found, index = [], 0
        while index < len(tokens):
            if tokens[index].is_number:
                day = self.dates.read(tokens, index)
                amount = Amount(*day, kind=DATE) if day else self.read_at(tokens, index, used, fragment)
                found.append(amount)
                index = amount.stop
            else:
                index += 1
        return found

    def read_at(self, tokens: list[Token], index: int, used: Mapping[str, Iterable[str]], fragment: bool) -> Amount:
        """The amount around the number at an index."""
        start, text = self.compare(tokens, index)
        stop = index + 1
        at = stop + match_any(tokens, stop, (*ONWARD, "and"))
        if stop < at < len(tokens) and tokens[at].is_number:
            text, stop = f"{text} {joint_of(tokens, stop, at)} {tokens[at].text}", at + 1
        if self.percentages.attributes and stop < len(tokens) and tokens[stop].text == PERCENT and not self.counts_percent(tokens, stop):
            return self.percentages.read(tokens, start, stop + 1, text, used)
        unit = unit_of(tokens[stop].text) if stop < len(tokens) and len(tokens[stop].text) > 2 else ""
        if unit in DAYS:
            return self.read_duration(tokens, start, stop + 1, f"{text} {unit}s", used, fragment)
        after = match_any(tokens, stop, AFTERWARDS)
        if after:
            joined = " ".join(token.text for token in tokens[stop : stop + after])
            text, stop = f"{text} {AS_COMPARED.get(joined, joined)}", stop + after
        return self.read_quantity(tokens, start, stop, text, used)

    @staticmethod
    def compare(tokens: list[Token], index: int) -> tuple[int, str]:
        """Where the amount starts, with a comparison before it, and its text so far."""
        text = tokens[index].text
        for words in COMPARING.get(tokens[index - 1].text, ()) if index else ():
            at = index - len(words)
            if at >= 0 and tuple(token.text for token in tokens[at:index]) == words:
                phrase = " ".join(words)
                if at and words == ABOUT and tokens[at - 1].text in GOING_ON:
                    continue
                return at, text if phrase in EXACT else f"{SAME.get(phrase, phrase)} {text}"
        return index, text

    def read_duration(
        self, tokens: list[Token], start: int, stop: int, text: str, used: Mapping[str, Iterable[str]], fragment: bool
    ) -> Amount:
        """A duration with the event it is counted to or from; without one it says something only with "out", "left" or by itself."""
        values = as_values(text, read_days)
        for phrases, before in ((EARLIER, True), (LATER, False)):
            taken = match_any(tokens, stop, phrases)
            at = stop + taken
            while taken and at < len(tokens) and tokens[at].text in SKIPPED:
                at += 1
            event, length = self.event_at(tokens, at) if taken else ("", 0)
            attribute = (
                next((each for each in self.attributes.values() if each.anchor == event and each.before == before), None) if event else None
            )
            if attribute and values:
                return Amount(Fact(attribute.id, values, say(tokens, start, at + length)), start, at + length, event, "duration")
        if stop < len(tokens) and tokens[stop].text in AGO and values and (since := self.event_before(tokens, start)):
            return Amount(Fact(since.id, values, say(tokens, start, stop + 1)), start, stop + 1, since.anchor or "", "duration")
        if values and is_lasting(tokens, start) and (since := self.event_before(tokens, start)):
            return Amount(Fact(since.id, values, say(tokens, start, stop)), start, stop, since.anchor or "", "duration")
        out = match_any(tokens, stop, OUT)
        if values and (out or tokens[start - 1].text in ("in", "within")) and (ahead := self.event_ahead(tokens, start)):
            until, first = ahead
            return Amount(Fact(until.id, values, say(tokens, first, stop + out)), first, stop + out, until.anchor or "", "duration")
        if values and (named := self.length_at(tokens, start, stop)):
            id, first, last = named
            return Amount(Fact(id, values, say(tokens, first, last)), first, last, "", "duration")
        stop += out
        sole = [name for name in used.get("duration", ()) if not out or self.attributes[name].before]
        fact = Fact(sole[0], values, say(tokens, start, stop)) if len(sole) == 1 and values and (out or fragment) else None
        return Amount(fact, start, stop, "", "duration", values)

    def length_at(self, tokens: list[Token], start: int, stop: int) -> tuple[str, int, int] | None:
        """The length of time that is called by the words right behind an amount, or before it: "50 days overdue", "payment terms of 60
        days"; with where all of it begins and ends."""
        for size in (3, 2, 1):
            if name := self.lengths.get(tuple(token.stem for token in tokens[stop : stop + size])):
                return name, start, stop + size
        at = start - (start > 0 and tokens[start - 1].text in JOINING)
        for size in (3, 2, 1):
            if at >= size and (name := self.lengths.get(tuple(token.stem for token in tokens[at - size : at]))):
                return name, at - size, stop
        return None

    def event_before(self, tokens: list[Token], stop: int) -> Attribute | None:
        """The time since the event that was told right before: "it ended 8 months ago"; with "later" also in the clause before."""
        for at in range(stop - 1, max(-1, stop - 1 - REACH), -1):
            if tokens[at].is_stop and LATER_ON not in [each.text for each in tokens[stop : stop + REACH]]:
                return None
            event, _ = self.event_at(tokens, at)
            if found := next((each for each in self.attributes.values() if event and each.anchor == event and not each.before), None):
                return found
        return None

    def event_ahead(self, tokens: list[Token], stop: int) -> tuple[Attribute, int] | None:
        """The time until the event that was told right before, and where its words begin: "renewal is 5 months out"."""
        at = stop - 1
        while at >= max(0, stop - REACH) and tokens[at].text in AHEAD:
            at -= 1
        for first in range(max(0, at - 2), at + 1):
            event, length = self.event_at(tokens, first)
            found = next((each for each in self.attributes.values() if event and each.anchor == event and each.before), None)
            if found and first + length == at + 1:
                return found, first
        return None

    def event_at(self, tokens: list[Token], index: int) -> tuple[str, int]:
        """The event named at an index, and how many tokens it takes."""
        for size in (3, 2, 1):
            words = tuple(token.stem for token in tokens[index : index + size])
            if len(words) == size and words in self.events:
                return self.events[words] or "", size
        return "", 0

    def read_quantity(self, tokens: list[Token], start: int, stop: int, text: str, used: Mapping[str, Iterable[str]]) -> Amount:
        """Money or a count, of the attribute named next to it, or of the only one that matters."""
        for size in (3, 2, 1):
            named = self.named(tokens[stop : stop + size], text) if stop + size <= len(tokens) else None
            if named and is_change(named.id, tokens, start, stop + size):
                return Amount(None, start, stop, "", "number")
            if named:
                return of_attribute(named, text, tokens, start, stop + size)
        if (behind := self.named_behind(tokens, stop)) is not None:
            return of_attribute(behind[0], text, tokens, start, behind[1])
        at = start - 1 if start and tokens[start - 1].text not in JOINING else start - 2
        for size in (3, 2, 1):
            first = at + 1 - size
            before = self.named(tokens[first : at + 1], text) if first >= 0 else None
            if before:
                return of_attribute(before, text, tokens, first, stop)
        if "%" in text or not is_money(text) or (counts_things(tokens, stop) and text.rsplit(maxsplit=1)[-1].replace(",", "").isdigit()):
            return Amount(None, start, stop, "", "count", None if "%" in text else as_values(text, read_count))
        sole = list(used.get("money", ()))
        name = sole[0] if len(sole) == 1 else "arr" if "arr" in self.attributes else ""
        return of_attribute(self.attributes[name], text, tokens, start, stop) if name else Amount(None, start, stop, "", "money")

    def named(self, words: list[Token], text: str) -> Attribute | None:
        """The attribute that words name, where it can have such an amount."""
        attribute = self.attributes.get(self.nouns.get(tuple(token.stem for token in words), ""))
        return None if attribute and attribute.kind == "percent" and not is_rate(text) else attribute

    def counts_percent(self, tokens: list[Token], at: int) -> bool:
        """Whether words that begin with "percent" name a count: "percent discount"."""
        return any(self.named(tokens[at : at + size], "") for size in (3, 2, 1))

    def named_behind(self, tokens: list[Token], stop: int) -> tuple[Attribute, int] | None:
        """What an amount is of, and where its name ends: "2500 in goodwill credits", "800 dollars of goodwill"."""
        at = stop + 1 if stop < len(tokens) and tokens[stop].text in CURRENCIES else stop
        at += at < len(tokens) and tokens[at].text == WORTH
        if not at < len(tokens) or (tokens[at].text not in LINKING and at == stop):
            return None
        at += tokens[at].text in LINKING
        for size in (3, 2, 1):
            name = self.nouns.get(tuple(token.stem for token in tokens[at : at + size])) if at + size <= len(tokens) else None
            if name and self.attributes[name].kind == "money":
                return self.attributes[name], at + size
        return None


def counted_by(attribute: Attribute) -> tuple[str, ...]:
    """What an amount is called; one that counts people by any word for them."""
    names = (attribute.name, attribute.id.replace("-", " "), *attribute.aka)
    return (*PEOPLE, *names) if attribute.kind == "count" and PEOPLE[0] in names else names


def event_words(anchor: str, company: Company) -> list[tuple[str, ...]]:
    """How an event is called: by its word, and by the names of the subject or step it belongs to."""
    named = [words_of(anchor)]
    things: list[Subject | Step] = [*company.subjects.values(), *company.steps.values()]
    for thing in things:
        phrases = (thing.name, *thing.aka)
        if anchor in phrases:
            named += [words_of(phrase) for phrase in phrases]
    for attribute in company.attributes.values():
        if attribute.anchor == anchor:
            named += [event for phrase in attribute.aka if (event := event_in(phrase))]
    named += [words_of(phrase) for phrase in EVENTS.get(anchor, ())]
    return [*named, words_of(f"{anchor}ed"), words_of(f"{anchor}d")]


def event_in(phrase: str) -> tuple[str, ...]:
    """The event in another name of a duration: "since the subscription ended"."""
    words = phrase.lower().split()
    if not words or words[0] not in (*EARLIER, *LATER):
        return ()
    return words_of(" ".join(word for word in words[1:] if word not in SKIPPED))


def is_lasting(tokens: list[Token], start: int) -> bool:
    """Whether words before a duration say that something is so for as long: "has been gone for like 200 days"."""
    at = start - 1
    while at >= 0 and tokens[at].text in AT_ALL:
        at -= 1
    return at >= 0 and tokens[at].text in LASTING
