"""Where the link in an invitation leads: to a new account, or to one that is there."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from django.contrib import messages
from django.contrib.auth import get_user
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.models import User
from classrooms.coordinator_forms import AcceptForm, NewColleagueForm
from classrooms.moving import MoveError, ask_to_move, movable
from organisations.invitations import InvitationGoneError, accept, accept_as_new, open_invitation
from organisations.models import Invitation


@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Looking changes nothing: mail programs open links. 3 queries.

    An account whose address was never confirmed may have been made by somebody else: then the
    link, which only the owner of the mailbox has, sets a new password.
    """
    found = open_invitation(token, now=timezone.now())
    if found is None:
        return render(request, "classrooms/invitation_gone.html", status=404)
    if EmailAddress.objects.filter(email__iexact=found.email, verified=True).exists():
        return _for_account(request, found, token)
    form = NewColleagueForm(request.POST if request.method == "POST" else None, email=found.email)
    if request.method != "POST" or not form.is_valid():
        return _show(request, "invitation_new.html", found, form)
    try:
        accept_as_new(
            token=token,
            name=form.cleaned_data["name"],
            password=form.cleaned_data["password"],
            now=timezone.now(),
        )
    except InvitationGoneError:
        return render(request, "classrooms/invitation_gone.html", status=404)
    return _show(request, "invitation_done.html", found)


def _show(
    request: HttpRequest, template: str, invitation: Invitation, form: object = None
) -> HttpResponse:
    context = {"invitation": invitation, "form": form, "address": request.path}
    status = 422 if getattr(form, "errors", None) else 200
    return render(request, f"classrooms/{template}", context, status=status)


def _for_account(request: HttpRequest, invitation: Invitation, token: str) -> HttpResponse:
    user = get_user(request)
    if not isinstance(user, User) or (user.email or "").lower() != invitation.email:
        return _show(request, "invitation_sign_in.html", invitation)
    form = AcceptForm(
        request.POST if request.method == "POST" else None, has_classes=movable(user).exists()
    )
    if request.method != "POST" or not form.is_valid():
        return _show(request, "invitation_accept.html", invitation, form)
    try:
        role = accept(token=token, user=user, now=timezone.now())
    except InvitationGoneError:
        return render(request, "classrooms/invitation_gone.html", status=404)
    messages.success(request, _("Je hoort nu bij %(name)s.") % {"name": role.organisation.name})
    if form.cleaned_data.get("brings_classes"):
        try:
            ask_to_move(user=user, into=role.organisation)
        except MoveError:
            return redirect("classrooms:list")
        messages.success(request, _("De coördinator ziet nu dat je klassen meeneemt."))
    return redirect("classrooms:list")
