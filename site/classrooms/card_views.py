"""A card for each learner with a new return code, to print and cut."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.tickets import new_ticket, read_ticket
from classrooms.access import TeacherRequest, own_classroom
from classrooms.actions import replace_return_codes


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def cards(request: TeacherRequest, classroom: UUID) -> HttpResponse:
    """Asks first: printing closes the codes of before. A double click prints the same ones.

    6 queries per learner.
    """
    room = own_classroom(request.user, classroom)
    ticket = read_ticket(request.POST.get("ticket", "")) if request.method == "POST" else None
    context = {
        "teacher_page": "classrooms",
        "classroom": room,
        "learner_count": room.enrolments.current().count(),  # type: ignore[attr-defined]
    }
    if ticket is None:
        context["ticket"] = new_ticket()
        return render(request, "classrooms/cards_asked.html", context)
    context |= {
        "cards": replace_return_codes(classroom=room, user=request.user, ticket=ticket),
        "short_address": request.get_host() + reverse("accounts:return"),
    }
    return render(request, "classrooms/cards.html", context)
