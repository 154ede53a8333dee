"""Where the teacher's organisation is."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from classrooms.access import TeacherRequest
from classrooms.municipality_forms import MunicipalityForm
from classrooms.permissions import organisation_role
from organisations.actions import settle_organisation


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def municipality(request: TeacherRequest) -> HttpResponse:
    """Lessons show pupils the help of this municipality. 1 query, and 1 to write."""
    role = organisation_role(request.user)
    if role is None:
        return redirect("classrooms:list")
    organisation = role.organisation
    form = MunicipalityForm(
        request.POST if request.method == "POST" else None,
        initial={"municipality": organisation.municipality_code},
    )
    if request.method == "POST" and form.is_valid():
        settle_organisation(
            organisation=organisation, municipality=form.cleaned_data["municipality"]
        )
        messages.success(request, _("Opgeslagen. Lessen tonen nu wat jullie gemeente schreef."))
        return redirect("classrooms:list")
    context = {"teacher_page": "classrooms", "organisation": organisation, "form": form}
    status = 422 if form.errors else 200
    return render(request, "classrooms/municipality.html", context, status=status)
