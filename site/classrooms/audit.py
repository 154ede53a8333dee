"""What teachers do is written down: who, what, when, in which class (R: audit log).

The lines stand in Wagtail's log, beside those of editors. They hold no nickname, no code
and nothing about what a learner did.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from classrooms.models import Classroom

if TYPE_CHECKING:
    from accounts.models import User

ACTIONS = {
    "classrooms.create": (_("Klas gemaakt"), _("Maakte de klas")),
    "classrooms.rename": (_("Klas hernoemd"), _("Gaf de klas een andere naam")),
    "classrooms.open": (_("Aanmelden geopend"), _("Opende het aanmelden")),
    "classrooms.close": (_("Aanmelden gesloten"), _("Sloot het aanmelden")),
    "classrooms.new_code": (_("Nieuwe klascode"), _("Maakte een nieuwe klascode")),
    "classrooms.remove": (_("Leerling uit de klas"), _("Haalde een leerling uit de klas")),
    "classrooms.restore": (_("Leerling terug"), _("Zette een leerling terug in de klas")),
    "classrooms.merge": (
        _("Leerlingen samengevoegd"),
        _("Voegde twee bijnamen van een leerling samen"),
    ),
    "classrooms.return_code": (
        _("Terugkeercode vervangen"),
        _("Verving de terugkeercode van een leerling"),
    ),
    "classrooms.assign": (_("Opdracht gegeven"), _("Gaf een opdracht")),
    "classrooms.change_assignment": (_("Opdracht veranderd"), _("Veranderde een opdracht")),
    "classrooms.unassign": (_("Opdracht weggehaald"), _("Haalde een opdracht weg")),
    "classrooms.prepare": (_("Les voorbereid"), _("Bereidde de klas voor op een gevoelige les")),
    "classrooms.archive": (_("Klas in het archief"), _("Zette de klas in het archief")),
    "classrooms.unarchive": (_("Klas uit het archief"), _("Haalde de klas uit het archief")),
    "classrooms.copy": (_("Klas gekopieerd"), _("Kopieerde de klas, zonder leerlingen")),
    "classrooms.share": (_("Klas gedeeld"), _("Deelde de klas met een collega")),
    "classrooms.unshare": (_("Delen gestopt"), _("Deelde de klas niet meer met een collega")),
    "classrooms.hand_over": (_("Klas overgedragen"), _("Droeg de klas over aan een collega")),
    "classrooms.invite_team": (_("Team uitgenodigd"), _("Nodigde mensen uit voor het team")),
    "classrooms.withdraw": (
        _("Uitnodiging ingetrokken"),
        _("Trok een uitnodiging voor het team in"),
    ),
    "classrooms.join_team": (_("Bij het team gekomen"), _("Nam een uitnodiging voor het team aan")),
    "classrooms.export": (_("Overzicht gedownload"), _("Downloadde het overzicht")),
}


def write_down(action: str, *, classroom: Classroom, user: User | None, **about: Any) -> None:
    """One line in the audit log. ``user`` is ``None`` for the demo and for commands."""
    log(
        instance=classroom,
        action=f"classrooms.{action}",
        user=user,
        data={name: str(value) for name, value in about.items()} or None,
    )
