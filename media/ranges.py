"""Parts of a file: what a player asks for when somebody moves to another moment.

RFC 9110, section 14. One range only; players ask for no more. Plain Python.
"""

from __future__ import annotations

import re

# A player asks for "all from here on" and then takes it as slowly as it plays. It would hold
# one of the few threads of the server for minutes, so it gets a part and asks again.
LARGEST_PART = 1_000_000
_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")


class UnsatisfiableRangeError(ValueError):
    """The file has no such part."""


def read_range(header: str, size: int) -> tuple[int, int] | None:
    """The first byte and the one after the last; ``None`` when the whole file is asked for.

    Raises ``UnsatisfiableRangeError``.
    """
    found = _RANGE.fullmatch(header.strip())
    if found is None or not (found[1] or found[2]):
        return None  # not something we know: the whole file is always a good answer
    if not found[1]:  # so many at the end
        start, stop = max(0, size - int(found[2])), size
    else:
        start = int(found[1])
        stop = min(size, int(found[2]) + 1) if found[2] else size
        if found[2] and int(found[2]) < start:
            return None
    if start >= stop:
        raise UnsatisfiableRangeError(header)
    return start, min(stop, start + LARGEST_PART)
