"""What some audiences see of a company, and what they are told."""

from __future__ import annotations

from typing import NamedTuple

from bot.domain.answers import Answer
from bot.domain.questions import Question, Understood
from bot.render import Templates, plain_text, render
from bot.resolve import RuleBook, resolve
from bot.understand import Prepared


class View(NamedTuple):
    """A company's words, its rules, and the templates that name what is in them; nothing that is meant for others."""

    prepared: Prepared
    book: RuleBook
    templates: Templates

    def tell(self, meant: Understood, question: Question) -> Answer:
        """The answer to a question that means this."""
        resolution = resolve(meant, question, self.book, self.prepared.language.declines)
        message = render(resolution, self.templates)
        return Answer(question, meant, resolution, message, plain_text(message))
