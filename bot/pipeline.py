"""The life of a question: understand, resolve, render, weigh. Values in, values out; everything is loaded and checked before."""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace

from bot.domain.answers import Answer
from bot.domain.company import Company
from bot.domain.language import Language
from bot.domain.loaded import Loaded, Shipped
from bot.domain.questions import Question, Understood
from bot.problems import Problem, in_order
from bot.render import Templates, plain_text, prepare_templates, render
from bot.resolve import RuleBook, open_book, prepare_rules, resolve
from bot.understand import Prepared, hear, prepare_understanding
from bot.weigh import likeliest

View = tuple[Prepared, RuleBook, Templates]
"""What some audiences see of a company: its words, its rules, and the templates that name what is in them."""


@dataclass(frozen=True, slots=True)
class Engine:
    """One company, ready to answer. Immutable but for views, which are made when their audiences first ask."""

    company: Company
    language: Language
    templates: Templates
    whole: RuleBook
    """All rules, those that are not for everybody included."""
    views: dict[frozenset[str], View] = field(default_factory=dict)

    def view(self, audiences: frozenset[str] = frozenset()) -> View:
        """What the audiences see: what is meant for others is not there, so nothing of it can show."""
        seen = frozenset({"public"}) | (audiences & self.whole.restricted)
        if seen not in self.views:
            company = self.company if seen > self.whole.restricted else self.company.seen_by(seen)
            book = self.whole if company is self.company else open_book(company)
            templates = self.templates if company is self.company else prepare_templates(dict(self.templates.texts), company)[0]
            self.views[seen] = prepare_understanding(company, self.language), book, templates
        return self.views[seen]


def open_engine(loaded: Loaded, shipped: Shipped) -> tuple[Engine, list[Problem]]:
    """The engine of a loaded company, and everything wrong with the model."""
    whole, rule_problems = prepare_rules(loaded.company, loaded.today)
    templates, template_problems = prepare_templates(shipped.templates, loaded.company)
    engine = Engine(loaded.company, shipped.language, templates, whole)
    return engine, in_order([*loaded.problems, *shipped.problems, *rule_problems, *template_problems])


def answer(question: Question, engine: Engine) -> Answer:
    """The answer to a question, with how long it took in microseconds."""
    prepared, book, templates = engine.view(question.audiences)
    started = time.perf_counter_ns()
    understood, reading = hear(question, prepared)

    def tell(meant: Understood) -> Answer:
        resolution = resolve(meant, question, book, engine.language.declines)
        message = render(resolution, templates)
        return Answer(question, meant, resolution, message, plain_text(message))

    done = likeliest(understood, reading, question, prepared, tell)
    return replace(done, micros=(time.perf_counter_ns() - started) // 1000)
