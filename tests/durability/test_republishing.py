"""R-15: an editor changes, removes and corrects questions while attempts are under way."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

import pytest

from tests.durability.client import Answering, Connection
from tests.durability.conftest import BOTH, Seeded
from tests.durability.report import report
from tests.durability.verdict import judge, select
from tests.prepared import ROOT, site_environment
from tests.servers import start_site

ROUNDS = 50

pytestmark = [
    pytest.mark.slow,
    pytest.mark.parametrize("fresh_url", BOTH, indirect=True),
]


class Editor:
    """Somebody who publishes from another process, as the Wagtail admin does."""

    def __init__(self, process: subprocess.Popen) -> None:
        self.process = process
        self.first = self._read()

    def _read(self) -> dict[str, Any]:
        line = self.process.stdout.readline()
        assert line, "the editor's process died"
        return json.loads(line)

    def publishes(self, change: str) -> dict[str, Any]:
        """The new edition, with its own answer sheet."""
        self.process.stdin.write(change + "\n")
        self.process.stdin.flush()
        return self._read()


@contextmanager
def editor(url: str) -> Iterator[Editor]:
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.durability.seed", "1", "--edit"],
        cwd=ROOT, env=site_environment(url, LOG_LEVEL="ERROR"), text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip
    with process:
        try:
            yield Editor(process)
        finally:
            process.stdin.close()


def answer(
    site_port: int, seeded: Seeded, edition: dict, attempt: str, numbers: range
) -> tuple[int, str]:
    """Answers these questions of that edition; the points that the site says were won, and
    the explanation that it gave last."""
    connection = Connection(site_port)
    known = seeded.known["learners"][0]
    won, told = 0, ""
    for number in numbers:
        question = edition["questions"][number]
        worth = question["answers"][number % len(question["answers"])]
        answering = Answering(attempt, edition["answered_as"], question["key"], **worth)
        reply = connection.ask(
            seeded.known["slug"], answering, cookie=known["cookie"], learner_tag=known["tag"]
        )
        assert reply.status == 200, reply.text
        assert (reply.body["won"], reply.body["available"]) == (worth["won"], worth["available"])
        won += worth["won"]
        told = reply.body["feedback_html"]
    connection.drop()
    return won, told


def test_an_attempt_keeps_its_edition_and_marks_whatever_an_editor_does(
    fresh_url: str, request: pytest.FixtureRequest
) -> None:
    """Both kinds of change in each round: a correction of spelling, and a change of meaning."""
    expected: dict[str, tuple[int, int, int]] = {}
    with editor(fresh_url) as writing:
        seeded = Seeded(fresh_url, writing.first)
        edition = writing.first["edition"]
        # Looks for a correction at every request: how long that may take is tested elsewhere.
        with start_site(
            fresh_url, is_warm=True, LESSON_RECHECK_SECONDS="0", LOG_LEVEL="ERROR"
        ) as site:
            for number in range(ROUNDS):
                attempt, size = str(uuid4()), len(edition["questions"])
                won, _told = answer(site.port, seeded, edition, attempt, range(size // 2))
                correction = writing.publishes(f"spell {size - 2}")
                assert correction["number"] == edition["number"] + 1
                assert correction["answered_as"] == edition["number"]
                changes = [f"turn {size - 1}", f"remove {size - 1}", f"add {number}"]
                newer = writing.publishes(changes[number % 3])
                assert newer["number"] == newer["answered_as"] == correction["number"] + 1
                more, told = answer(site.port, seeded, edition, attempt, range(size // 2, size - 1))
                assert f"Versie {correction['questions'][size - 2]['spelling']}." in told
                last, _told = answer(site.port, seeded, edition, attempt, range(size - 1, size))
                available = sum(q["answers"][0]["available"] for q in edition["questions"])
                expected[attempt.replace("-", "")] = (
                    edition["number"],
                    won + more + last,
                    available,
                )
                edition = newer

    stored = {
        str(key).replace("-", ""): tuple(row)
        for key, is_submitted, *row in select(
            fresh_url,
            "SELECT attempt.key, attempt.submitted_at IS NOT NULL, edition.number, "
            "attempt.won, attempt.available FROM quizzes_attempt AS attempt "
            "JOIN quizzes_edition AS edition ON edition.id = attempt.edition_id",
        )
        if is_submitted
    }
    report(f"R-15 {request.node.callspec.id}", republished=ROUNDS, moved_attempts=0)
    assert stored == expected
    assert judge(fresh_url, []).faults == {}


def test_the_editor_really_changes_what_a_new_attempt_is_worth(fresh_url: str) -> None:
    with editor(fresh_url) as writing:
        before = writing.first["edition"]
        after = writing.publishes("turn 0")
    assert before["questions"][0]["key"] == after["questions"][0]["key"]
    assert before["questions"][0]["answers"] != after["questions"][0]["answers"]
