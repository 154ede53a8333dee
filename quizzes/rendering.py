"""Pages that a whole class opens at once, rendered once per process and language.

What differs per learner (which attempt, how far, where they came from) goes into slots:
no template runs for a learner, and nothing personal can get into what is kept.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import quote_plus, urlencode
from uuid import UUID, uuid4

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.safestring import SafeString, mark_safe

from quizzes.grading import Given, Mark
from quizzes.links import links_html
from quizzes.packing import Piece, gzipped, pack, plain, store
from quizzes.queries import get_edition
from quizzes.speaking import render_content

# What stands in a page where a slot is. Random, so that no text of an editor's holds it.
ATTEMPT, KEY = uuid4(), uuid4()
TAG, ANSWERED, COUNT = (uuid4().hex for _slot in range(3))
LESSON = f"/lessen/{uuid4().hex}/"
_SLOT = re.compile(
    "|".join([str(ATTEMPT), str(KEY), TAG, ANSWERED, COUNT, LESSON, quote_plus(LESSON)])
)


@dataclass(frozen=True)
class Address:
    """All that the frame of a page asks of a request, when there is none."""

    path: str

    def get_full_path(self) -> str:
        return self.path


def frame(path: str) -> dict[str, object]:
    """What ``base.html`` needs, for a page that is the same for everybody."""
    return {"request": Address(path), "exit_url": settings.EXIT_URL}


def page_response(request: HttpRequest, pieces: list[Piece]) -> HttpResponse:
    """The page, compressed where the browser takes that."""
    if "gzip" not in request.headers.get("Accept-Encoding", ""):
        response = HttpResponse(plain(pieces))
    else:
        response = HttpResponse(gzipped(pieces), headers={"Content-Encoding": "gzip"})
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


def with_lesson(url: str, lesson_path: str) -> str:
    """The address, and in it the way back to the lesson that the learner came from."""
    return f"{url}?{urlencode({'terug': lesson_path})}" if lesson_path else url


@dataclass(frozen=True)
class Where:
    """What of a learner a page of questions shows."""

    slug: str
    attempt: UUID
    learner_tag: str
    lesson_path: str  # "" when they did not come from a lesson

    def fill(self, template: list[Piece | str], answered: Collection[str] = ()) -> list[Piece]:
        values = {
            str(ATTEMPT): str(self.attempt),
            TAG: self.learner_tag,
            ANSWERED: " ".join(answered),
            COUNT: str(len(answered)),
            LESSON: self.lesson_path,
            quote_plus(LESSON): quote_plus(self.lesson_path),
        }
        stored = {slot: store(value.encode()) for slot, value in values.items()}
        return [self._piece(part, stored) if isinstance(part, str) else part for part in template]

    def _piece(self, slot: str, stored: dict[str, Piece]) -> Piece:
        # Each form has a key of its own; the rest is the same all over the page.
        return stored.get(slot) or store(str(uuid4()).encode())


def question_context(
    edition_id: int, number: int, where: Where, version: int | None = None
) -> dict[str, Any]:
    """What the page of one open question needs: public fields only (S-20).

    ``number`` is its place in the attempt; ``version`` that of the attempt.
    """
    if version is None:
        version = get_edition(edition_id).version_for(where.attempt)
    edition = get_edition(edition_id)
    kind, arrangement = edition.kind, edition.version(version)
    query = {"edition": edition.number, "attempt": where.attempt}
    if where.lesson_path:
        query["terug"] = where.lesson_path
    slug, lesson_path = where.slug, where.lesson_path
    result = reverse("quizzes:result", args=[slug, where.attempt])
    overview = reverse("quizzes:overview", args=[slug, where.attempt])
    return {
        "explains_at_once": kind.explains_at_once,
        "is_handed_in": kind.is_handed_in,
        "kind": kind.name,
        "pass_percent": edition.pass_percent,
        "attempts_allowed": edition.attempts_allowed,
        "overview_url": with_lesson(overview, lesson_path),
        "language": edition.language,
        "quiz_title": edition.content["title"],
        "quiz_intro": edition.content["intro"],
        "quiz_minutes": edition.content["minutes"],
        "slug": slug,
        "edition_number": edition.number,
        "attempt": where.attempt,
        "learner_tag": where.learner_tag,
        "question": arrangement.questions[number - 1].public,
        "question_count": arrangement.question_count,
        "scripts": edition.scripts,
        "answer_url": with_lesson(reverse("quizzes:answer", args=[slug]), lesson_path),
        "questions_url": reverse("quizzes:questions", args=[slug]) + "?" + urlencode(query),
        "result_url": with_lesson(result, lesson_path),
        "key": uuid4(),
        "lesson_path": lesson_path,
    }


def question_page(
    edition_id: int,
    number: int,
    where: Where,
    *,
    answered: Collection[str] | None = None,
    may_resume: bool = False,
) -> list[Piece]:
    """One open question: the first of a new attempt, or a later one when some are ``answered``.

    No query when the edition is in memory.
    """
    template = _question_page(
        edition_id,
        get_edition(edition_id).version_for(where.attempt),
        number,
        where.slug,
        "start" if answered is None else "open",
        may_resume,
        bool(where.lesson_path),
        translation.get_language() or "",
    )
    return where.fill(template, answered or ())


@lru_cache(maxsize=512)  # some 20 kB each
def _question_page(
    edition_id: int,
    version: int,
    number: int,
    slug: str,
    kind: str,
    may_resume: bool,
    has_lesson: bool,
    _language: str,
) -> list[Piece | str]:
    nobody = Where(slug, ATTEMPT, TAG, LESSON if has_lesson else "")
    if kind == "start":
        path = reverse("quizzes:quiz", args=[slug])
        more: dict[str, Any] = {"is_start": True, "may_resume": may_resume}
    else:
        path = reverse("quizzes:question", args=[slug, ATTEMPT, number])
        more = {"answered_keys": [ANSWERED], "answered_count": COUNT}
    context = {
        **frame(with_lesson(path, nobody.lesson_path)),
        **question_context(edition_id, number, nobody, version),
        **more,
        "key": KEY,
    }
    language = get_edition(edition_id).language
    return split_at_slots(render_content("quizzes/quiz.html", context, language))


def all_questions(edition_id: int, where: Where) -> list[Piece]:
    """All questions of an edition as forms, for a class that goes on without a network."""
    template = _all_questions(
        edition_id,
        get_edition(edition_id).version_for(where.attempt),
        where.slug,
        bool(where.lesson_path),
        translation.get_language() or "",
    )
    return where.fill(template)


@lru_cache(maxsize=128)
def _all_questions(
    edition_id: int, version: int, slug: str, has_lesson: bool, _language: str
) -> list[Piece | str]:
    nobody = Where(slug, ATTEMPT, TAG, LESSON if has_lesson else "")
    entries = [
        {
            "question": question.public,
            "key": KEY,
            "url": with_lesson(
                reverse("quizzes:question", args=[slug, ATTEMPT, question.number]),
                nobody.lesson_path,
            ),
        }
        for question in get_edition(edition_id).version(version).questions
    ]
    context = {**question_context(edition_id, 1, nobody, version), "entries": entries}
    language = get_edition(edition_id).language
    return split_at_slots(render_content("quizzes/_questions.html", context, language))


def split_at_slots(page: str) -> list[Piece | str]:
    """The fixed parts, compressed, and between them the names of the slots."""
    parts: list[Piece | str] = []
    start = 0
    for slot in _SLOT.finditer(page):
        parts += [pack(page[start : slot.start()].encode()), slot.group()]
        start = slot.end()
    return [*parts, pack(page[start:].encode())]


def feedback_html(
    edition_id: int, attempt_key: UUID, question_key: str, given: Given, mark: Mark
) -> SafeString:
    """What is right and why, and where to go on. No query when the edition and what it links
    to are in memory."""
    edition = get_edition(edition_id)
    version = edition.version_for(attempt_key)
    language = translation.get_language() or ""
    told = _feedback_html(edition_id, version, question_key, given, mark, language)
    links = links_html(edition.by_key[question_key].content, edition.language)
    return mark_safe(told + links)  # noqa: S308  (templates escaped it)


@lru_cache(maxsize=4096)
def _feedback_html(
    edition_id: int, version: int, question_key: str, given: Given, mark: Mark, _language: str
) -> str:
    edition = get_edition(edition_id)
    question = edition.version(version).by_key[question_key]
    explained = question.explained(given, mark)
    return render_content(question.type.feedback_template, explained, edition.language)


def clear_memory() -> None:
    """Forgets what is kept; tests that change the database under us need it."""
    _question_page.cache_clear()
    _all_questions.cache_clear()
    _feedback_html.cache_clear()
