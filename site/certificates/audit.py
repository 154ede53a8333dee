"""What is done with somebody's certificate is written down in Wagtail's log: who, what, when.

The lines hold no name, no number (that leads to a name) and no reason: that stands with the
certificate, and goes with it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from certificates.models import Certificate

if TYPE_CHECKING:
    from accounts.models import User

ACTIONS = {
    "certificates.revoke": (_("Certificaat ingetrokken"), _("Trok een certificaat in")),
}


def write_down(action: str, *, certificate: Certificate, user: User | None) -> None:
    log(
        instance=certificate,
        action=f"certificates.{action}",
        user=user,
        title=certificate.title,
    )
