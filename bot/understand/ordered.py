"""What no ruling answers whatever it shares with a question: orders, what is done to somebody, and what has happened."""

from __future__ import annotations

from bot.domain.questions import Question, Understood
from bot.understand.choose import frame_for
from bot.understand.forms import Fit
from bot.understand.frames import DETERMINERS, Reading
from bot.understand.prepare import Prepared
from bot.understand.strangers import is_unknown

DECLINED, LIVE = "declined", "live-data"
ACTION = "action"
"""The cue of what the bot is told to do."""
DISMISSING, PEOPLE = "dismissing", "people-matters"
"""The cue of what is done to somebody, and what is said to that."""
ORDERS = frozenset(
    {"approve", "grant", "waive", "reject", "deny", "authorise", "authorize", "write", "reassign", "move", "put", "hand", "transfer"}
    | {"nudge", "ping", "chase", "poke", "push", "rush", "fix", "repair", "email", "call", "phone", "text", "message", "invite", "notify"}
)
"""Verbs that order something where they open a sentence that asks nothing: "approve the exception for Initech"."""
ORDERED = (DETERMINERS - {"of", "to", "that"}) | {"me", "us"}
"""What stands behind such a verb."""
SELF, GIVES, POLITE = (
    frozenset({"me", "us"}),
    frozenset({"give", "grant", "offer", "extend"}),
    frozenset({"please", "pls", "plz", "kindly", "now"}),
)
SENDS, TO = frozenset({"tell", "ask", "get", "remind", "order"}), "to"
"""Verbs by which somebody is to be told to do something: "ask legal to redline the contract"."""
HAPPENED = frozenset({"did"})
"""Words that open a question after what has happened."""


def beyond_rulings(reading: Reading, prepared: Prepared) -> str:
    """Why no ruling answers, whatever it shares with the question: something is done to somebody, or something is ordered; else empty."""
    if any(DISMISSING in span.tags for span in reading.spans):
        return PEOPLE
    words = said_first(reading)
    first, second = (words + [""] * 2)[:2]
    is_order = (first in ORDERS and second in ORDERED) or (first in SENDS and second not in SELF and TO in words[2:5])
    is_order |= first in GIVES and any(is_unknown(span) and reading.tokens[span.position].text == second for span in reading.spans)
    asks = any(token.text == "?" for token in reading.tokens) or any(span.tags & prepared.asks for span in reading.spans)
    return ACTION if is_order and not asks else ""


def said_first(reading: Reading) -> list[str]:
    """The words with which a question begins, but for those that are only polite."""
    words = [token.text for token in reading.tokens if token.text]
    return words[next((at for at, word in enumerate(words) if word not in POLITE), 0) :][:5]


def declined_for(topic: str, reading: Reading, question: Question, prepared: Prepared) -> Understood:
    """What is not answered, and why."""
    intent = next(each for each in prepared.language.intents if each.id == DECLINED)
    form = next(each for each in intent.forms if topic in each.needs)
    return frame_for(Fit(intent, form, 1.0, {}), reading, question, prepared)


def is_of_records(reading: Reading) -> bool:
    """Whether something is to be done, or it is asked whether it was: no ruling tells that."""
    return any(ACTION in span.tags for span in reading.spans) or any(token.text in HAPPENED for token in reading.tokens[:1])
