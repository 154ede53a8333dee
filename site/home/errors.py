"""What somebody sees when it goes wrong on our side."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from helplines.queries import help_page


def server_error(_request: HttpRequest) -> HttpResponse:
    """The 500 page: no request, no session, no database; exit and help numbers still there."""
    context = {"exit_url": settings.EXIT_URL, "helplines": help_page().talk[:3]}
    return HttpResponse(render_to_string("500.html", context), status=500)
