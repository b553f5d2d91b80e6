"""fallback(): an answer as the `text` of a Slack message, which notifications, screen readers and old clients show instead of blocks.

It is to be sent with `mrkdwn` off, so that a star in it stays a star; mentions, commands and masked links are gone either way.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.domain.answers import Message
from bot.render.inert import clean, cut, escape, parts_of, read_lines, row_words, said_of, size, squared, table_first, unsaid
from bot.render.message import EMPTY_HEADLINE

MOST = 4_000
"""Slack recommends no more characters, and an update counts them as bytes of UTF-8: so no more bytes."""
MORE = "… There is more: ask about one part of it."
CALLS = re.compile(r"@(?=channel|here|everyone)", re.IGNORECASE)
JOINER = "\u2060"


def fallback(message: Message) -> str:
    """The whole answer in plain words, in lines. Nothing in it is a mention, a command or a link of Slack."""
    said: list[str] = []
    left = MOST - measure(MORE) - 1
    for line in lines_of(message):
        text = cut(line, left, measure)
        said.append(inert(text))
        left -= measure(text) + 1
        if text != line or left < 0:
            return "\n".join((*said, MORE))
    return "\n".join(said)


def lines_of(message: Message) -> Iterator[str]:
    """The lines of all answers, in the order of the blocks, with a gap between two answers."""
    for number, part in enumerate(parts_of(message)):
        if number:
            yield ""
        yield clean(part.headline) or EMPTY_HEADLINE
        lines = [{"text": "", "bullet": "- ", "number": f"{line.number}. "}[line.kind] + line.text for line in read_lines(part.lines)]
        head, *rows = squared(part.table) or [()]
        table = [words for words in (row_words(head, row) for row in rows) if words]
        yield from [*table, *lines] if table_first(part) else [*lines, *table]
        yield from (line for line in (clean(part.label), *map(clean, part.why)) if line)
        sources, options = said_of(part.sources), unsaid(part)
        if sources:
            yield f"Source{'s' if len(sources) > 1 else ''}: {'; '.join(sources)}"
        if options:
            yield f"Which one: {'; '.join(options)}"


def inert(text: str) -> str:
    """Text without anything that Slack would act on."""
    return CALLS.sub("@" + JOINER, escape(text))


def measure(text: str) -> int:
    """How much of the room a text takes."""
    return size(text) if text.isascii() and "@" not in text else len(inert(text).encode())
