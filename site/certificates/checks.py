"""Tells an operator that badges cannot be signed."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Info, register

from certificates.badge_keys import NoBadgeKeyError, UnreadableKeyError, badge_keys, signing_key


@register(deploy=True)
def badge_key_is_there(**_kwargs: Any) -> list[CheckMessage]:
    """A missing key leaves out the badges and nothing else; one that is broken is a mistake."""
    if settings.BADGE_KEY_MADE_WHEN_MISSING:
        return []
    try:
        badge_keys()
        signing_key()
    except UnreadableKeyError as error:
        return [
            Error(f"The badge key {error} cannot be used.", id="doorzien.E002",
                  hint="It must be a PEM on the curve P-256 that the site may read.")
        ]  # fmt: skip
    except NoBadgeKeyError:
        return [
            Info("There is no key to sign badges with.", id="doorzien.I001",
                 hint="Run manage.py make_badge_key, and keep a copy.")
        ]  # fmt: skip
    return []
