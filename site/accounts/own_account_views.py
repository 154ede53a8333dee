"""The account page: what somebody who signs in can see and change about themselves."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.actions import rename_user
from accounts.forms import NameForm
from accounts.models import User
from accounts.queries import state_of_account


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    """One page for all of it; the name is changed right here. 3 queries to look."""
    user: User = request.user  # type: ignore[assignment]
    form = NameForm(request.POST if request.method == "POST" else None, initial={"name": user.name})
    if request.method == "POST" and form.is_valid():
        rename_user(user=user, name=form.cleaned_data["name"])
        messages.success(request, _("Je naam is bewaard."))
        return redirect("accounts:account")
    context = {"form": form, "teacher_page": "account", **state_of_account(user)}
    return render(request, "accounts/account.html", context, status=422 if form.errors else 200)
