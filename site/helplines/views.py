"""The help page, which every page links to."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html_join
from django.views.decorators.http import require_safe
from wagtail import hooks

from helplines.queries import OWN_HELP_HOOK, help_page


@require_safe
def help_view(request: HttpRequest) -> HttpResponse:
    """Who helps, most urgent first. No query when warm, for a learner 1; works without a
    database."""
    own = format_html_join("", "{}", ((hear(request),) for hear in hooks.get_hooks(OWN_HELP_HOOK)))
    return render(request, "helplines/help.html", {"page": help_page(), "own": own})
