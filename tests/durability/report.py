"""What was measured: printed, and kept in ``var/durability.json`` for the README."""

from __future__ import annotations

import fcntl
import json
import sys
from typing import Any

from tests.prepared import ROOT

PATH = ROOT / "var" / "durability.json"


def report(name: str, **measured: Any) -> None:
    """Replaces the entry of this name."""
    sys.stdout.write(f"{name}: {json.dumps(measured, default=str)}\n")
    PATH.parent.mkdir(exist_ok=True)
    with PATH.open("a+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.seek(0)
        kept = json.loads(file.read() or "{}")
        kept[name] = measured
        file.seek(0)
        file.truncate()
        file.write(json.dumps(kept, indent=1, sort_keys=True, default=str) + "\n")
