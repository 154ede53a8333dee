"""The registry of question types: one module each, one line each here."""

from quizzes.question_types.base import QuestionType
from quizzes.question_types.branching_story import BranchingStory
from quizzes.question_types.gap import Gap
from quizzes.question_types.match import Match
from quizzes.question_types.number import Number
from quizzes.question_types.one_answer import OneAnswer
from quizzes.question_types.opinion import Opinion
from quizzes.question_types.order import Order
from quizzes.question_types.point_at import PointAt
from quizzes.question_types.self_assessment import SelfAssessment
from quizzes.question_types.several_answers import SeveralAnswers
from quizzes.question_types.short_answer import ShortAnswer
from quizzes.question_types.sort_groups import SortGroups
from quizzes.question_types.spot_moments import SpotMoments
from quizzes.question_types.spot_signals import SpotSignals
from quizzes.question_types.true_false import TrueFalse
from quizzes.question_types.two_sides import TwoSides

QUESTION_TYPES: dict[str, QuestionType] = {
    question_type.name: question_type
    for question_type in (
        OneAnswer(),
        SeveralAnswers(),
        TrueFalse(),
        Opinion(),
        SelfAssessment(),
        ShortAnswer(),
        Number(),
        BranchingStory(),
        SpotSignals(),
        Order(),
        PointAt(),
        Match(),
        SortGroups(),
        Gap(),
        TwoSides(),
        SpotMoments(),
    )
}

__all__ = ["QUESTION_TYPES", "QuestionType"]
