"""A process that has imported the whole site and forks a granian on request.

Reads ``PORT WORKERS THREADS`` lines, writes the new group's number. It never opens a
database or a socket itself, so that a fork of it has nothing from an earlier life.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from contextlib import suppress
from importlib import import_module

from django.urls import get_resolver
from granian.constants import Interfaces
from granian.server import Server

# The controls of R-04 need a server that an unsafe database does not stop.
TARGET = os.environ.get("TEST_WSGI", "config.wsgi:application")
application = import_module(TARGET.partition(":")[0]).application


def serve(port: int, workers: int, threads: int) -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.setsid()
    devnull = os.open(os.devnull, os.O_RDWR)
    os.dup2(devnull, 0)
    os.dup2(2, 1)
    Server(
        TARGET,
        port=port,
        workers=workers,
        blocking_threads=threads,
        interface=Interfaces.WSGI,
        websockets=False,
    ).serve()


def main() -> None:
    assert application is not None
    assert get_resolver().url_patterns
    assert threading.active_count() == 1, "a fork would lose the other threads"
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for the killed
    pid = 0
    for line in sys.stdin:
        port, workers, threads = map(int, line.split())
        pid = os.fork()
        if pid == 0:
            serve(port, workers, threads)
            os._exit(0)
        sys.stdout.write(f"{pid}\n")
        sys.stdout.flush()
    # The test is over, or was killed itself: nothing of it stays behind.
    if pid:
        with suppress(ProcessLookupError):
            os.killpg(pid, signal.SIGKILL)


if __name__ == "__main__":
    main()
