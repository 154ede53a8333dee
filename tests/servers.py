"""Real servers for tests: the site under granian, and Redis. See also postgres_server.py.

Each runs in a process group of its own on a free port, and is gone afterwards. Nothing
sleeps and hopes: everything that is waited for is asked for until a deadline.
"""

from __future__ import annotations

import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.prepared import ROOT, site_environment

POLL_SECONDS = 0.02
GRANIAN = Path(sys.executable).parent / "granian"


def wait_until(condition: Callable[[], object], *, seconds: float, what: str) -> None:
    """Asks until it is so. Raises ``TimeoutError`` that says what did not come."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError(f"waited {seconds} s for {what}")
        time.sleep(POLL_SECONDS)


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def _stat(pid: int) -> list[str]:
    # The name stands in brackets and may hold spaces: fields are counted after it.
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()


def is_running(pid: int) -> bool:
    try:
        return _stat(pid)[0] != "Z"
    except (OSError, IndexError):
        return False


def every_pid() -> list[int]:
    return [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]


def children_of(parent: int) -> list[int]:
    """Its children and theirs."""
    found = []
    for pid in every_pid():
        try:
            if int(_stat(pid)[1]) == parent:
                found += [pid, *children_of(pid)]
        except (OSError, IndexError):
            continue
    return found


def group_members(group: int) -> list[int]:
    members = []
    for pid in every_pid():
        try:
            if int(_stat(pid)[2]) == group and is_running(pid):
                members.append(pid)
        except (OSError, IndexError):
            continue
    return members


def cpu_seconds(pids: list[int]) -> float:
    """User and system time of these processes so far, and of their children that ended."""
    ticks = os.sysconf("SC_CLK_TCK")
    total = 0
    for pid in pids:
        try:
            fields = _stat(pid)
        except OSError:
            continue
        total += sum(map(int, fields[11:15]))
    return total / ticks


class Site:
    """The site under granian, as in production, on a port of its own.

    A cold start imports all of Wagtail and takes seconds. ``is_warm`` keeps a process
    beside the server that has imported everything and opened nothing; each (re)start is
    a fork of it that runs granian's own server in a new group. What is killed, and what
    that does to sockets, connections and open transactions, is the same.
    """

    def __init__(
        self,
        database_url: str,
        *,
        port: int | None = None,
        workers: int = 2,
        threads: int = 4,
        is_warm: bool = False,
        **environment: str,
    ) -> None:
        self.database_url = database_url
        self.port = port or free_port()
        self.workers = workers
        self.threads = threads
        self.environment = site_environment(database_url, **environment)
        self.folder = Path(tempfile.mkdtemp(prefix="doorzien-site-"))
        self.log_path = self.folder / "site.log"
        self.group = 0
        self.is_warm = is_warm
        self._cold: subprocess.Popen | None = None
        self._warm: subprocess.Popen | None = None

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def pids(self) -> list[int]:
        return group_members(self.group)

    def start(self, *, is_cold: bool = False) -> None:
        """Starts the group and waits until it answers; at most a minute."""
        if self.is_warm and not is_cold:
            self._start_warm()
        else:
            with self.log_path.open("ab") as log:
                self._cold = subprocess.Popen(
                    [GRANIAN, "--interface", "wsgi", "config.wsgi:application",
                     "--port", str(self.port), "--workers", str(self.workers),
                     "--blocking-threads", str(self.threads), "--no-ws"],
                    cwd=ROOT, env=self.environment, stdout=log, stderr=log,
                    stdin=subprocess.DEVNULL, start_new_session=True,
                )  # fmt: skip
            self.group = self._cold.pid
        wait_until(self._answers_or_died, seconds=90, what=f"the site (see {self.log_path})")

    def _start_warm(self) -> None:
        if self._warm is None:
            with self.log_path.open("ab") as log:
                self._warm = subprocess.Popen(
                    [sys.executable, "-m", "tests.warm_server"],
                    cwd=ROOT, env=self.environment, stderr=log, text=True,
                    stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True,
                )  # fmt: skip
        assert self._warm.stdin is not None
        assert self._warm.stdout is not None
        self._warm.stdin.write(f"{self.port} {self.workers} {self.threads}\n")
        self._warm.stdin.flush()
        line = self._warm.stdout.readline()
        if not line.strip():
            raise RuntimeError(f"the warm process died:\n{self.log_tail()}")
        self.group = int(line)

    def _answers_or_died(self) -> bool:
        if self._cold is not None and self._cold.poll() not in (None, -signal.SIGKILL):
            raise RuntimeError(f"granian stopped:\n{self.log_tail()}")
        return self.is_answering()

    def is_answering(self) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request("GET", "/healthz/live")
            connection.getresponse().read()
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()
        return True

    def log_tail(self, characters: int = 3000) -> str:
        return self.log_path.read_text(errors="replace")[-characters:]

    def kill9_group(self) -> None:
        """SIGKILL for granian and all its workers in the same instant."""
        group = self.group
        try:
            os.killpg(group, signal.SIGKILL)
        except ProcessLookupError:
            return
        if self._cold is not None:
            self._cold.wait()
            self._cold = None
        wait_until(lambda: not group_members(group), seconds=60, what="the group to be gone")

    def restart(self, *, is_cold: bool = False) -> None:
        self.start(is_cold=is_cold)

    def close(self) -> None:
        if self.group:
            self.kill9_group()
        if self._warm is not None:
            assert self._warm.stdin is not None
            assert self._warm.stdout is not None
            self._warm.stdin.close()
            self._warm.wait(timeout=60)
            self._warm.stdout.close()
            self._warm = None
        shutil.rmtree(self.folder, ignore_errors=True)


@contextmanager
def start_site(database_url: str, **options: object) -> Iterator[Site]:
    """A running site on this database. Options as of ``Site``; capitals are environment."""
    site = Site(database_url, **options)  # type: ignore[arg-type]
    try:
        site.start()
        yield site
    finally:
        site.close()


@contextmanager
def start_redis() -> Iterator[str]:
    """A Redis of its own; yields its ``REDIS_URL``. Raises ``FileNotFoundError`` without one."""
    program = shutil.which("redis-server")
    if program is None:
        raise FileNotFoundError("redis-server is not installed")
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="doorzien-redis-") as folder:
        process = subprocess.Popen(
            [program, "--port", str(port), "--bind", "127.0.0.1", "--dir", folder,
             "--save", "", "--appendonly", "no"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip

        def is_up() -> bool:
            try:
                with socket.create_connection(("127.0.0.1", port), timeout=2) as connection:
                    connection.sendall(b"PING\r\n")
                    return connection.recv(16).startswith(b"+PONG")
            except OSError:
                return False

        try:
            wait_until(is_up, seconds=60, what="Redis")
            yield f"redis://127.0.0.1:{port}/0"
        finally:
            process.terminate()
            process.wait(timeout=60)
