"""What somebody sees when it goes wrong, and no page can be trusted to work."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from helplines.queries import help_page


def server_error(_request: HttpRequest) -> HttpResponse:
    """The 500 page: no request, no session, no database; exit and help numbers still there."""
    return _page("500.html", 500)


def unreadable_request(_request: HttpRequest, exception: Exception) -> HttpResponse:
    """The 400 page: something was sent that no page of ours sends."""
    return _page("400.html", 400)


def _page(template: str, status: int) -> HttpResponse:
    context = {"exit_url": settings.EXIT_URL, "helplines": help_page().talk[:3]}
    return HttpResponse(render_to_string(template, context), status=status)
