"""R-03: kill -9 of PostgreSQL in mid-burst; the site recovers by itself."""

from __future__ import annotations

import random
import time

import pytest

from tests.durability.conftest import seed
from tests.durability.learners import Class
from tests.durability.report import report
from tests.durability.verdict import judge
from tests.postgres_server import start_postgres
from tests.servers import start_site, wait_until

KILLS = 20
SEED = 20260402

pytestmark = [pytest.mark.server, pytest.mark.postgres, pytest.mark.slow]


def test_no_acknowledged_answer_is_lost_when_postgresql_is_killed() -> None:
    moments = random.Random(SEED)
    accepting: list[float] = []
    with start_postgres() as postgres:
        seeded = seed(postgres.url)
        with start_site(postgres.url, is_warm=True, LOG_LEVEL="ERROR") as site:
            with Class(site.port, seeded.known, SEED) as class_:
                for _kill in range(KILLS):
                    enough = class_.acknowledged_count + moments.randint(1, 120)
                    wait_until(
                        lambda enough=enough: class_.acknowledged_count >= enough,
                        seconds=60,
                        what="the middle of a burst",
                    )
                    postgres.kill9()
                    class_.forget_who_was_heard()
                    before = class_.acknowledged_count
                    began = time.monotonic()
                    postgres.restart()
                    wait_until(
                        lambda before=before: class_.acknowledged_count > before,
                        seconds=30,
                        what="an answer to be accepted again",
                    )
                    accepting.append(time.monotonic() - began)
                    wait_until(class_.everybody_was_heard, seconds=30, what="everybody")
            verdict = judge(postgres.url, class_.diaries)

    accepting.sort()
    report(
        "R-03",
        kills=KILLS,
        seed=SEED,
        accepting_again_p50_seconds=round(accepting[KILLS // 2], 2),
        accepting_again_max_seconds=round(accepting[-1], 2),
        **verdict.as_json(),
    )
    # While the database is away, each request is answered (5xx) within the client's time.
    assert verdict.faults == {}, verdict.examples
    assert verdict.server_errors > 0, "nobody asked while the database was away"
    assert accepting[-1] <= 10
