"""Certificates in Wagtail's admin, and what is done there in the words of its log."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from certificates.admin_views import CertificateListView, CertificateView, RevokeView
from certificates.after_check import what_now
from certificates.audit import ACTIONS
from certificates.permissions import can_manage_certificates
from quizzes.signals import AFTER_CHECK_HOOK

hooks.register(AFTER_CHECK_HOOK, what_now)


@hooks.register("register_admin_urls")
def certificate_addresses() -> list[URLPattern]:
    one = "certificaten/<int:pk>/"
    return [
        path("certificaten/", CertificateListView.as_view(), name="certificates_admin"),
        path(
            "certificaten/lijst/",
            CertificateListView.as_view(results_only=True),
            name="certificates_admin_results",
        ),
        path(one, CertificateView.as_view(), name="certificate_admin"),
        path(f"{one}intrekken/", RevokeView.as_view(), name="certificate_admin_revoke"),
    ]


class CertificatesMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return can_manage_certificates(request.user)


@hooks.register("register_admin_menu_item")
def certificates_in_menu() -> MenuItem:
    return CertificatesMenuItem(
        _("Certificaten"),
        reverse("certificates_admin"),
        name="certificates",
        icon_name="clipboard-list",
        order=310,
    )


@hooks.register("register_log_actions")
def name_actions(actions: Any) -> None:
    for name, (label, message) in ACTIONS.items():
        actions.register_action(name, label, message)
