"""A real PostgreSQL, to be killed: its own cluster, its own port, durable settings."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from tests.postgres_programs import NoPostgresError, find_programs, system_user
from tests.prepared import TEMPLATES, migrate, migrations_name, one_at_a_time
from tests.servers import children_of, free_port, is_running, wait_until

SETTINGS = {
    "fsync": "on",
    "full_page_writes": "on",
    "synchronous_commit": "on",
    "listen_addresses": "127.0.0.1",
    "max_connections": "100",
    "shared_buffers": "128MB",
    "logging_collector": "off",
    "restart_after_crash": "on",
    # One sync of the file system after a crash, not one of each of two thousand files.
    "recovery_init_sync_method": "syncfs",
}


class Postgres:
    """One cluster. ``kill9`` leaves it as a power cut of the process table would."""

    def __init__(self, folder: Path, **settings: str) -> None:
        self.folder = folder
        self.programs = find_programs()
        self.port = free_port()
        self.settings = {**SETTINGS, **settings}
        self.process: subprocess.Popen | None = None

    @property
    def url(self) -> str:
        return self.url_of("doorzien")

    def url_of(self, database: str) -> str:
        return f"postgres://postgres@127.0.0.1:{self.port}/{database}"

    @property
    def pid(self) -> int:
        assert self.process is not None
        return self.process.pid

    @property
    def pids(self) -> list[int]:
        return [self.pid, *children_of(self.pid)]

    def initialise(self) -> None:
        self._own(self.folder.parent)
        subprocess.run(
            [self.programs / "initdb", "-D", self.folder, "-A", "trust", "-U", "postgres",
             "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"],
            user=system_user(), cwd="/", check=True, capture_output=True,
        )  # fmt: skip

    def _own(self, folder: Path) -> None:
        user = system_user()
        if user is not None:
            subprocess.run(["chown", "-R", user, folder], check=True)

    def start(self) -> None:
        """Starts the server and waits until it accepts; at most half a minute."""
        options = [f"-c{name}={value}" for name, value in self.settings.items()]
        with (self.folder.parent / "postgres.log").open("ab") as log:
            self.process = subprocess.Popen(
                [self.programs / "postgres", "-D", self.folder, f"-p{self.port}",
                 f"-cunix_socket_directories={self.folder}", *options],
                user=system_user(), cwd="/", stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip
        wait_until(self.is_accepting, seconds=60, what="PostgreSQL to accept connections")

    def is_accepting(self) -> bool:
        assert self.process is not None
        if self.process.poll() is not None:
            raise NoPostgresError((self.folder.parent / "postgres.log").read_text()[-2000:])
        try:
            psycopg.connect(self.url_of("postgres"), connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True

    def kill9(self) -> None:
        """SIGKILL for the postmaster and every child of it, at once."""
        pids = self.pids
        for pid in pids:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        assert self.process is not None
        self.process.wait()
        wait_until(
            lambda: not any(is_running(pid) for pid in pids),
            seconds=60,
            what="killed backends to be gone",
        )

    def restart(self) -> None:
        self.start()

    def stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)  # "fast": closes connections, writes all
            self.process.wait(timeout=60)

    def execute(self, statement: str, database: str = "postgres") -> None:
        with psycopg.connect(self.url_of(database), autocommit=True) as connection:
            connection.execute(statement)

    def fresh_database(self, name: str) -> str:
        """A migrated database of its own; its ``DATABASE_URL``."""
        self.execute(f'CREATE DATABASE "{name}" TEMPLATE migrated')
        return self.url_of(name)


def _prepared_cluster() -> Path:
    """A stopped cluster with the migrated database ``migrated`` in it; copy it."""
    version = subprocess.run(
        [find_programs() / "postgres", "--version"], capture_output=True, text=True, check=True
    ).stdout.split()[2]
    path = TEMPLATES / f"postgresql-{version}-{migrations_name()}"
    with one_at_a_time("postgresql"):
        if not path.exists():
            for old in TEMPLATES.glob("postgresql-*-*"):
                shutil.rmtree(old)
            with tempfile.TemporaryDirectory(prefix="doorzien-") as folder:
                server = Postgres(Path(folder) / "cluster")
                server.initialise()
                server.start()
                try:
                    server.execute("CREATE DATABASE migrated")
                    migrate(server.url_of("migrated"))
                finally:
                    server.stop()
                unfinished = path.with_name("unfinished")
                shutil.rmtree(unfinished, ignore_errors=True)
                shutil.copytree(server.folder, unfinished)
                unfinished.rename(path)
    return path


@contextmanager
def start_postgres(**settings: str) -> Iterator[Postgres]:
    """A running server with a migrated, empty database ``doorzien``; gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="doorzien-") as folder:
        cluster = Path(folder) / "cluster"
        shutil.copytree(_prepared_cluster(), cluster)
        cluster.chmod(0o700)
        server = Postgres(cluster, **settings)
        server._own(Path(folder))
        server.start()
        try:
            server.fresh_database("doorzien")
            yield server
        finally:
            server.stop()
