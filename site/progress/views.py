"""The learner's way through a lesson. Reading never writes; going on is an ordinary form."""

from __future__ import annotations

import gzip

from django.contrib.auth.decorators import login_required
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.safestring import mark_safe
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from accounts.cookies import LearnerToken, learner_token, set_learner_cookie
from classrooms.help_card import help_card
from lessons.compiled import CompiledStep, compile_lesson
from lessons.models import LessonPage
from lessons.nearby import Nearby
from lessons.queries import quizzes_of
from lessons.rendering import LessonPages, lesson_pages
from organisations.municipalities import municipalities
from progress.actions import finish_kept_step
from progress.actions import finish_step as save_finished_step
from progress.completion import step_to_go_on_with
from progress.lookups import guided_lesson_or_404
from progress.nearby import (
    choice_of,
    class_in_address,
    near_learner,
    near_of,
    near_teacher,
    where_shown,
)
from progress.queries import Standing, standing
from progress.step_questions import questions_of
from quizzes.actions import NotYoursError
from quizzes.forms import MalformedAnswerError, read_kept_step, wants_json
from quizzes.packing import Piece, plain
from quizzes.rendering import page_response


def pages_or_404(package: str, lesson: str) -> LessonPages:
    try:
        return lesson_pages(package, lesson)
    except LessonPage.DoesNotExist as error:
        raise Http404 from error


def step_or_404(pages: LessonPages, number: int) -> CompiledStep:
    step = pages.lesson.step(number)
    if step is None:
        raise Http404
    return step


def help_cards(now: Standing) -> list[Piece]:
    return [help_card(one) for one in now.help_on_site]


def offline_note(
    pages: LessonPages, token: LearnerToken | None, now: Standing, near: Nearby
) -> list[Piece]:
    """That the lesson works without internet too: for who was given it, and nobody else."""
    return pages.offline_note(near).pieces(token.tag) if token is not None and now.is_given else []


def not_yet(request: HttpRequest, pages: LessonPages, now: Standing) -> HttpResponse:
    """What a learner sees of a lesson that their teacher still prepares."""
    near = near_learner(request, now, pages.lesson)
    context = {
        "lesson": pages.lesson,
        "help_cards": mark_safe(plain([*help_cards(now), *near.cards]).decode()),  # noqa: S308  (a template escaped it)
    }
    return render(request, "lessons/not_yet.html", context)


@require_safe
def lesson(request: HttpRequest, package: str, lesson: str) -> HttpResponse:
    """To the step where the learner was, or the first. Stores nothing."""
    pages = pages_or_404(package, lesson)
    now = standing(learner_token(request), pages.lesson)
    if now.is_held:
        return not_yet(request, pages, now)
    step_id = step_to_go_on_with(pages.lesson.step_ids, now.finished, now.current)
    if step_id is None:
        return redirect("progress:lesson_end", package, lesson)
    number = pages.lesson.step_ids.index(step_id) + 1
    return redirect("progress:step", package, lesson, number)


@require_safe
def step(request: HttpRequest, package: str, lesson: str, number: int) -> HttpResponse:
    """One step. Stores nothing. No query for somebody without a cookie, else 1; 2 where a
    question stands in it."""
    pages = pages_or_404(package, lesson)
    compiled = step_or_404(pages, number)
    page = pages.steps[number - 1]
    token = learner_token(request)
    now = standing(token, pages.lesson)
    if now.is_held:
        return not_yet(request, pages, now)
    near = near_learner(request, now, pages.lesson)
    offline = offline_note(pages, token, now, near)
    questions = questions_of([compiled], token)
    pieces = page.pieces(
        now.finished,
        now.current,
        help_cards(now),
        near,
        offline,
        questions,
        choice_of(page, now, near),
    )
    return page_response(request, pieces)


@require_safe
def whole_lesson(request: HttpRequest, package: str, lesson: str) -> HttpResponse:
    """Every step on one page. Stores nothing. As many queries as ``step``."""
    pages = pages_or_404(package, lesson)
    token = learner_token(request)
    now = standing(token, pages.lesson)
    if now.is_held:
        return not_yet(request, pages, now)
    near = near_learner(request, now, pages.lesson)
    offline = offline_note(pages, token, now, near)
    questions = questions_of(pages.lesson.steps, token)
    whole = pages.whole.pieces(
        now.finished,
        now.current,
        help_cards(now),
        near,
        offline,
        questions,
        choice_of(pages.whole, now, near),
    )
    return page_response(request, whole)


@csrf_exempt  # SameOriginMiddleware guards it: a learner has no cookie for a token yet
@require_POST
def finish_step(request: HttpRequest, package: str, lesson: str, number: int) -> HttpResponse:
    """Saves that the learner goes on, then shows the next step, where they were reading."""
    pages = pages_or_404(package, lesson)
    done = step_or_404(pages, number)
    if wants_json(request):
        return save_kept_step(request, pages, done)
    known = learner_token(request)
    token = save_finished_step(token=known, lesson=pages.lesson, step=done, now=timezone.now())
    following = pages.lesson.step(number + 1)
    if following is None:
        response = redirect("progress:lesson_end", package, lesson)
    elif request.POST.get("weergave") == "heel":
        whole = reverse("progress:whole_lesson", args=[package, lesson])
        response = redirect(f"{whole}#stap-{following.number}")
    else:
        response = redirect("progress:step", package, lesson, following.number)
    if token != known:
        set_learner_cookie(response, token)
    return response


def save_kept_step(request: HttpRequest, pages: LessonPages, done: CompiledStep) -> HttpResponse:
    """A step that waited in a browser's queue; answered as its answers are."""
    try:
        kept = read_kept_step(request)
        finish_kept_step(
            token=learner_token(request),
            learner_tag=kept.learner_tag,
            lesson=pages.lesson,
            step=done,
            now=timezone.now(),
        )
    except MalformedAnswerError:
        return JsonResponse({"error": "malformed"}, status=400)
    except NotYoursError:
        return JsonResponse({"error": "not_yours"}, status=401)
    except (OperationalError, InterfaceError):
        return JsonResponse({"error": "busy"}, status=503)
    return JsonResponse({"key": str(kept.key)})


@require_safe
def lesson_end(request: HttpRequest, package: str, lesson: str) -> HttpResponse:
    """A warm close, what you can do, and who helps. Stores nothing."""
    pages = pages_or_404(package, lesson)
    token = learner_token(request)
    now = standing(token, pages.lesson)
    if now.is_held:
        return not_yet(request, pages, now)
    near = near_learner(request, now, pages.lesson)
    end = pages.end.pieces(
        now.finished,
        is_complete=now.is_complete,
        help_cards=[*help_cards(now), *near.cards],
        offline=offline_note(pages, token, now, near),
    )
    return page_response(request, end)


@require_safe
def lesson_copy(request: HttpRequest, package: str, lesson: str) -> HttpResponse:
    """The lesson as a browser may keep it; the same whoever asks. No query when warm.

    ``?gemeente=`` says whose texts are in it: the page that was shown writes it there.
    """
    pages = pages_or_404(package, lesson)
    asked = request.GET.get("gemeente", "")
    near = near_of(pages.lesson, asked if asked in municipalities() else "")
    packed = pages.copy(near).packed
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        response = HttpResponse(packed, headers={"Content-Encoding": "gzip"})
    else:
        response = HttpResponse(gzip.decompress(packed))
    patch_vary_headers(response, ["Accept-Encoding"])
    response["Content-Type"] = "application/json"
    return response


@login_required
@require_safe
def lesson_guide(request: HttpRequest, package: str, lesson: str) -> HttpResponse:
    """Every step with the teacher's notes, to read beforehand and to print. ``?klas=`` says from
    which class."""
    package_page, lesson_page = guided_lesson_or_404(request, package, lesson)
    near = near_teacher(where_shown(request), package_page, lesson_page, for_teacher=True)
    compiled = near.of_lesson(compile_lesson(lesson_page, package_page, for_teacher=True))
    classroom = class_in_address(request)
    context = {
        "query": f"?klas={classroom}" if classroom else "",
        "says_no_place": not near.municipality,
        "package": package_page,
        "page": lesson_page,
        "lesson": compiled,
        "quizzes": quizzes_of([lesson_page]),
    }
    return render(request, "lessons/lesson_guide.html", context)
