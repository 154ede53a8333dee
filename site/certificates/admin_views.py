"""Certificates in Wagtail's admin: to find one by its number, look at it, and revoke it.

The list shows no names. Addresses hold no number of a certificate: that would lead to a name.
"""

from __future__ import annotations

from typing import Any, ClassVar

import django_filters
from django.core.exceptions import PermissionDenied
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic import IndexView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from certificates.actions import AlreadyRevokedError, revoke_certificate
from certificates.forms import RevokeForm
from certificates.models import Certificate
from certificates.numbers import shown, typed
from certificates.permissions import POLICY, RIGHTS, can_manage_certificates
from certificates.validity import State

PER_PAGE = 30
STATES = {
    State.VALID: _("Geldig"),
    State.EXPIRED: _("Verlopen"),
    State.REPLACED: _("Vernieuwd"),
    State.REVOKED: _("Ingetrokken"),
}


def paths_with_certificates() -> list[tuple[str, str]]:
    """Each path once, also one that is gone. 1 query."""
    rows = Certificate.objects.order_by().values("package_key").annotate(name=Max("title"))
    return [(str(row["package_key"]), row["name"]) for row in rows.order_by("name")]


class CertificateFilters(WagtailFilterSet):
    package_key = django_filters.ChoiceFilter(label=_("Leerpad"), choices=paths_with_certificates)
    state = django_filters.ChoiceFilter(
        label=_("Stand"), choices=list(STATES.items()), method="with_state"
    )

    class Meta:
        model = Certificate
        fields: list[str] = []

    def with_state(self, certificates: Any, name: str, value: str) -> Any:
        return certificates.in_state(value, today=timezone.localdate())


def day(name: str) -> Any:
    return lambda certificate: date_format(getattr(certificate, name), "j F Y")


def state_in_words(certificate: Certificate) -> str:
    return str(STATES[certificate.state(today=timezone.localdate())])


class CertificateListView(IndexView):
    """The newest first. As many queries for one as for a thousand."""

    model = Certificate
    permission_policy = POLICY
    any_permission_required: ClassVar = RIGHTS
    page_title = _("Certificaten")
    header_icon = "clipboard-list"
    index_url_name = "certificates_admin"
    index_results_url_name = "certificates_admin_results"
    filterset_class = CertificateFilters
    is_searchable = True
    search_fields: ClassVar = ["public_id"]
    paginate_by = PER_PAGE
    default_ordering = ("-issued_on", "-pk")
    columns = (
        TitleColumn(
            "public_id",
            label=_("Nummer"),
            accessor=lambda certificate: shown(certificate.public_id),
            get_url=lambda certificate: reverse("certificate_admin", args=[certificate.pk]),
        ),
        Column("title", label=_("Leerpad")),
        Column("issued_on", label=_("Uitgegeven op"), accessor=day("issued_on")),
        Column("valid_until", label=_("Geldig tot en met"), accessor=day("valid_until")),
        Column("state", label=_("Stand"), accessor=state_in_words),
    )

    def get_base_queryset(self) -> Any:
        return Certificate.objects.with_renewal()  # type: ignore[attr-defined]

    def search_queryset(self, queryset: Any) -> Any:
        return queryset.numbered(typed(self.search_query)) if self.is_searching else queryset


class CertificateScreen(WagtailAdminTemplateMixin, TemplateView):
    header_icon = "clipboard-list"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not can_manage_certificates(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def certificate(self) -> Certificate:
        """1 query."""
        found = Certificate.objects.with_renewal()  # type: ignore[attr-defined]
        return get_object_or_404(found, pk=self.kwargs["pk"])

    def get_page_subtitle(self) -> str:
        return shown(self.certificate.public_id)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("certificates_admin"), "label": gettext("Certificaten")},
            *self.trail(),
            {"url": "", "label": self.get_page_title(), "sublabel": self.get_page_subtitle()},
        ]

    def trail(self) -> list[dict[str, Any]]:
        return []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "certificate": self.certificate,
            "state": state_in_words(self.certificate),
        }


class CertificateView(CertificateScreen):
    """One certificate, with its holder's name: here it is needed to know which one it is."""

    page_title = _("Certificaat")
    template_name = "certificates/admin/certificate.html"
    http_method_names = ("get", "head", "options")


class RevokeView(CertificateScreen):
    """Asks why, and whether somebody is sure: it cannot be undone."""

    page_title = _("Certificaat intrekken")
    template_name = "certificates/admin/revoke.html"

    def trail(self) -> list[dict[str, Any]]:
        address = reverse("certificate_admin", args=[self.certificate.pk])
        return [{"url": address, "label": shown(self.certificate.public_id)}]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.certificate.revoked_at is not None:
            return redirect("certificate_admin", self.certificate.pk)
        return self.render_to_response(self.get_context_data(form=RevokeForm()))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = RevokeForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        try:
            revoke_certificate(
                certificate=self.certificate,
                reason=form.cleaned_data["reason"],
                now=timezone.now(),
                user=request.user,  # type: ignore[arg-type]
            )
        except AlreadyRevokedError:
            messages.warning(request, gettext("Dit certificaat was al ingetrokken."))
        else:
            messages.success(request, gettext("Het certificaat is ingetrokken."))
        return redirect("certificate_admin", self.certificate.pk)
