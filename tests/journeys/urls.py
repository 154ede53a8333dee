"""The site's own addresses, and those of screens that otherwise need an accident."""

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from config.urls import handler400 as handler400
from config.urls import handler500 as handler500
from config.urls import urlpatterns as own_urlpatterns
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


urlpatterns = [
    path("ongeluk/fout/", our_fault),
    path("ongeluk/raar/", unreadable),
    path("ongeluk/druk/", busy),
    path("ongeluk/dicht/", closed),
    *own_urlpatterns,
]
