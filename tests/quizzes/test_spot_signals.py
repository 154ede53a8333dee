"""Marking signals in a text: an editor's mistakes, the marks, and what the text says afterwards."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st
from wagtail.blocks import StreamBlock
from wagtail.blocks.struct_block import StructBlockValidationError

from quizzes.grading import Given
from quizzes.question_types import QUESTION_TYPES
from tests.factories import quizzes as made

KIND = QUESTION_TYPES["spot_signals"]


def value(**changes: Any) -> Any:
    raw = made.spot_signals("x")
    raw["value"].update(changes)
    return StreamBlock([("spot_signals", KIND.block())]).to_python([raw])[0].value


def content() -> dict[str, Any]:
    return KIND.compile(value())


def errors_of(**changes: Any) -> dict[str, Any]:
    with pytest.raises(StructBlockValidationError) as caught:
        KIND.block().clean(value(**changes))
    return caught.value.block_errors


def test_a_good_question_is_accepted() -> None:
    KIND.block().clean(value())


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Jay: [[alles goed?", "Regel 1: hier begint een stukje met [[, maar ]] ontbreekt."),
        ("a\nJay: alles goed?]]", "Regel 2: hier staat ]], maar [[ ontbreekt."),
        ("Jay: [[a]]\nIk: [[a]]", "Regel 2: 'a' is al gemarkeerd."),
        ("Jay: hoi\nIk: [[nieuw]]", "Regel 2: bij 'nieuw' staat hieronder nog geen uitleg."),
        ("Jay: hoi", "Zet [[ en ]] om minstens één stukje van de tekst."),
    ],
)
def test_a_mistake_in_the_text_is_shown_at_the_text(text: str, message: str) -> None:
    assert any(message in said for said in errors_of(text=text)["text"].messages)


def test_an_entry_without_its_piece_is_shown_at_that_entry() -> None:
    text = made.spot_signals("x")["value"]["text"].replace("[[alles goed?]]", "alles goed?")
    errors = errors_of(text=text)
    assert set(errors) == {"choices"}
    (place,) = errors["choices"].block_errors
    assert place == 1
    said = errors["choices"].block_errors[1].block_errors["text"].messages
    assert said == ["Dit staat niet tussen [[ en ]] in de tekst."]


@pytest.mark.parametrize(
    ("place", "field", "set_to", "message"),
    [
        (0, "signal", "", "Geef het signaal een korte naam."),
        (2, "text", "alles goed?", "Bij dit stukje staat al uitleg."),
    ],
)
def test_a_mistake_in_an_entry_is_shown_at_its_field(
    place: int, field: str, set_to: str, message: str
) -> None:
    entries = made.spot_signals("x")["value"]["choices"]
    entries[place]["value"][field] = set_to
    errors = errors_of(choices=entries)["choices"].block_errors
    assert errors[place].block_errors[field].messages == [message]


@pytest.mark.parametrize(
    ("is_right", "message"), [(False, "Is een signaal"), (True, "geen signaal")]
)
def test_there_are_signals_and_other_pieces(is_right: bool, message: str) -> None:
    entries = made.spot_signals("x")["value"]["choices"]
    for entry in entries:
        entry["value"].update(is_right=is_right, signal="Iets" if is_right else "")
    (said,) = errors_of(choices=entries)["choices"].non_block_errors.as_data()
    assert message in str(said.messages)


def test_pieces_stand_in_the_order_of_the_text() -> None:
    assert [piece["key"] for piece in content()["choices"]] == [
        made.key("x-c"),
        made.key("x-a"),
        made.key("x-b"),
    ]


def test_signals_and_other_pieces_look_the_same_before_the_answer() -> None:
    """S-20: exchange what is a signal, and nothing that a learner sees changes."""
    entries = made.spot_signals("x")["value"]["choices"]
    for entry in entries:
        entry["value"]["is_right"] = not entry["value"]["is_right"]
        entry["value"]["signal"] = "Iets" if entry["value"]["is_right"] else ""
    turned = KIND.compile(value(choices=entries))
    assert KIND.public(turned) == KIND.public(content())
    assert "signal" not in json.dumps(KIND.public(content()))


PIECES = [f"{number}" for number in range(8)]


@given(
    right=st.sets(st.sampled_from(PIECES), min_size=1, max_size=7),
    sent=st.lists(st.sampled_from(PIECES), unique=True, min_size=1),
    data=st.data(),
)
def test_found_minus_marked_without_reason_never_below_zero(
    right: set[str], sent: list[str], data: st.DataObject
) -> None:
    pieces = [{"key": key, "is_right": key in right} for key in PIECES]
    question = {"choices": pieces}
    mark = KIND.mark(question, KIND.clean(question, {"choice": sent}))
    found, extra = len(set(sent) & right), len(set(sent) - right)
    assert mark.won == max(0, found - extra)
    assert 0 <= mark.won <= mark.available == len(right)
    assert mark.is_right == (set(sent) == right)
    mixed = data.draw(st.permutations(sent))
    assert KIND.clean(question, {"choice": mixed}) == KIND.clean(question, {"choice": sent})
    everything = KIND.mark(question, Given(choice=tuple(PIECES)))
    assert not everything.is_right


def test_the_text_itself_says_what_was_found_missed_and_no_signal() -> None:
    question = content()
    chosen = Given(choice=(made.key("x-c"), made.key("x-a")))
    page = render_to_string(
        KIND.answers_template,
        {
            "choices": KIND.feedback(question, chosen),
            "mark": KIND.mark(question, chosen),
            **KIND.feedback_context(question, chosen),
        },
    )
    text, everything = page.split("<details>")
    words = " ".join(text.split())
    assert '<mark class="phrase" data-state="found"><span class="phrase__text">jij moet' in words
    assert '<mark class="phrase" data-state="missed"><span class="phrase__text">zeg het' in words
    assert '<mark class="phrase" data-state="extra"><span class="phrase__text">alles goed?' in words
    assert "Gemarkeerd, maar geen signaal" in words
    assert "Dat is 0 van de 2." in words
    for name in ("x-a", "x-b", "x-c"):
        assert f"Geheime uitleg bij {name}." in text
        assert f"Geheime uitleg bij {name}." in everything


def test_what_was_missed_is_told_to_the_teacher_in_words_of_its_own() -> None:
    given = [Given(choice=(made.key("x-a"),)), Given(choice=(made.key("x-c"),))]
    rows = {row.key: row for row in KIND.statistics(content(), given)}
    assert rows[made.key("x-c")].text == "‘alles goed?’ (geen signaal)"
    missed = rows[f"missed:{made.key('x-b')}"]
    assert (missed.text, missed.count, missed.is_right) == (
        "Niet gezien: ‘zeg het tegen niemand’",
        2,
        False,
    )
