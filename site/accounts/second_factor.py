"""Where allauth's second factors meet our words and rules."""

from __future__ import annotations

from typing import Any

import segno
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.permissions import needs_second_factor


class MFAAdapter(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": _(
            "Voor jouw werk hier zijn twee stappen nodig. Zet eerst een andere tweede stap aan."
        ),
        "incorrect_code": _("Deze code klopt niet. Kijk of het de nieuwste is."),
        "unverified_email": _("Bevestig eerst je e-mailadres."),
    }

    def build_totp_svg(self, url: str) -> str:
        """Inline in the page: a picture in an address is not allowed by our policy."""
        return segno.make(url, error="m", micro=False).svg_inline(scale=5, border=4, light="#fff")

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Not the last one of somebody who must have one."""
        user = authenticator.user
        others = Authenticator.objects.filter(user=user).exclude(pk=authenticator.pk)
        if others.exclude(type=Authenticator.Type.RECOVERY_CODES).exists():
            return True
        return not (settings.SECOND_FACTOR_REQUIRED and needs_second_factor(user))

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:
        count = Authenticator.objects.filter(user=user, type=type).count()
        return gettext("Passkey %(number)d") % {"number": count + 1}

    def get_public_key_credential_rp_entity(self) -> dict[str, Any]:
        return {**super().get_public_key_credential_rp_entity(), "name": "Doorzien"}
