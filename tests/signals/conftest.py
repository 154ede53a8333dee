from __future__ import annotations

from typing import Any

import pytest

from signals.models import Signal
from tests.factories.signals import make_signal


@pytest.fixture
def signal(db: Any) -> Signal:
    return make_signal()
