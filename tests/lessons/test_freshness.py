"""Which claims must be looked at again: the rules."""

from __future__ import annotations

from datetime import date

import pytest

from lessons.freshness import Claim, find_claims, long_overdue, named_sources, work_per_owner

TODAY = date(2026, 11, 26)


def claim(title: str, due: date, *, owner: str = "redactie", kind: str = "source") -> Claim:
    return Claim(kind, 1, title, owner, due, name=title)


OLD = claim("oud", date(2026, 7, 15))
NOW = claim("vandaag", TODAY, owner="")
SOON = claim("gauw", date(2026, 12, 26), kind="helpline")
LATER = claim("later", date(2027, 2, 24), owner="jurist")
FAR = claim("ver", date(2027, 2, 25))
ALL = [FAR, LATER, SOON, NOW, OLD]


@pytest.mark.parametrize(
    ("chosen", "found"),
    [
        ({}, [OLD, NOW, SOON, LATER, FAR]),
        ({"within": "overdue"}, [OLD, NOW]),
        ({"within": "30"}, [OLD, NOW, SOON]),
        ({"within": "90"}, [OLD, NOW, SOON, LATER]),
        ({"owner": "-"}, [NOW]),
        ({"owner": "jurist"}, [LATER]),
        ({"kind": "helpline"}, [SOON]),
        ({"text": "VER redac"}, [FAR]),
        ({"text": "niets"}, []),
    ],
)
def test_claims_are_found_by_owner_kind_day_and_words(chosen: dict, found: list[Claim]) -> None:
    assert find_claims(ALL, today=TODAY, **chosen) == found


def test_work_is_counted_per_owner_with_nobody_first() -> None:
    counts = [
        (w.owner, w.overdue, w.soon, w.later, w.total) for w in work_per_owner(ALL, today=TODAY)
    ]
    assert counts == [("", 1, 0, 0, 1), ("redactie", 1, 1, 0, 3), ("jurist", 0, 0, 1, 1)]


@pytest.mark.parametrize(("today", "told"), [(date(2026, 6, 29), False), (date(2026, 6, 30), True)])
def test_readers_are_told_after_half_a_year(today: date, told: bool) -> None:
    assert long_overdue([date(2026, 1, 1), date(2030, 1, 1)], today=today, days=180) is told


def test_the_sources_that_a_block_names_are_found_however_they_are_kept() -> None:
    raw = [
        {"value": {"sources": [{"type": "item", "value": "een"}], "deep": [{"source": "twee"}]}},
        {"value": {"sources": ["drie"], "source": None}},
    ]
    assert named_sources(raw) == {"een", "twee", "drie"}
