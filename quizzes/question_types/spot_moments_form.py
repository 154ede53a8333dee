"""The editor's form of signals in a recording."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.list_block import ListBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.snippets.blocks import SnippetChooserBlock

from media.models import Recording
from media.times import clock, read_clock
from quizzes.moments import MOST_WINDOWS, Window, WindowMistake, window_mistakes
from quizzes.question_types.base import LINE_LENGTH, QuestionBlock
from quizzes.question_types.recordings import undescribed

SIGNAL_LENGTH = 60
MISTAKES = {
    "too_late": _("De opname duurt maar %(duration)s."),
    "backwards": _("Het einde moet later zijn dan het begin."),
    "too_short": _("Geef minstens %(shortest)s de tijd: eerst horen, dan pas drukken."),
    "overlaps": _("Het signaal ervoor loopt tot %(end)s. Ze mogen niet samenvallen."),
    "too_close": _(
        "Dit is te dicht op het signaal ervoor. Begin op of na %(earliest)s. "
        "Anders wint iemand die steeds drukt."
    ),
    "no_line": _(
        "Begin waar een regel van het transcript begint; dichtbij is %(nearest)s. "
        "Wie leest, kiest die regel."
    ),
    "ends_early": _("Ga door tot na %(middle)s, het midden van de regel waarmee dit begint."),
    "too_much": _(
        "De signalen duren samen %(total)s: meer dan de helft van de opname. Maak ze korter."
    ),
    "no_room": _(
        "Laat voor het eerste of na het laatste signaal minstens %(room)s over. "
        "Anders wint iemand die steeds drukt."
    ),
}


class MomentBlock(blocks.StructBlock):
    """A signal and when it can be noticed. Its key is the id that Wagtail gives an entry."""

    start = blocks.CharBlock(
        label=_("Van"),
        max_length=10,
        help_text=_("Zoals 0:12 of 0:12,5. Begin waar de regel in het transcript begint."),
    )
    end = blocks.CharBlock(
        label=_("Tot en met"),
        max_length=10,
        help_text=_("Tel er een of twee seconden bij: eerst horen, dan pas drukken."),
    )
    signal = blocks.CharBlock(
        label=_("Korte naam van het signaal"),
        max_length=SIGNAL_LENGTH,
        help_text=_("Bijvoorbeeld: 'Schuld maken'."),
    )
    feedback = blocks.CharBlock(
        label=_("Uitleg"),
        max_length=LINE_LENGTH,
        help_text=_("Waarom dit een signaal is. Wijs nooit terecht."),
    )

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if self.is_deferred_validation:  # a draft, in which the times may be open
            return cleaned
        errors = {
            name: ValidationError(_("Schrijf de tijd als 0:12 of 0:12,5."))
            for name in ("start", "end")
            if read_clock(cleaned[name]) is None
        }
        if errors:
            raise StructBlockValidationError(block_errors=errors)
        return cleaned


class SpotMomentsBlock(QuestionBlock):
    recording = SnippetChooserBlock(
        Recording,
        label=_("Opname"),
        help_text=_("Een nieuwe versie van de opname telt pas als je de quiz weer publiceert."),
    )
    targets = blocks.ListBlock(
        MomentBlock(),
        label=_("Signalen"),
        min_num=1,
        max_num=MOST_WINDOWS,
        help_text=_(
            "Wie de opname niet hoort of ziet, kiest regels uit het transcript. Daarom begint "
            "elk signaal waar een regel begint."
        ),
    )

    def check_whole(self, value: Any) -> None:
        recording = value["recording"]
        errors: dict[str, Exception] = {}
        if error := undescribed(recording):
            errors["recording"] = error
        elif wrong := window_mistakes(
            _windows(value["targets"]),
            [line.start for line in recording.lines],
            recording.duration_tenths,
        ):
            errors["targets"] = _told(wrong)
        if errors:
            raise StructBlockValidationError(block_errors=errors)


def _windows(entries: Any) -> list[Window]:
    return [
        Window(str(place), read_clock(entry["start"]) or 0, read_clock(entry["end"]) or 0)
        for place, entry in enumerate(entries)
    ]


def _told(wrong: list[WindowMistake]) -> ListBlockValidationError:
    by_entry: dict[int, StructBlockValidationError] = {}
    of_all: list[Any] = []
    for one in wrong:
        values = {name: clock(tenths, exact=True) for name, tenths in one.values.items()}
        message = ValidationError(MISTAKES[one.code] % values)
        if one.place is None:
            of_all.append(message)
        else:
            by_entry[one.place] = StructBlockValidationError(block_errors={one.field: message})
    return ListBlockValidationError(block_errors=by_entry, non_block_errors=of_all or None)
