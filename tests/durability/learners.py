"""Virtual learners: they answer, resend what was not acknowledged, and go on."""

from __future__ import annotations

import random
import threading
import time
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from tests.durability.client import Answering, Connection, NoReplyError, Reply

TWICE_AT_ONCE = 0.1  # one in ten answers: a double click, an impatient queue
RETRY_SECONDS = 0.05  # doubles up to sixteen times that
FINAL = frozenset({200})
AGAIN = frozenset({500, 502, 503, 504})


@dataclass(frozen=True)
class Acknowledged:
    """A promise that was made: this answer is on disk and is worth this."""

    answering: Answering
    told_won: int
    told_available: int
    at: float


@dataclass
class Diary:
    """What one learner saw. Written by one thread; read when it has ended."""

    acknowledged: list[Acknowledged] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)  # anything but an answer or "try again"
    unequal: list[str] = field(default_factory=list)  # two replies to one answer that differ
    resent: int = 0
    twice: int = 0
    server_errors: int = 0
    timeouts: int = 0
    given_up: int = 0  # the server is there and keeps failing: nobody saves this answer


class VirtualLearner(threading.Thread):
    """Answers attempt after attempt until told to stop, and then empties its queue."""

    def __init__(
        self, number: int, class_: Class, identity: dict[str, str] | None, seed: int
    ) -> None:
        super().__init__(name=f"learner-{number}", daemon=True)
        self.class_ = class_
        self.identity = identity  # None: nobody yet; known after the first answer
        self.random = random.Random(seed * 1000 + number)
        self.diary = Diary()
        self.connections = [Connection(class_.port), Connection(class_.port)]
        self.failure: BaseException | None = None

    def run(self) -> None:
        try:
            while not self.class_.is_over.is_set():
                self._attempt()
        except BaseException as error:  # reported by the test; a thread cannot raise
            self.failure = error
        finally:
            for connection in self.connections:
                connection.drop()

    def _attempt(self) -> None:
        edition = self.class_.edition
        attempt = str(uuid4())
        known = dict(self.identity or {})
        for question in self.random.sample(edition["questions"], len(edition["questions"])):
            worth = self.random.choice(question["answers"])
            answering = Answering(attempt, edition["number"], question["key"], **worth)
            reply = self._until_acknowledged(answering, known)
            if reply is None:
                return
            known.setdefault("tag", reply.body["learner_tag"])
            if reply.cookie:
                known["cookie"] = reply.cookie
            if self.class_.is_over.is_set():
                return

    def _until_acknowledged(self, answering: Answering, known: dict[str, str]) -> Reply | None:
        """The first 200. ``None`` when refused for good or the bell rang while down."""
        who = {"cookie": known.get("cookie", ""), "learner_tag": known.get("tag", "")}
        is_twice = self.random.random() < TWICE_AT_ONCE
        tries = failures = 0
        while True:
            if tries:
                self.diary.resent += 1
                self.class_.wait_a_little(RETRY_SECONDS * 2 ** min(tries - 1, 4))
            tries += 1
            replies = self._send(answering, who, is_twice=is_twice and tries == 1)
            good = [reply for reply in replies if reply.status in FINAL]
            for reply in replies:
                if reply.status in AGAIN:
                    self.diary.server_errors += 1
                    failures += 1
                elif reply.status not in FINAL:
                    self.diary.refused.append(f"{reply.status} {reply.text[:300]}")
            if good:
                body = good[0].body
                if any(self._differs(body, other.body) for other in good[1:]):
                    self.diary.unequal.append(f"{body} / {good[1].body}")
                self.diary.acknowledged.append(
                    Acknowledged(answering, body["won"], body["available"], time.monotonic())
                )
                self.class_.count(self)
                return good[0]
            if replies and all(reply.status not in AGAIN for reply in replies):
                return None
            if failures > self.class_.patience:
                self.diary.given_up += 1
                return None
            if self.class_.is_given_up.is_set():
                return None

    @staticmethod
    def _differs(one: dict[str, Any], other: dict[str, Any]) -> bool:
        # How far the attempt is may move between the two; what was earned may not.
        same = ("key", "attempt", "question", "is_right", "won", "available", "feedback_html")
        return any(one[name] != other[name] for name in same)

    def _send(self, answering: Answering, who: dict[str, str], *, is_twice: bool) -> list[Reply]:
        used = self.connections if is_twice else self.connections[:1]
        self.diary.twice += is_twice
        sent = []
        for connection in used:
            try:
                connection.send(self.class_.slug, answering, **who)
            except NoReplyError:
                continue
            sent.append(connection)
        replies = []
        for connection in sent:
            try:
                replies.append(connection.receive())
            except NoReplyError as error:
                self.diary.timeouts += "timed out" in str(error)
        return replies


class Class:
    """Thirty of them, two thirds with a class, the others nameless. A context manager."""

    def __init__(
        self, port: int, seeded: dict[str, Any], seed: int, size: int = 30, patience: int = 1000
    ) -> None:
        self.port = port
        self.patience = patience  # "try again" replies to one answer before giving up
        self.slug = seeded["slug"]
        self.edition = seeded["edition"]
        self.is_over = threading.Event()
        self.is_given_up = threading.Event()
        self._lock = threading.Lock()
        self._count = 0
        self._heard: set[str] = set()
        self.learners = [
            VirtualLearner(number, self, seeded["learners"][number] if number % 3 else None, seed)
            for number in range(size)
        ]

    def wait_a_little(self, seconds: float) -> None:
        self.is_given_up.wait(seconds)

    def count(self, learner: VirtualLearner) -> None:
        with self._lock:
            self._count += 1
            self._heard.add(learner.name)

    @property
    def acknowledged_count(self) -> int:
        return self._count

    def forget_who_was_heard(self) -> None:
        with self._lock:
            self._heard.clear()

    def everybody_was_heard(self) -> bool:
        """Whether each learner got an answer acknowledged since it was forgotten."""
        return len(self._heard) == len(self.learners)

    def __enter__(self) -> Class:
        for learner in self.learners:
            learner.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.is_over.set()
        for learner in self.learners:
            learner.join(timeout=40)
        self.is_given_up.set()
        for learner in self.learners:
            learner.join(timeout=40)
        failures = [learner.failure for learner in self.learners if learner.failure]
        if failures:
            raise failures[0]
        assert not any(learner.is_alive() for learner in self.learners), "a learner hangs"

    @property
    def diaries(self) -> list[Diary]:
        return [learner.diary for learner in self.learners]
