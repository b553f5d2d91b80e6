"""What ships with Rolecall: guidance, language, templates, example companies; from the wheel or from a checkout."""

from __future__ import annotations

from bot.domain.loaded import Shipped
from bot.folders import shipped_folder
from bot.load.language import load_language


def load_shipped() -> Shipped:
    """The language and the templates as they ship."""
    language, problems, _ = load_language(shipped_folder("knowledge") / "language")
    root = shipped_folder("prompts")
    texts = {file.relative_to(root).as_posix(): file.read_text(encoding="utf-8") for file in sorted(root.rglob("*.j2"))}
    return Shipped(language, texts, problems)
