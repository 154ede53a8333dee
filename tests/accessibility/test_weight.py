"""A lesson on an old phone: how much goes over the wire (budgets of docs/architecture)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Browser, CDPSession

pytestmark = pytest.mark.browser

FIRST_PAGE_REQUESTS = 12
FIRST_PAGE_BYTES = 120_000
NEXT_STEP_BYTES = 15_000  # without its pictures, which an editor chooses
NEXT_STEP_PICTURE_BYTES = 10_000


@dataclass
class Meter:
    """Counts what the network layer of the browser received, headers and all."""

    sizes: dict[str, int] = field(default_factory=dict)
    addresses: dict[str, str] = field(default_factory=dict)

    def listen(self, session: CDPSession) -> None:
        session.send("Network.enable")
        session.on("Network.requestWillBeSent", self._sent)
        session.on("Network.loadingFinished", self._finished)
        session.on("Network.requestServedFromCache", self._cached)

    def _sent(self, event: dict[str, Any]) -> None:
        self.addresses[event["requestId"]] = event["request"]["url"]

    def _cached(self, event: dict[str, Any]) -> None:
        self.addresses.pop(event["requestId"], None)

    def _finished(self, event: dict[str, Any]) -> None:
        if event["requestId"] in self.addresses:
            self.sizes[event["requestId"]] = event["encodedDataLength"]

    def read(self) -> dict[str, int]:
        """Bytes per address since the last reading."""
        told = {self.addresses[key]: size for key, size in self.sizes.items() if size}
        self.sizes.clear()
        self.addresses.clear()
        return told


@pytest.fixture
def phone(browser: Browser, address: str) -> Any:
    """Not ``visit``: what watches there switches the browser's cache off."""
    context = browser.new_context(
        base_url=address, viewport={"width": 360, "height": 740}, device_scale_factor=2
    )
    yield context
    context.close()


def test_a_first_lesson_page_and_the_next_step_are_light(
    phone: Any, starter: dict[str, Any], record_property: Callable[[str, object], None]
) -> None:
    page = phone.new_page()
    meter = Meter()
    meter.listen(phone.new_cdp_session(page))
    for lesson in starter["lessons"]:
        path = f"/lessen/{starter['package']}/{lesson['slug']}/"
        page.goto(path, wait_until="networkidle")
        first = meter.read()
        if lesson is starter["lessons"][0]:
            record_property("first page", f"{len(first)} requests, {sum(first.values())} bytes")
            assert len(first) <= FIRST_PAGE_REQUESTS, first
            assert sum(first.values()) <= FIRST_PAGE_BYTES, first
        for _step in lesson["steps"][1:]:
            page.get_by_role("button", name="Volgende").click()
            page.wait_for_load_state("networkidle")
            step = meter.read()
            pictures = {url: size for url, size in step.items() if "/uploads/" in url}
            assert sum(step.values()) - sum(pictures.values()) <= NEXT_STEP_BYTES, step
            assert sum(pictures.values()) <= NEXT_STEP_PICTURE_BYTES, pictures
