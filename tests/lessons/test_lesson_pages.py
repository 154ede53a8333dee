"""Pages that are made once: what is in them, and when they are made anew."""

from __future__ import annotations

import json
import re
from threading import Thread
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from helplines.models import Helpline
from lessons import rendering
from lessons.compiled import compile_lesson
from lessons.learning_resource import described
from lessons.models import LessonPackagePage, LessonPage
from media.models import CustomImage
from quizzes.models import Quiz

pytestmark = pytest.mark.django_db
LESSON = "/lessen/klein-pakket/les-een/"
SECRETS = ("GEHEIM-NOTITIE", "GEHEIM-LET-OP", "teacher-note")


def page(client: Client, path: str) -> str:
    response = client.get(f"{LESSON}{path}")
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("path", ["1/", "2/", "3/", "4/", "einde/"])
@pytest.mark.parametrize("cast", ["client", "learner_client", "teacher_client"])
def test_a_learners_page_never_holds_what_is_for_teachers(
    lesson: LessonPage, request: pytest.FixtureRequest, cast: str, path: str
) -> None:
    text = page(request.getfixturevalue(cast), path)
    assert not [secret for secret in SECRETS if secret in text]


def test_a_teachers_lesson_holds_it(lesson: LessonPage, package: LessonPackagePage) -> None:
    compiled = compile_lesson(lesson, package, for_teacher=True)
    html = "".join(step.html for step in compiled.steps)
    assert all(secret in html for secret in SECRETS)


def test_a_block_that_only_teachers_see_leaves_nothing_behind(
    lesson: LessonPage, package: LessonPackagePage
) -> None:
    for_teacher = compile_lesson(lesson, package, for_teacher=True).steps[0]
    for_learner = compile_lesson(lesson, package).steps[0]
    assert "Voor de docent" in for_teacher.html
    assert "Voor de docent" not in for_learner.html


def test_pictures_say_what_is_in_them_and_how_large_they_are(
    client: Client, lesson: LessonPage
) -> None:
    image = CustomImage.objects.get(package_file="klein-pakket/heuvel.svg")
    assert (
        f'src="{image.file.url}" alt="Twee mensen op een heuvel." width="800" height="500"'
    ) in page(client, "1/")
    assert 'alt="" width="800"' in page(client, "2/")  # only decorates
    assert image.file.url.endswith(".svg")


def test_every_block_is_shown(client: Client, lesson: LessonPage) -> None:
    text = page(client, "2/")
    for part in (
        "Ik was blij dat iemand het vroeg.",
        "Een jongere",
        "Bron: Een uitgever",
        "Ineens veel geld",
        "Het kan ook iets anders zijn",
        "Sam krijgt een telefoon.",
        "Wat zie je?",
        "Praat met z'n tweeën",
        "Ongeveer 2 minuten",
        "Wie kun jij bellen?",
    ):
        assert part in text, part


def test_a_helpline_shows_its_ways_in_and_no_others(client: Client, lesson: LessonPage) -> None:
    text = page(client, "4/")
    assert 'href="tel:08000000"' in text
    assert "https://example.org/chat" in text
    assert "notitie" not in text.lower()


def test_titles_in_the_history_are_neutral(client: Client, lesson: LessonPage) -> None:
    assert "<title>Les een (2/4) – Doorzien</title>" in page(client, "2/")


def test_an_editors_new_version_is_shown(client: Client, lesson: LessonPage) -> None:
    assert "Kijken" in page(client, "1/")
    steps = json.loads(json.dumps(list(lesson.steps.raw_data)))
    steps[0]["value"]["title"] = "Goed kijken"
    lesson.steps = json.dumps(steps)
    lesson.save_revision()
    assert "Goed kijken" not in page(client, "1/")  # a draft
    lesson.get_latest_revision().publish()
    assert "Goed kijken" in page(client, "1/")


def test_a_corrected_helpline_is_shown_at_once(client: Client, lesson: LessonPage) -> None:
    assert "0800-0000" in page(client, "4/")
    helpline = Helpline.objects.get(slug="testlijn")
    helpline.phone, helpline.phone_link = "0800-1111", "08001111"
    helpline.save()
    assert "0800-1111" in page(client, "4/")
    assert "0800-1111" in page(client, "einde/")


def test_a_deleted_helpline_leaves_no_hole(client: Client, lesson: LessonPage) -> None:
    Helpline.objects.get(slug="testlijn").delete()
    assert "De Testlijn" not in page(client, "4/")


def test_a_quiz_that_went_offline_is_not_linked(client: Client, lesson: LessonPage) -> None:
    assert "/q/kleine-quiz/" in page(client, "3/")
    Quiz.objects.get().unpublish()
    assert "/q/kleine-quiz/" not in page(client, "3/")


def test_each_language_has_its_own_page(client: Client, lesson: LessonPage) -> None:
    with translation.override("nl"):
        dutch = rendering.lesson_pages("klein-pakket", "les-een")
    with translation.override("en"):
        english = rendering.lesson_pages("klein-pakket", "les-een")
    assert dutch is not english
    assert b'<html lang="en"' in english.steps[0].anonymous
    # The lesson itself is still Dutch, and says so to a screen reader.
    assert b'<div class="prose" lang="nl"><p>Welkom.' in english.steps[0].anonymous


def test_a_page_is_made_once(lesson: LessonPage, settings: Any) -> None:
    settings.LESSON_RECHECK_SECONDS = 60
    first = rendering.lesson_pages("klein-pakket", "les-een")
    assert rendering.lesson_pages("klein-pakket", "les-een") is first


def test_a_page_that_did_not_change_is_not_made_again(lesson: LessonPage) -> None:
    first = rendering.lesson_pages("klein-pakket", "les-een")
    assert rendering.lesson_pages("klein-pakket", "les-een") is first


def test_only_so_many_lessons_are_kept(lesson: LessonPage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rendering, "MOST_LESSONS_KEPT", 1)
    for language in ("nl", "en", "nl"):
        with translation.override(language):
            rendering.lesson_pages("klein-pakket", "les-een")
    assert len(rendering._kept) == 1


def test_the_pages_are_the_same_for_every_thread(lesson: LessonPage, settings: Any) -> None:
    settings.LESSON_RECHECK_SECONDS = 60
    pages = rendering.lesson_pages("klein-pakket", "les-een")
    ids = pages.lesson.step_ids
    found: dict[int, bytes] = {}

    def ask(number: int) -> None:
        found[number] = pages.steps[0].for_learner(ids[:number], ids[0])

    threads = [Thread(target=ask, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for number in range(4):
        assert f"{number} van 4 klaar".encode() in found[number]


def test_a_text_cannot_pretend_to_be_a_slot(client: Client, lesson: LessonPage) -> None:
    steps = json.loads(json.dumps(list(lesson.steps.raw_data)))
    steps[0]["value"]["title"] = "{{ slot.progress }} <b>{% now %}</b>"
    lesson.steps = json.dumps(steps)
    lesson.save_revision().publish()
    assert "{{ slot.progress }} &lt;b&gt;{% now %}&lt;/b&gt;" in page(client, "1/")


def test_grown_ups_have_no_upper_age(package: LessonPackagePage) -> None:
    package.age_from, package.age_to = 18, 99
    assert package.ages == "vanaf 18 jaar"
    assert described(package, [])["typicalAgeRange"] == "18-"
    package.age_to = 25
    assert package.ages == "18 tot en met 25 jaar"
    assert described(package, [])["typicalAgeRange"] == "18-25"


def test_the_next_steps_first_picture_is_fetched_beforehand(
    client: Client, lesson: LessonPage
) -> None:
    picture = re.search(r'<img [^>]*?src="([^"]+)"', page(client, "2/"))
    assert picture
    prefetched = f'<link rel="prefetch" href="{picture[1]}">'
    assert prefetched in page(client, "1/")
    assert "prefetch" not in page(client, "4/")  # after it comes the end
    steps = json.loads(json.dumps(list(lesson.steps.raw_data)))
    steps[1]["value"]["heavy_notice"] = "Dit gaat over dreigen."
    lesson.steps = json.dumps(steps)
    lesson.save_revision().publish()
    assert "prefetch" not in page(client, "1/")
