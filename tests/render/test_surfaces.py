"""Whatever a model says, every surface shows it, whole or visibly cut, within its limits, and as nothing but text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from markdown_it import MarkdownIt
from markdown_it.token import Token
from messages import EXAMPLES, HANDBOOK, HOSTILE, messages, texts

from bot.domain.answers import Message, Table
from bot.render.blocks import blocks
from bot.render.fallback import fallback
from bot.render.inert import ELLIPSIS, clean, cut, link_of, parts_of, read_lines, size, squared
from bot.render.limits import check_blocks
from bot.render.limits_elements import long
from bot.render.markdown import JOINER, markdown

PARSER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])  # comes with rich
TEXT_ONLY = {
    *("paragraph", "inline", "text", "strong", "em", "hr", "softbreak", "link"),
    *("bullet_list", "ordered_list", "list_item", "table", "thead", "tbody", "tr", "th", "td"),
}
SMALL = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def tokens_of(text: str) -> Iterator[Token]:
    for token in PARSER.parse(text):
        yield token
        yield from token.children or ()


def said_by(text: str) -> list[str]:
    """The text of each paragraph, item and cell, as a reader of the page sees it."""
    inlines = [token for token in PARSER.parse(text) if token.type == "inline"]
    return ["".join(child.content for child in inline.children or ()).replace(JOINER, "") for inline in inlines]


def wanted_of(message: Message) -> set[str]:
    """Everything that an answer has to say, cleaned."""
    wanted: set[str] = set()
    for part in parts_of(message):
        wanted |= {clean(part.headline), clean(part.label)} | {line.text for line in read_lines(part.lines)}
        wanted |= {clean(text) for texts in (part.why, part.next, part.options) for text in texts}
        wanted |= {cell for row in squared(part.table) for cell in row} | {link_of(source)[0] for source in part.sources}
    return wanted - {""}


def nodes_of(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from nodes_of(inner)


def texts_in(made: list[dict[str, Any]]) -> list[str]:
    return [node["text"] for node in nodes_of(made) if isinstance(node.get("text"), str)]


@SMALL
@given(messages)
@example(HOSTILE)
def test_blocks_are_within_the_limits_and_hold_no_markup(message: Message) -> None:
    made = blocks(message)

    assert check_blocks(made) == []
    assert not {"mrkdwn", "markdown", "broadcast", "user", "emoji"} & {node.get("type") for node in nodes_of(made)}
    assert all(node["emoji"] is False for node in nodes_of(made) if node.get("type") == "plain_text")
    urls = {link_of(source)[1] for part in parts_of(message) for source in part.sources}
    assert {node["url"] for node in nodes_of(made) if "url" in node} <= urls
    json.dumps(made, ensure_ascii=False).encode()


@SMALL
@given(messages)
@example(HOSTILE)
def test_the_text_of_a_message_is_within_the_limits_and_calls_nobody(message: Message) -> None:
    said = fallback(message)

    assert said.strip()
    assert len(said.encode()) <= 4_000
    assert not re.search(r"[<>]|&(?!amp;|lt;|gt;)|@(?:channel|here|everyone)", said, re.IGNORECASE)
    assert said.endswith("ask about one part of it.") or wanted_in(said, message)


def wanted_in(said: str, message: Message) -> bool:
    words = said.replace(JOINER, "").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    return all(clean(part.headline) in words and all(line.text in words for line in read_lines(part.lines)) for part in parts_of(message))


@settings(SMALL, max_examples=60)
@given(messages)
@example(HOSTILE)
def test_a_page_says_everything_and_holds_no_markup_of_a_model(message: Message) -> None:
    page = markdown(message)
    seen = [*tokens_of(page)]

    assert {token.type.removesuffix("_open").removesuffix("_close") for token in seen} <= TEXT_ONLY
    urls = {link_of(source)[1] for part in parts_of(message) for source in part.sources}
    hosts = {str(token.attrs["href"]).partition("://")[2].partition("/")[0] for token in seen if token.type == "link_open"}
    assert hosts <= {re.split("[/?#]", url.partition("://")[2])[0] for url in urls}
    said = "\n".join(said_by(page)).replace(JOINER, "")
    assert [text for text in wanted_of(message) if text.replace(JOINER, "") not in said] == []


def test_lists_of_a_page_do_not_run_into_each_other() -> None:
    page = markdown(Message("x.", ("- a", "2. b", "  - c", "  3. d", "4. e", "f", "  g")))

    assert said_by(page) == ["x.", "a", "b", "c", "d", "e", "f", "g"]
    assert [token.type for token in PARSER.parse(page)].count("ordered_list_open") == 2


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_short_answer_is_in_the_blocks_whole(name: str) -> None:
    said = "\n".join(texts_in(blocks(EXAMPLES[name])))

    assert [text for text in wanted_of(EXAMPLES[name]) if text not in said and len(text) < 300] == []


@given(texts)
def test_the_two_ways_to_measure_agree(text: str) -> None:
    assert size(clean(text)) == long(clean(text))


@SMALL
@given(texts)
def test_a_text_is_cut_by_words_to_what_fits(text: str) -> None:
    said = clean(text)

    for most in (0, 1, 10, 75, 3_000):
        short = cut(said, most)
        assert size(short) <= most
        assert short == said or (short.endswith(ELLIPSIS) and said.startswith(short[:-1])) or not short
    assert cut("the account owner owns it", 20) == "the account owner…"
    assert "\n" not in said


@pytest.mark.parametrize("sign", ["a", "&", "漢", "😀", "word "])
def test_the_fullest_answer_there_can_be_is_within_the_limits(sign: str) -> None:
    full = tuple(f"{number} {sign * 290}"[:290] for number in range(120))
    long = sign * 5_000
    one = Message(long, (*full, *("- x",) * 100), Table(full[:20], (full[:20],) * 120), full, full, full, long, full)
    made = blocks(Message(long, full, one.table, full, full, full, long, full, also=(one,) * 5))

    assert check_blocks(made) == []
    assert len(fallback(one).encode()) <= 4_000


def test_what_is_left_out_is_said_to_be() -> None:
    rows = tuple((f"case {number}", "x" * 100) for number in range(150))
    long_one = Message("Depends.", tuple(f"- line {number} " + "y" * 50 for number in range(150)), Table(("Case", "Who"), rows))
    chosen = Message("Which?", options=tuple(f"role {number}" for number in range(14)))
    several = Message("One.", also=tuple(Message(f"Answer {number}.") for number in range(6)))

    said = "\n".join(texts_in(blocks(long_one)))
    assert re.search(r"… \d+ more rows: ask about one case, or for the sheet\.", said)
    assert re.search(r"… \d+ more lines: ask about one case", said)
    assert "… 4 more choices: say which one you mean." in texts_in(blocks(chosen))
    assert "… 3 more answers: ask those questions one at a time." in texts_in(blocks(several))
    assert fallback(long_one).endswith("… There is more: ask about one part of it.")


def test_there_is_one_table_and_the_second_becomes_a_list() -> None:
    made = blocks(Message("One.", also=(Message("Two.", table=two()), Message("Three.", table=two()))))

    assert [block["type"] for block in made if block["type"] != "rich_text"] == ["divider", "table", "divider"]
    assert "Who: CSM; When: now" in texts_in(made)


def two() -> Table:
    return Table(("Who", "When"), (("CSM", "now"), ("AE", "")))


def test_more_rows_than_a_few_are_to_be_leafed_through() -> None:
    made = {rows: blocks(Message("Who?", table=Table(("a",), (("b",),) * rows)))[1] for rows in (10, 11)}

    assert made[10]["type"] == "table"
    assert made[11] | {"rows": []} == {"type": "data_table", "caption": "Who?", "rows": [], "page_size": 20, "row_header_column_index": 0}


def test_a_button_carries_its_question_whole_or_is_not_there() -> None:
    question = "who owns the renewal of a customer " + "in a very particular case " * 4
    made = blocks(Message("Yes.", next=(question, question, "x" * 301, *"abcdef")))[-1]

    assert [button["action_id"] for button in made["elements"]] == ["ask-1", "ask-2", "ask-3", "ask-4"]
    assert made["elements"][0]["value"] == question.strip()
    assert made["elements"][0]["text"]["text"].endswith("…")
    assert [button["value"] for button in made["elements"][1:]] == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("source", "title", "url"),
    [
        (HANDBOOK, "", HANDBOOK),
        (f"Handbook, FY24 ({HANDBOOK})", "Handbook, FY24", HANDBOOK),
        (f"Handbook – {HANDBOOK}", "Handbook", HANDBOOK),
        ("Handbook, FY24", "Handbook, FY24", ""),
        ("ftp://x.example/a", "ftp://x.example/a", ""),
        ("https://name@x.example/", "https://name@x.example/", ""),
        ("https://x.example/ https://y.example/", "https://x.example/ https://y.example/", ""),
        ("https://x.example/<b>", "https://x.example/<b>", ""),
    ],
)
def test_only_an_honest_address_becomes_a_link(source: str, title: str, url: str) -> None:
    assert link_of(source) == (title, url)
