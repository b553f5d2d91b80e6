"""The life of a question: understand, resolve, render, weigh. Values in, values out; everything is loaded and checked before."""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace

from bot.domain.answers import Answer
from bot.domain.company import Company
from bot.domain.language import Language
from bot.domain.loaded import Loaded, Shipped
from bot.domain.questions import Question
from bot.problems import Problem, in_order
from bot.render import Templates, prepare_templates
from bot.resolve import RuleBook, open_book, prepare_rules
from bot.understand import check_words, hear, prepare_understanding
from bot.view import View
from bot.weigh import likeliest


@dataclass(frozen=True, slots=True)
class Engine:
    """One company, ready to answer, with all its rules. Immutable but for views, which are made when their audiences first ask."""

    company: Company
    language: Language
    templates: Templates
    whole: RuleBook
    views: dict[frozenset[str], View] = field(default_factory=dict)

    def view(self, audiences: frozenset[str] = frozenset()) -> View:
        """What the audiences see: what is meant for others is not there, so nothing of it can show."""
        seen = frozenset({"public"}) | (audiences & self.whole.restricted)
        if seen not in self.views:
            company, book, templates = self.company, self.whole, self.templates
            if not seen > self.whole.restricted:
                company = self.company.seen_by(seen)
                book, templates = open_book(company), prepare_templates(dict(self.templates.texts), company)[0]
            self.views[seen] = View(prepare_understanding(company, self.language), book, templates)
        return self.views[seen]


def open_engine(loaded: Loaded, shipped: Shipped) -> tuple[Engine, list[Problem]]:
    """The engine of a loaded company, and everything wrong with the model."""
    whole, rule_problems = prepare_rules(loaded.company, loaded.today)
    templates, template_problems = prepare_templates(shipped.templates, loaded.company)
    problems = in_order([*loaded.problems, *shipped.problems, *rule_problems, *template_problems, *check_words(loaded.called)])
    return Engine(loaded.company, shipped.language, templates, whole), problems


def answer(question: Question, engine: Engine) -> Answer:
    """The answer to a question, with how long it took in microseconds."""
    view, started = engine.view(question.audiences), time.perf_counter_ns()
    done = likeliest(*hear(question, view.prepared), question, view.prepared, lambda meant: view.tell(meant, question))
    return replace(done, micros=(time.perf_counter_ns() - started) // 1000)
