"""What differs between two editions, and whether it is wording or meaning. Plain Python.

Questions and choices are compared by their keys, so a choice that moved is a choice that
moved and not two that changed. A difference is *wording* when it is in a text that its
type of question names as such, and in nothing else; an unknown field counts as *meaning*,
so that a new one is safe before anybody thought about it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

MOST_BYTES = 1_000_000  # of an edition
# What is only text in what stands beside an explanation or a band, of whatever type.
SUPPLEMENT_WORDING = frozenset(
    {
        "supplement.alt",
        "supplement.image.credit",
        "supplement.recording.captions",  # the name of a file that is named for its content
        "supplement.recording.description",
        "supplement.recording.credit",
        "supplement.lines.speaker",
        "supplement.lines.text",
        "supplement.lesson.title",
    }
)
QUIZ_WORDING = frozenset(
    {"title", "intro", "what_you_can_do", "bands.title", "bands.text"}
    | {f"bands.{path}" for path in SUPPLEMENT_WORDING}
)
# Groups of fields that may be absent as a whole: each of their fields is told by itself.
GROUPS = frozenset({"supplement", "bands.supplement"})
# What an edition from before a field existed was, where that is not nothing.
ABSENT = {"kind": "practice", "language": "nl"}
# What every entry of a list is known by: its key, or what stands for one.
IDENTITIES: tuple[tuple[str, ...], ...] = (
    ("key",),
    ("from_percent",),  # of a band
    ("kind", "name"),  # of what a story explains
    ("name",),  # of a scene
)
ADDED, REMOVED, MOVED, CHANGED = "added", "removed", "moved", "changed"


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is otherwise. ``path`` names fields only: ``choices.text``."""

    what: str  # ADDED, REMOVED, MOVED or CHANGED
    path: str
    before: Any
    after: Any
    is_wording: bool
    entry: str = ""  # what in a list it is about, in the words of the newer edition


@dataclass(frozen=True, slots=True)
class QuestionDifference:
    """A question that is new, gone, elsewhere or otherwise. Numbers are from 1."""

    key: str
    what: str
    number_before: int | None
    number_after: int | None
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None
    differences: tuple[Difference, ...] = ()

    @property
    def is_wording(self) -> bool:
        return self.what == CHANGED and all(one.is_wording for one in self.differences)


@dataclass(frozen=True, slots=True)
class Differences:
    """All that is otherwise in the newer of two editions."""

    quiz: tuple[Difference, ...]
    questions: tuple[QuestionDifference, ...]

    def __bool__(self) -> bool:
        return bool(self.quiz or self.questions)

    @property
    def is_wording(self) -> bool:
        """Whether this may reach attempts under way: no mark, key or order moves by it."""
        around = all(one.is_wording for one in self.quiz)
        return around and all(one.is_wording for one in self.questions)


def size_of(content: Mapping[str, Any]) -> int:
    """The bytes of an edition as it is kept."""
    return len(json.dumps(content, ensure_ascii=False).encode())


def differences(
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    *,
    wording_of: Callable[[str], Collection[str]],
) -> Differences:
    """Compares the contents of two editions; ``wording_of`` gives a type's texts by its name."""
    return Differences(
        quiz=tuple(
            _fields(
                ABSENT | dict(before), ABSENT | dict(after), "", QUIZ_WORDING, skip={"questions"}
            )
        ),
        questions=tuple(_questions(before["questions"], after["questions"], wording_of)),
    )


def _questions(
    before: Sequence[Mapping[str, Any]],
    after: Sequence[Mapping[str, Any]],
    wording_of: Callable[[str], Collection[str]],
) -> Iterator[QuestionDifference]:
    """In the order of the newer edition; what is gone comes last."""
    old = {question["key"]: (n, question) for n, question in enumerate(before, start=1)}
    new = {question["key"]: (n, question) for n, question in enumerate(after, start=1)}
    moved = _moved([key for key in old if key in new], [key for key in new if key in old])
    for key, (number, question) in new.items():
        if key not in old:
            yield QuestionDifference(key, ADDED, None, number, None, question)
            continue
        old_number, old_question = old[key]
        known = wording_of(question["type"]) if question["type"] == old_question["type"] else ()
        found = tuple(_fields(old_question, question, "", known))
        if key in moved or found:
            what = MOVED if key in moved else CHANGED
            yield QuestionDifference(key, what, old_number, number, old_question, question, found)
    for key, (number, question) in old.items():
        if key not in new:
            yield QuestionDifference(key, REMOVED, number, None, question, None)


def _fields(
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    path: str,
    wording: Collection[str],
    *,
    entry: str = "",
    skip: Collection[str] = (),
) -> Iterator[Difference]:
    for name in [*after, *(name for name in before if name not in after)]:
        if name not in skip:
            place = f"{path}.{name}" if path else name
            yield from _values(before.get(name), after.get(name), place, wording, entry)


def _values(
    before: Any, after: Any, path: str, wording: Collection[str], entry: str
) -> Iterator[Difference]:
    # An edition from before a field existed has nothing there, which is what "no" is now.
    if before == after or (not before and not after):
        return
    if path in GROUPS:
        before, after = before or {}, after or {}
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        yield from _fields(before, after, path, wording, entry=entry)
    elif _is_list(before) and _is_list(after):
        yield from _lists(before, after, path, wording, entry)
    else:
        is_text = all(isinstance(value, str) for value in (before, after))
        yield Difference(CHANGED, path, before, after, is_text and path in wording, entry)


def _lists(
    before: Sequence[Any], after: Sequence[Any], path: str, wording: Collection[str], entry: str
) -> Iterator[Difference]:
    names = _identity(before, after)
    if names is None:
        yield from _in_place(before, after, path, wording, entry)
        return
    old, new = ({tuple(one[n] for n in names): one for one in each} for each in (before, after))
    kept_before = [key for key in old if key in new]
    kept_after = [key for key in new if key in old]
    if kept_before != kept_after:
        first, now = ([_said(new[key]) for key in keys] for keys in (kept_before, kept_after))
        yield Difference(MOVED, path, first, now, is_wording=False, entry=entry)
    for key, value in new.items():
        if key in old:
            said = _said(value)
            yield from _fields(old[key], value, path, wording, entry=said or entry)
        else:
            yield Difference(ADDED, path, None, value, is_wording=False, entry=_said(value))
    for key, value in old.items():
        if key not in new:
            yield Difference(REMOVED, path, value, None, is_wording=False, entry=_said(value))


def _in_place(
    before: Sequence[Any], after: Sequence[Any], path: str, wording: Collection[str], entry: str
) -> Iterator[Difference]:
    """Entries without a name of their own: only as many of them can be compared."""
    if len(before) != len(after):
        yield Difference(CHANGED, path, before, after, is_wording=False, entry=entry)
        return
    for one, other in zip(before, after, strict=True):
        yield from _values(one, other, path, wording, entry)


def _is_list(value: Any) -> bool:
    return isinstance(value, list | tuple)


def _identity(before: Sequence[Any], after: Sequence[Any]) -> tuple[str, ...] | None:
    """The fields by which all entries of both lists can be told apart, if there are any."""
    for names in IDENTITIES:
        if all(_are_told_apart(entries, names) for entries in (before, after)):
            return names
    return None


def _are_told_apart(entries: Sequence[Any], names: Sequence[str]) -> bool:
    if not all(isinstance(entry, Mapping) and set(names) <= entry.keys() for entry in entries):
        return False
    known = [tuple(entry[name] for name in names) for entry in entries]
    return "" not in {part for one in known for part in one} and len(set(known)) == len(known)


def _said(entry: Mapping[str, Any]) -> str:
    """An entry in its own words."""
    return next(
        (entry[name] for name in ("text", "title", "name") if isinstance(entry.get(name), str)), ""
    )


def _moved(before: Sequence[str], after: Sequence[str]) -> set[str]:
    """The fewest keys that had to move to make the one order from the other."""
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    stayed = {key for block in matcher.get_matching_blocks()
              for key in before[block.a : block.a + block.size]}  # fmt: skip
    return set(before) - stayed


@dataclass(frozen=True, slots=True)
class Words:
    """A stretch of words, and whether it is otherwise in the other text."""

    text: str
    is_changed: bool


def marked_words(before: str, after: str) -> tuple[list[Words], list[Words]]:
    """Both texts in stretches of words, with what is otherwise marked in each."""
    old, new = before.split(), after.split()
    sides: tuple[list[Words], list[Words]] = ([], [])
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for tag, start, end, new_start, new_end in matcher.get_opcodes():
        for side, words in ((sides[0], old[start:end]), (sides[1], new[new_start:new_end])):
            if words:
                side.append(Words(" ".join(words), tag != "equal"))
    return sides
