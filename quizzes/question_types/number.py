from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from quizzes.grading import Given, Mark, UnusableAnswerError
from quizzes.numbers import MOST_CHARACTERS, PATTERN, read_number, show_number, write_number
from quizzes.question_types.base import (
    LINE_LENGTH,
    ChoiceCount,
    QuestionBlock,
    QuestionType,
    asks_sureness,
    common_fields,
    sureness,
)

RIGHT, NEAR_LOW, NEAR_HIGH, LOW, HIGH = "right", "near_low", "near_high", "low", "high"
FIGURES = ("figure", "right_from", "right_to", "near_from", "near_to")


def _number(label: Any, *, required: bool = True, help_text: Any = "") -> blocks.DecimalBlock:
    return blocks.DecimalBlock(
        label=label, required=required, help_text=help_text, max_digits=16, decimal_places=4
    )


class NumberBlock(QuestionBlock):
    figure = _number(_("Het echte getal"))
    unit = blocks.CharBlock(
        label=_("Eenheid"),
        required=False,
        max_length=40,
        help_text=_("Staat achter het getal. Bijvoorbeeld: mensen, euro, procent."),
    )
    figure_source = blocks.CharBlock(
        label=_("Waar het getal vandaan komt"),
        max_length=LINE_LENGTH,
        help_text=_("Wie het telde, en over welk jaar. De leerling leest dit na het antwoord."),
    )
    right_from = _number(_("Goed vanaf"))
    right_to = _number(_("Goed tot en met"))
    near_from = _number(
        _("Half goed vanaf"),
        required=False,
        help_text=_("Laat leeg als alleen goed telt. Anders is goed 2 punten, en half goed 1."),
    )
    near_to = _number(_("Half goed tot en met"), required=False)
    feedback_low = blocks.CharBlock(label=_("Uitleg bij een lager getal"), max_length=LINE_LENGTH)
    feedback_right = blocks.CharBlock(label=_("Uitleg bij een goed getal"), max_length=LINE_LENGTH)
    feedback_high = blocks.CharBlock(label=_("Uitleg bij een hoger getal"), max_length=LINE_LENGTH)
    is_estimate = blocks.BooleanBlock(
        label=_("Schatting zonder punten"),
        required=False,
        help_text=_("Voor 'hoeveel denk je?'. De leerling ziet daarna het echte getal."),
    )

    def check_whole(self, value: Any) -> None:
        wrong = figures_problem(*(value[name] for name in FIGURES))
        if wrong:
            messages = {
                "right_to": _("Het echte getal moet tussen 'goed vanaf' en 'goed tot' liggen."),
                "near_to": _("Vul 'half goed' twee keer in, ruimer dan 'goed'; of laat het leeg."),
            }
            raise StructBlockValidationError(block_errors={wrong: ValidationError(messages[wrong])})


def figures_problem(
    figure: Decimal,
    right_from: Decimal,
    right_to: Decimal,
    near_from: Decimal | None,
    near_to: Decimal | None,
) -> str:
    """Which field is wrong, or "": the ranges must lie around the figure."""
    if not right_from <= figure <= right_to:
        return "right_to"
    if near_from is None and near_to is None:
        return ""
    if near_from is None or near_to is None:
        return "near_to"
    is_wider = near_from <= right_from and right_to <= near_to
    return "" if is_wider and (near_from, near_to) != (right_from, right_to) else "near_to"


def limit(content: Mapping[str, Any], name: str) -> Decimal:
    return Decimal(content[name].replace(",", "."))


def where(content: Mapping[str, Any], number: Decimal) -> str:
    """In which of the ranges a number is."""
    if number < limit(content, "right_from"):
        is_near = content["near_from"] and number >= limit(content, "near_from")
        return NEAR_LOW if is_near else LOW
    if number > limit(content, "right_to"):
        is_near = content["near_to"] and number <= limit(content, "near_to")
        return NEAR_HIGH if is_near else HIGH
    return RIGHT


class Number(QuestionType):
    """Fill in a number: one that is known, or how many somebody thinks there are.

    An answer is the number itself, as ``quizzes.numbers`` writes it.
    """

    name = "number"
    wording = frozenset(
        {
            "prompt",
            "explanation",
            "figure_source",
            "feedback_low",
            "feedback_right",
            "feedback_high",
        }
    )
    label = _("Getal of schatting")
    icon = "decimal"
    answers_template = "quizzes/feedback/number.html"
    missing = _("Vul een getal in, in cijfers.")

    def block(self) -> blocks.StructBlock:
        return NumberBlock([*common_fields(), asks_sureness()], label=self.label, icon=self.icon)

    def compile(self, value: Mapping[str, Any]) -> dict[str, Any]:
        texts = ("unit", "figure_source", "feedback_low", "feedback_right", "feedback_high")
        return {
            **{name: "" if value[name] is None else write_number(value[name]) for name in FIGURES},
            **{name: value[name] or "" for name in texts},
            "is_estimate": bool(value["is_estimate"]),
        }

    def public(self, content: Mapping[str, Any]) -> dict[str, Any]:
        return {"unit": content["unit"], "pattern": PATTERN, "longest": MOST_CHARACTERS}

    def clean(self, content: Mapping[str, Any], sent: Mapping[str, Any]) -> Given:
        said = sent.get("choice")
        said = [said] if isinstance(said, str) else said or []
        if not isinstance(said, (list, tuple)) or not all(isinstance(text, str) for text in said):
            raise UnusableAnswerError("not_a_list_of_choices")
        if len(said) > 1:
            raise UnusableAnswerError("too_many_chosen")
        if not said or not said[0].strip():
            raise UnusableAnswerError("nothing_chosen")
        number = read_number(said[0])
        if number is None:
            raise UnusableAnswerError("not_a_number")
        return Given(choice=(write_number(number),), sure=sureness(content, sent))

    def mark(self, content: Mapping[str, Any], given: Given) -> Mark:
        available = self.available(content)
        number = read_number("".join(given.choice))
        if not available or number is None:
            return Mark(0, available)
        place = where(content, number)
        won = {RIGHT: available, NEAR_LOW: 1, NEAR_HIGH: 1}.get(place, 0)
        return Mark(won, available)

    def available(self, content: Mapping[str, Any]) -> int:
        if content["is_estimate"]:
            return 0
        return 2 if content["near_from"] else 1

    def example(self, content: Mapping[str, Any], *, is_right: bool) -> dict[str, Any]:
        if is_right:
            return {"choice": [content["figure"]]}
        beyond = limit(content, "near_to" if content["near_to"] else "right_to") + 1
        return {"choice": [write_number(beyond)]}

    def feedback(self, content: Mapping[str, Any], given: Given) -> list[dict[str, Any]]:
        """The learner's number, and the real one with where it comes from."""
        figure = {
            "key": "figure",
            "text": self._shown(content, content["figure"]),
            "is_right": True,
            "is_chosen": False,
            "feedback": content["figure_source"],
            "range": self._range(content, "right_from", "right_to"),
        }
        number = read_number("".join(given.choice))
        if number is None:
            return [figure]
        place = where(content, number)
        side = {NEAR_LOW: LOW, NEAR_HIGH: HIGH}.get(place, place)
        own = {
            "key": "own",
            "text": self._shown(content, given.choice[0]),
            "is_right": place == RIGHT,
            "is_near": place in (NEAR_LOW, NEAR_HIGH),
            "is_chosen": True,
            "feedback": content[f"feedback_{side}"],
        }
        return [own, figure]

    def statistics(self, content: Mapping[str, Any], given: list[Given]) -> list[ChoiceCount]:
        """How many were too low, right and too high, each in words with its limits."""
        numbers = [read_number("".join(answer.choice)) for answer in given]
        places = [where(content, number) for number in numbers if number is not None]
        has_near = bool(content["near_from"])
        lowest = content["near_from" if has_near else "right_from"]
        highest = content["near_to" if has_near else "right_to"]
        rows = [
            (LOW, gettext("minder dan %s") % self._shown(content, lowest)),
            (NEAR_LOW, gettext("iets te laag: vanaf %s") % self._shown(content, lowest)),
            (RIGHT, self._range(content, "right_from", "right_to")),
            (NEAR_HIGH, gettext("iets te hoog: tot en met %s") % self._shown(content, highest)),
            (HIGH, gettext("meer dan %s") % self._shown(content, highest)),
        ]
        return [
            ChoiceCount(key, text, is_right=key == RIGHT, count=places.count(key))
            for key, text in rows
            if has_near or key not in (NEAR_LOW, NEAR_HIGH)
        ]

    def _shown(self, content: Mapping[str, Any], written: str) -> str:
        return f"{show_number(written)} {content['unit']}".strip() if written else ""

    def _range(self, content: Mapping[str, Any], first: str, last: str) -> str:
        low, high = content[first], content[last]
        if low == high:
            return self._shown(content, low)
        return gettext("%(low)s tot en met %(high)s") % {
            "low": show_number(low) if low else "",
            "high": self._shown(content, high),
        }
