"""Making a class ready for a lesson that can touch somebody deeply."""

from __future__ import annotations

from django.db import transaction

from accounts.models import User
from classrooms.audit import write_down
from classrooms.models import Assignment, Classroom, Preparation
from classrooms.preparedness import HelpOnSite, is_sensitive
from lessons.models import LessonPackagePage, LessonPage
from lessons.queries import packages_holding
from quizzes.models import Quiz


def asks_for_preparation(thing: LessonPackagePage | LessonPage | Quiz) -> bool:
    """Whether this opens only after the teacher has answered. At most 2 queries.

    A quiz may hold a story as well as a lesson: it is as sensitive as the lessons that it is in.
    """
    if isinstance(thing, LessonPackagePage):
        return is_sensitive(thing.sensitivity)
    if isinstance(thing, LessonPage):
        packages = LessonPackagePage.objects.parent_of(thing)
    else:
        packages = packages_holding(thing)
    return any(map(is_sensitive, packages.values_list("sensitivity", flat=True)))


@transaction.atomic
def prepare_classroom(
    *, classroom: Classroom, help_on_site: HelpOnSite, user: User | None
) -> Preparation:
    """Keeps what the teacher arranged, and opens all that waited for it. 4 queries.

    What was arranged before stays as history; a learner sees the newest.
    """
    # One at a time: two tabs may both be sent.
    Classroom.objects.select_for_update().get(pk=classroom.pk)
    Preparation.objects.filter(classroom=classroom, is_current=True).update(is_current=False)
    preparation = Preparation.objects.create(
        classroom=classroom,
        contact_role=help_on_site.role,
        contact_place=help_on_site.place,
        aftercare=help_on_site.aftercare,
    )
    Assignment.objects.filter(classroom=classroom, waits_for_preparation=True).update(
        waits_for_preparation=False
    )
    write_down("prepare", classroom=classroom, user=user)
    return preparation
