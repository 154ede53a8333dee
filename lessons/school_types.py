"""Which school types a description names: "onderbouw havo/vwo". Plain Python."""

from __future__ import annotations

import re
from typing import Literal

SchoolType = Literal[
    "primary", "special", "practical", "vmbo", "havo", "vwo", "mbo", "higher", "outside"
]

_NAMES: dict[SchoolType, str] = {
    "primary": r"basisonderwijs|basisschool|primair onderwijs|groep [78]",
    "special": r"v?so|(voortgezet )?speciaal onderwijs",
    "practical": r"praktijkonderwijs|pro",
    "vmbo": r"vmbo(-\w+)?|mavo",
    "havo": r"havo",
    "vwo": r"vwo|gymnasium|atheneum",
    "mbo": r"mbo",
    "higher": r"hbo|wo|universiteit|hoger onderwijs",
    "outside": r"jongerenwerk|jeugdhulp|buiten school|jeugdzorg",
}
_WORDS = {name: re.compile(rf"\b({words})\b", re.IGNORECASE) for name, words in _NAMES.items()}


def school_types_in(level: str) -> list[SchoolType]:
    """In a fixed order; none when the words are others."""
    return [name for name, words in _WORDS.items() if words.search(level)]
