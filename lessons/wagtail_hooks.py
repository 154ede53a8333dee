"""What the Wagtail admin says about lessons and what they rest on."""

from __future__ import annotations

from django.http import HttpRequest
from wagtail import hooks
from wagtail.models import Page

from helplines.models import Helpline
from helplines.panels import HOOK
from lessons.claims import claim_of
from lessons.freshness_notes import changed_sources, note_above, tell_what_to_read_again
from lessons.models import LessonPackagePage

hooks.register(HOOK, note_above)


@hooks.register("after_edit_snippet")
def after_a_change_of_a_helpline(request: HttpRequest, instance: object) -> None:
    if isinstance(instance, Helpline):
        tell_what_to_read_again(request, [claim_of(instance)])


@hooks.register("before_publish_page")
def before_a_change_of_sources(request: HttpRequest, page: Page) -> None:
    if isinstance(page, LessonPackagePage):
        tell_what_to_read_again(request, changed_sources(page))
