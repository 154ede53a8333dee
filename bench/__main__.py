"""``python -m bench``: what each kind of request costs, beside its budget.

The yardstick is ``hello``, a view that does nothing, under the same middleware on the same
server in the same run. Cost is CPU time of the site's and the database's processes
together, so that a slower machine changes seconds and not ratios.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import tempfile
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench.client import Load, Wire, send_all
from bench.works import WORKS, Work
from tests.postgres_server import Postgres, start_postgres
from tests.prepared import ROOT, fresh_sqlite, run_python
from tests.servers import Site, cpu_seconds, start_site

SETTINGS = {"DJANGO_SETTINGS_MODULE": "bench.settings"}
WORKERS = 2


# Learners who gave a thousand answers each. PostgreSQL is for what is too large for SQLite.
LEARNERS = {"sqlite": 1_000, "postgresql": 10_000}


def fill(url: str, learners: int) -> dict[str, Any]:
    """The starter package, a class and all those answers; what the works must know."""
    print("  filling the database ...", flush=True)
    run_python("manage.py", "prepare", database_url=url, **SETTINGS)
    more = {"LOG_LEVEL": "ERROR", "BENCH_LEARNERS": str(learners), **SETTINGS}
    output = run_python("-m", "bench.seed", database_url=url, **more)
    return json.loads(output.splitlines()[-1])


def chosen(words: list[str]) -> list[Work]:
    """The works whose name holds one of these words, and always the yardstick."""
    wanted = [w for w in WORKS[1:] if not words or any(word in w.name for word in words)]
    return [WORKS[0], *wanted]


def count(url: str, known: dict[str, Any], works: list[Work]) -> dict[str, dict[str, int]]:
    """Statements and bytes of each work when everything is warm: the least of three."""
    counted = {}
    with start_site(url, workers=1, threads=1, is_warm=True, BENCH_COUNT="1", **SETTINGS) as site:
        for work in works:
            wire = Wire(site.port)
            for lane in work.prepare(known, 10) if work.prepare else []:
                for one in lane:
                    response = wire.ask(one)
                    work.learn(known, response)
            sent = [one for lane in work.lanes(known, 6) for one in lane][:6]
            responses = [wire.ask(one) for one in sent]
            wire.close()
            wrong = [r for r in responses if r.status != work.status]
            assert not wrong, f"{work.name}: {wrong[0].status} {wrong[0].body[:500]!r}"
            warm = responses[3:]
            counted[work.name] = {
                "statements": min(int(r.headers["x-statements"]) for r in warm),
                "bytes": max(r.wire_bytes for r in warm),
            }
    return counted


def measure(site: Site, postgres: Postgres | None, known: dict, work: Work, size: int) -> dict:
    """One work under load: CPU per request, requests per second, times."""
    if work.prepare is not None:
        for response in send_all(site.port, work.prepare(known, size)).responses:
            work.learn(known, response)
    lanes = work.lanes(known, size)
    send_all(site.port, [lane[:1] for lane in lanes] if work.prepare is None else [])
    pids = site.pids + (postgres.pids if postgres else [])
    before = cpu_seconds(pids)
    load: Load = send_all(site.port, lanes)
    pids = site.pids + (postgres.pids if postgres else [])
    spent = cpu_seconds(pids) - before
    assert load.statuses == {work.status}, f"{work.name}: {load.statuses}"
    return {
        "requests": len(load.responses),
        "cpu_ms": round(1000 * spent / len(load.responses), 3),
        "per_second": round(load.per_second),
        "p50_ms": round(load.percentile_ms(0.5), 1),
        "p95_ms": round(load.percentile_ms(0.95), 1),
    }


def run(
    url: str, size: int, works: list[Work], learners: int, postgres: Postgres | None = None
) -> dict[str, Any]:
    known = fill(url, learners)
    print(run_python("-m", "bench.sheets", database_url=url, LOG_LEVEL="ERROR", **SETTINGS))
    counted = count(url, known, works)
    results: dict[str, Any] = {}
    with start_site(url, workers=WORKERS, is_warm=True, **SETTINGS) as site:
        for work in works:
            # The yardstick beside each work: what else the machine does then, slows both.
            hello = measure(site, postgres, known, WORKS[0], size)["cpu_ms"]
            measured = measure(site, postgres, known, work, max(30, int(size * work.share)))
            results[work.name] = {
                **measured,
                **counted[work.name],
                "hello_cpu_ms": hello,
                "ratio": round(measured["cpu_ms"] / hello, 2) if hello else None,
                "budget_statements": work.statements,
                "budget_ratio": work.ratio,
            }
            print_row(work.name, results[work.name])
    return {"answers_stored": known["answers_stored"], "works": results}


def print_head(title: str) -> None:
    print(f"\n{title}")
    print(
        f"{'':32}{'CPU ms':>8}{'x hello':>9}{'at most':>9}{'SQL':>5}{'at most':>9}"
        f"{'bytes':>9}{'req/s':>7}{'p50 ms':>8}{'p95 ms':>8}"
    )


def over(row: dict[str, Any], name: str) -> bool:
    budget = row[f"budget_{name}"]
    return budget is not None and row[name] is not None and row[name] > budget


def print_row(name: str, row: dict[str, Any]) -> None:
    most = row["budget_statements"]
    marks = (
        "  OVER " + ", ".join(what for what in ("ratio", "statements") if over(row, what))
        if over(row, "ratio") or over(row, "statements")
        else ""
    )
    print(
        f"{name:32}{row['cpu_ms']:8.2f}{row['ratio'] or 0:9.2f}{row['budget_ratio'] or '':>9}"
        f"{row['statements']:5}{'' if most is None else most:>9}"
        f"{row['bytes']:9}{row['per_second']:7}{row['p50_ms']:8.1f}{row['p95_ms']:8.1f}{marks}",
        flush=True,
    )


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--requests", type=int, default=2000, help="per work (default 2000)")
    parser.add_argument("--only", choices=["sqlite", "postgresql"])
    parser.add_argument(
        "--learners",
        type=int,
        help="with a thousand answers each (default 1,000 on SQLite and 10,000 on PostgreSQL)",
    )
    parser.add_argument(
        "--work", action="append", default=[], help="only works with this in their name; repeatable"
    )
    options = parser.parse_args()
    works = chosen(options.work)
    outcome: dict[str, Any] = {
        "measured_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": {
            "cores": os.cpu_count(),
            "python": platform.python_version(),
            "load_before": round(os.getloadavg()[0], 2),
            "workers": WORKERS,
            "client": "on the same machine: req/s and times are lower bounds",
        },
    }
    if outcome["machine"]["load_before"] > 1:
        print("The machine is busy with other work: seconds say little, ratios something.")
    with ExitStack() as stack:
        if options.only != "postgresql":
            print_head("SQLite")
            folder = Path(tempfile.mkdtemp(prefix="doorzien-bench-"))
            stack.callback(shutil.rmtree, folder)
            learners = options.learners or LEARNERS["sqlite"]
            outcome["sqlite"] = run(fresh_sqlite(folder), options.requests, works, learners)
        if options.only != "sqlite":
            print_head("PostgreSQL")
            postgres = stack.enter_context(start_postgres())
            learners = options.learners or LEARNERS["postgresql"]
            outcome["postgresql"] = run(postgres.url, options.requests, works, learners, postgres)
    path = ROOT / "var" / "bench.json"
    path.write_text(json.dumps(outcome, indent=1) + "\n")
    print(f"\nWritten to {path.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
