from __future__ import annotations

from typing import Any

import pytest

from helplines.actions import load_helplines
from helplines.helpline_file import shipped_helplines
from helplines.queries import clear_memory as forget_helplines
from home.actions import set_up_site
from home.models import HomePage
from home.queries import clear_memory as forget_front


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    forget_helplines()
    forget_front()


@pytest.fixture
def home(db: Any) -> HomePage:
    return set_up_site()


@pytest.fixture
def helplines(db: Any) -> None:
    load_helplines(entries=shipped_helplines())
