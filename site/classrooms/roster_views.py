"""The list of a team: choose a file, see what would happen, send the invitations.

Only who leads the team sees it: it is the one place where people of a class have a name. For a
class of pupils none of it is there.
"""

from __future__ import annotations

from collections import Counter
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from accounts.limits import count_failure, is_over
from classrooms import team_invitations
from classrooms.access import TeacherRequest, own_classroom, refuse
from classrooms.models import Classroom, TeamInvitation
from classrooms.rights import Right
from classrooms.roster import Outcome
from classrooms.roster_forms import ROW_PROBLEMS, ConfirmForm, RosterFileForm, seal
from classrooms.team_invitations import (
    InvitationGoneError,
    NoRosterError,
    Sent,
    TooManyInvitationsError,
    may_invite,
    plan_invitations,
)


def own_team(request: TeacherRequest, public_id: UUID) -> Classroom:
    """The team, for who leads it. Raises ``Http404``, also for a class, and
    ``PermissionDenied``. 1 query."""
    room = own_classroom(request.user, public_id, Right.LEAD)
    return room if room.is_team else refuse(request.user, "roster")


def person_in(request: TeacherRequest, room: Classroom, public_id: UUID) -> TeamInvitation:
    found = room.team_invitations.filter(public_id=public_id).first()
    found = found or refuse(request.user, "team invitation")
    found.classroom = room
    return found


def _show(
    request: TeacherRequest, template: str, room: Classroom, *, status: int = 200, **more: Any
) -> HttpResponse:
    context = {"teacher_page": "classrooms", "classroom": room, **more}
    return render(request, f"classrooms/{template}", context, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def roster(request: TeacherRequest, classroom: UUID) -> HttpResponse:
    """Who was invited, and the form for a list; a list is answered with what would happen, and
    nothing is kept of it. 4 queries, 5 with a list, however long it is."""
    room = own_team(request, classroom)
    sent = request.method == "POST"
    form = RosterFileForm(request.POST, request.FILES) if sent else RosterFileForm()
    if sent and may_invite(room) and form.is_valid():
        return _preview(request, room, form)
    people = room.team_invitations.select_related("accepted_by")
    named = room.enrolments.current().filter(is_named=True)
    nicknames = dict(named.values_list("learner__user_id", "nickname"))
    now = timezone.now()
    rows = [(one, one.is_over(at=now), nicknames.get(one.accepted_by_id)) for one in people]
    status = 200 if not sent else 422 if may_invite(room) else 403
    context = {"form": form, "rows": rows, "may_invite": may_invite(room)}
    return _show(request, "roster.html", room, status=status, **context)


def _preview(request: TeacherRequest, room: Classroom, form: RosterFileForm) -> HttpResponse:
    planned = plan_invitations(classroom=room, rows=form.cleaned_data["file"], now=timezone.now())
    counts = Counter(one.outcome for one in planned)
    return _show(
        request,
        "roster_preview.html",
        room,
        rows=[(one, ROW_PROBLEMS[one.problem] if one.problem else "") for one in planned],
        counts=[(outcome, counts[outcome]) for outcome in Outcome if counts[outcome]],
        invite_count=counts[Outcome.INVITE],
        sealed=seal(planned, classroom=room, user=request.user),
    )


@login_required
@require_POST
def confirm(request: TeacherRequest, classroom: UUID) -> HttpResponse:
    """Sends the invitations that the preview showed; a second time there are none left to send."""
    room = own_team(request, classroom)
    form = ConfirmForm(request.POST, classroom=room, user=request.user)
    if not form.is_valid():
        messages.error(request, _("Dit duurde te lang. Kies het bestand opnieuw."))
    elif not _is_too_often(request):
        try:
            sent = team_invitations.invite_team(
                classroom=room,
                rows=form.cleaned_data["rows"],
                user=request.user,
                now=timezone.now(),
            )
        except NoRosterError:
            messages.error(request, _("Voor dit team kun je nu niemand uitnodigen."))
        except TooManyInvitationsError:
            messages.error(
                request, _("Er staan te veel uitnodigingen open. Trek er eerst een paar in.")
            )
        else:
            _tell(request, sent)
    return redirect("classrooms:roster", room.public_id)


def _is_too_often(request: TeacherRequest) -> bool:
    """Somebody who sends mail all the time is not inviting a team."""
    limits = {"team_mail_per_account": str(request.user.pk)}
    if is_over(limits):
        messages.error(request, _("Je hebt net al vaak uitgenodigd. Ga over een uur verder."))
        return True
    count_failure(limits)
    return False


def _tell(request: TeacherRequest, sent: Sent) -> None:
    if sent.count:
        text = ngettext(
            "%(count)s uitnodiging is verstuurd.", "%(count)s uitnodigingen zijn verstuurd.",
            sent.count,
        )  # fmt: skip
        messages.success(request, text % {"count": sent.count})
    if sent.failed:
        text = ngettext(
            "%(count)s mail kon niet weg. Probeer het later nog eens met dezelfde lijst.",
            "%(count)s mails konden niet weg. Probeer het later nog eens met dezelfde lijst.",
            sent.failed,
        )
        messages.error(request, text % {"count": sent.failed})
    if not sent.count and not sent.failed:
        messages.success(request, _("Iedereen op deze lijst was al uitgenodigd of doet al mee."))


@login_required
@require_POST
def withdraw(request: TeacherRequest, classroom: UUID, person: UUID) -> HttpResponse:
    room = own_team(request, classroom)
    found = person_in(request, room, person)
    try:
        team_invitations.withdraw(invitation=found, user=request.user)
    except InvitationGoneError:
        messages.error(request, _("Deze uitnodiging is al aangenomen."))
    else:
        messages.success(request, _("De uitnodiging is ingetrokken. De link werkt niet meer."))
    return redirect("classrooms:roster", room.public_id)


@login_required
@require_POST
def again(request: TeacherRequest, classroom: UUID, person: UUID) -> HttpResponse:
    """A new link, to somebody whose mail is lost or too old."""
    room = own_team(request, classroom)
    found = person_in(request, room, person)
    if not _is_too_often(request):
        try:
            sent = team_invitations.invite_again(
                invitation=found, user=request.user, now=timezone.now()
            )
        except InvitationGoneError:
            messages.error(request, _("Deze uitnodiging is al aangenomen."))
        except NoRosterError:
            messages.error(request, _("Voor dit team kun je nu niemand uitnodigen."))
        else:
            _tell(request, sent)
    return redirect("classrooms:roster", room.public_id)
