"""What the answers of a group say, by what they are about and not by question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from quizzes.question_types.base import FORMS_OF_EXPLOITATION
from quizzes.shares import Share, share
from reports.grouping import Answered, Theme, by_belief, by_form, by_signal

LEAST_NAMED = 2  # what one learner thinks is not named


@dataclass(frozen=True, slots=True)
class ThemeShare:
    """Of a belief: who hold it. Of a signal or form: who had it right."""

    name: str
    share: Share
    numbers: list[int]  # of the questions; of those that are still in the quiz


@dataclass(frozen=True, slots=True)
class Themes:
    beliefs: list[ThemeShare]
    signals: list[ThemeShare]
    forms: list[ThemeShare]

    def __bool__(self) -> bool:
        return bool(self.beliefs or self.signals or self.forms)


def themes_of(answered: Sequence[Answered]) -> Themes:
    """Of questions that enough people answered. No query."""
    names = dict(FORMS_OF_EXPLOITATION)
    return Themes(
        beliefs=[
            _shown(theme, is_sensitive=True)
            for theme in by_belief(answered)
            if theme.part >= LEAST_NAMED
        ],
        signals=[_shown(theme) for theme in by_signal(answered)],
        forms=[
            _shown(theme, name=str(names.get(theme.name, theme.name)))
            for theme in by_form(answered)
        ],
    )


def _shown(theme: Theme, *, name: str = "", is_sensitive: bool = False) -> ThemeShare:
    return ThemeShare(
        name=name or theme.name,
        share=share(theme.part, theme.whole, is_sensitive=is_sensitive),
        numbers=sorted(number for number in theme.numbers if number),
    )
