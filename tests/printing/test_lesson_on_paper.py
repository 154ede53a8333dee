"""The guide and the worksheet of the lessons that come with the site, read back from the PDF."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.utils import translation

from lessons.actions import load_package
from lessons.models import LessonPackagePage, LessonPage
from lessons.sheets import guide, guide_pdf, worksheet, worksheet_pdf
from printing.pdf import make_pdf
from tests.factories.lessons import load_every_block
from tests.printing.documents import opened, pdf_ua_gaps, roles, text_of

STARTER = Path(settings.BASE_DIR) / "lessons" / "starter" / "herken-je-dit"
SOURCE = yaml.safe_load((STARTER / "les-1-wat-zie-je.lesson.yaml").read_text(encoding="utf-8"))
SMALL = "/lessen/klein-pakket/les-een/"


@pytest.fixture
def starter(db: Any) -> tuple[LessonPackagePage, LessonPage]:
    call_command("load_helplines", verbosity=0)
    load_package(folder=STARTER)
    lesson = LessonPage.objects.get(slug="les-1-wat-zie-je", locale__language_code="nl")
    package = LessonPackagePage.objects.get(slug="herken-je-dit", locale__language_code="nl")
    return package, lesson


def plain(markdown: str) -> list[str]:
    """The first words of each paragraph."""
    lines = (line.strip(" -").replace("*", "") for line in markdown.splitlines())
    return [" ".join(line.split()[:6]) for line in lines if len(line.split()) > 5]


def teachers_words() -> list[str]:
    blocks = [block for step in SOURCE["steps"] for block in step["blocks"]]
    texts = [block.get("note", "") + "\n" + block.get("listen_for", "") for block in blocks]
    return [words for text in texts for words in plain(text)]


def a_screen_reader_can_read(made: bytes) -> None:
    """Tagged, with a title and a language, as PDF/UA asks; on A4."""
    reader = opened(made)
    assert not pdf_ua_gaps(made, language="nl", title="Les 1: Wat zie je?")
    assert {"/H1", "/H2", "/H3", "/P", "/L", "/LI", "/Figure", "/Link"} <= roles(made)
    size = reader.pages[0].mediabox
    assert (round(size.width), round(size.height)) == (595, 842)


def test_the_guide_of_the_starter_lesson_says_all_that_a_teacher_needs(
    starter: tuple[LessonPackagePage, LessonPage],
) -> None:
    made = guide_pdf(*starter)
    a_screen_reader_can_read(made)
    text = text_of(made)
    assert len(teachers_words()) > 25
    assert [words for words in teachers_words() if words not in text] == []
    for title in ("Doelen", "Vooraf doen", "Heb je maar 20 minuten?", "Zonder telefoons"):
        assert title in text
    assert "Als een leerling iets vertelt" in text
    assert "Wat let je op" not in text
    # The minutes of the steps, and that they are together what the lesson takes.
    minutes = [step["minutes"] for step in SOURCE["steps"]]
    assert sum(minutes) == SOURCE["minutes"] == 45
    assert f"{45 - minutes[-1]}–45 {len(minutes)}." in text
    assert "Samen 45 minuten" in text


def test_the_worksheet_of_the_starter_lesson_holds_nothing_of_the_teacher(
    starter: tuple[LessonPackagePage, LessonPage],
) -> None:
    with translation.override("en"):  # whoever asks: it is for a class
        made = worksheet_pdf(*starter)
    a_screen_reader_can_read(made)
    text = text_of(made)
    assert [words for words in teachers_words() if words in text] == []
    for words in ("Dani heeft nieuwe schoenen", "Kan Dani vrij nee zeggen?", "Moe en vaak weg"):
        assert words in text
    assert "Je hoeft je naam niet op te schrijven." in text
    assert "0800-0432" in text  # who helps
    assert "Voor de docent" not in text
    assert "Waar let je op" not in text


def test_every_block_can_be_printed_and_keeps_its_secrets(db: Any) -> None:
    load_every_block()
    package = LessonPackagePage.objects.get(slug="alle-blokken")
    lesson = LessonPage.objects.get(slug="elk-blok")
    assert "GEHEIM-" in text_of(make_pdf(guide(package, lesson)))
    assert "GEHEIM-" not in text_of(make_pdf(worksheet(package, lesson)))


def test_a_worksheet_is_for_everybody_and_leaves_a_neutral_name(
    lesson: LessonPage, client: Client, django_assert_num_queries: Any
) -> None:
    page = client.get(f"{SMALL}werkblad.pdf")
    assert (page.status_code, page.headers["Content-Type"]) == (200, "application/pdf")
    assert page.headers["Content-Disposition"] == 'inline; filename="werkblad-les-een.pdf"'
    assert "GEHEIM-" not in text_of(page.content)
    with django_assert_num_queries(3):
        assert client.get(f"{SMALL}werkblad.pdf").content == page.content


def test_a_guide_asks_who_you_are(
    lesson: LessonPage, client: Client, teacher_client: Client, learner_client: Client
) -> None:
    teacher_client.get(f"{SMALL}handleiding.pdf")  # made, and kept: still not for others
    for somebody in (client, learner_client):
        assert somebody.get(f"{SMALL}handleiding.pdf").status_code == 302


def test_what_was_published_since_is_on_the_next_print(
    lesson: LessonPage, teacher_client: Client
) -> None:
    before = text_of(teacher_client.get(f"{SMALL}handleiding.pdf").content)
    lesson.summary = "Een nieuwe samenvatting"
    lesson.save_revision()
    assert text_of(teacher_client.get(f"{SMALL}handleiding.pdf").content) == before
    lesson.save_revision().publish()
    after = text_of(teacher_client.get(f"{SMALL}handleiding.pdf").content)
    assert "Een nieuwe samenvatting" in after


def test_the_pages_lead_to_what_can_be_printed(
    lesson: LessonPage, client: Client, teacher_client: Client
) -> None:
    guide_page = teacher_client.get(f"{SMALL}handleiding/").text
    package_page = client.get("/lessen/klein-pakket/").text
    for page in (guide_page, package_page):
        for name in ("handleiding.pdf", "werkblad.pdf", "papier.pdf"):
            assert f'{name}"' in page
    assert "antwoorden.pdf" in guide_page
    assert "antwoorden.pdf" not in package_page
