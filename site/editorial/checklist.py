"""What somebody looks at before a lesson or quiz goes to young people.

In a class sits somebody who goes through it, and perhaps who does it to them (P-35).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Point:
    """``name`` is kept for ever: a judgement of years ago is read by it."""

    name: str
    label: Any
    hint: Any


CHECKLIST = (
    Point(
        "no_blame",
        _("Niemand krijgt de schuld van wat hem of haar is aangedaan"),
        _("Ook niet tussen de regels: geen ‘had je maar’, geen ‘waarom ging je mee?’."),
    ),
    Point(
        "no_scare",
        _("Het maakt niet bang"),
        _("Geen heftige details, geen dreiging, geen beelden die blijven hangen."),
    ),
    Point(
        "no_recipe",
        _("Wie kwaad wil, leert er niets van"),
        _("Geen uitleg hoe iemand werft of dwingt, geen prijzen, geen namen van apps of plekken."),
    ),
    Point(
        "boys_and_girls",
        _("Jongens en meisjes kunnen zich er allebei in herkennen"),
        _("Elk kan het overkomen, en elk kan het doen. Herkomst is nooit een signaal."),
    ),
    Point(
        "exit_and_help",
        _("Hulp is in beeld, en weggaan kan altijd"),
        _("Kijk in het voorbeeld: hulp bij elke stap die raakt, overslaan zonder gevolg."),
    ),
)
NAMES = tuple(point.name for point in CHECKLIST)


def labels(names: Collection[str]) -> list[str]:
    """In the order of the list; a name that is no longer on it as it is."""
    known = {point.name: str(point.label) for point in CHECKLIST}
    ordered = [name for name in NAMES if name in names]
    return [known.get(name, name) for name in (*ordered, *sorted(set(names) - set(NAMES)))]


def judgement(*, failing: Collection[str], comment: str, is_approved: bool) -> str:
    """What was found, in one sentence and what the reviewer wrote."""
    found = ""
    if failing:
        found = gettext("Niet in orde: %(points)s.") % {"points": "; ".join(labels(failing))}
    elif is_approved:
        found = gettext("Alle punten van de lijst zijn in orde.")
    return " ".join(part for part in (found, comment) if part)
