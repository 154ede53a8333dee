"""How tests are handed out to processes: one by one, and each long walk to one process.

Like ``--dist loadgroup``, of which the marks do not arrive: xdist writes the group into
``item._nodeid``, and pytest 9 no longer reads a test's name from there.
"""

from __future__ import annotations

import re
from typing import Any

from xdist.scheduler.loadscope import LoadScopeScheduling

WALK = re.compile(r"test_every_(screen|question)\.py::.*\b(?P<language>nl|en|ar)\]")


class WalksStayTogether(LoadScopeScheduling):
    def _split_scope(self, nodeid: str) -> str:
        walk = WALK.search(nodeid)
        return f"walk in {walk['language']}" if walk else nodeid


def pytest_xdist_make_scheduler(config: Any, log: Any) -> LoadScopeScheduling:
    return WalksStayTogether(config, log)
