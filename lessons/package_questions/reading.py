"""Questions about a story, a text or a picture."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, field_validator, model_validator

from lessons.package_base import Image, Line, Strict
from lessons.package_questions.base import MarkedQuestion, QuestionBase, Values, entry_values
from quizzes.marked_text import MOST_CHARACTERS, MOST_PIECES, read_marked_text, tidy
from quizzes.question_types.point_at import LEAST_PERCENT, MOST_REGIONS
from quizzes.story import read_script

BRACKETS = {
    "not_closed": "[[ without ]]",
    "not_opened": "]] without [[",
    "inside": "[[ inside [[",
    "empty": "nothing between [[ and ]]",
    "twice": "marked before: ",
}


Percent = Annotated[int, Field(ge=0, le=100)]


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
