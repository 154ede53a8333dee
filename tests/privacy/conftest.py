from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(autouse=True)
def erasures(settings: Any, tmp_path: Path) -> Path:
    """The list of who asked to be erased, of this test alone."""
    path = tmp_path / "erased.jsonl"
    settings.ERASURE_LIST = str(path)
    return path
