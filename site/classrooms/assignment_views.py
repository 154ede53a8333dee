"""What a class is given to do: give, change, take away."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from classrooms import actions
from classrooms.access import TeacherRequest, assignment_in, own_classroom
from classrooms.assignment_forms import AssignForm, ChangeAssignmentForm
from classrooms.models import Assignment
from classrooms.views import done, form_view, show


@login_required
@form_view
def assign(request: TeacherRequest, classroom: UUID) -> HttpResponse:
    room = own_classroom(request.user, classroom)
    form = AssignForm(
        request.POST if request.method == "POST" else None,
        classroom=room,
        initial={"what": request.GET.getlist("wat")},
    )
    if request.method != "POST" or not form.is_valid():
        status = 200 if request.method != "POST" else 422
        return show(request, "assign.html", {"classroom": room, "form": form}, status=status)
    try:
        with transaction.atomic():  # all of them or none
            given = [
                actions.assign(
                    classroom=room,
                    thing=thing,
                    now=timezone.now(),
                    user=request.user,
                    **form.details(),
                )
                for thing in form.chosen()
            ]
    except actions.AlreadyAssignedError:
        return done(request, room, _("De klas heeft deze opdracht al."))
    if any(one.waits_for_preparation for one in given):
        messages.info(request, _("De opdracht wacht nog op jou. Beantwoord eerst vijf punten."))
        return redirect("classrooms:prepare", room.public_id)
    return done(request, room, _ready(given[0], len(given)))


def _ready(assignment: Assignment, count: int = 1) -> str:
    """Of what was given together: one day holds for all of it."""
    if assignment.opens_at <= timezone.now():
        text = ngettext("De opdracht staat klaar.", "%(count)s opdrachten staan klaar.", count)
        return text % {"count": count}
    day = date_format(timezone.localtime(assignment.opens_at), "j F Y")
    text = ngettext(
        "De opdracht is te zien vanaf %(day)s.",
        "%(count)s opdrachten zijn te zien vanaf %(day)s.",
        count,
    )
    return text % {"day": day, "count": count}


@login_required
@form_view
def change_assignment(request: TeacherRequest, classroom: UUID, assignment: UUID) -> HttpResponse:
    room = own_classroom(request.user, classroom)
    task = assignment_in(request.user, room, assignment)
    is_planned = task.opens_at > timezone.now()
    form = ChangeAssignmentForm(
        request.POST if request.method == "POST" else None,
        assignment=task,
        initial={
            "opens_on": timezone.localdate(task.opens_at) if is_planned else None,
            "due_on": task.due_on,
            "note": task.note,
        },
    )
    if request.method != "POST" or not form.is_valid():
        context = {"classroom": room, "form": form, "assignment": task}
        status = 200 if request.method != "POST" else 422
        return show(request, "change_assignment.html", context, status=status)
    actions.change_assignment(
        assignment=task, now=timezone.now(), user=request.user, **form.details()
    )
    return done(request, room, _ready(task))


@login_required
@form_view
def unassign(request: TeacherRequest, classroom: UUID, assignment: UUID) -> HttpResponse:
    room = own_classroom(request.user, classroom)
    task = assignment_in(request.user, room, assignment)
    if request.method != "POST":
        return show(request, "unassign.html", {"classroom": room, "assignment": task})
    actions.unassign(assignment=task, user=request.user)
    return done(request, room, _("De opdracht is weg. Wat leerlingen deden, blijft bewaard."))
