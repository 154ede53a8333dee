"""What a quiz is written in: said on each page, whatever the interface speaks (A-14)."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from accounts.models import User
from classrooms.models import Classroom
from quizzes.models import Edition, Quiz
from quizzes.publishing import publish_edition
from quizzes.queries import newest_edition
from tests.factories.classrooms import enrol
from tests.factories.quizzes import EVERY_TYPE, make_quiz

ARABIC = {"lang": "ar", "dir": "rtl"}


@pytest.fixture
def quiz(db: Any) -> Quiz:
    questions = [(name, make(name)) for name, make in EVERY_TYPE]
    return make_quiz("arabisch", questions=questions, language="ar")


def wrongly_said(html: str) -> set[str]:
    """Texts of the editor outside what says that it is Arabic."""
    page = BeautifulSoup(html, "html.parser").find("main")
    assert page is not None
    written = page.find_all(string=lambda text: "Keuze " in text or "Geheime " in text)
    return {
        str(text)
        for text in written
        if (owner := text.find_parent(lang=True)) is None
        or {name: owner.get(name) for name in ARABIC} != ARABIC
    }


def do(client: Client, quiz: Quiz) -> list[str]:
    """Each page of the quiz without a script: open and explained, and the result."""
    attempt, pages = str(uuid4()), []
    tag = ""
    for question in newest_edition(quiz.slug).questions:
        number = question.number
        address = f"/q/{quiz.slug}/" + (f"{attempt}/{number}/" if number > 1 else "")
        page = client.get(address).text
        pages.append(page)
        form = BeautifulSoup(page, "html.parser").select_one("form.quiz-question")
        assert form is not None
        tag = form.select_one("[name=learner_tag]")["value"]  # type: ignore[index]
        fields = {
            "edition": 1, "attempt": attempt, "question": question.key, "key": str(uuid4()),
            "learner_tag": tag, **question.type.example(question.content, is_right=False),
        }  # fmt: skip
        saved = client.post(f"/q/{quiz.slug}/antwoord/", fields)
        pages.append(client.get(saved.headers["Location"]).text)
    pages.append(client.get(f"/q/{quiz.slug}/{attempt}/uitslag/").text)
    return pages


def test_each_page_of_an_arabic_quiz_says_so(learner_client: Client, quiz: Quiz) -> None:
    pages = do(learner_client, quiz)
    assert len(pages) == 2 * len(EVERY_TYPE) + 1
    assert {text for page in pages for text in wrongly_said(page)} == set()
    assert 'lang="ar" dir="rtl"' in pages[0]
    assert 'lang="nl"' not in pages[0][pages[0].index("<main") :]


def test_on_an_arabic_page_it_needs_no_direction(client: Client, quiz: Quiz) -> None:
    client.cookies["language"] = "ar"
    page = client.get(f"/q/{quiz.slug}/").text
    assert '<html lang="ar" dir="rtl">' in page
    assert 'lang="ar" dir' not in page[page.index("<main") :]
    assert "Keuze een-a" in page


def test_the_teachers_pages_say_it_too(
    teacher_client: Client, teacher: User, classroom: Classroom, quiz: Quiz
) -> None:
    teacher_client.post(
        f"/docent/klas/{classroom.public_id}/opdracht/nieuw/", {"what": f"quiz:{quiz.key}"}
    )
    enrol(classroom)
    page = teacher_client.get(f"/docent/klas/{classroom.public_id}/").text
    assert '<span lang="ar" dir="rtl">Wat denk jij?</span>' in page
    paper = teacher_client.get(f"/q/{quiz.slug}/papier/").text
    assert wrongly_said(paper) == set()


def test_an_edition_keeps_its_language_and_one_of_before_is_dutch(quiz: Quiz) -> None:
    assert Edition.objects.get(quiz=quiz).content["language"] == "ar"
    dutch = make_quiz("nederlands")
    old = Edition.objects.get(quiz=dutch)
    del old.content["language"]
    Edition.objects.filter(pk=old.pk).update(content=old.content)
    assert newest_edition("nederlands").language == "nl"
    # A correction of words may follow on it: the language is what it was.
    question = dutch.questions.first()
    question.body[0].value["prompt"].source = "<p>Beter gespeld?</p>"
    question.save()
    fresh = Quiz.objects.get(pk=dutch.pk)
    assert publish_edition(quiz=fresh, as_correction=True).corrects_id == old.pk
