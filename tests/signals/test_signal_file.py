"""The signals that come with the site, and what a file is refused for."""

from __future__ import annotations

import pytest

from editorial.language import Passage, report_on
from lessons.facets import FORM_CODES as CATALOGUE_CODES
from quizzes.question_types.base import FORMS_OF_EXPLOITATION
from signals.naming import FORM_CODES, double_names, folded, lines_of
from signals.signal_file import DATA_FILE, SignalFileError, read_signals, shipped_signals
from signals.words import FORMS

ENTRY = """
checked_on: 2026-02-28
check_by: 2027-02-28
owner: redactie
sources:
  bron: {title: Een bron, url: https://bron.example/}
signals:
  - &een
    slug: een
    theme: money
    forms: [criminal]
    audience: everyone
    sources: [bron]
    names: [Geld]
    nl: &nl
      title: Een
      notice: [Iets.]
      meaning: [Iets.]
      also_possible: [Iets.]
      what_to_do: [Iets.]
"""


def test_the_signals_of_the_site_can_be_read() -> None:
    signals = shipped_signals()
    assert 30 <= len(signals) <= 40
    assert all(entry.en is not None for entry in signals)


def test_every_source_of_the_file_is_used() -> None:
    text = DATA_FILE.read_text(encoding="utf-8")
    used = {source.url for entry in shipped_signals() for source in entry.sources}
    listed = text[text.index("\nsources:") : text.index("\nsignals:")]
    assert {line.split("url: ")[1] for line in listed.splitlines() if "url: " in line} == used


@pytest.mark.parametrize("for_young_people", [True, False])
def test_the_signals_read_as_easily_as_a_lesson(for_young_people: bool) -> None:
    """A-17"""
    passages = [
        Passage(entry.slug, "", "\n\n".join([entry.nl.title, *points]))
        for entry in shipped_signals()
        if (entry.audience != "professionals") == for_young_people
        for points in entry.nl.points()
    ]
    report = report_on(passages, for_young_people=for_young_people)
    assert [(place.where, term.name) for place, term in report.avoided] == []
    (part,) = report.parts
    assert not part.is_hard, (part.score, part.mean)
    assert [(place.where, sentence) for place, sentence in part.long_sentences] == []


def test_the_smallest_file_can_be_read() -> None:
    (entry,) = read_signals(ENTRY)
    assert (entry.slug, entry.owner, entry.sources[0].title) == ("een", "redactie", "Een bron")


@pytest.mark.parametrize(
    ("wrong", "right", "told"),
    [
        ("theme: money", "theme: iets", "signal 'een': theme"),
        ("sources: [bron]", "sources: [elders]", "signal 'een': sources: there is no 'elders'"),
        ("check_by: 2027", "check_by: 2025", "check_by must be later than checked_on"),
        ("notice: [Iets.]", "notice: []", "signal 'een': nl.notice"),
        ("names: [Geld]", "naam: [Geld]", "signal 'een': naam"),
    ],
)
def test_what_is_wrong_is_named(wrong: str, right: str, told: str) -> None:
    with pytest.raises(SignalFileError) as refused:
        read_signals(ENTRY.replace(wrong, right))
    assert told in str(refused.value)


def test_a_name_belongs_to_one_signal() -> None:
    second = "  - {<<: *een, slug: twee, nl: {<<: *nl, title: GELD}}\n"
    with pytest.raises(SignalFileError) as refused:
        read_signals(ENTRY + second)
    assert "signal 'twee': names: 'Geld' is a name of 'een' too" in str(refused.value)


def test_names_are_compared_without_capitals_and_accents() -> None:
    assert folded("  Één  schuld ") == folded("een schuld.")
    assert double_names({"a": ["x"], "b": ["X"]}) == {"X": ("a", "b")}
    assert double_names({"a": ["x", "X"], "b": ["y"]}) == {}


def test_a_point_is_a_line() -> None:
    assert lines_of("een\n\n twee \n") == ("een", "twee")


def test_forms_are_those_of_questions_and_their_letters_those_of_the_catalogue() -> None:
    known = dict(FORMS_OF_EXPLOITATION)
    assert {name: FORMS[name] for name in FORMS if name in known} == {
        name: label for name, label in known.items() if name != "all"
    }
    assert set(FORM_CODES) == set(FORMS)
    assert {name: FORM_CODES[name] for name in CATALOGUE_CODES if name != "all"} == {
        name: code for name, code in CATALOGUE_CODES.items() if name != "all"
    }
