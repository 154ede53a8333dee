"""The learner's quiz: one question at a time, as plain forms, faster with a script."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from accounts.cookies import learner_token
from helplines.queries import helplines_by_slug
from quizzes.editions import CompiledEdition
from quizzes.grading import band_for, percent
from quizzes.models import Attempt, Edition
from quizzes.queries import (
    counted_answers,
    get_edition,
    newest_attempt,
    newest_edition,
    numbered_edition,
    own_attempt,
)
from quizzes.rendering import feedback_html


def lesson_path(request: HttpRequest) -> str:
    """Where the learner came from, when that is a lesson of ours (S-40)."""
    path = request.GET.get("terug", "")
    is_ours = path.startswith("/lessen/") and not set(path) - set(
        "abcdefghijklmnopqrstuvwxyz0123456789-/"
    )
    return path if is_ours and "//" not in path else ""


def with_lesson(request: HttpRequest, url: str) -> str:
    path = lesson_path(request)
    return f"{url}?{urlencode({'terug': path})}" if path else url


def question_context(
    request: HttpRequest, slug: str, edition: CompiledEdition, attempt: UUID, number: int
) -> dict[str, Any]:
    """What the page of one open question needs: public fields only (S-20)."""
    token = learner_token(request)
    query = {"edition": edition.number, "attempt": attempt}
    if lesson_path(request):
        query["terug"] = lesson_path(request)
    return {
        "quiz_title": edition.content["title"],
        "quiz_intro": edition.content["intro"],
        "quiz_minutes": edition.content["minutes"],
        "slug": slug,
        "edition_number": edition.number,
        "attempt": attempt,
        "learner_tag": token.tag if token else "",
        "question": edition.questions[number - 1].public,
        "question_count": edition.question_count,
        "answer_url": with_lesson(request, reverse("quizzes:answer", args=[slug])),
        "questions_url": reverse("quizzes:questions", args=[slug]) + "?" + urlencode(query),
        "result_url": with_lesson(request, reverse("quizzes:result", args=[slug, attempt])),
        "key": uuid4(),
        "lesson_path": lesson_path(request),
    }


@require_GET
def quiz(request: HttpRequest, slug: str) -> HttpResponse:
    """Starts, or goes on where the learner was. Stores nothing. At most 3 queries."""
    edition = edition_or_404(slug)
    token = learner_token(request)
    attempt = newest_attempt(token, edition) if token else None
    if attempt is None:
        context = question_context(request, slug, edition, uuid4(), 1)
        start = {**context, "is_start": True, "may_resume": True}
        return render(request, "quizzes/quiz.html", start)
    if attempt.submitted_at is not None:
        return render(request, "quizzes/done.html", done_context(request, slug, attempt))
    begun = get_edition(attempt.edition_id)
    answered = counted_answers(attempt)
    context = question_context(request, slug, begun, attempt.key, first_open(begun, answered))
    return render(request, "quizzes/quiz.html", {**context, **how_far(attempt, answered)})


def edition_or_404(slug: str, number: int | None = None) -> CompiledEdition:
    try:
        return newest_edition(slug) if number is None else numbered_edition(slug, number)
    except Edition.DoesNotExist as error:
        raise Http404 from error


def how_far(attempt: Attempt, answered: Mapping[str, Any]) -> dict[str, Any]:
    """Which questions are done, so that going on does not lead back to them."""
    return {"answered_count": attempt.answered_count, "answered_keys": list(answered)}


def first_open(edition: CompiledEdition, answered: Mapping[str, Any]) -> int:
    return next(
        (question.number for question in edition.questions if question.key not in answered), 1
    )


def done_context(request: HttpRequest, slug: str, attempt: Attempt) -> dict[str, Any]:
    return {
        "quiz_title": get_edition(attempt.edition_id).content["title"],
        "slug": slug,
        "attempt": attempt,
        "score_percent": percent(attempt.won, attempt.available),
        "result_url": with_lesson(request, reverse("quizzes:result", args=[slug, attempt.key])),
        "again_url": with_lesson(request, reverse("quizzes:again", args=[slug])),
        "lesson_path": lesson_path(request),
    }


@require_GET
def questions(request: HttpRequest, slug: str) -> HttpResponse:
    """All questions of an edition as forms, so that a class can go on without a network.

    No query when warm: what is in it, everybody may see before answering.
    """
    try:
        number, attempt = int(request.GET["edition"]), UUID(request.GET["attempt"])
    except (KeyError, ValueError) as error:
        raise Http404 from error
    edition = edition_or_404(slug, number)
    context = question_context(request, slug, edition, attempt, 1)
    entries = [
        {
            "question": question.public,
            "key": uuid4(),
            "url": with_lesson(
                request, reverse("quizzes:question", args=[slug, attempt, question.number])
            ),
        }
        for question in edition.questions
    ]
    return render(request, "quizzes/_questions.html", {**context, "entries": entries})


def attempt_or_404(request: HttpRequest, slug: str, key: UUID) -> Attempt:
    try:
        return own_attempt(learner_token(request), slug, key)
    except Attempt.DoesNotExist as error:
        raise Http404 from error


@require_GET
def question(request: HttpRequest, slug: str, attempt: UUID, number: int) -> HttpResponse:
    """One question of the learner's own attempt, open or with its explanation. 2 queries."""
    own = attempt_or_404(request, slug, attempt)
    edition = get_edition(own.edition_id)
    if not 1 <= number <= edition.question_count:
        raise Http404
    context = question_context(request, slug, edition, attempt, number)
    answered = counted_answers(own)
    context |= how_far(own, answered)
    current = edition.questions[number - 1]
    if current.key in answered:
        given, mark = answered[current.key]
        open_numbers = [q.number for q in edition.questions if q.key not in answered]
        after = [n for n in open_numbers if n > number] or open_numbers
        context |= {
            "feedback": feedback_html(edition.edition_id, current, given, mark),
            "mark": mark,
            "next_url": with_lesson(
                request, reverse("quizzes:question", args=[slug, attempt, after[0]])
            )
            if after
            else "",
        }
    return render(request, "quizzes/quiz.html", context)


@require_GET
def result(request: HttpRequest, slug: str, attempt: UUID) -> HttpResponse:
    """What was right, why, and what now. 2 queries and the helplines, when not warm."""
    own = attempt_or_404(request, slug, attempt)
    edition = get_edition(own.edition_id)
    if own.submitted_at is None:
        number = first_open(edition, counted_answers(own))
        return redirect(
            with_lesson(request, reverse("quizzes:question", args=[slug, attempt, number]))
        )
    answered = counted_answers(own)
    score_percent = percent(own.won, own.available)
    entries = [
        {
            "prompt": question.content["prompt"],
            "mark": answered[question.key][1],
            "feedback": feedback_html(edition.edition_id, question, *answered[question.key]),
            "number": question.number,
        }
        for question in edition.questions
    ]
    return render(
        request,
        "quizzes/result.html",
        {
            **done_context(request, slug, own),
            "band": band_for(edition.content["bands"], score_percent),
            "what_you_can_do": edition.content["what_you_can_do"],
            "helplines": helplines_by_slug(edition.content["helplines"]),
            "entries": entries,
            "right_count": sum(entry["mark"].is_right for entry in entries),
        },
    )


@csrf_exempt
@require_POST
def again(request: HttpRequest, slug: str) -> HttpResponse:
    """A fresh attempt, of the newest edition. Stores nothing until the first answer."""
    edition = edition_or_404(slug)
    context = question_context(request, slug, edition, uuid4(), 1)
    return render(request, "quizzes/quiz.html", {**context, "is_start": True})
