"""Pairs, groups and gaps: what is compiled, what an editor is told, what a teacher reads."""

from __future__ import annotations

from typing import Any

import pytest
from wagtail.blocks import StreamBlock
from wagtail.blocks.struct_block import StructBlockValidationError

from quizzes.gap_text import GapMistake, gap_mistakes, paragraphs, sentence_of
from quizzes.grading import UnusableAnswerError
from quizzes.pairing import key_of, pair
from quizzes.question_types import QUESTION_TYPES
from tests.factories import quizzes as made


def value_of(raw: dict[str, Any]) -> Any:
    block = StreamBlock([(raw["type"], QUESTION_TYPES[raw["type"]].block())])
    return block.to_python([raw])[0].value


def content_of(raw: dict[str, Any]) -> dict[str, Any]:
    return QUESTION_TYPES[raw["type"]].compile(value_of(raw))


def errors_of(raw: dict[str, Any]) -> dict[str, Any]:
    with pytest.raises(StructBlockValidationError) as caught:
        QUESTION_TYPES[raw["type"]].block().clean(value_of(raw))
    return caught.value.as_json_data()


@pytest.mark.parametrize(
    ("text", "count", "mistakes"),
    [
        ("Bel [[1]] of [[2]].", 2, []),
        ("Bel [[ 2 ]] of [[01]].", 2, []),
        ("Bel [[1]].", 2, [GapMistake("missing", 2)]),
        ("Bel [[1]] of [[3]].", 1, [GapMistake("unknown", 3)]),
        ("Bel [[0]].", 0, [GapMistake("unknown", 0)]),
        ("Bel [[1]] of [[1]].", 1, [GapMistake("double", 1)]),
        ("Bel [[1]].\nOf [[een]].", 1, [GapMistake("broken", 2)]),
        ("Bel [[1]] of [[2].", 1, [GapMistake("broken", 1)]),
    ],
)
def test_a_wrong_marker_is_named(text: str, count: int, mistakes: list[GapMistake]) -> None:
    assert gap_mistakes(text, count) == mistakes


def test_a_text_is_cut_at_its_gaps() -> None:
    assert paragraphs("Bel [[2]].\n\n[[1]] ook") == [["Bel ", 2, "."], [1, " ook"]]


def test_a_gap_is_told_with_the_sentence_around_it() -> None:
    text = "Eerst dit. Dan bel je [[1]] of [[2]]!\nKlaar."
    assert sentence_of(text, 1, {1: "112", 2: "iemand"}) == "Dan bel je … of iemand!"


def test_each_gap_can_have_its_own_words() -> None:
    content = content_of(made.gap("x", word_list="per_gap"))
    kind = QUESTION_TYPES["gap"]
    gaps = [part for line in kind.public(content)["lines"] for part in line["parts"]]
    offered = [{option["text"] for option in gap["options"]} for gap in gaps if "options" in gap]
    assert offered == [
        {"woord x-b", "woord x-by", "woord x-bz"},
        {"woord x-a", "woord x-ay", "woord x-az"},
    ]
    other = pair(key_of("gap", made.key("x-a")), key_of("word", made.key("x-b")))
    with pytest.raises(UnusableAnswerError):
        kind.clean(content, {"choice": [other, other]})


def test_what_a_learner_may_choose_says_nothing_of_what_is_right() -> None:
    """S-20: the same places for each line, in an order and with keys that are a draw."""
    content = content_of(made.match("x"))
    shown = QUESTION_TYPES["match"].public(content)["items"]
    offers = [[option["text"] for option in item["options"]] for item in shown]
    assert offers[0] == offers[1] == offers[2]
    assert sorted(offers[0]) == ["De burgemeester", "Politie", "Veilig Thuis"]
    ids = {made.key(f"x-{letter}") for letter in "abcx"}
    assert not any(entry in str(shown) for entry in ids)


def test_an_item_may_belong_in_two_groups() -> None:
    content = content_of(made.sort_groups("x"))
    kind = QUESTION_TYPES["sort_groups"]
    card = {letter: key_of("item", made.key(f"x-{letter}")) for letter in "abc"}
    for group in ("2", "3"):
        sent = [pair(card["a"], "1"), pair(card["b"], group), pair(card["c"], "3")]
        assert kind.mark(content, kind.clean(content, {"choice": sent})).is_right
    entry = next(e for e in kind.feedback(content, kind.clean(content, {"choice": sent}))
                 if e["key"] == card["b"])  # fmt: skip
    assert (entry["chosen_text"], entry["right_text"]) == ("Dwang", "Druk / Dwang")


@pytest.mark.parametrize("make", [made.match, made.sort_groups, made.gap])
def test_a_teacher_reads_what_was_put_with_what(make: Any) -> None:
    content = content_of(make("x"))
    kind = QUESTION_TYPES[make("x")["type"]]
    wrong = kind.clean(content, kind.example(content, is_right=False))
    rows = [row for row in kind.statistics(content, [wrong] * 4) if row.count]
    assert [row.count for row in rows] == [4] * len(content["items"])
    assert all(" – " in row.text and not row.is_right for row in rows)


def test_an_editor_is_told_at_the_field_what_is_wrong() -> None:
    pairs = made.match("x")
    pairs["value"]["others"][0]["value"] = "veilig  thuis"
    assert list(errors_of(pairs)["blockErrors"]["others"]["blockErrors"]) == [0]

    groups = made.sort_groups("x")
    groups["value"]["group_3"] = ""
    cards = errors_of(groups)["blockErrors"]["items"]["blockErrors"]
    assert list(cards) == [1, 2]
    assert "heeft geen naam" in str(cards[1]["blockErrors"]["groups"])
    groups["value"]["group_3"] = "druk"
    assert "Deze groep is er al." in str(errors_of(groups)["blockErrors"]["group_3"])

    gaps = made.gap("x")
    gaps["value"]["text"] = "Alleen [[1]] en [[4]]."
    told = str(errors_of(gaps)["blockErrors"]["text"])
    assert "Gat 4 staat in de tekst, maar niet in de lijst." in told
    assert "Gat 2 staat niet in de tekst. Zet er [[2]] in." in told
    gaps = made.gap("x", word_list="per_gap")
    gaps["value"]["gaps"][1]["value"]["others"] = []
    assert "minstens één ander woord" in str(errors_of(gaps)["blockErrors"]["gaps"])
