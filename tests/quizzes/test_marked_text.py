"""How an editor writes a text with pieces to mark."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.marked_text import LOOKS, Mistake, read_marked_text

CHAT = "Jay: hoi, [[ik  betaal]] wel\n\nTwee dagen later\nIk: kom om 12:30 [[of niet]]"


def test_a_chat_has_speakers_pauses_and_pieces() -> None:
    read = read_marked_text(CHAT, "chat")
    assert [(line.number, line.kind, line.name) for line in read.lines] == [
        (1, "message", "Jay"),
        (3, "pause", ""),
        (4, "message", "Ik"),
    ]
    assert [(part.text, part.is_marked) for part in read.lines[0].parts] == [
        ("hoi, ", False),
        ("ik betaal", True),
        (" wel", False),
    ]
    assert read.pieces == {"ik betaal": 1, "of niet": 4}
    assert read.mistakes == ()


def test_other_texts_have_headings_and_no_speakers() -> None:
    read = read_marked_text("# Werk\nLet op: [[nu]] bellen", "advertisement")
    assert [line.kind for line in read.lines] == ["heading", "paragraph"]
    assert read.lines[1].parts[0].text == "Let op: "
    assert read_marked_text("Naam: [[Sam]]", "form").lines[0].kind == "field"


@pytest.mark.parametrize(
    ("text", "mistake"),
    [
        ("goed\n[[a", Mistake(2, "not_closed")),
        ("[[a\nb]]", Mistake(1, "not_closed")),
        ("a]] b", Mistake(1, "not_opened")),
        ("[[a [[b]]", Mistake(1, "inside")),
        ("\n\n[[ ]] b", Mistake(3, "empty")),
        ("[[a b]]\n[[a  b]]", Mistake(2, "twice", "a b")),
    ],
)
def test_a_mistake_names_its_line(text: str, mistake: Mistake) -> None:
    assert mistake in read_marked_text(text, "report").mistakes


@given(st.text(alphabet="a [] :#\nb", max_size=60), st.sampled_from(LOOKS))
def test_no_text_breaks_it_and_none_gets_lost(text: str, look: str) -> None:
    read = read_marked_text(text, look)
    for line in read.lines:
        assert all(part.text for part in line.parts)
    marked = [part.text for line in read.lines for part in line.parts if part.is_marked]
    assert set(marked) == set(read.pieces)
    if not read.mistakes:
        assert text.count("[[") >= len(marked)
        assert len(marked) == len(read.pieces)
