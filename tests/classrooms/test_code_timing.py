"""How long a wrong code takes tells nothing (S-31).

Medians of samples that take turns: whatever else the machine does, it does to all kinds
alike. So this is no test of speed, and a slow machine does not turn it red.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from statistics import median
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.test import RequestFactory
from django.utils import timezone

from accounts.models import User
from classrooms import join_views
from classrooms.actions import close_joining
from classrooms.models import Classroom
from tests.factories.classrooms import make_classroom

JOIN = "/mee/"
MOST_DIFFERENCE_IN_MS = 10
SAMPLES = 1000


@pytest.fixture
def codes(db: Any, teacher: User, other_teacher: User, settings: Any) -> dict[str, str]:
    """One code of each kind that lets nobody in, and limits that never come."""
    settings.LIMITS = {name: (10**9, seconds) for name, (_, seconds) in settings.LIMITS.items()}
    now = timezone.now()
    make_classroom(teacher=teacher, name="1a")  # somebody does get in somewhere
    expired, closed = (make_classroom(teacher=teacher, name=name) for name in ("1b", "1c"))
    Classroom.objects.filter(pk=expired.pk).update(
        join_opens_at=now - timedelta(days=3), join_closes_at=now - timedelta(days=1)
    )
    elsewhere = make_classroom(teacher=other_teacher, name="2a")
    for room in (closed, elsewhere):
        close_joining(classroom=room, now=now, user=None)
    return {
        "wrong": "22222222",
        "expired": expired.join_code,
        "closed": closed.join_code,
        "of another school": elsewhere.join_code,
    }


def medians_in_ms(codes: dict[str, str], samples: int) -> dict[str, float]:
    """Median time of an answer per kind of code; each round begins with another kind.

    Through all middleware, but not through the test client: that copies the context of
    every template, which takes longer than the answer.
    """
    site = WSGIHandler()
    factory = RequestFactory(headers={"origin": "http://testserver"})
    kinds = list(codes)
    taken: dict[str, list[float]] = {kind: [] for kind in kinds}
    answers = set()
    for number in range(samples):
        first = number % len(kinds)
        for kind in kinds[first:] + kinds[:first]:
            request = factory.post(JOIN, {"code": codes[kind]})
            start = time.perf_counter()
            response = site.get_response(request)
            taken[kind].append((time.perf_counter() - start) * 1000)
            answers.add(response.status_code)
    assert answers == {422}
    return {kind: median(times) for kind, times in taken.items()}


def difference(medians: dict[str, float]) -> float:
    return max(medians.values()) - min(medians.values())


def test_every_code_that_does_not_work_takes_the_same_time(codes: dict[str, str]) -> None:
    """S-31: the medians of a thousand of each lie within 10 ms."""
    medians = medians_in_ms(codes, SAMPLES)
    assert difference(medians) < MOST_DIFFERENCE_IN_MS, medians


def test_a_code_that_takes_longer_would_be_seen(
    codes: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: 20 ms of work for one kind."""
    join_classroom: Callable[..., Any] = join_views.join_classroom

    def slow_for_closed(*, code: str, **more: Any) -> Any:
        if code == codes["closed"]:
            end = time.perf_counter() + 0.020
            while time.perf_counter() < end:
                pass
        return join_classroom(code=code, **more)

    monkeypatch.setattr(join_views, "join_classroom", slow_for_closed)
    medians = medians_in_ms(codes, samples=50)
    assert difference(medians) > MOST_DIFFERENCE_IN_MS, medians
    assert max(medians, key=medians.__getitem__) == "closed"
