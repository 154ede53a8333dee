"""What differs between two editions, in an editor's words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from typing import Any

from django.utils.functional import Promise
from django.utils.html import strip_tags
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from quizzes.differences import (
    ADDED,
    CHANGED,
    MOVED,
    REMOVED,
    Difference,
    Differences,
    QuestionDifference,
    Words,
    marked_words,
)
from quizzes.question_types import QUESTION_TYPES

# By the last part of a path, or by the whole path where that says something else.
FIELDS: dict[str, str | Promise] = {
    "accepted": gettext_lazy("Goede antwoorden"),
    "advice": gettext_lazy("Advies"),
    "alt": gettext_lazy("Wat er te zien is"),
    "answers": gettext_lazy("Antwoorden"),
    "answers.text": gettext_lazy("Antwoord"),
    "ask_sure": gettext_lazy("Vraagt hoe zeker iemand is"),
    "attempts_allowed": gettext_lazy("aantal pogingen"),
    "bands": gettext_lazy("Uitslagen"),
    "bands.text": gettext_lazy("Tekst van een uitslag"),
    "bands.title": gettext_lazy("Titel van een uitslag"),
    "belief": gettext_lazy("Overtuiging achter het antwoord"),
    "captions": gettext_lazy("Ondertiteling"),
    "choices": gettext_lazy("Antwoorden"),
    "choices.text": gettext_lazy("Antwoord"),
    "credit": gettext_lazy("Maker of bron"),
    "description": gettext_lazy("Wat er te zien en te horen is"),
    "draw_count": gettext_lazy("aantal vragen per poging"),
    "end": gettext_lazy("Einde van het signaal"),
    "explanation": gettext_lazy("Uitleg na het antwoord"),
    "feedback": gettext_lazy("Uitleg bij het antwoord"),
    "feedback_false": gettext_lazy("Uitleg bij 'niet waar'"),
    "feedback_high": gettext_lazy("Uitleg bij een hoger getal"),
    "feedback_low": gettext_lazy("Uitleg bij een lager getal"),
    "feedback_other": gettext_lazy("Uitleg bij elk ander antwoord"),
    "feedback_right": gettext_lazy("Uitleg bij een goed getal"),
    "feedback_true": gettext_lazy("Uitleg bij 'waar'"),
    "figure": gettext_lazy("Het echte getal"),
    "figure_source": gettext_lazy("Waar het getal vandaan komt"),
    "forgives": gettext_lazy("Eén typefout mag"),
    "form": gettext_lazy("Vorm van uitbuiting"),
    "from_percent": gettext_lazy("Vanaf (procent)"),
    "heading": gettext_lazy("Kop boven de tekst"),
    "height": gettext_lazy("Hoogte van de plek"),
    "helplines": gettext_lazy("Hulplijnen"),
    "image": gettext_lazy("Beeld"),
    "intro": gettext_lazy("Inleiding"),
    "is_estimate": gettext_lazy("Schatting zonder punten"),
    "is_right": gettext_lazy("Is goed"),
    "is_true": gettext_lazy("De stelling is waar"),
    "items": gettext_lazy("Onderdelen"),
    "items.text": gettext_lazy("Onderdeel"),
    "kind": gettext_lazy("Soort"),
    "language": gettext_lazy("Taal"),
    "lines": gettext_lazy("Regels"),
    "lines.parts.text": gettext_lazy("Stuk van de tekst"),
    "look": gettext_lazy("Hoe het eruitziet"),
    "minutes": gettext_lazy("Minuten"),
    "moment": gettext_lazy("Moment waar de regel voor staat"),
    "name": gettext_lazy("Bestand"),
    "near_from": gettext_lazy("Half goed vanaf"),
    "near_to": gettext_lazy("Half goed tot en met"),
    "paragraphs": gettext_lazy("Tekst met gaten"),
    "pass_percent": gettext_lazy("Grens om te halen"),
    "places": gettext_lazy("Keuzes"),
    "places.text": gettext_lazy("Keuze"),
    "points": gettext_lazy("Punten"),
    "poster": gettext_lazy("Stilstaand beeld"),
    "prompt": gettext_lazy("Vraag"),
    "reasons": gettext_lazy("Redenen"),
    "reasons.text": gettext_lazy("Reden"),
    "recording": gettext_lazy("Opname"),
    "right": gettext_lazy("Wat erbij hoort"),
    "right_from": gettext_lazy("Goed vanaf"),
    "right_to": gettext_lazy("Goed tot en met"),
    "rule": gettext_lazy("Puntentelling"),
    "scale": gettext_lazy("Schaal"),
    "scale.text": gettext_lazy("Woorden bij een punt"),
    "scenes": gettext_lazy("Scènes"),
    "scenes.choices.text": gettext_lazy("Keuze in het verhaal"),
    "scenes.lines.text": gettext_lazy("Wat er gebeurt of gezegd wordt"),
    "schema": gettext_lazy("Versie van het formaat"),
    "section": gettext_lazy("Tussenkop"),
    "shown": gettext_lazy("Volgorde op het scherm"),
    "shuffle_choices": gettext_lazy("antwoorden in wisselende volgorde"),
    "shuffle_questions": gettext_lazy("vragen in wisselende volgorde"),
    "signal": gettext_lazy("Signaal"),
    "skill": gettext_lazy("Vaardigheid"),
    "sources": gettext_lazy("Bronnen"),
    "speaker": gettext_lazy("Wie dit zegt"),
    "spellings": gettext_lazy("Wat ook telt"),
    "start": gettext_lazy("Begin"),
    "statements": gettext_lazy("Zinnen"),
    "statements.text": gettext_lazy("Zin"),
    "stays_last": gettext_lazy("Blijft onderaan"),
    "tactic": gettext_lazy("Tactiek"),
    "tags": gettext_lazy("Uitleg van tactieken en vaardigheden"),
    "tags.text": gettext_lazy("Uitleg van een tactiek of vaardigheid"),
    "supplement.alt": gettext_lazy("Wat er op het beeld te zien is"),
    "supplement.helplines": gettext_lazy("Hulplijnen bij de uitleg"),
    "supplement.image": gettext_lazy("Beeld bij de uitleg"),
    "supplement.image.credit": gettext_lazy("Maker of bron van het beeld"),
    "supplement.image.height": gettext_lazy("Hoogte van het beeld"),
    "supplement.image.name": gettext_lazy("Beeld bij de uitleg"),
    "supplement.image.width": gettext_lazy("Breedte van het beeld"),
    "supplement.lesson": gettext_lazy("Les om verder te lezen"),
    "supplement.lesson.page": gettext_lazy("Les om verder te lezen"),
    "supplement.lesson.path": gettext_lazy("Adres van de les"),
    "supplement.lesson.title": gettext_lazy("Titel van de les"),
    "supplement.lines": gettext_lazy("Transcript"),
    "supplement.lines.text": gettext_lazy("Regel van het transcript"),
    "supplement.signal": gettext_lazy("Signaal om over verder te lezen"),
    "supplement.recording": gettext_lazy("Opname bij de uitleg"),
    "target": gettext_lazy("Waar de keuze heen gaat"),
    "targets": gettext_lazy("Signalen"),
    "tenths": gettext_lazy("Duur"),
    "text": gettext_lazy("Tekst"),
    "title": gettext_lazy("Titel"),
    "type": gettext_lazy("Soort vraag"),
    "unit": gettext_lazy("Eenheid"),
    "what_you_can_do": gettext_lazy("Wat kun je doen"),
    "who": gettext_lazy("Wie dit zegt"),
    "why_prompt": gettext_lazy("Vraag naar de reden"),
    "width": gettext_lazy("Breedte van de plek"),
    "x": gettext_lazy("Plek van links"),
    "y": gettext_lazy("Plek van boven"),
}
BETWEEN_LINES = re.compile(r"</(?:p|li|h[1-6])>|<br ?/?>")
WHAT_IS_RIGHT = frozenset(
    {"is_right", "is_true", "right", "spellings", "figure", "right_from", "right_to", "near_from"}
    | {"near_to", "forgives", "rule", "points", "is_estimate", "target", "start", "end", "moment"}
)


@dataclass(frozen=True, slots=True)
class Row:
    """One difference: the old text beside the new one, and why it is more than words."""

    label: str
    entry: str
    before: list[Words]
    after: list[Words]
    reason: str  # "" for wording


@dataclass(frozen=True, slots=True)
class Group:
    """What is otherwise in one question, or in the quiz around it."""

    title: str
    note: str  # that the question is new, gone or elsewhere
    reason: str
    rows: list[Row]


def in_words(found: Differences) -> list[Group]:
    """For a screen: first the quiz itself, then its questions in their order."""
    groups = []
    if found.quiz:
        rows = [_row(one, {}) for one in found.quiz]
        groups.append(Group(_("De quiz zelf"), note="", reason="", rows=rows))
    return groups + [_group(one) for one in found.questions]


def summary(found: Differences) -> str:
    """The same in one line, for a list."""
    counts = [
        (ADDED, lambda n: ngettext("%d vraag erbij", "%d vragen erbij", n)),
        (REMOVED, lambda n: ngettext("%d vraag weg", "%d vragen weg", n)),
        (MOVED, lambda n: ngettext("%d vraag verplaatst", "%d vragen verplaatst", n)),
        (CHANGED, lambda n: ngettext("%d vraag anders", "%d vragen anders", n)),
    ]
    said = []
    for what, words in counts:
        number = sum(one.what == what for one in found.questions)
        if number:
            said.append(words(number) % number)
    if found.quiz:
        labels = dict.fromkeys(label_of(one.path) for one in found.quiz)
        said.append(_("rond de vragen: %s") % ", ".join(labels).lower())
    return "; ".join(said)


def label_of(path: str) -> str:
    last = path.rpartition(".")[2]
    # A band has beside its text what a question has beside its explanation.
    known = FIELDS.get(path) or FIELDS.get(path.removeprefix("bands.")) or FIELDS.get(last)
    return capfirst(str(known)) if known else _("Instelling ‘%s’") % last.replace("_", " ")


def _group(one: QuestionDifference) -> Group:
    question = one.after or one.before or {}
    number = one.number_after or one.number_before
    title = _("Vraag %(number)s: %(prompt)s") % {
        "number": number,
        "prompt": plain(question["prompt"]),
    }
    notes = {
        ADDED: (_("Nieuwe vraag."), _("Er komt een vraag bij.")),
        REMOVED: (_("Deze vraag verdwijnt."), _("Er gaat een vraag weg.")),
        MOVED: (
            _("Stond op plaats %(before)s, komt op plaats %(after)s.")
            % {"before": one.number_before, "after": one.number_after},
            _("De vraag komt op een andere plaats."),
        ),
        CHANGED: ("", ""),
    }
    note, reason = notes[one.what]
    texts = dict(_texts(one.before)) | dict(_texts(one.after))
    return Group(title, note, reason, [_row(each, texts) for each in one.differences])


def _texts(value: Any) -> Iterator[tuple[str, str]]:
    """Every key in a question with the text that it stands for."""
    if isinstance(value, Mapping):
        key, text = value.get("key"), value.get("text")
        if isinstance(key, str) and isinstance(text, str):
            yield key, text
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _texts(inner)


def _row(one: Difference, texts: Mapping[str, str]) -> Row:
    before, after = _said(one.before, texts), _said(one.after, texts)
    if before == after:  # only how it is written differs: bold, or where a link goes
        before, after = str(one.before), str(one.after)
    old, new = marked_words(before, after)
    entry = plain(one.entry)
    is_itself = entry in (before, after)
    return Row(label_of(one.path), "" if is_itself else entry, old, new, _reason(one))


def _reason(one: Difference) -> str:
    if one.is_wording:
        return ""
    if one.what == ADDED:
        return _("Er komt iets bij waaruit een leerling kan kiezen.")
    if one.what == REMOVED:
        return _("Er gaat iets weg dat een leerling gekozen kan hebben.")
    if one.what == MOVED:
        return _("De volgorde is anders.")
    if one.path.rpartition(".")[2] in WHAT_IS_RIGHT:
        return _("Dit verandert wat goed is, of hoeveel het waard is.")
    return _("Dit is meer dan een tekst.")


def plain(source: str) -> str:
    """Rich text as words."""
    return " ".join(unescape(strip_tags(BETWEEN_LINES.sub(" ", source))).split())


def _said(value: Any, texts: Mapping[str, str]) -> str:
    if value is None or value == "" or value == []:
        return _("(leeg)")
    if isinstance(value, bool):
        return _("ja") if value else _("nee")
    if isinstance(value, str):
        known = QUESTION_TYPES.get(value)
        return str(known.label) if known else plain(texts.get(value, value))
    if isinstance(value, list | tuple):
        return ", ".join(_said(one, texts) for one in value)
    if isinstance(value, Mapping):
        said = next((value[name] for name in ("text", "title", "name") if value.get(name)), None)
        if isinstance(said, str):
            return plain(said)
        return ", ".join(_said(one, texts) for one in value.values())
    return str(value)
