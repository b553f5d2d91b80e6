"""What people tell of themselves and of what they want to see: the roles, segments and subjects that a few words name.

A role is offered from the title of a Slack profile only where the company's own names say so, exactly or with a slip repaired; the
person confirms it with a click.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.domain.company import Company, Party
from bot.render.inert import clean
from bot.slack.views.here import Here
from bot.understand.text import Token, tokenize

Stems = tuple[str, ...]
Thing = tuple[str, str]
"""What a name belongs to: its kind (`role`, `segment`, `subject`) and its id."""

LONGEST = 200
"""Of a longer text only the beginning is read: nobody names more."""
APART = re.compile(r"\s+[-–—|/@]\s+|[,;|/@()\[\]–—•·]|\s+at\s+", re.IGNORECASE)
"""What stands between the parts of a title."""
RANK = re.compile(r"\s+(?:[ivx]{1,4}|\d{1,2})$", re.IGNORECASE)
"""The step of a career at the end of a title."""
OF = frozenset({"of", "for", "to", "and", "or", "the", "no", "not", "former", "ex"})
"""Words after which a role's name is not whose title it is: "Director of Account Executives"."""
I_AM = re.compile(r"^\s*(?:i\s*am|i'?m|my\s+role\s+is)\b", re.IGNORECASE)
"""How people begin to say who they are; "AM" is a role in many a company."""
KINDS = ("role", "segment", "subject")
OWN = 2
"""How many of the phrases of `called` are a name and no nickname."""
BEGUN = 4
"""So many letters of a word tell which it is."""
PASSED_OVER = frozenset({"the", "a", "an", "for", "and", "in", "of", "with", "segment", "as", "role", "customers"})


@dataclass(frozen=True, slots=True)
class Told:
    """What words name: ids, in the order of the words, and the words that name nothing."""

    roles: tuple[str, ...] = ()
    segments: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


def read_names(text: str, here: Here, kinds: Iterable[str] = KINDS) -> Told:
    """The roles, segments and subjects that a text names, longest names first; typing errors are mended.

    What is none of `kinds` is not looked for: a segment may be called as a motion is elsewhere.
    """
    known = names_of(here.company, frozenset(kinds))
    longest = max(map(len, known), default=0)
    tokens = [token for token in tokenize(I_AM.sub("", text[:LONGEST])) if not token.is_stop]
    found: dict[str, dict[str, None]] = defaultdict(dict)
    unknown: list[str] = []
    index = 0
    while index < len(tokens):
        length, things = longest_at(tokens, index, known, longest, here)
        for kind, id in things:
            found[kind][id] = None
        if not length and tokens[index].text not in PASSED_OVER:
            unknown.append(tokens[index].typed)
        index += max(1, length)
    return Told(tuple(found["role"]), tuple(found["segment"]), tuple(found["subject"]), tuple(map(clean, unknown)))


def longest_at(tokens: list[Token], index: int, known: dict[Stems, set[Thing]], longest: int, here: Here) -> tuple[int, list[Thing]]:
    """How many words from here are a name, and whose; as they were typed, or with slips repaired."""
    for size in range(min(longest, len(tokens) - index), 0, -1):
        words = tokens[index : index + size]
        for read in (words, here.prepared.lexicon.repair(words)):
            things = known.get(tuple(token.stem for token in read))
            if things:
                return size, sorted(things)
        if things := begun(words, known):
            return size, sorted(things)
    return 0, []


def begun(words: list[Token], known: dict[Stems, set[Thing]]) -> set[Thing]:
    """Whose name the words begin, word by word: "account exec"; none where that could be several."""
    typed = [token.text for token in words]
    found = {
        thing
        for stems, things in known.items()
        if len(stems) == len(typed) and all(stem.startswith(text) and len(text) >= BEGUN for stem, text in zip(stems, typed, strict=True))
        for thing in things
    }
    return found if len(found) == 1 else set()


def names_of(company: Company, kinds: frozenset[str]) -> dict[Stems, set[Thing]]:
    """Every name of the company's roles, segments and subjects, as stems. What is somebody's name is not also another's nickname."""
    known, nicknames = (defaultdict[Stems, set[Thing]](set) for _ in range(2))
    for kind, id, phrases in (
        *(("role", role.id, called(role.id, role.name, role.aka)) for role in company.roles()),
        *(("segment", each.id, called(each.id, each.name, each.aka)) for each in company.segments.values()),
        *(("subject", each.id, called(each.id, each.name, each.aka)) for each in company.subjects.values()),
    ):
        for number, phrase in enumerate(phrases if kind in kinds else ()):
            (known if number < OWN else nicknames)[stems_of(phrase)].add((kind, id))
    for stems, things in nicknames.items():
        known[stems] = known[stems] or things
    known.pop((), None)
    return known


def called(id: str, name: str, aka: Iterable[str]) -> tuple[str, ...]:
    """Everything that something is called."""
    return (name, id.replace("-", " "), *aka)


def stems_of(phrase: str) -> Stems:
    """A name as the stems of its words."""
    return tuple(token.stem for token in tokenize(phrase) if not token.is_stop)


def offered_role(title: str, here: Here) -> Party | None:
    """The role whose name the title of a profile is, or ends with; of several titles the first that is a role. None where it is unclear."""
    names: dict[Stems, set[str]] = defaultdict(set)
    for role in here.company.roles():
        for phrase in called(role.id, role.name, role.aka):
            names[stems_of(phrase)].add(role.id)
    whole, *parts = (role_at_end(part, names, here) for part in titles_in(title[:LONGEST]))
    found = whole if whole and whole != parts[-1] else next((roles for roles in parts if roles), set())
    return here.company.parties[next(iter(found))] if len(found) == 1 else None


def titles_in(title: str) -> Iterator[str]:
    """The whole title, then each of its parts; without the step of a career."""
    for part in (title, *APART.split(title)):
        yield RANK.sub("", part.replace(". ", " ").strip(" ."))


def role_at_end(title: str, names: dict[Stems, set[str]], here: Here) -> set[str]:
    """The roles whose name stands at the end of a title, the longest name; none where what stands before says otherwise."""
    tokens = tokenize(title)
    if not tokens or any(token.is_stop for token in tokens):
        return set()
    for start in range(len(tokens)):
        if any(token.text in OF for token in tokens[:start]):
            break
        for read in (tokens[start:], here.prepared.lexicon.repair(tokens[start:])):
            found = names.get(tuple(token.stem for token in read))
            if found:
                return found
    return set()
