"""P-06, P-07 and R-25: a learner sees, takes along and erases what is kept about them."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import yaml
from bs4 import BeautifulSoup
from django.conf import settings as site_settings
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from accounts.models import Learner
from classrooms.actions import Joined, assign
from classrooms.models import Enrolment
from lessons.models import LessonPage
from privacy import erasure_list
from privacy.own_data import in_words, our_words, own_data, texts_in, words_of
from progress.models import LessonProgress
from quizzes.models import Attempt, Quiz
from tests.conftest import browser
from tests.factories.classrooms import sign_in_learner
from tests.factories.quizzes import make_quiz
from tests.privacy.work import did_a_quiz

pytestmark = pytest.mark.django_db
DATA, FILE, ERASE = "/mijn/gegevens/", "/mijn/gegevens.json", "/mijn/wissen/"


@pytest.fixture
def me(learner: Joined, quiz: Quiz, lesson: LessonPage) -> Learner:
    """Somebody in a class, with a lesson and a quiz under way."""
    row = Learner.objects.get(pk=learner.token.learner_id)
    did_a_quiz(row, quiz, at=timezone.now())
    LessonProgress.objects.create(learner=row, lesson_key=lesson.key, finished_steps=["a", "b"])
    return row


def test_all_that_is_kept_stands_on_the_page(me: Learner, learner_client: Client) -> None:
    page = BeautifulSoup(learner_client.get(DATA).content, "html.parser")
    text = " ".join(page.main.get_text(" ").split())
    nickname = me.enrolments.get().nickname
    for said in (f"hier heet je {nickname} .", "Les een : 2 stappen klaar", "Keuze een-a"):
        assert said.replace(" .", "") in text.replace(" :", ":").replace(" .", "") or said in text
    assert "Wat denk jij?" in text


def test_the_file_is_for_a_program_and_as_complete(me: Learner, learner_client: Client) -> None:
    response = learner_client.get(FILE)
    assert response.headers["Content-Type"] == "application/json"
    assert response.headers["Content-Disposition"].startswith("attachment")
    told = json.loads(response.content)
    assert told["learner"]["id"] == str(me.public_id)
    assert [row["nickname"] for row in told["classes"]] == [me.enrolments.get().nickname]
    assert [row["finished_steps"] for row in told["lessons"]] == [2]
    (quiz,) = told["quizzes"]
    assert [answer["given"] for answer in quiz["answers"]] == [{"choice": ["Keuze een-a"]}] * 3
    assert quiz["points_possible"] == 20


def test_what_was_given_to_them_and_not_to_all_is_in_it(
    me: Learner, learner_client: Client, quiz: Quiz
) -> None:
    place = me.enrolments.get()
    assign(classroom=place.classroom, thing=quiz, now=timezone.now(), user=None, learners=[place])
    (row,) = json.loads(learner_client.get(FILE).content)["classes"]
    assert row["given_to_you"] == [quiz.title]
    text = BeautifulSoup(learner_client.get(DATA).content, "html.parser").main.get_text(" ")
    assert f"Niet voor de hele klas, wel voor jou: {quiz.title}" in " ".join(text.split())


def test_every_table_of_the_data_map_about_learners_is_in_it() -> None:
    """A new table about learners is red here until ``own_data`` has it, or this says why not."""
    shown = {
        "accounts.Learner", "classrooms.Enrolment", "progress.LessonProgress",
        "classrooms.Assignment_for_enrolments",
        "quizzes.Attempt", "quizzes.Answer",
    }  # fmt: skip
    not_shown = {
        "wagtailcore.ModelLogEntry": "what a teacher did, with the random id of a place",
    }
    text = (site_settings.BASE_DIR / "docs" / "data-map.yaml").read_text("utf-8")
    about_learners = {
        label
        for label, entry in yaml.safe_load(text)["models"].items()
        if any(
            field and field.get("whose") == "learner" for field in entry.get("fields", {}).values()
        )
    }
    assert about_learners == shown | set(not_shown)


@pytest.mark.parametrize("kind", ["check", "measurement"])
def test_it_is_no_way_to_marks_that_are_not_told_yet(
    kind: str, learner: Joined, learner_client: Client
) -> None:
    """S-20: the control is the practice quiz above, which has its points."""
    quiz = make_quiz(kind=kind, **({"pass_percent": 60} if kind == "check" else {}))
    did_a_quiz(Learner.objects.get(pk=learner.token.learner_id), quiz, at=timezone.now())
    (row,) = json.loads(learner_client.get(FILE).content)["quizzes"]
    assert "points" not in row
    assert not {"won", "available", "is_right"} & set(row["answers"][0])


def test_what_was_left_empty_is_not_said_in_other_words() -> None:
    content = [{"key": "", "text": "en"}, {"key": "a", "text": "<p>Kies</p>"}]
    given = in_words({"choice": ["a"], "reason": ""}, words_of(content))
    assert given == {"choice": ["Kies"], "reason": ""}
    assert texts_in(given) == ["Kies"]


def test_choices_that_every_question_has_are_said_in_words() -> None:
    """ "true" is how it is kept; the field ``sure`` keeps its name, what is in it does not."""
    words = {**words_of([{"key": "a", "text": "Omdat"}]), **our_words()}
    given = in_words({"choice": ["true"], "reason": "a", "sure": "guess"}, words)
    assert given == {"choice": ["Waar"], "reason": "Omdat", "sure": "Ik gok"}
    assert [hasattr(text, "is_ours") for text in texts_in(given)] == [True, False, True]


def test_queries_do_not_grow(me: Learner, learner: Joined, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(7):
        own_data(learner.token)
    for number in range(3):
        did_a_quiz(me, make_quiz(f"quiz-{number}"), at=timezone.now())
    with django_assert_num_queries(7):
        own_data(learner.token)


def test_erasing_is_one_step_and_nothing_is_left(
    me: Learner, learner_client: Client, classmate: Joined, erasures: Path
) -> None:
    assert learner_client.get(ERASE).status_code == 200
    assert Learner.objects.filter(pk=me.pk).exists()
    response = learner_client.post(ERASE)
    assert response.status_code == 200
    assert response.cookies["learner"].value == ""
    assert '"storage"' in response.headers["Clear-Site-Data"]
    assert not Learner.objects.filter(pk=me.pk).exists()
    assert not LessonProgress.objects.exists()
    assert list(Enrolment.objects.values_list("learner_id", flat=True)) == [
        classmate.token.learner_id
    ]
    assert list(Attempt.objects.values_list("learner", flat=True)) == [None]
    assert set(erasure_list.read(erasures)) == {me.public_id}


def test_the_same_cookie_and_the_return_code_open_nothing_any_more(
    me: Learner, learner: Joined, learner_client: Client
) -> None:
    other_device = sign_in_learner(browser(), learner)
    learner_client.post(ERASE)
    for client in (learner_client, other_device):
        assert client.get(DATA).headers["Location"] == "/terug/"
        assert client.post(ERASE).headers["Location"] == "/terug/"
    known = {"code": str(learner.return_code)}
    assert browser().post("/terug/", known).status_code == 422


def test_a_list_that_cannot_be_written_keeps_everything(
    me: Learner, learner_client: Client, erasures: Path
) -> None:
    erasures.mkdir()
    learner_client.raise_request_exception = False
    assert learner_client.post(ERASE).status_code == 500
    assert Learner.objects.filter(pk=me.pk).exists()


def test_a_restored_backup_does_not_bring_the_erased_back(
    me: Learner, learner_client: Client, classmate: Joined, erasures: Path
) -> None:
    """R-25. The control: before the command they are back."""
    backup = {model: list(model.objects.values()) for model in (Learner, Enrolment, LessonProgress)}
    learner_client.post(ERASE)
    for model, rows in backup.items():
        for row in rows:
            model.objects.update_or_create(pk=row["id"], defaults=row)
    assert Learner.objects.filter(public_id=me.public_id).exists()
    told = StringIO()
    call_command("erase_again", stdout=told)
    assert told.getvalue().startswith("1 on the list in ")
    assert "1 were back and are erased" in told.getvalue()
    assert list(Learner.objects.values_list("pk", flat=True)) == [classmate.token.learner_id]
    call_command("erase_again", stdout=(again := StringIO()))
    assert "0 were back" in again.getvalue()


def test_a_broken_list_is_said_and_erases_nobody(me: Learner, erasures: Path) -> None:
    erasures.write_text("{}\n")
    with pytest.raises(CommandError, match="line 1"):
        call_command("erase_again")
    assert Learner.objects.filter(pk=me.pk).exists()
