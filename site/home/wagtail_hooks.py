"""What goes for every editor's form in the Wagtail admin."""

from __future__ import annotations

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks


@hooks.register("insert_editor_js")
def what_saving_by_itself_must_not_do() -> SafeString:
    return format_html('<script type="module" src="{}"></script>', static("js/admin/saving.js"))
