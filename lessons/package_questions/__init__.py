"""The questions of a quiz in a package file: one class per type, and one line here.

Each says what a writer may write, and what the editor's form of that type gets of it.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from lessons.package_questions.base import MarkedQuestion, QuestionBase
from lessons.package_questions.choosing import (
    OneAnswerQuestion,
    SeveralAnswersQuestion,
    TrueFalseQuestion,
)
from lessons.package_questions.placing import (
    GapQuestion,
    MatchQuestion,
    OrderQuestion,
    SortGroupsQuestion,
)
from lessons.package_questions.reading import (
    BranchingStoryQuestion,
    PointAtQuestion,
    SpotSignalsQuestion,
)
from lessons.package_questions.scales import (
    OpinionQuestion,
    SelfAssessmentQuestion,
    TwoSidesQuestion,
)
from lessons.package_questions.typed import NumberQuestion, ShortAnswerQuestion
from lessons.package_questions.watching import SpotMomentsQuestion

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
    | GapQuestion
    | SpotMomentsQuestion
    | TwoSidesQuestion,
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
    SpotMomentsQuestion,
    TwoSidesQuestion,
)

__all__ = [
    "QUESTIONS",
    "BranchingStoryQuestion",
    "GapQuestion",
    "MarkedQuestion",
    "MatchQuestion",
    "NumberQuestion",
    "OneAnswerQuestion",
    "OpinionQuestion",
    "OrderQuestion",
    "PointAtQuestion",
    "Question",
    "QuestionBase",
    "SelfAssessmentQuestion",
    "SeveralAnswersQuestion",
    "ShortAnswerQuestion",
    "SortGroupsQuestion",
    "SpotMomentsQuestion",
    "SpotSignalsQuestion",
    "TrueFalseQuestion",
    "TwoSidesQuestion",
]
