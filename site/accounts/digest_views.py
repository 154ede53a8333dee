"""The weekly mail: asking for it, and stopping it from the mail itself."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from accounts.actions import choose_digest, stop_digest
from accounts.digest_links import whose_digest
from accounts.forms import DigestForm
from accounts.models import User
from accounts.queries import state_of_address


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def digest(request: HttpRequest) -> HttpResponse:
    """1 query to look and 1 to change. The first mail is that of next week."""
    user: User = request.user  # type: ignore[assignment]
    form = DigestForm(
        request.POST if request.method == "POST" else None,
        initial={
            "wants_digest": user.wants_digest,
            "digest_language": user.digest_language or settings.LANGUAGE_CODE,
        },
    )
    if request.method == "POST" and form.is_valid():
        today = timezone.localdate()
        choose_digest(
            user=user,
            wants=form.cleaned_data["wants_digest"],
            language=form.cleaned_data["digest_language"],
            week=today - timedelta(days=today.weekday()),
        )
        wants = form.cleaned_data["wants_digest"]
        said = _("Je krijgt de mail vanaf maandag.") if wants else _("Je krijgt geen weekmail.")
        messages.success(request, said)
        return redirect("accounts:account")
    context = {"form": form, "teacher_page": "account", **state_of_address(user)}
    return render(request, "accounts/digest.html", context, status=422 if form.errors else 200)


@csrf_exempt  # what it stops is in the address, and a mail program that asks is nobody's page
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Opening it asks, so that a program that looks at links stops nothing; a POST stops it."""
    public_id = whose_digest(token)
    if public_id is None:
        raise Http404
    is_done = request.method == "POST"
    if is_done:
        stop_digest(public_id)
    return render(request, "accounts/stop_digest.html", {"is_done": is_done})


stop.address_is_key = True  # type: ignore[attr-defined]
