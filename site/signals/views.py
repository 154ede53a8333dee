"""The list of signals, and the page of each."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_safe

from helplines.queries import help_page
from signals.listing import signal_listing
from signals.queries import all_signals, find_signal


@require_safe
def signal_list(request: HttpRequest) -> HttpResponse:
    """All signals, or those of one form or for one group of people. No query when warm."""
    language = translation.get_language()
    listing = signal_listing(
        all_signals(language), form=request.GET.get("vorm", ""), reader=request.GET.get("voor", "")
    )
    return render(request, "signals/list.html", {"listing": listing, "helplines": near_help()})


@require_safe
def signal_page(request: HttpRequest, signal: str) -> HttpResponse:
    """What one may see, what it can mean and what else, what to do. No query when warm."""
    language = translation.get_language()
    shown = find_signal(signal, language)
    if shown is None:
        raise Http404
    others = [
        other
        for other in all_signals(language)
        if other.theme == shown.theme and other.slug != signal
    ]
    context = {"signal": shown, "others": others, "helplines": near_help()}
    return render(request, "signals/signal.html", context)


def near_help() -> list[object]:
    """For danger now, and two to talk to. No query when warm."""
    page = help_page()
    return [*page.acute[:1], *page.talk[:2]]
