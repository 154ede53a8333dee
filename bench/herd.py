"""``python -m bench.herd``: two hundred classes of 25 start a lesson within one minute (R-19).

Each of the 5,000 learners types the class code, opens a quiz of 200 questions, fetches all of
them as the page's script does, and gives two answers. What was acknowledged is then compared
with what is in the database. The clients run on the same machine: times are upper bounds.
"""

from __future__ import annotations

import argparse
import asyncio
import gzip
import json
import os
import platform
import random
import re
import shutil
import tempfile
import time
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from typing import Any
from uuid import uuid4

from bench.client import request
from tests.durability.client import Answering
from tests.durability.learners import Acknowledged, Diary
from tests.durability.verdict import judge
from tests.postgres_server import Postgres, start_postgres
from tests.prepared import ROOT, fresh_sqlite, run_python
from tests.servers import Site, cpu_seconds, start_site

SETTINGS = {"DJANGO_SETTINGS_MODULE": "bench.settings"}
CLASSES, CLASS_SIZE = 200, 25
WITHIN_SECONDS = 60
THINKING_SECONDS = 3.0
MOST_MS = 500  # for a save, at the 95th percentile
TAG = re.compile(r'name="learner_tag" value="(\w+)"')
QUESTIONS = re.compile(r'data-questions-url="([^"]+)"')
COOKIE = re.compile(r"set-cookie:\s*learner=([^;]+)", re.IGNORECASE)


def plain(head: str, body: bytes) -> str:
    return (gzip.decompress(body) if "content-encoding: gzip" in head.lower() else body).decode()


@dataclass
class Herd:
    """What all learners together saw. Times in seconds, by what was asked."""

    times: dict[str, list[float]] = field(default_factory=dict)
    statuses: Counter[tuple[str, int]] = field(default_factory=Counter)
    diary: Diary = field(default_factory=Diary)

    def note(self, what: str, status: int, seconds: float) -> None:
        self.times.setdefault(what, []).append(seconds)
        self.statuses[what, status] += 1

    def percentile_ms(self, what: str, share: float) -> float:
        times = sorted(self.times[what])
        return round(1000 * times[min(len(times) - 1, int(share * len(times)))], 1)


class Learner:
    def __init__(self, number: int, port: int, known: dict[str, Any], herd: Herd) -> None:
        self.dice = random.Random(number)
        self.port = port
        self.known = known
        self.herd = herd
        self.code = known["codes"][number // CLASS_SIZE]
        self.cookies: dict[str, str] = {}

    async def run(self) -> None:
        await asyncio.sleep(self.dice.uniform(0, WITHIN_SECONDS))
        self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)
        head, _body = await self._ask("join", request("/mee/", form=f"code={self.code}"))
        cookie = COOKIE.search(head)
        if cookie is not None:
            self.cookies["learner"] = cookie.group(1)
            await self._do_the_quiz()
        self.writer.close()

    async def _do_the_quiz(self) -> None:
        path = f"/q/{self.known['slug']}/"
        head, body = await self._ask("quiz page", request(path, cookies=self.cookies))
        page = plain(head, body)
        tag, address = TAG.search(page), QUESTIONS.search(page)
        assert tag is not None, page[:500]
        assert address is not None, page[:500]
        further = unescape(address.group(1))
        await self._ask("all questions", request(further, cookies=self.cookies))
        attempt = str(uuid4())
        edition = self.known["edition"]
        for question in edition["questions"][:2]:
            worth = self.dice.choice(question["answers"])
            answering = Answering(attempt, edition["number"], question["key"], **worth)
            await self._save(answering, tag.group(1))
            await asyncio.sleep(self.dice.uniform(1, THINKING_SECONDS))

    async def _save(self, answering: Answering, tag: str) -> None:
        sent = request(
            f"/q/{self.known['slug']}/antwoord/",
            cookies=self.cookies,
            body=json.loads(answering.payload(tag)),
        )
        head, body = await self._ask("save an answer", sent)
        text = plain(head, body)
        if self.status != 200:
            self.herd.diary.refused.append(f"{self.status} {text[:200]}")
            return
        told = json.loads(text)
        self.herd.diary.acknowledged.append(
            Acknowledged(answering, told["won"], told["available"], time.monotonic())
        )

    async def _ask(self, what: str, sent: bytes) -> tuple[str, bytes]:
        started = time.perf_counter()
        self.writer.write(sent)
        head = (await self.reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        said = head.lower()
        if "transfer-encoding: chunked" in said:
            body = b""
            while size := int(await self.reader.readline(), 16):
                body += (await self.reader.readexactly(size + 2))[:-2]
            await self.reader.readline()
        else:
            length = re.search(r"content-length: (\d+)", said)
            body = await self.reader.readexactly(int(length.group(1)) if length else 0)
        self.status = int(head.split()[1])
        self.herd.note(what, self.status, time.perf_counter() - started)
        return head, body


async def let_loose(port: int, known: dict[str, Any]) -> Herd:
    herd = Herd()
    learners = [Learner(n, port, known, herd) for n in range(len(known["codes"]) * CLASS_SIZE)]
    await asyncio.gather(*(learner.run() for learner in learners))
    return herd


def cpu_of(site: Site, postgres: Postgres | None) -> float:
    return cpu_seconds(site.pids + (postgres.pids if postgres else []))


def run(url: str, classes: int, postgres: Postgres | None = None) -> dict[str, Any]:
    run_python("manage.py", "prepare", database_url=url, **SETTINGS)
    output = run_python("-m", "bench.herd_seed", str(classes), database_url=url,
                        LOG_LEVEL="ERROR", **SETTINGS)  # fmt: skip
    known = json.loads(output.splitlines()[-1])
    with start_site(url, workers=2, is_warm=True, LOG_LEVEL="ERROR", **SETTINGS) as site:
        started, cpu = time.monotonic(), cpu_of(site, postgres)
        herd = asyncio.run(let_loose(site.port, known))
        seconds, cpu = time.monotonic() - started, cpu_of(site, postgres) - cpu
        verdict = judge(url, [herd.diary])
    found = {
        "learners": classes * CLASS_SIZE,
        "seconds": round(seconds, 1),
        "server_cpu_seconds": round(cpu, 1),
        "acknowledged": verdict.acknowledged,
        "faults": verdict.faults,
        "statuses": {f"{what} {status}": n for (what, status), n in sorted(herd.statuses.items())},
        "p50_ms": {what: herd.percentile_ms(what, 0.5) for what in herd.times},
        "p95_ms": {what: herd.percentile_ms(what, 0.95) for what in herd.times},
        "max_ms": {what: herd.percentile_ms(what, 1) for what in herd.times},
    }
    print_found(found)
    return found


def print_found(found: dict[str, Any]) -> None:
    print(
        f"  {found['learners']} learners in {found['seconds']} s, "
        f"{found['acknowledged']} answers acknowledged; "
        f"site and database took {found['server_cpu_seconds']} s of CPU"
    )
    print(f"  faults: {found['faults'] or 'none'}; {found['statuses']}")
    for what, ms in found["p95_ms"].items():
        mark = "  OVER" if what == "save an answer" and ms > MOST_MS else ""
        print(
            f"  {what:18} p50 {found['p50_ms'][what]:8.1f} ms   p95 {ms:8.1f} ms   "
            f"max {found['max_ms'][what]:8.1f} ms{mark}",
            flush=True,
        )


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.herd", description=__doc__)
    parser.add_argument("--classes", type=int, default=CLASSES)
    parser.add_argument("--only", choices=["sqlite", "postgresql"])
    options = parser.parse_args()
    outcome: dict[str, Any] = {
        "measured_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "load_before": round(os.getloadavg()[0], 2),
    }
    with ExitStack() as stack:
        if options.only != "postgresql":
            print("SQLite", flush=True)
            folder = Path(tempfile.mkdtemp(prefix="doorzien-herd-"))
            stack.callback(shutil.rmtree, folder)
            outcome["sqlite"] = run(fresh_sqlite(folder), options.classes)
        if options.only != "sqlite":
            print("PostgreSQL", flush=True)
            postgres = stack.enter_context(start_postgres())
            outcome["postgresql"] = run(postgres.url, options.classes, postgres)
    path = ROOT / "var" / "herd.json"
    path.write_text(json.dumps(outcome, indent=1) + "\n")
    print(f"\nWritten to {path.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
