"""Blocks as a page that looks like Slack, for eyes only: `python tests/slack/preview.py OUT.html NAME…` with names of golden files.

Containers are drawn open where `--open` is given. What Slack draws itself (menus that drop down, pages of a long table) stands still.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from html import escape
from pathlib import Path
from typing import Any

PLACEHOLDER = "placeholder"
GOLDEN = Path(__file__).parent / "golden"
STYLE = """
*{box-sizing:border-box}
body{margin:0;background:#f4f4f4;font:15px/1.46 Lato,"Helvetica Neue",Arial,sans-serif;color:#1d1c1d}
main{max-width:760px;margin:16px auto;background:#fff;border:1px solid #ddd;border-radius:8px;padding:16px 20px}
main.modal{max-width:520px}
h1{font-size:13px;color:#616061;max-width:760px;margin:20px auto 0;padding:0 8px}
h2{font-size:18px;margin:12px 0 4px}
p{margin:6px 0}
.small{font-size:12px;color:#616061;margin:5px 0}
hr{border:0;border-top:1px solid #ddd;margin:14px 0}
ul,ol{margin:4px 0;padding-left:26px}
blockquote{border-left:4px solid #ddd;margin:6px 0;padding-left:12px}
.row{display:flex;flex-wrap:wrap;gap:8px;margin:8px 0}
.pre{white-space:pre-wrap}
button{font:700 13px Lato,Arial,sans-serif;background:#fff;border:1px solid #bbb;border-radius:4px;
  padding:7px 12px;max-width:100%;text-align:left}
button.primary{background:#007a5a;color:#fff;border-color:#007a5a}
select,input,textarea{font:15px Lato,Arial;border:1px solid #999;border-radius:4px;padding:7px;max-width:100%}
.row select{font-size:13px;font-weight:700;max-width:220px}
textarea,.field select{width:100%}
.field{margin:14px 0}
.field b{display:block;margin-bottom:4px}
.hint{font-size:12px;color:#616061}
.wide{overflow-x:auto;margin:8px 0}
table{border-collapse:collapse;font-size:14px}
td,th{border:1px solid #ddd;padding:6px 10px;text-align:left;vertical-align:top;min-width:90px}
th{background:#f8f8f8}
details{border:1px solid #ddd;border-radius:8px;margin:6px 0;padding:8px 12px}
summary{font-weight:700;cursor:pointer}
.bar{display:flex;justify-content:space-between;font-weight:900;font-size:18px;
  border-bottom:1px solid #ddd;padding-bottom:10px;margin-bottom:8px}
.foot{display:flex;justify-content:flex-end;gap:8px;border-top:1px solid #ddd;margin-top:14px;padding-top:12px}
label{display:block;margin:6px 0}
"""


def page(payloads: Mapping[str, Any], *, opened: bool = False) -> str:
    """Several payloads under each other."""
    body = "".join(
        f"<h1>{escape(name)}</h1>{''.join(whole(each, opened=opened) for each in listed(made))}" for name, made in payloads.items()
    )
    head = '<meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">'
    return f"<!doctype html><html><head>{head}<title>Preview</title><style>{STYLE}</style></head><body>{body}</body></html>"


def listed(made: Any) -> list[Any]:
    return made if isinstance(made, list) else [made]


def whole(payload: Mapping[str, Any], *, opened: bool) -> str:
    """A message, a modal or Home."""
    inner = "".join(block(each, opened=opened) for each in payload["blocks"])
    if payload.get("type") != "modal":
        return f"<main>{inner}</main>"
    submit = f'<button class="primary">{text(payload["submit"])}</button>' if "submit" in payload else ""
    foot = f'<div class="foot"><button>{text(payload["close"])}</button>{submit}</div>'
    return f'<main class="modal"><div class="bar">{text(payload["title"])}<span>×</span></div>{inner}{foot}</main>'


def text(thing: Mapping[str, Any]) -> str:
    return escape(thing["text"])


def block(made: Mapping[str, Any], *, opened: bool) -> str:
    match made["type"]:
        case "table" | "data_table":
            return table(made)
        case "container":
            inner = "".join(block(child, opened=opened) for child in made["child_blocks"])
            return f"<details{' open' if opened else ''}><summary>{text(made['title'])}</summary>{inner}</details>"
        case "input":
            hint = f'<div class="hint">{text(made["hint"])}</div>' if "hint" in made else ""
            optional = ' <span class="hint">(optional)</span>' if made.get("optional") else ""
            return f'<div class="field"><b>{text(made["label"])}{optional}</b>{element(made["element"])}{hint}</div>'
    return PLAIN[made["type"]](made)


def element(made: Mapping[str, Any]) -> str:
    match made["type"]:
        case "button":
            return f'<button class="{made.get("style", "")}">{text(made["text"])}</button>'
        case "static_select":
            first = made.get("initial_option", {}).get("value")
            options = "".join(
                f"<option{' selected' if each['value'] == first else ''}>{text(each['text'])}</option>" for each in made["options"]
            )
            return f"<select>{options if first else f'<option>{text(made[PLACEHOLDER])}</option>'}</select>"
        case "plain_text_input":
            shown, hint = escape(made.get("initial_value", "")), text(made["placeholder"])
            return f'<textarea rows="3" placeholder="{hint}">{shown}</textarea>' if made.get("multiline") else f'<input value="{shown}">'
        case "radio_buttons":
            return "".join(
                f'<label><input type="radio"{" checked" if each == made.get("initial_option") else ""}> {text(each["text"])}'
                f'<span class="hint">{" — " + text(each["description"]) if "description" in each else ""}</span></label>'
                for each in made["options"]
            )
    raise ValueError(made["type"])


def rich(made: Mapping[str, Any]) -> str:
    if made["type"] == "rich_text_list":
        tag = "ol" if made["style"] == "ordered" else "ul"
        return f"<{tag}>{''.join(f'<li>{leaves(item)}</li>' for item in made['elements'])}</{tag}>"
    tag = "blockquote" if made["type"] == "rich_text_quote" else "p"
    return f'<{tag} class="pre">{leaves(made)}</{tag}>'


def leaves(made: Mapping[str, Any]) -> str:
    said = ""
    for leaf in made["elements"]:
        shown = escape(leaf.get("text") or leaf.get("url") or "#" + str(leaf.get("channel_id", "")))
        said += f"<b>{shown}</b>" if leaf.get("style", {}).get("bold") else f"<a>{shown}</a>" if leaf["type"] == "link" else shown
    return said


def table(made: Mapping[str, Any]) -> str:
    head, *rows = made["rows"]
    shown = rows[: made.get("page_size", len(rows))]
    cells = "".join("<tr>" + "".join(f"<td>{text(cell)}</td>" for cell in row) + "</tr>" for row in shown)
    more = f'<p class="small">1 to {len(shown)} of {len(rows)}</p>' if len(shown) < len(rows) else ""
    return f'<div class="wide"><table><tr>{"".join(f"<th>{text(cell)}</th>" for cell in head)}</tr>{cells}</table></div>{more}'


PLAIN: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    "actions": lambda made: f'<div class="row">{"".join(map(element, made["elements"]))}</div>',
    "context": lambda made: f'<p class="small pre">{" ".join(map(text, made["elements"]))}</p>',
    "context_actions": lambda made: '<div class="row">👍 👎</div>',
    "divider": lambda made: "<hr>",
    "header": lambda made: f"<h2>{text(made['text'])}</h2>",
    "rich_text": lambda made: "".join(map(rich, made["elements"])),
    "section": lambda made: f'<p class="pre">{text(made["text"])}</p>',
}


def main(out: str, *names: str) -> None:
    opened = "--open" in names
    wanted = [name for name in names if name != "--open"] or sorted(file.stem for file in GOLDEN.glob("*.json") if file.stem != "prompts")
    found = {name: json.loads((GOLDEN / f"{name}.json").read_text(encoding="utf-8")) for name in wanted}
    Path(out).write_text(page(found, opened=opened), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
