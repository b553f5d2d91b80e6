"""What the code of the Slack edge calls and handles, read from the code itself."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import bot.slack

FAMILIES = "agents|apps|assistant|auth|bookmarks|bots|calls|canvases|chat|conversations|dialog|dnd|emoji|entity|files|functions|lists|oauth"
FAMILIES += "|migration|openid|pins|reactions|reminders|search|stars|team|tooling|usergroups|users|views|workflows"
METHOD = re.compile(rf"(?:{FAMILIES})(?:\.[a-z][A-Za-z]*)+")
SDK_METHOD = re.compile(rf"(?:{FAMILIES})(?:_[a-z][A-Za-z]*)+")
BOLT = {"say": "chat.postMessage", "complete": "functions.completeSuccess", "fail": "functions.completeError"}
"""What Bolt's helpers call."""
NOT_CODE = ("scopes.py",)
"""The table that is tested against the code."""


def modules(root: Path | None = None) -> Iterator[ast.Module]:
    """The modules of the Slack edge."""
    folder = root or Path(bot.slack.__file__).parent
    for file in sorted(folder.rglob("*.py")):
        if file.name not in NOT_CODE:
            yield ast.parse(file.read_text(encoding="utf-8"))


def methods_called(root: Path | None = None) -> set[str]:
    """The methods of the Web API: by their names in strings, by the SDK's functions, by Bolt's helpers."""
    found: set[str] = set()
    for node in (node for module in modules(root) for node in ast.walk(module)):
        match node:
            case ast.Constant(value=str(text)) if METHOD.fullmatch(text):
                found.add(text)
            case ast.Call(func=ast.Attribute(attr=name)) if SDK_METHOD.fullmatch(name) and "." not in name:
                found.add(name.replace("_", "."))
            case ast.Call(func=ast.Name(id=name)) if name in BOLT:
                found.add(BOLT[name])
    return found


def events_handled(root: Path | None = None) -> set[str]:
    """The events that listeners are registered for: named directly, or one by one from a tuple; a custom step is an event as well."""
    found: set[str] = set()
    for module in modules(root):
        looped = {
            loop.target.id: {each.value for each in loop.iter.elts if isinstance(each, ast.Constant)}
            for loop in ast.walk(module)
            if isinstance(loop, ast.For) and isinstance(loop.target, ast.Name) and isinstance(loop.iter, ast.Tuple)
        }
        for node in ast.walk(module):
            match node:
                case ast.Call(func=ast.Attribute(attr="event"), args=[ast.Constant(value=str(name)), *_]):
                    found.add(name)
                case ast.Call(func=ast.Attribute(attr="event"), args=[ast.Name(id=name), *_]):
                    found |= looped.get(name, set())
                case ast.Call(func=ast.Attribute(attr="function"), args=[_, *_]):
                    found.add("function_executed")
    return found
