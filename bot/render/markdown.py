"""markdown(): an answer as CommonMark with GitHub's tables, to be pasted into a wiki."""

from __future__ import annotations

import re

from bot.domain.answers import Message
from bot.render.inert import Line, clean, link_of, parts_of, read_lines, said_of, squared, table_first, unsaid
from bot.render.message import EMPTY_HEADLINE

SIGNS = re.compile(r"[\\`*_{}\[\]<>|~]|&(?=#?\w+;)|\$(?!\d)|(?<=http):(?=//)|(?<=https):(?=//)|(?<=www)\.", re.IGNORECASE)
"""What is markup wherever it stands, an entity, one end of a formula at least, and what would make a link of an address."""
START = re.compile(r"[#+=-]|\d{1,9}(?=[.)])")
"""What is markup at the start of a line."""
JOINER = "\u2060"
"""Behind an @, so that it stays an @: it is nobody's name and no address. It cannot be seen."""


def markdown(message: Message) -> str:
    """The answer and those to further questions, divided by rules."""
    return "\n\n---\n\n".join("\n\n".join(paragraphs(part)) for part in parts_of(message)) + "\n"


def paragraphs(part: Message) -> list[str]:
    """One answer: the headline, lines and table, then whose word it is and why, sources, and what to ask next."""
    lines, table = listed_lines(read_lines(part.lines)), table_lines(part)
    middle = [*table, *lines] if table_first(part) else [*lines, *table]
    label, why = inline(clean(part.label)), inline(" ".join(said_of(part.why)))
    footing = f"_{label}_ {why}".rstrip() if label else guarded(why)
    return [
        f"**{inline(clean(part.headline) or EMPTY_HEADLINE)}**",
        *middle,
        *listing("Which one?", unsaid(part)),
        *([footing] if footing else []),
        *sources(part.sources),
        *listing("Ask next:", said_of(part.next)),
    ]


def listed_lines(lines: list[Line]) -> list[str]:
    """Paragraphs and lists."""
    said: list[str] = []
    for before, line in zip([None, *lines], lines, strict=False):
        mark = {"text": "", "bullet": "- ", "number": f"{line.number}. "}[line.kind]
        item = "    " * line.level + mark + guarded(inline(line.text))
        if before and belongs(line, before):
            said[-1] += "\n" + item
        else:
            said.append(item)
    return said


def belongs(line: Line, before: Line) -> bool:
    """Whether an item follows without a gap: one of another kind, or a list that does not begin with 1, would be read as the text above."""
    if "text" in (line.kind, before.kind):
        return False
    return line.kind == before.kind if line.level <= before.level else line.kind == "bullet" or line.number == 1


def table_lines(part: Message) -> list[str]:
    """The table, if there is one."""
    rows = ["| " + " | ".join(inline(cell) or " " for cell in row) + " |" for row in squared(part.table)]
    return ["\n".join([rows[0], "|" + " --- |" * len(squared(part.table)[0]), *rows[1:]])] if rows else []


def sources(named: tuple[str, ...]) -> list[str]:
    """The sources as a list, with links where they have an address."""
    items = []
    for source in said_of(named):
        title, url = link_of(source)
        items.append(f"[{inline(title)}](<{url}>)" if title and url else f"<{url}>" if url else guarded(inline(title)))
    return ["\n".join(("Sources:" if len(items) > 1 else "Source:", "", *(f"- {item}" for item in items)))] if items else []


def listing(title: str, labels: list[str]) -> list[str]:
    """A titled list, if there is anything in it."""
    return ["\n".join((title, "", *(f"- {guarded(inline(label))}" for label in labels)))] if labels else []


def inline(text: str) -> str:
    """Text with Markdown's signs made harmless."""
    return SIGNS.sub(lambda found: "\\" + found[0], text).replace("@", "@" + JOINER)


def guarded(text: str) -> str:
    """Escaped text that may stand at the start of a line."""
    found = START.match(text)
    if not found:
        return text
    return f"{found[0]}\\{text[found.end() :]}" if found[0].isdigit() else "\\" + text
