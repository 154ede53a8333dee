"""The file that every number of the site comes from."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import yaml

from helplines.freshness import must_be_checked
from helplines.helpline_file import (
    DATA_FILE,
    HelplineFileError,
    read_helplines,
    shipped_helplines,
)

GOOD: dict[str, Any] = {
    "slug": "luisterlijn",
    "name": "De Luisterlijn",
    "what": "Luistert.",
    "for_whom": "everyone",
    "phone": "0800-1234",
    "phone_link": "08001234",
    "source_title": "Eigen site",
    "source_url": "https://luisterlijn.example/",
    "checked_on": date(2026, 2, 1),
    "check_by": date(2026, 8, 1),
    "owner": "landelijke redactie",
}


def file_of(*entries: dict[str, Any]) -> str:
    return yaml.safe_dump({"helplines": list(entries)}, allow_unicode=True)


def test_a_good_file_is_read() -> None:
    [entry] = read_helplines(file_of(GOOD))
    assert entry.columns()["position"] == 100
    assert "slug" not in entry.columns()


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"phone_link": "0800-1234"}, "phone_link"),
        ({"phone_link": "+31 20"}, "phone_link"),
        ({"phone_link": ""}, "phone and phone_link together"),
        ({"phone": "", "phone_link": ""}, "there must be a way in"),
        ({"check_by": date(2026, 1, 1)}, "check_by must be later"),
        ({"for_whom": "teachers"}, "for_whom"),
        ({"url": "javascript:alert(1)"}, "url"),
        ({"chat_url": "www.voorbeeld.nl"}, "chat_url"),
        ({"source_url": ""}, "source_url"),
        ({"owner": ""}, "owner"),
        ({"telephone": "1"}, "telephone"),
        ({"languages": ["Dutch"]}, "languages"),
        ({"order": -1}, "order"),
    ],
)
def test_a_wrong_entry_is_named_with_its_field(change: dict[str, Any], says: str) -> None:
    with pytest.raises(HelplineFileError, match="'luisterlijn'") as caught:
        read_helplines(file_of({**GOOD, **change}))
    assert says in str(caught.value)


def test_everything_that_is_wrong_is_said_at_once() -> None:
    with pytest.raises(HelplineFileError) as caught:
        read_helplines(file_of({**GOOD, "owner": ""}, {**GOOD, "slug": "b", "name": ""}, GOOD))
    lines = str(caught.value).splitlines()
    assert [line.split(":")[0] for line in lines] == ["helpline 'luisterlijn'", "helpline 'b'"]


def test_an_entry_without_a_slug_is_named_by_its_number() -> None:
    without = {name: value for name, value in GOOD.items() if name != "slug"}
    with pytest.raises(HelplineFileError, match="number 2: slug"):
        read_helplines(file_of(GOOD, without))


def test_a_slug_may_be_there_once() -> None:
    with pytest.raises(HelplineFileError, match="'luisterlijn': slug: is in the file twice"):
        read_helplines(file_of(GOOD, GOOD))


@pytest.mark.parametrize("text", ["a: [", "- a", "helplines: {}", ""])
def test_a_file_of_another_shape_is_refused(text: str) -> None:
    with pytest.raises(HelplineFileError):
        read_helplines(text)


def test_the_file_of_the_site_is_good_and_begins_with_danger() -> None:
    entries = read_helplines(DATA_FILE.read_text(encoding="utf-8"))
    assert tuple(entries) == shipped_helplines()
    first = min(entries, key=lambda entry: entry.order)
    assert (first.slug, first.phone_link, first.is_acute) == ("112", "112", True)


@pytest.mark.parametrize(
    ("checked_on", "check_by", "is_due"),
    [
        (date(2026, 5, 1), date(2026, 8, 1), False),
        (date(2026, 5, 1), date(2026, 6, 1), True),  # the day itself
        (date(2025, 11, 29), date(2026, 8, 1), True),  # 184 days ago
        (date(2025, 11, 30), date(2026, 8, 1), False),
    ],
)
def test_a_number_is_due_at_its_date_and_after_half_a_year(
    checked_on: date, check_by: date, is_due: bool
) -> None:
    today = date(2026, 6, 1)
    assert must_be_checked(checked_on=checked_on, check_by=check_by, today=today) is is_due
