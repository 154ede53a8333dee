"""The site's own addresses, and those of screens that otherwise need an accident."""

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from accounts.forms import SetPasswordForm
from config.urls import handler400 as handler400
from config.urls import handler500 as handler500
from config.urls import urlpatterns as own_urlpatterns
from organisations.forms import TeacherSignupForm
from quizzes.answer_views import refused


def our_fault(_request: HttpRequest) -> HttpResponse:
    raise RuntimeError("meant to go wrong")


def unreadable(_request: HttpRequest) -> HttpResponse:
    raise SuspiciousOperation("nothing of ours sends this")


def busy(request: HttpRequest) -> HttpResponse:
    """As when the disk is full or the database locked (R-06)."""
    return refused(request, 503, "busy", "Nog niet opgeslagen. Probeer het zo nog eens.")


def closed(request: HttpRequest) -> HttpResponse:
    """As in an installation whose adapter lets nobody sign up."""
    return render(request, "account/signup_closed.html")


def refused_elsewhere(request: HttpRequest, reason: str) -> HttpResponse:
    """What somebody sees whom a school vouches for and we do not let in (tests/oidc)."""
    return render(request, "socialaccount/refused.html", {"reason": reason}, status=403)


def failed_elsewhere(request: HttpRequest) -> HttpResponse:
    context = {"name": "De School", "is_down": False}
    return render(request, "socialaccount/authentication_error.html", context)


def new_from_elsewhere(request: HttpRequest) -> HttpResponse:
    form = TeacherSignupForm(request.POST or None, initial={"purpose": "teach"})
    return render(request, "socialaccount/signup.html", {"form": form})


def first_password(request: HttpRequest) -> HttpResponse:
    form = SetPasswordForm(data=request.POST or None, user=request.user)
    return render(request, "account/password_set.html", {"form": form})


urlpatterns = [
    path("ongeluk/fout/", our_fault),
    path("ongeluk/raar/", unreadable),
    path("ongeluk/druk/", busy),
    path("ongeluk/dicht/", closed),
    path("ongeluk/elders/mislukt/", failed_elsewhere),
    path("ongeluk/elders/nieuw/", new_from_elsewhere),
    path("ongeluk/elders/wachtwoord/", first_password),
    path("ongeluk/elders/<slug:reason>/", refused_elsewhere),
    *own_urlpatterns,
]
