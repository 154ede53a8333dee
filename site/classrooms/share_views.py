"""A teacher shares a class with a colleague, hands it over, or leaves it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from classrooms import sharing
from classrooms.access import TeacherRequest, own_classroom, refuse
from classrooms.models import Classroom
from classrooms.rights import Part, Right
from classrooms.share_forms import ColleagueForm, ShareForm

form_view = require_http_methods(["GET", "HEAD", "POST"])


def _show(
    request: TeacherRequest, template: str, room: Classroom, form: Any = None, **more: Any
) -> HttpResponse:
    context = {"teacher_page": "classrooms", "classroom": room, "form": form, **more}
    status = 422 if form is not None and form.errors else 200
    return render(request, f"classrooms/{template}", context, status=status)


@login_required
@form_view
def share(request: TeacherRequest, classroom: UUID) -> HttpResponse:
    """Who shares the class, and one more. 3 queries, and 5 to write."""
    room = own_classroom(request.user, classroom, Right.LEAD)
    form = ShareForm(request.POST if request.method == "POST" else None, classroom=room)
    if request.method != "POST" or not form.is_valid():
        shares = room.shares.select_related("user")
        return _show(request, "share.html", room, form, shares=shares)
    colleague = form.chosen()
    try:
        sharing.share_classroom(
            classroom=room, colleague=colleague, part=form.cleaned_data["part"], user=request.user
        )
    except sharing.NotAColleagueError:
        messages.error(request, _("Deze collega hoort niet meer bij je organisatie."))
    else:
        messages.success(request, _("Je deelt de klas met %(name)s.") % {"name": colleague})
    return redirect("classrooms:share", room.public_id)


@login_required
@require_POST
def unshare(request: TeacherRequest, classroom: UUID, colleague: UUID) -> HttpResponse:
    room = own_classroom(request.user, classroom, Right.LEAD)
    found = room.shares.select_related("user").filter(user__public_id=colleague).first()
    found = found or refuse(request.user, "share")
    sharing.stop_sharing(classroom=room, colleague=found.user, user=request.user)
    messages.success(request, _("%(name)s ziet de klas niet meer.") % {"name": found.user})
    return redirect("classrooms:share", room.public_id)


@login_required
@form_view
def hand_over(request: TeacherRequest, classroom: UUID) -> HttpResponse:
    """The class becomes a colleague's; who led it stays as co-teacher. 2 queries, 7 to write."""
    room = own_classroom(request.user, classroom, Right.LEAD)
    form = ColleagueForm(request.POST if request.method == "POST" else None, classroom=room)
    if request.method != "POST" or not form.is_valid():
        return _show(request, "hand_over.html", room, form)
    colleague = form.chosen()
    try:
        sharing.hand_over(classroom=room, colleague=colleague, user=request.user)
    except sharing.NotAColleagueError:
        messages.error(request, _("Deze collega hoort niet meer bij je organisatie."))
        return redirect("classrooms:hand_over", room.public_id)
    messages.success(request, _("De klas is nu van %(name)s.") % {"name": colleague})
    return redirect("classrooms:settings", room.public_id)


@login_required
@form_view
def leave(request: TeacherRequest, classroom: UUID) -> HttpResponse:
    """Who shares a class stops doing so; who leads it hands it over first."""
    room = own_classroom(request.user, classroom, Right.SEE_NUMBERS)
    if room.part == Part.LEADER:  # type: ignore[attr-defined]
        messages.error(request, _("Draag de klas eerst over. Daarna kun je hem verlaten."))
        return redirect("classrooms:hand_over", room.public_id)
    if request.method != "POST":
        return _show(request, "leave.html", room)
    sharing.stop_sharing(classroom=room, colleague=request.user, user=request.user)
    messages.success(request, _("Je deelt deze klas niet meer."))
    return redirect("classrooms:list")
