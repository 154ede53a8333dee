"""Judges a database against what learners were promised. Reads SQL; asks no code of ours."""

from __future__ import annotations

import sqlite3
import time
from collections import Counter, defaultdict
from dataclasses import asdict, dataclass, field
from typing import Any
from uuid import UUID

import psycopg

from tests.durability.learners import Acknowledged, Diary
from tests.servers import wait_until

ANSWERS = """
    SELECT attempt.key, answer.key, answer.question_key, answer.won, answer.available,
           answer.is_current
      FROM quizzes_answer AS answer LEFT JOIN quizzes_attempt AS attempt
        ON attempt.id = answer.attempt_id
"""
ATTEMPTS = """
    SELECT attempt.key, attempt.answered_count, attempt.won, attempt.available,
           attempt.question_count, attempt.submitted_at, learner.id, attempt.edition_id
      FROM quizzes_attempt AS attempt LEFT JOIN accounts_learner AS learner
        ON learner.id = attempt.learner_id
"""


def select(database_url: str, statement: str) -> list[tuple]:
    """Rows, straight from the database."""
    if database_url.startswith("sqlite:///"):
        connection = sqlite3.connect(database_url.removeprefix("sqlite:///"), timeout=20)
        try:
            return connection.execute(statement).fetchall()
        finally:
            connection.close()
    with psycopg.connect(database_url) as connection:
        return connection.execute(statement).fetchall()


def is_whole(database_url: str) -> bool:
    """SQLite's integrity check, or that every PostgreSQL row can be read by heap and index."""
    if database_url.startswith("sqlite:///"):
        return select(database_url, "PRAGMA integrity_check") == [("ok",)] and not select(
            database_url, "PRAGMA foreign_key_check"
        )
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute("CREATE EXTENSION IF NOT EXISTS amcheck")
        connection.execute(
            "SELECT bt_index_check(c.oid, true) FROM pg_index i JOIN pg_class c ON c.oid = "
            "i.indexrelid JOIN pg_am a ON a.oid = c.relam JOIN pg_class t ON t.oid = i.indrelid "
            "WHERE a.amname = 'btree' AND t.relname IN ('quizzes_answer', 'quizzes_attempt', "
            "'accounts_learner')"
        )
        damaged = connection.execute(
            "SELECT t.relname, v.msg FROM pg_class t, LATERAL verify_heapam(t.oid) v WHERE "
            "t.relname IN ('quizzes_answer', 'quizzes_attempt', 'accounts_learner')"
        ).fetchall()
    return not damaged


def settle(database_url: str) -> None:
    """Until no row comes in any more: what a build writes late shall not count as lost."""
    seen: list[int] = []

    def is_still() -> bool:
        time.sleep(0.3)
        seen.append(select(database_url, "SELECT count(*) FROM quizzes_answer")[0][0])
        return len(seen) > 2 and seen[-1] == seen[-3]

    wait_until(is_still, seconds=60, what="the last answers to be written")


@dataclass
class Verdict:
    """What was promised and what is there. Everything but the first three must be 0."""

    acknowledged: int = 0
    resent: int = 0
    sent_twice: int = 0
    server_errors: int = 0
    lost: int = 0
    duplicated: int = 0
    wrong: int = 0  # told or stored another mark than the answer sheet's
    refused: int = 0
    unequal_replies: int = 0
    timeouts: int = 0
    given_up: int = 0
    drifted_attempts: int = 0  # counters that are not the sum of their answers
    orphans: int = 0
    is_whole: bool = True
    examples: list[str] = field(default_factory=list)

    @property
    def faults(self) -> dict[str, int]:
        names = ("lost", "duplicated", "wrong", "refused", "unequal_replies", "timeouts",
                 "given_up", "drifted_attempts", "orphans")  # fmt: skip
        found = {name: getattr(self, name) for name in names if getattr(self, name)}
        return found if self.is_whole else {**found, "damaged": 1}

    def note(self, fault: str, example: str) -> None:
        setattr(self, fault, getattr(self, fault) + 1)
        if len(self.examples) < 3:
            self.examples.append(f"{fault}: {example}"[:300])

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def judge(database_url: str, diaries: list[Diary]) -> Verdict:
    settle(database_url)
    verdict = Verdict(
        acknowledged=sum(len(diary.acknowledged) for diary in diaries),
        resent=sum(diary.resent for diary in diaries),
        sent_twice=sum(diary.twice for diary in diaries),
        server_errors=sum(diary.server_errors for diary in diaries),
        timeouts=sum(diary.timeouts for diary in diaries),
        given_up=sum(diary.given_up for diary in diaries),
    )
    for diary in diaries:
        for text in diary.refused:
            verdict.note("refused", text)
        for text in diary.unequal:
            verdict.note("unequal_replies", text)
    answers = [
        (str(UUID(str(a))) if a else None, str(UUID(str(k))), str(UUID(str(q))), *rest)
        for a, k, q, *rest in select(database_url, ANSWERS)
    ]
    _judge_answers(verdict, answers, [one for diary in diaries for one in diary.acknowledged])
    _judge_attempts(verdict, answers, select(database_url, ATTEMPTS))
    verdict.is_whole = is_whole(database_url)
    return verdict


def _judge_answers(verdict: Verdict, answers: list[tuple], promised: list[Acknowledged]) -> None:
    stored: dict[tuple, list[tuple]] = defaultdict(list)
    for attempt, key, question, won, available, is_current in answers:
        stored[attempt, key].append((question, won, available, bool(is_current)))
    counted = Counter((a, q) for a, _key, q, _won, _of, is_current in answers if is_current)
    for (attempt, question), times in counted.items():
        if times > 1:
            verdict.note("duplicated", f"{question} counts {times} times in {attempt}")
    for one in promised:
        sent = one.answering
        rows = stored.get((sent.attempt, sent.key), [])
        right = (sent.question, sent.won, sent.available, True)
        if not rows:
            verdict.note("lost", f"{sent}")
        elif len(rows) > 1 and counted[sent.attempt, sent.question] <= 1:
            verdict.note("duplicated", f"{len(rows)} rows for {sent}")
        elif rows[0] != right or (one.told_won, one.told_available) != right[1:3]:
            verdict.note("wrong", f"{rows[0]} is not {right}, told {one.told_won}")


def _judge_attempts(verdict: Verdict, answers: list[tuple], attempts: list[tuple]) -> None:
    counts: Counter[str | None] = Counter()
    points: Counter[str | None] = Counter()
    for attempt, _key, _question, won, _available, is_current in answers:
        if attempt is None:
            verdict.note("orphans", "an answer without an attempt")
        if is_current:
            counts[attempt] += 1
            points[attempt] += won
    for key, answered, won, _available, total, submitted_at, learner, _edition in attempts:
        name = str(UUID(str(key)))
        if learner is None:
            verdict.note("orphans", f"attempt {name} without a learner")
        is_complete = counts[name] == total
        if (answered, won) != (counts[name], points[name]) or is_complete != bool(submitted_at):
            verdict.note(
                "drifted_attempts",
                f"{name}: {answered} answered, {won} won; rows say {counts[name]}, {points[name]}",
            )
