"""Words that nobody knows where they matter: roles that the company does not have, whatever stands at a number."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from itertools import pairwise

from bot.domain.quantities import DAYS, unit_of
from bot.understand.amount_texts import Amount
from bot.understand.amount_words import DATE, PERCENT
from bot.understand.clauses import clause_around
from bot.understand.dates import MONTHS
from bot.understand.frames import DETERMINERS, Reading
from bot.understand.lexicon import UNKNOWN, Span
from bot.understand.tenure import TENURE
from bot.understand.text import Token

FOUR = re.compile(r"(?:19|20)\d\d$")
UNCLEAR = re.compile(r"^[$€£¥]?(?:\d{1,3}(?:\.\d{3})+|\d+,\d{1,2})(?:k|m|mil|bn|b)?$")
SIGNS = "$€£¥"
IDENTIFYING = frozenset({"account", "case", "ticket", "id", "number", "no", "po", "opp", "opportunity", "minus", "invoice"})
DENYING = frozenset({"not", "isn't", "isnt", "aren't", "wasn't", "never", "neither"})
COMPARATIVE = frozenset(
    {"under", "over", "below", "above", "less", "more", "fewer", "than", "at", "least", "most", "up", "to", "a", "an", "the", "in"}
)
SPREADING = frozenset({"or", "down", "versus", "vs"})
UNIT_WORDS, MEASURED = frozenset({"people", "arr"}), frozenset({"k", "m", "%"})
DONE = frozenset(
    {"signed", "closed", "bought", "purchased", "joined", "started", "became", "customer", "customers", "client", "since", "sold"}
    | {"back", "live"}
)
"""What was done in a year, or who has been there since."""
ASKS = frozenset({"who", "which", "did", "whos"})
NAMING = frozenset({"subject", "implies", "step"})
PLACING = frozenset({"in", "at", "within", "across", "inside", "throughout"})
POSSESSIVE = ("'s", "’s")
NO_PLACE = re.compile(r"(?:q[1-4]|h[12]|[a-z]{3,}ing)$")
"""A quarter, a half, or what somebody does: it says after "in" neither where nor for whom."""
AT = "at"
"""What stands before a customer's name; where no company is loaded, there are no customers and it is another company's."""
OR = frozenset({"or", "vs", "versus", "nor"})


def names_stranger(reading: Reading) -> bool:
    """Whether "the wizard or the CSM" sets a word that nobody knows against a role."""
    for index, token in enumerate(reading.tokens):
        if token.text not in OR:
            continue
        before = [span for span in reading.spans if span.position < index and counts(span)]
        after = [span for span in reading.spans if span.position > index and counts(span)]
        left, right = before[-1:], after[:1]
        if right and right[0].senses and len(after) > 1 and after[1].position == right[0].position + right[0].length:
            right = [after[0], after[1]] if not after[1].senses and "role" not in after[0].tags else right
        if (any(map(is_unknown, left)) and any("role" in span.tags for span in right)) or (
            any("role" in span.tags for span in left) and any(map(is_unknown, right))
        ):
            return True
    return False


def counts(span: Span) -> bool:
    """Whether a span is more than filler."""
    return bool(span.senses) or span.weight > 0


def is_unknown(span: Span) -> bool:
    """Whether nothing is known of the words."""
    return not span.senses and span.weight > 0


def blurs_amount(reading: Reading, is_usual: Callable[[str], bool]) -> bool:
    """Whether a word that nobody knows, and that may be a slip, stands right at a number: "less tan 50k", "90 dys"."""
    unknown = {
        span.position
        for span in reading.spans
        if is_unknown(span) and not reading.tokens[span.position].typed[:1].isupper() and not is_usual(reading.tokens[span.position].text)
    }
    return any(
        index - 1 in unknown or (index + 1 in unknown and not any(mark in token.text for mark in "$€£¥kmb%"))
        for index, token in enumerate(reading.tokens)
        if token.is_number
    )


def asked_date(reading: Reading, asking: frozenset[str]) -> Amount | None:
    """A year or month in the clause that asks: what held or will hold then is wanted.

    In another clause, or after what was done in it ("who owns one that signed in 2024"), it is part of the story.
    """
    for amount in reading.amounts:
        if amount.kind != DATE or amount.fact or follows_event(reading, amount.start):
            continue
        start, stop = clause_around(amount.start, reading.tokens)
        asked = any(start <= span.position < stop and span.tags & asking for span in reading.spans)
        if asked or (start, stop) == (0, len(reading.tokens)):
            return amount
    return None


def follows_event(reading: Reading, start: int) -> bool:
    """Whether what was done stands right before a date."""
    before = [token.text for token in reading.tokens[max(0, start - 2) : start]]
    return bool(before) and before[-1] in DONE and before[0] not in ASKS


def doubts_amount(reading: Reading, sign: str) -> bool:
    """Whether a number could be read wrongly: "$50.000", "not under 50k", "40k or 60k", "€40k" where dollars count."""
    tokens = reading.tokens
    kinds = {
        index: amount.kind
        for amount in reading.amounts
        for index in range(amount.start, amount.stop)
        if amount.fact or amount.kind in (DATE, TENURE)
    }
    for index, token in enumerate(tokens):
        if not token.is_number or kinds.get(index) in (DATE, TENURE):
            continue
        before = [each.text for each in tokens[max(0, index - 4) : index]]
        after = tokens[index + 1 : index + 4]
        follows = [each.is_number for each in after]
        if (UNCLEAR.match(token.text) and kinds.get(index) != PERCENT) or any(mark in token.text and mark != sign for mark in SIGNS):
            return True
        if (before and before[-1] in IDENTIFYING and not is_measured(token, after)) or denies(before):
            return True
        is_followed = follows[:1] == [True] and not is_measured(after[0], after[1:])
        if is_followed or (len(after) > 1 and after[0].text in SPREADING and True in follows):
            return True
        if FOUR.match(token.text) and not (after and (after[0].text in UNIT_WORDS or after[0].text.endswith("s"))):
            return True
    return False


def is_measured(token: Token, after: list[Token]) -> bool:
    """Whether a number says how much or how long, and is no name: "the account 180 days out", "account 40k"."""
    return bool(after and unit_of(after[0].text) in DAYS) or token.text[-1:] in MEASURED


def denies(before: list[str]) -> bool:
    """Whether words right before a number deny it: "not under 50k"; "not out after 30 days" denies something else."""
    while before and before[-1] in COMPARATIVE:
        before = before[:-1]
    return bool(before) and before[-1] in DENYING


def compounds(reading: Reading, is_foreign: Callable[[str], bool]) -> bool:
    """Whether a common word that means nothing here makes something else of the name behind it: a "zoom licence", a "bank account"."""
    spoken = [match.spans for match in reading.matches.values()]
    return any(
        is_unknown(span)
        and following.position == span.position + 1
        and following.tags & NAMING
        and is_foreign(reading.tokens[span.position].text)
        for index, (span, following) in enumerate(pairwise(reading.spans))
        if not any({index, index + 1} <= each for each in spoken)
    )


def is_story(index: int, reading: Reading, asking: frozenset[str]) -> bool:
    """Whether a word stands in a clause that asks nothing, where another one does."""
    start, stop = clause_around(index, reading.tokens)
    return any(span.tags & asking for span in reading.spans) and not any(
        start <= span.position < stop and span.tags & asking for span in reading.spans
    )


def qualifies(reading: Reading, company: str, asking: frozenset[str], inside: Mapping[str, frozenset[str]]) -> bool:
    """Whether a word that nobody knows says where or for which part of the market: "in EMEA", "at fleet"; a customer's name does not.

    `inside` are the words that do not say so, by the one before.
    """
    unknown = {span.position for span in reading.spans if is_unknown(span)}
    lower = {span.position for span in reading.spans if is_unknown(span) and span.weight >= UNKNOWN}
    owners = (at for at in lower if reading.tokens[at].typed.lower().endswith(POSSESSIVE))
    if any(not (company and is_story(at, reading, asking)) for at in owners):
        return True
    for index, token in enumerate(reading.tokens):
        if token.text not in PLACING or ((company or token.text != AT) and is_story(index, reading, asking)):
            continue
        at = index + 1
        while at < len(reading.tokens) and reading.tokens[at].text in DETERMINERS:
            at += 1
        if (
            at in (unknown if token.text == AT and not company else lower)
            and not NO_PLACE.match(reading.tokens[at].text)
            and reading.tokens[at].text not in MONTHS
            and reading.tokens[at].text not in inside.get(token.text, ())
            and reading.tokens[at].typed.lower() not in company.lower().split()
            and not reading.tokens[at].text[:1].isdigit()
        ):
            return True
    return False
