from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from quizzes.grading import Given, Mark, UnusableAnswerError
from quizzes.question_types.base import (
    LINE_LENGTH,
    ChoiceCount,
    QuestionBlock,
    QuestionType,
    answer_belief,
    answer_feedback,
    asks_sureness,
    common_fields,
    count_choices,
    explained,
    sureness,
)
from quizzes.question_types.folding import FoldingBlock
from quizzes.typed_words import LONGEST, OTHER, find, plain


class TypedAnswerBlock(FoldingBlock):
    """One answer that is recognised. Its key is the id that Wagtail gives the entry."""

    folded = ("belief",)
    text = blocks.CharBlock(label=_("Antwoord"), max_length=LONGEST)
    spellings = blocks.TextBlock(
        label=_("Telt ook"),
        required=False,
        rows=2,
        help_text=_(
            "Andere woorden voor hetzelfde, elk op een eigen regel. Hoofdletters, accenten, "
            "leestekens en spaties maken niet uit, en 'twee' is 2."
        ),
    )
    feedback = answer_feedback()
    belief = answer_belief()


def spellings_of(value: Mapping[str, Any]) -> list[str]:
    """What counts as this answer: the answer itself, and each line below it."""
    lines = [value["text"], *(value.get("spellings") or "").splitlines()]
    return [line.strip() for line in lines if line.strip()]


class ShortAnswerBlock(QuestionBlock):
    accepted = blocks.ListBlock(
        TypedAnswerBlock(), label=_("Goede antwoorden"), min_num=1, max_num=8
    )
    known_wrong = blocks.ListBlock(
        TypedAnswerBlock(),
        label=_("Andere antwoorden die je verwacht"),
        min_num=0,
        max_num=8,
        default=[],
        help_text=_("Wie dit typt, krijgt de uitleg die erbij staat."),
    )
    feedback_other = blocks.CharBlock(
        label=_("Uitleg bij elk ander antwoord"), max_length=LINE_LENGTH
    )
    forgives = blocks.BooleanBlock(
        label=_("Eén typefout mag"),
        required=False,
        default=True,
        help_text=_("In antwoorden van zes letters of meer, niet in getallen."),
    )

    def check_whole(self, value: Any) -> None:
        seen: set[str] = set()
        for name in ("accepted", "known_wrong"):
            for answer in value[name]:
                own = {plain(spelling): spelling for spelling in spellings_of(answer)}
                for read, spelling in own.items():
                    if not read or read == OTHER:
                        raise _refused(name, _("'%(text)s' kunnen we niet herkennen."), spelling)
                    if read in seen:
                        raise _refused(name, _("'%(text)s' staat er al."), spelling)
                seen |= set(own)


def _refused(name: str, message: Any, spelling: str) -> StructBlockValidationError:
    error = ValidationError(message % {"text": spelling})
    return StructBlockValidationError(
        block_errors={name: blocks.list_block.ListBlockValidationError(non_block_errors=[error])}
    )


class ShortAnswer(QuestionType):
    """Type a word or a few.

    What was typed is compared and thrown away: an answer is the key of the answer that it was
    taken for, or ``other``.
    """

    name = "short_answer"
    wording = frozenset({"prompt", "explanation", "answers.feedback", "feedback_other"})
    label = _("Kort antwoord, getypt")
    icon = "edit"
    is_typed = True
    answers_template = "quizzes/feedback/short_answer.html"
    missing = _("Typ een antwoord, in letters of cijfers.")

    def block(self) -> blocks.StructBlock:
        return ShortAnswerBlock(
            [*common_fields(), asks_sureness()], label=self.label, icon=self.icon
        )

    def compile(self, value: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "answers": [
                {
                    "key": str(child.id or uuid4()),
                    "text": child.value["text"],
                    "spellings": spellings_of(child.value),
                    "is_right": name == "accepted",
                    "feedback": child.value["feedback"],
                    "belief": child.value.get("belief") or "",
                }
                for name in ("accepted", "known_wrong")
                for child in value[name].bound_blocks
            ],
            "feedback_other": value["feedback_other"],
            "forgives": bool(value["forgives"]),
        }

    def public(self, content: Mapping[str, Any]) -> dict[str, Any]:
        return {"longest": LONGEST}

    def clean(self, content: Mapping[str, Any], sent: Mapping[str, Any]) -> Given:
        said = sent.get("choice")
        said = [said] if isinstance(said, str) else said or []
        if not isinstance(said, (list, tuple)) or not all(isinstance(text, str) for text in said):
            raise UnusableAnswerError("not_a_list_of_choices")
        if len(said) > 1:
            raise UnusableAnswerError("too_many_chosen")
        text = said[0] if said else ""
        if not plain(text[: LONGEST + 1]):
            raise UnusableAnswerError("nothing_chosen")
        if len(text) > LONGEST:
            raise UnusableAnswerError("too_long")
        answers = content["answers"]
        # As it is kept, or as it is typed. Nobody guesses a key, and no page shows one before.
        is_key = text == OTHER or any(answer["key"] == text for answer in answers)
        key = text if is_key else find(answers, text, forgives=content["forgives"]) or OTHER
        return Given(choice=(key,), sure=sureness(content, sent))

    def mark(self, content: Mapping[str, Any], given: Given) -> Mark:
        right = {answer["key"] for answer in content["answers"] if answer["is_right"]}
        return Mark(won=int(len(given.choice) == 1 and set(given.choice) <= right), available=1)

    def available(self, content: Mapping[str, Any]) -> int:
        return 1

    def example(self, content: Mapping[str, Any], *, is_right: bool) -> dict[str, Any]:
        fitting = [one["text"] for one in content["answers"] if one["is_right"] == is_right]
        return {"choice": [*fitting, "iets anders"][:1]}

    def feedback(self, content: Mapping[str, Any], given: Given) -> list[dict[str, Any]]:
        answers = explained(content["answers"], given.choice)
        if OTHER not in given.choice:
            return answers
        other = {
            "key": OTHER,
            "text": gettext("Iets anders"),
            "is_right": False,
            "is_chosen": True,
            "feedback": content["feedback_other"],
        }
        return [other, *answers]

    def statistics(self, content: Mapping[str, Any], given: list[Given]) -> list[ChoiceCount]:
        other = {"key": OTHER, "text": gettext("Iets anders"), "is_right": False}
        answers = [*content["answers"], other]
        return count_choices(answers, given, lambda answer: answer.choice)
