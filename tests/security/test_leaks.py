"""What no page may hold: the key of a quiz, a teacher's note, a trace of who did what, a
word that betrays the subject, a request to another site (S-20, P-05, P-09, P-32)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db.models import F
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from classrooms.models import Classroom
from quizzes.models import Edition
from tests.access.routes import public_routes
from tests.access.world import World
from tests.security.pages import Page, crawl, foreign_loads, is_foreign, read

pytestmark = pytest.mark.django_db
ROUTES = public_routes()
STATIC = Path(settings.SITE_DIR) / "static"


def starts(world: World) -> list[str]:
    """Where a visitor can begin; the rest follows from links."""
    questions = f"{world.address(ROUTES['quizzes:questions'])}?edition=1&attempt={world.attempt}"
    return [
        reverse("home:front"),
        reverse("home:mine"),
        reverse("helplines:help"),
        reverse("signals:list"),
        reverse("lessons:catalogue"),
        world.address(ROUTES["quizzes:quiz"]),
        questions,
        reverse("quizzes:quiz", args=["kleine-quiz"]),
        "/q/kleine-quiz/vragen/?edition=1&attempt=" + world.attempt,
        reverse("classrooms:join"),
        reverse("exit"),
        reverse("accounts:leave"),
        reverse("accounts:new_return_code"),
        reverse("robots_txt"),
        reverse("security_txt"),
        reverse("sitemap"),
        "/zo-heet-geen-pagina/",
    ]


@pytest.fixture
def public_pages(world: World) -> list[Page]:
    return crawl(world.client("anonymous"), starts(world))


@pytest.fixture
def classmates_pages(world: World) -> list[Page]:
    """Of a learner in a class who did not answer anything yet."""
    return crawl(world.client("classmate"), starts(world))


def test_the_crawl_comes_everywhere(public_pages: list[Page]) -> None:
    """The control: what a crawl does not reach, it cannot find anything in."""
    reached = {page.address for page in public_pages}
    assert {"/", "/hulp/", "/lessen/", "/over/", "/privacy/", "/account/login/", "/mee/"} <= reached
    assert {f"/lessen/klein-pakket/les-een/{number}/" for number in (1, 2, 3, 4)} <= reached
    assert {f"/lessen/alle-blokken/elk-blok/{number}/" for number in (1, 2, 3)} <= reached
    assert any(page.content_type.startswith("image/") for page in public_pages)


# --- S-20 -----------------------------------------------------------------------------
KEY_FIELDS = {"feedback", "feedback_true", "feedback_false", "explanation"}
KEY_NAMES = (
    "is_right",
    "isRight",
    "is_true",
    "feedback_true",
    "stays_last",
    "points",
    "per_choice",
)


def key_texts(content: Any) -> Iterator[str]:
    """Everything in an edition that gives the answer away."""
    if isinstance(content, dict):
        for name, value in content.items():
            if name == "supplement":
                yield value["alt"]
                yield value["image"]["name"]  # as it stands in the picture's address
            elif name in KEY_FIELDS and isinstance(value, str):
                yield re.sub(r"<[^>]+>", "", value)
            else:
                yield from key_texts(value)
    elif isinstance(content, list):
        for value in content:
            yield from key_texts(value)


def secrets_of_every_quiz() -> set[str]:
    found = {
        text
        for edition in Edition.objects.all()
        for text in key_texts(edition.content)
        if len(text) > 6
    }
    assert len(found) > 15
    return found


def test_no_page_before_the_answer_holds_the_key(
    world: World, public_pages: list[Page], classmates_pages: list[Page]
) -> None:
    """S-20, over the whole site: pages, fragments, pictures, scripts."""
    again = [
        Page(name, world.client("classmate").post(world.address(ROUTES[name])).text, "", "")
        for name in ("quizzes:again",)
    ]
    scripts = [Page(str(path), path.read_text(), "", "") for path in STATIC.rglob("*.js")]
    secrets = secrets_of_every_quiz()
    for page in [*public_pages, *classmates_pages, *again, *scripts]:
        assert [secret for secret in secrets if secret in page.text] == [], page.address
        names = KEY_NAMES if page not in scripts else ("stays_last", "points")
        assert [name for name in names if re.search(rf"\b{name}\b", page.text)] == [], page.address
        assert "GEHEIM-" not in page.text, page.address  # every teacher's note begins so


def test_the_key_is_found_where_it_may_be(world: World) -> None:
    """The control: after the answer, and for the teacher."""
    secrets = secrets_of_every_quiz()
    own = world.client("learner").get(world.address(ROUTES["quizzes:question"])).text
    assert "Geheim beeld bij een." in own
    result = world.client("learner").get(world.address(ROUTES["quizzes:result"])).text
    assert any(secret in own for secret in secrets)
    assert sum(secret in result for secret in secrets) > 3
    guide = world.client("teacher").get(world.address(ROUTES["progress:lesson_guide"])).text
    assert "GEHEIM-" in guide


def test_an_open_question_beside_an_answered_one_gives_nothing_away(world: World) -> None:
    """S-20, S-22: question 2 of an attempt in which only question 1 was answered."""
    page = world.client("learner").get(world.address(ROUTES["quizzes:question"], number=2))
    assert page.status_code == 200
    assert "Geheime" not in page.text


# --- P-05 -----------------------------------------------------------------------------
def teachers_pages(world: World) -> list[Page]:
    client = world.client("teacher")
    own = [
        reverse(name, args=[world.classroom.public_id])
        for name in (
            "reports:classroom",
            "classrooms:board",
            "classrooms:settings",
            "classrooms:assign",
        )
    ]
    # Only what is about classes: the lessons themselves show quizzes to everybody.
    pages = [page for page in crawl(client, own) if page.address.startswith("/docent/")]
    fragment = client.get(own[0], headers={"x-fragment": "matrix"})
    assert fragment.status_code == 200
    return [*pages, Page("fragment", fragment.text, "text/html", "")]


def downloads(world: World) -> list[str]:
    base = reverse("reports:classroom", args=[world.classroom.public_id])
    client = world.client("teacher")
    csv = client.get(base + "overzicht.csv").content.decode("utf-8-sig")
    book = load_workbook(BytesIO(client.get(base + "overzicht.xlsx").content))
    cells = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row]
    properties = (
        f"{book.properties.creator} {book.properties.title} {book.properties.lastModifiedBy}"
    )
    return [csv, "\n".join(cells) + properties]


CLOCK = re.compile(r"\b([01]?\d|2[0-3])[:.][0-5]\d\b(?!\.)")


def test_a_teacher_sees_progress_and_marks_and_nothing_more(world: World) -> None:
    """P-05: no chosen answer, no reflection, no visit to a help page, no time."""
    learner = world.client("learner")
    learner.get(reverse("helplines:help"))
    learner.post(world.address(ROUTES["progress:finish_step"]))
    learner.post(world.address(ROUTES["progress:finish_step"], number=2))
    # Until when a class can be joined is no time of a learner.
    Classroom.objects.update(join_closes_at=F("join_opens_at"))
    pages = teachers_pages(world)
    assert len(pages) >= 6
    token = world.token("learner")
    for text in [*(page.text for page in pages), *downloads(world)]:
        assert "Keuze " not in text  # every choice of the quiz begins so
        assert "Geheime" not in text
        assert "Wie kun jij bellen" not in text  # the reflection
        assert "testlijn" not in text.lower()
        assert CLOCK.search(re.sub(r"<svg.*?</svg>", "", text, flags=re.S)) is None
        assert token is not None
        assert token.tag not in text
        assert str(world.attempt) not in text
        assert str(world.finished) not in text
    everything = "".join(page.text for page in pages)
    assert world.joined["learner"].enrolment.nickname in everything  # the control
    assert CLOCK.search("Vandaag om 14:05 gezien")
    assert CLOCK.search("om 9.30 uur")


# --- P-09 -----------------------------------------------------------------------------
def test_no_page_fetches_anything_from_elsewhere(
    public_pages: list[Page], classmates_pages: list[Page]
) -> None:
    for page in [*public_pages, *classmates_pages]:
        if page.address == reverse("exit"):
            continue  # its one purpose is to go elsewhere, see tests/home/test_leaving.py
        if page.is_html or "svg" in page.content_type:
            assert foreign_loads(page.text) == [], page.address


@pytest.mark.parametrize(
    "html",
    [
        '<img src="https://cdn.example/x.png">',
        '<img src="//cdn.example/x.png">',
        '<script src="https://cdn.example/x.js"></script>',
        '<link rel="stylesheet" href="//cdn.example/x.css">',
        '<iframe src="https://video.example/"></iframe>',
        '<meta http-equiv="refresh" content="0; url=https://evil.example">',
        '<p style="background: url(https://cdn.example/x.png)">',
        '<svg><use href="https://cdn.example/x.svg#y"/></svg>',
        '<img srcset="https://cdn.example/x.png 2x">',
    ],
)
def test_a_foreign_load_would_be_found(html: str) -> None:
    """The control."""
    assert foreign_loads(html)


@pytest.mark.parametrize("pattern", ["*.css", "*.js", "*.svg"])
def test_no_file_of_ours_fetches_anything_from_elsewhere(pattern: str) -> None:
    files = list(STATIC.rglob(pattern))
    assert files
    for path in files:
        text = re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.S)
        text = re.sub(r"^\s*//.*$", "", text, flags=re.M)
        text = text.replace("http://www.w3.org/", "")  # names of XML, never fetched
        found = re.findall(r"(?:https?:)?//[\w.-]+\.\w+", text)
        assert found == [], path
        assert "@import url(http" not in text


# --- P-32 -----------------------------------------------------------------------------
# What an address, a tab, a share preview or a file name may never say.
WORDS = re.compile(
    "mensenhandel|handel in|uitbuit|loverboy|slachtoffer|dader|seks|sexu|prostitu|misbruik|"
    "ronsel|geweld|drugs|crimin|politie|traffick|exploit|victim|abuse|grooming|chantage|sexting",
    re.I,
)


def what_stays_behind(page: Page) -> str:
    """What a browser's history, a tab, a share preview and a download folder keep."""
    kept = [page.address.partition("?")[0], page.disposition]
    if page.is_html:
        seen = read(page.text)
        kept.append(seen.inside.get("title", ""))
        for tag, attributes in seen.tags:
            name = attributes.get("property", "") + attributes.get("name", "")
            if tag == "meta" and (name.startswith(("og:", "twitter:")) or name == "description"):
                kept.append(attributes.get("content", ""))
            if tag == "link" and attributes.get("rel") in {"icon", "apple-touch-icon", "manifest"}:
                kept.append(attributes.get("href", ""))
    return "\n".join(kept)


def test_what_stays_in_a_history_is_neutral(
    world: World, public_pages: list[Page], classmates_pages: list[Page]
) -> None:
    for page in [*public_pages, *classmates_pages, *teachers_pages(world)]:
        found = WORDS.search(what_stays_behind(page))
        assert found is None, (page.address, found)
        if page.is_html and page.text.lstrip().lower().startswith("<!doctype"):
            assert read(page.text).inside.get("title", "").strip(), page.address


def test_every_route_has_a_neutral_address() -> None:
    for route in ROUTES.values():
        assert WORDS.search(route.pattern) is None


@pytest.mark.parametrize("extension", ["yaml", "svg", "md", "woff2", "css", "js", "html"])
def test_files_that_a_browser_sees_have_neutral_names(extension: str) -> None:
    root = Path(settings.BASE_DIR)
    folders = [root / "lessons" / "starter", STATIC, root / "site" / "home" / "texts"]
    for path in (path for folder in folders for path in folder.rglob(f"*.{extension}")):
        assert WORDS.search(path.name) is None, path
        assert WORDS.search(path.parent.name) is None, path


def test_a_word_that_betrays_would_be_found() -> None:
    """The control."""
    for text in (
        "<title>Mensenhandel herkennen</title>",
        '<meta property="og:title" content="Slachtoffer">',
    ):
        assert WORDS.search(what_stays_behind(Page("/x/", text, "text/html", "")))
    assert WORDS.search(what_stays_behind(Page("/lessen/uitbuiting/", "", "text/html", "")))
    assert WORDS.search(what_stays_behind(Page("/x/", "", "", 'filename="loverboys.csv"')))


def test_what_nobody_finds_by_searching_stays_unfound(client: Client) -> None:
    """A search engine may list lessons, never somebody's own pages."""
    text = client.get(reverse("robots_txt")).text
    for path in ("/mijn/", "/docent/", "/account/", "/mee/", "/terug/"):
        assert f"Disallow: {path}" in text
    assert not is_foreign("/x/")
    assert is_foreign("//x/")
