"""What many tests begin with is made once per process; after that its rows are written again.

Publishing the small package takes 430 statements and half a second, three hundred times over.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

WRITES = ("INSERT", "UPDATE", "DELETE")


class Remembered:
    """Calls ``make`` the first time, and keeps the statements with which it wrote and its uploads.

    Later they are written as they were, with the same numbers and times. That is the same only
    where the database is as it was, so ``make`` is called as ever when one of its tables got a
    row before, and on another database than SQLite. Signals are not sent again: what the site
    keeps in memory must be empty, as it is when a test begins.
    """

    def __init__(self, make: Callable[[], Any]) -> None:
        self.make = make
        self._writes: list[tuple[str, Sequence[Any]]] = []
        self._files: dict[Path, bytes] = {}
        self._before: dict[str, int] = {}

    def __call__(self) -> None:
        """Makes it, or writes what was written the first time."""
        if connection.vendor != "sqlite":
            self.make()
        elif not self._writes:
            self._make_and_remember()
        elif self._is_as_it_was():
            self._write_again()
        else:
            self.make()

    def _make_and_remember(self) -> None:
        before, files = numbers_given_out(), uploads()
        writes: list[tuple[str, Sequence[Any]]] = []

        def listen(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
            if sql.startswith(WRITES):
                writes.extend((sql, row) for row in (params if many else [params]))
            return execute(sql, params, many, context)

        with connection.execute_wrapper(listen):
            self.make()
        after = numbers_given_out()
        self._before = {table: before[table] for table in after if before[table] != after[table]}
        root = Path(settings.MEDIA_ROOT)
        self._files = {path: (root / path).read_bytes() for path in uploads() - files}
        self._writes = writes

    def _is_as_it_was(self) -> bool:
        now = numbers_given_out()
        return all(now[table] == number for table, number in self._before.items())

    def _write_again(self) -> None:
        with connection.cursor() as cursor:
            for sql, params in self._writes:
                cursor.execute(sql, params)
        for path, content in self._files.items():
            target = Path(settings.MEDIA_ROOT) / path
            if not target.exists():
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(content)


def numbers_given_out() -> Counter[str]:
    """By table, the highest number that a row of it ever had; 0 of an empty one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, seq FROM sqlite_sequence")
        return Counter(dict(cursor.fetchall()))


def uploads() -> set[Path]:
    root = Path(settings.MEDIA_ROOT)
    return {path.relative_to(root) for path in root.rglob("*") if path.is_file()}
