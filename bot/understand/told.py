"""What spans are told for, where words around them make something else of them: conditions, roles that are there or not, names in two."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.domain.company import Company
from bot.understand.lexicon import Lexicon, Span, make_span
from bot.understand.senses import Sense
from bot.understand.text import Token

NO_ROLE = re.compile(
    r"(?:^| )(?:no|without|lacks?|missing|zero|(?:nobody|no one)(?: is| sits)?(?: sitting)? in the"
    r"|(?:there|that) (?:is not|isn't|isnt|is no)"
    r"|(?:does not|doesn't|doesnt|do not|don't|dont|has not|hasn't|hasnt|have not|haven't|havent|has no|have no)(?: have| got)"
    r"|(?:has|have) no)(?: an?| any)?(?: assigned| dedicated| named)?$"
)
"""What stands before a role that is not on the account."""
A_ROLE = re.compile(
    r"(?:^| )(?:put|has|have|there is|there's|theres|with|got|assigned|already)(?: already| now)?"
    r" (?:an?|their|our|another|one)(?: new| named)?$"
)
ON_IT = re.compile(r"(?:is |was |are )?(?:already )?(?:on (?:it|this|that|board|the account|the deal|this one)|assigned|in place)(?: |$)")
"""What stands before and behind a role that is on the account."""
GONE = re.compile(
    r"(?:(?:seat|position|post|role|chair|desk|spot)s? )?(?:(?:is|was|has been|had been|stays|stayed|sits|sat|remains|'s|been) )?"
    r"(?:still |currently |now )?(?:empty|vacant|unfilled|unstaffed|vacancy)(?: |$)"
)
"""What stands behind a role that nobody fills: "our AE seat is vacant"."""
BEFORE = 6
"""How many words before a role are looked at for that."""
ON_ACCOUNT = frozenset({"assigned", "managed"})
"""Words behind a role with which a value says that it is on the account."""
PAID = "paid"
"""The cue of questions for who is paid, and the word for it that may as well say that a customer pays."""
PAID_FOR, PAYING = frozenset({"on", "for", "out"}), frozenset({"they", "it", "not", "never", "hasnt", "havent", "didnt", "half", "already"})
"""What somebody is paid for stands behind these; before it, those say that it is the customer who pays."""
LEAVER = "leaver"
"""The cue of somebody who leaves."""
WHEN, CONJOINING = "when", frozenset({"when", "whenever"})
"""The cue of questions for a time, and its words that may as well say under which condition."""
ASKING = frozenset({"who", "why", "where", "owner", "mine", "can", "what-does", "what"})
"""Cues of words that ask something else."""
TOLD_OF = frozenset({"there", "there's", "theres", "they", "he", "she", "nobody", "someone", "somebody", "no"})
"""Words after "when" that are never the verb of a question."""
AUXILIARY = frozenset(
    {"is", "are", "was", "were", "does", "do", "did", "should", "shall", "must", "can", "could", "will", "would", "may", "might", "has"}
    | {"have", "had", "to", "isn't", "doesn't", "am", "need", "needs", "exactly"}
)


def across(spans: Sequence[Span], tokens: Sequence[Token], lexicon: Lexicon) -> list[Span]:
    """The spans, with names that a value stands in the middle of: "new mid-market customers" are new customers."""
    found = list(spans)
    for first, span in enumerate(spans):
        last = next((at for at in range(first + 1, len(spans)) if "fact" not in spans[at].tags), len(spans))
        if span.length > 1 or "fact" in span.tags or not first + 1 < last < len(spans):
            continue
        words = (tokens[span.position], *tokens[spans[last].position : spans[last].position + spans[last].length])
        phrase = lexicon.phrases.get(tuple(token.stem for token in words))
        if phrase and (named := tuple(sense for sense in phrase.senses if sense.tag == "subject")):
            found[first] = unasked(span)
            found[last] = make_span(spans[last].typed, spans[last].start, named, phrase.weight, (spans[last].position, spans[last].length))
    return found


def conjoined(spans: Sequence[Span], tokens: Sequence[Token]) -> list[Span]:
    """The spans without a "when" that asks nothing: "who owns it when there is no CSM", and not "when does it start"."""
    asks = any(span.tags & ASKING and WHEN not in span.tags for span in spans)
    return [span if not (WHEN in span.tags and is_conjunction(span, tokens, asks)) else unasked(span) for span in spans]


def left_by_customers(spans: Sequence[Span], tokens: Sequence[Token], buyers: frozenset[str]) -> list[Span]:
    """The spans without words for somebody who leaves, or is paid, where it is the customer that left, or that pays."""
    people = any("role" in span.tags for span in spans)
    return [
        unasked(span)
        if (index and LEAVER in span.tags and not people and is_customer(spans[index - 1])) or pays(span, tokens, buyers)
        else span
        for index, span in enumerate(spans)
    ]


def pays(span: Span, tokens: Sequence[Token], buyers: frozenset[str]) -> bool:
    """Whether words say that a customer pays for what it has: "since they paid", "the client paid late"."""
    if span.tags != {PAID} or span.typed.lower() != PAID or not span.position:
        return False
    following = tokens[span.position + 1].text if span.position + 1 < len(tokens) else ""
    before = tokens[span.position - 1]
    return following not in PAID_FOR and (before.text in PAYING or {before.text, before.stem} & buyers != set())


def is_customer(span: Span) -> bool:
    """Whether words name the customer, and nothing else."""
    sense = span.sense("subject")
    return sense is not None and span.tags == {"subject"} and set(sense.ids) == {"account"}


def is_conjunction(span: Span, tokens: Sequence[Token], asks: bool) -> bool:
    """Whether "when" says under which condition: who is spoken of follows, and not the verb of a question."""
    at = span.position + span.length
    if span.typed.lower() not in CONJOINING or at >= len(tokens):
        return False
    following = tokens[at].text
    return following in TOLD_OF or (asks and span.position > 0 and following not in AUXILIARY and not tokens[at].is_stop)


def unasked(span: Span) -> Span:
    """A span as a word without meaning."""
    return replace(span, senses=(), tags=frozenset(), weight=0.0)


def absent_roles(spans: Sequence[Span], tokens: list[Token], company: Company, lexicon: Lexicon) -> list[Span]:
    """The spans with roles that are there or not, without those for words that say so."""
    found: list[Span] = []
    free = 0
    for span in spans:
        if span.position < free:
            continue
        made = absent_role(span, tokens, company, lexicon)
        free = made.position + made.length if made.length > span.length else free
        found.append(made)
    return found


def assigned_role(span: Span, tokens: list[Token], lexicon: Lexicon) -> Sense | None:
    """The role in a value that says it is on the account: "CSM-assigned", of which "no CSM assigned" denies no more than the CSM."""
    words = tokens[span.position : span.position + span.length]
    if "fact" not in span.tags or len(words) < 2 or words[-1].text not in ON_ACCOUNT:
        return None
    phrase = lexicon.phrases.get(tuple(token.stem for token in words[:-1]))
    return next((sense for sense in phrase.senses if sense.tag == "role"), None) if phrase else None


def absent_role(span: Span, tokens: list[Token], company: Company, lexicon: Lexicon) -> Span:
    """ "no CSM" says that none is on the account, "an AE is on it" that one is; neither asks about the role."""
    role = span.sense("role") or assigned_role(span, tokens, lexicon)
    attribute = f"{role.ids[0]}-on-account" if role else ""
    if role is None or attribute not in company.attributes:
        return span
    before = " ".join(token.text for token in tokens[max(0, span.position - BEFORE) : span.position])
    behind = span.position + span.length
    after = " ".join(token.text for token in tokens[behind : behind + BEFORE])
    gone = GONE.match(after)
    said = "no" if gone or NO_ROLE.search(before) else "yes" if A_ROLE.search(before) and ON_IT.match(after) else ""
    if not said:
        return span
    made = make_span(span.typed, span.start, (Sense("fact", (said,), attribute, frozenset({said})),), 2.0)
    taken = len(gone.group().split()) if gone else 0
    return replace(made, position=span.position, length=span.length + taken, repaired=span.repaired)
