"""A class that is over: into the archive, back, and a copy for next year."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from classrooms import archiving
from classrooms.access import TeacherRequest, own_classroom
from classrooms.forms import CopyForm
from classrooms.rights import Right
from classrooms.school_years import ARCHIVE_DAYS

form_view = require_http_methods(["GET", "HEAD", "POST"])


@login_required
@form_view
def archive(request: TeacherRequest, classroom: UUID) -> HttpResponse:
    """Says what happens, and does it."""
    room = own_classroom(request.user, classroom, Right.LEAD)
    if request.method != "POST":
        context = {"teacher_page": "classrooms", "classroom": room, "days": ARCHIVE_DAYS}
        return render(request, "classrooms/archive.html", context)
    archiving.archive_classroom(classroom=room, now=timezone.now(), user=request.user)
    messages.success(request, _("%(name)s staat in het archief.") % {"name": room.name})
    return redirect("classrooms:list")


@login_required
@require_POST
def restore_class(request: TeacherRequest, classroom: UUID) -> HttpResponse:
    room = own_classroom(request.user, classroom, Right.LEAD)
    try:
        archiving.restore_classroom(classroom=room, user=request.user)
    except archiving.ProvisionalLimitError:
        return redirect("classrooms:list")  # where it says what to do
    messages.success(request, _("%(name)s is terug uit het archief.") % {"name": room.name})
    return redirect("classrooms:list")


@login_required
@form_view
def copy(request: TeacherRequest, classroom: UUID) -> HttpResponse:
    """A new class with the same assignments, without learners."""
    room = own_classroom(request.user, classroom, Right.LEAD)
    form = CopyForm(request.POST if request.method == "POST" else None, initial={"name": room.name})
    if request.method != "POST" or not form.is_valid():
        context = {"teacher_page": "classrooms", "classroom": room, "form": form}
        status = 422 if form.errors else 200
        return render(request, "classrooms/copy.html", context, status=status)
    try:
        made = archiving.copy_classroom(
            classroom=room,
            name=form.cleaned_data["name"],
            join_until=form.cleaned_data["until"],
            now=timezone.now(),
            user=request.user,
        )
    except archiving.ProvisionalLimitError:
        return redirect("classrooms:list")
    return redirect("classrooms:settings", made.public_id)
