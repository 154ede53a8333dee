"""What a teacher fills in about what a class is given to do."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundWidget
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from classrooms.forms import DAY_FORMATS, DayInput
from classrooms.models import Assignment, Classroom, Enrolment
from lessons.models import LessonPackagePage, LessonPage
from quizzes.models import Quiz

KINDS = {"package": LessonPackagePage, "lesson": LessonPage, "quiz": Quiz}


def _name(place: Enrolment) -> str:
    if place.removed_at is None:
        return place.nickname
    return _("%(nickname)s (niet meer in de klas)") % {"nickname": place.nickname}


class AssignmentForm(forms.Form):
    """When the class may begin, by when it should be done, a note, and for whom."""

    opens_on = forms.DateField(
        label=_("Begint op (mag leeg)"),
        required=False,
        widget=DayInput,
        input_formats=DAY_FORMATS,
        help_text=_("Leeg is meteen. De klas ziet het pas vanaf die dag."),
        error_messages={"invalid": _("Vul een dag in, zoals 31-12-2026.")},
    )
    due_on = forms.DateField(
        label=_("Af op (mag leeg)"),
        required=False,
        widget=DayInput,
        input_formats=DAY_FORMATS,
        help_text=_("Daarna kunnen leerlingen gewoon verder."),
        error_messages={"invalid": _("Vul een dag in, zoals 31-12-2026.")},
    )
    note = forms.CharField(
        label=_("Boodschap voor de klas (mag leeg)"),
        required=False,
        max_length=200,
        help_text=_("Leerlingen zien dit bij de opdracht. Zet er geen namen in."),
        error_messages={"max_length": _("Maak de boodschap korter: hoogstens 200 tekens.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    learners = forms.MultipleChoiceField(
        label=_("Alleen voor deze leerlingen (leeg is de hele klas)"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Anderen zien de opdracht niet. Wie later bij de klas komt ook niet."),
        error_messages={"invalid_choice": _("Kies leerlingen uit de lijst.")},
    )

    def __init__(self, *args: Any, classroom: Classroom, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offer(classroom.enrolments.current())  # type: ignore[attr-defined]

    def _offer(self, places: Iterable[Enrolment]) -> None:
        self.places = {str(one.public_id): one for one in places}
        names = [(key, _name(one)) for key, one in self.places.items()]
        self.fields["learners"].choices = names  # type: ignore[attr-defined]

    def chosen_learners(self) -> list[Enrolment]:
        """None of them is the whole class."""
        return [self.places[key] for key in self.cleaned_data["learners"]]

    def details(self) -> dict[str, Any]:
        """All of it but what is given, as the actions take it."""
        return {
            "opens_at": self.opens_at(),
            "due_on": self.cleaned_data["due_on"],
            "note": self.cleaned_data["note"],
            "learners": self.chosen_learners(),
        }

    def _not_over(self, name: str) -> date | None:
        """A day that was typed now; one that stood there may be past."""
        day = self.cleaned_data[name]
        if day is not None and day != self.initial.get(name) and day < timezone.localdate():
            raise ValidationError(_("Kies vandaag of een latere dag."))
        return day

    def clean_opens_on(self) -> date | None:
        return self._not_over("opens_on")

    def clean_due_on(self) -> date | None:
        return self._not_over("due_on")

    def clean(self) -> None:
        opens_on, due_on = (self.cleaned_data.get(name) for name in ("opens_on", "due_on"))
        if opens_on and due_on and due_on < opens_on:
            self.add_error("due_on", _("Dit is eerder dan de dag waarop de klas begint."))

    def opens_at(self) -> datetime | None:
        """The start of the day that was chosen, here."""
        day = self.cleaned_data["opens_on"]
        return timezone.make_aware(datetime.combine(day, time.min)) if day else None


class ChangeAssignmentForm(AssignmentForm):
    """What was given. 2 queries for who there is and who was chosen."""

    whole_class = forms.BooleanField(label=_("Geef het aan de hele klas"), required=False)

    def __init__(self, *args: Any, assignment: Assignment, **kwargs: Any) -> None:
        """Of something for some, those stay in the list who were taken out of the class."""
        super().__init__(*args, classroom=assignment.classroom, **kwargs)
        chosen = list(assignment.for_enrolments.all())
        self.initial["learners"] = [str(one.public_id) for one in chosen]
        self._offer([*self.places.values(), *(one for one in chosen if one.removed_at)])
        if assignment.is_for_some:
            self.fields["learners"].label = _("Alleen voor deze leerlingen")
        else:
            del self.fields["whole_class"]

    def clean(self) -> None:
        """What was for some is for all only when that is asked for, not when nobody is left."""
        super().clean()
        if "whole_class" not in self.fields or "learners" not in self.cleaned_data:
            return
        if self.cleaned_data["whole_class"] == bool(self.cleaned_data["learners"]):
            text = _("Kies minstens één leerling, of de hele klas. Niet allebei.")
            self.add_error("learners", text)


class AssignForm(AssignmentForm):
    """Packages, lessons and quizzes, one or more, and the rest. 7 queries for its choices."""

    what = forms.MultipleChoiceField(
        label=_("Wat geef je aan de klas?"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Je mag meer dan één ding kiezen."),
        error_messages={
            "required": _("Kies wat je opgeeft."),
            "invalid_choice": _("Kies iets uit de lijst."),
        },
    )
    field_order = ["what", "opens_on", "due_on", "note", "learners"]

    def __init__(self, *args: Any, classroom: Classroom, **kwargs: Any) -> None:
        super().__init__(*args, classroom=classroom, **kwargs)
        taken = {
            name: set(classroom.assignments.values_list(f"{name}_id", flat=True)) for name in KINDS
        }
        self.things: dict[str, LessonPackagePage | LessonPage | Quiz] = {}
        self._labels: dict[str, tuple[str, bool]] = {}  # of a group, and whether we wrote it
        packages = list(originals(LessonPackagePage).order_by("title"))
        of_package = {page.path: page.title for page in packages}
        for name, things in (
            ("package", packages),
            ("lesson", originals(LessonPage).order_by("path")),
            ("quiz", published_quizzes()),
        ):
            for thing in things:
                if thing.pk in taken[name]:
                    continue
                self.things[f"{name}:{thing.key}"] = thing
                label = str({"package": _("Lespakketten"), "quiz": _("Quizzen")}.get(name, ""))
                if name == "lesson":
                    label = of_package.get(thing.path[: -LessonPage.steplen], "")
                self._labels[f"{name}:{thing.key}"] = (label, name != "lesson")
        titles = [(value, thing.title) for value, thing in self.things.items()]
        self.fields["what"].choices = titles  # type: ignore[attr-defined]

    def groups(self) -> list[tuple[str, bool, bool, list[BoundWidget]]]:
        """The choices in groups: the title, whether it is a text of ours, whether it is open, and
        the options. Lessons stand under their package; the first group is open, and each in which
        something was chosen.
        """
        found: dict[tuple[str, bool], list[BoundWidget]] = {}
        for option in self["what"].subwidgets:
            found.setdefault(self._labels[str(option.data["value"])], []).append(option)
        return [
            (label, is_ours, not place or any(one.data["selected"] for one in options), options)
            for place, ((label, is_ours), options) in enumerate(found.items())
        ]

    def chosen(self) -> list[LessonPackagePage | LessonPage | Quiz]:
        return [self.things[value] for value in self.cleaned_data["what"]]


def originals(model: type[Page]) -> Any:
    """Pages that are on the site, without their translations: each reads its own language."""
    return model.objects.live().filter(locale__language_code=settings.LANGUAGE_CODE)


def published_quizzes() -> Any:
    """Quizzes that a learner can do: on the site, with an edition; a translation has none."""
    return Quiz.objects.filter(live=True, editions__isnull=False).distinct().order_by("title")
