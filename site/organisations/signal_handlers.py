"""What this app hears of allauth."""

from __future__ import annotations

from typing import Any

import structlog
from allauth.account.signals import user_signed_up
from allauth.socialaccount.signals import social_account_added
from django.dispatch import receiver

from organisations.actions import arrive
from organisations.models import Organisation

log = structlog.get_logger("doorzien.sign_in")


@receiver(user_signed_up)
@receiver(social_account_added)
def give_the_role(sociallogin: Any = None, **_more: Any) -> None:
    """Once, when an account and a school's own sign-in become one: what the school said then.

    After that its coordinators decide; a role that they took away does not come back by itself.
    """
    if sociallogin is None or not sociallogin.state.get("is_teacher"):
        return
    wanted = sociallogin.state["organisation"]
    if not wanted:
        return
    organisation = Organisation.objects.filter(public_id=wanted).first()
    if organisation is None:
        log.error("organisation_of_provider_missing", provider=sociallogin.account.provider)
        return
    arrive(user=sociallogin.user, organisation=organisation)
