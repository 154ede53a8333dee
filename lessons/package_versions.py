"""The versions of the package format: what an older file says, in the words of today. Plain Python.

A change that an older site cannot read makes a new version: ``SCHEMA_VERSION`` in
``package_schema`` goes up, and ``STEPS`` gets the function that makes a file of the version
before it into one of the new. A field that may be left out is no new version.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

NEWEST = 1
Content = dict[str, Any]
# By the version that a file has: makes it into the next. Gets the name of the file too.
STEPS: dict[int, Callable[[str, Content], Content]] = {}


class NewerVersionError(ValueError):
    """Written for a newer site than this one."""


def brought_up_to_date(name: str, content: Any) -> Any:
    """The content of a file as the newest version has it.

    Raises ``NewerVersionError``. What says no version at all is left to the schema to refuse.
    """
    version = content.get("schema_version") if isinstance(content, dict) else None
    if not isinstance(version, int) or isinstance(version, bool):
        return content
    if version > NEWEST:
        raise NewerVersionError(
            f"this is version {version} of the format, and this site reads up to {NEWEST}: "
            "update the site first"
        )
    while version < NEWEST and version in STEPS:
        content = STEPS[version](name, content)
        version += 1
    return content
