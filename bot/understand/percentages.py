"""Percentages in a question -> facts: "18% off", "a discount of 12,5%", "10% on the renewal", "over 10% to 20%"."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bot.domain.attributes import Attribute
from bot.domain.company import Company
from bot.understand.amount_texts import Amount, joint_of, match_any, of_attribute, tells_change
from bot.understand.amount_words import AFTERWARDS, AS_COMPARED, BETWEEN, INCLUSIVE, JOINING, LINKING, ONWARD, PERCENT, RAISED, SURE, UNDER
from bot.understand.text import Token, words_of

NEAR = 3
"""How many words behind a percentage its name may begin: "15% on the renewal discount"."""


class PercentageReader:
    """Reads the percentages of one company's attributes of that kind."""

    def __init__(self, company: Company) -> None:
        self.attributes: dict[str, Attribute] = {id: each for id, each in company.attributes.items() if each.kind == "percent"}
        spoken = [
            (tuple(word for word in words_of(phrase) if word != PERCENT), id)
            for id, each in self.attributes.items()
            for phrase in (each.name, id.replace("-", " "), *each.aka)
        ]
        self.names = {words: id for words, id in spoken if words}
        looked_at = {id for id in self.attributes if id in branched(company)} if self.attributes else set()
        claimed = {id for words, id in spoken if not words} or looked_at
        self.bare = next(iter(claimed)) if len(claimed) == 1 else ""
        """The attribute that a percentage without a name is of, if it can be only one."""

    def read(self, tokens: list[Token], start: int, stop: int, text: str, used: Mapping[str, Iterable[str]]) -> Amount:
        """The amount around a percentage that ends before an index: of what is named next to it, or of the only one that matters."""
        text, stop = further(tokens, start, stop, text)
        linked = stop + (stop < len(tokens) and tokens[stop].text in LINKING)
        for at in (stop, linked):
            if found := self.named_at(tokens, at):
                return of_attribute(found[0], text, tokens, start, found[1])
        if before := self.named_before(tokens, start):
            return of_attribute(before[0], text, tokens, before[1], stop)
        for at in range(stop + 1, stop + NEAR):
            if any(token.is_stop for token in tokens[stop:at]):
                break
            if found := self.named_at(tokens, at):
                return of_attribute(found[0], text, tokens, start, stop)
        sole = tuple(used.get("percent", ()))
        name = sole[0] if len(sole) == 1 else self.bare
        if not name or tells_change(tokens, start, stop) or (stop < len(tokens) and tokens[stop].text in SURE):
            return Amount(None, start, stop, "", "number")
        return of_attribute(self.attributes[name], text, tokens, start, stop)

    def named_at(self, tokens: list[Token], at: int) -> tuple[Attribute, int] | None:
        """The attribute whose name begins at an index, and where that ends."""
        for size in (3, 2, 1):
            name = self.names.get(tuple(token.stem for token in tokens[at : at + size])) if at + size <= len(tokens) else None
            if name:
                return self.attributes[name], at + size
        return None

    def named_before(self, tokens: list[Token], stop: int) -> tuple[Attribute, int] | None:
        """The attribute that is named right before, and where its name begins: "discount of", "the uplift is"."""
        at = stop - 1 if stop and tokens[stop - 1].text in JOINING | RAISED else stop
        for first in range(max(0, at - 3), at):
            if name := self.names.get(tuple(token.stem for token in tokens[first:at])):
                return self.attributes[name], first
        return None


def further(tokens: list[Token], start: int, stop: int, text: str) -> tuple[str, int]:
    """The text of a percentage, and where it ends, with what is said of it behind: "to 20%", "or less", "inclusive"."""
    between = start > 0 and tokens[start - 1].text == BETWEEN
    joined = match_any(tokens, stop, (*ONWARD, "and") if between else ONWARD)
    at = stop + joined + match_any(tokens, stop + joined, UNDER)
    if joined and at < len(tokens) and tokens[at].is_number:
        text, stop = f"{text} {joint_of(tokens, stop, at)} {tokens[at].text}", at + 1
        stop += stop < len(tokens) and tokens[stop].text == PERCENT
    after = match_any(tokens, stop, (*AFTERWARDS, INCLUSIVE))
    said = " ".join(token.text for token in tokens[stop : stop + after])
    return f"{text} {AS_COMPARED.get(said, said)}".rstrip(), stop + after


def branched(company: Company) -> set[str]:
    """The attributes by which rules, and everything else that is ruled, go."""
    regions = [node.region for rule in company.rules for node in rule.node.walk()] + [entry.region for entry in company.entries]
    return {name for region in regions for box in region for name in box}
