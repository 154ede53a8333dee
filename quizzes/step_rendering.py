"""A question in a step of a lesson as HTML: open or answered, on paper, with its key.

As with whole pages (``rendering``), what is the same for everybody is rendered once; what is the
learner's goes into slots.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from django.urls import reverse
from django.utils import translation

from quizzes.grading import Mark
from quizzes.in_step import Answered, StepQuestion
from quizzes.packing import Piece, pack
from quizzes.previews import key_of, on_paper
from quizzes.queries import get_edition
from quizzes.rendering import ATTEMPT, KEY, TAG, Where, feedback_html, split_at_slots
from quizzes.speaking import render_content

FEEDBACK = uuid4().hex


def open_context(found: StepQuestion, place: str, where: Where) -> dict[str, Any]:
    """What the form of an open question needs: public fields only (S-20).

    ``place`` is the id of the element in the page. Ids inside it begin with it: the same question
    may stand twice in one page.
    """
    query = urlencode({"terug": where.lesson_path, "vraag": place})
    return {
        "place": place,
        "question": {**found.question.public, "number": f"-{place}", "section": ""},
        "edition_number": found.edition.number,
        "explains_at_once": True,
        "answer_url": f"{reverse('quizzes:answer', args=[found.slug])}?{query}",
        "attempt": where.attempt,
        "learner_tag": where.learner_tag,
        "key": uuid4(),
        "scripts": [found.question.type.script] if found.question.type.script else [],
    }


def open_html(found: StepQuestion, place: str, step_path: str) -> str:
    """For a page that is nobody's: a copy on a device, whose script fills in what is missing."""
    context = open_context(found, place, Where(found.slug, ATTEMPT, "", step_path))
    return _open(found, {**context, "attempt": "", "key": ""})


def open_template(found: StepQuestion, place: str, step_path: str) -> list[Piece | str]:
    """For ``Where.fill``: the attempt, the key and the tag are the learner's."""
    context = open_context(found, place, Where(found.slug, ATTEMPT, TAG, step_path))
    return split_at_slots(_open(found, {**context, "key": KEY}))


def _open(found: StepQuestion, context: dict[str, Any]) -> str:
    return render_content("quizzes/_step_question.html", context, found.edition.language)


def paper_html(found: StepQuestion, *, with_key: bool) -> str:
    """To fill in with a pen; ``with_key`` for who teaches, never for a learner."""
    context = {
        "paper": on_paper(found.question),
        "key": key_of(found.question) if with_key else None,
    }
    return render_content("quizzes/_step_question_paper.html", context, found.edition.language)


def answered_pieces(found: StepQuestion, answered: Answered, where: Where) -> list[Piece]:
    """What the learner reads who answered it. No query when the edition is in memory."""
    key, mark = found.question.key, answered.mark
    language = translation.get_language() or ""
    template = _answered_template(
        answered.edition_id, _version(answered), key, _state(mark), language
    )
    told = feedback_html(answered.edition_id, answered.attempt_key, key, answered.given, mark)
    start, end = template
    return [*where.fill(start), pack(told.encode()), *where.fill(end)]


def _version(answered: Answered) -> int:
    return get_edition(answered.edition_id).version_for(answered.attempt_key)


def _state(mark: Mark) -> str:
    if not mark.is_marked:
        return "saved"
    return "right" if mark.is_right else "partly" if mark.won else "wrong"


@lru_cache(maxsize=1024)
def _answered_template(
    edition_id: int, version: int, question_key: str, state: str, _language: str
) -> tuple[list[Piece | str], list[Piece | str]]:
    edition = get_edition(edition_id)
    context = {
        "question": edition.version(version).by_key[question_key].public,
        "edition_number": edition.number,
        "attempt": ATTEMPT,
        "learner_tag": TAG,
        "state": state,
        "feedback": FEEDBACK,
    }
    page = render_content("quizzes/_step_question_answered.html", context, edition.language)
    start, end = page.split(FEEDBACK)
    return split_at_slots(start), split_at_slots(end)


def clear_memory() -> None:
    """Forgets what is kept; tests that change the database under us need it."""
    _answered_template.cache_clear()
