"""The coordinator's organisation: who works there, which classes there are, who was invited."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from classrooms import moving
from classrooms.access import TeacherRequest
from classrooms.coordinator_access import colleague_in, invitation_in, move_in, own_organisation
from classrooms.coordinator_forms import HeirForm, InviteForm
from classrooms.leaving import leave_organisation
from classrooms.models import Classroom, Move
from organisations import colleagues, invitations
from organisations.models import Organisation, Role

LAST_COORDINATOR = gettext_lazy(
    "De organisatie heeft een coördinator nodig. Maak eerst iemand anders coördinator."
)
form_view = require_http_methods(["GET", "HEAD", "POST"])


def _show(
    request: TeacherRequest, template: str, context: dict[str, Any], form: Any = None
) -> HttpResponse:
    context = {"teacher_page": "classrooms", "form": form, **context}
    status = 422 if form is not None and form.errors else 200
    return render(request, f"classrooms/{template}", context, status=status)


def _done(request: TeacherRequest, text: str) -> HttpResponse:
    messages.success(request, text)
    return redirect("classrooms:organisation")


def _overview(organisation: Organisation) -> dict[str, Any]:
    """4 queries, however many work there."""
    led = Count("user__classrooms", filter=Q(user__classrooms__organisation=organisation))
    roles = Role.objects.filter(organisation=organisation).of_colleagues()  # type: ignore[attr-defined]
    people = list(
        roles.select_related("user").annotate(class_count=led).order_by("user__name", "user__email")
    )
    learners = Count("enrolments", filter=Q(enrolments__removed_at__isnull=True))
    rooms = Classroom.objects.filter(organisation=organisation, archived_at=None)
    coordinating = [
        one
        for one in people
        if one.name == Role.Name.COORDINATOR and one.suspended_at is None and one.user.is_active
    ]
    moves = Move.objects.filter(destination=organisation).select_related("teacher", "origin")
    return {
        "organisation": organisation,
        "people": people,
        "is_alone": len(coordinating) == 1,
        "classrooms": rooms.select_related("teacher").annotate(learner_count=learners),
        "invitations": organisation.invitations.open(at=timezone.now()),  # type: ignore[attr-defined]
        "moves": moves.order_by("pk"),
    }


@login_required
@form_view
def organisation(request: TeacherRequest) -> HttpResponse:
    """Everything on one page; the form on it invites a colleague. 5 queries, 8 to write."""
    own = own_organisation(request.user)
    form = InviteForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return _show(request, "organisation.html", _overview(own), form)
    email = form.cleaned_data["email"]
    try:
        invitations.invite(
            organisation=own,
            email=email,
            role=form.cleaned_data["role"],
            user=request.user,
            now=timezone.now(),
        )
    except invitations.AlreadyHereError:
        form.add_error("email", _("Deze collega hoort al bij je organisatie."))
    except invitations.TooManyInvitationsError:
        form.add_error("email", _("Er staan te veel uitnodigingen open. Trek er eerst een in."))
    if form.errors:
        return _show(request, "organisation.html", _overview(own), form)
    return _done(request, _("De uitnodiging is verstuurd naar %(email)s.") % {"email": email})


@login_required
@require_POST
def revoke(request: TeacherRequest, invitation: UUID) -> HttpResponse:
    own = own_organisation(request.user)
    found = invitation_in(request.user, own, invitation)
    invitations.revoke(invitation=found, user=request.user)
    return _done(request, _("De uitnodiging is ingetrokken. De link werkt niet meer."))


@login_required
@require_safe
def colleague(request: TeacherRequest, colleague: UUID) -> HttpResponse:
    """What can be changed about one colleague. 4 queries at most."""
    own = own_organisation(request.user)
    role = colleague_in(request.user, own, colleague)
    return _show(request, "colleague.html", {"role": role, "form": _heir_form(role)})


def _heir_form(role: Role, data: Any = None) -> HeirForm:
    rooms = Classroom.objects.filter(organisation=role.organisation, teacher=role.user)
    return HeirForm(data, role=role, has_classes=rooms.exists())


def _last_coordinator(request: TeacherRequest, role: Role) -> HttpResponse:
    messages.error(request, LAST_COORDINATOR)
    return redirect("classrooms:colleague", role.user.public_id)


@login_required
@require_POST
def suspend(request: TeacherRequest, colleague: UUID) -> HttpResponse:
    role = colleague_in(request.user, own_organisation(request.user), colleague)
    try:
        colleagues.suspend(role=role, now=timezone.now(), user=request.user)
    except colleagues.LastCoordinatorError:
        return _last_coordinator(request, role)
    return _done(request, _("%(name)s is geschorst en kan nergens meer bij.") % {"name": role.user})


@login_required
@require_POST
def resume(request: TeacherRequest, colleague: UUID) -> HttpResponse:
    role = colleague_in(request.user, own_organisation(request.user), colleague)
    colleagues.resume(role=role, user=request.user)
    return _done(request, _("%(name)s kan weer verder.") % {"name": role.user})


@login_required
@require_POST
def change_role(request: TeacherRequest, colleague: UUID) -> HttpResponse:
    """Teacher becomes coordinator, and the other way round."""
    role = colleague_in(request.user, own_organisation(request.user), colleague)
    is_teacher = role.name == Role.Name.TEACHER
    name = Role.Name.COORDINATOR if is_teacher else Role.Name.TEACHER
    try:
        colleagues.change_role(role=role, name=name, user=request.user)
    except colleagues.LastCoordinatorError:
        return _last_coordinator(request, role)
    return _done(
        request, _("%(name)s is nu %(role)s.") % {"name": role.user, "role": Role.Name(name).label}
    )


@login_required
@require_POST
def remove_colleague(request: TeacherRequest, colleague: UUID) -> HttpResponse:
    """Ends the role; a colleague takes over the classes. At most 12 queries and 7 per class."""
    role = colleague_in(request.user, own_organisation(request.user), colleague)
    form = _heir_form(role, request.POST)
    if not form.is_valid():
        return _show(request, "colleague.html", {"role": role}, form)
    try:
        leave_organisation(role=role, heir=form.chosen(), user=request.user)
    except colleagues.LastCoordinatorError:
        return _last_coordinator(request, role)
    return _done(request, _("%(name)s hoort niet meer bij de organisatie.") % {"name": role.user})


@login_required
@form_view
def leave_own(request: TeacherRequest) -> HttpResponse:
    """Somebody who works in an organisation leaves it; their classes go to a colleague."""
    roles = (
        Role.objects.of(request.user).teaching().filter(organisation__confirmed_at__isnull=False)
    )  # type: ignore[attr-defined]
    role = roles.select_related("organisation", "user").order_by("pk").first()
    if role is None:
        return redirect("classrooms:list")
    form = _heir_form(role, request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return _show(request, "leave_organisation.html", {"role": role}, form)
    try:
        leave_organisation(role=role, heir=form.chosen(), user=request.user)
    except colleagues.LastCoordinatorError:
        form.add_error(None, LAST_COORDINATOR)
        return _show(request, "leave_organisation.html", {"role": role}, form)
    messages.success(request, _("Je hoort niet meer bij %(name)s.") % {"name": role.organisation})
    return redirect("classrooms:list")


@login_required
@require_POST
def answer_move(request: TeacherRequest, move: UUID) -> HttpResponse:
    """A teacher asked to bring their classes along: yes, no, or back to how it was."""
    asked = move_in(request.user, own_organisation(request.user), move)
    answer = request.POST.get("answer")
    try:
        if answer == "yes":
            moving.confirm_move(move=asked, user=request.user, now=timezone.now())
            return _done(request, _("De klassen horen nu bij jullie organisatie."))
        if answer == "undo":
            moving.undo_move(move=asked, user=request.user)
            return _done(request, _("De klassen staan weer waar ze stonden."))
        if answer == "no":
            moving.decline_move(move=asked)
            return _done(request, _("De klassen blijven waar ze zijn."))
    except moving.MoveError:
        return _done(request, _("Dit was al beantwoord."))
    return redirect("classrooms:organisation")
