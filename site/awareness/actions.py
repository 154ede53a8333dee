"""Everything that writes what municipalities say."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.db.models import QuerySet
from wagtail.log_actions import log

from accounts.models import User
from awareness.models import LocalText
from lessons.blocks import SHORT_FEATURES
from lessons.rich_text import to_html

WRITTEN = "awareness.write"
TAKEN_AWAY = "awareness.take_away"


@transaction.atomic
def write_local_texts(
    *,
    municipality: str,
    slot: str,
    texts: Mapping[str, str],
    owner: str,
    check_by: date,
    user: User | None,
) -> None:
    """Shows these texts, by language, from now on; an empty one takes that language away.

    What stays the same is left alone. 2 queries, and 3 for each text that changes. Raises
    ``lessons.rich_text.UnusableMarkdownError``; then nothing was written.
    """
    shown = {one.language: one for one in _shown(municipality, slot)}
    for language, text in texts.items():
        old, new = shown.get(language), text.strip()
        if old and (new, owner, check_by) == (old.text, old.owner, old.check_by):
            continue
        if old:
            _take_away([old], user)
        if new:
            made = LocalText.objects.create(
                municipality_code=municipality,
                slot=slot,
                language=language,
                text=new,
                html=to_html(new, SHORT_FEATURES),
                owner=owner,
                check_by=check_by,
            )
            log(instance=made, action=WRITTEN, user=user)


@transaction.atomic
def take_away_local_texts(*, municipality: str, slot: str, user: User | None) -> None:
    """The national text again, in every language; what was shown is kept. At most 7 queries."""
    _take_away(list(_shown(municipality, slot)), user)


def _shown(municipality: str, slot: str) -> QuerySet[LocalText]:
    shown = LocalText.objects.filter(municipality_code=municipality, slot=slot, is_current=True)
    return shown.select_for_update()


def _take_away(texts: list[LocalText], user: User | None) -> None:
    LocalText.objects.filter(pk__in=[one.pk for one in texts]).update(is_current=False)
    for one in texts:
        log(instance=one, action=TAKEN_AWAY, user=user)
