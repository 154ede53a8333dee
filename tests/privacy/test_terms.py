"""When a term is over, and the list that outlives the database."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from privacy import erasure_list
from privacy.terms import Terms

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "starts"),
    [
        (datetime(2026, 7, 31, 21, 59, tzinfo=UTC), "2025-08-01"),  # 23:59 in Amsterdam
        (datetime(2026, 7, 31, 22, 0, tzinfo=UTC), "2026-08-01"),
        (datetime(2026, 12, 31, tzinfo=UTC), "2026-08-01"),
        (datetime(2027, 1, 1, tzinfo=UTC), "2026-08-01"),
    ],
)
def test_a_school_year_begins_on_the_first_of_august(now: datetime, starts: str) -> None:
    moment = Terms().class_since(now, AMSTERDAM)
    assert moment.isoformat() == f"{starts}T00:00:00+02:00"


def test_what_is_on_the_list_is_read_again_and_goes_when_it_is_old(tmp_path: Path) -> None:
    path = tmp_path / "lists" / "erased.jsonl"
    old, new = uuid4(), uuid4()
    assert erasure_list.read(path) == {}
    erasure_list.add(path, [old], at=NOW - timedelta(days=41))
    erasure_list.add(path, [new], at=NOW)
    assert set(erasure_list.read(path)) == {old, new}
    assert erasure_list.forget_before(path, Terms().listed_since(NOW)) == 1
    assert erasure_list.read(path) == {new: NOW}
    assert erasure_list.forget_before(path, Terms().listed_since(NOW)) == 0


@pytest.mark.parametrize("line", ["geen json", json.dumps({"learner": "12", "at": "nu"}), "[]"])
def test_a_broken_list_is_named_with_its_line(tmp_path: Path, line: str) -> None:
    path = tmp_path / "erased.jsonl"
    erasure_list.add(path, [uuid4()], at=NOW)
    with path.open("a") as file:
        file.write(f"{line}\n")
    with pytest.raises(ValueError, match="line 2"):
        erasure_list.read(path)
