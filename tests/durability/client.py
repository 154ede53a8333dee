"""Answers over HTTP as the browser's queue sends them, without a browser."""

from __future__ import annotations

import http.client
import json
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any
from uuid import uuid4

TIMEOUT_SECONDS = 30


@dataclass
class Reply:
    status: int
    text: str
    cookie: str = ""
    seconds: float = 0.0

    @property
    def body(self) -> dict[str, Any]:
        return json.loads(self.text)


class NoReplyError(Exception):
    """The server is down, or died before it replied. Says nothing about what was saved."""


@dataclass
class Answering:
    """One answer on its way: what is sent stays the same however often it is sent."""

    attempt: str
    edition: int
    question: str
    choice: list[str]
    reason: str | None
    won: int  # what it is worth by the answer sheet
    available: int
    key: str = field(default_factory=lambda: str(uuid4()))

    def payload(self, learner_tag: str) -> bytes:
        return json.dumps(
            {
                "attempt": self.attempt,
                "edition": self.edition,
                "question": self.question,
                "key": self.key,
                "choice": self.choice,
                "reason": self.reason,
                "learner_tag": learner_tag,
            }
        ).encode()


class Connection:
    """A kept connection to the site. Raises ``NoReplyError`` when it breaks."""

    def __init__(self, port: int, timeout: float = TIMEOUT_SECONDS) -> None:
        self.port = port
        self.http = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout)

    def send(
        self, slug: str, answering: Answering, *, cookie: str = "", learner_tag: str = ""
    ) -> None:
        headers = {
            "Content-Type": "application/json",
            "Accept": "application/json",
            "Origin": f"http://127.0.0.1:{self.port}",
        }
        if cookie:
            headers["Cookie"] = f"learner={cookie}"
        try:
            self.http.request(
                "POST", f"/q/{slug}/antwoord/", answering.payload(learner_tag), headers
            )
        except (OSError, http.client.HTTPException) as error:
            self.drop()
            raise NoReplyError(repr(error)) from error

    def receive(self) -> Reply:
        try:
            response = self.http.getresponse()
            text = response.read().decode()
        except (OSError, http.client.HTTPException) as error:
            self.drop()
            raise NoReplyError(repr(error)) from error
        morsel = SimpleCookie(response.getheader("Set-Cookie", "")).get("learner")
        return Reply(response.status, text, morsel.value if morsel else "")

    def ask(
        self, slug: str, answering: Answering, *, cookie: str = "", learner_tag: str = ""
    ) -> Reply:
        self.send(slug, answering, cookie=cookie, learner_tag=learner_tag)
        return self.receive()

    def drop(self) -> None:
        """Hangs up; what was sent may still be saved, but no reply will be read."""
        self.http.close()
