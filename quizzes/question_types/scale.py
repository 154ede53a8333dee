"""What the types share that ask for a place on a scale: no place on it is right."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from quizzes.grading import UnusableAnswerError
from quizzes.question_types.base import QuestionBlock, UnmarkedType, pick

LABEL_LENGTH = 60
SIZES = range(3, 8)


class ScaleBlock(QuestionBlock):
    """The editor's fields of a scale: its ends in words, and the rest if that helps."""

    size = blocks.ChoiceBlock(
        label=_("Aantal punten"), choices=[(str(size), str(size)) for size in SIZES], default="5"
    )
    low = blocks.CharBlock(
        label=_("Woorden bij het laagste punt"),
        max_length=LABEL_LENGTH,
        help_text=_("Bijvoorbeeld: helemaal niet mee eens."),
    )
    high = blocks.CharBlock(label=_("Woorden bij het hoogste punt"), max_length=LABEL_LENGTH)
    between = blocks.ListBlock(
        blocks.CharBlock(label=_("Woorden"), max_length=LABEL_LENGTH),
        label=_("Woorden bij de punten daartussen"),
        min_num=0,
        max_num=max(SIZES) - 2,
        default=[],
        help_text=_("Laat leeg voor alleen getallen. Anders: voor elk punt, van laag naar hoog."),
    )

    def check_whole(self, value: Any) -> None:
        wanted = int(value["size"]) - 2
        if len(value["between"]) not in (0, wanted):
            message = _("Vul hier niets in, of precies %(wanted)s keer woorden.")
            raise StructBlockValidationError(
                block_errors={
                    "between": blocks.list_block.ListBlockValidationError(
                        non_block_errors=[message % {"wanted": wanted}]
                    )
                }
            )


def compile_scale(value: Mapping[str, Any]) -> list[dict[str, str]]:
    """The points from low to high; of a draft with a wrong number of words only the ends."""
    size, between = int(value["size"]), list(value["between"])
    if len(between) != size - 2:
        between = [""] * (size - 2)
    labels = [value["low"], *between, value["high"]]
    return [{"key": str(place), "text": text} for place, text in enumerate(labels, start=1)]


def place_on(scale: list[dict[str, str]], key: str) -> str:
    """Which point of how many."""
    return gettext("%(place)s van %(size)s") % {"place": key, "size": len(scale)}


def in_words(scale: list[dict[str, str]], point: Mapping[str, str]) -> str:
    """A point as a text that makes sense alone."""
    place = place_on(scale, point["key"])
    return f"{point['text']} ({place})" if point["text"] else place


def one_point_each(
    about: list[dict[str, Any]], scale: list[dict[str, str]], sent: Any
) -> tuple[str, ...]:
    """The sent ``key:point`` of each thing that is asked about, in their order.

    Raises ``UnusableAnswerError`` when one is unknown, missing, or has two points.
    """
    points = [
        {"key": f"{one['key']}:{point['key']}", "about": one["key"]}
        for one in about
        for point in scale
    ]
    chosen = pick(points, sent)
    said = [point["about"] for point in points if point["key"] in chosen]
    if len(set(said)) < len(said):
        raise UnusableAnswerError("unknown_choice")
    if len(said) < len(about):
        raise UnusableAnswerError("incomplete")
    return chosen


class ScaleType(UnmarkedType):
    wording = frozenset({"prompt", "explanation", "scale.text", "statements.text"})
    answers_template = "quizzes/feedback/scale.html"
