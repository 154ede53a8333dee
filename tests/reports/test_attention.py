"""Who may need a word from the teacher: the rules, and what the page says."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from hypothesis import given
from hypothesis import strategies as st

from classrooms.actions import Joined, assign
from classrooms.models import Assignment, Classroom, Enrolment
from lessons.models import LessonPage
from progress.completion import State
from progress.models import LessonProgress
from quizzes.models import Quiz
from reports.attention import Attention, Reason, Standing, lesson_days, who_needs_attention
from reports.queries import class_overview
from tests.factories.classrooms import enrol

NOT, BUSY, DONE = State.NOT_STARTED, State.BUSY, State.DONE
FIRST, SECOND, THIRD, FOURTH = (date(2026, 11, day) for day in (2, 9, 16, 23))


def class_of(*learners: tuple[Any, ...], days: tuple[date, ...] = ()) -> list[Standing]:
    return [
        Standing(f"leerling {number}", states, frozenset(days))
        for number, states in enumerate(learners)
    ]


def reasons(learners: list[Standing], *due: date | None) -> list[tuple[str, Reason]]:
    columns = len(learners[0].states)
    found = who_needs_attention(learners, due=due or (None,) * columns)
    return [(one.nickname, one.reason) for one in found]


def test_who_did_not_begin_stands_out_when_half_of_the_others_did() -> None:
    assert reasons(class_of((NOT,), (BUSY,), (NOT,))) == [
        ("leerling 0", Reason.NOT_STARTED), ("leerling 2", Reason.NOT_STARTED),
    ]  # fmt: skip
    assert reasons(class_of((NOT,), (BUSY,), (NOT,), (NOT,))) == []
    assert reasons(class_of((NOT,))) == []  # nobody to compare with


def test_what_was_not_given_is_no_reason() -> None:
    assert reasons(class_of((None, DONE), (NOT, DONE), (DONE, DONE), (DONE, DONE))) == []
    assert reasons(class_of((None,), (DONE,))) == []


def test_a_day_that_is_over_counts_until_it_is_done() -> None:
    learners = class_of((DONE, BUSY), (DONE, DONE), (BUSY, NOT), (DONE, None))
    found = who_needs_attention(learners, due=(None, FIRST))
    assert found == [
        Attention("leerling 0", Reason.LATE, 1, FIRST),
        Attention("leerling 2", Reason.LATE, 1, FIRST),
    ]


def test_who_is_busy_with_what_most_did_is_stuck() -> None:
    assert reasons(class_of((BUSY,), (DONE,), (DONE,))) == [("leerling 0", Reason.STUCK)]
    assert reasons(class_of((BUSY,), (DONE,), (BUSY,))) == []
    assert reasons(class_of((BUSY,), (DONE,), (DONE,), (BUSY,), (BUSY,))) == []
    # Of those who were given it.
    some = class_of((BUSY, BUSY), (DONE, BUSY), (DONE, BUSY), (None, BUSY), (None, BUSY))
    assert reasons(some) == [("leerling 0", Reason.STUCK)]


def away(*days: date) -> list[Standing]:
    others = class_of((BUSY,), (BUSY,), (BUSY,), days=(FIRST, SECOND, THIRD))
    return [Standing("weg", (BUSY,), frozenset(days)), *others]


def test_who_missed_two_lessons_is_away_since_the_first_of_them() -> None:
    assert who_needs_attention(away(FIRST), due=(None,)) == [
        Attention("weg", Reason.AWAY, day=SECOND)
    ]
    assert reasons(away(FIRST, SECOND)) == []
    assert reasons(away(FIRST, THIRD)) == []  # came back


def test_a_day_on_which_a_few_worked_at_home_is_no_lesson() -> None:
    three = [*away(FIRST)[:3], Standing("thuis", (BUSY,), frozenset({FIRST, FOURTH}))]
    assert FOURTH not in lesson_days(three)
    two = [Standing(name, (BUSY,), frozenset({FOURTH})) for name in ("thuis", "ook thuis")]
    assert FOURTH in lesson_days([*away(FIRST), *two])
    many = class_of(*[(BUSY,)] * 9, days=(FIRST,))
    assert lesson_days([*many, *two]) == [FIRST]


@given(
    st.integers(1, 4).flatmap(
        lambda columns: st.lists(
            st.tuples(
                st.tuples(*[st.sampled_from([None, NOT, BUSY, DONE])] * columns),
                st.frozensets(st.sampled_from([FIRST, SECOND, THIRD, FOURTH])),
            ),
            min_size=1,
        )
    )
)
def test_one_reason_each_and_never_for_who_did_everything(rows: list[Any]) -> None:
    learners = [Standing(str(number), *row) for number, row in enumerate(rows)]
    due = tuple([FIRST, None, SECOND, None][: len(rows[0][0])])
    found = who_needs_attention(learners, due=due)
    assert len({one.nickname for one in found}) == len(found)
    done = {one.nickname for one in learners if one.is_done}
    assert not done & {one.nickname for one in found}
    # The only days that are told are those of the class, or by which something was due.
    assert {one.day for one in found} <= {None, *due, *lesson_days(learners)}


# The page


@pytest.fixture
def busy(classroom: Classroom, lesson: LessonPage) -> list[Joined]:
    """Three who did the lesson; the first two only began it."""
    assign(classroom=classroom, thing=lesson, now=timezone.now(), user=None)
    joined = [enrol(classroom) for _number in range(4)]
    for number, one in enumerate(joined):
        LessonProgress.objects.create(
            learner_id=one.token.learner_id, lesson_key=lesson.key, finished_steps=["a"],
            completed_at=timezone.now() if number else None,
        )  # fmt: skip
    return joined


def page_of(client: Client, classroom: Classroom, query: str = "") -> BeautifulSoup:
    address = reverse("reports:classroom", args=[classroom.public_id]) + query
    return BeautifulSoup(client.get(address).content, "html.parser")


def said(page: BeautifulSoup) -> str:
    section = page.find("section", {"aria-labelledby": "attention"})
    return " ".join(section.get_text(" ").split())


def rows(page: BeautifulSoup) -> list[str]:
    return [cell.get_text() for cell in page(class_="matrix__learner")]


def test_the_page_says_who_and_why(
    teacher_client: Client, classroom: Classroom, lesson: LessonPage, busy: list[Joined]
) -> None:
    text = said(page_of(teacher_client, classroom))
    nickname = busy[0].enrolment.nickname
    assert f"{nickname} : nog bezig, de meeste anderen zijn klaar: {lesson.title}" in text
    late = enrol(classroom).enrolment.nickname
    assert f"{late} : nog niet begonnen" in said(page_of(teacher_client, classroom))
    Assignment.objects.update(due_on=timezone.localdate())
    assert "het moest af op" not in said(page_of(teacher_client, classroom))
    Assignment.objects.update(due_on=timezone.localdate() - timedelta(days=1))
    assert f"{nickname} : nog niet klaar, het moest af op" in said(
        page_of(teacher_client, classroom)
    )


def test_the_page_tells_the_day_of_a_lesson_and_never_that_of_a_learner(
    teacher_client: Client, classroom: Classroom, lesson: LessonPage, busy: list[Joined]
) -> None:
    last = enrol(classroom)
    LessonProgress.objects.create(learner_id=last.token.learner_id, lesson_key=lesson.key)
    today = timezone.now()
    for one, days in zip([*busy, last], (9, 7, 7, 5, 5), strict=True):
        rows = LessonProgress.objects.filter(learner=one.token.learner_id)
        rows.update(updated_at=today - timedelta(days=days))
    text = said(page_of(teacher_client, classroom))
    day = date_format(timezone.localdate() - timedelta(days=7), "j F Y")
    assert f"{busy[0].enrolment.nickname} : deed niet mee sinds de les van {day}" in text
    assert date_format(timezone.localdate() - timedelta(days=9), "j F Y") not in text


def test_the_page_says_when_nobody_stands_out(
    teacher_client: Client, classroom: Classroom, busy: list[Joined]
) -> None:
    LessonProgress.objects.update(completed_at=timezone.now())
    assert "Niemand valt nu op." in said(page_of(teacher_client, classroom))


def test_who_is_least_far_can_stand_first_and_who_is_done_can_be_left_out(
    teacher_client: Client, classroom: Classroom, busy: list[Joined]
) -> None:
    Quiz.objects.update(live=False)  # that of the lesson is a column too
    nicknames = sorted(one.enrolment.nickname for one in busy)
    least = busy[0].enrolment.nickname
    assert rows(page_of(teacher_client, classroom)) == nicknames
    far = rows(page_of(teacher_client, classroom, "?volgorde=voortgang"))
    assert far == [least, *[one for one in nicknames if one != least]]
    page = page_of(teacher_client, classroom, "?toon=open&volgorde=voortgang")
    assert rows(page) == [least]
    others = Enrolment.objects.exclude(nickname=least)
    Assignment.objects.get().for_enrolments.set(others)
    LessonProgress.objects.filter(completed_at=None).delete()
    Assignment.objects.update(is_for_some=True)
    page = page_of(teacher_client, classroom, "?toon=open")
    assert rows(page) == []  # nor who was not given it
    assert "Niemand valt nu op." in said(page)


def test_what_the_page_asks_again_has_the_same_order(
    teacher_client: Client, classroom: Classroom, busy: list[Joined]
) -> None:
    Quiz.objects.update(live=False)
    least = busy[0].enrolment.nickname
    page = page_of(teacher_client, classroom, "?toon=open&volgorde=voortgang")
    # What the page asks again while the class works has the same order.
    again = page.find("matrix-refresh")["data-url"]
    fragment = teacher_client.get(again, headers={"X-Fragment": "matrix"}).content
    assert rows(BeautifulSoup(fragment, "html.parser")) == [least]
    LessonProgress.objects.update(completed_at=timezone.now())
    page = page_of(teacher_client, classroom, "?toon=open")
    assert "Iedereen is klaar met alles." in page.get_text()


def test_what_begins_later_is_no_column_until_then(
    teacher_client: Client, classroom: Classroom, quiz: Quiz, busy: list[Joined]
) -> None:
    tomorrow = timezone.now() + timedelta(days=1)
    assign(classroom=classroom, thing=quiz, now=timezone.now(), user=None, opens_at=tomorrow)
    assert quiz.title not in page_of(teacher_client, classroom).table.get_text()
    Assignment.objects.update(opens_at=tomorrow)
    assert "Wat je gaf, begint later" in page_of(teacher_client, classroom).get_text()
    before = class_overview(classroom.teacher, classroom.public_id).mark
    Assignment.objects.update(opens_at=timezone.now())
    assert class_overview(classroom.teacher, classroom.public_id).mark != before
    assert quiz.title in page_of(teacher_client, classroom).table.get_text()
