"""Companies whose practice is known and whose name is an everyday word: a fleet of trucks is not Fleet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from bot.understand.lexicon import Span
from bot.understand.text import Token
from bot.understand.wording import Wording

PRACTICE = "practice"
BEFORE_NAMES = frozenset({"at", "by", "from", "like", "does", "do", "did", "has"})
"""Behind one of these it is a company: "how does fleet do it"."""


def only_names(spans: Iterable[Span], tokens: Sequence[Token], wording: Wording) -> Iterator[Span]:
    """The spans of a question put to a company, without those companies that are no more than a word of English there."""
    for span in spans:
        if PRACTICE in span.tags and span.length == 1 and not is_name(span, tokens, wording):
            senses = tuple(sense for sense in span.senses if sense.tag != PRACTICE)
            yield replace(span, senses=senses, tags=span.tags - {PRACTICE})
        else:
            yield span


def is_name(span: Span, tokens: Sequence[Token], wording: Wording) -> bool:
    """Whether a word stands for a company: it is no word otherwise, is written like a name, or stands where one does."""
    token = tokens[span.position]
    if not wording.english(token.text) or (token.typed[:1].isupper() and token.start > 0):
        return True
    return span.position > 0 and tokens[span.position - 1].text in BEFORE_NAMES
