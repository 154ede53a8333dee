"""The teacher's view of one class: who is how far, and what was not understood yet."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from classrooms.access import TeacherRequest, own_classroom
from classrooms.actions import note_export
from classrooms.coordinator_access import own_organisation
from reports.arranging import arranged
from reports.attention_queries import class_attention
from reports.exports import download, matrix_table
from reports.numbers import class_numbers
from reports.organisation_figures import organisation_figures
from reports.queries import class_matrix, class_overview, classroom_head
from reports.rendering import entity_tag, mark_of, matrix_html
from reports.understanding import class_understanding, quiz_understanding, quizzes_of


@login_required
@require_safe
def classroom(request: TeacherRequest, classroom: UUID) -> HttpResponse:
    """Who may need a word, the matrix, and what the class misunderstands most. 5 queries when
    warm.

    With ``X-Fragment: matrix`` only the matrix: 1 query, and 304 when nothing changed.
    ``?volgorde=voortgang`` puts who is least far first; ``?toon=open`` leaves out who is done.
    """
    is_fragment = request.headers.get("X-Fragment") == "matrix"
    known = mark_of(request.headers.get("If-None-Match", "")) if is_fragment else ""
    overview = class_overview(request.user, classroom, known_mark=known)
    is_by_progress = request.GET.get("volgorde") == "voortgang"
    is_only_open = request.GET.get("toon") == "open"
    shown = overview.matrix and arranged(
        overview.matrix, is_by_progress=is_by_progress, is_only_open=is_only_open
    )
    html = matrix_html(shown) if shown else ""
    tag = entity_tag(overview.mark)
    if is_fragment:
        return HttpResponse(html, status=200 if html else 304, headers={"ETag": tag})
    context = {
        "teacher_page": "classrooms",
        "classroom": overview.head,
        "matrix": overview.matrix,
        "matrix_html": html,
        "matrix_tag": tag,
        "shown_count": len(shown.rows) if shown else 0,
        "is_by_progress": is_by_progress,
        "is_only_open": is_only_open,
        "attention": class_attention(overview.head, overview.matrix, now=timezone.now())
        if overview.matrix
        else [],
        "understanding": class_understanding(overview.head),
    }
    return render(request, "reports/classroom.html", context)


@login_required
@require_safe
def questions(request: TeacherRequest, classroom: UUID) -> HttpResponse:
    """How the class did on every question of one of its quizzes. 3 queries when warm."""
    head = classroom_head(request.user, classroom)
    quizzes = quizzes_of(head)
    slugs = [quiz.slug for quiz in quizzes]
    wanted = request.GET.get("quiz") or (slugs[0] if slugs else "")
    if slugs and wanted not in slugs:
        raise Http404
    context: dict[str, Any] = {
        "teacher_page": "classrooms",
        "classroom": head,
        "quizzes": quizzes,
    }
    if slugs:
        place = slugs.index(wanted)
        context |= {
            "quiz": quizzes[place],
            "previous": quizzes[place - 1] if place else None,
            "next": quizzes[place + 1] if place + 1 < len(quizzes) else None,
            "understanding": quiz_understanding(head, quizzes[place]),
        }
    return render(request, "reports/questions.html", context)


@login_required
@require_safe
def numbers(request: TeacherRequest, classroom: UUID) -> HttpResponse:
    """How many did what, for who shares the class as an observer. 1 query when warm."""
    context = {"teacher_page": "classrooms", "numbers": class_numbers(request.user, classroom)}
    return render(request, "reports/numbers.html", context)


@login_required
@require_safe
def organisation(request: TeacherRequest) -> HttpResponse:
    """How far the classes are, for who coordinates them. 6 queries."""
    own = own_organisation(request.user)
    context = {"organisation": own, "figures": organisation_figures(own)}
    return render(request, "reports/organisation.html", {"teacher_page": "classrooms", **context})


@login_required
@require_safe
def export(request: TeacherRequest, classroom: str, kind: str) -> HttpResponse:
    """The matrix as a file for a spreadsheet. Downloading is written down."""
    room = own_classroom(request.user, UUID(classroom))
    matrix = class_matrix(request.user, room.public_id)
    note_export(classroom=room, user=request.user, kind=kind)
    name = f"overzicht-{slugify(room.name) or 'klas'}"
    return download(matrix_table(matrix), kind=kind, name=name, title=_("Overzicht"))
