"""The editor's form of a signal, filled in."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from signals.models import Signal

PLAIN = (
    "slug", "title", "also_called", "theme", "notice", "meaning", "also_possible", "what_to_do",
    "forms", "audience", "position", "owner", "note_for_editor",
)  # fmt: skip


def edit_address(signal: Signal) -> str:
    return reverse("wagtailsnippets_signals_signal:edit", args=[signal.pk])


def form_of(signal: Signal, **changes: Any) -> dict[str, Any]:
    """What the browser sends who publishes it with these changes."""
    form = {
        **{name: getattr(signal, name) for name in PLAIN},
        "checked_on": signal.checked_on.isoformat(),
        "check_by": signal.check_by.isoformat(),
        "sources-count": str(len(signal.sources)),
        "action-publish": "1",
    }
    for number, source in enumerate(signal.sources):
        at = f"sources-{number}"
        form |= {f"{at}-deleted": "", f"{at}-order": str(number), f"{at}-type": "source"}
        form |= {f"{at}-id": source.id, f"{at}-value-title": source.value["title"]}
        form |= {f"{at}-value-url": source.value["url"]}
    return {**form, **changes}
