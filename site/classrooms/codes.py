"""Class codes. Plain Python.

Eight of 31 characters (39.6 bits), shown as XXXX-XXXX and open in a window of time. With
a thousand open classes and at most 2,000 wrong codes an hour over the whole site, a
stranger guesses into some class once in fifty years (docs/decisions/0004-class-codes.md).
"""

from __future__ import annotations

import secrets

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH = 8
# What eight random characters should not spell (Dutch and English), also inside.
UNWANTED = (
    "KUT",
    "SEX",
    "SEKS",
    "NEGER",
    "FUCK",
    "HOER",
    "KKR",
    "TERR",
    "NAZ",
    "KANKER",
    "TYFUS",
    "PENS",
    "ANAAL",
    "RAPE",
    "PEDF",
    "SUCK",
    "PUSSY",
    "CUNT",
    "TWAT",
    "GVD",
    "JEW",
    "KKK",
    "SSSS",
    "MDMA",
    "XTC",
    "HASH",
    "WEED",
)


def tidy(text: str) -> str:
    """What was typed, in capitals, with only the characters that a code can have."""
    return "".join(character for character in text.upper() if character in ALPHABET)


def is_wanted(code: str) -> bool:
    return not any(word in code for word in UNWANTED)


def new_join_code() -> str:
    """Eight characters from the system's secure random source, spelling nothing rude."""
    while True:
        code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
        if is_wanted(code):
            return code


def shown(code: str) -> str:
    """As people read it: XXXX-XXXX."""
    return f"{code[:4]}-{code[4:]}"
