"""The learner's quiz: one question at a time, as plain forms, faster with a script."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from accounts.cookies import learner_token
from quizzes.actions import has_no_attempts_left
from quizzes.editions import CompiledEdition
from quizzes.grading import percent
from quizzes.models import Attempt, Edition
from quizzes.queries import (
    counted_answers,
    get_edition,
    newest_attempt,
    newest_edition,
    numbered_edition,
    own_attempt,
)
from quizzes.rendering import (
    Where,
    all_questions,
    feedback_html,
    page_response,
    question_context,
    question_page,
    with_lesson,
)
from quizzes.speaking import render_page

STEP_PLACE = re.compile(r"vraag-[0-9a-f-]{36}")


def lesson_path(request: HttpRequest) -> str:
    """Where the learner came from, when that is a lesson of ours (S-40)."""
    path = request.GET.get("terug", "")
    is_ours = path.startswith("/lessen/") and not set(path) - set(
        "abcdefghijklmnopqrstuvwxyz0123456789-/"
    )
    return path if is_ours and "//" not in path else ""


def step_place(request: HttpRequest) -> str:
    """Where in that lesson the question stands, when it is answered there; else nothing."""
    place = request.GET.get("vraag", "")
    return place if STEP_PLACE.fullmatch(place) and lesson_path(request) else ""


def where(request: HttpRequest, slug: str, attempt: UUID) -> Where:
    token = learner_token(request)
    return Where(slug, attempt, token.tag if token else "", lesson_path(request))


@require_GET
def quiz(request: HttpRequest, slug: str) -> HttpResponse:
    """Starts, or goes on where the learner was. Stores nothing. At most 3 queries."""
    edition = edition_or_404(slug)
    token = learner_token(request)
    attempt = newest_attempt(token, edition) if token else None
    if attempt is None:
        start = question_page(edition.edition_id, 1, where(request, slug, uuid4()), may_resume=True)
        return page_response(request, start)
    if attempt.submitted_at is not None:
        context = done_context(request, slug, attempt)
        return render_page(request, "quizzes/done.html", context, context["language"])
    if attempt.answered_count == attempt.question_count:
        return redirect(with_lesson(overview_url(attempt, slug), lesson_path(request)))
    begun = get_edition(attempt.shown_id)
    answered = counted_answers(attempt)
    page = question_page(
        begun.edition_id,
        first_open(begun, attempt.key, answered),
        where(request, slug, attempt.key),
        answered=answered,
    )
    return page_response(request, page)


def edition_or_404(slug: str, number: int | None = None) -> CompiledEdition:
    try:
        return newest_edition(slug) if number is None else numbered_edition(slug, number)
    except Edition.DoesNotExist as error:
        raise Http404 from error


def first_open(edition: CompiledEdition, attempt_key: UUID, answered: Mapping[str, Any]) -> int:
    questions = edition.arranged_for(attempt_key).questions
    return next((question.number for question in questions if question.key not in answered), 1)


def overview_url(attempt: Attempt, slug: str) -> str:
    return reverse("quizzes:overview", args=[slug, attempt.key])


def explains(edition: CompiledEdition, attempt: Attempt) -> bool:
    """Whether the learner may be told what was right in this attempt (S-21)."""
    if edition.kind.explains_at_once:
        return True
    return attempt.submitted_at is not None and edition.kind.explains(attempt.number or 1)


def done_context(request: HttpRequest, slug: str, attempt: Attempt) -> dict[str, Any]:
    """What every page about a finished attempt needs. No query."""
    back = lesson_path(request)
    edition = get_edition(attempt.shown_id)
    left = edition.attempts_allowed - (attempt.number or 1) if edition.attempts_allowed else None
    return {
        "quiz_title": edition.content["title"],
        "language": edition.language,
        "slug": slug,
        "attempt": attempt,
        "kind": edition.kind.name,
        "explains": explains(edition, attempt),
        "attempts_left": left,  # None: as many as you like
        "score_percent": percent(attempt.won, attempt.available),
        "result_url": with_lesson(reverse("quizzes:result", args=[slug, attempt.key]), back),
        "again_url": with_lesson(reverse("quizzes:again", args=[slug]), back),
        "lesson_path": back,
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
    return page_response(request, all_questions(edition.edition_id, where(request, slug, attempt)))


def attempt_or_404(request: HttpRequest, slug: str, key: UUID) -> Attempt:
    try:
        return own_attempt(learner_token(request), slug, key)
    except Attempt.DoesNotExist as error:
        raise Http404 from error


@require_GET
def question(request: HttpRequest, slug: str, attempt: UUID, number: int) -> HttpResponse:
    """One question of the learner's own attempt: open, given, or with its explanation.

    2 queries.
    """
    own = attempt_or_404(request, slug, attempt)
    edition = get_edition(own.shown_id)
    arrangement = edition.arranged_for(attempt)
    if not 1 <= number <= arrangement.question_count:
        raise Http404
    answered = counted_answers(own)
    current = arrangement.questions[number - 1]
    here = where(request, slug, attempt)
    if current.key not in answered:
        page = question_page(edition.edition_id, number, here, answered=answered)
        return page_response(request, page)
    if not edition.kind.explains_at_once and own.submitted_at is not None:
        return redirect(
            with_lesson(reverse("quizzes:result", args=[slug, attempt]), here.lesson_path)
        )
    given, mark = answered[current.key]
    open_numbers = [q.number for q in arrangement.questions if q.key not in answered]
    after = [n for n in open_numbers if n > number] or open_numbers
    next_url = reverse("quizzes:question", args=[slug, attempt, after[0]]) if after else ""
    context = {
        **question_context(edition.edition_id, number, here),
        "answered_count": own.answered_count,
        "answered_keys": list(answered),
        "next_url": with_lesson(next_url, here.lesson_path) if after else "",
    }
    if edition.kind.explains_at_once:
        feedback = feedback_html(edition.edition_id, attempt, current.key, given, mark)
        context |= {"feedback": feedback, "mark": mark}
    else:
        context |= {
            "is_given": True,
            "chosen": list(given.choice),
            "chosen_reason": given.reason,
            "chosen_sure": given.sure,
        }
    return render_page(request, "quizzes/quiz.html", context, edition.language)


@csrf_exempt
@require_POST
def again(request: HttpRequest, slug: str) -> HttpResponse:
    """A fresh attempt, of the newest edition. Stores nothing until the first answer.

    No query when warm; 1 or 2 where the number of attempts is limited.
    """
    edition = edition_or_404(slug)
    token = learner_token(request)
    if token is not None and has_no_attempts_left(token, edition):
        attempt = newest_attempt(token, edition)
        if attempt is not None:
            context = done_context(request, slug, attempt)
            return render_page(
                request, "quizzes/done.html", context, context["language"], status=409
            )
    return page_response(
        request, question_page(edition.edition_id, 1, where(request, slug, uuid4()))
    )
