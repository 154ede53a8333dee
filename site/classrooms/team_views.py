"""Where the link in an invitation for a team leads, and how its members go on elsewhere."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from allauth.account.models import EmailAddress
from django.contrib import messages
from django.contrib.auth import get_user
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.actions import AddressTakenError, create_invited_user
from accounts.cookies import LearnerToken, learner_token, set_learner_cookie
from accounts.models import Learner, User
from classrooms.access import TeacherRequest, refuse
from classrooms.models import Enrolment, TeamInvitation
from classrooms.roster_forms import JoinTeamForm, NewMemberForm
from classrooms.team_invitations import (
    InvitationGoneError,
    join_team,
    open_team_invitation,
    token_of,
)


@require_http_methods(["GET", "HEAD", "POST"])
def team_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Who invites for what, and the way in. Looking changes nothing: mail programs open links.

    At most 4 queries to look.
    """
    found = open_team_invitation(token, now=timezone.now())
    if found is None:
        return _gone(request)
    user = get_user(request)
    if isinstance(user, User):
        return _for_user(request, found, token, user)
    if EmailAddress.objects.filter(email__iexact=found.email, verified=True).exists():
        return _show(request, found, None)
    return _for_stranger(request, found)


def _gone(request: HttpRequest) -> HttpResponse:
    return render(request, "classrooms/team_invitation_gone.html", status=404)


def _show(request: HttpRequest, invitation: TeamInvitation, form: Any, **more: Any) -> HttpResponse:
    context = {"invitation": invitation, "form": form, "address": request.path, **more}
    status = 422 if form is not None and form.errors else 200
    return render(request, "classrooms/team_invitation.html", context, status=status)


def _for_stranger(request: HttpRequest, invitation: TeamInvitation) -> HttpResponse:
    """The link, which only went to this address, makes the account; then they sign in."""
    form = NewMemberForm(
        request.POST if request.method == "POST" else None,
        email=invitation.email,
        initial={"name": invitation.name[:100]},
    )
    if request.method != "POST" or not form.is_valid():
        return _show(request, invitation, form, is_new=True)
    try:
        create_invited_user(
            email=invitation.email,
            name=form.cleaned_data["name"],
            password=form.cleaned_data["password"],
        )
    except AddressTakenError:
        return _show(request, invitation, None)
    messages.success(request, _("Je account is klaar. Log nu in. Dan kun je meedoen."))
    return redirect(f"{reverse('account_login')}?{urlencode({'next': request.path})}")


def _for_user(
    request: HttpRequest, invitation: TeamInvitation, token: str, user: User
) -> HttpResponse:
    here = _nobodys_work(learner_token(request))
    is_other = (user.email or "").lower() != invitation.email
    form = JoinTeamForm(
        request.POST if request.method == "POST" else None,
        is_other=is_other,
        has_work=here is not None,
    )
    if request.method != "POST" or not form.is_valid():
        return _show(request, invitation, form, is_other=is_other)
    work = here if form.cleaned_data.get("keep_work") else None
    try:
        own = join_team(token=token, user=user, now=timezone.now(), work=work)
    except InvitationGoneError:
        return _gone(request)
    response = redirect("home:mine")
    set_learner_cookie(response, own)
    return response


def _nobodys_work(token: LearnerToken | None) -> LearnerToken | None:
    """Of somebody without a class and without an account, on this device. 1 query at most.

    Who is in a class here may be a pupil; nobody takes their work along.
    """
    if token is None:
        return None
    here = Learner.objects.holding(token.learner_id, token.epoch).nobodys()
    return token if here.filter(enrolments__isnull=True).exists() else None


@login_required
@require_POST
def go_on(request: TeacherRequest, place: UUID) -> HttpResponse:
    """The user works on in their team here, after signing in or on another device. 1 query."""
    found = (
        Enrolment.objects.teams_of(request.user)  # type: ignore[attr-defined]
        .filter(public_id=place)
        .select_related("learner")
        .first()
    ) or refuse(request.user, "place in a team")
    response = redirect("home:mine")
    set_learner_cookie(response, token_of(found.learner))
    return response
