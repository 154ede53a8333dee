"""What every question type says about itself."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.list_block import ListBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.rich_text import RichText

from quizzes.arranging import chance, shuffled
from quizzes.bank import plain
from quizzes.grading import SURENESS, Given, Mark, UnusableAnswerError
from quizzes.pairing import folded
from quizzes.question_types.folding import FoldingBlock, drop_blank_entries
from quizzes.question_types.supplement import SupplementBlock
from signals.words import FORMS

LINE_LENGTH = 200
FORMS_OF_EXPLOITATION = [("all", _("alle vormen")), *list(FORMS.items())[:6]]
RICH_TEXT_FEATURES = ["bold", "italic", "ol", "ul", "link"]


@dataclass(frozen=True, slots=True)
class ChoiceCount:
    """How many learners chose this in their counted answer."""

    key: str
    text: str
    is_right: bool
    count: int


def answer_feedback() -> blocks.Block:
    return blocks.CharBlock(
        label=_("Uitleg bij dit antwoord"),
        max_length=LINE_LENGTH,
        help_text=_("Leg uit wat klopt. Wijs nooit terecht."),
    )


def answer_belief() -> blocks.Block:
    return blocks.CharBlock(
        label=_("Overtuiging achter dit antwoord"),
        max_length=LINE_LENGTH,
        required=False,
        help_text=_("Wat iemand denkt die dit kiest. Bijvoorbeeld: 'eigen schuld'."),
    )


class ChoiceBlock(FoldingBlock):
    """One choice. Its key is the id that Wagtail gives an entry of a list."""

    folded = ("belief", "stays_last")
    text = blocks.CharBlock(label=_("Antwoord"), max_length=LINE_LENGTH)
    feedback = answer_feedback()
    is_right = blocks.BooleanBlock(label=_("Is goed"), required=False)
    belief = answer_belief()
    stays_last = blocks.BooleanBlock(
        label=_("Blijft onderaan"), required=False, help_text=_("Voor 'geen van deze'.")
    )


def require_words(value: Any) -> None:
    """Rich text may hold an empty paragraph, which Wagtail takes for a text."""
    empty = [
        name
        for name, text in value.items()
        if isinstance(text, RichText) and not plain(text.source)
    ]
    if empty:
        message = forms.Field.default_error_messages["required"]
        raise StructBlockValidationError(
            {name: ValidationError(message, code="required") for name in empty}
        )


class QuestionBlock(FoldingBlock):
    """What every type of question has; a type adds its own fields above these.

    A type checks what its fields mean together in ``check_whole``: not while it is a draft.
    """

    folded = ("supplement", "sources", "signal", "form", "ask_sure")
    prompt = blocks.RichTextBlock(label=_("Vraag"), features=["bold", "italic"])

    def value_from_datadict(self, data: Any, files: Any, prefix: str) -> Any:
        """What the editor sent, without the entries of lists that nothing was typed in."""
        value = super().value_from_datadict(data, files, prefix)
        drop_blank_entries(value)
        return value

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if not self.is_deferred_validation:
            require_words(cleaned)
            self.check_whole(cleaned)
        return cleaned

    def check_whole(self, value: Any) -> None:
        """Raises ``StructBlockValidationError``, at the field that is to be changed."""


def common_fields() -> list[tuple[str, blocks.Block]]:
    return [
        (
            "explanation",
            blocks.RichTextBlock(
                label=_("Uitleg na het antwoord"),
                features=RICH_TEXT_FEATURES,
                help_text=_("Staat er altijd, bij een goed en bij een ander antwoord."),
            ),
        ),
        ("supplement", SupplementBlock(label=_("Bij de uitleg"))),
        (
            "sources",
            blocks.ListBlock(blocks.CharBlock(), label=_("Bronnen"), required=False, default=[]),
        ),
        (
            "signal",
            blocks.CharBlock(
                label=_("Signaal"),
                required=False,
                help_text=_(
                    "Waar de vraag over gaat. Is dit een naam van een signaal uit de lijst, dan "
                    "staat na het antwoord een link naar dat signaal."
                ),
            ),
        ),
        (
            "form",
            blocks.ChoiceBlock(
                label=_("Vorm van uitbuiting"), choices=FORMS_OF_EXPLOITATION, default="all"
            ),
        ),
    ]


def asks_sureness() -> tuple[str, blocks.Block]:
    """The editor's field of every type that is marked."""
    return (
        "ask_sure",
        blocks.BooleanBlock(
            label=_("Vraag ook hoe zeker iemand is"),
            required=False,
            help_text=_("De docent ziet dan wat de groep zeker denkt te weten en toch anders is."),
        ),
    )


class QuestionType(ABC):
    """One kind of question, from the editor's form to the class's statistics.

    A type compiles what the editor wrote into *content* (a plain dictionary, kept in the
    edition) and says which part of it a learner may see before answering. That part is
    an allow-list: a field that nobody named stays on the server (S-20).
    """

    name: str
    label: str | Promise
    icon = "help"
    # Whether an answer can be right. Of the others nobody sees what a learner chose.
    is_marked = True
    # Whether words are typed. They are marked and thrown away: never in the database, nor
    # in the browser's storage.
    is_typed = False
    # How ``feedback`` is shown.
    feedback_template = "quizzes/_feedback.html"
    # In it, what stands between the title and the explanation.
    answers_template = "quizzes/_answer_list.html"
    # A static file with the custom element that its form gains from, if any.
    script = ""
    # Fields of the content that are only text: a spelling correction may change them while
    # somebody is answering. All others make a new edition (``quizzes.differences``).
    wording = frozenset({"prompt", "explanation", "choices.text", "choices.feedback"})
    # Whether attempts differ in it by themselves, also where the editor does not shuffle.
    varies = False
    # Whether half of all learners begin elsewhere, so that the two halves can be compared.
    has_arms = False
    # Which lists of its content may stand in another order for another attempt.
    shuffles: tuple[str, ...] = ()
    # What a learner is told who sends nothing.
    missing: str | Promise = _("Kies eerst een antwoord.")

    @property
    def template(self) -> str:
        """The learner's form; works without a script."""
        return f"quizzes/question_types/{self.name}.html"

    @property
    def print_template(self) -> str:
        """The question on paper, to be filled in with a pen. It gets public fields only."""
        return f"quizzes/print/{self.name}.html"

    @abstractmethod
    def block(self) -> blocks.StructBlock:
        """The editor's form."""

    @abstractmethod
    def compile(self, value: Mapping[str, Any]) -> dict[str, Any]:
        """The type's own content from the editor's block value."""

    @abstractmethod
    def public(self, content: Mapping[str, Any]) -> dict[str, Any]:
        """What a learner may see before answering: an allow-list, never the key."""

    def arranged(
        self, content: Mapping[str, Any], version: int, *, shuffle_choices: bool
    ) -> Mapping[str, Any]:
        """The content as this version of the quiz has it (see ``quizzes.arranging``)."""
        if not shuffle_choices or not self.shuffles:
            return content
        dice = chance(version, content["key"])
        return {**content, **{name: shuffled(content[name], dice) for name in self.shuffles}}

    @abstractmethod
    def clean(self, content: Mapping[str, Any], sent: Mapping[str, Any]) -> Given:
        """What was sent, as an answer. Raises ``UnusableAnswerError`` with a code."""

    @abstractmethod
    def mark(self, content: Mapping[str, Any], given: Given) -> Mark:
        """What the answer is worth."""

    @abstractmethod
    def available(self, content: Mapping[str, Any]) -> int:
        """The points that this question can give."""

    @abstractmethod
    def example(self, content: Mapping[str, Any], *, is_right: bool) -> dict[str, Any]:
        """What a browser would send: a right answer, or one that wins nothing where there is
        such a thing. For demonstrations and tests."""

    @abstractmethod
    def feedback(self, content: Mapping[str, Any], given: Given) -> list[dict[str, Any]]:
        """The choices with what was chosen, what is right and why: for after the answer."""

    def feedback_context(self, content: Mapping[str, Any], given: Given) -> dict[str, Any]:
        """What ``answers_template`` needs beside the choices."""
        return {}

    @abstractmethod
    def statistics(self, content: Mapping[str, Any], given: list[Given]) -> list[ChoiceCount]:
        """How often each choice was made by a group."""


class UnmarkedType(QuestionType):
    """A question without a right answer. Nobody but the learner sees what they chose."""

    is_marked = False

    def mark(self, content: Mapping[str, Any], given: Given) -> Mark:
        return Mark(0, 0)

    def available(self, content: Mapping[str, Any]) -> int:
        return 0


def sureness(content: Mapping[str, Any], sent: Mapping[str, Any]) -> str:
    """How sure the learner says they are, where that is asked. Saying nothing is fine.

    Raises ``UnusableAnswerError`` when it is something else.
    """
    said = sent.get("sure") or ""
    if not content.get("ask_sure") or not said:
        return ""
    if said not in SURENESS:
        raise UnusableAnswerError("unknown_choice")
    return said


def compile_choices(list_value: Any) -> list[dict[str, Any]]:
    """Choices of a ListBlock with their stable keys (the list entries' own ids)."""
    return [
        {
            "key": str(child.id or uuid4()),
            "text": child.value["text"],
            "is_right": bool(child.value["is_right"]),
            "feedback": child.value["feedback"],
            "belief": child.value.get("belief") or "",
            "stays_last": bool(child.value.get("stays_last")),
        }
        for child in list_value.bound_blocks
    ]


def public_choices(choices: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{"key": choice["key"], "text": choice["text"]} for choice in choices]


def pick(
    choices: list[dict[str, Any]], sent: Any, *, least: int = 1, most: int | None = None
) -> tuple[str, ...]:
    """The sent keys in the question's order. Raises when one is unknown, missing or double."""
    if isinstance(sent, str):
        sent = [sent] if sent else []
    if not isinstance(sent, (list, tuple)) or not all(isinstance(key, str) for key in sent):
        raise UnusableAnswerError("not_a_list_of_choices")
    known = [choice["key"] for choice in choices]
    if len(set(sent)) != len(sent) or not set(sent) <= set(known):
        raise UnusableAnswerError("unknown_choice")
    if len(sent) < least:
        raise UnusableAnswerError("nothing_chosen")
    if most is not None and len(sent) > most:
        raise UnusableAnswerError("too_many_chosen")
    return tuple(key for key in known if key in set(sent))


def explained(choices: list[dict[str, Any]], chosen: tuple[str, ...]) -> list[dict[str, Any]]:
    return [
        {
            "key": choice["key"],
            "text": choice["text"],
            "is_right": choice["is_right"],
            "is_chosen": choice["key"] in chosen,
            "feedback": choice["feedback"],
        }
        for choice in choices
    ]


def found_and_missed(
    choices: list[dict[str, Any]], chosen: tuple[str, ...]
) -> list[dict[str, Any]]:
    """Places or pieces, numbered, and how it went: found, missed, extra, or rightly left."""
    states = {
        (True, True): "found",
        (True, False): "missed",
        (False, True): "extra",
        (False, False): "left",
    }
    return [
        {
            **choice,
            "number": number,
            "is_chosen": choice["key"] in chosen,
            "state": states[choice["is_right"], choice["key"] in chosen],
        }
        for number, choice in enumerate(choices, start=1)
    ]


def count_choices(
    choices: list[dict[str, Any]], given: list[Given], key_of: Callable[[Given], tuple[str, ...]]
) -> list[ChoiceCount]:
    chosen = [key for answer in given for key in key_of(answer)]
    return [
        ChoiceCount(choice["key"], choice["text"], choice["is_right"], chosen.count(choice["key"]))
        for choice in choices
    ]


def require_right_choices(
    value: Mapping[str, Any], name: str, *, exactly: int | None = None
) -> None:
    """The editor's error when the wrong number of choices is marked right."""
    right = sum(bool(choice["is_right"]) for choice in value[name])
    if exactly is not None and right != exactly:
        message = _("Zet bij precies één antwoord een vinkje bij 'Is goed'.")
    elif right == 0:
        message = _("Zet bij minstens één antwoord een vinkje bij 'Is goed'.")
    else:
        return
    error = ValidationError(message, code="many_right" if right else "none_right")
    raise StructBlockValidationError({name: ListBlockValidationError(non_block_errors=[error])})


def refuse_doubles(value: Mapping[str, Any], name: str, field: str = "text") -> None:
    """The editor's error at each entry of a list that says the same as one before it."""
    seen: set[str] = set()
    errors: dict[int, Exception] = {}
    for number, entry in enumerate(value[name]):
        text = folded(entry[field])
        if text in seen:
            message = ValidationError(_("Dit staat er al. Geef elke regel eigen woorden."))
            errors[number] = StructBlockValidationError(block_errors={field: message})
        seen.add(text)
    if errors:
        raise StructBlockValidationError(
            block_errors={name: ListBlockValidationError(block_errors=errors)}
        )
