"""A lesson that can touch somebody deeply opens when the teacher knows who is there."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from classrooms.actions import Joined, assign, remove_enrolment
from classrooms.models import Assignment, Classroom, Preparation
from classrooms.preparedness import HelpOnSite, has_an_address, is_held, names_somebody
from classrooms.preparing import prepare_classroom
from lessons.models import LessonPackagePage, LessonPage
from tests.conftest import browser
from tests.factories.classrooms import enrol, make_classroom, sign_in_learner

LESSON = "/lessen/klein-pakket/les-een/"
PAGES = [LESSON, f"{LESSON}1/", f"{LESSON}4/", f"{LESSON}einde/"]
NOT_YET = "Je docent bereidt deze les nog voor"
HELP = HelpOnSite("de zorgcoördinator", "kamer <1.12>, tot 16.00 uur", "Ik blijf in het lokaal.")
ANSWERS = {**HELP._asdict(), "person_knows": "on", "knows_what_to_do": "on"}


def text_of(response: Any) -> str:
    return response.content.decode()


@pytest.fixture
def sensitive(package: LessonPackagePage) -> LessonPackagePage:
    package.sensitivity = "high"
    package.save()
    return package


def give(classroom: Classroom, thing: Any) -> Assignment:
    return assign(classroom=classroom, thing=thing, now=timezone.now(), user=classroom.teacher)


def prepare_url(classroom: Classroom) -> str:
    return reverse("classrooms:prepare", args=[classroom.public_id])


@pytest.mark.parametrize(
    ("waiting", "held"),
    [([], False), ([True], True), ([False], False), ([True, True], True), ([True, False], False)],
)
def test_one_teacher_who_is_ready_is_enough(waiting: list[bool], held: bool) -> None:
    assert is_held(waiting) is held


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("de mentor", False),
        ("Mevrouw Jansen", True),
        ("meneer van der Berg", True),
        ("juf Anna", True),
        ("een mevrouw bij de balie", False),
        ("Zorgcoördinator", False),
    ],
)
def test_a_name_is_told_from_a_function(text: str, named: bool) -> None:
    assert names_somebody(text) is named


@pytest.mark.parametrize(
    ("text", "personal"),
    [("kamer 1.12, tot 16.00 uur", False), ("a.b@school.nl", True), ("bel 06-12345678", True),
     ("010 123 45 67", True)],
)  # fmt: skip
def test_an_address_is_told_from_a_place(text: str, personal: bool) -> None:
    assert has_an_address(text) is personal


def test_the_teacher_is_led_to_five_points_and_then_the_lesson_opens(
    teacher_client, classroom, sensitive, learner, learner_client
) -> None:
    what = {"what": f"package:{sensitive.key}"}
    to = teacher_client.post(reverse("classrooms:assign", args=[classroom.public_id]), what)
    assert to.headers["Location"] == prepare_url(classroom)
    for name in ("classrooms:settings", "reports:classroom"):
        page = text_of(teacher_client.get(reverse(name, args=[classroom.public_id])))
        assert f'href="{prepare_url(classroom)}">Bereid de klas voor' in page
    mine = text_of(learner_client.get("/mijn/"))
    assert "Je docent bereidt dit nog voor" in mine
    assert f'href="{LESSON}"' not in mine
    for path in PAGES:
        page = text_of(learner_client.get(path))
        assert NOT_YET in page
        assert "lesson__nav" not in page

    wrong = {**ANSWERS, "role": "mevrouw Jansen", "place": "06-12345678", "person_knows": ""}
    refused = teacher_client.post(prepare_url(classroom), wrong)
    assert refused.status_code == 422
    for text in ("een functie, geen naam", "geen mailadres of telefoonnummer", "Spreek het eerst"):
        assert text in text_of(refused)
    assert 'value="mevrouw Jansen"' in text_of(refused)
    assert not Preparation.objects.exists()

    teacher_client.post(prepare_url(classroom), ANSWERS)
    assert f'href="{LESSON}"' in text_of(learner_client.get("/mijn/"))
    assert NOT_YET not in text_of(learner_client.get(f"{LESSON}1/"))
    assert ModelLogEntry.objects.order_by("pk").last().action == "classrooms.prepare"
    page = text_of(teacher_client.get(reverse("classrooms:settings", args=[classroom.public_id])))
    assert "Bereid de klas voor" not in page


def test_the_answers_are_on_the_card_of_that_class_and_on_nobody_elses(
    teacher_client, classroom, sensitive, learner, learner_client, client, other_teacher
) -> None:
    give(classroom, sensitive)
    prepare_classroom(classroom=classroom, help_on_site=HELP, user=None)
    other_room = make_classroom(teacher=other_teacher, name="Elders")
    give(other_room, sensitive)
    stranger_client = sign_in_learner(browser(), enrol(other_room))
    for path in ("/hulp/", f"{LESSON}4/", f"{LESSON}einde/"):
        page = text_of(learner_client.get(path))
        for text in ("De zorgcoördinator", "kamer &lt;1.12&gt;, tot 16.00 uur", HELP.aftercare):
            assert text in page, path
        for other in (client, stranger_client, teacher_client):
            assert "coördinator" not in text_of(other.get(path)), path
    # Only where a lesson speaks of help.
    assert "coördinator" not in text_of(learner_client.get(f"{LESSON}1/"))
    # Each class has a teacher of its own who answers; nobody without a class has to wait.
    assert NOT_YET in text_of(stranger_client.get(f"{LESSON}1/"))
    assert NOT_YET not in text_of(client.get(f"{LESSON}1/"))


def test_the_card_is_gone_with_who_leaves_the_class(
    classroom, learner: Joined, learner_client
) -> None:
    prepare_classroom(classroom=classroom, help_on_site=HELP, user=None)
    assert "coördinator" in text_of(learner_client.get("/hulp/"))
    remove_enrolment(enrolment=learner.enrolment, now=timezone.now(), user=None)
    assert "coördinator" not in text_of(learner_client.get("/hulp/"))


def test_a_lesson_of_a_sensitive_package_waits_as_well_and_a_calm_one_does_not(
    classroom, sensitive, lesson: LessonPage, quiz, other_teacher
) -> None:
    assert give(classroom, lesson).waits_for_preparation
    assert not give(classroom, quiz).waits_for_preparation  # it is in no lesson
    sensitive.sensitivity = "some"
    sensitive.save()
    assert not give(make_classroom(teacher=other_teacher), lesson).waits_for_preparation


def test_a_quiz_waits_like_the_lesson_that_it_is_in(
    classroom, sensitive, lesson: LessonPage, learner_client
) -> None:
    """Given by itself, it waits on the learner's page until the teacher has answered."""
    quiz = lesson.quizzes.get().quiz
    assert give(classroom, quiz).waits_for_preparation
    url = reverse("quizzes:quiz", args=[quiz.slug])
    own = text_of(learner_client.get("/mijn/"))
    assert "Je docent bereidt dit nog voor" in own
    assert f'href="{url}"' not in own
    prepare_classroom(classroom=classroom, help_on_site=HELP, user=None)
    assert f'href="{url}"' in text_of(learner_client.get("/mijn/"))


def test_a_class_that_began_before_keeps_going(
    classroom, package: LessonPackagePage, learner_client
) -> None:
    give(classroom, package)
    package.sensitivity = "high"
    package.save()
    assert NOT_YET not in text_of(learner_client.get(f"{LESSON}1/"))
    assert f'href="{LESSON}"' in text_of(learner_client.get("/mijn/"))


def test_what_one_teacher_opened_is_open_for_a_learner_with_two(
    classroom, sensitive, learner, learner_client, other_teacher
) -> None:
    give(classroom, sensitive)
    other_room = make_classroom(teacher=other_teacher, name="Aan het begin")
    other_room.enrolments.create(learner=learner.enrolment.learner, nickname="Rode Vos")
    Assignment.objects.create(classroom=other_room, package=sensitive, opens_at=timezone.now())
    assert NOT_YET not in text_of(learner_client.get(f"{LESSON}1/"))
    assert text_of(learner_client.get("/mijn/")).count(f'href="{LESSON}"') == 2


def test_what_was_arranged_before_is_kept_and_goes_with_the_class(teacher_client, classroom):
    for role in ("de mentor", "de zorgcoördinator"):
        teacher_client.post(prepare_url(classroom), {**ANSWERS, "role": role})
    kept = Preparation.objects.values_list("contact_role", "is_current")
    assert list(kept) == [("de zorgcoördinator", True), ("de mentor", False)]
    assert 'value="de zorgcoördinator"' in text_of(teacher_client.get(prepare_url(classroom)))
    classroom.delete()
    assert not Preparation.objects.exists()


def test_what_it_costs(
    classroom, sensitive, learner_client, client, settings, django_assert_num_queries
) -> None:
    settings.LESSON_RECHECK_SECONDS = 60
    give(classroom, sensitive)
    learner_client.get(f"{LESSON}4/")
    learner_client.get("/hulp/")
    with django_assert_num_queries(1):
        learner_client.get(f"{LESSON}4/")
    prepare_classroom(classroom=classroom, help_on_site=HELP, user=None)
    with django_assert_num_queries(1):
        learner_client.get(f"{LESSON}4/")
    with django_assert_num_queries(1):
        learner_client.get("/hulp/")
    with django_assert_num_queries(0):
        client.get("/hulp/")
