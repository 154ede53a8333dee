from __future__ import annotations

import pytest
from django.test import Client

from lessons.models import LessonPage

GUIDE = "/lessen/klein-pakket/les-een/handleiding/"


@pytest.mark.parametrize("cast", ["teacher_client", "other_teacher_client", "editor_client"])
def test_teachers_and_editors_read_every_note(
    lesson: LessonPage, request: pytest.FixtureRequest, cast: str
) -> None:
    page = request.getfixturevalue(cast).get(GUIDE)
    assert page.status_code == 200
    text = page.content.decode()
    for part in ("GEHEIM-NOTITIE", "GEHEIM-LET-OP", "Pen en papier", "Doe alleen stap 1"):
        assert part in text
    for title in ("1. Kijken", "2. Praten", "3. Quiz", "4. Hulp"):
        assert title in text


@pytest.mark.parametrize("cast", ["client", "learner_client"])
def test_a_learner_is_asked_to_sign_in(
    lesson: LessonPage, request: pytest.FixtureRequest, cast: str
) -> None:
    page = request.getfixturevalue(cast).get(GUIDE)
    assert page.status_code == 302
    assert page.headers["Location"].startswith("/account/login/?next=")


def test_somebody_who_only_has_an_account_may_not_read_it(
    lesson: LessonPage, django_user_model: type
) -> None:
    client = Client()
    client.force_login(django_user_model.objects.create_user("niemand@doorzien.example"))
    assert client.get(GUIDE).status_code == 403


def test_a_guide_that_is_not_there_is_a_404(lesson: LessonPage, teacher_client: Client) -> None:
    assert teacher_client.get("/lessen/klein-pakket/geen/handleiding/").status_code == 404
