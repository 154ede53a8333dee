"""What the Wagtail admin says about lessons and what they rest on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from editorial import texts
from editorial.reasons import asks_for_reason
from helplines.models import Helpline
from helplines.panels import HOOK
from lessons.blocks import StepContentBlock
from lessons.claims import claim_of, uses_of
from lessons.easy_notes import easy_note
from lessons.freshness_notes import (
    changed_sources,
    in_words,
    note_above,
    tell_what_to_read_again,
)
from lessons.language_views import LessonReasonView
from lessons.models import LessonPackagePage, LessonPage
from lessons.package_views import ExportFileView, ExportView, ImportView, PreviewView
from lessons.package_writing import is_original
from lessons.permissions import can_export_package, can_import_packages
from lessons.reading_texts import lesson_texts
from lessons.signal_claims import claim_of_signal
from lessons.stale import stale_note
from signals.models import Signal

hooks.register(HOOK, note_above)
hooks.register(HOOK, stale_note)
hooks.register(HOOK, easy_note)
hooks.register(texts.HOOK, lesson_texts)


@hooks.register("after_edit_snippet")
def after_a_change_of_a_helpline(request: HttpRequest, instance: object) -> None:
    if isinstance(instance, Helpline):
        tell_what_to_read_again(request, [claim_of(instance)])


@hooks.register("after_edit_snippet")
def after_a_change_of_a_signal(request: HttpRequest, instance: object) -> None:
    """Not after a draft: readers see what they saw before."""
    if not isinstance(instance, Signal):
        return
    now = Signal.objects.get(pk=instance.pk)
    if now.live and not now.has_unpublished_changes:
        tell_what_to_read_again(request, [claim_of_signal(now.source)])


@hooks.register("before_delete_snippet")
def before_a_signal_goes(request: HttpRequest, instances: list[object]) -> HttpResponse | None:
    """What a lesson or quiz leads to stays; a translation may go."""
    signals = [one for one in instances if isinstance(one, Signal) and one.source.pk == one.pk]
    for claim, uses in uses_of([claim_of_signal(signal) for signal in signals]).items():
        if uses:
            told = _("‘%(signal)s’ kan niet weg. Het staat nog in: %(places)s.")
            places = ", ".join(map(in_words, uses))
            messages.error(request, told % {"signal": claim.title, "places": places})
            return redirect("wagtailsnippets_signals_signal:edit", claim.pk)
    return None


@hooks.register("before_bulk_action")
def before_many_signals_go(
    request: HttpRequest, action_type: str, objects: list[object], _action: object
) -> HttpResponse | None:
    return before_a_signal_goes(request, objects) if action_type == "delete" else None


@hooks.register("before_publish_page")
def before_a_change_of_sources(request: HttpRequest, page: Page) -> None:
    if isinstance(page, LessonPackagePage):
        tell_what_to_read_again(request, changed_sources(page))


@hooks.register("register_admin_urls")
def language_addresses() -> list[URLPattern]:
    view = LessonReasonView.as_view()
    return [path("taal/les/<int:pk>/<int:revision>/", view, name="lesson_language")]


@hooks.register("register_admin_urls")
def package_addresses() -> list[URLPattern]:
    preview = PreviewView.as_view()
    export = "lespakketten/<int:pk>/uitvoeren/"
    return [
        path("lespakketten/inlezen/", ImportView.as_view(), name="package_import"),
        path("lespakketten/inlezen/<uuid:key>/", preview, name="package_import_preview"),
        path(export, ExportView.as_view(), name="package_export"),
        path(f"{export}bestand/", ExportFileView.as_view(), name="package_export_file"),
    ]


@hooks.register("register_icons")
def pictures_of_blocks(icons: list[str]) -> list[str]:
    """A drawing of its own for each kind of block, for the list in which an editor chooses."""
    names = {block.meta.icon for block in StepContentBlock.base_blocks.values()}
    return [*icons, *(f"lessons/icons/{name.removeprefix('block-')}.svg" for name in names)]


@hooks.register("insert_global_admin_css")
def size_of_pictures_of_blocks() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin/block-chooser.css"))


class ImportMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return can_import_packages(request.user)


@hooks.register("register_admin_menu_item")
def import_in_menu() -> MenuItem:
    address = reverse("package_import")
    return ImportMenuItem(
        _lazy("Lespakket inlezen"), address, name="package-import", icon_name="upload", order=220
    )


@hooks.register("register_page_header_buttons")
@hooks.register("register_page_listing_more_buttons")
def export_button(page: Page, user: Any, **_options: Any) -> Iterator[Button]:
    """Beside Wagtail's own: above the page, and in the list of packages."""
    package = page.specific_deferred
    if not isinstance(package, LessonPackagePage):
        return
    if is_original(package) and can_export_package(user, package):
        address = reverse("package_export", args=[page.pk])
        yield Button(_("Pakket exporteren"), address, icon_name="download", priority=70)


@hooks.register("before_publish_page")
def before_hard_language_goes_online(request: HttpRequest, page: Page) -> HttpResponse | None:
    """The draft is saved; a reason is asked for before learners see it."""
    if isinstance(page, LessonPage) and asks_for_reason(page.get_latest_revision()):
        return redirect("lesson_language", page.pk, page.latest_revision_id)
    return None


@hooks.register("before_bulk_action")
def before_many_lessons_go_online(
    request: HttpRequest, action_type: str, objects: list[Page], _action: object
) -> HttpResponse | None:
    if action_type != "publish":
        return None
    lessons = LessonPage.objects.filter(pk__in=[page.pk for page in objects])
    hard = [one.title for one in lessons if asks_for_reason(one.get_latest_revision())]
    if not hard:
        return None
    told = _("Publiceer deze lessen een voor een; de taal vraagt om een reden: %(titles)s")
    messages.error(request, told % {"titles": ", ".join(hard)})
    return redirect(request.get_full_path())
