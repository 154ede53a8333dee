"""Which lessons, questions and quizzes depend on a signal: by its names, or because it was chosen.

No column says so: what an editor wrote is read. Some ten thousand questions take a second.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from lessons.freshness import SIGNAL, Claim, Use, Uses
from lessons.models import LessonPage
from quizzes.models import BankQuestion, Question, Quiz
from signals.models import Signal
from signals.naming import folded


def claim_of_signal(signal: Signal) -> Claim:
    return Claim(
        SIGNAL,
        signal.pk,
        signal.title,
        signal.owner.strip(),
        signal.check_by,
        checked_on=signal.checked_on,
        name=signal.slug,
        publisher=", ".join(source.value["title"] for source in signal.sources),
        recheck=signal.note_for_editor,
    )


Numbers = dict[tuple[Claim, int], list[int]]  # by claim and quiz: of its questions, from 1


def add_uses_of_signals(claims: Sequence[Claim], uses: Uses) -> None:
    """Lessons first, then quizzes, and drafts of quizzes. 5 queries, none without claims."""
    if not claims:
        return
    called = _called(claims)
    for lesson in LessonPage.objects.order_by("path"):
        for claim in _found(called, card_titles(lesson.steps.raw_data)):
            uses[claim].append(Use("lesson", lesson.pk, lesson.title))
    numbers: Numbers = {}
    counted: dict[int, int] = {}
    for question in Question.objects.order_by("sort_order", "pk"):
        number = counted[question.quiz_id] = counted.get(question.quiz_id, 0) + 1
        for claim in _found(called, named_signals(list(question.body.raw_data))):
            numbers.setdefault((claim, question.quiz_id), []).append(number)
    quizzes = {quiz.pk: quiz for quiz in Quiz.objects.order_by("title", "pk")}
    for quiz in quizzes.values():
        for claim in _found(called, named_signals(list(quiz.bands.raw_data))):
            numbers.setdefault((claim, quiz.pk), [])
    drafts: Numbers = {}
    for quiz_id, number, body in BankQuestion.objects.order_by("number").values_list(
        "quiz", "number", "body"
    ):
        for claim in _found(called, named_signals(body)):
            drafts.setdefault((claim, quiz_id), []).append(number)
    for quiz in quizzes.values():
        for claim in claims:
            place = claim, quiz.pk
            if place in numbers:
                uses[claim].append(Use("quiz", quiz.pk, quiz.title, tuple(numbers[place])))
            elif place in drafts:
                uses[claim].append(Use("draft", quiz.pk, quiz.title, tuple(drafts[place])))


def _called(claims: Iterable[Claim]) -> dict[str | int, Claim]:
    """The claim by each name of its signal in every language, and by the number of each of its
    rows. 1 query."""
    by_slug = {claim.name: claim for claim in claims}
    called: dict[str | int, Claim] = {}
    for signal in Signal.objects.filter(slug__in=by_slug):
        claim = by_slug[signal.slug]
        called[signal.pk] = claim
        called |= {folded(name): claim for name in (signal.slug, *signal.names)}
    return called


def _found(called: Mapping[str | int, Claim], names: Iterable[str | int]) -> list[Claim]:
    """Each once, in the order of the names."""
    asked = (folded(name) if isinstance(name, str) else name for name in names)
    return list(dict.fromkeys(called[name] for name in asked if name in called))


def card_titles(steps: Iterable[Any]) -> Iterator[str]:
    """What the signal cards of raw steps are called."""
    for step in steps:
        for block in step["value"]["blocks"]:
            if block["type"] == "signal_card":
                yield block["value"].get("title") or ""


def named_signals(raw: Any) -> Iterator[str | int]:
    """The signals that content names, as Wagtail keeps it: words, and numbers of chosen ones."""
    if isinstance(raw, list):
        for one in raw:
            yield from named_signals(one)
    elif isinstance(raw, dict):
        for field, value in raw.items():
            if field == "signal" and value and isinstance(value, str | int):
                yield value
            else:
                yield from named_signals(value)


def signals_on_cards(steps: Iterable[Any]) -> list[Signal]:
    """The signals that the cards of raw steps lead to. 1 query, none without cards."""
    titles = {folded(title) for title in card_titles(steps) if title}
    if not titles:
        return []
    return [
        signal
        for signal in Signal.objects.originals()
        if titles & {folded(name) for name in signal.names}
    ]
