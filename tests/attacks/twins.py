"""The same model without what some may not see: its files with these parts blanked out, every other line where it was.

Made from the text of the files alone, so that it shares nothing with the code that keeps things from people.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import yaml

SECTIONS = (
    *("motions", "activities", "requests", "steps"),
    *("rules", "plans", "handoffs", "transfers", "boundaries", "routes", "permissions", "processes", "escalations", "disputes"),
    *("alignment", "coverage", "faqs", "terms", "links", "pods"),
)
"""Sections whose entries can be meant for some."""
SAID_BESIDE_PAY = {"name", "aka", "when", "because", "source", "decided-by", "statements", "lead"}
"""Keys that say nothing by themselves: what has no others left is gone."""
SAID_OF_A_RULE = SAID_BESIDE_PAY | {"id", "of", "over", "from", "until", "kept-by", "verified", "audience", "note", "examples"}


@dataclass
class File:
    """One file of a model, and the stretches of its text that are to go."""

    path: Path
    text: str
    root: yaml.Node | None
    cuts: list[tuple[int, int]] = field(default_factory=list)

    def sections(self) -> Iterator[tuple[str, yaml.Node]]:
        """The sections that it holds."""
        alone = self.path.parts[0] if len(self.path.parts) > 1 else self.path.stem
        if self.root is not None and alone in SECTIONS:
            yield alone, self.root
        elif isinstance(self.root, yaml.MappingNode):
            yield from ((key.value, value) for key, value in self.root.value if key.value in SECTIONS)

    def cut(self, start: int, end: int, flow: bool) -> None:
        """Takes a stretch out, with its dash or its comma."""
        if flow:
            after = end + len(self.text[end:]) - len(self.text[end:].lstrip())
            before = len(self.text[:start].rstrip()) - 1
            end, start = (after + 1, start) if self.text[after] == "," else (end, before if self.text[before] == "," else start)
        self.cuts.append((start, end))

    def cut_pair(self, mapping: yaml.Node, key: str) -> None:
        """Takes a key of a mapping out."""
        for name, value in mapping.value:
            if name.value == key:
                self.cut(name.start_mark.index, value.end_mark.index, mapping.flow_style)

    def cut_item(self, item: yaml.Node, sequence: yaml.Node) -> None:
        """Takes an item of a list out."""
        start = item.start_mark.index
        self.cut(start if sequence.flow_style else self.text.rindex("-", 0, start), item.end_mark.index, sequence.flow_style)

    def twin(self) -> str:
        """The text with blanks for what was cut."""
        letters = list(self.text)
        for start, end in self.cuts:
            letters[start:end] = [letter if letter == "\n" else " " for letter in letters[start:end]]
        return "".join(letters)


@dataclass
class Twin:
    """What makes the twin of a model for some audiences."""

    audiences: frozenset[str]
    hidden: list[yaml.Node] = field(default_factory=list)
    """Every part that is cut."""

    @property
    def pay(self) -> bool:
        """Whether pay is to be cut."""
        return "compensation" not in self.audiences

    def sees(self, entry: yaml.Node, section: str) -> bool:
        """Whether an entry is for these audiences."""
        return (text_at(entry, "audience") or ("compensation" if section == "plans" else "public")) in self.audiences

    def prune(self, file: File) -> None:
        """Cuts the entries that are meant for others, and pay out of the rules."""
        for section, node in file.sections():
            entries = node.value if isinstance(node, yaml.SequenceNode) else [value for _, value in node.value]
            gone = [entry for entry in entries if not self.sees(entry, section) or (section == "rules" and self.without_pay(entry, file))]
            self.hidden += gone
            cut_entries(node, gone, file)

    def ids(self, files: Sequence[File]) -> set[str]:
        """The ids of rules of which no version is left."""
        rules = [entry for file in files for section, node in file.sections() if section == "rules" for entry in as_items(node)]
        cut = [rule for rule in rules if any(rule is node for node in self.hidden)]
        return {text_at(rule, "id") for rule in cut} - {text_at(rule, "id") for rule in rules if rule not in cut}

    def without_pay(self, rule: yaml.Node, file: File) -> bool:
        """Cuts pay out of a rule; whether nothing is left of it."""
        return self.pay and mentions_pay(rule) and not self.prune_body(rule, file, SAID_OF_A_RULE)

    def prune_body(self, body: yaml.Node, file: File, silent: set[str]) -> bool:
        """Cuts pay out of a rule, an exception or a step; whether something is left."""
        if (paid := get(body, "paid")) is not None:
            self.hidden.append(paid)
            file.cut_pair(body, "paid")
        left = {key.value for key, _ in body.value} - silent - {"paid", "steps", "except"}
        for key in ("steps", "except"):
            inner = get(body, key)
            if inner is not None:
                entries = [value for _, value in inner.value] if key == "steps" else as_items(inner)
                gone = [each for each in entries if mentions_pay(each) and not self.prune_body(each, file, SAID_BESIDE_PAY)]
                self.hidden += gone
                if len(gone) == len(entries):
                    file.cut_pair(body, key)
                else:
                    left.add(key)
                    cut_entries(inner, gone, file)
        return bool(left)


def get(mapping: yaml.Node, key: str) -> yaml.Node | None:
    """The value under a key."""
    return next((value for name, value in mapping.value if name.value == key), None)


def text_at(mapping: yaml.Node, key: str) -> str:
    """The text under a key; empty when there is none."""
    found = get(mapping, key)
    return str(found.value) if found else ""


def as_items(node: yaml.Node) -> list[yaml.Node]:
    """The items of a list; one thing stands for a list of one."""
    return list(node.value) if isinstance(node, yaml.SequenceNode) else [node]


def mentions_pay(node: yaml.Node) -> bool:
    """Whether something under a node is about pay."""
    if isinstance(node, yaml.MappingNode):
        return any(key.value == "paid" or mentions_pay(value) for key, value in node.value)
    return isinstance(node, yaml.SequenceNode) and any(map(mentions_pay, node.value))


def cut_entries(node: yaml.Node, gone: list[yaml.Node], file: File) -> None:
    """Cuts entries of a list or a map."""
    if isinstance(node, yaml.SequenceNode):
        for entry in gone:
            file.cut_item(entry, node)
    else:
        for key, value in node.value:
            if any(value is entry for entry in gone):
                file.cut(key.start_mark.index, value.end_mark.index, node.flow_style)


def make_twin(folder: Path, target: Path, audiences: frozenset[str]) -> list[str]:
    """Writes the twin of a model, and returns every text that stands in what was cut."""
    files = [
        File(path.relative_to(folder), text, yaml.compose(text, Loader=yaml.CSafeLoader))
        for path in sorted(folder.rglob("*.yaml"))
        if (text := path.read_text(encoding="utf-8"))
    ]
    twin = Twin(audiences)
    for file in files:
        twin.prune(file)
    gone = twin.ids(files)
    for file in files:
        for entry in [entry for section, node in file.sections() if section == "rules" for entry in as_items(node)]:
            cut_over(entry, gone, file)
        (target / file.path).parent.mkdir(parents=True, exist_ok=True)
        (target / file.path).write_text(file.twin(), encoding="utf-8")
    return sorted({text for node in twin.hidden for text in texts_of(node)})


def cut_over(rule: yaml.Node, gone: set[str], file: File) -> None:
    """Cuts out of `over` the rules that are gone."""
    over = get(rule, "over")
    named = as_items(over) if over else []
    lost = [each for each in named if each.value in gone]
    if lost and len(lost) == len(named):
        file.cut_pair(rule, "over")
    else:
        for each in lost:
            assert over is not None
            file.cut_item(each, over)


def texts_of(node: yaml.Node) -> Iterator[str]:
    """Every text under a node."""
    if isinstance(node, yaml.ScalarNode):
        yield node.value
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from texts_of(value)
            if not isinstance(value, yaml.ScalarNode) and key.value == "steps" and isinstance(value, yaml.MappingNode):
                yield from (name.value for name, _ in value.value)
    else:
        for each in node.value:
            yield from texts_of(each)
