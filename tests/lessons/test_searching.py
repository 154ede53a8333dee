from __future__ import annotations

import pytest

from lessons.facets import places
from lessons.searching import Vocabulary, highlight, snippet

PACKAGES = [
    ("Naar school", "Je gaat op de fiets. Over mensenhandel."),
    ("Op je werk", "Een eerlijk loon, veilige plek, foto's"),
    ("Fietsen", "Signalen herkennen bij jongeren. Één café."),
]
WORDS = Vocabulary(PACKAGES)


@pytest.mark.parametrize(
    ("typed", "titles"),
    [
        ("", {0, 1, 2}),
        ("fiets", {0, 2}),
        ("fietsen", {0, 2}),
        ("FIETS", {0, 2}),
        ("mensnhandel", {0}),
        ("mensenhadnel", {0}),
        ("mensenhandel fietsen", {0}),
        ("handel", {0}),
        ("lonen", {1}),
        ("veilig", {1}),
        ("foto", {1}),
        ("signaal", {2}),
        ("herkenen", {2}),
        ("een cafe", {2}),
        ("de lonen", {1}),
        ("lxon", {1}),
        ("loop", {1}),
        ("lxxn", set()),
        ("xyz", set()),
        ("loon fiets", set()),
        ("%_'\"; <b>", set()),
    ],
)
def test_other_forms_and_typing_errors_are_found(typed: str, titles: set[int]) -> None:
    assert set(places(WORDS.search(typed).bits, range(3))) == titles


def test_a_guess_is_only_made_when_nothing_else_fits() -> None:
    assert WORDS.search("mensnhandel").guesses == ("mensenhandel",)
    assert WORDS.search("fietsen").guesses == ()


def test_a_title_that_holds_the_words_is_the_best() -> None:
    assert places(WORDS.search("fiets").best, range(3)) == [2]


def test_what_is_marked_is_escaped() -> None:
    marked = frozenset({"cafe", "b"})
    assert highlight("<b> Café & zo", marked) == "&lt;<mark>b</mark>&gt; <mark>Café</mark> &amp; zo"
    text = "Een lange zin met veel woorden ervoor, " * 3 + "dan een café, en nog veel meer. " * 4
    part = snippet(text, frozenset({"cafe"}))
    assert part.startswith("… ")
    assert part.endswith(" …")
    assert "<mark>café</mark>" in part
    assert snippet(text, frozenset({"loon"})) == ""
