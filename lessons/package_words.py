"""What editors read about a package that comes in: why it is refused, and what differs where."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy

from lessons.package_archive import Refusal
from lessons.package_differences import Difference, Place
from lessons.package_plan import CHANGED, KEPT, NEW, UNCHANGED
from quizzes.differences import Words, marked_words

REFUSALS = {
    "no_zip": gettext_lazy("Dit is geen zipbestand."),
    "broken": gettext_lazy("Het zipbestand is beschadigd. Maak het opnieuw."),
    "too_large": gettext_lazy("Het zipbestand is groter dan 60 MB."),
    "too_large_inside": gettext_lazy("Uitgepakt is het groter dan 120 MB."),
    "too_much_text": gettext_lazy("Er staat te veel tekst in voor één pakket."),
    "too_many": gettext_lazy("Er staan meer dan 400 bestanden in."),
    "no_package": gettext_lazy("Er staat geen package.yaml in. Dit is geen lespakket."),
    "outside": gettext_lazy("Deze naam wijst naar een plek buiten het pakket."),
    "link": gettext_lazy("Dit is geen bestand maar een verwijzing."),
    "encrypted": gettext_lazy("Dit bestand heeft een wachtwoord."),
    "nested": gettext_lazy("Dit is zelf een ingepakt bestand."),
    "unknown": gettext_lazy("Zo'n bestand hoort niet in een lespakket."),
    "packing": gettext_lazy("Dit bestand is ingepakt op een manier die we niet openen."),
    "twice": gettext_lazy("Deze naam komt twee keer voor. Hoofdletters tellen niet."),
    "file_too_large": gettext_lazy("Dit bestand is te groot."),
    "bomb": gettext_lazy("Dit bestand wordt bij het uitpakken te veel groter."),
    "no_text": gettext_lazy("Dit is geen tekst in UTF-8."),
    "no_picture": gettext_lazy("Dit is geen beeld van de soort die de naam zegt."),
    "no_document": gettext_lazy(
        "Dit is geen document van de soort die de naam zegt, of er zitten macro's in."
    ),
    "too_many_pixels": gettext_lazy("Dit beeld heeft te veel punten."),
}
KINDS = {
    "package": gettext_lazy("Pakket"),
    "lesson": gettext_lazy("Les"),
    "quiz": gettext_lazy("Quiz"),
    "image": gettext_lazy("Beeld"),
    "recording": gettext_lazy("Opname"),
    "document": gettext_lazy("Document"),
}
STATES = {
    NEW: gettext_lazy("Nieuw"),
    CHANGED: gettext_lazy("Wordt bijgewerkt"),
    KEPT: gettext_lazy("Blijft zoals hier"),
    UNCHANGED: gettext_lazy("Hetzelfde"),
}
DONE = {
    NEW: gettext_lazy("Toegevoegd"),
    CHANGED: gettext_lazy("Bijgewerkt"),
    KEPT: gettext_lazy("Bleef zoals hier"),
    UNCHANGED: gettext_lazy("Hetzelfde"),
}
NUMBERED = {
    "steps": gettext_lazy("stap %(number)s"),
    "blocks": gettext_lazy("blok %(number)s"),
    "questions": gettext_lazy("vraag %(number)s"),
    "choices": gettext_lazy("antwoord %(number)s"),
    "sources": gettext_lazy("bron %(number)s"),
}
FIELDS = {
    "title": gettext_lazy("titel"),
    "summary": gettext_lazy("samenvatting"),
    "text": gettext_lazy("tekst"),
    "prompt": gettext_lazy("vraag"),
    "explanation": gettext_lazy("uitleg"),
    "feedback": gettext_lazy("uitleg bij dit antwoord"),
    "intro": gettext_lazy("inleiding"),
    "minutes": gettext_lazy("minuten"),
    "goals": gettext_lazy("leerdoelen"),
    "before": gettext_lazy("vooraf doen"),
    "version": gettext_lazy("versie"),
    "image": gettext_lazy("beeld"),
    "file": gettext_lazy("nieuw bestand"),
    "order": gettext_lazy("volgorde"),
    "lessons": gettext_lazy("lessen"),
    "bands": gettext_lazy("uitslagen"),
    "sources": gettext_lazy("bronnen"),
    "review_by": gettext_lazy("opnieuw nakijken voor"),
}


@dataclass(frozen=True)
class Row:
    """One difference, with the words that differ marked on both sides."""

    label: str
    before: list[Words]
    after: list[Words]


def refusal_lines(refusals: Iterable[Refusal]) -> list[str]:
    lines = []
    for one in refusals:
        told = str(REFUSALS[one.code])
        lines.append(f"{one.name}: {told}" if one.name else told)
    return lines


def place_text(place: Place) -> str:
    """Where it is, as ``Stap 2, blok 3, tekst``; a field without a word of ours by its name."""
    parts: list[str] = []
    waiting = ""
    for part in place:
        if isinstance(part, int):
            word = NUMBERED.get(waiting)
            parts.append(str(word) % {"number": part} if word else f"{_field(waiting)} {part}")
            waiting = ""
        else:
            if waiting:
                parts.append(_field(waiting))
            waiting = part
    if waiting:
        parts.append(_field(waiting))
    return str(capfirst(", ".join(parts)))


def _field(name: str) -> str:
    return str(FIELDS.get(name, name.replace("_", " ")))


def rows(differences: Iterable[Difference]) -> list[Row]:
    return [Row(place_text(one.place), *marked_words(one.before, one.after)) for one in differences]


def counted(parts: Iterable[Any], states: dict[str, Any]) -> list[tuple[Any, int]]:
    """How many parts there are of each state, in the order that matters to who decides."""
    found = [part["state"] if isinstance(part, dict) else part.state for part in parts]
    return [(states[state], found.count(state)) for state in STATES if state in found]
