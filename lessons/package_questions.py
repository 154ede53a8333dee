"""The questions of a quiz in a package file: one class per type, and one line at the end.

Each says what a writer may write, and what the editor's form of that type gets of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import Field, field_validator, model_validator

from lessons.package_base import FormOfExploitation, Image, Line, Markdown, Slug, Strict
from quizzes.gap_text import gap_mistakes
from quizzes.marked_text import MOST_CHARACTERS, MOST_PIECES, read_marked_text, tidy
from quizzes.question_types.number import FIGURES, figures_problem
from quizzes.story import read_script
from quizzes.typed_words import LONGEST, OTHER, plain

Values = dict[str, Any]
MOST_REGIONS = 12
LEAST_PERCENT = 5  # a smaller region is hard to hit
BRACKETS = {
    "not_closed": "[[ without ]]",
    "not_opened": "]] without [[",
    "inside": "[[ inside [[",
    "empty": "nothing between [[ and ]]",
    "twice": "marked before: ",
}
ScaleLabel = Annotated[str, Field(min_length=1, max_length=60)]
TypedText = Annotated[str, Field(min_length=1, max_length=LONGEST)]
Figure = Annotated[Decimal, Field(max_digits=16, decimal_places=4)]


class Choice(Strict):
    id: UUID
    text: Line
    is_right: bool = False
    feedback: Line  # why this is right, or what is true instead; never scolds
    belief: Annotated[str, Field(max_length=200)] = ""  # what somebody thinks who chooses this
    stays_last: bool = False


def entry_values(entries: Sequence[Any]) -> list[Values]:
    """Entries of a list in the editor's form; the id of a choice is its key."""
    return [
        {"type": "item", "id": str(entry.id), "value": entry.model_dump(exclude={"id"})}
        for entry in entries
    ]


class QuestionBase(Strict):
    id: UUID
    prompt: Markdown
    explanation: Markdown  # shown after the answer, whatever it was
    sources: list[Slug] = []
    signal: str = ""
    form: FormOfExploitation = "all"

    def own_values(self) -> Values:
        """What the editor's form of this type has beside the fields of every question."""
        raise NotImplementedError


class MarkedQuestion(QuestionBase):
    """One that can be answered right."""

    ask_sure: bool = False


class Statement(Strict):
    id: UUID
    text: Line


class Scale(QuestionBase):
    """One without a right answer: its points from low to high."""

    size: Annotated[int, Field(ge=3, le=7)] = 5
    low: ScaleLabel
    high: ScaleLabel
    between: list[ScaleLabel] = []  # none, or one for each point in between

    @model_validator(mode="after")
    def words_for_all_or_for_the_ends(self) -> Self:
        if len(self.between) not in (0, self.size - 2):
            raise ValueError(f"'between' must be empty or have {self.size - 2} texts")
        return self

    def own_values(self) -> Values:
        return {
            "size": str(self.size),
            "low": self.low,
            "high": self.high,
            "between": list(self.between),
        }


class OpinionQuestion(Scale):
    type: Literal["opinion"]


class SelfAssessmentQuestion(Scale):
    type: Literal["self_assessment"]
    statements: Annotated[list[Statement], Field(min_length=1, max_length=8)]

    def own_values(self) -> Values:
        entries = [
            {"type": "item", "id": str(one.id), "value": one.text} for one in self.statements
        ]
        return {**super().own_values(), "statements": entries}


class TypedAnswer(Strict):
    """An answer that is recognised when it is typed; ``also`` has other words for it."""

    id: UUID
    text: TypedText
    also: list[TypedText] = []
    feedback: Line
    belief: Annotated[str, Field(max_length=200)] = ""

    def entry(self) -> Values:
        value = self.model_dump(include={"text", "feedback", "belief"})
        return {
            "type": "item",
            "id": str(self.id),
            "value": {**value, "spellings": "\n".join(self.also)},
        }


class ShortAnswerQuestion(MarkedQuestion):
    """A word or a few, typed. ``quizzes.typed_words`` says what is forgiven."""

    type: Literal["short_answer"]
    accepted: Annotated[list[TypedAnswer], Field(min_length=1, max_length=8)]
    known_wrong: Annotated[list[TypedAnswer], Field(max_length=8)] = []
    feedback_other: Line
    forgives: bool = True

    @model_validator(mode="after")
    def told_apart(self) -> Self:
        seen: set[str] = set()
        for answer in [*self.accepted, *self.known_wrong]:
            own = {plain(text): text for text in [answer.text, *answer.also]}
            for read, text in own.items():
                if not read or read == OTHER:
                    raise ValueError(f"'{text}' cannot be recognised")
                if read in seen:
                    raise ValueError(f"'{text}' is already another answer")
            seen |= set(own)
        return self

    def own_values(self) -> Values:
        return {
            "accepted": [answer.entry() for answer in self.accepted],
            "known_wrong": [answer.entry() for answer in self.known_wrong],
            "feedback_other": self.feedback_other,
            "forgives": self.forgives,
        }


class NumberQuestion(MarkedQuestion):
    """A number or an estimate. With ``near_from`` and ``near_to`` right is 2 points, near 1."""

    type: Literal["number"]
    figure: Figure  # the true one
    unit: Annotated[str, Field(max_length=40)] = ""
    figure_source: Line  # who counted it, and of which year
    right_from: Figure
    right_to: Figure
    near_from: Figure | None = None
    near_to: Figure | None = None
    feedback_low: Line
    feedback_right: Line
    feedback_high: Line
    is_estimate: bool = False  # without points

    @model_validator(mode="after")
    def ranges_lie_around_the_figure(self) -> Self:
        wrong = figures_problem(
            self.figure, self.right_from, self.right_to, self.near_from, self.near_to
        )
        if wrong == "right_to":
            raise ValueError("'figure' must lie between 'right_from' and 'right_to'")
        if wrong == "near_to":
            raise ValueError("'near_from' and 'near_to' must both be wider than right, or absent")
        return self

    def own_values(self) -> Values:
        texts = ("unit", "figure_source", "feedback_low", "feedback_right", "feedback_high")
        figures = {name: getattr(self, name) for name in FIGURES}
        return {
            **{name: getattr(self, name) for name in texts},
            **{name: None if one is None else str(one) for name, one in figures.items()},
            "is_estimate": self.is_estimate,
        }


class OneAnswerQuestion(MarkedQuestion):
    type: Literal["one_answer"]
    choices: Annotated[list[Choice], Field(min_length=2, max_length=8)]

    @field_validator("choices")
    @classmethod
    def exactly_one_right(cls, choices: list[Choice]) -> list[Choice]:
        if sum(choice.is_right for choice in choices) != 1:
            raise ValueError("exactly one choice must have 'is_right: true'")
        return choices

    def own_values(self) -> Values:
        return {"choices": entry_values(self.choices)}


class SeveralAnswersQuestion(MarkedQuestion):
    type: Literal["several_answers"]
    choices: Annotated[list[Choice], Field(min_length=2, max_length=10)]
    rule: Literal["all_or_nothing", "per_choice"] = "per_choice"

    @field_validator("choices")
    @classmethod
    def at_least_one_right(cls, choices: list[Choice]) -> list[Choice]:
        if not any(choice.is_right for choice in choices):
            raise ValueError("at least one choice must have 'is_right: true'")
        return choices

    def own_values(self) -> Values:
        return {"choices": entry_values(self.choices), "rule": self.rule}


class TrueFalseQuestion(MarkedQuestion):
    """True or false, with why: after choosing, the learner picks the reason."""

    type: Literal["true_false"]
    is_true: bool
    feedback_true: Line  # what someone reads who answered "Waar"
    feedback_false: Line  # what someone reads who answered "Niet waar"
    why_prompt: Line = "Waarom denk je dat?"
    reasons: Annotated[list[Choice], Field(max_length=6)] = []  # one right, if any are given

    @field_validator("reasons")
    @classmethod
    def one_right_reason(cls, reasons: list[Choice]) -> list[Choice]:
        if reasons and sum(reason.is_right for reason in reasons) != 1:
            raise ValueError("exactly one reason must have 'is_right: true'")
        return reasons

    def own_values(self) -> Values:
        return {
            "is_true": self.is_true,
            "feedback_true": self.feedback_true,
            "feedback_false": self.feedback_false,
            "why_prompt": self.why_prompt,
            "reasons": entry_values(self.reasons),
        }


class BranchingStoryQuestion(QuestionBase):
    """A conversation with choices; ``script`` as in ``quizzes/story.py``. Never marked."""

    type: Literal["branching_story"]
    script: Annotated[str, Field(min_length=1)]
    look: Literal["chat", "scene"] = "chat"

    @field_validator("script")
    @classmethod
    def is_a_story(cls, script: str) -> str:
        read_script(script)  # a ScriptError is a ValueError, and names the lines
        return script

    def own_values(self) -> Values:
        return {"script": self.script, "look": self.look}


class Piece(Strict):
    """A piece of the text that can be marked."""

    id: UUID
    text: Line  # exactly as between [[ and ]]
    is_right: bool = False  # whether it is a signal
    signal: Annotated[str, Field(max_length=60)] = ""  # its short name, when it is one
    feedback: Line

    @model_validator(mode="after")
    def signals_have_names(self) -> Piece:
        if self.is_right != bool(self.signal):
            raise ValueError("give 'signal' when 'is_right' is true, and only then")
        return self


class SpotSignalsQuestion(MarkedQuestion):
    """Mark the signals in a text. ``quizzes.marked_text`` says how the text is written."""

    type: Literal["spot_signals"]
    look: Literal["chat", "advertisement", "form", "report"]
    heading: Annotated[str, Field(max_length=200)] = ""
    own_name: Annotated[str, Field(max_length=40)] = "Ik"  # who is on the right in a chat
    text: Annotated[str, Field(min_length=1, max_length=MOST_CHARACTERS)]
    choices: Annotated[list[Piece], Field(min_length=2, max_length=MOST_PIECES)]

    @field_validator("choices")
    @classmethod
    def signals_and_others(cls, choices: list[Piece]) -> list[Piece]:
        if len({choice.is_right for choice in choices}) != 2:
            raise ValueError("at least one piece must be a signal, and at least one must not")
        return choices

    @model_validator(mode="after")
    def pieces_are_in_the_text(self) -> SpotSignalsQuestion:
        read = read_marked_text(self.text, self.look)
        wrong = [
            f"text, line {mistake.line}: {BRACKETS[mistake.code]}{mistake.piece}"
            for mistake in read.mistakes
        ]
        listed = [tidy(choice.text) for choice in self.choices]
        wrong += [
            f"text, line {line}: '{piece}' is not in 'choices'"
            for piece, line in read.pieces.items()
            if piece not in listed
        ]
        wrong += [
            f"choices: '{piece}' is not between [[ and ]] in the text"
            for piece in listed
            if piece not in read.pieces
        ]
        wrong += [
            f"choices: '{piece}' comes twice" for piece in set(listed) if listed.count(piece) > 1
        ]
        if wrong:
            raise ValueError("; ".join(wrong))
        return self

    def own_values(self) -> Values:
        return {
            "look": self.look,
            "heading": self.heading,
            "own_name": self.own_name,
            "text": self.text,
            "choices": entry_values(self.choices),
        }


class Step(Strict):
    id: UUID
    text: Line
    feedback: Line  # why it comes here


def refuse_doubles(texts: Sequence[str]) -> None:
    folded = [" ".join(text.casefold().split()) for text in texts]
    for number, text in enumerate(folded):
        if text in folded[:number]:
            raise ValueError(f"'{texts[number]}' is written twice")


class OrderQuestion(MarkedQuestion):
    type: Literal["order"]
    items: Annotated[list[Step], Field(min_length=3, max_length=8)]  # in the right order
    rule: Literal["per_step", "all_or_nothing"] = "per_step"

    @field_validator("items")
    @classmethod
    def no_step_twice(cls, items: list[Step]) -> list[Step]:
        refuse_doubles([item.text for item in items])
        return items

    def own_values(self) -> Values:
        return {"items": entry_values(self.items), "rule": self.rule}


Percent = Annotated[int, Field(ge=0, le=100)]


class Region(Strict):
    """A rectangle in the picture, in per cent of it from the left and from the top."""

    id: UUID
    text: Line  # what one points at
    is_right: bool = False
    feedback: Line
    x: Percent
    y: Percent
    width: Annotated[int, Field(ge=LEAST_PERCENT, le=100)]
    height: Annotated[int, Field(ge=LEAST_PERCENT, le=100)]

    @model_validator(mode="after")
    def is_inside_the_picture(self) -> Region:
        if self.x + self.width > 100 or self.y + self.height > 100:
            raise ValueError("x + width and y + height must be at most 100")
        return self


class PointAtQuestion(MarkedQuestion):
    """Point at one or several places in a picture. ``image.alt`` must not tell which."""

    type: Literal["point_at"]
    image: Image
    choices: Annotated[list[Region], Field(min_length=2, max_length=MOST_REGIONS)]

    @field_validator("image")
    @classmethod
    def has_a_text(cls, image: Image) -> Image:
        if image.decorative:
            raise ValueError("a picture to point at needs 'alt'")
        return image

    @field_validator("choices")
    @classmethod
    def right_and_others(cls, choices: list[Region]) -> list[Region]:
        if len({choice.is_right for choice in choices}) != 2:
            raise ValueError("at least one region must be right, and at least one must not")
        return choices

    def own_values(self) -> Values:
        # The file's name: whoever loads the package knows the picture's number.
        return {
            "image": self.image.file,
            "alt": self.image.alt,
            "choices": entry_values(self.choices),
        }


Short = Annotated[str, Field(min_length=1, max_length=60)]  # stands in a select


class Pair(Strict):
    id: UUID
    left: Line
    right: Short  # may be the same for several lines
    feedback: Line


class Other(Strict):
    """A choice that belongs nowhere."""

    id: UUID
    text: Short


def other_values(others: Sequence[Any]) -> list[Values]:
    return [{"type": "item", "id": str(other.id), "value": other.text} for other in others]


class MatchQuestion(MarkedQuestion):
    type: Literal["match"]
    pairs: Annotated[list[Pair], Field(min_length=2, max_length=8)]
    others: Annotated[list[Other], Field(max_length=4)] = []

    @model_validator(mode="after")
    def choices_differ(self) -> MatchQuestion:
        refuse_doubles([pair.left for pair in self.pairs])
        rights = list({" ".join(pair.right.casefold().split()): pair.right for pair in self.pairs})
        refuse_doubles([*rights, *(other.text for other in self.others)])
        if len(rights) + len(self.others) < 2:
            raise ValueError("give at least two different choices")
        return self

    def own_values(self) -> Values:
        return {"pairs": entry_values(self.pairs), "others": other_values(self.others)}


class Card(Strict):
    id: UUID
    text: Line
    groups: Annotated[list[str], Field(min_length=1)]  # the names of the right ones
    feedback: Line


class SortGroupsQuestion(MarkedQuestion):
    type: Literal["sort_groups"]
    groups: Annotated[
        list[Annotated[str, Field(min_length=1, max_length=40)]], Field(min_length=2, max_length=5)
    ]
    items: Annotated[list[Card], Field(min_length=2, max_length=10)]

    @model_validator(mode="after")
    def cards_have_groups(self) -> SortGroupsQuestion:
        refuse_doubles(self.groups)
        refuse_doubles([item.text for item in self.items])
        for item in self.items:
            if unknown := set(item.groups) - set(self.groups):
                raise ValueError(f"'{item.text}': there is no group '{min(unknown)}'")
            if set(item.groups) == set(self.groups):
                raise ValueError(f"'{item.text}': not every group can be right")
        return self

    def own_values(self) -> Values:
        names = [*self.groups, "", "", ""][:5]
        items = entry_values(self.items)
        for item in items:
            item["value"]["groups"] = [
                str(self.groups.index(group) + 1) for group in item["value"]["groups"]
            ]
        return {
            **{f"group_{number}": name for number, name in enumerate(names, start=1)},
            "items": items,
        }


GAP_MISTAKES = {
    "unknown": "gap {number} is in the text and not in 'gaps'",
    "missing": "gap {number} is not in the text",
    "double": "gap {number} is in the text more than once",
    "broken": "line {number}: write a gap as [[1]]",
}
Word = Annotated[str, Field(min_length=1, max_length=40)]


class OtherWord(Strict):
    id: UUID
    text: Word


class GapEntry(Strict):
    id: UUID
    right: Word
    others: Annotated[list[OtherWord], Field(max_length=6)] = []  # where each gap has its own list
    feedback: Line


class GapQuestion(MarkedQuestion):
    """A text with [[1]] where the first of ``gaps`` is."""

    type: Literal["gap"]
    text: Annotated[str, Field(min_length=1, max_length=1500)]
    gaps: Annotated[list[GapEntry], Field(min_length=1, max_length=8)]
    word_list: Literal["shared", "per_gap"] = "shared"
    others: Annotated[list[OtherWord], Field(max_length=6)] = []  # where all gaps have one list

    @model_validator(mode="after")
    def gaps_are_in_the_text(self) -> GapQuestion:
        if mistakes := gap_mistakes(self.text, len(self.gaps)):
            told = [GAP_MISTAKES[one.code].format(number=one.number) for one in mistakes]
            raise ValueError("; ".join(told))
        return self

    @model_validator(mode="after")
    def words_differ(self) -> GapQuestion:
        if self.word_list == "shared":
            rights = {" ".join(gap.right.casefold().split()): gap.right for gap in self.gaps}
            lists = [[*rights.values(), *(other.text for other in self.others)]]
        else:
            lists = [[gap.right, *(other.text for other in gap.others)] for gap in self.gaps]
        for words in lists:
            refuse_doubles(words)
            if len(words) < 2:
                raise ValueError(f"'{words[0]}': give another word to choose from")
        return self

    def own_values(self) -> Values:
        gaps = entry_values(self.gaps)
        for value, gap in zip(gaps, self.gaps, strict=True):
            value["value"]["others"] = other_values(gap.others)
        return {
            "text": self.text,
            "gaps": gaps,
            "word_list": self.word_list,
            "others": other_values(self.others),
        }


Question = Annotated[
    OneAnswerQuestion
    | SeveralAnswersQuestion
    | TrueFalseQuestion
    | OpinionQuestion
    | SelfAssessmentQuestion
    | ShortAnswerQuestion
    | NumberQuestion
    | BranchingStoryQuestion
    | SpotSignalsQuestion
    | OrderQuestion
    | PointAtQuestion
    | MatchQuestion
    | SortGroupsQuestion
    | GapQuestion,
    Field(discriminator="type"),
]
QUESTIONS: tuple[type[QuestionBase], ...] = (
    OneAnswerQuestion,
    SeveralAnswersQuestion,
    TrueFalseQuestion,
    OpinionQuestion,
    SelfAssessmentQuestion,
    ShortAnswerQuestion,
    NumberQuestion,
    BranchingStoryQuestion,
    SpotSignalsQuestion,
    OrderQuestion,
    PointAtQuestion,
    MatchQuestion,
    SortGroupsQuestion,
    GapQuestion,
)
