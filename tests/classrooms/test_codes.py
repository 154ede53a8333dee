"""Class codes, nicknames and windows: rules without a database (S-32, P-02)."""

from __future__ import annotations

import secrets
from datetime import UTC, date, datetime, timedelta

import pytest

from classrooms import codes, nicknames
from classrooms.windows import end_of_day, is_allowed

NOW = datetime(2026, 11, 25, 10, tzinfo=UTC)


def test_codes_are_eight_characters_that_nobody_mixes_up():
    code = codes.new_join_code()
    assert len(code) == 8
    assert not set(code) & set("01OIL")


def test_twenty_thousand_codes_are_all_different_and_spell_nothing_rude():
    made = [codes.new_join_code() for _ in range(20_000)]
    assert len(set(made)) == len(made)
    assert not [code for code in made if any(word in code for word in codes.UNWANTED)]


def test_codes_come_from_the_systems_secure_source(monkeypatch):
    asked = []
    monkeypatch.setattr(secrets, "choice", lambda letters: asked.append(1) or letters[0])
    assert codes.new_join_code() == codes.ALPHABET[0] * 8
    assert len(asked) == 8


def test_a_rude_code_is_thrown_away(monkeypatch):
    letters = iter("SEX22222" + "ABCD2345")
    monkeypatch.setattr(secrets, "choice", lambda _letters: next(letters))
    assert codes.new_join_code() == "ABCD2345"


@pytest.mark.parametrize("typed", ["abcd-2345", " ABCD 2345 ", "a b c d 2 3 4 5", "ABCD–2345"])
def test_a_code_is_read_however_it_is_typed(typed):
    assert codes.tidy(typed) == "ABCD2345"


def test_there_are_thousands_of_nicknames_and_no_doubles():
    assert len(set(nicknames.ADJECTIVES)) == len(nicknames.ADJECTIVES) >= 60
    assert len(set(nicknames.ANIMALS)) == len(nicknames.ANIMALS) >= 60


def test_no_nickname_uses_an_animal_that_is_a_term_of_abuse():
    unkind = {"Varken", "Koe", "Ezel", "Aap", "Slang", "Rat", "Geit", "Gans", "Kip", "Bok", "Poes"}
    assert not unkind & set(nicknames.ANIMALS)


def test_a_nickname_is_never_one_that_the_class_has(monkeypatch):
    monkeypatch.setattr(nicknames, "ADJECTIVES", ("Blije", "Kalme"))
    monkeypatch.setattr(nicknames, "ANIMALS", ("Das",))
    assert nicknames.new_nickname({"Blije Das"}) == "Kalme Das"


def test_the_last_free_nickname_is_found(monkeypatch):
    taken = {f"{one} {two}" for one in nicknames.ADJECTIVES for two in nicknames.ANIMALS}
    taken.remove("Blije Das")
    assert nicknames.new_nickname(taken) == "Blije Das"


def test_nicknames_get_a_number_once_all_are_taken(monkeypatch):
    monkeypatch.setattr(nicknames, "ADJECTIVES", ("Blije",))
    monkeypatch.setattr(nicknames, "ANIMALS", ("Das",))
    assert nicknames.new_nickname({"Blije Das", "Blije Das 2"}) == "Blije Das 3"


@pytest.mark.parametrize(
    ("until", "allowed"),
    [
        (NOW - timedelta(seconds=1), False),
        (NOW, False),
        (NOW + timedelta(hours=1), True),
        (NOW + timedelta(days=14), True),
        (NOW + timedelta(days=16), False),
    ],
)
def test_joining_is_open_for_fourteen_days_at_most(until, allowed):
    assert is_allowed(until=until, now=NOW) is allowed


def test_a_day_ends_at_midnight():
    assert end_of_day(date(2026, 12, 31), UTC) == datetime(2027, 1, 1, tzinfo=UTC)
