"""Who asked to be erased, kept outside the database, so that a restored backup can be told.

One line of JSON for each: the random public id of a learner or an account, and when. The id leads
to nobody once they are gone; it is there to find them in a backup (R-25). Lines go after
``Terms.erasure_list_days``, which must be longer than the oldest backup lives.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from uuid import UUID


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.with_name(f"{path.name}.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _line(public_id: UUID, at: datetime) -> str:
    return json.dumps({"id": str(public_id), "at": at.isoformat()}) + "\n"


def _write(path: Path, lines: Iterable[str], mode: str) -> None:
    with path.open(mode, encoding="utf-8") as file:
        file.writelines(lines)
        file.flush()
        os.fsync(file.fileno())


def add(path: Path, public_ids: Iterable[UUID], *, at: datetime) -> None:
    """On disk when this returns. Raises ``OSError`` when it cannot be written."""
    with _locked(path):
        _write(path, [_line(one, at) for one in public_ids], "a")


def read(path: Path) -> dict[UUID, datetime]:
    """Each public id, and when they asked. Raises ``ValueError`` with the line."""
    found: dict[UUID, datetime] = {}
    if not path.exists():
        return found
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            row = json.loads(line)
            found[UUID(row["id"])] = datetime.fromisoformat(row["at"])
        except (ValueError, KeyError, TypeError) as error:
            raise ValueError(f"{path}, line {number}: {error}") from error
    return found


def forget_before(path: Path, moment: datetime) -> int:
    """How many lines were older, and are gone."""
    if not path.exists():
        return 0
    with _locked(path):
        known = read(path)
        kept = [_line(one, at) for one, at in known.items() if at >= moment]
        if len(kept) < len(known):
            fresh = path.with_name(f"{path.name}.new")
            _write(fresh, kept, "w")
            fresh.replace(path)
    return len(known) - len(kept)
