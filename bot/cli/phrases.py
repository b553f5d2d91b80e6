"""phrases: what would match an intent, in words."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

import click

from bot.cli.opening import leave, open_company, today
from bot.problems import did_you_mean
from bot.understand.sample import KINDS, Sample, SampledForm, sample

SHOWN = 8
"""So many words of a cue, names of a kind and optional parts are listed; tools get them all."""
LANGUAGE = "knowledge/language/"
HOW_TO_READ = (
    "A form matches when all its parts are said, in any order. What is in [brackets] may be said as well; {braces} stand for a name, "
    "and a word in quotes for any of its kind, listed below."
)


@click.command(short_help="Show what would match an intent.")
@click.argument("intent", required=False)
@click.option("--company", metavar="DIR", help="Whose names are used: the folder of a model, the name of an example, or none.")
@click.option("--json", "as_json", is_flag=True, help="Everything in JSON.")
def phrases(intent: str | None, company: str | None, as_json: bool) -> None:
    """Show what would match an intent: its forms and phrasings, grouped by what they ask for, with examples.

    \b
    rolecall phrases who
    rolecall phrases permission --company ./model
    """
    engine = open_company(company)
    intents = {each.id: each for each in engine.language.intents}
    if intent not in intents:
        listed = "\n".join(f"  {each.id:<{max(map(len, intents))}}  {each.about}" for each in intents.values())
        asked = f'There is no intent "{intent}". {did_you_mean(intent, intents)}' if intent else "Which intent?"
        leave(f"{asked.rstrip()}\nThere are:\n{listed}")
    found = sample(intents[intent], engine.view()[0], today())
    if as_json:
        click.echo(json.dumps(sample_as_json(found), ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(sample_lines(found)))


def sample_lines(found: Sample) -> Iterator[str]:
    """What would match, for people."""
    yield f"{found.intent.id}: {found.intent.about}"
    yield HOW_TO_READ
    yield ""
    yield f"Forms in {LANGUAGE}{found.intent.place.path}:"
    for key, forms in groupby(sorted(found.forms, key=lambda each: each.form.key), lambda each: each.form.key):
        yield f"  asking for {key}:" if key else "  asking for no key of its own:"
        for form in forms:
            yield from form_lines(form, found)
    if found.intent.phrasings:
        yield ""
        yield "Whole phrasings, of which a question may be a little apart:"
        for key, those in groupby(found.intent.phrasings, lambda each: each.key):
            yield f"  asking for {key}:" if key else "  asking for no key of its own:"
            yield from (f"    {each.text}" for each in those)
    yield from legend_lines(found)


def form_lines(sampled: SampledForm, found: Sample) -> Iterator[str]:
    """One form: what has to be said, what may be, what must not, and an example."""
    yield "    " + " + ".join(say_tag(tag, found) for tag in sampled.needs)
    optional = [say_tag(tag, found) for tag in sampled.optional]
    more = f" … {len(optional) - SHOWN} more" if len(optional) > SHOWN else ""
    if optional:
        yield f"      [{' '.join(optional[:SHOWN])}{more}]"
    if sampled.bars:
        yield f"      not with {' '.join(say_tag(tag, found) for tag in sampled.bars)}"
    if sampled.example:
        yield f"      such as: {sampled.example}"


def say_tag(tag: str, found: Sample) -> str:
    """A part of a form: the kind of a name, or the first of the words that do."""
    words = found.words.get(tag)
    return f'"{words[0]}"' if words else f"{{{tag}}}"


def legend_lines(found: Sample) -> Iterator[str]:
    """The names and words for which the parts stand."""
    if found.names:
        yield ""
        yield "Names:"
        for tag, names in found.names.items():
            yield f"  {{{tag}}}: {KINDS[tag]}" + (f", such as {say_some(names)}" if names else "")
    if found.words:
        yield ""
        yield f"Words in {LANGUAGE}cues/, by the name of the cue:"
        for tag, words in found.words.items():
            yield f'  "{words[0]}" ({tag}): {say_some(words)}'


def say_some(words: Sequence[str]) -> str:
    """The first of some words, and how many there are."""
    return ", ".join(words[:SHOWN]) + (f" … {len(words)} in all" if len(words) > SHOWN else "")


def sample_as_json(found: Sample) -> Mapping[str, Any]:
    """What would match, for tools."""
    return {
        "intent": found.intent.id,
        "about": found.intent.about,
        "file": LANGUAGE + found.intent.place.path,
        "forms": [
            {
                "form": each.form.text,
                "key": each.form.key,
                "needs": list(each.needs),
                "optional": list(each.optional),
                "not": list(each.bars),
                "example": each.example,
            }
            for each in found.forms
        ],
        "phrasings": [{"text": each.text, "key": each.key} for each in found.intent.phrasings],
        "names": {tag: list(names) for tag, names in found.names.items()},
        "words": {tag: list(words) for tag, words in found.words.items()},
    }
