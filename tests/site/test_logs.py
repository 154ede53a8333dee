"""Logs tell an operator enough and nobody anything about a learner (S-78, P-10)."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator

import pytest
import structlog
from django.test import Client

from classrooms.actions import Joined
from classrooms.models import Classroom
from config.logs import configure_logging


class Lines(logging.Handler):
    """Keeps what would be printed, as the real formatter prints it."""

    def __init__(self, formatter: logging.Formatter) -> None:
        super().__init__(logging.DEBUG)
        self.setFormatter(formatter)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


@pytest.fixture
def lines() -> Iterator[list[str]]:
    configure_logging(level="DEBUG")
    root = logging.getLogger()
    kept = Lines(root.handlers[0].formatter)  # type: ignore[arg-type]
    root.addHandler(kept)
    yield kept.lines
    root.removeHandler(kept)
    configure_logging(level="INFO")


def test_a_request_leaves_one_line_with_its_route_and_nothing_personal(
    client: Client, db: None, lines: list[str]
) -> None:
    client.get("/hulp/?naam=Noa", REMOTE_ADDR="203.0.113.7", headers={"user-agent": "Speurneus"})
    [line] = [json.loads(line) for line in lines if "doorzien.request" in line]
    assert {"method", "route", "status", "milliseconds"} < set(line)
    assert line["route"] == "helplines:help"
    assert set(line) == {
        *("event", "level", "logger", "timestamp"),
        *("method", "route", "status", "milliseconds"),
    }


def test_no_address_code_nickname_or_path_reaches_the_log(
    client: Client,
    learner_client: Client,
    learner: Joined,
    classroom: Classroom,
    lines: list[str],
) -> None:
    client.post("/mee/", {"code": classroom.join_code}, REMOTE_ADDR="203.0.113.7")
    client.post("/mee/", {"code": "AAAA-BBBB"}, REMOTE_ADDR="203.0.113.7")
    client.post("/terug/", {"code": str(learner.return_code)}, REMOTE_ADDR="203.0.113.7")
    learner_client.get("/mijn/", REMOTE_ADDR="203.0.113.7")
    learner_client.get(f"/docent/klas/{classroom.public_id}/", REMOTE_ADDR="203.0.113.7")
    learner_client.get("/geheim-pad/")
    learner_client.post("/weg/", REMOTE_ADDR="203.0.113.7")
    everything = "\n".join(lines).upper()
    assert "DOORZIEN.REQUEST" in everything
    for secret in (
        "203.0.113.7",
        classroom.join_code,
        classroom.shown_code,
        "AAAABBBB",
        "AAAA-BBBB",
        str(learner.return_code),
        learner.return_code.verifier,
        learner.enrolment.nickname,
        str(classroom.public_id),
        "geheim-pad",
        learner_client.cookies["learner"].value or "no cookie",
    ):
        assert secret.upper() not in everything, secret


@pytest.mark.parametrize("key", ["ip", "path", "query", "body", "user_agent", "user_id", "request"])
def test_a_forbidden_field_is_dropped_whoever_puts_it_in(key: str, lines: list[str]) -> None:
    structlog.get_logger("doorzien.test").warning("something", **{key: "203.0.113.7"})
    logging.getLogger("other").warning("else", extra={key: "203.0.113.7"})
    assert len(lines) == 2
    assert "203.0.113.7" not in "".join(lines)


def test_a_line_feed_cannot_forge_a_line(lines: list[str]) -> None:
    """S-78"""
    structlog.get_logger("doorzien.test").warning("a\r\n\x1b[31m{forged}")
    [line] = lines
    assert "\n" not in line
    assert "\x1b" not in line
    assert json.loads(line)["event"].startswith("a\r\n")


@pytest.mark.parametrize("path", ["/hulp/\r\nforged: 1", "/\x1b[31m/", "/%0d%0aforged/"])
def test_a_strange_path_does_not_reach_the_log(
    client: Client, db: None, lines: list[str], path: str
) -> None:
    client.get(path)
    assert "forged" not in "".join(lines)
