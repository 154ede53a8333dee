"""What goes for every editor's form in the Wagtail admin."""

from __future__ import annotations

from django.templatetags.static import static
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from wagtail import hooks

SCRIPTS = ("js/admin/saving.js", "js/admin/preview.js")


@hooks.register("insert_editor_js")
def what_wagtail_leaves_to_chance() -> SafeString:
    """Its saving by itself, and the mode of its preview."""
    return format_html_join(
        "", '<script type="module" src="{}"></script>', ((static(name),) for name in SCRIPTS)
    )
