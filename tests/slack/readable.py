"""JSON that is read in review: what fits on a line stands on one."""

from __future__ import annotations

import json
from typing import Any

WIDTH = 120


def readable(value: Any, indent: int = 0) -> str:
    short = json.dumps(value, ensure_ascii=False)
    if len(short) + indent <= WIDTH or not isinstance(value, dict | list) or not value:
        return short
    pad = " " * (indent + 2)
    if isinstance(value, list):
        inner = [pad + readable(each, indent + 2) for each in value]
        return "[\n" + ",\n".join(inner) + "\n" + " " * indent + "]"
    inner = [f"{pad}{json.dumps(key)}: {readable(each, indent + 2)}" for key, each in value.items()]
    return "{\n" + ",\n".join(inner) + "\n" + " " * indent + "}"
