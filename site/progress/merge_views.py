"""A teacher says that two nicknames are one pupil, who lost a code and began anew."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from classrooms.access import TeacherRequest, enrolment_in, own_classroom
from progress.forms import EarlierForm
from progress.merging import StillUsedError, earlier_than, merge_enrolments, work_of


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def merge(request: TeacherRequest, classroom: UUID, enrolment: UUID) -> HttpResponse:
    """First which nickname, then what will happen, then it is done. 3 queries, 4 more for what
    will happen; ``merge_enrolments`` says how many to do it."""
    room = own_classroom(request.user, classroom)
    kept = enrolment_in(request.user, room, enrolment)
    data = request.POST if request.method == "POST" else request.GET
    is_asked = request.method == "POST" or "earlier" in data
    form = EarlierForm(data if is_asked else None, places=earlier_than(kept))
    context = {"teacher_page": "classrooms", "classroom": room, "enrolment": kept, "form": form}
    if not form.is_valid():
        status = 422 if form.errors else 200
        return render(request, "progress/merge.html", context, status=status)
    earlier = form.chosen()
    earlier.classroom = room
    if request.method != "POST":
        context |= {"earlier": earlier, "before": work_of(earlier), "now": work_of(kept)}
        return render(request, "progress/merge_sure.html", context)
    try:
        merge_enrolments(kept=kept, earlier=earlier, now=timezone.now(), user=request.user)
    except StillUsedError:
        text = _("Onder deze bijnaam deed iemand nog iets nadat %(nickname)s erbij kwam.")
        form.add_error("earlier", text % {"nickname": kept.nickname})
        return render(request, "progress/merge.html", context, status=422)
    text = _("%(earlier)s en %(nickname)s zijn nu samen %(nickname)s.")
    names = {"earlier": earlier.nickname, "nickname": kept.nickname}
    messages.success(request, text % names)
    return redirect("classrooms:settings", room.public_id)
