"""The words of the choices in the list of packages, by the names that stand in an address."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from lessons.facets import FORM_CODES, LONGER
from lessons.models import SCHOOL_TYPES, LessonPackagePage
from quizzes.audiences import LANGUAGES
from quizzes.question_types.base import FORMS_OF_EXPLOITATION

HEADINGS: Mapping[str, Any] = {
    "doelgroep": _("Voor wie"),
    "leeftijd": _("Leeftijd"),
    "school": _("Schooltype"),
    "minuten": _("Tijd"),
    "vorm": _("Vorm van uitbuiting"),
    "groep": _("Groep of alleen"),
    "apparaten": _("Telefoon of computer"),
    "toon": _("Hoe gevoelig"),
    "kerndoel": _("Kerndoel"),
    "taal": _("Taal"),
    "vers": _("Nieuw of veranderd"),
}
# Open from the start: what nearly everybody chooses by.
FIRST = ("doelgroep", "leeftijd", "school")
# The values that are always the same; those of "kerndoel" are what editors wrote.
CHOICES: Mapping[str, Mapping[str, Any]] = {
    "doelgroep": dict(LessonPackagePage.Audience.choices),
    "leeftijd": {
        "10-12": _("10 tot en met 12 jaar"),
        "13-15": _("13 tot en met 15 jaar"),
        "16-18": _("16 tot en met 18 jaar"),
        "19-99": _("19 jaar en ouder"),
    },
    "school": dict(SCHOOL_TYPES),
    "minuten": {
        "20": _("hoogstens 20 minuten"),
        "45": _("hoogstens 45 minuten"),
        "90": _("hoogstens 90 minuten"),
        LONGER: _("langer dan 90 minuten"),
    },
    "vorm": {FORM_CODES[form]: label for form, label in FORMS_OF_EXPLOITATION},
    "groep": {"group": _("in een groep"), "alone": _("alleen")},
    "apparaten": {"zonder": _("zonder"), "met": _("voor elke leerling een")},
    "toon": dict(LessonPackagePage.Sensitivity.choices),
    "kerndoel": {},
    "taal": dict(LANGUAGES),
    "vers": {"nieuw": _("nieuw"), "veranderd": _("veranderd")},
}
FORM_WORDS = dict(FORMS_OF_EXPLOITATION)
