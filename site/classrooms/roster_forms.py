"""The list of a team: the file, and what somebody who is invited fills in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from classrooms.coordinator_forms import NewColleagueForm
from classrooms.models import Classroom
from classrooms.roster import (
    MOST_ROWS,
    FileProblem,
    Outcome,
    Planned,
    RosterError,
    Row,
    RowProblem,
    read_rows,
)
from classrooms.roster_files import MOST_BYTES, read_table

# Between the preview and the button; then the file is sent again.
PREVIEW_SECONDS = 3600
FILE_PROBLEMS = {
    FileProblem.TOO_BIG: _("Dit bestand is te groot. Een lijst mag hoogstens 1 MB zijn."),
    FileProblem.UNKNOWN_KIND: _(
        "Dit is geen lijst die we kunnen lezen. Bewaar hem als CSV of als Excel-bestand (.xlsx)."
    ),
    FileProblem.OLD_EXCEL: _(
        "Dit is een oud Excel-bestand, of er zit een wachtwoord op. Bewaar het zonder wachtwoord "
        "als .xlsx of als CSV."
    ),
    FileProblem.MACROS: _(
        "In dit bestand zitten macro's. Bewaar het als gewoon Excel-bestand (.xlsx) of als CSV."
    ),
    FileProblem.DAMAGED: _(
        "Dit bestand is beschadigd. Open het in Excel, en bewaar het opnieuw als .xlsx of als CSV."
    ),
    FileProblem.NO_COLUMN: _(
        "We zien geen kolom met e-mailadressen. Zet boven die kolom: e-mail. En boven de namen: "
        "naam, of voornaam en achternaam."
    ),
    FileProblem.PUPILS: _(
        "Dit lijkt een lijst van leerlingen. Die doen mee met een klascode en een bijnaam, zonder "
        "naam en e-mailadres."
    ),
    FileProblem.NOBODY: _("Onder de kolomnamen staat niemand."),
    FileProblem.TOO_MANY: _("Er staan te veel rijen in. Hoogstens %(most)s mensen per bestand."),
}
ROW_PROBLEMS = {
    RowProblem.NO_ADDRESS: _("Er staat geen e-mailadres."),
    RowProblem.WRONG_ADDRESS: _("Het e-mailadres klopt niet."),
    RowProblem.TWICE: _("Dit e-mailadres staat al hoger in de lijst."),
    RowProblem.TOO_LONG: _("De naam of het e-mailadres is te lang."),
    RowProblem.TOO_MANY_CELLS: _("Deze rij heeft meer vakjes dan er kolomnamen zijn."),
}


def explained(error: RosterError) -> ValidationError:
    if error.problem == FileProblem.QUOTES:
        text: Any = _("Rond rij %(row)s staat een aanhalingsteken te veel of te weinig.")
    else:
        text = FILE_PROBLEMS[error.problem]
    return ValidationError(text, params={"row": error.row, "most": MOST_ROWS})


class RosterFileForm(forms.Form):
    """A file, read as far as its rows; nothing of it is kept."""

    file = forms.FileField(
        label=_("Lijst van je team"),
        help_text=_("CSV of Excel (.xlsx). Kies een bestand, of sleep het naar het vak."),
        allow_empty_file=True,
        widget=forms.FileInput({"accept": ".csv,.txt,.xlsx,text/csv", "class": "file-drop"}),
        error_messages={"required": _("Kies eerst een bestand.")},
    )

    def clean_file(self) -> list[Row]:
        file = self.cleaned_data["file"]
        try:
            if file.size > MOST_BYTES:
                raise RosterError(FileProblem.TOO_BIG)
            return read_rows(read_table(file.read()))
        except RosterError as error:
            raise explained(error) from error


def _salt(classroom: Classroom, user: User) -> str:
    return f"classrooms.roster.{classroom.public_id}.{user.public_id}"


def seal(planned: Sequence[Planned], *, classroom: Classroom, user: User) -> str:
    """Who would be invited, as text that only we could have written, for this team and user."""
    rows = [[one.row.number, one.row.name, one.row.email] for one in planned if invites(one)]
    return signing.dumps(rows, salt=_salt(classroom, user), compress=True)


def invites(one: Planned) -> bool:
    return one.outcome == Outcome.INVITE


class ConfirmForm(forms.Form):
    """What the preview showed. Invalid after an hour, and for another team or account."""

    rows = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, classroom: Classroom, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.salt = _salt(classroom, user)

    def clean_rows(self) -> list[Row]:
        try:
            rows = signing.loads(self.cleaned_data["rows"], salt=self.salt, max_age=PREVIEW_SECONDS)
        except signing.BadSignature as error:
            raise ValidationError(_("Dit duurde te lang. Kies het bestand opnieuw.")) from error
        return [Row(number, name, email) for number, name, email in rows]


class NewMemberForm(NewColleagueForm):
    """The account of somebody who is invited and has none."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].help_text = _("Wie jullie team begeleidt, ziet deze naam.")


class JoinTeamForm(forms.Form):
    """Of who is signed in."""

    is_me = forms.BooleanField(
        label=_("Ja, ik doe mee met dit account"),
        error_messages={"required": _("Zeg of je met dit account meedoet.")},
    )
    keep_work = forms.BooleanField(
        label=_("Neem mee wat ik op dit toestel al deed"),
        required=False,
        help_text=_("Op dit toestel staat al werk. Is dat van jou? Vink dit dan aan."),
    )

    def __init__(self, *args: Any, is_other: bool, has_work: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_other:
            del self.fields["is_me"]
        if not has_work:
            del self.fields["keep_work"]
