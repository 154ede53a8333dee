"""A teacher makes the class ready for a lesson that can touch somebody deeply."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from classrooms.access import TeacherRequest, own_classroom
from classrooms.preparation_forms import PreparationForm
from classrooms.preparing import prepare_classroom


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def prepare(request: TeacherRequest, classroom: UUID) -> HttpResponse:
    """Five points; the answers open what waits, and stand on the class's card. 3 queries and
    those of who asks."""
    room = own_classroom(request.user, classroom)
    current = room.preparations.filter(is_current=True).first()
    known = current.help_on_site if current else None
    form = PreparationForm(
        request.POST if request.method == "POST" else None,
        initial=known._asdict() if known else None,
    )
    if request.method == "POST" and form.is_valid():
        prepare_classroom(classroom=room, help_on_site=form.help_on_site(), user=request.user)
        messages.success(request, _("Opgeslagen. De klas ziet nu bij wie ze terechtkan."))
        return redirect("classrooms:settings", room.public_id)
    waiting = room.assignments.filter(waits_for_preparation=True)
    context = {
        "teacher_page": "classrooms",
        "classroom": room,
        "form": form,
        "current": current,
        "waiting": waiting.select_related("package", "lesson"),
    }
    status = 422 if form.errors else 200
    return render(request, "classrooms/prepare.html", context, status=status)
