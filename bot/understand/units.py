"""The pieces into which phrasings and questions are cut, so that they can be laid beside each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.understand.forms import STANDS_FOR, UNKNOWN
from bot.understand.lexicon import ARTICLES, UNKNOWN_NAME, Span
from bot.understand.roots import root
from bot.understand.text import Token

PLACEHOLDER, CONTENT, SAID_AROUND = 2.0, 1.5, 0.15
"""How much a name, a word and a filler of a phrasing weigh; cues weigh as the language says."""
THREAD = "thread"
"""The kind of name that the answer before is taken for; a phrasing that goes on from it is said whole."""
CUSTOMER = "customer"
"""The kind of name that an unknown word with a capital is taken for."""


@dataclass(frozen=True, slots=True, eq=False)
class Unit:
    """A piece of a phrasing or a question: a name of some kind, or words with the cues that they carry. Phrasings share theirs."""

    names: frozenset[str]
    words: frozenset[str]
    """The roots of its words."""
    cues: frozenset[str]
    weight: float

    @property
    def features(self) -> Iterator[str]:
        """What it can be found by."""
        yield from self.kinds
        yield from self.words

    @property
    def kinds(self) -> Iterator[str]:
        """What it is, whatever its words are."""
        yield from (f"{{{name}}}" for name in self.names)
        yield from (f"#{cue}" for cue in self.cues)


def placeholder(piece: str, cues: frozenset[str]) -> Unit:
    """What stands for any name of a kind, or for any words that carry a cue."""
    kinds = frozenset(STANDS_FOR.get(piece, (piece,)))
    return Unit(kinds - cues, frozenset(), kinds & cues, SAID_AROUND if piece == THREAD else PLACEHOLDER)


def unit_of(span: Span, tokens: Sequence[Token], cues: frozenset[str]) -> Unit:
    """A span as a unit."""
    words = frozenset(root(token.text) for token in tokens[span.position : span.position + span.length] if not token.is_stop and token.text)
    names = span.tags - cues
    weight = 0.0 if words <= ARTICLES and not names and not span.tags else span.weight or SAID_AROUND
    return Unit(names, words, span.tags & cues, weight)


def named(unit: Unit, span: Span) -> Unit:
    """A unit of a question: a word that nobody knows is one too, and with a capital probably a customer's name."""
    if span.senses or not span.weight:
        return unit
    return replace(unit, names=frozenset({UNKNOWN, CUSTOMER} if span.weight == UNKNOWN_NAME else {UNKNOWN}))


def kind_of(unit: Unit, other: Unit) -> str:
    """As what a unit of a question serves: the kind of name that the phrasing has there, or the cue."""
    found = sorted(unit.names & other.names) or sorted(unit.cues & other.cues)
    return found[0] if found else ""
