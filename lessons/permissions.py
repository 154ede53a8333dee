"""Who may take packages out of the site and bring them in."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from wagtail.permission_policies import ModelPermissionPolicy

from lessons.models import CataloguePage, LessonPackagePage
from media.models import Recording
from quizzes.permissions import POLICY as QUIZZES

RECORDINGS = ModelPermissionPolicy(Recording)


def can_export_package(user: Any, page: LessonPackagePage) -> bool:
    """Who may change it: the teacher's notes and the keys of its quizzes go along."""
    return bool(page.permissions_for_user(user).can_edit())


def can_import_packages(user: Any) -> bool:
    """Who may do one by one what an import does at once: add and publish packages and quizzes.

    At most 6 queries; every page of the admin asks it, so what needs none comes first.
    """
    if not user.is_active:
        return False
    if user.is_superuser:
        return True
    if not (
        user.has_perm("wagtailadmin.access_admin")
        and all(QUIZZES.user_has_permission(user, name) for name in ("add", "change", "publish"))
        and RECORDINGS.user_has_permission(user, "add")
    ):
        return False
    catalogue = CataloguePage.objects.filter(locale__language_code=settings.LANGUAGE_CODE).first()
    if catalogue is None:
        return False
    pages = catalogue.permissions_for_user(user)
    return bool(pages.can_add_subpage() and pages.can_publish_subpage())
