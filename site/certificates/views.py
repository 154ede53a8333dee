"""A holder's own certificates."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from certificates.access import own_certificate
from certificates.actions import delete_certificate
from certificates.badge_keys import NoBadgeKeyError, signing_key
from certificates.badges import signed_badge
from certificates.coordinator_reminders import organisations_that_hear
from certificates.forms_of_exploitation import form_name
from certificates.models import Certificate
from certificates.paths import paths_for
from certificates.sheets import certificate_pdf, verify_address
from classrooms.access import TeacherRequest
from lessons.models import LessonPackagePage
from printing.responses import pdf_or_sorry


@login_required
@require_safe
def own_certificates(request: TeacherRequest) -> HttpResponse:
    """The newest first, and paths that still give one. 3 queries, 4 in another language."""
    today = timezone.localdate()
    own = Certificate.objects.of(request.user).with_renewal()
    context = {
        "teacher_page": "certificates",
        "rows": [(one, one.state(today=today)) for one in own],
        "paths": paths_for(request.user),
    }
    return render(request, "certificates/list.html", context)


@login_required
@require_safe
def certificate(request: TeacherRequest, certificate: str) -> HttpResponse:
    """One certificate, to read, print and share. At most 3 queries."""
    own = own_certificate(request.user, certificate)
    today = timezone.localdate()
    package = LessonPackagePage.objects.live().filter(key=own.package_key).first()
    is_newest = own.replacement is None
    ends = is_newest and own.revoked_at is None
    context = {
        "teacher_page": "certificates",
        "certificate": own,
        "state": own.state(today=today),
        "forms": [(form_name(name), day) for name, day in own.dated_forms],
        "verify_address": verify_address(own),
        "package": package,
        "may_renew": is_newest and package is not None and own.may_be_renewed(today=today),
        "has_badge": has_badges(),
        "organisations": organisations_that_hear(request.user) if ends else [],
    }
    return render(request, "certificates/certificate.html", context)


def has_badges() -> bool:
    try:
        signing_key()
    except NoBadgeKeyError:
        return False
    return True


@login_required
@require_safe
def pdf(request: TeacherRequest, certificate: str) -> HttpResponse:
    """1 query, and a second to set it; nothing of it is kept."""
    own = own_certificate(request.user, certificate)
    return pdf_or_sorry(request, lambda: certificate_pdf(own), "certificaat.pdf")


@login_required
@require_safe
def badge(request: TeacherRequest, certificate: str) -> HttpResponse:
    """As an Open Badge 3.0, for a wallet or a portfolio. 1 query."""
    own = own_certificate(request.user, certificate)
    try:
        signed = signed_badge(own)
    except NoBadgeKeyError as error:
        raise Http404 from error
    response = HttpResponse(signed, content_type="application/vc+jwt")
    response["Content-Disposition"] = 'attachment; filename="certificaat.jwt"'
    return response


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: TeacherRequest, certificate: str) -> HttpResponse:
    own = own_certificate(request.user, certificate)
    if request.method != "POST":
        context = {"teacher_page": "certificates", "certificate": own}
        return render(request, "certificates/delete.html", context)
    delete_certificate(certificate=own)
    messages.success(
        request, _("Het certificaat is weg. Wie de QR-code nakijkt, vindt niets meer.")
    )
    return redirect("certificates:list")
