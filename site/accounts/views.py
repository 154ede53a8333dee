"""Screens of learners who come back, take a new code, or leave this device."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from accounts.actions import (
    EndedCookieError,
    UnknownReturnCodeError,
    renew_own_return_code,
    sign_in_with_return_code,
)
from accounts.cookies import delete_learner_cookie, learner_token, set_learner_cookie
from accounts.forms import ReturnForm
from accounts.limits import client_address, count_failure, is_over
from accounts.models import Learner
from accounts.return_codes import ReturnCode
from accounts.tickets import new_ticket, read_ticket, set_ticket_cookie, ticket_of


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def return_to_work(request: HttpRequest) -> HttpResponse:
    """A return code in, the learner's own page out. 2 queries; wrong codes all look alike."""
    form = ReturnForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        status = 200 if request.method != "POST" else 422
        return render(request, "accounts/return.html", {"form": form}, status=status)
    limits = {"return_per_address": client_address(request), "return_everywhere": "all"}
    if is_over(limits):
        form.add_error("code", _("Er zijn te veel codes geprobeerd. Wacht tien minuten."))
        return render(request, "accounts/return.html", {"form": form}, status=429)
    try:
        token = sign_in_with_return_code(code=form.return_code())
    except UnknownReturnCodeError:
        count_failure(limits)
        form.add_error("code", _("Deze code kennen we niet. Kijk of er geen teken ontbreekt."))
        return render(request, "accounts/return.html", {"form": form}, status=422)
    response = redirect("home:mine")
    set_learner_cookie(response, token, remember=form.cleaned_data["remember"])
    return response


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def new_return_code(request: HttpRequest) -> HttpResponse:
    """A new code for myself: asked first, shown once, and the old one is dead."""
    token = learner_token(request)
    if token is None:
        return redirect("accounts:return")
    ticket = read_ticket(request.POST.get("ticket", ""))
    if request.method != "POST" or ticket is None:
        shown = _just_made(request)
        context = {"return_code": shown, "ticket": new_ticket()}
        return render(request, "accounts/new_return_code.html", context)
    try:
        _code, renewed = renew_own_return_code(token=token, ticket=ticket)
    except EndedCookieError:
        return redirect("accounts:return")
    # The code is on the page after this one, so that loading it again makes no new code.
    response = redirect("accounts:new_return_code")
    set_learner_cookie(response, renewed, remember=token.is_remembered)
    set_ticket_cookie(response, ticket)
    return response


def _just_made(request: HttpRequest) -> ReturnCode | None:
    """The code that this learner took minutes ago, for as long as it may be shown."""
    ticket, token = ticket_of(request), learner_token(request)
    if ticket is None or token is None:
        return None
    learner = Learner.objects.holding(token.learner_id, token.epoch).first()
    return ticket.code_of(learner) if learner else None


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest) -> HttpResponse:
    """Done on this device: nothing of the learner stays here. Other devices go on."""
    if request.method != "POST":
        return render(request, "accounts/leave.html", {"is_done": False})
    response = render(request, "accounts/leave.html", {"is_done": True})
    delete_learner_cookie(response)
    # Also what the browser still wanted to send: it would be sent as the next learner.
    response["Clear-Site-Data"] = '"cache", "storage"'
    return response
