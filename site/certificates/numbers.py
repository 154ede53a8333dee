"""The number in a certificate's address: nobody guesses it, and somebody can type it."""

from __future__ import annotations

import secrets

# 32 signs without 0, 1, i, l: 26 of them are 130 bits, more than any address can be tried.
ALPHABET = "23456789abcdefghjkmnopqrstuvwxyz"
LENGTH = 26


def new_number() -> str:
    return "".join(secrets.choice(ALPHABET) for _place in range(LENGTH))


def shown(number: str) -> str:
    """In groups, to read aloud."""
    return " ".join(number[place : place + 4] for place in range(0, len(number), 4))


def typed(text: str) -> str:
    """What somebody typed or pasted as a number: without spaces, also out of an address."""
    number = "".join(text.split()).lower()
    return number.removesuffix("/").rpartition("/")[2]
