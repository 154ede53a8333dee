"""What this app hears of allauth."""

from __future__ import annotations

from typing import Any

from allauth.usersessions.models import UserSession
from django.db.models.signals import pre_save
from django.dispatch import receiver

from accounts.devices import device_of

NO_ADDRESS = "0.0.0.0"  # noqa: S104  (the column may not be empty)


@receiver(pre_save, sender=UserSession)
def keep_only_the_device(instance: UserSession, **_kwargs: Any) -> None:
    """allauth would keep address, version and model of whoever signs in; we need none."""
    instance.ip = NO_ADDRESS
    instance.user_agent = device_of(instance.user_agent)
