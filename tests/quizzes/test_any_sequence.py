"""Any sequence of answers, repeats, reorderings and changes of edition gives the same stored
facts and marks as replaying it in order in a model of plain Python.

The model knows no code of ours: four questions with one right choice each, and five rules.
In a practice quiz the first answer to a question counts; in a check the last one, until the
attempt is handed in. The same key with the same answer is a repeat, with another it is
refused. An attempt keeps the edition in which it began. A mark is what the edition's key
says, whatever its words. What was sent is never lost.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from accounts.actions import create_learner
from accounts.cookies import LearnerToken
from quizzes.actions import (
    AlreadyAnsweredError,
    KeyReusedError,
    OpenQuestionsError,
    hand_in,
    save_answer,
)
from quizzes.models import Answer, Attempt, Quiz
from quizzes.publishing import publish_edition
from quizzes.queries import clear_memory, newest_edition, numbered_edition
from tests.factories.quizzes import key, make_quiz, one_answer

pytestmark = pytest.mark.django_db
SLUG = "reeks"
QUESTIONS = ("p", "q", "r", "s")
LETTERS = "abc"
SAVED, REPEATED, TOO_LATE, REFUSED = "saved", "repeated", "too late", "refused"


# --- What can happen ------------------------------------------------------------------
@dataclass(frozen=True)
class Send:
    """A browser sends answer ``name`` of one of two attempts; it may do so again."""

    attempt: int
    question: str
    letter: str
    name: int  # stands for the key that the browser made


@dataclass(frozen=True)
class Correct:
    """An editor corrects the spelling of a question."""

    question: str


@dataclass(frozen=True)
class Turn:
    """An editor makes another choice the right one."""

    question: str
    letter: str


@dataclass(frozen=True)
class Swap:
    """An editor puts the first question last."""


@dataclass(frozen=True)
class HandIn:
    """A learner closes an attempt, if all its questions have an answer."""

    attempt: int


Event = Send | Correct | Turn | Swap | HandIn
sends = st.builds(
    Send,
    attempt=st.integers(0, 1),
    question=st.sampled_from(QUESTIONS),
    letter=st.sampled_from(LETTERS),
    name=st.integers(0, 5),
)
edits = st.one_of(
    st.builds(Correct, st.sampled_from(QUESTIONS)),
    st.builds(Turn, st.sampled_from(QUESTIONS), st.sampled_from(LETTERS)),
    st.just(Swap()),
    st.builds(HandIn, st.integers(0, 1)),
)


@st.composite
def sequences(draw: st.DrawFn) -> list[Event]:
    """What is sent, with repeats of it anywhere after, and edits between."""
    events: list[Event] = draw(st.lists(st.one_of(sends, sends, edits), min_size=4, max_size=14))
    for _ in range(draw(st.integers(0, 3))):
        again = draw(st.sampled_from(events))
        events.insert(draw(st.integers(0, len(events))), again)
    return events


# --- The model ------------------------------------------------------------------------
Fact = tuple[int, str, str, int, bool]  # name of the key, question, letter, won, whether it counts


@dataclass
class ModelAttempt:
    right: dict[str, str]  # as it was when the attempt began
    is_check: bool
    facts: list[Fact] = field(default_factory=list)
    is_closed: bool = False

    def take(self, sent: Send) -> str:
        may_change = self.is_check and not self.is_closed
        won = int(self.right[sent.question] == sent.letter)
        for name, question, letter, _won, counts in self.facts:
            if name == sent.name:
                if (question, letter) != (sent.question, sent.letter):
                    return REFUSED
                return REPEATED if counts or may_change else TOO_LATE
        is_first = all(question != sent.question for _n, question, *_rest in self.facts)
        if may_change:
            self.facts = [
                (name, question, letter, points, counts and question != sent.question)
                for name, question, letter, points, counts in self.facts
            ]
        self.facts.append((sent.name, sent.question, sent.letter, won, is_first or may_change))
        if not self.is_check and self.is_complete:
            self.is_closed = True
        return SAVED if is_first or may_change else TOO_LATE

    @property
    def is_complete(self) -> bool:
        return len({question for _name, question, *_rest in self.facts}) == len(QUESTIONS)

    @property
    def standing(self) -> tuple[int, int, int, bool]:
        """Answered, won, available, and whether it is closed."""
        counted = [fact for fact in self.facts if fact[4]]
        return len(counted), sum(fact[3] for fact in counted), len(QUESTIONS), self.is_closed


@dataclass
class Model:
    is_check: bool
    right: dict[str, str] = field(default_factory=lambda: dict.fromkeys(QUESTIONS, "b"))
    attempts: dict[int, ModelAttempt] = field(default_factory=dict)

    def play(self, event: Event) -> str | None:
        if isinstance(event, Turn):
            self.right = {**self.right, event.question: event.letter}
        elif isinstance(event, Send):
            fresh = ModelAttempt(self.right, self.is_check)
            return self.attempts.setdefault(event.attempt, fresh).take(event)
        elif isinstance(event, HandIn) and event.attempt in self.attempts:
            attempt = self.attempts[event.attempt]
            attempt.is_closed = attempt.is_closed or attempt.is_complete
        return None


# --- The site -------------------------------------------------------------------------
class Site:
    """The real thing, with two learners."""

    def __init__(self, quiz: Quiz) -> None:
        self.quiz = quiz
        self.edits = 0
        self.begun: dict[int, int] = {}  # attempt → the number of its edition
        learners = [create_learner() for _ in range(2)]
        self.tokens = [LearnerToken(learner.pk, learner.epoch) for learner in learners]

    def attempt_key(self, attempt: int) -> UUID:
        return uuid5(NAMESPACE_URL, f"attempt {self.tokens[attempt].learner_id}")

    def play(self, event: Event) -> str | None:
        if isinstance(event, Send):
            return self.send(event)
        if isinstance(event, HandIn):
            found = Attempt.objects.filter(key=self.attempt_key(event.attempt)).first()
            if found is not None:
                with suppress(OpenQuestionsError):
                    hand_in(attempt=found, now=timezone.now())
            return None
        self.edits += 1
        if isinstance(event, Swap):
            first = self.quiz.questions.order_by("sort_order").first()
            first.sort_order = 100 + self.edits
            first.save()
        else:
            question = self.quiz.questions.get(key=key(f"{SLUG}-{event.question}"))
            value = question.body[0].value
            if isinstance(event, Correct):
                value["explanation"] = type(value["explanation"])(f"<p>Beter {self.edits}.</p>")
            else:
                for choice in value["choices"]:
                    choice["is_right"] = choice["text"].endswith(f"-{event.letter}")
            question.save()
        quiz = Quiz.objects.get(pk=self.quiz.pk)
        publish_edition(quiz=quiz, as_correction=isinstance(event, Correct))
        return None

    def send(self, sent: Send) -> str:
        number = self.begun.setdefault(sent.attempt, newest_edition(SLUG).number)
        answer_key = uuid5(NAMESPACE_URL, f"{self.attempt_key(sent.attempt)} {sent.name}")
        token = self.tokens[sent.attempt]
        known = Answer.objects.filter(attempt__key=self.attempt_key(sent.attempt), key=answer_key)
        was_known = known.exists()
        try:
            save_answer(
                token=token,
                edition=numbered_edition(SLUG, number),
                attempt_key=self.attempt_key(sent.attempt),
                question_key=UUID(key(f"{SLUG}-{sent.question}")),
                answer_key=answer_key,
                sent={"choice": [key(f"{sent.question}-{sent.letter}")]},
                learner_tag=token.tag,
                now=timezone.now(),
            )
        except AlreadyAnsweredError:
            return TOO_LATE
        except KeyReusedError:
            return REFUSED
        return REPEATED if was_known else SAVED

    def facts(self, attempt: int) -> list[Fact]:
        """What is stored, in the words of the model."""
        names = {
            uuid5(NAMESPACE_URL, f"{self.attempt_key(attempt)} {name}"): name for name in range(6)
        }
        questions = {UUID(key(f"{SLUG}-{name}")): name for name in QUESTIONS}
        stored = Answer.objects.filter(attempt__key=self.attempt_key(attempt)).order_by("pk")
        return [
            (
                names[one.key],
                questions[one.question_key],
                next(
                    letter
                    for letter in LETTERS
                    if one.given["choice"] == [key(f"{questions[one.question_key]}-{letter}")]
                ),
                one.won,
                one.is_current,
            )
            for one in stored
        ]

    def standing(self, attempt: int) -> tuple[int, int, int, bool]:
        stored = Attempt.objects.get(key=self.attempt_key(attempt))
        is_closed = stored.submitted_at is not None
        return stored.answered_count, stored.won, stored.available, is_closed


@pytest.fixture(params=["practice", "check"])
def quiz(request: pytest.FixtureRequest) -> Quiz:
    questions = [(name, one_answer(name)) for name in QUESTIONS]
    return make_quiz(SLUG, questions=questions, kind=request.param)


def play(events: list[Event], quiz: Quiz) -> tuple[Model, Site]:
    clear_memory()
    model, site = Model(quiz.kind == "check"), Site(quiz)
    for event in events:
        assert site.play(event) == model.play(event), event
    return model, site


@settings(
    max_examples=50,
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(sequences())
@example([Send(0, "p", "b", 0), Turn("p", "a"), Send(0, "p", "b", 0), Send(0, "q", "b", 1)])
@example([Send(0, "p", "b", 0), Correct("q"), Swap(), Send(0, "q", "b", 1), Send(1, "q", "b", 0)])
@example(
    [
        *[Send(0, name, "b", n) for n, name in enumerate(QUESTIONS)],
        HandIn(0),
        Correct("p"),
        Send(0, "p", "a", 5),
        Send(0, "p", "b", 0),
    ]
)
@example([Turn("p", "a"), Send(0, "p", "b", 0), Correct("p"), Send(0, "p", "a", 1)])
def test_any_sequence_stores_what_replaying_it_in_order_would(
    quiz: Quiz, events: list[Event]
) -> None:
    with transaction.atomic():
        model, site = play(events, quiz)
        for number, attempt in model.attempts.items():
            assert site.facts(number) == attempt.facts
            assert site.standing(number) == attempt.standing
        assert Attempt.objects.count() == len(model.attempts)
        transaction.set_rollback(True)


def test_the_order_in_which_answers_to_different_questions_arrive_does_not_matter(
    quiz: Quiz,
) -> None:
    """A queue that is sent in another order: the same marks."""
    answers: list[Any] = [Send(0, name, letter, n) for n, (name, letter) in
                          enumerate(zip(QUESTIONS, "bbab", strict=True))]  # fmt: skip
    standings = set()
    for start in range(len(answers)):
        with transaction.atomic():
            in_order = [*answers[start:], *answers[:start]]
            _model, site = play([Correct("s"), *in_order, HandIn(0)], quiz)
            standings.add(site.standing(0))
            transaction.set_rollback(True)
    assert standings == {(4, 3, 4, True)}
