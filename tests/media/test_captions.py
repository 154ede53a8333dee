"""Captions and transcripts: what is read, what is wrong and on which line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from media.captions import Cue, read_captions, write_captions
from media.times import clock, read_clock
from media.transcripts import Line, from_captions, read_transcript, write_transcript

GOOD = """WEBVTT - een gesprek

NOTE Geheim: hier zit het signaal

STYLE
::cue { background: url(https://elders.example/) }

1
00:00.000 --> 00:02.500 align:start
<v Jay>Jij zocht <i>toch</i> werk?

00:02.500 --> 00:04.000
<v.loud Sam>Ja &amp; nee,
zeg maar
"""


def test_cues_are_read_with_who_speaks_and_nothing_else() -> None:
    read = read_captions(GOOD)
    assert read.mistakes == ()
    assert read.cues == (
        Cue(0, 2500, "Jay", "Jij zocht toch werk?"),
        Cue(2500, 4000, "Sam", "Ja & nee, zeg maar"),
    )


def test_what_a_learner_gets_holds_no_note_style_or_tag() -> None:
    """S-20, S-51: an editor's note may tell the answer, a style may fetch something."""
    written = write_captions(read_captions(GOOD).cues)
    assert "Geheim" not in written
    assert "url(" not in written
    assert "<i>" not in written
    assert read_captions(written).cues == read_captions(GOOD).cues


@pytest.mark.parametrize(
    ("source", "mistakes"),
    [
        ("", [(1, "not_webvtt")]),
        ("WEBVTTx\n\n00:00.000 --> 00:01.000\na", [(1, "not_webvtt")]),
        ("1\n00:00:00,000 --> 00:00:01,000\nhoi", [(1, "not_webvtt")]),
        ("WEBVTT", [(1, "no_cues")]),
        ("WEBVTT\n\nhoi", [(3, "no_timing")]),
        ("WEBVTT\n\n1\nhoi", [(3, "no_timing")]),
        ("WEBVTT\n\n00:00,000 --> 00:01,000\nhoi", [(3, "bad_timing")]),
        ("WEBVTT\n\neen\n00:00.000 -->00:01.000\nhoi", [(4, "bad_timing")]),
        ("WEBVTT\n\n00:61.000 --> 01:62.000\nhoi", [(3, "bad_timing")]),
        ("WEBVTT\n\n00:02.000 --> 00:01.000\nhoi", [(3, "backwards")]),
        (
            "WEBVTT\n\n00:02.000 --> 00:03.000\nhoi\n\n00:01.000 --> 00:03.000\nja",
            [(6, "too_early")],
        ),
        ("WEBVTT\n\n00:00.000 --> 00:01.000\n<i></i>", [(3, "empty")]),
        ("WEBVTT\n\n00:05.000 --> 00:06.000\nhoi", [(3, "too_late")]),
        (f"WEBVTT\n\n00:00.000 --> 00:01.000\n{'a' * 301}", [(4, "too_long")]),
    ],
)
def test_a_mistake_in_captions_names_its_line(source: str, mistakes: list) -> None:
    read = read_captions(source, tenths=50)
    assert [(mistake.line, mistake.code) for mistake in read.mistakes] == mistakes


WORDS = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=20)


@given(
    st.lists(
        st.tuples(
            st.integers(0, 10**7), st.integers(1, 10**5), st.one_of(st.just(""), WORDS), WORDS
        )
    )
)
def test_captions_survive_being_written_and_read(made: list) -> None:
    cues = tuple(Cue(at, at + length, who, text) for at, length, who, text in sorted(made))
    assert read_captions(write_captions(cues)).cues == cues


@given(st.text())
def test_no_text_makes_the_readers_stumble(source: str) -> None:
    read_captions(source)
    read_captions(f"WEBVTT\n\n{source}")
    read_transcript(source)


def test_a_transcript_has_lines_with_times_and_speakers() -> None:
    read = read_transcript("0:00 (muziek: zacht)\n\n0:03,5 Jay: hoi\n1:02 Toen: ging hij\n")
    assert read.mistakes == ()
    assert read.lines == (
        Line(0, "", "(muziek: zacht)"),
        Line(35, "Jay", "hoi"),
        Line(620, "Toen", "ging hij"),
    )
    assert read_transcript(write_transcript(read.lines)) == read


@pytest.mark.parametrize(
    ("source", "mistakes"),
    [
        ("hoi", [(1, "no_time")]),
        ("0:01", [(1, "no_time")]),
        ("0:71 hoi", [(1, "no_time")]),
        ("0:02 hoi\n\n0:02 ja", [(3, "not_later")]),
        ("0:05 hoi", [(1, "too_late")]),
        (f"0:01 {'a' * 301}", [(1, "too_long")]),
        ("\n".join(f"{n // 60}:{n % 60:02} a" for n in range(301)), [(301, "too_many")]),
    ],
)
def test_a_mistake_in_a_transcript_names_its_line(source: str, mistakes: list) -> None:
    read = read_transcript(source, tenths=50 if mistakes[0][1] == "too_late" else None)
    assert [(mistake.line, mistake.code) for mistake in read.mistakes] == mistakes


def test_captions_make_a_transcript() -> None:
    cues = (Cue(0, 900, "Jay", "hoi"), Cue(50, 900, "", "ja"), Cue(1250, 2000, "Sam", "dag"))
    assert write_transcript(from_captions(cues)) == "0:00 Jay: hoi ja\n0:01,2 Sam: dag"


@pytest.mark.parametrize(
    ("text", "tenths"),
    [("0:00", 0), ("0:12", 120), ("0:12,5", 125), ("0:12.5", 125), ("75:00", 45_000),
     ("1:02:03", 37_230), ("12", None), ("0:1", None), ("0:60", None), ("1:60:00", None),
     ("-0:01", None), ("0:01,55", None), ("", None)],
)  # fmt: skip
def test_a_time_is_read_as_people_write_it(text: str, tenths: int | None) -> None:
    assert read_clock(text) == tenths


@given(st.integers(0, 10**6))
def test_every_time_can_be_written_and_read(tenths: int) -> None:
    assert read_clock(clock(tenths, exact=True)) == tenths
    assert read_clock(clock(tenths)) == tenths // 10 * 10
