"""What is wrong in a package file, for an editor: what, where and how to mend it.

Those who read and check packages say it in English, one sentence each, as whoever writes one in a
terminal needs it. Here every such sentence has a twin in the language of who looks. One that has
none is shown as it is; a test sees to it that none is forgotten.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from django.utils.translation import gettext as _

from lessons.package_files import Problem
from lessons.package_sentences import SENTENCES
from lessons.package_words import place_text

# ``steps.0.blocks.1.title: this is missing``, and ``images/plaat.svg: line 3: no <svg> in it``.
_PATH = re.compile(r"(?P<path>[a-z_]+(?:\.(?:[a-z_]+|[0-9]+))*): (?P<rest>.+)", re.S)
_FILE = re.compile(r"(?P<file>(?:images|recordings|documents)/\S+): (?P<rest>.+)", re.S)
_LINE = re.compile(r"(?:text, )?line (?P<line>[0-9]+): (?P<rest>.+)", re.S)


@dataclass(frozen=True)
class Told:
    """One line on the screen."""

    file: str
    line: int
    text: str


def told(problems: Iterable[Problem]) -> list[Told]:
    return [Told(one.file, one.line, sentence(one.message)) for one in problems]


def sentence(message: str) -> str:
    """The message in the language that is active now, or as it came."""
    found = _FILE.fullmatch(message)
    if found:
        return f"{found['file']}: {sentence(found['rest'])}"
    found = _LINE.fullmatch(message)
    if found:
        where = _("In de tekst, regel %(line)s") % {"line": found["line"]}
        return f"{where}: {sentence(found['rest'])}"
    several = [sentence(part) for part in message.split("; ")] if "; " in message else []
    if several and not set(several) & set(message.split("; ")):
        return " ".join(several)
    return _known(message) or _placed(message) or message


def _placed(message: str) -> str:
    found = _PATH.fullmatch(message)
    return f"{_where(found['path'])}: {sentence(found['rest'])}" if found else ""


def _where(path: str) -> str:
    """As an editor counts: from one."""
    parts = path.split(".")
    return place_text(tuple(int(part) + 1 if part.isdecimal() else part for part in parts))


def _known(message: str) -> str:
    for pattern, twin in _patterns():
        found = pattern.fullmatch(message)
        if found:
            return str(twin) % found.groupdict()
    return ""


@cache
def _patterns() -> list[tuple[re.Pattern[str], object]]:
    """What says most comes first: it fits the fewest messages."""
    made = []
    for english, twin in SENTENCES.items():
        parts = re.split(r"\{(\w+)\}", english)
        pattern = "".join(
            f"(?P<{part}>.+?)" if place % 2 else re.escape(part) for place, part in enumerate(parts)
        )
        made.append((re.compile(pattern, re.S), twin, sum(map(len, parts[::2]))))
    made.sort(key=lambda one: -one[2])
    return [(pattern, twin) for pattern, twin, _size in made]
