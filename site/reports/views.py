"""The teacher's view of one class: who is how far, and what was not understood yet."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from classrooms.access import TeacherRequest, own_classroom
from classrooms.actions import note_export
from reports.exports import CONTENT_TYPES, WRITERS
from reports.queries import class_matrix, classroom_head
from reports.rendering import entity_tag, matrix_html
from reports.understanding import class_understanding

SHOWN_QUESTIONS = 5


@login_required
@require_safe
def classroom(request: TeacherRequest, classroom: UUID) -> HttpResponse:
    """The matrix, and under it what the class misunderstands. 3 queries when warm.

    With ``X-Fragment: matrix`` only the matrix: 2 queries, and 304 when nothing changed.
    """
    head = classroom_head(request.user, classroom)
    matrix = class_matrix(head)
    html = matrix_html(matrix)
    if request.headers.get("X-Fragment") == "matrix":
        return _fragment(request, html)
    understanding = class_understanding(head)
    context = {
        "teacher_page": "classrooms",
        "classroom": head,
        "matrix": matrix,
        "matrix_html": html,
        "understanding": understanding,
        "hardest": understanding.questions[:SHOWN_QUESTIONS],
        "other_questions": understanding.questions[SHOWN_QUESTIONS:],
    }
    return render(request, "reports/classroom.html", context)


def _fragment(request: TeacherRequest, html: str) -> HttpResponse:
    tag = entity_tag(html)
    is_same = request.headers.get("If-None-Match") == tag
    response = HttpResponse(status=304) if is_same else HttpResponse(html)
    response["ETag"] = tag
    return response


@login_required
@require_safe
def export(request: TeacherRequest, classroom: str, kind: str) -> HttpResponse:
    """The matrix as a file for a spreadsheet. Downloading is written down."""
    room = own_classroom(request.user, UUID(classroom))
    matrix = class_matrix(classroom_head(request.user, room.public_id))
    note_export(classroom=room, user=request.user, kind=kind)
    response = HttpResponse(WRITERS[kind](matrix), content_type=CONTENT_TYPES[kind])
    name = slugify(room.name) or "klas"
    response["Content-Disposition"] = f'attachment; filename="overzicht-{name}.{kind}"'
    return response
