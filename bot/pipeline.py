"""The life of a question: understand, resolve, render. Values in, values out; everything is loaded and checked before."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace

from bot.domain.answers import Answer
from bot.domain.company import Company
from bot.domain.language import Language
from bot.domain.questions import Question
from bot.load import Loaded, Shipped
from bot.problems import Problem, in_order
from bot.render import Templates, plain_text, prepare_templates, render
from bot.resolve import RuleBook, prepare_rules, resolve
from bot.understand import Prepared, prepare_understanding, understand


@dataclass(frozen=True, slots=True)
class Engine:
    """One company, ready to answer. Immutable: a changed model is a new engine."""

    company: Company
    language: Language
    prepared: Prepared
    book: RuleBook
    templates: Templates


def open_engine(loaded: Loaded, shipped: Shipped) -> tuple[Engine, list[Problem]]:
    """The engine of a loaded company, and everything wrong with the model."""
    company, language = loaded.company, shipped.language
    book, rule_problems = prepare_rules(company, loaded.today)
    templates, template_problems = prepare_templates(shipped.templates, company)
    engine = Engine(company, language, prepare_understanding(company, language), book, templates)
    return engine, in_order([*loaded.problems, *shipped.problems, *rule_problems, *template_problems])


def answer(question: Question, engine: Engine) -> Answer:
    """The answer to a question, with how long it took in microseconds."""
    started = time.perf_counter_ns()
    understood = understand(question, engine.prepared)
    resolution = resolve(understood, question, engine.book, engine.language.declines)
    message = render(resolution, engine.templates)
    done = Answer(question, understood, resolution, message, plain_text(message))
    return replace(done, micros=(time.perf_counter_ns() - started) // 1000)
