"""Addresses within an attempt, looked up once per quiz and not once per answer.

Django's ``reverse`` took a twelfth of what saving an answer asks of the site.
"""

from __future__ import annotations

from functools import lru_cache
from uuid import UUID

from django.urls import reverse

NO_ATTEMPT = UUID(int=0)


def question_address(slug: str, attempt: UUID | str, number: int) -> str:
    return _of_no_attempt("quizzes:question", slug, number).replace(str(NO_ATTEMPT), str(attempt))


def result_address(slug: str, attempt: UUID | str) -> str:
    return _of_no_attempt("quizzes:result", slug).replace(str(NO_ATTEMPT), str(attempt))


@lru_cache(maxsize=4096)
def _of_no_attempt(name: str, slug: str, *more: int) -> str:
    return reverse(name, args=[slug, NO_ATTEMPT, *more])
