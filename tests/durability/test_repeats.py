"""R-08, R-09 and R-13 over HTTP: repeats, lost replies and two tabs, on a real server."""

from __future__ import annotations

import threading
from collections.abc import Callable
from uuid import uuid4

import pytest

from tests.durability.client import Answering, Connection, Reply
from tests.durability.conftest import BOTH, Seeded, seed
from tests.durability.report import report
from tests.durability.verdict import judge, select
from tests.servers import Site, start_site, wait_until

AT_ONCE = 100
LOST_REPLIES = 100
TWO_TABS = 200
BUSY = 503

pytestmark = [
    pytest.mark.slow,
    pytest.mark.parametrize("fresh_url", BOTH, indirect=True),
]


@pytest.fixture
def seeded(fresh_url: str) -> Seeded:
    return seed(fresh_url, learners=2)


@pytest.fixture
def site(seeded: Seeded):
    with start_site(seeded.url, is_warm=True, LOG_LEVEL="ERROR") as site:
        yield site


def first_answers(seeded: Seeded, attempt: str | None = None) -> tuple[Answering, Answering]:
    """Two different answers to the same question, each with a key of its own."""
    edition = seeded.known["edition"]
    question = edition["questions"][0]
    attempt = attempt or str(uuid4())
    return tuple(  # type: ignore[return-value]
        Answering(attempt, edition["number"], question["key"], **worth)
        for worth in question["answers"][:2]
    )


def learner(seeded: Seeded) -> dict[str, str]:
    known = seeded.known["learners"][0]
    return {"cookie": known["cookie"], "learner_tag": known["tag"]}


def all_at_once(jobs: list[Callable[[], Reply]]) -> list[Reply]:
    """Runs the jobs in threads that set off in the same instant; their replies in order."""
    start = threading.Barrier(len(jobs))
    replies: list[Reply | None] = [None] * len(jobs)

    def run(number: int, job: Callable[[], Reply]) -> None:
        start.wait(timeout=30)
        replies[number] = job()

    threads = [threading.Thread(target=run, args=entry) for entry in enumerate(jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert all(reply is not None for reply in replies), "a request hangs"
    return replies  # type: ignore[return-value]


def sender(site: Site, seeded: Seeded, answering: Answering, **who: str) -> Callable[[], Reply]:
    connection = Connection(site.port)
    connection.http.connect()

    def send() -> Reply:
        try:
            return connection.ask(seeded.known["slug"], answering, **who)
        finally:
            connection.drop()

    return send


def rows(seeded: Seeded, what: str = "count(*)", table: str = "quizzes_answer") -> int:
    return select(seeded.url, f"SELECT {what} FROM {table}")[0][0]


@pytest.mark.parametrize("is_known", [True, False], ids=["in a class", "nobody yet"])
def test_the_same_answer_a_hundred_times_at_once_counts_once(
    site: Site, seeded: Seeded, is_known: bool, request: pytest.FixtureRequest
) -> None:
    answering, other = first_answers(seeded)
    who = learner(seeded) if is_known else {}
    learners_before = rows(seeded, table="accounts_learner")

    replies = all_at_once([sender(site, seeded, answering, **who) for _ in range(AT_ONCE)])

    good = [reply for reply in replies if reply.status == 200]
    report(
        f"R-08 {request.node.callspec.id}",
        sent=AT_ONCE,
        acknowledged=len(good),
        busy=sum(reply.status == BUSY for reply in replies),
        rows=rows(seeded),
        different_bodies=len({reply.text for reply in good}),
    )
    assert {reply.status for reply in replies} == {200}
    assert len({reply.text for reply in replies}) == 1
    assert rows(seeded) == 1
    assert rows(seeded, "max(answered_count)", "quizzes_attempt") == 1
    assert rows(seeded, "max(won)", "quizzes_attempt") == answering.won
    assert rows(seeded, table="accounts_learner") == learners_before + (not is_known)

    other.key = answering.key
    cookie = who.get("cookie") or good[0].cookie
    refusal = sender(site, seeded, other, cookie=cookie)()
    assert (refusal.status, refusal.body["error"]) == (422, "key_reused")
    assert rows(seeded) == 1
    assert rows(seeded, "max(won)", "quizzes_attempt") == answering.won


@pytest.mark.parametrize("is_known", [True, False], ids=["in a class", "nobody yet"])
def test_a_lost_reply_and_another_try_give_the_same_result(
    site: Site, seeded: Seeded, is_known: bool, request: pytest.FixtureRequest
) -> None:
    who = learner(seeded) if is_known else {}
    connection = Connection(site.port)
    learners_before = rows(seeded, table="accounts_learner")
    for number in range(1, LOST_REPLIES + 1):
        answering = first_answers(seeded)[number % 2]
        connection.send(seeded.known["slug"], answering, **who)
        wait_until(
            lambda number=number: rows(seeded) == number, seconds=60, what="the answer's row"
        )
        connection.drop()  # saved, and the reply with the cookie in it never read

        again = connection.ask(seeded.known["slug"], answering, **who)

        assert again.status == 200, again.text
        assert (again.body["won"], again.body["available"]) == (answering.won, answering.available)
        assert again.body["progress"]["answered"] == 1
        assert bool(again.cookie) is not is_known
        assert rows(seeded) == number
    connection.drop()
    made = rows(seeded, table="accounts_learner") - learners_before
    report(f"R-09 {request.node.callspec.id}", lost_replies=LOST_REPLIES, second_rows=0)
    assert made == (0 if is_known else LOST_REPLIES)


def test_of_two_tabs_one_answer_counts_and_the_other_tab_is_told(
    site: Site, seeded: Seeded, request: pytest.FixtureRequest
) -> None:
    statuses: list[tuple[int, ...]] = []
    for _number in range(TWO_TABS):
        one, other = first_answers(seeded)
        who = learner(seeded)

        replies = all_at_once([sender(site, seeded, tab, **who) for tab in (one, other)])

        statuses.append(tuple(sorted(reply.status for reply in replies)))
        assert statuses[-1] == (200, 409), [reply.text for reply in replies]
        told = next(reply.body for reply in replies if reply.status == 409)
        counted = next(reply.body for reply in replies if reply.status == 200)
        assert told["error"] == "already_answered"
        assert (told["choice"], told["won"]) == (counted["choice"], counted["won"])

    histories = select(
        seeded.url,
        "SELECT count(*), sum(CASE WHEN is_current THEN 1 ELSE 0 END) "
        "FROM quizzes_answer GROUP BY attempt_id",
    )
    report(f"R-13 {request.node.callspec.id}", pairs=TWO_TABS, server_errors=0)
    assert [tuple(map(int, history)) for history in histories] == [(2, 1)] * TWO_TABS
    assert judge(seeded.url, []).faults == {}
