"""Who is how far: nicknames down, lessons and quizzes across."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta
from html import unescape
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from classrooms.actions import assign, remove_enrolment, restore_enrolment
from lessons.models import LessonPage
from progress.completion import State
from progress.models import LessonProgress
from quizzes.actions import hand_in
from quizzes.models import Answer, Attempt
from reports.columns import Assigned, Column, columns_of
from reports.queries import NOT_STARTED, Cell, class_overview, classroom_head
from tests.factories.classrooms import enrol
from tests.factories.quizzes import make_quiz, one_answer

FRAGMENT = {"X-Fragment": "matrix"}


@pytest.fixture
def easy_quiz(db):
    """Two questions; b is right."""
    return make_quiz("makkelijk", questions=[("q1", one_answer("q1")), ("q2", one_answer("q2"))])


def give(classroom, thing):
    return assign(classroom=classroom, thing=thing, now=timezone.now(), user=None)


def address(classroom) -> str:
    return reverse("reports:classroom", args=[classroom.public_id])


def cells(classroom) -> dict[str, list[Cell]]:
    return dict(class_overview(classroom.teacher, classroom.public_id).matrix.rows)


def statements(captured) -> list[str]:
    return [q["sql"] for q in captured if "SAVEPOINT" not in q["sql"]]


def finish(joined, lesson, *, done: bool) -> None:
    LessonProgress.objects.create(
        learner_id=joined.token.learner_id,
        lesson_key=lesson.key,
        finished_steps=["x"],
        completed_at=timezone.now() if done else None,
    )


def test_a_package_gives_its_lessons_and_their_quizzes_in_order(classroom, package, lesson):
    give(classroom, package)
    columns = classroom_head(classroom.teacher, classroom.public_id).columns
    assert columns[0] == Column("lesson", lesson.key.hex, lesson.title)
    assert [column.kind for column in columns] == ["lesson", "quiz"]


def test_the_same_lesson_given_twice_is_one_column(classroom, package, lesson):
    give(classroom, lesson)
    give(classroom, package)
    columns = classroom_head(classroom.teacher, classroom.public_id).columns
    assert len(columns) == 2


def test_not_started_busy_and_done(classroom, lesson, easy_quiz, do_quiz):
    give(classroom, easy_quiz)
    give(classroom, lesson)
    ahead, halfway, waiting = enrol(classroom), enrol(classroom), enrol(classroom)
    do_quiz(ahead, easy_quiz, {"q1": "b", "q2": "a"})
    finish(ahead, lesson, done=True)
    do_quiz(halfway, easy_quiz, {"q1": "b"})
    finish(halfway, lesson, done=False)
    found = cells(classroom)
    assert found[ahead.enrolment.nickname][:2] == [Cell(State.DONE, 50), Cell(State.DONE)]
    assert found[halfway.enrolment.nickname][:2] == [Cell(State.BUSY), Cell(State.BUSY)]
    assert found[waiting.enrolment.nickname] == [NOT_STARTED] * 3


def test_of_a_measurement_only_that_it_is_done(classroom, do_quiz):
    quiz = make_quiz("meting", questions=[("q1", one_answer("q1"))], kind="measurement")
    give(classroom, quiz)
    joined = enrol(classroom)
    do_quiz(joined, quiz, {"q1": "b"})
    hand_in(attempt=Attempt.objects.get(), now=timezone.now())
    assert cells(classroom)[joined.enrolment.nickname] == [Cell(State.DONE)]


def test_a_new_try_does_not_hide_a_finished_one(classroom, easy_quiz, do_quiz):
    give(classroom, easy_quiz)
    joined = enrol(classroom)
    do_quiz(joined, easy_quiz, {"q1": "b", "q2": "a"})
    do_quiz(joined, easy_quiz, {"q1": "b"})
    assert cells(classroom)[joined.enrolment.nickname] == [Cell(State.DONE, 50)]
    do_quiz(joined, easy_quiz, {"q1": "b", "q2": "b"})
    assert cells(classroom)[joined.enrolment.nickname] == [Cell(State.DONE, 100)]


def test_what_was_done_after_the_day_is_counted_and_called_late(classroom, easy_quiz, do_quiz):
    """R-22: a phone that was offline sends twenty answers when the day is over."""
    day = timezone.localdate() - timedelta(days=2)
    lesson = make_quiz("ruim", questions=[("q3", one_answer("q3"))])
    for quiz, due_on in ((easy_quiz, day), (lesson, timezone.localdate())):
        assign(classroom=classroom, thing=quiz, now=timezone.now(), user=None, due_on=due_on)
    early, *pupils = [enrol(classroom) for _pupil in range(21)]
    night = datetime.combine(day, time(23, 59, 59), tzinfo=timezone.get_current_timezone())
    do_quiz(early, easy_quiz, {"q1": "b", "q2": "b"}, now=night)
    do_quiz(early, easy_quiz, {"q1": "a", "q2": "b"})  # again, too late: the first was in time
    for pupil in pupils:
        do_quiz(pupil, easy_quiz, {"q1": "b", "q2": "b"}, now=night + timedelta(seconds=1))
        do_quiz(pupil, lesson, {"q3": "b"})
    found = cells(classroom)
    assert found[early.enrolment.nickname] == [Cell(State.DONE, 50), NOT_STARTED]
    assert {tuple(found[pupil.enrolment.nickname]) for pupil in pupils} == {
        (Cell(State.DONE, 100, is_late=True), Cell(State.DONE, 100))
    }
    assert Answer.objects.count() == 20 * 3 + 4


def test_a_lesson_that_was_finished_after_the_day_is_called_late(classroom, lesson):
    day = timezone.localdate() - timedelta(days=1)
    assign(classroom=classroom, thing=lesson, now=timezone.now(), user=None, due_on=day)
    late, busy = enrol(classroom), enrol(classroom)
    finish(late, lesson, done=True)
    finish(busy, lesson, done=False)
    assert cells(classroom)[late.enrolment.nickname][0] == Cell(State.DONE, is_late=True)
    assert cells(classroom)[busy.enrolment.nickname][0] == Cell(State.BUSY)


def test_given_again_without_a_day_nothing_is_late(classroom, package, lesson):
    day = timezone.localdate() - timedelta(days=1)
    assign(classroom=classroom, thing=lesson, now=timezone.now(), user=None, due_on=day)
    pupil = enrol(classroom)
    finish(pupil, lesson, done=True)
    assert cells(classroom)[pupil.enrolment.nickname][0].is_late
    give(classroom, package)
    assert not cells(classroom)[pupil.enrolment.nickname][0].is_late


def test_late_is_said_on_the_screen_and_in_the_file(teacher_client, classroom, easy_quiz, do_quiz):
    day = timezone.localdate() - timedelta(days=1)
    assign(classroom=classroom, thing=easy_quiz, now=timezone.now(), user=None, due_on=day)
    do_quiz(enrol(classroom), easy_quiz, {"q1": "b", "q2": "b"})
    assert "na de afgesproken dag" in teacher_client.get(address(classroom)).content.decode()
    file = reverse("reports:export", args=[classroom.public_id, "csv"])
    assert "Klaar, 100%, na de afgesproken dag" in teacher_client.get(file).content.decode()


def test_who_was_taken_out_is_not_shown(teacher_client, classroom, easy_quiz, do_quiz):
    give(classroom, easy_quiz)
    stays, goes = enrol(classroom), enrol(classroom)
    do_quiz(goes, easy_quiz, {"q1": "b", "q2": "b"})
    remove_enrolment(enrolment=goes.enrolment, now=timezone.now(), user=None)
    assert list(cells(classroom)) == [stays.enrolment.nickname]
    assert goes.enrolment.nickname not in teacher_client.get(address(classroom)).content.decode()


def test_another_classs_work_is_not_counted(classroom, easy_quiz, do_quiz):
    give(classroom, easy_quiz)
    joined = enrol(classroom)
    do_quiz(enrol(classroom), easy_quiz, {"q1": "b", "q2": "b"})
    assert cells(classroom)[joined.enrolment.nickname] == [NOT_STARTED]


def test_an_editors_change_shows_at_once(classroom, lesson):
    give(classroom, lesson)
    assert classroom_head(classroom.teacher, classroom.public_id).columns[0].title == lesson.title
    page = LessonPage.objects.get(pk=lesson.pk)
    page.title = "Nieuwe titel"
    page.save_revision().publish()
    columns = classroom_head(classroom.teacher, classroom.public_id).columns
    assert columns[0].title == "Nieuwe titel"
    LessonPage.objects.get(pk=lesson.pk).unpublish()
    assert classroom_head(classroom.teacher, classroom.public_id).columns == []


def test_a_class_without_learners_or_assignments_says_what_to_do(teacher_client, classroom, quiz):
    page = teacher_client.get(address(classroom)).content.decode()
    assert "Er doet nog niemand mee" in page
    enrol(classroom)
    page = teacher_client.get(address(classroom)).content.decode()
    assert "De klas heeft nog geen opdracht" in page
    give(classroom, quiz)
    page = teacher_client.get(address(classroom)).content.decode()
    assert "<matrix-refresh" in page
    assert "Hier staat straks welke vragen lastig waren." in page


def test_the_table_says_in_words_what_the_colours_say(
    teacher_client, classroom, easy_quiz, do_quiz
):
    give(classroom, easy_quiz)
    joined = enrol(classroom)
    do_quiz(joined, easy_quiz, {"q1": "b", "q2": "b"})
    page = teacher_client.get(address(classroom)).content.decode()
    assert f'<th scope="row" class="matrix__learner">{joined.enrolment.nickname}</th>' in page
    assert 'data-state="done"><span class="matrix__state">Klaar, 100%</span>' in page


def test_the_matrix_is_refreshed_at_the_same_address_and_only_when_it_changed(
    teacher_client, classroom, easy_quiz, do_quiz
):
    give(classroom, easy_quiz)
    joined = enrol(classroom)
    first = teacher_client.get(address(classroom), headers=FRAGMENT)
    text = first.content.decode()
    assert text.startswith('<div class="matrix-scroll"')
    assert "<html" not in text
    same = {**FRAGMENT, "If-None-Match": first.headers["ETag"]}
    again = teacher_client.get(address(classroom), headers=same)
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["Cache-Control"] == "no-store"
    do_quiz(joined, easy_quiz, {"q1": "b"})
    changed = teacher_client.get(address(classroom), headers=same)
    assert changed.status_code == 200
    assert "Bezig" in changed.content.decode()
    # The fragment is what the page holds, so that the first refresh changes nothing.
    page = teacher_client.get(address(classroom)).content.decode()
    assert changed.content.decode() in page


def test_a_foreign_fragment_is_refused_too(other_teacher_client, classroom):
    """S-17: the tag of somebody else's table tells nothing."""
    headers = {**FRAGMENT, "If-None-Match": '"x"'}
    assert other_teacher_client.get(address(classroom), headers=headers).status_code == 404


@pytest.fixture
def big_class(classroom, package):
    """Thirty learners, twenty lessons and twenty quizzes, all of them done or begun."""
    learners = [enrol(classroom) for _ in range(30)]
    first = LessonPage.objects.get()
    for number in range(20):
        quiz = make_quiz(f"quiz-{number}", questions=[(f"v{number}", one_answer(f"v{number}"))])
        give(classroom, quiz)
        lesson = LessonPage(
            title=f"Les {number}",
            slug=f"les-{number}",
            key=uuid4(),
            summary="x",
            minutes=45,
            steps=[],
            before="<p>x</p>",
            short_version="<p>x</p>",
        )
        first.get_parent().add_child(instance=lesson)
        give(classroom, lesson)
        edition = quiz.editions.get()
        Attempt.objects.bulk_create(
            Attempt(
                key=uuid4(),
                learner_id=joined.token.learner_id,
                quiz=quiz,
                edition=edition,
                question_count=1,
                answered_count=1,
                won=1,
                available=1,
                submitted_at=timezone.now(),
            )
            for joined in learners
        )
        LessonProgress.objects.bulk_create(
            LessonProgress(learner_id=joined.token.learner_id, lesson_key=lesson.key)
            for joined in learners
        )
    return classroom


def test_thirty_by_forty_takes_one_query_and_its_questions_two(teacher_client, big_class):
    """Besides session and user. The second of the questions is left out when none is told; two
    more ask who may need a word."""
    teacher_client.get(address(big_class))
    with CaptureQueriesContext(connection) as captured:
        page = teacher_client.get(address(big_class)).content.decode()
    assert len(statements(captured)) == 6
    assert len(re.findall('class="matrix__cell"', page)) == 1200
    assert page.count("Klaar, 100%") == 600
    assert page.count(">Bezig<") == 600
    with CaptureQueriesContext(connection) as captured:
        fragment = teacher_client.get(address(big_class), headers=FRAGMENT)
    assert len(statements(captured)) == 3
    assert len(fragment.content) < 125_000
    same = {**FRAGMENT, "If-None-Match": fragment.headers["ETag"]}
    with CaptureQueriesContext(connection) as captured:
        assert teacher_client.get(address(big_class), headers=same).status_code == 304
    assert len(statements(captured)) == 3


def test_whatever_changes_the_table_changes_its_tag(
    teacher_client, classroom, package, lesson, easy_quiz, do_quiz
):
    def fragment():
        return teacher_client.get(address(classroom), headers=FRAGMENT)

    joined, other = enrol(classroom), enrol(classroom)
    enrolments = classroom.enrolments

    def take_out_one_and_let_another_back():
        remove_enrolment(
            enrolment=enrolments.get(pk=joined.enrolment.pk), now=timezone.now(), user=None
        )
        restore_enrolment(enrolment=enrolments.get(pk=other.enrolment.pk), user=None)

    def publish_a_title():
        page = LessonPage.objects.get(pk=lesson.pk)
        page.title = "Nieuwe titel"
        page.save_revision().publish()

    changes = [
        lambda: give(classroom, easy_quiz),
        lambda: give(classroom, lesson),
        lambda: do_quiz(joined, easy_quiz, {"q1": "b"}),
        lambda: do_quiz(joined, easy_quiz, {"q1": "b", "q2": "b"}),
        lambda: finish(joined, lesson, done=False),
        lambda: LessonProgress.objects.update(completed_at=timezone.now()),
        lambda: enrol(classroom),
        lambda: remove_enrolment(enrolment=other.enrolment, now=timezone.now(), user=None),
        take_out_one_and_let_another_back,
        publish_a_title,
        lambda: classroom.assignments.first().delete(),
        lambda: teacher_client.cookies.load({settings.LANGUAGE_COOKIE_NAME: "en"}),
    ]
    seen = fragment()
    for number, change in enumerate(changes):
        change()
        same = {**FRAGMENT, "If-None-Match": seen.headers["ETag"]}
        answer = teacher_client.get(address(classroom), headers=same)
        assert answer.status_code == 200, number
        assert answer.content != seen.content, number
        assert answer.headers["ETag"] != seen.headers["ETag"], number
        seen = answer


def test_the_page_says_which_table_it_holds_so_that_the_first_refresh_is_small(
    teacher_client, classroom, easy_quiz
):
    give(classroom, easy_quiz)
    enrol(classroom)
    page = teacher_client.get(address(classroom)).content.decode()
    tag = unescape(re.search('data-etag="([^"]+)"', page)[1])
    same = {**FRAGMENT, "If-None-Match": tag}
    assert teacher_client.get(address(classroom), headers=same).status_code == 304
    weak = {**FRAGMENT, "If-None-Match": f"W/{tag}"}
    assert teacher_client.get(address(classroom), headers=weak).status_code == 304
    # A page is never left out, whatever the browser says to have.
    assert teacher_client.get(address(classroom), headers={"If-None-Match": tag}).status_code == 200


def test_a_class_that_is_no_longer_the_teachers_is_refused(teacher_client, classroom, easy_quiz):
    give(classroom, easy_quiz)
    tag = teacher_client.get(address(classroom), headers=FRAGMENT).headers["ETag"]
    classroom.teacher.roles.all().delete()
    same = {**FRAGMENT, "If-None-Match": tag}
    assert teacher_client.get(address(classroom), headers=same).status_code == 404


def test_nothing_more_than_progress_and_marks_is_on_the_page(
    teacher_client, classroom, easy_quiz, do_quiz
):
    """P-05: no chosen answer beside a nickname, no time, no reflection, no help page."""
    give(classroom, easy_quiz)
    joined = enrol(classroom)
    do_quiz(joined, easy_quiz, {"q1": "a", "q2": "c"})
    page = teacher_client.get(address(classroom)).content.decode()
    main = page[page.index("<main") : page.index("</main>")]
    assert "Keuze q1-a" not in main
    assert "Keuze q2-c" not in main
    assert not re.search(r"\b\d{1,2}:\d{2}\b", main)
    row = re.search(rf"{joined.enrolment.nickname}</th>(.*?)</tr>", main)[1]
    assert re.sub("<[^>]+>", "", row) == "Klaar, 0%"
    for word in ("reflect", "laatst gezien", "hulp"):
        assert word not in main.lower()


def test_an_unknown_package_gives_no_columns(classroom):
    assert columns_of([Assigned("99990001", None, None)], stamp=1) == []
