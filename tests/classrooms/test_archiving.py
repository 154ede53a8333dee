"""A class that is over: the archive, back, and a copy for next year without anybody in it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from wagtail.models import ModelLogEntry

from classrooms.actions import MOST_PROVISIONAL, ProvisionalLimitError, assign
from classrooms.archiving import (
    archive_classroom,
    archive_past_years,
    copy_classroom,
    restore_classroom,
)
from classrooms.models import Classroom
from classrooms.rights import Part
from classrooms.school_years import ARCHIVE_DAYS, archives_on, is_over, school_year, shown
from classrooms.sharing import share_classroom
from privacy.actions import apply_terms
from privacy.terms import Terms
from progress.models import LessonProgress
from tests.factories.classrooms import enrol, make_classroom
from tests.factories.organisations import OrganisationFactory, make_teacher
from tests.privacy.work import did_a_quiz


@pytest.mark.parametrize(
    ("day", "year"),
    [(date(2026, 7, 31), 2025), (date(2026, 8, 1), 2026), (date(2027, 1, 1), 2026)],
)
def test_a_school_year_begins_in_august(day, year):
    assert school_year(day) == year


def test_a_class_is_over_when_a_new_school_year_began():
    assert shown(2026) == "2026-2027"
    assert is_over(date(2026, 6, 30), today=date(2026, 8, 1))
    assert not is_over(date(2026, 8, 1), today=date(2027, 7, 31))


def address(name: str, classroom: Classroom) -> str:
    return reverse(f"classrooms:{name}", args=[classroom.public_id])


def test_a_class_goes_into_the_archive_and_comes_back_with_everything(
    teacher_client, classroom, learner, learner_client, quiz
):
    assign(classroom=classroom, thing=quiz, now=timezone.now(), user=None)
    assert classroom.name in learner_client.get("/mijn/").text
    assert str(ARCHIVE_DAYS) in teacher_client.get(address("archive", classroom)).text
    assert Classroom.objects.get().archived_at is None  # looking changes nothing
    teacher_client.post(address("archive", classroom))
    assert classroom.name not in learner_client.get("/mijn/").text
    page = teacher_client.get(reverse("classrooms:list")).text
    assert "1 klas in het archief" in page
    assert 'class="card__title"' not in page
    teacher_client.post(address("unarchive", classroom))
    assert classroom.name in learner_client.get("/mijn/").text
    assert learner.enrolment.nickname in teacher_client.get(address("settings", classroom)).text


def test_the_first_moment_counts_for_how_long_it_is_kept(classroom):
    now = timezone.now()
    archive_classroom(classroom=classroom, now=now - timedelta(days=ARCHIVE_DAYS - 1), user=None)
    archive_classroom(classroom=classroom, now=now, user=None)
    assert not Classroom.objects.past_keeping(at=now)  # type: ignore[attr-defined]
    later = now + timedelta(days=2)
    assert list(Classroom.objects.past_keeping(at=later)) == [classroom]  # type: ignore[attr-defined]
    restore_classroom(classroom=classroom, user=None)
    assert not Classroom.objects.past_keeping(at=later)  # type: ignore[attr-defined]


def test_only_who_leads_a_class_archives_or_copies_it(classroom, organisation, sign_in):
    colleague = make_teacher(organisation=organisation)
    share_classroom(classroom=classroom, colleague=colleague, part=Part.CO_TEACHER, user=None)
    client = sign_in(colleague)
    for name in ("archive", "unarchive", "copy"):
        assert client.post(address(name, classroom)).status_code == 403
    assert Classroom.objects.get().archived_at is None


def test_the_archive_is_no_way_past_three_classes(db):
    teacher = make_teacher(organisation=OrganisationFactory(confirmed_at=None))
    first = make_classroom(teacher=teacher)
    archive_classroom(classroom=first, now=timezone.now(), user=teacher)
    for _ in range(MOST_PROVISIONAL):
        make_classroom(teacher=teacher)
    with pytest.raises(ProvisionalLimitError):
        restore_classroom(classroom=first, user=teacher)


def test_a_copy_has_the_assignments_and_the_colleagues_and_nobody_in_it(
    classroom, teacher, organisation, package, quiz
):
    enrol(classroom)
    due = timezone.localdate()
    for thing in (package, quiz):
        assign(
            classroom=classroom, thing=thing, now=timezone.now(), user=None, due_on=due, note="Hoi"
        )
    colleague = make_teacher(organisation=organisation)
    share_classroom(classroom=classroom, colleague=colleague, part=Part.OBSERVER, user=None)
    now = timezone.now()
    copy = copy_classroom(
        classroom=classroom, name="3b", join_until=now + timedelta(days=1), now=now, user=teacher
    )
    assert (copy.kind, copy.organisation, copy.teacher) == (classroom.kind, organisation, teacher)
    assert copy.join_code != classroom.join_code
    assert not copy.enrolments.exists()
    given = copy.assignments.order_by("pk")
    assert [(one.package_id, one.quiz_id, one.due_on, one.note) for one in given] == [
        (package.pk, None, None, "Hoi"),
        (None, quiz.pk, None, "Hoi"),
    ]
    assert copy.shares.get().user == colleague


def test_a_copy_is_made_on_the_screen(teacher_client, classroom):
    today = timezone.localdate().isoformat()
    assert teacher_client.post(address("copy", classroom), {"until": today}).status_code == 422
    answer = teacher_client.post(address("copy", classroom), {"name": "3b", "until": today})
    assert answer.url == address("settings", Classroom.objects.get(name="3b"))


def test_a_class_of_last_year_is_pointed_out(teacher_client, classroom):
    listed = reverse("classrooms:list")
    assert "vorig schooljaar" not in teacher_client.get(listed).text
    Classroom.objects.update(created_at=timezone.now() - timedelta(days=366))
    page = teacher_client.get(listed).text
    assert "vorig schooljaar" in page
    assert address("archive", classroom) in page


@pytest.mark.parametrize(
    ("kind", "words"), [("class", "1 leerling"), ("group", "1 deelnemer"), ("team", "1 collega")]
)
def test_a_kind_of_class_has_its_own_words(teacher_client, kind, words):
    today = timezone.localdate().isoformat()
    teacher_client.post(
        reverse("classrooms:create"), {"kind": kind, "name": "Iets", "until": today}
    )
    enrol(Classroom.objects.get())
    assert words in teacher_client.get(reverse("classrooms:list")).text


def test_somebody_who_just_joined_draws_another_nickname(client, classroom):
    client.post("/mee/", {"code": classroom.join_code})
    before = classroom.enrolments.get().nickname
    answer = client.post(reverse("classrooms:redraw"), {"nickname": "Zelf Bedacht"})
    assert answer.url == reverse("classrooms:welcome")
    after = classroom.enrolments.get().nickname
    assert after not in {before, "Zelf Bedacht"}
    assert after in client.get(answer.url).text


def test_later_a_nickname_stays(learner_client, learner, client):
    for one in (learner_client, client):  # without the ticket of the last ten minutes
        assert one.post(reverse("classrooms:redraw")).url == reverse("home:mine")
    before = learner.enrolment.nickname
    learner.enrolment.refresh_from_db()
    assert learner.enrolment.nickname == before


# By itself, at the end of a school year

OCTOBER = datetime(2027, 10, 1, 3, tzinfo=UTC)


@pytest.fixture
def last_year(classroom) -> Classroom:
    """A class of 2026-2027 with one learner, in which nothing was done since."""
    joined = enrol(classroom)
    then = datetime(2026, 11, 27, 9, tzinfo=UTC)
    Classroom.objects.update(created_at=then)
    classroom.enrolments.update(joined_at=then)
    LessonProgress.objects.create(learner_id=joined.token.learner_id, lesson_key=uuid4())
    LessonProgress.objects.update(updated_at=then)
    return classroom


def is_archived(classroom: Classroom, now: datetime = OCTOBER) -> bool:
    count = archive_past_years(now=now)
    classroom.refresh_from_db()
    assert count == classroom.is_archived
    return classroom.is_archived


def test_a_class_of_last_year_goes_into_the_archive_on_the_day_that_was_announced(last_year):
    assert not is_archived(last_year, datetime(2027, 9, 30, 20, tzinfo=UTC))
    assert is_archived(last_year, datetime(2027, 10, 1, 0, tzinfo=UTC))
    line = ModelLogEntry.objects.get(action="classrooms.archive")
    assert line.user is None


def test_a_class_of_this_year_stays(last_year):
    Classroom.objects.update(created_at=datetime(2027, 8, 1, 9, tzinfo=UTC))
    assert not is_archived(last_year)
    assert not is_archived(last_year, datetime(2028, 7, 31, 9, tzinfo=UTC))
    assert is_archived(last_year, datetime(2028, 10, 1, 9, tzinfo=UTC))


def test_a_team_knows_no_school_year(last_year):
    Classroom.objects.update(kind="team")
    assert not is_archived(last_year)


@pytest.mark.parametrize("what", ["joined", "lesson", "quiz", "given"])
def test_a_class_that_goes_on_stays(last_year, quiz, what):
    since = datetime(2027, 9, 6, 9, tzinfo=UTC)
    place = last_year.enrolments.get()
    if what == "joined":
        last_year.enrolments.update(joined_at=since)
    elif what == "lesson":
        LessonProgress.objects.update(updated_at=since)
    elif what == "quiz":
        did_a_quiz(place.learner, quiz, at=since)
    else:
        assign(classroom=last_year, thing=quiz, now=since, user=None)
        last_year.assignments.update(created_at=since)
    assert not is_archived(last_year)


def test_what_was_taken_back_stays_for_the_rest_of_the_year(last_year):
    assert is_archived(last_year)
    restore_classroom(classroom=last_year, user=None, now=OCTOBER + timedelta(days=1))
    assert not is_archived(last_year, OCTOBER + timedelta(days=2))
    assert is_archived(last_year, datetime(2028, 10, 1, 9, tzinfo=UTC))


@pytest.mark.parametrize(
    ("today", "day"),
    [
        (date(2027, 7, 31), None),
        (date(2027, 8, 1), date(2027, 10, 1)),
        (date(2027, 9, 30), date(2027, 10, 1)),
        (date(2027, 10, 1), None),
        (date(2028, 1, 1), None),
    ],
)
def test_the_day_is_announced_from_the_first_of_august(today, day):
    assert archives_on(today) == day


def test_the_page_says_the_day_and_not_of_a_team(teacher_client, last_year, monkeypatch):
    monkeypatch.setattr(
        timezone,
        "localdate",
        lambda value=None, **_: localdate(value) if value else date(2027, 9, 1),
    )
    listed = reverse("classrooms:list")
    assert "op 1 oktober 2027 vanzelf naar het archief" in teacher_client.get(listed).text
    Classroom.objects.update(kind="team")
    assert "vanzelf naar het archief" not in teacher_client.get(listed).text


def test_a_trial_only_counts(last_year, settings, tmp_path):
    settings.ERASURE_LIST = str(tmp_path / "erased.jsonl")
    assert apply_terms(Terms(), now=OCTOBER, is_trial=True)["classes into the archive"] == 1
    assert Classroom.objects.in_use().exists()
    assert apply_terms(Terms(), now=OCTOBER)["classes into the archive"] == 1
    assert not Classroom.objects.in_use().exists()
