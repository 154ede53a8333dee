"""Signing out takes the learner along: the next at this device is somebody else."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.signals import user_logged_out
from django.dispatch import receiver

from accounts.actions import end_cookies_of
from accounts.models import User


@receiver(user_logged_out)
def learner_leaves_too(*, user: User | None, **_kwargs: Any) -> None:
    if user is not None:
        end_cookies_of(user=user)
