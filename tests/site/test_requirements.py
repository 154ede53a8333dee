"""The lock files follow pyproject.toml."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from config.management.commands.check_requirements import locked_versions, out_of_step

PYPROJECT = """
[project]
dependencies = ["django>=5.2,<5.3"]
[dependency-groups]
dev = ["pytest>=9"]
"""


@pytest.mark.parametrize(
    ("wanted", "locked", "faults"),
    [
        ("django>=5.2,<5.3", {"django": "5.2.19"}, []),
        ("psycopg[binary,pool]>=3", {"psycopg": "3.3.9"}, []),
        ("django>=5.2,<5.3", {}, ["django is not locked"]),
        (
            "django>=5.2,<5.3",
            {"django": "6.0"},
            ["django is locked at 6.0, wanted django>=5.2,<5.3"],
        ),
    ],
)
def test_a_package_outside_its_bounds_is_named(
    wanted: str, locked: dict[str, str], faults: list[str]
) -> None:
    assert out_of_step([wanted], locked) == faults


def test_a_lock_file_is_read_without_its_hashes_and_comments(tmp_path: Path) -> None:
    path = tmp_path / "base.txt"
    path.write_text(
        "# made by uv\ndjango==5.2.19 \\\n    --hash=sha256:aa\n    # via x\n"
        "colorama==0.4.6 ; sys_platform == 'win32' \\\n    --hash=sha256:bb\n"
    )
    assert locked_versions(path) == {"django": "5.2.19", "colorama": "0.4.6"}


def write(folder: Path, base: str, dev: str) -> None:
    (folder / "requirements").mkdir()
    (folder / "pyproject.toml").write_text(PYPROJECT)
    (folder / "requirements" / "base.txt").write_text(base)
    (folder / "requirements" / "dev.txt").write_text(dev)


def test_the_command_is_content_when_all_is_in_step(tmp_path: Path, settings: object) -> None:
    settings.BASE_DIR = tmp_path  # type: ignore[attr-defined]
    write(tmp_path, "django==5.2.19\n", "django==5.2.19\npytest==9.1\n")
    output = StringIO()
    call_command("check_requirements", stdout=output)
    assert "2 packages locked" in output.getvalue()


@pytest.mark.parametrize(
    ("base", "dev", "says"),
    [
        ("django==5.2.19\n", "django==5.2.19\n", "pytest is not locked"),
        ("django==5.2.19\n", "django==5.2.18\npytest==9.1\n", "5.2.18 in dev.txt"),
    ],
)
def test_the_command_fails_when_a_lock_file_is_behind(
    tmp_path: Path, settings: object, base: str, dev: str, says: str
) -> None:
    settings.BASE_DIR = tmp_path  # type: ignore[attr-defined]
    write(tmp_path, base, dev)
    with pytest.raises(CommandError, match=says):
        call_command("check_requirements")
