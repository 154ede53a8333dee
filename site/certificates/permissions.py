"""Who may look for certificates of others and revoke them. A holder reaches their own:
``certificates.access``."""

from __future__ import annotations

from typing import Any

from wagtail.permissions import page_permission_policy

POLICY = page_permission_policy
RIGHTS = ["add", "change", "publish"]


def can_manage_certificates(user: Any) -> bool:
    """Who writes or publishes the pages of the whole country, and operators. Whoever writes for
    a municipality has no part in those."""
    return POLICY.user_has_any_permission(user, RIGHTS)
