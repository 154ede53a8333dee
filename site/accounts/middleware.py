"""Keeps whoever must sign in in two steps out of where they could do harm, until they did."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from accounts.permissions import needs_second_factor, used_second_factor

WANTED = "second_factor_wanted"  # in the session: where somebody was going


def to_second_step(request: HttpRequest) -> HttpResponse:
    """Asks for it, and then goes on where this request was going."""
    wanted = urlencode({"next": request.get_full_path()})
    return redirect(f"{reverse('mfa_reauthenticate')}?{wanted}")


class SecondFactorMiddleware:
    """By address, so that no new screen under ``SECOND_FACTOR_PATHS`` can forget it.

    No query for who is not signed in, or was asked already.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.way_round(request) or self.get_response(request)

    def way_round(self, request: HttpRequest) -> HttpResponse | None:
        guarded = tuple(f"/{path}" for path in settings.SECOND_FACTOR_PATHS)
        if not settings.SECOND_FACTOR_REQUIRED or not request.path_info.startswith(guarded):
            return None
        if not request.user.is_authenticated or used_second_factor(request):
            return None
        if not needs_second_factor(request.user):  # type: ignore[arg-type]
            return None
        if is_mfa_enabled(request.user):
            return to_second_step(request)
        if request.method == "GET":
            request.session[WANTED] = request.get_full_path()
        return redirect("mfa_index")
