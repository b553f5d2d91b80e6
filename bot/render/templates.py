"""The templates of `prompts/`, sandboxed. The only door to `jinja2`.

A template has the blocks `headline`, `lines`, `why` and `next`; each is rendered apart, a line each. Undefined names are errors, so
that a template cannot fall silent.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from types import CodeType
from typing import Any, ClassVar

from jinja2 import BytecodeCache, DictLoader, StrictUndefined, Template, TemplateError
from jinja2.bccache import Bucket
from jinja2.sandbox import ImmutableSandboxedEnvironment

from bot.domain.answers import Resolution, Verdict
from bot.domain.company import Company
from bot.domain.guidance import Archetype
from bot.problems import Place, Problem, problem
from bot.render.grounds import Grounds, grounds_of
from bot.render.words import Words, listed, sentence

BLOCKS = ("headline", "lines", "why", "next")


def quote_yaml(text: str) -> str:
    """Text as a quoted YAML scalar."""
    return json.dumps(text, ensure_ascii=False)


def cells_with(archetype: Archetype, motions: Iterable[str], part: str) -> list[str]:
    """The motions in which an archetype has a part."""
    return [motion for motion in motions if motion in archetype.cells and archetype.cells[motion].part == part]


def cells_inferred(archetype: Archetype, motions: Iterable[str]) -> list[str]:
    """The motions in which its part is inferred."""
    return [motion for motion in motions if motion in archetype.cells and not archetype.cells[motion].stated]


class Compiled(BytecodeCache):
    """Compiled templates, shared by all companies and views of a process: they are made of the same texts."""

    codes: ClassVar[dict[tuple[str, str], CodeType]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """The code of a template that was compiled before."""
        bucket.code = self.codes.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keeps the code of a template."""
        if bucket.code is not None:
            self.codes[bucket.key, bucket.checksum] = bucket.code


class Templates:
    """The compiled templates, with one company's words."""

    def __init__(self, texts: Mapping[str, str], company: Company) -> None:
        self.texts = texts
        self.words = Words(company)
        self.environment = ImmutableSandboxedEnvironment(
            loader=DictLoader(dict(texts)),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            autoescape=False,
            optimized=False,  # a filter of one company's words would be worked out in code that all share
            bytecode_cache=Compiled(),
        )
        self.environment.filters.update(
            sentence=sentence,
            listed=listed,
            yaml=quote_yaml,
            subject_name=self.words.subject,
            step_name=self.words.step,
            party_name=self.words.party,
            why_line=self.why_line,
            grounds=self.grounds,
            kept_line=self.words.kept,
            share_line=self.words.holdover,
            cells_with=cells_with,
            cells_inferred=cells_inferred,
        )
        self.environment.globals.update(say=self.words, company=company)

    def __reduce__(self) -> tuple[type[Templates], tuple[Mapping[str, str], Company]]:
        """Kept as what they are made of."""
        return Templates, (self.texts, self.words.company)

    def name_of(self, resolution: Resolution) -> str:
        """The template of a resolution: that of its outcome, or the one in `any/` where all outcomes are told alike."""
        name = f"{resolution.outcome}/{resolution.template}"
        return name if f"{name}.j2" in self.texts else f"any/{resolution.template}"

    def why_line(self, verdict: Verdict) -> str:
        """The line that names a verdict's rule."""
        return next(iter(self.words.why(verdict.decided)[-1:]), "")

    def grounds(self, verdict: Verdict) -> Grounds:
        """Why a verdict is as it is."""
        return grounds_of(verdict, self.words)

    def get(self, name: str) -> Template:
        """A template by its name without ending: `answered/who`."""
        return self.environment.get_template(f"{name}.j2")

    def blocks(self, name: str, view: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
        """The lines of each block."""
        template = self.get(name)
        rendered = {}
        for block in BLOCKS:
            make = template.blocks.get(block)
            text = "".join(make(template.new_context(dict(view)))) if make else ""
            rendered[block] = tuple(line.strip() for line in text.splitlines() if line.strip())
        return rendered

    def text(self, name: str, view: Mapping[str, Any]) -> str:
        """A template rendered whole, as it is."""
        return self.get(name).render(dict(view)).strip() + "\n"

    def html(self, name: str, view: Mapping[str, Any]) -> str:
        """A template rendered whole, with everything escaped."""
        environment = self.environment.overlay(autoescape=True, bytecode_cache=None)
        return environment.get_template(f"{name}.j2").render(dict(view))

    def check(self) -> list[Problem]:
        """What is wrong with the templates as templates, at their own lines."""
        found = []
        for name in sorted(self.texts):
            try:
                self.environment.get_template(name)
            except TemplateError as error:
                line = getattr(error, "lineno", None) or 1
                found.append(
                    problem(
                        "bad-template",
                        Place(f"prompts/{name}", line),
                        f"this template does not compile: {error.message}",
                        expected="a Jinja2 template",
                        fix="look at this line",
                    )
                )
        return found
