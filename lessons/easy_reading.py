"""Which text in easy language stands for which block of a step. Plain Python.

An ``easy_text`` is the twin of the block right before it, and says the same in short sentences and
common words. Of a text it takes the place of all of it, of a case that of the story, of a timeline
that of its moments. See docs/decisions/0047-easy-reading.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

EASY = "easy_text"
# The kinds of block that may have one, with the part of them that it stands for; "" for all.
STANDS_FOR = {"text": "", "case": "story", "timeline": "moments"}

Raw = Mapping[str, Any]
_WORD = re.compile(r"\w+")
_TAG = re.compile(r"<[^>]+>|&[a-z]+;|&#\d+;")


def twins(kinds: Sequence[str]) -> dict[int, int]:
    """Of each block that has a twin, its place; and the place of that twin."""
    return {
        place: place + 1
        for place, (kind, following) in enumerate(pairwise(kinds))
        if kind in STANDS_FOR and following == EASY
    }


def misplaced(kinds: Sequence[str]) -> list[int]:
    """The places of what is a twin of nothing."""
    paired = set(twins(kinds).values())
    return [place for place, kind in enumerate(kinds) if kind == EASY and place not in paired]


def perhaps_stale(revisions: Sequence[Sequence[Raw]]) -> list[str]:
    """The ids of twins whose original changed after they did.

    ``revisions``: the blocks of one step as they are kept, newest first. Whoever changes the twin,
    or only the day on which it was compared, has looked at it.
    """
    if not revisions:
        return []
    newest = revisions[0]
    return [
        easy["id"]
        for original, easy in _pairs(newest)
        if _changed_after(original, easy, revisions[1:])
    ]


def _changed_after(original: Raw, easy: Raw, older: Sequence[Sequence[Raw]]) -> bool:
    now = _words(original), easy["value"]
    for blocks in older:
        known = {block["id"]: block for block in blocks}
        if easy["id"] not in known:
            return False  # the twin was made later
        before = known[easy["id"]]["value"]
        there = known.get(original["id"])
        if _told(before) != _told(now[1]):
            return False
        if there is None or _words(there) != now[0]:
            return True
    return False


def _pairs(blocks: Sequence[Raw]) -> Iterator[tuple[Raw, Raw]]:
    for place, twin in twins([block["type"] for block in blocks]).items():
        yield blocks[place], blocks[twin]


def _told(easy: Raw) -> tuple[list[str], Any]:
    return _said(easy["text"]), easy.get("checked_on") or None


def _words(original: Raw) -> list[str]:
    """What the twin stands for; a change of a tag or a mark is no change of the text."""
    part = STANDS_FOR.get(original["type"], "")
    return _said(original["value"][part] if part else original["value"])


def _said(value: Any) -> list[str]:
    if isinstance(value, str):
        return _WORD.findall(_TAG.sub(" ", value).casefold())
    if isinstance(value, Mapping):
        value = [one for name, one in value.items() if name not in ("id", "type")]
    return [word for one in value for word in _said(one)] if isinstance(value, list) else []
