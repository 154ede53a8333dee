"""The return code: how a learner without an account comes back. Plain Python.

``selector.verifier`` in one string of 18 characters: five find the row, thirteen prove
it. 13 characters of 31 are 64.4 bits, the least that ASVS 5.0 §6.6.3 asks one to
consider; the verifier is stored as a salted password hash (§6.5.2).
"""

from __future__ import annotations

from dataclasses import dataclass

# No 0 O 1 I L: nobody should have to ask which one it is.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
SELECTOR_LENGTH = 5
VERIFIER_LENGTH = 13
GROUP_LENGTH = 6


@dataclass(frozen=True, slots=True)
class ReturnCode:
    selector: str
    verifier: str

    def __str__(self) -> str:
        """As shown: three groups of six, XXXXXX-XXXXXX-XXXXXX."""
        code = self.selector + self.verifier
        return "-".join(
            code[start : start + GROUP_LENGTH] for start in range(0, len(code), GROUP_LENGTH)
        )


def return_code_from(digest: bytes) -> ReturnCode:
    """The code that follows from at least 32 random bytes, evenly spread."""
    number = int.from_bytes(digest)
    characters = []
    for _position in range(SELECTOR_LENGTH + VERIFIER_LENGTH):
        number, rest = divmod(number, len(ALPHABET))
        characters.append(ALPHABET[rest])
    code = "".join(characters)
    return ReturnCode(code[:SELECTOR_LENGTH], code[SELECTOR_LENGTH:])


def tidy(text: str) -> str:
    """What was typed, in capitals and without anything that is not in the alphabet."""
    return "".join(character for character in text.upper() if character in ALPHABET)


def parse_return_code(text: str) -> ReturnCode | None:
    """The code in what somebody typed; ``None`` when it cannot be one."""
    code = tidy(text)
    if len(code) != SELECTOR_LENGTH + VERIFIER_LENGTH:
        return None
    return ReturnCode(code[:SELECTOR_LENGTH], code[SELECTOR_LENGTH:])
