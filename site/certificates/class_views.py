"""Diplomas of a class, on paper. Nothing of them is stored."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from certificates.diplomas import finished_packages
from certificates.sheets import diplomas_pdf
from classrooms.access import TeacherRequest, own_classroom
from printing.responses import pdf_or_sorry


@login_required
@require_safe
def diplomas(request: TeacherRequest, classroom: UUID) -> HttpResponse:
    """For which packages there are diplomas. 5 queries, 6 in another language."""
    room = own_classroom(request.user, classroom)
    context = {
        "teacher_page": "classrooms",
        "classroom": room,
        "packages": finished_packages(room),
    }
    return render(request, "certificates/diplomas.html", context)


@login_required
@require_safe
def diplomas_of_package(request: TeacherRequest, classroom: UUID, package: str) -> HttpResponse:
    """A page for each nickname. 5 queries, 6 in another language; nothing of it is kept."""
    room = own_classroom(request.user, classroom)
    found = [one for one in finished_packages(room) if one.package.slug == package]
    if not found or not found[0].nicknames:
        raise Http404
    page = found[0].package
    return pdf_or_sorry(
        request,
        lambda: diplomas_pdf(
            path=page.title,
            language=page.locale.language_code,
            classroom=room.name,
            nicknames=found[0].nicknames,
        ),
        "diplomas.pdf",
    )
