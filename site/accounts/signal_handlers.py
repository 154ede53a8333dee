"""What this app hears of allauth."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from allauth.usersessions.models import UserSession
from django.db.models.signals import pre_save
from django.dispatch import receiver
from django.http import HttpRequest

from accounts.devices import device_of
from accounts.models import User

NO_ADDRESS = "0.0.0.0"  # noqa: S104  (the column may not be empty)


@receiver(pre_save, sender=UserSession)
def keep_only_the_device(instance: UserSession, **_kwargs: Any) -> None:
    """allauth would keep address, version and model of whoever signs in; we need none."""
    instance.ip = NO_ADDRESS
    instance.user_agent = device_of(instance.user_agent)


@receiver(authenticator_added)
def count_the_first_use(
    request: HttpRequest, user: User, authenticator: Authenticator, **_kwargs: Any
) -> None:
    """Who sets up a second step shows it in doing so: this session has used it."""
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        record_authentication(request, user, "mfa", type=authenticator.type, id=authenticator.pk)
