"""Why a text is no YAML, in the words of people who do not write YAML for a living.

The parser says what it did not find ("mapping values are not allowed here"); what helps is what to change. Each case here is a
slip that people make: a tab, a colon in a sentence, a line that does not line up, a quote that is not closed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from bot.problems import Place, Problem, problem, split_lines

NO_SPACE = re.compile(r"^\s*(?:- +)?(?P<key>[\w-]+):(?P<rest>[^\s:/].*)$")
SECOND_COLON = re.compile(r"^\s*(?:- +)?(?P<key>[^\s:][^:]*):\s+(?P<rest>\S.*)$")
NOT_ALLOWED = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Complaint:
    """What the parser says: what it did not find and where, and what it was reading and since where."""

    text: str
    what: str
    while_: str
    place: Place
    since: Place

    @property
    def line(self) -> str:
        """The line of the complaint."""
        return line_at(self.text, self.place.line)

    @property
    def rest(self) -> str:
        """The line from the place of the complaint on."""
        return self.line[self.place.column - 1 :]


def explain(text: str, what: str, while_: str, place: Place, since: Place) -> Problem:
    """The problem behind a complaint of the parser."""
    complaint = Complaint(text, what, while_, place, since)
    for reads in (strange_character, first_character, colon, bracket, quote, dash, alignment):
        found = reads(complaint)
        if found is not None:
            return found
    return broken(
        place, f"this is not valid YAML: {what}", 'look at the indentation, a missing ":" and open quotes here or on the line above'
    )


def broken(place: Place, what: str, fix: str) -> Problem:
    """The problem of text that is no YAML."""
    return problem("not-yaml", place, what, expected="YAML: `key: value`, lists with `- `, indented with spaces", fix=fix)


def line_at(text: str, number: int) -> str:
    """A line by its number from 1."""
    lines = split_lines(text)
    return lines[number - 1] if 0 < number <= len(lines) else ""


def line_above(text: str, number: int) -> tuple[int, str]:
    """The next line above that says anything, with its number; number 0 when there is none."""
    for above in range(number - 1, 0, -1):
        line = line_at(text, above)
        if line.strip() and not line.lstrip().startswith("#"):
            return above, line
    return 0, ""


def value_at(text: str, place: Place) -> str:
    """The value that begins at a place: to the end of the line, or of its entry where it stands in brackets."""
    line = line_at(text, place.line)
    before, value = line[: place.column - 1], line[place.column - 1 :]
    inside = sum(before.count(sign) for sign in "[{") > sum(before.count(sign) for sign in "]}")
    return re.split(r"[,\]}]", value)[0].strip() if inside else value.strip()


def quoted(text: str) -> str:
    """Text as it would stand in quotes, shortened."""
    bare = text.split(" #", maxsplit=1)[0].strip().strip("\"'")
    return '"' + (bare if len(bare) <= 60 else bare[:59] + "…") + '"'


def strange_character(found: Complaint) -> Problem | None:
    """A character that no YAML file may hold."""
    strange = NOT_ALLOWED.search(found.text)
    if strange is None:
        return None
    before = split_lines(found.text[: strange.start()])
    place = replace(found.place, line=len(before), column=len(before[-1]) + 1, width=1)
    name = f"U+{ord(strange[0]):04X}"
    return broken(place, f"an invisible character stands here ({name})", "delete it; it often comes along when text is copied")


def first_character(found: Complaint) -> Problem | None:
    """A tab, or text that begins with a character that means something in YAML."""
    if found.rest.startswith("\t") and ("cannot start" in found.what or "tab" in found.what):
        return broken(found.place, "a tab stands here, and YAML is indented with spaces", "replace each tab by two spaces")
    if "scanning a block scalar" in found.while_:
        sign = value_at(found.text, found.since)
        bare = sign.lstrip(">=| ")
        example = f"write `{bare} or more`, or " if sign.startswith(">=") else f"write `over {bare}`, or " if sign.startswith(">") else ""
        return broken(
            found.since, f'"{sign[:1]}" at the start of a value means something else in YAML', f"{example}put it in quotes: {quoted(sign)}"
        )
    starts = "cannot start" in found.what
    if starts or any(word in found.while_ for word in ("scanning an alias", "scanning an anchor", "scanning a directive")):
        place = found.place if starts else found.since
        rest = value_at(found.text, place)
        words = f"write `over {rest.lstrip('>= ')}`, or " if rest.startswith(">") else ""
        return broken(place, f'text cannot start with "{rest[:1]}"', f"{words}put it in quotes: {quoted(rest)}")
    return None


def colon(found: Complaint) -> Problem | None:
    """A colon too many or too few."""
    if "could not find expected ':'" in found.what:
        word = line_at(found.text, found.since.line).strip()
        if NO_SPACE.match(word):
            return missing_space(found.since, word)
        return broken(found.since, 'this line has no ":"', f"write `{word.split(' ')[0][:40]}: …`, or join it with the line above")
    if "mapping values are not allowed" not in found.what:
        return None
    before = SECOND_COLON.match(found.line)
    if before and before.start("rest") < found.place.column - 1:
        rest, key = before["rest"], before["key"]
        return broken(found.place, "a second colon on this line", f"put the text in quotes: `{key}: {quoted(rest)}`")
    number, above = line_above(found.text, found.place.line)
    if NO_SPACE.match(above):
        return missing_space(replace(found.place, line=number, column=above.index(":") + 1, width=1), above)
    if number and ":" not in above:
        return broken(
            replace(found.place, line=number, column=indent(above) + 1, width=len(above.strip())),
            'this line has no ":"',
            f"write `{above.strip()[:40]}:`",
        )
    place = replace(found.place, column=indent(found.line) + 1, width=1)
    return broken(
        place, "this line is indented deeper than the one it belongs to", f"start it in column {start_of(above) + 1}, as line {number}"
    )


def missing_space(place: Place, line: str) -> Problem:
    """The problem of `key:value`."""
    found = NO_SPACE.match(line)
    assert found
    return broken(place, "a space is missing after the colon", f"write `{found['key']}: {found['rest'].strip()[:60]}`")


def bracket(found: Complaint) -> Problem | None:
    """Brackets and braces that are not closed, or entries without a comma."""
    if "expected ',' or" in found.what:
        if found.place.line == found.since.line and found.rest.strip():
            return broken(
                found.place,
                "a comma is missing before this, inside the brackets",
                "write a comma between the entries, and text with a comma or colon in quotes",
            )
        sign = line_at(found.text, found.since.line)[found.since.column - 1 : found.since.column]
        closing = "}" if sign == "{" else "]"
        return broken(
            found.since,
            f'this "{sign}" is not closed before line {found.place.line}',
            f'write "{closing}" after the last entry',
        )
    if found.rest[:1] in ("]", "}"):
        return broken(found.place, f'this "{found.rest[:1]}" closes nothing', "remove it, or write the bracket that opens")
    return None


def quote(found: Complaint) -> Problem | None:
    """A quote that is not closed, or text after it is."""
    if "quoted scalar" in found.while_ and "end of stream" in found.what:
        return broken(found.since, "this quote is not closed", "write the same quote at the end of the text")
    if "quoted scalar" in found.while_:
        return broken(found.place, "a backslash in double quotes begins a special character", "put the text in single quotes instead")
    before = found.line[: found.place.column - 1].rstrip()
    if "did not find expected key" in found.what and before.endswith(('"', "'")):
        return broken(
            found.place,
            "the text goes on after its closing quote",
            "put all of it in quotes; inside single quotes write '' for an apostrophe",
        )
    return None


def dash(found: Complaint) -> Problem | None:
    """A list on the line of its key, a list entry among keys, a key among list entries."""
    if "block sequence entries are not allowed" in found.what:
        return broken(found.place, "a list cannot begin on the line of its key", "begin it on the next line, with `- ` before each entry")
    if "expected '-' indicator" not in found.what:
        return None
    listed = found.since.column
    if found.rest.startswith("- "):
        return broken(
            found.place, "this `- ` does not line up with those above", f"start it in column {listed}, as in line {found.since.line}"
        )
    return broken(
        found.place,
        f"this line does not fit the list that starts in line {found.since.line}",
        f"start it in column {listed + 2} if it belongs to the entry above, or put `- ` before it if it begins a new one",
    )


def alignment(found: Complaint) -> Problem | None:
    """A line that does not line up with its neighbours."""
    if "did not find expected key" not in found.what:
        return None
    if found.rest.startswith("- "):
        return broken(
            found.place, "a list entry stands among keys", "indent it below the key that it belongs to, or write it as `key: value`"
        )
    number, above = line_above(found.text, found.place.line)
    columns = sorted({found.since.column, start_of(above) + 1})
    return broken(
        found.place,
        "this line does not line up with those above",
        f"start it in column {' or '.join(map(str, columns))}, under what it belongs to (line {number}: column {start_of(above) + 1})",
    )


def indent(line: str) -> int:
    """How many spaces a line begins with."""
    return len(line) - len(line.lstrip(" "))


def start_of(line: str) -> int:
    """Where the first key of a line stands, after the dash of a list entry."""
    return indent(line) + (len(line.lstrip()) - len(line.lstrip()[2:].lstrip()) if line.lstrip().startswith("- ") else 0)
