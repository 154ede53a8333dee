"""R-10: a class worked offline for a lesson, and all its answers arrive at once."""

from __future__ import annotations

import random
import threading
import time
from typing import Any
from uuid import uuid4

import pytest

from tests.durability.client import Answering, Connection
from tests.durability.conftest import BOTH, seed
from tests.durability.learners import Acknowledged, Diary
from tests.durability.report import report
from tests.durability.verdict import judge
from tests.servers import start_site

PUPILS, ATTEMPTS, QUESTIONS = 25, 5, 12  # sixty answers each
WITHIN_SECONDS = 60  # the catalogue's figure
ALL_BACK_WITHIN_SECONDS = 10
SEED = 20_261_126

pytestmark = pytest.mark.slow


class Pupil(threading.Thread):
    """Sends what waited in one browser: one after the other, the oldest first."""

    def __init__(self, number: int, port: int, known: dict[str, Any]) -> None:
        super().__init__(daemon=True)
        dice = random.Random(SEED + number)
        self.moment = dice.uniform(0, ALL_BACK_WITHIN_SECONDS)
        self.connection = Connection(port)
        self.slug = known["slug"]
        self.who = known["learners"][number]
        edition = known["edition"]
        self.queue = [
            Answering(attempt, edition["number"], each["key"], **dice.choice(each["answers"]))
            for attempt in [str(uuid4()) for _attempt in range(ATTEMPTS)]
            for each in edition["questions"]
        ]
        self.diary = Diary()

    def run(self) -> None:
        threading.Event().wait(self.moment)  # when this pupil's network is back
        for answering in self.queue:
            reply = self.connection.ask(
                self.slug, answering, cookie=self.who["cookie"], learner_tag=self.who["tag"]
            )
            if reply.status != 200:
                self.diary.refused.append(f"{reply.status} {reply.text[:200]}")
                continue
            told = Acknowledged(
                answering, reply.body["won"], reply.body["available"], time.monotonic()
            )
            self.diary.acknowledged.append(told)
        self.connection.drop()


@pytest.mark.parametrize("fresh_url", BOTH, indirect=True)
def test_all_answers_of_a_class_that_was_offline_arrive(
    fresh_url: str, request: pytest.FixtureRequest
) -> None:
    seeded = seed(fresh_url, learners=PUPILS)
    with start_site(seeded.url, is_warm=True, LOG_LEVEL="ERROR") as site:
        pupils = [Pupil(number, site.port, seeded.known) for number in range(PUPILS)]
        started = time.monotonic()
        for pupil in pupils:
            pupil.start()
        for pupil in pupils:
            pupil.join(timeout=WITHIN_SECONDS)
        seconds = time.monotonic() - started
        verdict = judge(seeded.url, [pupil.diary for pupil in pupils])
    report(
        f"R-10 {request.node.callspec.id}",
        acknowledged=verdict.acknowledged,
        seconds=round(seconds, 1),
    )
    assert verdict.faults == {}, verdict.examples
    assert verdict.acknowledged == PUPILS * ATTEMPTS * QUESTIONS
    assert seconds <= WITHIN_SECONDS
