"""A lesson on the board in class, and the teacher's notes beside it.

For who may read the guide: a slide may show what is right (S-20), as the quiz on paper does.
Nothing is kept of which slide is on, here or in the browser: it is in the address.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from lessons.board import Board, Slide
from progress.lookups import guided_lesson_or_404
from progress.nearby import class_in_address, near_teacher, where_shown
from quizzes.previews import key_of
from quizzes.speaking import render_page

THEMES = {"licht": "light", "donker": "dark"}


def board_or_404(request: HttpRequest, package: str, lesson: str) -> Board:
    """Raises ``PermissionDenied`` for who may not read the guide."""
    package_page, lesson_page = guided_lesson_or_404(request, package, lesson)
    board = Board(lesson_page, package_page)
    board.near = near_teacher(where_shown(request), package_page, lesson_page)
    return board


def query(request: HttpRequest) -> str:
    """What an address of the board keeps: how it looks, and for which class."""
    theme, classroom = request.GET.get("thema", ""), class_in_address(request)
    kept = ({"thema": theme} if theme in THEMES else {}) | (
        {"klas": classroom} if classroom else {}
    )
    return f"?{urlencode(kept)}" if kept else ""


def slide_context(request: HttpRequest, board: Board, number: int) -> dict[str, Any]:
    slide = board.slide(number)
    if slide is None:
        raise Http404
    theme = request.GET.get("thema", "")
    return {
        "board": board,
        "slide": slide,
        "previous": board.slide(number - 1),
        "following": board.slide(number + 1),
        "count": len(board.slides),
        "theme": THEMES.get(theme, ""),
        "query": query(request),
        "classroom": class_in_address(request),
    }


@login_required
@require_safe
def start(request: HttpRequest, package: str, lesson: str) -> HttpResponse:
    """To the first slide."""
    board_or_404(request, package, lesson)
    first = reverse("progress:board", args=[package, lesson, 1])
    return redirect(first + query(request))


@login_required
@require_safe
def slide(request: HttpRequest, package: str, lesson: str, number: int) -> HttpResponse:
    """One slide, for everybody in the room to see."""
    board = board_or_404(request, package, lesson)
    context = slide_context(request, board, number)
    return _page(request, "lessons/board/board.html", context, context["slide"], board)


@login_required
@require_safe
def notes(request: HttpRequest, package: str, lesson: str, number: int) -> HttpResponse:
    """What the teacher knows at a slide: on another screen than the board."""
    board = board_or_404(request, package, lesson)
    context = slide_context(request, board, number)
    question = context["slide"].question
    context["notes"] = board.notes(context["slide"])
    context["key"] = key_of(question) if question else None
    return _page(request, "lessons/board/notes.html", context, context["slide"], board)


@login_required
@require_safe
def handout(request: HttpRequest, package: str, lesson: str) -> HttpResponse:
    """All slides but the answers, each on a sheet of its own."""
    board = board_or_404(request, package, lesson)
    slides = [slide for slide in board.slides if slide.kind != "answer"]
    return _page(
        request,
        "lessons/board/handout.html",
        {"board": board, "slides": slides, "query": query(request)},
        None,
        board,
    )


def _page(
    request: HttpRequest, template: str, context: dict[str, Any], slide: Slide | None, board: Board
) -> HttpResponse:
    language = (slide.spoken if slide else "") or board.language
    return render_page(request, template, context, language)
