"""What a coordinator fills in about colleagues, and what an invited colleague does."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from accounts.forms import NEW_PASSWORD, PASSWORD_HINT
from accounts.models import User
from organisations.models import Invitation, Role


class InviteForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mailadres van je collega"),
        max_length=254,
        help_text=_("Je collega krijgt een mail met een link. De link werkt één keer, en 7 dagen."),
        error_messages={
            "required": _("Vul een e-mailadres in."),
            "invalid": _("Vul een e-mailadres in, zoals naam@school.nl."),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    role = forms.ChoiceField(
        label=_("Wat wordt je collega?"),
        choices=Invitation.RoleName.choices,
        initial=Role.Name.TEACHER,
        widget=forms.RadioSelect,
        help_text=_("Een coördinator ziet alle collega's en klassen, en kan collega's uitnodigen."),
        error_messages={"required": _("Kies wat je collega wordt.")},
    )


class HeirForm(forms.Form):
    """Who takes over the classes of somebody who leaves. 1 query for its choices."""

    heir = forms.ChoiceField(
        label=_("Wie neemt de klassen over?"),
        error_messages={
            "required": _("Kies wie de klassen overneemt."),
            "invalid_choice": _("Kies een collega uit de lijst."),
        },
    )

    def __init__(self, *args: Any, role: Role, has_classes: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people: dict[str, User] = {}
        if not has_classes:
            del self.fields["heir"]
            return
        roles = Role.objects.filter(organisation_id=role.organisation_id).teaching()  # type: ignore[attr-defined]
        others = User.objects.filter(is_active=True, pk__in=roles.values("user_id"))
        others = others.exclude(pk=role.user_id).order_by("name", "email")
        self.people = {str(one.public_id): one for one in others}
        names = [(key, str(one)) for key, one in self.people.items()]
        self.fields["heir"].choices = [("", _("Kies …")), *names]  # type: ignore[attr-defined]

    def chosen(self) -> User | None:
        return self.people.get(self.cleaned_data.get("heir", ""))


class NewColleagueForm(forms.Form):
    """The account of an invited colleague: the mail already says which address."""

    name = forms.CharField(
        label=_("Je naam"),
        max_length=100,
        required=False,
        help_text=_("Mag leeg blijven. Leerlingen zien je naam niet."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    password = forms.CharField(
        label=NEW_PASSWORD,
        help_text=PASSWORD_HINT,
        error_messages={"required": _("Vul een wachtwoord in.")},
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email = email

    def clean_password(self) -> str:
        password = self.cleaned_data["password"]
        validate_password(password, User(email=self.email, name=self.data.get("name", "")))
        return password


class AcceptForm(forms.Form):
    """Of somebody who has an account already."""

    brings_classes = forms.BooleanField(
        label=_("Neem mijn klassen mee"),
        required=False,
        initial=True,
        help_text=_("De coördinator moet het nog goedvinden. Leerlingen merken er niets van."),
    )

    def __init__(self, *args: Any, has_classes: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_classes:
            del self.fields["brings_classes"]
