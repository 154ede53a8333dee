"""Moments against windows: what is found, what costs, and why pressing always wins nothing."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.grading import Given, UnusableAnswerError
from quizzes.moments import (
    MOST_MOMENTS,
    ROOM,
    SLACK,
    Window,
    begins_with,
    judge,
    mark_moments,
    middles,
    read_moments,
    window_mistakes,
)

A, B = Window("a", 100, 140), Window("b", 200, 230)
LINES = [50, 100, 150, 200, 250]
DURATION = 400


def given_at(*moments: int) -> Given:
    return Given(choice=tuple(str(moment) for moment in moments))


@pytest.mark.parametrize(
    ("moments", "won"),
    [
        ((), 0),
        ((120,), 1),
        ((100, 230), 2),  # the first and the last tenth of a window count
        ((99, 231), 0),
        ((120, 121, 139), 1),  # a second press in a window is neither good nor bad
        ((120, 121, 210), 2),
        ((120, 210, 300), 1),
        ((120, 210, 300, 301, 302), 0),  # never below zero
    ],
)
def test_a_point_per_signal_and_one_less_per_moment_outside(
    moments: tuple[int, ...], won: int
) -> None:
    mark = mark_moments([A, B], given_at(*moments))
    assert (mark.won, mark.available) == (won, 2)


def test_what_became_of_every_moment_is_told() -> None:
    judged = judge([A, B], [300, 130, 110])
    assert judged.found == {"a": 110}
    assert judged.again == (130,)
    assert judged.extra == (300,)


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        (None, "not_a_list_of_choices"),
        ([], "nothing_chosen"),
        ("", "nothing_chosen"),
        (["401"], "unknown_choice"),
        (["-1"], "unknown_choice"),
        (["1.5"], "unknown_choice"),
        (["²"], "unknown_choice"),
        (["٣"], "unknown_choice"),
        (["1" * 400], "unknown_choice"),
        ([""], "unknown_choice"),
        ([1], "not_a_list_of_choices"),
        ([str(n) for n in range(MOST_MOMENTS + 1)], "too_many_moments"),
    ],
)
def test_what_is_no_moment_is_refused(sent: object, code: str) -> None:
    with pytest.raises(UnusableAnswerError) as caught:
        read_moments(sent, DURATION)
    assert caught.value.code == code


@given(st.lists(st.integers(0, DURATION), min_size=1, max_size=MOST_MOMENTS))
def test_repeats_and_their_order_make_no_difference(moments: list[int]) -> None:
    """The same answer, however often and in which order a moment was sent."""
    sent = [str(moment) for moment in moments]
    read = read_moments(sent, DURATION)
    assert read == read_moments(sent[::-1] + sent, DURATION)
    assert read_moments(list(read), DURATION) == read
    assert read_moments([f"00{moment}" for moment in moments], DURATION) == read


@st.composite
def recordings(draw: st.DrawFn) -> tuple[list[Window], list[int], int]:
    """Windows that an editor may publish, with the lines of the recording and its length."""
    starts = [0]
    for gap in draw(st.lists(st.integers(15, 60), min_size=4, max_size=30)):
        starts.append(starts[-1] + gap)
    duration = starts[-1] + draw(st.integers(20, 80))
    windows: list[Window] = []
    for start, middle in zip(starts, middles(starts, duration), strict=True):
        end = max(middle, start + 20) + draw(st.integers(0, 20))
        if draw(st.booleans()):
            windows.append(Window(str(len(windows)), start, end))
    while windows and window_mistakes(windows, starts, duration):
        windows.pop(draw(st.integers(0, len(windows) - 1)))
    if not windows:
        windows = [Window("0", starts[1], max(starts[1] + 20, middles(starts, duration)[1]))]
    return windows, starts, duration


@given(recordings(), st.data())
def test_pressing_all_the_time_wins_nothing(
    recording: tuple[list[Window], list[int], int], data: st.DataObject
) -> None:
    """Whoever is never silent for as long as the room around a signal gets no point."""
    windows, starts, duration = recording
    if window_mistakes(windows, starts, duration):
        return
    presses, at = [], 0
    while at <= duration:
        presses.append(at)
        at += data.draw(st.integers(1, ROOM - 1))
    judged = judge(windows, presses)
    assert len(judged.extra) >= len(judged.found)
    assert mark_moments(windows, given_at(*presses)).won == 0


@given(recordings(), st.integers(1, 200))
def test_no_rhythm_wins_on_average(
    recording: tuple[list[Window], list[int], int], rhythm: int
) -> None:
    """Over all moments to begin at, a rhythm costs at least as much as it finds."""
    windows, starts, duration = recording
    if window_mistakes(windows, starts, duration):
        return
    found = extra = 0
    for begin in range(min(rhythm, duration + 1)):
        judged = judge(windows, range(begin, duration + 1, rhythm))
        found += len(judged.found)
        extra += len(judged.extra)
    # A window holds both its ends: one tenth more than it is long.
    assert found <= extra + 2 * len(windows)


@given(recordings(), st.lists(st.integers(0, 400), min_size=1, max_size=20), st.integers(0, 400))
def test_one_press_more_helps_only_when_it_finds_a_signal(
    recording: tuple[list[Window], list[int], int], moments: list[int], more: int
) -> None:
    windows, _starts, _duration = recording
    before, after = judge(windows, moments), judge(windows, [*moments, more])
    won_before = mark_moments(windows, given_at(*moments)).won
    won_after = mark_moments(windows, given_at(*moments, more)).won
    if len(after.found) == len(before.found):
        assert won_after <= won_before
    else:
        assert won_before <= won_after <= won_before + 1
        assert len(after.found) == len(before.found) + 1


@given(recordings(), st.data())
def test_reading_and_listening_score_the_same(
    recording: tuple[list[Window], list[int], int], data: st.DataObject
) -> None:
    """A-05: choosing a line is the same answer as pressing in the middle of it; and whoever
    reads can find every signal."""
    windows, starts, duration = recording
    lines = middles(starts, duration)
    chosen = data.draw(st.lists(st.sampled_from(lines), min_size=1, unique=True))
    read = Given(choice=read_moments([str(at) for at in chosen], duration))
    pressed = Given(choice=read_moments([str(at) for at in sorted(chosen)], duration))
    assert read == pressed
    assert mark_moments(windows, read) == mark_moments(windows, pressed)
    if not window_mistakes(windows, starts, duration):
        by_line = [lines[begins_with(starts, window.start)] for window in windows]
        assert mark_moments(windows, given_at(*by_line)).is_right


@given(st.lists(st.integers(0, 2000), min_size=1, unique=True))
def test_every_line_stands_for_a_moment_of_its_own(starts: list[int]) -> None:
    starts.sort()
    moments = middles(starts, starts[-1] + 20)
    assert len(set(moments)) == len(moments)
    assert all(start <= moment for start, moment in zip(starts, moments, strict=True))
    assert all(moment < later for moment, later in pairwise([*moments, 10**6]))


@pytest.mark.parametrize(
    ("windows", "told"),
    [
        ([A, B], []),
        ([B, A], []),
        ([Window("a", 100, 410)], [(0, "end", "too_late")]),
        ([Window("a", 100, 100)], [(0, "end", "backwards")]),
        ([Window("a", 100, 119)], [(0, "end", "too_short")]),
        ([Window("a", 110, 145)], [(0, "start", "no_line")]),
        ([Window("a", 89, 145)], [(0, "start", "no_line")]),
        ([Window("a", 100 - SLACK, 145)], []),
        ([Window("a", 100, 124)], [(0, "end", "ends_early")]),
        ([A, Window("b", 140, 180)], [(1, "start", "overlaps")]),
        ([Window("b", 150, 180), Window("a", 100, 160)], [(0, "start", "overlaps")]),
        ([A, Window("b", 150, 180)], [(1, "start", "too_close")]),
        ([A, A], [(1, "start", "overlaps")]),
        ([Window("a", 50, 260)], [(None, "", "too_much")]),
    ],
)
def test_what_is_wrong_with_windows_is_said_at_the_field(windows: list, told: list) -> None:
    wrong = window_mistakes(windows, LINES, DURATION)
    assert [(mistake.place, mistake.field, mistake.code) for mistake in wrong] == told


def test_there_is_room_before_the_first_or_after_the_last() -> None:
    starts = [0, 20, 100, 130]
    windows = [Window("a", 0, 20), Window("b", 100, 125)]
    (mistake,) = window_mistakes(windows, starts, 150)
    assert mistake.code == "no_room"
    assert window_mistakes(windows, starts, 155) == []


def test_without_a_transcript_no_window_is_good() -> None:
    (mistake,) = window_mistakes([A], [], DURATION)
    assert mistake.code == "no_line"
