"""The kinds of quiz: when one is told what was right, and what may still change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class QuizKind:
    """What a kind of quiz does. ``attempts``: how many a learner may do, 0 for any number."""

    name: str
    # After each answer; the answer is final from then on (decision 0006).
    explains_at_once: bool = False
    # Otherwise an answer may be changed until the learner hands in.
    is_handed_in: bool = True
    # The attempt from which on, once it is handed in, the learner is told: nothing before.
    explains_from: int = 1
    attempts: int = 0
    # Whether the editor says how many attempts there are, and from which score one passes.
    is_check: bool = False
    # Whether a question may have a right answer, and whether one must.
    may_mark: bool = True
    must_mark: bool = False
    # Whether the learner sees what everybody said together.
    shows_group: bool = False

    def explains(self, number: int) -> bool:
        """Whether the learner is told what was right after attempt ``number``, from 1."""
        return number >= self.explains_from


PRACTICE = QuizKind("practice", explains_at_once=True, is_handed_in=False)
CHECK = QuizKind("check", is_check=True, must_mark=True)
MEASUREMENT = QuizKind("measurement", explains_from=2, attempts=2)
SELF_SCAN = QuizKind("self_scan", may_mark=False)
POLL = QuizKind("poll", is_handed_in=False, attempts=1, may_mark=False, shows_group=True)

KINDS = {kind.name: kind for kind in (PRACTICE, CHECK, MEASUREMENT, SELF_SCAN, POLL)}


def unfit_questions(kind: QuizKind, marked: Sequence[bool]) -> list[int]:
    """The numbers, from 1, of questions that do not belong in this kind of quiz.

    ``marked`` says of each whether it has a right answer. A self-scan or a poll that calls
    an answer wrong would break what it says on its first page.
    """
    if kind.may_mark:
        return []
    return [number for number, is_marked in enumerate(marked, start=1) if is_marked]


def lacks_marked(kind: QuizKind, marked: Sequence[bool]) -> bool:
    """Whether a kind that gives a score has nothing to give it for."""
    return kind.must_mark and not any(marked)


def may_stand_in_step(kind: QuizKind, draw_count: int, question_count: int) -> bool:
    """Whether a question of such a quiz may stand by itself in the middle of a lesson.

    There it is explained on the spot, and it must be in every attempt: not where chance
    decides which questions somebody gets.
    """
    return kind.explains_at_once and not 0 < draw_count < question_count
