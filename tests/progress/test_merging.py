"""Who lost a code and began anew is one learner again: nothing lost, nothing counted twice."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from accounts.actions import UnknownReturnCodeError, sign_in_with_return_code
from accounts.models import Learner, User
from classrooms.actions import Joined, assign, remove_enrolment
from classrooms.models import Classroom, Enrolment
from lessons.models import LessonPage
from privacy import erasure_list
from privacy.actions import erase_at_own_request, erase_learners
from privacy.own_data import data_of
from progress.merging import NotTheSameError, StillUsedError, merge_enrolments
from progress.models import LessonProgress
from quizzes.models import Answer, Attempt, Quiz
from reports.queries import class_matrix
from tests.factories.classrooms import enrol, make_classroom, sign_in_learner
from tests.factories.organisations import make_teacher
from tests.privacy.work import did_a_quiz

pytestmark = pytest.mark.django_db

NOW = timezone.now()
LAST_WEEK, YESTERDAY, TODAY = (NOW - timedelta(days=days) for days in (7, 1, 0))


def joined_at(classroom: Classroom, moment: datetime) -> Joined:
    joined = enrol(classroom)
    Enrolment.objects.filter(pk=joined.enrolment.pk).update(joined_at=moment)
    Learner.objects.filter(pk=joined.token.learner_id).update(created_at=moment)
    joined.enrolment.refresh_from_db()
    return joined


@pytest.fixture
def old(classroom: Classroom) -> Joined:
    return joined_at(classroom, LAST_WEEK)


@pytest.fixture
def new(classroom: Classroom, old: Joined) -> Joined:
    return joined_at(classroom, YESTERDAY)


def learner_of(joined: Joined) -> Learner:
    return Learner.objects.get(pk=joined.token.learner_id)


def began(joined: Joined, lesson: LessonPage, *steps: str, at: datetime) -> None:
    row = LessonProgress.objects.create(
        learner=learner_of(joined), lesson_key=lesson.key, finished_steps=list(steps)
    )
    LessonProgress.objects.filter(pk=row.pk).update(updated_at=at, started_at=at)


def merge(new: Joined, old: Joined, user: User | None = None) -> None:
    kept, earlier = (
        Enrolment.objects.select_related("learner", "classroom").get(pk=one.enrolment.pk)
        for one in (new, old)
    )
    merge_enrolments(kept=kept, earlier=earlier, now=NOW, user=user)


def address(joined: Joined) -> str:
    place = joined.enrolment
    return reverse("progress_teacher:merge", args=[place.classroom.public_id, place.public_id])


def test_the_work_of_both_is_of_the_new_one(
    classroom: Classroom, quiz: Quiz, lesson: LessonPage, old: Joined, new: Joined, teacher: User
) -> None:
    assign(classroom=classroom, thing=lesson, now=NOW, user=teacher)
    did_a_quiz(learner_of(old), quiz, at=LAST_WEEK)
    steps = [step["id"] for step in lesson.steps.raw_data]
    began(old, lesson, *steps[:1], at=LAST_WEEK)
    began(new, lesson, *steps[1:], at=TODAY)
    answers = set(Answer.objects.values_list("key", "won", "created_at"))
    merge(new, old, teacher)
    assert set(Answer.objects.values_list("key", "won", "created_at")) == answers
    assert set(Attempt.objects.values_list("learner", flat=True)) == {new.token.learner_id}
    row = LessonProgress.objects.get()
    assert (row.learner_id, row.finished_steps, row.started_at) == (
        new.token.learner_id, steps, LAST_WEEK,
    )  # fmt: skip
    assert row.completed_at == NOW  # together it is all of it
    assert [name for name, _cells in class_matrix(teacher, classroom.public_id).rows] == [
        new.enrolment.nickname
    ]
    assert ModelLogEntry.objects.get(action="classrooms.merge").user == teacher


def test_a_lesson_that_was_done_stays_done_since_the_first_time(
    lesson: LessonPage, old: Joined, new: Joined
) -> None:
    began(old, lesson, "weg", at=LAST_WEEK)
    LessonProgress.objects.update(completed_at=LAST_WEEK)
    began(new, lesson, "weg", at=TODAY)
    merge(new, old)
    assert LessonProgress.objects.get().completed_at == LAST_WEEK


def test_the_old_code_and_cookie_open_nothing_and_the_new_ones_everything(
    old: Joined, new: Joined, quiz: Quiz
) -> None:
    client = sign_in_learner(Client(), old)
    did_a_quiz(learner_of(old), quiz, at=LAST_WEEK)
    assert "terugkeercode" in client.get("/mijn/").content.decode()
    merge(new, old)
    with pytest.raises(UnknownReturnCodeError):
        sign_in_with_return_code(code=old.return_code)
    assert sign_in_with_return_code(code=new.return_code) == new.token
    assert old.enrolment.nickname not in client.get("/mijn/").content.decode()
    told = data_of(learner_of(new))
    assert [row["nickname"] for row in told["classes"]] == [
        old.enrolment.nickname, new.enrolment.nickname,
    ]  # fmt: skip
    assert len(told["quizzes"]) == 1


def test_attempts_that_have_the_same_number_both_stay(quiz: Quiz, old: Joined, new: Joined) -> None:
    first = did_a_quiz(learner_of(old), quiz, at=LAST_WEEK)
    second = did_a_quiz(learner_of(new), quiz, at=TODAY)
    Quiz.objects.filter(pk=quiz.pk).update(kind="check")
    merge(new, old)
    assert list(Attempt.objects.order_by("pk").values_list("pk", "number")) == [
        (first.pk, 1), (second.pk, 2),
    ]  # fmt: skip


@pytest.mark.parametrize("what", ["lesson", "quiz", "answer"])
def test_somebody_who_still_works_under_the_old_nickname_keeps_it(
    what: str, quiz: Quiz, lesson: LessonPage, old: Joined, new: Joined
) -> None:
    if what == "lesson":
        began(old, lesson, at=TODAY)
    else:
        attempt = did_a_quiz(learner_of(old), quiz, at=LAST_WEEK)
        since = Attempt if what == "quiz" else Answer
        field = "started_at" if what == "quiz" else "created_at"
        since.objects.filter(**{"pk" if what == "quiz" else "attempt": attempt.pk}).update(
            **{field: TODAY}
        )
    with pytest.raises(StillUsedError):
        merge(new, old)
    assert not Learner.objects.filter(merged_into__isnull=False).exists()
    assert Enrolment.objects.current().count() == 2  # type: ignore[attr-defined]


def test_only_who_came_later_takes_over_and_never_an_account(
    old: Joined, new: Joined, teacher: User
) -> None:
    with pytest.raises(NotTheSameError):
        merge(old, new)
    for owner in (old, new):
        Learner.objects.filter(pk=owner.token.learner_id).update(user=teacher)
        with pytest.raises(NotTheSameError):
            merge(new, old)
        Learner.objects.update(user=None)
    merge(new, old)  # the control
    with pytest.raises(NotTheSameError):  # twice is not once more
        merge(new, old)


def test_what_changed_since_the_page_was_opened_counts(old: Joined, new: Joined, teacher: User):
    places = Enrolment.objects.select_related("learner", "classroom")
    kept, earlier = (places.get(pk=one.enrolment.pk) for one in (new, old))
    Learner.objects.filter(pk=new.token.learner_id).update(user=teacher)
    with pytest.raises(NotTheSameError):
        merge_enrolments(kept=kept, earlier=earlier, now=NOW, user=None)


def test_somebody_of_another_class_is_never_the_same(old: Joined, new: Joined) -> None:
    elsewhere = joined_at(make_classroom(), LAST_WEEK)
    with pytest.raises(NotTheSameError):
        merge(new, elsewhere)


def test_places_in_other_classes_go_along(old: Joined, new: Joined) -> None:
    other = make_classroom(teacher=make_teacher(email="ander@debrug.example"))
    place = Enrolment.objects.create(
        classroom=other, learner=learner_of(old), nickname="Stille uil"
    )
    both = make_classroom(teacher=make_teacher(email="nog@debrug.example"))
    for number, one in enumerate((old, new)):
        Enrolment.objects.create(classroom=both, learner=learner_of(one), nickname=f"n{number}")
    merge(new, old)
    place.refresh_from_db()
    assert (place.learner_id, place.removed_at) == (new.token.learner_id, None)
    assert [one.learner_id for one in both.enrolments.current()] == [  # type: ignore[attr-defined]
        new.token.learner_id
    ]


def test_what_only_the_old_one_was_given_is_for_the_new_one(
    classroom: Classroom, quiz: Quiz, old: Joined, new: Joined
) -> None:
    one = assign(classroom=classroom, thing=quiz, now=NOW, user=None, learners=[old.enrolment])
    merge(new, old)
    assert list(one.for_enrolments.all()) == [new.enrolment]


def test_a_third_one_takes_over_both(classroom: Classroom, old: Joined, new: Joined) -> None:
    merge(new, old)
    third = joined_at(classroom, TODAY)
    merge(third, new)
    merged = Learner.objects.filter(merged_into=third.token.learner_id)
    assert {one.pk for one in merged} == {old.token.learner_id, new.token.learner_id}


def test_who_is_erased_is_erased_under_every_nickname(old: Joined, new: Joined, settings, tmp_path):
    settings.ERASURE_LIST = str(tmp_path / "erased.jsonl")
    ids = {learner_of(one).public_id for one in (old, new)}
    merge(new, old)
    assert erase_at_own_request(token=new.token, now=NOW)
    assert set(erasure_list.read(tmp_path / "erased.jsonl")) == ids
    assert not Learner.objects.exists()


def test_erasing_the_new_one_leaves_no_place_of_the_old(old: Joined, new: Joined) -> None:
    merge(new, old)
    erase_learners([new.token.learner_id])
    assert not Enrolment.objects.exists()


def test_the_number_of_queries_does_not_grow_with_the_work(
    classroom: Classroom, quiz: Quiz, old: Joined, new: Joined
) -> None:
    def queries(one: Joined, other: Joined) -> int:
        with CaptureQueriesContext(connection) as caught:
            merge(one, other)
        return len(caught)

    did_a_quiz(learner_of(old), quiz, at=LAST_WEEK)
    LessonProgress.objects.create(learner=learner_of(new), lesson_key=uuid4())
    few = queries(new, old)
    assert few <= 26  # beside SAVEPOINT and RELEASE
    later, last = joined_at(classroom, YESTERDAY), joined_at(classroom, TODAY)
    for number in range(2, 9):
        attempt = did_a_quiz(learner_of(old), quiz, at=LAST_WEEK)
        Attempt.objects.filter(pk=attempt.pk).update(learner=later.token.learner_id, number=number)
        LessonProgress.objects.create(learner=learner_of(last), lesson_key=uuid4())
    assert queries(last, later) == few


# The screen


def test_a_teacher_looks_first_and_then_does_it(
    teacher_client: Client, quiz: Quiz, old: Joined, new: Joined
) -> None:
    did_a_quiz(learner_of(old), quiz, at=LAST_WEEK)
    asked = teacher_client.get(address(new)).content.decode()
    assert old.enrolment.nickname in asked
    chosen = {"earlier": str(old.enrolment.public_id)}
    sure = teacher_client.get(address(new), chosen).content.decode()
    assert f"{old.enrolment.nickname}: begonnen lessen 0, quizzen 1" in sure
    assert not Learner.objects.filter(merged_into__isnull=False).exists()
    done = teacher_client.post(address(new), chosen, follow=True).content.decode()
    assert f"eerder {old.enrolment.nickname}" in done
    assert "leerling uit de klas gehaald" not in done  # it cannot be put back
    for name in ("restore", "remove", "replace_return_code"):
        place = old.enrolment
        url = reverse(f"classrooms:{name}", args=[place.classroom.public_id, place.public_id])
        assert teacher_client.post(url).status_code == 404


def test_the_first_in_the_class_cannot_have_been_somebody_else(
    teacher_client: Client, old: Joined, new: Joined
) -> None:
    page = teacher_client.get(address(old)).content.decode()
    assert "Er is geen andere bijnaam die van deze leerling kan zijn" in page


def test_who_was_taken_out_of_the_class_can_be_chosen(
    teacher_client: Client, old: Joined, new: Joined
) -> None:
    remove_enrolment(enrolment=old.enrolment, now=NOW, user=None)
    page = teacher_client.get(address(new)).content.decode()
    assert f"{old.enrolment.nickname} (uit de klas gehaald)" in page


def test_what_cannot_be_is_said_at_the_choice(
    teacher_client: Client, lesson: LessonPage, old: Joined, new: Joined
) -> None:
    stranger = joined_at(make_classroom(), LAST_WEEK)
    response = teacher_client.post(address(new), {"earlier": str(stranger.enrolment.public_id)})
    assert response.status_code == 422
    assert "Kies een bijnaam uit de lijst." in response.content.decode()
    assert teacher_client.post(address(new)).status_code == 422
    began(old, lesson, at=TODAY)
    response = teacher_client.post(address(new), {"earlier": str(old.enrolment.public_id)})
    assert response.status_code == 422
    said = "Onder deze bijnaam deed iemand nog iets nadat"
    assert said in response.content.decode()
