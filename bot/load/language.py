"""`knowledge/language/` -> the language, or problems at the place of the mistake."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator, Field

from bot.domain.language import Decline, Form, Intent, Language, Phrasing, Size
from bot.load.layout import read_folder
from bot.load.shapes.base import Flag, Id, Shape, Text, Texts
from bot.load.shaping import Shaped, shape_lists, shape_names
from bot.problems import Place, Problem, did_you_mean, problem

TAGS = frozenset(
    {"subject", "step", "about", "role", "pair", "position", "thread", "fact", "segment", "activity", "entry", "unknown", "implies"}
) | {
    "stakeholder",
    "archetype",
    "signal",
    "term",
    "process",
    "link",
    "pod",
    "stage",
    "level",
    "practice",
    "customer",
    "amount",
}
"""Tags that names of a model carry, beside the cues."""
PLACEHOLDER = re.compile(r"\{([a-z-]+)\}")
LEANINGS, WORDING, WEIGHING = "leanings.json", "wording.json", "weighing.json"
"""The files that are fitted, and not written by hand."""
PLAINLY = "plainly"
"""The key of phrasings that ask for no key in particular."""


def split_words(value: object) -> object:
    """Words separated by spaces in one text."""
    return value.split() if isinstance(value, str) else value


def split_lines(value: object) -> object:
    """The lines of one text."""
    return [line.strip() for line in value.splitlines() if line.strip()] if isinstance(value, str) else value


Share = Annotated[float, BeforeValidator(lambda value: float(value) if isinstance(value, str) else value)]


class CueShape(Shape):
    """Words that carry a tag."""

    says: Texts
    """The words and phrases."""
    weight: Share = 2.0
    """How much it counts when a question is explained."""
    decisive: Flag = False
    """Whether no form fits that does not explain it."""
    opens: Flag = False
    """Whether it counts only where it opens the question, or right after the bot is spoken to: "can you …"."""
    tells: Annotated[Texts, BeforeValidator(split_words)] = ()
    """Topics and aspects of the findings that tell what is asked with it."""


class WordsShape(Shape):
    """Words without a tag."""

    are: Annotated[tuple[Text, ...], BeforeValidator(split_words)]
    """The words, separated by spaces."""


class FormShape(Shape):
    """A form: tags that are needed, `[tags]` that are allowed, `!tags` that must not be there."""

    of: Text
    """`who own subject [step]`: any order."""
    key: Text = ""
    """The kind of owner it asks for."""
    plus: Annotated[int, BeforeValidator(lambda value: int(value) if isinstance(value, str) else value)] = 0
    """By how much it goes before others that explain as much; for forms whose words leave no doubt of what is asked."""


class IntentShape(Shape):
    """An intent."""

    id: Id
    """Its name, which is also that of its resolver and its template."""
    about: Text
    """What people want to know, in one sentence."""
    forms: tuple[FormShape, ...] = Field(min_length=1)
    """What its questions are made of."""
    leans: tuple[FormShape, ...] = ()
    """What a question has to name whose words only lean to it; the first that fits is taken. Around it may stand what any form allows."""
    phrasings: dict[Text, Annotated[tuple[Text, ...], BeforeValidator(split_lines)]] = Field(default_factory=dict)
    """Whole questions, one a line, by the key that they ask for; `{role}` and the like stand for names, the key `plainly` asks for none."""
    rank: Annotated[int, BeforeValidator(lambda value: int(value) if isinstance(value, str) else value)] = 0
    """Decides between forms that explain a question equally well."""
    allows: Annotated[Texts, BeforeValidator(split_words)] = ()
    """Tags that all of its forms allow."""
    bars: Annotated[Texts, BeforeValidator(split_words)] = ()
    """Tags that none of its phrasings passes over: where the question has them, the phrasing has to."""
    topic: Text = ""
    """For declined questions: which kind."""
    matters: Text = ""
    """The section of a model whose entries are found by their words: the `entry` of a form."""
    beside: Text = ""
    """Another such section, whose entry counts as named where the question says more of it."""
    has: Share = 0.6
    """How much of the question's words an entry has to have."""
    had: Share = 0.3
    """How much of the entry's words the question has to have."""


class DeclineShape(Shape):
    """What is said to a kind of question that is not answered."""

    says: Text


NAME_SECTIONS: Mapping[str, type[Shape]] = {
    "cues": CueShape,
    "words": WordsShape,
    "groups": WordsShape,
    "alike": WordsShape,
    "same": WordsShape,
    "declines": DeclineShape,
}
LIST_SECTIONS: Mapping[str, type[Shape]] = {"intents": IntentShape}


def load_language(root: Path) -> tuple[Language, list[Problem], dict[str, str]]:
    """The language of a folder, what is wrong with it, and the text of its files."""
    folder, problems = read_folder(root, (*NAME_SECTIONS, *LIST_SECTIONS), ())
    named = {(entry.section, entry.id): entry for entry in shape_names(folder, NAME_SECTIONS, problems)}
    cues = {id: entry.shape.says for (section, id), entry in named.items() if section == "cues"}
    weights = {id: entry.shape.weight for (section, id), entry in named.items() if section == "cues"}
    tells = {id: entry.shape.tells for (section, id), entry in named.items() if section == "cues" and entry.shape.tells}
    words = {id: frozenset(entry.shape.are) for (section, id), entry in named.items() if section == "words"}
    declines = {id: Decline(id, entry.shape.says) for (section, id), entry in named.items() if section == "declines"}
    groups = {id: frozenset(entry.shape.are) for (section, id), entry in named.items() if section == "groups"}
    intents = tuple(intent_of(entry, TAGS | set(cues), groups, problems) for entry in shape_lists(folder, LIST_SECTIONS, problems))
    decisive = frozenset(id for (section, id), entry in named.items() if section == "cues" and entry.shape.decisive)
    opening = frozenset(id for (section, id), entry in named.items() if section == "cues" and entry.shape.opens)
    filler, common, grammar = (words.get(id, frozenset()) for id in ("filler", "known", "grammar"))
    aside = words.get("aside", frozenset())
    ordinary, asking = (groups.get(id, frozenset()) for id in ("ordinary", "asking"))
    alike = tuple(frozenset(entry.shape.are) for (section, _), entry in named.items() if section == "alike")
    same = tuple(entry.shape.are for (section, _), entry in named.items() if section == "same")
    places = {id: entry.part.at(key=True) for (section, id), entry in named.items() if section == "cues"}
    words_said = (filler, common, grammar, ordinary, asking)
    wording, weighing = (file if file.exists() else None for file in (root / WORDING, root / WEIGHING))
    fitted = (aside, root / LEANINGS, places, alike, same)
    shorthand, inside, written_in = (words.get(id, frozenset()) for id in ("shorthand", "inside", "written-in"))
    sizes = tuple(Size(words[id], words.get(f"{id}-ones", frozenset())) for id in ("small", "large") if id in words)
    typed = (wording, shorthand, {"at": inside, "in": inside | written_in})
    said_of = (words.get("buyers", frozenset()), sizes)
    language = Language(cues, weights, decisive, opening, *words_said, intents, declines, tells, *fitted, *typed, *said_of, weighing)
    return language, problems, folder.sources


def intent_of(entry: Shaped, known: frozenset[str], groups: Mapping[str, frozenset[str]], problems: list[Problem]) -> Intent:
    """An intent with its forms and phrasings read; `groups` are tags that forms allow by one name."""
    shape = entry.shape
    forms = [form_of(entry, ("forms", index), form, known, groups, problems) for index, form in enumerate(shape.forms)]
    around = frozenset(tag for form in forms for tag in (*form.needs, *form.allows))
    leans = [form_of(entry, ("leans", index), form, known, groups, problems) for index, form in enumerate(shape.leans)]
    phrasings = []
    for key, texts in shape.phrasings.items():
        place = entry.part.at("phrasings", key)
        for text in texts:
            problems += [unknown_tag(place, tag, known) for tag in PLACEHOLDER.findall(text) if tag not in known]
            phrasings.append(Phrasing(text, "" if key == PLAINLY else key, place))
    shares = (shape.has, shape.had)
    place = entry.part.at()
    return Intent(
        entry.id,
        shape.about,
        tuple(forms),
        shape.rank,
        shape.topic,
        place,
        shape.matters,
        shares,
        tuple(phrasings),
        frozenset(shape.bars),
        shape.beside,
        tuple(replace(form, allows=form.allows | around) for form in leans),
    )


def form_of(
    entry: Shaped,
    at: tuple[str, int],
    form: FormShape,
    known: frozenset[str],
    groups: Mapping[str, frozenset[str]],
    problems: list[Problem],
) -> Form:
    """A form: its tags read; those that nobody knows are told."""
    listed = [tag for group in (*re.findall(r"\[([^\]]*)\]", form.of), " ".join(entry.shape.allows)) for tag in group.split()]
    allowed = frozenset(each for tag in listed for each in groups.get(tag, (tag,)))
    outside = re.sub(r"\[[^\]]*\]", " ", form.of).split()
    needed = tuple(tag for tag in outside if not tag.startswith("!"))
    barred = frozenset(tag[1:] for tag in outside if tag.startswith("!"))
    problems += [unknown_tag(entry.part.at(*at, "of"), tag, known) for tag in (*needed, *allowed, *barred) if tag not in known]
    return Form(needed, allowed, barred, form.key, form.of, form.plus)


def unknown_tag(place: Place, tag: str, known: frozenset[str]) -> Problem:
    """A tag that is neither a cue nor a kind of name."""
    return problem(
        "unknown-name",
        place,
        f'no cue or kind of name is called "{tag}"',
        expected=f"one of {', '.join(sorted(known))}",
        fix=f"{did_you_mean(tag, known)}Otherwise add it to cues/",
    )
