"""The words around numbers: what compares, what counts from when, what money is, and what a number is not of."""

from __future__ import annotations

from collections.abc import Iterable

Words = tuple[str, ...]


def by_last_word(phrases: Iterable[str]) -> dict[str, tuple[Words, ...]]:
    """Phrases by their last word, longest first."""
    found: dict[str, list[Words]] = {}
    for phrase in sorted(phrases, key=lambda each: -len(each.split())):
        words = tuple(phrase.split())
        found.setdefault(words[-1], []).append(words)
    return {word: tuple(each) for word, each in found.items()}


EXACT = ("exactly", "around", "about", "roughly", "approximately", "approx", "say")
ABOUT, GOING_ON = ("about",), frozenset({"what", "how"})
"""In "what about 15%?" nothing is estimated."""
COMPARING = by_last_word(
    (
        *("under", "below", "less than", "over", "above", "more than", "at least", "at most", "up to", "no more than", "fewer than"),
        *("bigger than", "larger than", "smaller than", "greater than", "higher than", "lower than", "north of", "south of", *EXACT),
    )
)
SAME = {"bigger than": "over", "larger than": "over", "greater than": "over", "higher than": "over", "north of": "over"}
SAME |= {"smaller than": "under", "lower than": "under", "south of": "under"}
PEOPLE = (
    "people",
    "person",
    "persons",
    "heads",
    "head",
    "folks",
    "ppl",
    "employees",
    "employee",
    "headcount",
    "staff",
    "fte",
    "ftes",
    "strong",
    "man",
)
"""Words for those who work at a customer: where a count goes by one of them, it goes by all."""
AFTERWARDS = ("or more", "or less", "or over", "or under", "plus", "and up", "or above", "or below", "and above", "and below", "or fewer")
EARLIER = (
    *("before", "prior to", "ahead of", "until", "till", "to", "away from", "out from", "from", "left before", "left until", "left to"),
    *("out of", "short of", "to go before", "to go until"),
)
LATER = ("after", "since", "past", "post", "following", "into")
OUT = ("out", "left", "to go", "away")
SKIPPED = frozenset(
    {"the", "a", "an", "our", "their", "its", "my", "this", "that", "deal", "contract", "was", "we", "it", "you", "they", "next"}
)
AS_COMPARED = {"plus": "or more", "and up": "or more", "and above": "or more", "and below": "or less"}
PLURALS = frozenset({"people", "staff", "men", "women"})
NO_PLURALS = frozenset(
    {"does", "this", "dollars", "euros", "bucks", "pounds", "owns", "gets", "takes", "goes", "drives", "runs", "handles", "across"}
)
LATER_ON = "later"
AGO, REACH = frozenset({"ago", "back", LATER_ON}), 4
"""What says that a duration counts from what was told before it, and how many words before it that may stand."""
LASTING, AT_ALL = frozenset({"for", "since"}), frozenset({"like", "about", "over", "almost", "nearly", "already", "now", "some"})
"""What says the same right before a duration: "gone for 200 days"; and what may stand between."""
EVENTS = {
    "end": (
        *("ended", "expired", "lapsed", "lapse", "ran out", "gone", "churned", "left us", "subscription ended", "contract ended"),
        *("sub expired", "sub ended", "sub lapsed", "subscription expired", "contract expired", "contract ran out", "subscription ran out"),
    ),
    "close": ("closed", "closed won", "first close", "first deal closed", "won", "signed", "signature"),
    "go-live": ("went live", "live", "golive", "launched", "launch"),
}
"""What people call the events from which a duration is counted, whatever a model calls them."""
AHEAD = frozenset(
    {
        "in",
        "is",
        "are",
        "still",
        "only",
        "due",
        "comes",
        "coming",
        "up",
        "just",
        "about",
        "within",
        "now",
        "already",
        "not",
        "another",
        "has",
    }
)
"""Words between an event and the time until it: "the renewal is only 3 weeks out"."""
PERCENT = "percent"
"""What stands for the sign."""
ONWARD, UNDER = ("to", "-", "up to", "and up to", "up to and including"), ("under", "below", "less than")
BETWEEN, INCLUSIVE = "between", "inclusive"
"""What leads from one percentage to the end of the range, and what says whether that end belongs to it."""
RAISED = frozenset({"to", "by"})
"""What may stand between a name and its percentage, beside words that join: "raise the uplift to 7%"."""
SURE = frozenset({"sure", "certain", "positive", "confident"})
"""Of what a percentage is none that rules go by: "I am 100% sure"."""
DATE = "date"
"""The kind of a year or month; one that is no fact here is a number that says when something else was."""
CURRENCIES, WORTH, LINKING = (
    frozenset({"dollars", "dollar", "bucks", "usd", "euros", "euro", "eur", "pounds"}),
    "worth",
    frozenset({"in", "of"}),
)
"""What may stand between an amount and what it is of."""
CHANGES = frozenset(
    {"fell", "falls", "fallen", "dropped", "drops", "dropping", "sank", "shrank", "down", "grew", "grown", "rose", "rises", "up", "lost"}
    | {"burn", "burns", "burning", "burned", "uses", "using", "grows", "growing", "climbed", "climbs", "jumped", "climbing"}
)
SHARES = frozenset(
    {"used", "consumed", "burned", "burnt", "spent", "done", "through", "drawn", "down", "lower", "higher", "less", "gone", "complete"}
)
"""Words before and behind a share that say how much something changed, or how much of it is used."""
OF_PRICE = frozenset({"list", "price", "discount", "rebate", "reduction", "value", "deal", "cost", "fee"})
"""What a share of is a discount: "20% of the price"; a share of anything else is none: "20% of the credits are left"."""
JOINING = frozenset({"of", "is", "at", "was", "are", "be"})


def is_share(behind: list[str]) -> bool:
    """Whether the words behind a percentage say that it is one of something without a price: "20% of their credits"."""
    return len(behind) > 1 and behind[0] == "of" and OF_PRICE.isdisjoint(behind)
