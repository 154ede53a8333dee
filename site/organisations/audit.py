"""What coordinators do is written down in Wagtail's log: who, what, when, in which organisation.

The lines hold no address and no name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from organisations.models import Organisation

if TYPE_CHECKING:
    from accounts.models import User

ACTIONS = {
    "organisations.invite": (_("Collega uitgenodigd"), _("Nodigde een collega uit")),
    "organisations.revoke": (_("Uitnodiging ingetrokken"), _("Trok een uitnodiging in")),
    "organisations.accept": (_("Uitnodiging aangenomen"), _("Nam een uitnodiging aan")),
    "organisations.arrive": (
        _("Collega via de eigen inlog"),
        _("Logde voor het eerst in bij de organisatie zelf"),
    ),
    "organisations.suspend": (_("Collega geschorst"), _("Schorste een collega")),
    "organisations.resume": (_("Collega weer toegelaten"), _("Liet een collega weer toe")),
    "organisations.change_role": (_("Rol veranderd"), _("Veranderde de rol van een collega")),
    "organisations.leave": (_("Collega weg"), _("Een collega hoort niet meer bij de organisatie")),
    "organisations.merge": (_("Organisaties samengevoegd"), _("Voegde een organisatie samen")),
    "organisations.unmerge": (
        _("Samenvoegen teruggedraaid"),
        _("Draaide het samenvoegen van een organisatie terug"),
    ),
}


def write_down(action: str, *, organisation: Organisation, user: User | None, **about: Any) -> None:
    log(
        instance=organisation,
        action=f"organisations.{action}",
        user=user,
        data={name: str(value) for name, value in about.items()} or None,
    )
