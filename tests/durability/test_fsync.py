"""R-04: the kernel is asked to put each acknowledged answer on disk."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pytest

from tests.durability.client import Answering, Connection
from tests.durability.conftest import Seeded, seed
from tests.durability.report import report
from tests.postgres_server import Postgres, start_postgres
from tests.prepared import fresh_sqlite
from tests.servers import start_site, wait_until

SAVES = 200
UNGUARDED = "tests.durability.unguarded_wsgi:application"  # it refuses to start otherwise
CALL = re.compile(r"\b(?:fsync|fdatasync)\(\d+.*= 0$|(?:fsync|fdatasync) resumed>.*= 0$", re.M)

pytestmark = [pytest.mark.strace, pytest.mark.slow]


@contextmanager
def traced(pids: list[int], log: Path) -> Iterator[None]:
    """Writes every finished fsync and fdatasync of these processes to ``log``."""
    targets = [argument for pid in pids for argument in ("-p", str(pid))]
    tracer = subprocess.Popen(
        ["strace", "-f", "-e", "trace=fsync,fdatasync", "-o", log, *targets],
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
    )  # fmt: skip

    def is_attached() -> bool:
        if tracer.poll() is not None:
            assert tracer.stderr is not None
            pytest.fail(f"strace may not attach here: {tracer.stderr.read().decode()}")
        return all(f"TracerPid:\t{tracer.pid}" in status(pid) for pid in pids)

    try:
        wait_until(is_attached, seconds=60, what="strace to attach")
        yield
    finally:
        tracer.terminate()
        tracer.wait(timeout=60)
        if tracer.stderr is not None:
            tracer.stderr.close()


def status(pid: int) -> str:
    return Path(f"/proc/{pid}/status").read_text()


def save(port: int, seeded: Seeded, count: int) -> int:
    """Saves that many answers one after the other; how many were acknowledged."""
    connection = Connection(port)
    edition = seeded.known["edition"]
    acknowledged = 0
    while acknowledged < count:
        attempt = str(uuid4())
        learner = seeded.known["learners"][0]
        for question in edition["questions"]:
            if acknowledged == count:
                break
            answering = Answering(
                attempt, edition["number"], question["key"], **question["answers"][0]
            )
            reply = connection.ask(
                seeded.known["slug"],
                answering,
                cookie=learner["cookie"],
                learner_tag=learner["tag"],
            )
            assert reply.status == 200, reply.text
            acknowledged += 1
    connection.drop()
    return acknowledged


def syncs_of_saves(
    seeded: Seeded, folder: Path, *, postgres: Postgres | None = None, **build: str
) -> int:
    """How often the disk was asked during 200 acknowledged saves."""
    log = folder / "strace.log"
    with start_site(seeded.url, is_warm=True, workers=1, LOG_LEVEL="ERROR", **build) as site:
        save(site.port, seeded, 12)  # connections open, WAL there
        with traced(postgres.pids if postgres else site.pids, log):
            save(site.port, seeded, SAVES)
    return len(CALL.findall(log.read_text()))


def test_each_save_is_synced_by_sqlite(tmp_path: Path) -> None:
    syncs = syncs_of_saves(seed(fresh_sqlite(tmp_path), learners=1), tmp_path)

    report("R-04 sqlite", saves=SAVES, syncs=syncs)
    assert syncs >= SAVES


def test_the_count_sees_a_sqlite_that_does_not_sync(tmp_path: Path) -> None:
    seeded = seed(fresh_sqlite(tmp_path), learners=1)
    syncs = syncs_of_saves(seeded, tmp_path, SQLITE_SYNCHRONOUS="NORMAL", TEST_WSGI=UNGUARDED)

    report("R-04 sqlite, synchronous=NORMAL", saves=SAVES, syncs=syncs)
    assert syncs < SAVES / 10


@pytest.mark.postgres
def test_each_save_is_synced_by_postgresql(tmp_path: Path) -> None:
    with start_postgres() as postgres:
        syncs = syncs_of_saves(seed(postgres.url, learners=1), tmp_path, postgres=postgres)

    report("R-04 postgresql", saves=SAVES, syncs=syncs)
    assert syncs >= SAVES


@pytest.mark.postgres
def test_the_count_sees_a_postgresql_that_does_not_wait(tmp_path: Path) -> None:
    with start_postgres() as postgres:
        seeded = seed(postgres.url, learners=1)
        postgres.execute("ALTER DATABASE doorzien SET synchronous_commit = off")
        syncs = syncs_of_saves(seeded, tmp_path, postgres=postgres, TEST_WSGI=UNGUARDED)

    report("R-04 postgresql, synchronous_commit=off", saves=SAVES, syncs=syncs)
    assert syncs < SAVES
