from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache

from lessons import rendering


@pytest.fixture(autouse=True)
def _own_uploads_and_memory(settings: Any, tmp_path: Path) -> None:
    """No file and no page in memory outlives a test."""
    settings.MEDIA_ROOT = tmp_path / "uploads"
    rendering.clear_memory()
    cache.clear()  # Wagtail keeps the addresses of copies there
