"""Everything that writes helplines, apart from Wagtail's own editor."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import transaction
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry

from helplines.helpline_file import HelplineEntry
from helplines.models import Helpline

LOADED = "helplines.load"


@dataclass
class Loaded:
    """What a load did, by slug."""

    created: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    left_alone: list[str] = field(default_factory=list)  # changed by an editor since


def _edited_since_load(helpline: Helpline) -> bool:
    """Whether somebody saved it in the admin after it was last loaded. 1 query."""
    last = (
        ModelLogEntry.objects.for_instance(helpline)
        .filter(action__in=["wagtail.create", "wagtail.edit", LOADED])
        .order_by("-timestamp", "-pk")
        .values_list("action", flat=True)
        .first()
    )
    return last in {"wagtail.create", "wagtail.edit"}


@transaction.atomic
def load_helplines(*, entries: Iterable[HelplineEntry], overwrite: bool = False) -> Loaded:
    """Makes the table say what the file says; all of it or nothing.

    What an editor changed is left alone and reported, unless ``overwrite``. A helpline
    that is not in the file stays. 1 query, and 3 to 4 for each one that differs.
    """
    loaded = Loaded()
    known = {helpline.slug: helpline for helpline in Helpline.objects.all()}
    for entry in entries:
        wanted = entry.columns()
        helpline = known.get(entry.slug)
        if helpline is None:
            helpline = Helpline(slug=entry.slug, **wanted)
            loaded.created.append(entry.slug)
        elif all(getattr(helpline, name) == value for name, value in wanted.items()):
            loaded.unchanged.append(entry.slug)
            continue
        elif not overwrite and _edited_since_load(helpline):
            loaded.left_alone.append(entry.slug)
            continue
        else:
            for name, value in wanted.items():
                setattr(helpline, name, value)
            loaded.updated.append(entry.slug)
        helpline.full_clean()
        helpline.save()
        log(helpline, LOADED)
    return loaded
