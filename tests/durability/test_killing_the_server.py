"""R-01 and R-02: kill -9 of the whole server in mid-burst loses no acknowledged answer."""

from __future__ import annotations

import os
import random
import time
from dataclasses import dataclass, field

import pytest

from tests.durability.conftest import BOTH, Seeded, seed
from tests.durability.learners import Class
from tests.durability.report import report
from tests.durability.verdict import Verdict, judge
from tests.servers import Site, start_site, wait_until

KILLS = int(os.environ.get("DURABILITY_KILLS", "50"))
CONTROL_KILLS = 6  # one is enough to lose hundreds of answers
COLD_EVERY = 25  # these restarts go through the command line, imports and all
SEED = int(os.environ.get("DURABILITY_SEED", "20260401"))

pytestmark = [pytest.mark.server, pytest.mark.slow]


@dataclass
class Story:
    """One burst with kills in it, and what was left of it."""

    verdict: Verdict
    kills: int
    seconds: float
    until_everybody: list[float] = field(default_factory=list)  # seconds after the server is back

    def as_json(self) -> dict:
        waits = sorted(self.until_everybody) or [0.0]
        return {
            "kills": self.kills,
            "seed": SEED,
            "seconds": round(self.seconds, 1),
            "everybody_continues_p50_seconds": round(waits[len(waits) // 2], 2),
            "everybody_continues_max_seconds": round(waits[-1], 2),
            **self.verdict.as_json(),
        }


def burst_with_kills(seeded: Seeded, *, kills: int, **build: str) -> Story:
    """Thirty learners answer while the server dies ``kills`` times, at times from a seed."""
    moments = random.Random(SEED)
    patience = 3 if "BROKEN" in build else 1000
    started = time.monotonic()
    waits: list[float] = []
    with start_site(seeded.url, is_warm=True, LOG_LEVEL="ERROR", **build) as site:
        with Class(site.port, seeded.known, SEED, patience=patience) as class_:
            for kill in range(1, kills + 1):
                wait_for_burst(class_, moments)
                site.kill9_group()
                class_.forget_who_was_heard()
                waits.append(come_back(site, class_, is_cold=kill % COLD_EVERY == 0))
            wait_for_burst(class_, moments)
        verdict = judge(seeded.url, class_.diaries)
    return Story(verdict, kills, time.monotonic() - started, waits)


def wait_for_burst(class_: Class, moments: random.Random) -> None:
    """Until a random number of further answers is acknowledged: the middle of a burst."""
    enough = class_.acknowledged_count + moments.randint(1, 120)
    wait_until(lambda: class_.acknowledged_count >= enough, seconds=60, what=f"{enough} answers")


def come_back(site: Site, class_: Class, *, is_cold: bool) -> float:
    """Seconds from the restarted server's first reply until everybody was served."""
    site.restart(is_cold=is_cold)
    back = time.monotonic()
    wait_until(class_.everybody_was_heard, seconds=30, what="everybody to continue")
    return time.monotonic() - back


@pytest.mark.parametrize("fresh_url", BOTH, indirect=True)
def test_no_acknowledged_answer_is_lost_when_the_server_is_killed(
    fresh_url: str, request: pytest.FixtureRequest
) -> None:
    story = burst_with_kills(seed(fresh_url), kills=KILLS)

    report(f"R-01 {request.node.callspec.id}", **story.as_json())
    assert story.verdict.faults == {}, story.verdict.examples
    assert story.verdict.acknowledged > KILLS * 30
    assert story.verdict.sent_twice > KILLS
    assert max(story.until_everybody) <= 5  # seconds; the catalogue's figure


@pytest.mark.parametrize("fresh_url", BOTH, indirect=True)
def test_a_build_that_acknowledges_before_the_commit_is_caught(
    fresh_url: str, request: pytest.FixtureRequest
) -> None:
    story = burst_with_kills(seed(fresh_url), kills=CONTROL_KILLS, BROKEN="early_ack")

    report(f"R-02 early_ack {request.node.callspec.id}", **story.as_json())
    assert story.verdict.faults.get("lost", 0) > 0


@pytest.mark.parametrize("fresh_url", BOTH, indirect=True)
def test_it_is_the_kill_that_the_early_build_does_not_survive(fresh_url: str) -> None:
    story = burst_with_kills(seed(fresh_url), kills=0, BROKEN="early_ack")

    assert story.verdict.acknowledged > 0
    assert story.verdict.faults == {}


@pytest.mark.parametrize("fresh_url", BOTH, indirect=True)
def test_a_build_without_unique_keys_is_caught(
    fresh_url: str, request: pytest.FixtureRequest
) -> None:
    seeded = seed(fresh_url, "--without-unique-keys")
    story = burst_with_kills(seeded, kills=CONTROL_KILLS, BROKEN="no_unique_key")

    report(f"R-02 no_unique_key {request.node.callspec.id}", **story.as_json())
    assert story.verdict.faults.get("duplicated", 0) > 0
