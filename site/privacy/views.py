"""A learner's own data: to see, to take along, to erase."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from accounts.cookies import delete_learner_cookie, learner_token
from privacy.actions import erase_at_own_request
from privacy.own_data import own_data


@require_safe
def data(request: HttpRequest) -> HttpResponse:
    """All that we keep about this learner, to read. 6 queries."""
    token = learner_token(request)
    kept = own_data(token) if token else None
    if kept is None:
        return redirect("accounts:return")
    return render(request, "privacy/data.html", {"kept": kept})


@require_safe
def data_file(request: HttpRequest) -> HttpResponse:
    """The same as a file for a program. 6 queries."""
    token = learner_token(request)
    kept = own_data(token) if token else None
    if kept is None:
        return redirect("accounts:return")
    response = JsonResponse(kept, json_dumps_params={"ensure_ascii": False, "indent": 2})
    response["Content-Disposition"] = 'attachment; filename="mijn-gegevens.json"'
    return response


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: HttpRequest) -> HttpResponse:
    """Asked first; then everything of this learner goes, here and on the device."""
    token = learner_token(request)
    if token is None:
        return redirect("accounts:return")
    if request.method != "POST":
        return render(request, "privacy/erase.html", {"is_done": False})
    if not erase_at_own_request(token=token, now=timezone.now()):
        return redirect("accounts:return")
    response = render(request, "privacy/erase.html", {"is_done": True})
    delete_learner_cookie(response)
    response["Clear-Site-Data"] = '"cache", "storage"'
    return response
