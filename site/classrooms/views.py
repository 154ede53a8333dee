"""The teacher's classes: make, show on the board, open and close, remove."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import segno
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.tickets import new_ticket, read_ticket
from classrooms import actions
from classrooms.access import TeacherRequest, enrolment_in, own_classroom
from classrooms.forms import ClassroomForm, NameForm, OpenForm
from classrooms.models import Classroom, Enrolment
from classrooms.permissions import organisation_role
from classrooms.rights import Part, Right
from classrooms.school_years import archives_on, is_over
from organisations.municipalities import name_of
from organisations.permissions import municipalities_of

form_view = require_http_methods(["GET", "HEAD", "POST"])


def show(
    request: TeacherRequest, template: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    context = {"teacher_page": "classrooms", **context}
    return render(request, f"classrooms/{template}", context, status=status)


@login_required
@require_safe
def list_classrooms(request: TeacherRequest) -> HttpResponse:
    """The teacher's classes, and the teams in which they learn; for who has no role, why there
    are none. 3 queries, 4 where nobody confirmed the organisation."""
    role = organisation_role(request.user)
    teams = Enrolment.objects.teams_of(request.user)  # type: ignore[attr-defined]
    if role is None:
        theirs = {"municipalities": municipalities_of(request.user), "teams": list(teams)}
        return show(request, "no_role.html", theirs)
    classrooms = (
        Classroom.objects.open_to(request.user, Right.SEE_NUMBERS)
        .with_part_of(request.user)
        .annotate(
            learner_count=Count("enrolments", filter=Q(enrolments__removed_at__isnull=True)),
        )
    )
    now, today = timezone.now(), timezone.localdate()
    in_use = [one for one in classrooms if not one.is_archived]
    rows = [(classroom, classroom.is_open(at=now)) for classroom in in_use]
    over = [
        one
        for one in in_use
        if one.kind != Classroom.Kind.TEAM
        and is_over(timezone.localdate(one.restored_at or one.created_at), today=today)
    ]
    organisation = role.organisation
    context = {
        "municipality": name_of(organisation.municipality_code),
        "role": role,
        "teams": list(teams),
        "archived": [one for one in classrooms if one.is_archived],
        "over": [one for one in over if one.part == Part.LEADER],
        "archives_on": archives_on(today),
        "is_full": actions.is_full(organisation),
    }
    return show(request, "list.html", {**context, "rows": rows, "organisation": organisation})


@login_required
@form_view
def create(request: TeacherRequest) -> HttpResponse:
    role = organisation_role(request.user)
    if role is None:
        return redirect("classrooms:list")
    form = ClassroomForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        status = 200 if request.method != "POST" else 422
        return show(request, "create.html", {"form": form}, status=status)
    try:
        classroom = actions.create_classroom(
            user=request.user,
            organisation=role.organisation,
            name=form.cleaned_data["name"],
            kind=form.cleaned_data["kind"],
            join_until=form.cleaned_data["until"],
            now=timezone.now(),
        )
    except actions.ProvisionalLimitError:
        return redirect("classrooms:list")  # where it says what to do
    return redirect("classrooms:board", classroom.public_id)


def join_address(request: TeacherRequest, classroom: Classroom) -> str:
    """Where the QR code leads: the code stands after the #, so that no server logs it."""
    return request.build_absolute_uri(reverse("classrooms:join")) + "#" + classroom.shown_code


@login_required
@require_safe
def board(request: TeacherRequest, classroom: UUID) -> HttpResponse:
    """For the smart board: the code, the QR and how many are in."""
    room = own_classroom(request.user, classroom)
    context = {
        "classroom": room,
        "is_open": room.is_open(at=timezone.now()),
        "learner_count": room.enrolments.current().count(),
        "short_address": request.get_host() + reverse("classrooms:join_short"),
        "form": OpenForm(),
    }
    is_fragment = request.headers.get("X-Fragment") == "matrix"
    return show(request, "_count.html" if is_fragment else "board.html", context)


@login_required
@require_safe
def qr(request: TeacherRequest, classroom: UUID) -> HttpResponse:
    room = own_classroom(request.user, classroom)
    picture = segno.make(join_address(request, room), error="m", micro=False)
    svg = picture.svg_inline(scale=8, border=2, dark="#000", light="#fff", omitsize=True)
    svg = svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    return HttpResponse(svg, content_type="image/svg+xml")


def settings_context(classroom: Classroom, **forms: Any) -> dict[str, Any]:
    assignments = list(
        classroom.assignments.select_related("package", "lesson", "quiz").annotate(
            learner_count=Count("for_enrolments", filter=Q(for_enrolments__removed_at=None))
        )
    )
    now = timezone.now()
    # Of a team: who accepted an invitation has a name, for who leads it.
    places = list(classroom.enrolments.select_related("learner__user"))
    lost: dict[int, list[str]] = {}  # per learner, nicknames from before they began anew
    for place in places:
        if place.learner.merged_into_id:
            lost.setdefault(place.learner.merged_into_id, []).append(place.nickname)
    return {
        "classroom": classroom,
        "is_open": classroom.is_open(at=now),
        "has_waiting": any(one.waits_for_preparation for one in assignments),
        "preparation": classroom.preparations.filter(is_current=True).first(),
        "shares": classroom.shares.select_related("user"),
        "name_form": NameForm(initial={"name": classroom.name}),
        "open_form": OpenForm(),
        "enrolments": [
            (e, ", ".join(lost.get(e.learner_id, []))) for e in places if e.removed_at is None
        ],
        "removed": [e for e in places if e.removed_at and not e.learner.merged_into_id],
        "shows_names": classroom.is_team and classroom.part == Part.LEADER,  # type: ignore[attr-defined]
        "assignments": assignments,
        "planned": {one.pk for one in assignments if one.opens_at > now},
        **forms,
    }


@login_required
@form_view
def settings(request: TeacherRequest, classroom: UUID) -> HttpResponse:
    """Name, joining, learners and assignments of one class."""
    room = own_classroom(request.user, classroom)
    form = NameForm(request.POST if request.method == "POST" else None, initial={"name": room.name})
    if request.method == "POST" and form.is_valid():
        actions.rename_classroom(classroom=room, name=form.cleaned_data["name"], user=request.user)
        return done(request, room, _("De naam is veranderd."))
    status = 200 if request.method != "POST" else 422
    return show(request, "settings.html", settings_context(room, name_form=form), status=status)


def done(request: TeacherRequest, classroom: Classroom, message: str) -> HttpResponse:
    messages.success(request, message)
    return redirect("classrooms:settings", classroom.public_id)


@login_required
@require_POST
def close(request: TeacherRequest, classroom: UUID) -> HttpResponse:
    room = own_classroom(request.user, classroom)
    actions.close_joining(classroom=room, now=timezone.now(), user=request.user)
    return done(request, room, _("Aanmelden is dicht. Wie meedoet, blijft meedoen."))


@login_required
@require_POST
def open_(request: TeacherRequest, classroom: UUID) -> HttpResponse:
    room = own_classroom(request.user, classroom)
    form = OpenForm(request.POST)
    if not form.is_valid():
        context = settings_context(room, open_form=form)
        return show(request, "settings.html", context, status=422)
    actions.open_joining(
        classroom=room,
        until=form.cleaned_data["until"],
        now=timezone.now(),
        user=request.user,
    )
    return done(request, room, _("Aanmelden is open."))


@login_required
@require_POST
def new_code(request: TeacherRequest, classroom: UUID) -> HttpResponse:
    room = own_classroom(request.user, classroom)
    actions.replace_join_code(classroom=room, user=request.user)
    return done(request, room, _("De klas heeft een nieuwe code. De oude werkt niet meer."))


@login_required
@form_view
def remove(request: TeacherRequest, classroom: UUID, enrolment: UUID) -> HttpResponse:
    room = own_classroom(request.user, classroom)
    place = enrolment_in(request.user, room, enrolment)
    if request.method != "POST":
        return show(request, "remove.html", {"classroom": room, "enrolment": place})
    actions.remove_enrolment(enrolment=place, now=timezone.now(), user=request.user)
    return done(request, room, _("%(nickname)s is uit de klas.") % {"nickname": place.nickname})


@login_required
@require_POST
def restore(request: TeacherRequest, classroom: UUID, enrolment: UUID) -> HttpResponse:
    room = own_classroom(request.user, classroom)
    place = enrolment_in(request.user, room, enrolment)
    actions.restore_enrolment(enrolment=place, user=request.user)
    return done(
        request, room, _("%(nickname)s is terug in de klas.") % {"nickname": place.nickname}
    )


@login_required
@form_view
def replace_return_code(request: TeacherRequest, classroom: UUID, enrolment: UUID) -> HttpResponse:
    """A new code for who lost theirs, on the screen this once, to hand over in person."""
    room = own_classroom(request.user, classroom)
    place = enrolment_in(request.user, room, enrolment)
    context = {"classroom": room, "enrolment": place, "ticket": new_ticket()}
    ticket = read_ticket(request.POST.get("ticket", ""))
    if request.method == "POST" and ticket is not None:
        context["return_code"] = actions.replace_return_code_for(
            enrolment=place, user=request.user, ticket=ticket
        )
    return show(request, "return_code.html", context)
