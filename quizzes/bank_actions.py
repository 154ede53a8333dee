"""Everything that writes to the question bank, and copies out of it."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any
from uuid import uuid4

from django.db import transaction
from wagtail.models import Revision

from accounts.models import User
from quizzes.bank import entries_of, with_own_ids
from quizzes.models import BankQuestion, Question, Quiz


class LockedQuizError(Exception):
    """Somebody locked the quiz, or a reviewer has it."""


@transaction.atomic
def file_questions(*, quiz: Quiz, content: dict[str, Any]) -> None:
    """The bank knows the questions of this draft (a revision's content), and no older ones.

    2 queries, 1 when there are copies in it, and 2 per question that is new or changed.
    """
    found = {entry.key: asdict(entry) for entry in entries_of(content["questions"])}
    first = _first_origins({values["origin"] for values in found.values()} - found.keys())
    for values in found.values():
        values["origin"] = first.get(values["origin"], values["origin"])
    known = {str(row.key): row for row in BankQuestion.objects.filter(quiz=quiz)}
    gone = [row.pk for key, row in known.items() if key not in found]
    BankQuestion.objects.filter(pk__in=gone).delete()
    for key, values in found.items():
        row = known.get(key) or BankQuestion(quiz=quiz, key=key)
        before = {name: str(getattr(row, name, "")) for name in values}
        if row.pk and before == {name: str(value) for name, value in values.items()}:
            continue
        for name, value in values.items():
            setattr(row, name, value)
        row.save()


def _first_origins(keys: set[str]) -> dict[str, str]:
    """What each of these was copied from itself, as far as that is in the bank."""
    rows = BankQuestion.objects.filter(key__in=keys).values_list("key", "origin") if keys else ()
    return {str(key): str(origin) for key, origin in rows}


@transaction.atomic
def copy_question(*, found: BankQuestion, into: Quiz, user: User) -> Revision:
    """A new draft of the quiz with the question at its end, which says where it came from.

    Raises ``LockedQuizError``.
    """
    Quiz.objects.select_for_update().get(pk=into.pk)
    draft = into.get_latest_revision_as_object()
    lock = draft.get_lock()
    if lock is not None and lock.for_user(user):
        raise LockedQuizError
    draft.questions.add(
        Question(
            key=uuid4(),
            copied_from=found.key,
            copied_from_quiz=found.quiz.key,
            body=json.dumps(with_own_ids(found.body)),
            sort_order=draft.questions.count(),
        )
    )
    # A draft may be unfinished, and so may what is in the bank.
    return draft.save_revision(user=user, log_action=True, clean=False)
