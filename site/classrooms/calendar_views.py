"""The page on which somebody gets the address for their calendar program, and the calendar."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from classrooms.access import TeacherRequest
from classrooms.calendar_feed import calendar_of, end_feed, feed_at, make_feed
from classrooms.models import CalendarFeed


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def calendar(request: TeacherRequest) -> HttpResponse:
    """Whether there is an address; asked for, a new one, on the screen this once. 1 query, 2 more
    to make one."""
    context: dict[str, Any] = {"teacher_page": "classrooms"}
    if request.method == "POST":
        token = make_feed(user=request.user, now=timezone.now())
        path = reverse("classrooms:calendar_feed", args=[token])
        context["address"] = request.build_absolute_uri(path)
    context["feed"] = CalendarFeed.objects.filter(user=request.user).first()
    response = render(request, "classrooms/calendar.html", context)
    response["Cache-Control"] = "no-store"
    return response


@login_required
@require_POST
def stop(request: TeacherRequest) -> HttpResponse:
    end_feed(user=request.user)
    messages.success(request, _("Je agenda krijgt geen opdrachten meer van deze site."))
    return redirect("classrooms:calendar")


@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """For a calendar program, which cannot sign in: the address is the key. 2 queries."""
    found = feed_at(token)
    if found is None:
        raise Http404
    body = calendar_of(found, host=request.get_host(), now=timezone.now())
    return HttpResponse(
        body,
        content_type="text/calendar; charset=utf-8",
        headers={
            "Cache-Control": "private, no-store",
            "X-Robots-Tag": "noindex",
            "Content-Disposition": 'attachment; filename="doorzien.ics"',
        },
    )
