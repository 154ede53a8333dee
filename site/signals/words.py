"""The words of the choices of a signal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

# The first six are those that questions have (``quizzes.question_types.base``).
FORMS: Mapping[str, Any] = {
    "sexual": _("seksuele uitbuiting"),
    "criminal": _("criminele uitbuiting"),
    "labour": _("arbeidsuitbuiting"),
    "begging": _("gedwongen bedelen"),
    "organs": _("orgaanverwijdering"),
    "online": _("online druk"),
    "marriage": _("huwelijksdwang en achterlating"),
}
one_point_per_line = _("In gewone woorden. Eén punt per regel.")
