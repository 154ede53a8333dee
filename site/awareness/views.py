"""A municipality's editor writes what lessons say about help nearby."""

from __future__ import annotations

from typing import Any

import segno
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from awareness.access import own_municipality, place_in
from awareness.actions import take_away_local_texts, write_local_texts
from awareness.forms import LocalTextForm
from awareness.queries import history, places
from classrooms.access import TeacherRequest
from organisations.municipalities import municipalities
from organisations.permissions import municipalities_of


@login_required
@require_safe
def start(request: TeacherRequest) -> HttpResponse:
    """To the one municipality somebody writes for, or a choice. 1 query."""
    own = municipalities_of(request.user)
    found = [one for code, one in municipalities().items() if code in own]
    if len(found) == 1:
        return redirect("awareness:texts", found[0].code)
    return render(request, "awareness/start.html", {"municipalities": found})


@login_required
@require_safe
def local_texts(request: TeacherRequest, municipality: str) -> HttpResponse:
    """Every place in lessons that a municipality can fill. 4 queries."""
    own = own_municipality(request.user, municipality)
    today = timezone.localdate()
    rows = [(place, place.is_due(today)) for place in places(own.code)]
    context = {
        "municipality": own,
        "rows": rows,
        "filled": sum(bool(place.texts) for place, _is_due in rows),
        "languages": settings.LANGUAGES,
        "shared_address": shared_address(request, own.code),
    }
    return render(request, "awareness/texts.html", context)


def shared_address(request: HttpRequest, municipality: str) -> str:
    """What a municipality puts on a poster or its own site."""
    return request.build_absolute_uri(reverse("place:municipality", args=[municipality]))


@login_required
@require_safe
def qr(request: TeacherRequest, municipality: str) -> HttpResponse:
    """The same address, to scan. 1 query."""
    own = own_municipality(request.user, municipality)
    picture = segno.make(shared_address(request, own.code), error="m", micro=False)
    svg = picture.svg_inline(scale=8, border=2, dark="#000", light="#fff", omitsize=True)
    svg = svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    return HttpResponse(svg, content_type="image/svg+xml")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def local_text(request: TeacherRequest, municipality: str, slot: str) -> HttpResponse:
    """One place, in every language of the site. 5 queries, and at most 11 to write."""
    own = own_municipality(request.user, municipality)
    place = place_in(own, slot)
    today = timezone.localdate()
    sent = request.POST if request.method == "POST" else None
    form = LocalTextForm(sent, texts=place.texts, today=today)
    if request.method == "POST" and form.is_valid():
        texts = form.texts()
        where: dict[str, Any] = {"municipality": own.code, "slot": slot, "user": request.user}
        if any(texts.values()):
            kept = {name: form.cleaned_data[name] for name in ("owner", "check_by")}
            write_local_texts(texts=texts, **kept, **where)
            messages.success(request, _("Opgeslagen. Klassen in jouw gemeente zien deze tekst nu."))
        else:
            take_away_local_texts(**where)
            messages.success(
                request, _("De tekst is weg. Klassen in jouw gemeente zien de landelijke tekst.")
            )
        return redirect("awareness:text", own.code, slot)
    context = {
        "municipality": own,
        "place": place,
        "form": form,
        "shown": [(text, text.is_due(today)) for text in place.texts.values()],
        "history": history(own.code, slot),
    }
    return render(request, "awareness/text.html", context, status=422 if form.errors else 200)
