"""With ``REDIS_URL`` the cache is shared, and a stranger's Redis is not."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.prepared import ROOT, site_environment
from tests.servers import start_redis

SCRIPT = """
import django
django.setup()
from django.core.cache import cache
import sys
action, name, value = sys.argv[1:]
print(cache.set(name, value) if action == "set" else cache.get(name))
"""


def in_a_process(redis_url: str, *arguments: str) -> str:
    environment = site_environment("sqlite:///:memory:", REDIS_URL=redis_url)
    environment["DJANGO_SETTINGS_MODULE"] = "config.settings.test"
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, *arguments],
        env=environment, cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return done.stdout.strip().splitlines()[-1]


@pytest.mark.redis
def test_what_one_process_caches_another_one_reads() -> None:
    with start_redis() as redis_url:
        in_a_process(redis_url, "set", "greeting", "hoi")
        assert in_a_process(redis_url, "get", "greeting", "") == "hoi"
    # The control: without Redis each process has a cache of its own.
    in_a_process("", "set", "greeting", "hoi")
    assert in_a_process("", "get", "greeting", "") == "None"
