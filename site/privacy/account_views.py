"""An account's own data: to see, to take along, to delete."""

from __future__ import annotations

from allauth.account.decorators import reauthentication_required
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from privacy.account_data import account_data
from privacy.account_deletion import HinderedError, delete_account, hindrances


@login_required
@require_safe
def data(request: HttpRequest) -> HttpResponse:
    """All that we keep about this account, to read. 7 queries, 5 per learner it took over."""
    context = {"kept": account_data(request.user), "teacher_page": "account"}  # type: ignore[arg-type]
    return render(request, "privacy/account_data.html", context)


@login_required
@require_safe
def data_file(request: HttpRequest) -> HttpResponse:
    """The same as a file for a program."""
    kept = account_data(request.user)  # type: ignore[arg-type]
    response = JsonResponse(kept, json_dumps_params={"ensure_ascii": False, "indent": 2})
    response["Content-Disposition"] = 'attachment; filename="mijn-account.json"'
    return response


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required
def delete(request: HttpRequest) -> HttpResponse:
    """Asked first, after a password or second step; then the account goes, and the session."""
    user: User = request.user  # type: ignore[assignment]
    if request.method == "POST":
        try:
            delete_account(user=user, now=timezone.now())
        except HinderedError:
            return _ask(request, user, status=409)
        logout(request)
        return render(request, "privacy/account_deleted.html")
    return _ask(request, user)


def _ask(request: HttpRequest, user: User, status: int = 200) -> HttpResponse:
    context = {"first": hindrances(user), "teacher_page": "account"}
    return render(request, "privacy/account_delete.html", context, status=status)
