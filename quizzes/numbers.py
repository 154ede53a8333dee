"""Numbers as the Dutch write them: 1.200,5. Plain Python."""

from __future__ import annotations

import re
from decimal import Decimal

_THOUSANDS = r"[0-9]{1,3}(?:[. \u00a0][0-9]{3})+(?:,[0-9]{1,4})?"
_DECIMALS = r"[0-9]{1,12}(?:[.,][0-9]{1,4})?"
_ENGLISH = r"[1-9][0-9]{0,2}(?:(?:,[0-9]{3}){2,3}|,000)"
# Also the ``pattern`` of the field, so that a browser refuses the same.
PATTERN = rf"\s*[\-\u2212]?(?:{_THOUSANDS}|{_DECIMALS}|{_ENGLISH})\s*"
MOST_CHARACTERS = 24


def read_number(text: str) -> Decimal | None:
    """The number that is written, or ``None``. A dot before three digits is for thousands."""
    if len(text) > MOST_CHARACTERS or not re.fullmatch(PATTERN, text, re.ASCII):
        return None
    written = text.strip().replace("\u2212", "-")
    unsigned = written.removeprefix("-")
    if re.fullmatch(_THOUSANDS, unsigned):
        written = re.sub(r"[. \u00a0]", "", written)
    elif re.fullmatch(_ENGLISH, unsigned):
        written = written.replace(",", "")
    return Decimal(written.replace(",", "."))


def write_number(number: Decimal) -> str:
    """The one way in which it is kept: 1200,5."""
    text = format(number, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text.replace(".", ",")


def show_number(written: str) -> str:
    """For people, with dots between thousands. Takes what ``write_number`` made."""
    whole, comma, decimals = written.partition(",")
    return f"{int(whole):,}".replace(",", ".") + comma + decimals if whole != "-0" else written
