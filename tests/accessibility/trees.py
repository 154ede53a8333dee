"""A-16: what a screen reader is given of each state, kept as a file to compare with.

The files hold the Dutch tree. In another language the words differ and nothing else: roles,
levels and states must be those of the Dutch one. To write them again after a change that
was meant: ``make trees``; then read what changed.
"""

from __future__ import annotations

import os
import re
from difflib import unified_diff
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from tests.accessibility.walking import State

FOLDER = Path(__file__).parent / "trees"
UPDATES = bool(os.environ.get("UPDATE_TREES"))
# Either telling may come first, by the attempt's chance: named by their place here.
TELLINGS = (
    ("Rapport kanten", "Hij stond op de uitkijk.", "Hij zei niets."),
    ("Zijn verhaal kanten", "Ik moest wel.", "Ik had schulden."),
)
# Where a link leads is not read out, and differs with each attempt.
SHARED = re.compile(r"http://127\.0\.0\.1:\d+/q/[\w-]+/")
ADDRESS = re.compile(r"\n *- /url: [^\n]*")
QUOTED = re.compile(r'"(?:[^"\\\\]|\\\\.)*"')


def settled(tree: str) -> str:
    """The tree without what differs from run to run."""
    tree = SHARED.sub("https://site.example/q/quiz/", ADDRESS.sub("", tree))
    first, second = TELLINGS
    if (second[0] in tree and tree.find(second[0]) < tree.find(first[0])) or first[0] not in tree:
        first, second = second, first
    for place, telling in enumerate((first, second), start=1):
        for part, text in enumerate(telling, start=1):
            tree = tree.replace(text, f"Verhaal {place}.{part}")
    return tree + "\n"


def without_note(tree: str, page: Page) -> str:
    """The tree without the words that say that the quiz is in another language than its page."""
    notes = page.locator("main [data-other-language]").all_inner_texts()
    lines = tree.splitlines(keepends=True)
    return "".join(line for line in lines if not any(note in line for note in notes))


def shape(tree: str) -> list[str]:
    """Roles, levels and states by depth, without the words."""
    lines = []
    for line in tree.splitlines():
        bare = QUOTED.sub("''", line)
        is_text = bare.lstrip(" -").startswith("text:")
        lines.append(bare.split(":")[0] if is_text or ": " in bare else bare)
    return lines


class Trees:
    """Compares each state with its file."""

    def __init__(self, language: str) -> None:
        self.language = language

    def look(self, state: State, page: Page) -> dict[str, Any]:
        tree = settled(page.locator("main").aria_snapshot())
        path = FOLDER / f"{state.name.replace(', ', '-').replace(' ', '-')}.yml"
        if self.language == "nl":
            if UPDATES:
                path.parent.mkdir(exist_ok=True)
                path.write_text(tree, encoding="utf-8")
            kept = path.read_text(encoding="utf-8") if path.exists() else ""
            wrong = list(unified_diff(kept.splitlines(), tree.splitlines(), "kept", "now", n=1))
        else:
            kept = path.read_text(encoding="utf-8")
            now = shape(without_note(tree, page))
            wrong = list(unified_diff(shape(kept), now, "nl", self.language, n=1))
        return {"tree": wrong} if wrong else {}
