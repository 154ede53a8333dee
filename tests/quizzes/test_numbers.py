"""Numbers as the Dutch write them, and estimates."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from wagtail.blocks import StreamBlock
from wagtail.blocks.struct_block import StructBlockValidationError

from lessons.package_questions import NumberQuestion
from quizzes.grading import Given, Mark, UnusableAnswerError
from quizzes.models import Answer
from quizzes.numbers import PATTERN, read_number, show_number, write_number
from quizzes.question_types import QUESTION_TYPES
from tests.factories import quizzes as made
from tests.forms import answer_url, hidden_fields

KIND = QUESTION_TYPES["number"]


def content(**more: Any) -> dict[str, Any]:
    block = KIND.block()
    body = made.number("x", **more)
    value = StreamBlock([(KIND.name, block)]).to_python([body])[0].value
    return KIND.compile(block.clean(value))


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("1200", "1200"), ("1.200", "1200"), ("1 200", "1200"), ("1.200,5", "1200,5"),
        ("1200,50", "1200,5"), ("0,5", "0,5"), ("0.5", "0,5"), (" 12 ", "12"), ("007", "7"),
        ("1.000.000", "1000000"), ("1,000", "1000"), ("2,125", "2,125"), ("1,000,000", "1000000"),
        ("-3", "-3"), ("\u22123", "-3"), ("-0", "0"), ("1\u00a0200", "1200"),
    ],
)  # fmt: skip
def test_a_number_is_read_as_it_is_written_here(text: str, kept: str) -> None:
    number = read_number(text)
    assert number is not None
    assert write_number(number) == kept
    assert read_number(kept) == number


@pytest.mark.parametrize(
    "text",
    ["", "veel", "1e5", "NaN", "1,2,3", "1..2", "12 of 13", "\u0661\u0662", "9" * 13, "--1", "0x1",
     "1_000", "1,23456"],
)  # fmt: skip
def test_what_is_no_number_is_none(text: str) -> None:
    assert read_number(text) is None
    if text:
        with pytest.raises(UnusableAnswerError, match="not_a_number"):
            KIND.clean(content(), {"choice": [text]})


@given(st.decimals(-(10**11), 10**11, places=2))
def test_what_is_kept_and_shown_reads_as_the_same_number(number: Decimal) -> None:
    kept = write_number(number)
    assert read_number(kept) == number
    assert read_number(show_number(kept)) == number
    assert re.fullmatch(PATTERN, show_number(kept), re.ASCII)


@given(st.integers(-5000, 5000))
def test_a_mark_is_never_below_zero_nor_above_what_there_is(number: int) -> None:
    for some in ({"near": True}, {"near": False}, {"is_estimate": True}):
        question = content(**some)
        mark = KIND.mark(question, KIND.clean(question, {"choice": [str(number)]}))
        assert 0 <= mark.won <= mark.available == KIND.available(question)
        is_within = 900 <= number <= 1000
        assert mark.is_right == (is_within and "is_estimate" not in some)


@pytest.mark.parametrize(
    ("number", "won"),
    [("499", 0), ("500", 1), ("899,9", 1), ("900", 2), ("1000", 2), ("1001", 1), ("1501", 0)],
)
def test_the_limits_belong_to_the_range(number: str, won: int) -> None:
    assert KIND.mark(content(), Given((number,))) == Mark(won, 2)
    assert KIND.mark(content(near=False), Given((number,))) == Mark(int(won == 2), 1)


def test_a_group_is_told_in_ranges() -> None:
    given_ = [Given((text,)) for text in ("1", "499", "500", "944", "1200", "2000")]
    rows = [(row.text, row.is_right, row.count) for row in KIND.statistics(content(), given_)]
    assert rows == [
        ("minder dan 500 mensen", False, 2),
        ("iets te laag: vanaf 500 mensen", False, 1),
        ("900 tot en met 1.000 mensen", True, 1),
        ("iets te hoog: tot en met 1.500 mensen", False, 1),
        ("meer dan 1.500 mensen", False, 1),
    ]
    rows = [row.text for row in KIND.statistics(content(near=False), given_)]
    assert rows == ["minder dan 900 mensen", "900 tot en met 1.000 mensen", "meer dan 1.000 mensen"]


@pytest.mark.django_db
def test_a_form_with_a_word_comes_back_with_that_word(client: Client) -> None:
    made.make_quiz("tellen", questions=[("getal", made.number("getal"))])
    page = client.get("/q/tellen/")
    assert "mensen" in page.text
    assert "944" not in page.text
    refused = client.post(answer_url(page), {**hidden_fields(page), "choice": 'veel"'})
    assert refused.status_code == 422
    assert "Vul een getal in, in cijfers." in refused.text
    assert 'value="veel&quot;"' in refused.text
    saved = client.post(answer_url(page), {**hidden_fields(page), "choice": "1.100"}, follow=True)
    assert Answer.objects.get().given["choice"] == ["1100"]
    for words in ("Deels goed", "1.100 mensen", "Je zit er dichtbij", "Geheime bron.", "te hoog"):
        assert words in saved.text
    assert "900 tot en met 1.000 mensen" in saved.text


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"right_from": "950"}, "right_to"),
        ({"right_to": "900"}, "right_to"),
        ({"near_to": None}, "near_to"),
        ({"near_from": "901"}, "near_to"),
        ({"near_from": "900", "near_to": "1000"}, "near_to"),
    ],
)
def test_an_editor_hears_which_range_is_wrong(change: dict[str, Any], field: str) -> None:
    body = made.number("x")
    body["value"] |= change
    block = KIND.block()
    value = StreamBlock([(KIND.name, block)]).to_python([body])[0].value
    with pytest.raises(StructBlockValidationError) as refused:
        block.clean(value)
    assert list(refused.value.block_errors) == [field]


def test_a_package_file_keeps_to_the_same_ranges() -> None:
    fields = {
        "type": "number", "id": uuid4(), "prompt": "Hoeveel?", "explanation": "Zo.",
        "figure": 944, "figure_source": "Geteld.", "right_from": 900, "right_to": 1000,
        "feedback_low": "Meer.", "feedback_right": "Ja.", "feedback_high": "Minder.",
    }  # fmt: skip
    assert NumberQuestion(**fields).own_values()["figure"] == "944"
    with pytest.raises(ValueError, match="must lie between"):
        NumberQuestion(**{**fields, "figure": 1})
    with pytest.raises(ValueError, match="must both be wider"):
        NumberQuestion(**fields, near_from=800)
