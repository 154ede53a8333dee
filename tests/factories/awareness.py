"""What municipalities wrote."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from awareness.actions import write_local_texts
from awareness.queries import clear_memory

UTRECHT, GRONINGEN = "GM0344", "GM0014"


def write_local(municipality: str, slot: str = "lokale-hulp", **texts: str) -> None:
    """As a municipality does it, and seen at once."""
    write_local_texts(
        municipality=municipality,
        slot=slot,
        texts=texts,
        owner="beleid zorg",
        check_by=timezone.localdate() + timedelta(days=90),
        user=None,
    )
    clear_memory()
