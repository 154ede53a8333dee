"""The end of a quiz: look it over, hand in, see what was right and what now."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html_join
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST
from wagtail import hooks

from helplines.queries import helplines_by_slug
from quizzes.actions import OpenQuestionsError, hand_in
from quizzes.editions import CompiledEdition
from quizzes.grading import Given, Mark, band_for, percent
from quizzes.group import group_figures
from quizzes.links import links_of
from quizzes.models import Attempt
from quizzes.queries import counted_answers, earlier_attempt, get_edition
from quizzes.question_types.supplement import shown_supplement
from quizzes.rendering import feedback_html, with_lesson
from quizzes.signals import AFTER_CHECK_HOOK
from quizzes.speaking import render_page
from quizzes.views import attempt_or_404, done_context, explains, first_open, lesson_path


@require_GET
def overview(request: HttpRequest, slug: str, attempt: UUID) -> HttpResponse:
    """Which questions are done and which are open, and the button to hand in. 2 queries."""
    own = attempt_or_404(request, slug, attempt)
    context = overview_context(request, slug, own)
    return render_page(request, "quizzes/overview.html", context, context["language"])


def overview_context(request: HttpRequest, slug: str, own: Attempt) -> dict[str, Any]:
    edition = get_edition(own.shown_id)
    answered = counted_answers(own)
    back = lesson_path(request)
    entries = [
        {
            "number": question.number,
            "section": question.content.get("section", ""),
            "prompt": question.content["prompt"],
            "is_answered": question.key in answered,
            "url": with_lesson(
                reverse("quizzes:question", args=[slug, own.key, question.number]), back
            ),
        }
        for question in edition.arranged_for(own.key).questions
    ]
    return {
        **done_context(request, slug, own),
        "entries": entries,
        "open_count": own.question_count - own.answered_count,
        "may_change": edition.kind.is_handed_in and own.submitted_at is None,
        "hand_in_url": with_lesson(reverse("quizzes:hand_in", args=[slug, own.key]), back),
    }


@csrf_exempt
@require_POST
def send(request: HttpRequest, slug: str, attempt: UUID) -> HttpResponse:
    """Hands in. A second press shows the same result. With open questions: says how many."""
    own = attempt_or_404(request, slug, attempt)
    try:
        hand_in(attempt=own, now=timezone.now())
    except OpenQuestionsError:
        context = {**overview_context(request, slug, own), "is_too_early": True}
        return render_page(
            request, "quizzes/overview.html", context, context["language"], status=409
        )
    url = reverse("quizzes:result", args=[slug, attempt])
    return redirect(with_lesson(url, lesson_path(request)))


@require_GET
def result(request: HttpRequest, slug: str, attempt: UUID) -> HttpResponse:
    """What was right, why, and what now, as far as this kind of quiz tells.

    2 queries, 1 more after a second measurement, and when not warm the helplines, the lessons
    that it links to and a poll's figures. After a check that was passed, what follows from it:
    ``AFTER_CHECK_HOOK``.
    """
    own = attempt_or_404(request, slug, attempt)
    edition = get_edition(own.shown_id)
    back = lesson_path(request)
    if own.submitted_at is None:
        if own.answered_count == own.question_count:
            url = reverse("quizzes:overview", args=[slug, attempt])
        else:
            number = first_open(edition, own.key, counted_answers(own))
            url = reverse("quizzes:question", args=[slug, attempt, number])
        return redirect(with_lesson(url, back))
    context = {
        **done_context(request, slug, own),
        "what_you_can_do": edition.content["what_you_can_do"],
        "quiz_url": request.build_absolute_uri(reverse("quizzes:quiz", args=[slug])),
    }
    if explains(edition, own):
        context |= explained(slug, edition, own, back)
    if edition.kind.is_check and context.get("has_passed", True):
        heard = ((hear(request, own),) for hear in hooks.get_hooks(AFTER_CHECK_HOOK))
        context["after_check"] = format_html_join("", "{}", heard)
    shown = context["band_links"].helplines if "band_links" in context else []
    known = helplines_by_slug(edition.content["helplines"])
    context["helplines"] = [helpline for helpline in known if helpline not in shown]
    return render_page(request, "quizzes/result.html", context, edition.language)


def explained(slug: str, edition: CompiledEdition, own: Attempt, back: str) -> dict[str, Any]:
    """The score, its band and each question with its explanation."""
    answered = counted_answers(own)
    score_percent = percent(own.won, own.available)
    entries = [
        entry(edition, own, question.key, question.number, *answered[question.key])
        for question in edition.arranged_for(own.key).questions
    ]
    found: dict[str, Any] = {
        "entries": entries,
        "wrong_count": sum(
            each["mark"].is_marked and not each["mark"].is_right for each in entries
        ),
        "rehearse_url": with_lesson(reverse("quizzes:rehearse", args=[slug, own.key]), back),
    }
    if own.available:
        band = band_for(edition.content["bands"], score_percent)
        found["band"] = band
        found["band_supplement"] = shown_supplement(band)
        found["band_links"] = links_of(band)
    if edition.pass_percent and own.available:
        found["pass_percent"] = edition.pass_percent
        found["has_passed"] = score_percent >= edition.pass_percent
    if edition.kind.explains_from > 1:
        found["earlier"] = earlier_attempt(own)
    if edition.kind.shows_group or edition.has_arms:
        figures = group_figures(edition.quiz_id)
        found["group"] = [one for one in figures if edition.kind.shows_group or one.has_arms]
    return found


def entry(
    edition: CompiledEdition, own: Attempt, key: str, number: int, given: Given, mark: Mark
) -> dict[str, Any]:
    return {
        "prompt": edition.by_key[key].content["prompt"],
        "mark": mark,
        "feedback": feedback_html(edition.edition_id, own.key, key, given, mark),
        "number": number,
    }
