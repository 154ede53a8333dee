"""Which language each text is in, so that it is read aloud in the right voice (WCAG 3.1.2).

On English and Arabic pages the interface is in that language and the lessons are Dutch. So
every text outside ``lang="nl"`` must be a translated one that we know, and none inside it may
be. In Arabic, what is Dutch also runs the other way (A-14).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import Any

import polib
import pytest
from bs4 import BeautifulSoup, NavigableString
from django.conf import settings
from django.test import Client
from django.utils import timezone

from classrooms.actions import Joined, assign
from classrooms.models import Classroom
from lessons.models import LessonPackagePage
from tests.security.pages import crawl

pytestmark = pytest.mark.django_db
QUIZ = "/q/kleine-quiz/"
SPOKEN = ("alt", "aria-label", "placeholder", "title")
# What stands between two texts, and what is the same in every language: names and codes.
BETWEEN = re.compile(r"\s[·–]\s|[,.] ")
GAP = re.compile(r"%\(\w+\)[sd]|\{\w*\}")
EDGES = " :,.·–()‘’"
NEUTRAL = re.compile(
    r"""[\W\d]*|[A-Z]|bestaatniet|
    ([A-Z0-9]+-)+[A-Z0-9]+|[A-Z]\w+\ [A-Z]\w+|Een\ uitgever|Klas\ 2b|Doorzien|B1|
    (Jan|Feb|Mar(ch)?|Apr(il)?|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)|  # cut before "27, 2026"
    \d+\ [\u0600-\u06ff]+،\ \d+|
    العربيّة|CSV|Excel\ \(xlsx\)?|testserver/mee|http://testserver/\S*|
    Forgot\ your\ password\?""",  # the last is allauth's own
    re.VERBOSE,
)


@dataclass(frozen=True)
class Said:
    """A text on a page, and the language that it is said to be in."""

    text: str
    language: str


def texts_of(html: str) -> Iterator[Said]:
    page = BeautifulSoup(html, "html.parser")
    for tag in page.find_all(["script", "style", "title"]):
        tag.decompose()
    for node in page.find_all(string=True):
        if type(node) is NavigableString:
            yield from _said(str(node), node.parent)
    for tag in page.find_all(True):
        for name in SPOKEN:
            yield from _said(tag.get(name, ""), tag)


def _said(text: str, tag: Any) -> Iterator[Said]:
    owner = tag if tag.get("lang") else tag.find_parent(lang=True)
    for part in BETWEEN.split(" ".join(text.split())):
        if not NEUTRAL.fullmatch(part.strip(EDGES)):
            yield Said(part.strip(EDGES), owner["lang"])


def catalogue_of(language: str) -> polib.POFile:
    return polib.pofile(str(settings.SITE_DIR / f"locale/{language}/LC_MESSAGES/django.po"))


@cache
def texts_in(language: str, placeholder: str) -> tuple[frozenset[str], re.Pattern[str]]:
    """Every text of the interface in this language, cut at the tags inside it: the whole ones,
    and those with gaps."""
    whole, patterns = set(), set()
    for entry in catalogue_of(language):
        for text in entry.msgstr_plural.values() or [entry.msgstr]:
            for part in re.split(rf"<[^>]+>|{BETWEEN.pattern}", " ".join(text.split())):
                pieces = GAP.split(part.strip(EDGES).replace("%%", "%"))
                if len(pieces) == 1:
                    whole.add(pieces[0].lower())
                else:
                    patterns.add(placeholder.join(map(re.escape, pieces)))
    gaps = re.compile("|".join(sorted(patterns - {placeholder})), re.IGNORECASE)
    return frozenset(whole - {""}), gaps


@cache
def is_of_interface(text: str, language: str, placeholder: str) -> bool:
    whole, gaps = texts_in(language, placeholder)
    return text.lower() in whole or bool(gaps.fullmatch(text))


@cache
def same_in_dutch(language: str) -> frozenset[str]:
    catalogue = catalogue_of(language)
    return frozenset(entry.msgid.lower() for entry in catalogue if entry.msgid == entry.msgstr)


def unknown_text(html: str, language: str) -> set[str]:
    """What is said to be in this language and is no text of ours: content that is not marked."""
    return {
        said.text
        for said in texts_of(html)
        if said.language == language and not is_of_interface(said.text, language, ".+?")
    }


def interface_called_dutch(html: str, language: str) -> set[str]:
    """Interface inside what is marked as content. Codes and figures fill the gaps of a text."""
    return {
        said.text
        for said in texts_of(html)
        if said.language == "nl"
        and is_of_interface(said.text, language, r"\S+")
        and said.text.lower() not in same_in_dutch(language)
    }


def dutch_the_wrong_way(html: str, language: str) -> set[str]:
    """On a page from right to left: Dutch that does not say that it runs from left to right."""
    page = BeautifulSoup(html, "html.parser")
    return {
        str(tag)[:200]
        for tag in page.find_all(lang="nl")
        if language in settings.LANGUAGES_BIDI and tag.get("dir") != "ltr"
    }


@pytest.fixture(params=["en", "ar"])
def language(request: pytest.FixtureRequest) -> str:
    return request.param


def speaking(client: Client, language: str) -> Client:
    client.cookies["language"] = language
    return client


def do_the_quiz(client: Client) -> Iterator[str]:
    """Each page of a quiz without a script: open, nothing chosen, answered, the result."""
    address = QUIZ
    for _page in range(12):
        page = client.get(address)
        html = page.content.decode()
        yield html
        form = BeautifulSoup(html, "html.parser").select_one("form.quiz-question")
        if form is None:
            further = BeautifulSoup(html, "html.parser").select_one(".quiz-question__next a")
            if further is None:
                return
            address = further["href"]
            continue
        values = {field["name"]: field["value"] for field in form.select("input[type=hidden]")}
        yield client.post(form["action"], values).content.decode()
        for field in form.select("input:not([type=hidden])"):
            values.setdefault(field["name"], field["value"])
        address = client.post(form["action"], values).headers["Location"]


@pytest.fixture
def given(classroom: Classroom, package: LessonPackagePage) -> Classroom:
    """A class with the small package, to be done tomorrow."""
    assign(
        classroom=classroom, thing=package, now=timezone.now(), user=None,
        due_on=timezone.localdate() + timedelta(days=1), note="Doe je best",
    )  # fmt: skip
    return classroom


def check(pages: dict[str, str], language: str) -> None:
    wrong = {
        (kind.__name__, text)
        for html in pages.values()
        for kind in (unknown_text, interface_called_dutch, dutch_the_wrong_way)
        for text in kind(html, language)
    }
    assert not wrong, "\n".join(sorted(map(str, wrong)))


def pages_of(client: Client, *starts: str) -> dict[str, str]:
    return {page.address: page.text for page in crawl(client, starts) if page.is_html}


def test_pages_for_everybody_say_which_language_each_text_is_in(
    client: Client, package: LessonPackagePage, language: str
) -> None:
    starts = ("/", "/lessen/?zoek=bestaatniet", "/bestaat-niet/", "/lessen/klein-pakket/les-een/")
    pages = pages_of(speaking(client, language), *starts)
    assert len(pages) > 20
    check(pages, language)


def test_pages_of_a_learner_say_which_language_each_text_is_in(
    learner_client: Client, given: Classroom, package: LessonPackagePage, language: str
) -> None:
    client = speaking(learner_client, language)
    for number in (1, 2):
        client.post(f"/lessen/klein-pakket/les-een/{number}/klaar/")
    check(pages_of(client, "/mijn/", "/lessen/klein-pakket/les-een/4/"), language)
    quiz = dict(enumerate(do_the_quiz(client)))
    assert 'class="quiz-result"' in quiz[max(quiz)]
    check(quiz, language)
    check(pages_of(client, "/mijn/", QUIZ), language)


def test_pages_of_a_teacher_say_which_language_each_text_is_in(
    teacher_client: Client, given: Classroom, learner: Joined, language: str
) -> None:
    pages = pages_of(
        speaking(teacher_client, language), "/docent/", "/lessen/klein-pakket/les-een/handleiding/"
    )
    assert len(pages) > 15
    check(pages, language)
