"""When a typed answer is one of those that an editor wrote down. Plain Python.

Forgiven always: capitals, accents, punctuation, spaces, "de" and "het" in front, and a Dutch
number word for its digits ("twaalf" is 12). Forgiven where the editor says so: one typing error
(a letter too many, too few, another, or two swapped) in an answer of six letters or more.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

LONGEST = 80
FROM_LETTERS = 6  # below that, one letter makes another word too easily
OTHER = "other"  # the answer that is kept when it is none of those

UNITS = ("nul", "een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien")
TEENS = ("elf", "twaalf", "dertien", "veertien", "vijftien", "zestien", "zeventien", "achttien")
TENS = ("twintig", "dertig", "veertig", "vijftig", "zestig", "zeventig", "tachtig", "negentig")
NUMBERS = {word: str(number) for number, word in enumerate([*UNITS, *TEENS, "negentien"])} | {
    "honderd": "100",
    "duizend": "1000",
}
for _ten, _word in enumerate(TENS, start=2):
    NUMBERS[_word] = str(10 * _ten)
    for _unit in range(1, 10):
        NUMBERS[f"{UNITS[_unit]}en{_word}"] = str(10 * _ten + _unit)


def plain(text: str) -> str:
    """The text as it is compared: letters and digits only, small, one piece."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(char for char in parts if not unicodedata.combining(char))
    words = re.sub(r"['’`´]", "", letters)
    found = "".join(char if char.isalnum() else " " for char in words).split()
    if len(found) > 1 and found[0] in ("de", "het"):
        found = found[1:]
    return "".join(NUMBERS.get(word, word) for word in found)


def is_one_mistake(typed: str, meant: str) -> bool:
    """Whether one typing error makes the one from the other (Damerau and Levenshtein)."""
    if abs(len(typed) - len(meant)) > 1 or typed == meant:
        return False
    start = 0
    while start < min(len(typed), len(meant)) and typed[start] == meant[start]:
        start += 1
    one, other = typed[start:], meant[start:]
    if len(one) != len(other):
        longer, shorter = (one, other) if len(one) > len(other) else (other, one)
        return longer[1:] == shorter
    is_swapped = one[:2] == other[:2][::-1] and one[2:] == other[2:]
    return one[1:] == other[1:] or is_swapped


def find(answers: Iterable[Mapping[str, Any]], text: str, *, forgives: bool) -> str | None:
    """The key of the answer that was typed; one that is exactly it comes first."""
    typed = plain(text)
    spelled = [
        (answer["key"], plain(spelling)) for answer in answers for spelling in answer["spellings"]
    ]
    exact = (key for key, meant in spelled if meant == typed)
    # Another digit is another number, not a mistake.
    near = (
        key
        for key, meant in spelled
        if forgives
        and len(meant) >= FROM_LETTERS
        and not any(char.isdigit() for char in typed + meant)
        and is_one_mistake(typed, meant)
    )
    return next(exact, None) or next(near, None)
