"""The help page, which every page links to."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from helplines.queries import help_page


@require_safe
def help_view(request: HttpRequest) -> HttpResponse:
    """Who helps, most urgent first. No query when warm; works without a database."""
    return render(request, "helplines/help.html", {"page": help_page()})
