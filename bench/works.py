"""What is measured, beside its budget (docs: architecture)."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from bench.client import request

LANES = 8
Known = dict[str, Any]
Lanes = list[list[bytes]]


@dataclass(frozen=True)
class Work:
    """One kind of request. ``lanes(known, count)`` prepares that many of them."""

    name: str
    lanes: Callable[[Known, int], Lanes]
    status: int = 200
    statements: int | None = None  # at most
    ratio: float | None = None  # CPU against hello, at most
    prepare: Callable[[Known, int], Lanes] | None = None  # sent before, not measured
    share: float = 1.0  # of the usual number of requests


def spread(requests: list[bytes]) -> Lanes:
    return [requests[lane::LANES] for lane in range(LANES)]


def repeat(make: Callable[[Known], bytes]) -> Callable[[Known, int], Lanes]:
    return lambda known, count: spread([make(known)] * count)


def answer(known: Known, attempt: str, number: int, learner: dict[str, str]) -> bytes:
    question = known["edition"]["questions"][number]
    worth = random.Random(attempt).choice(question["answers"])
    return request(
        f"/q/{known['slug']}/antwoord/",
        cookies={"learner": learner["cookie"]},
        body={
            "attempt": attempt,
            "edition": known["edition"]["number"],
            "question": question["key"],
            "key": str(uuid4()),
            "choice": worth["choice"],
            "reason": worth["reason"],
            "learner_tag": learner["tag"],
        },
    )


def begun(known: Known, count: int) -> list[tuple[str, dict[str, str]]]:
    """The attempts that the next answers go to: made up once, kept in ``known``."""
    size = len(known["edition"]["questions"]) - 1
    learners = known["learners"]
    known["begun"] = [
        (str(uuid4()), learners[number % len(learners)]) for number in range(count // size + 1)
    ]
    return known["begun"]


def first_answers(known: Known, count: int) -> Lanes:
    return spread([answer(known, attempt, 0, who) for attempt, who in begun(known, count)])


def next_answers(known: Known, count: int) -> Lanes:
    """Every further answer of each begun attempt, in order on one connection."""
    lanes: Lanes = [[] for _ in range(LANES)]
    size = len(known["edition"]["questions"])
    for place, (attempt, who) in enumerate(known["begun"]):
        lanes[place % LANES] += [answer(known, attempt, n, who) for n in range(1, size)]
    return lanes


def starts(known: Known, count: int) -> Lanes:
    learners = known["learners"]
    return spread(
        [answer(known, str(uuid4()), 0, learners[n % len(learners)]) for n in range(count)]
    )


def joins(known: Known, count: int) -> Lanes:
    """Up to thirty learners join each class; a class is used by one run only."""
    wanted = (count + 29) // 30
    codes = [known["codes"].pop() for _ in range(min(wanted, len(known["codes"])))]
    sent = [request("/mee/", form=f"code={codes[n // 30]}") for n in range(count)]
    return spread(sent[: 30 * len(codes)])


def as_learner(known: Known) -> dict[str, str]:
    return {"learner": known["learners"][0]["cookie"]}


WORKS = [
    Work("hello", repeat(lambda _known: request("/bench/hello/")), statements=0),
    Work("save one answer", next_answers, prepare=first_answers, statements=2, ratio=4),
    Work("quiz start (first answer)", starts, statements=3, ratio=4, share=0.5),
    Work(
        "lesson page, learner",
        repeat(lambda known: request(known["lesson_url"], cookies=as_learner(known))),
        statements=1,
        ratio=2,
    ),
    Work(
        "lesson page, anonymous",
        repeat(lambda known: request(known["lesson_url"])),
        statements=0,
        ratio=1.5,
    ),
    Work(
        "quiz page, learner",
        repeat(lambda known: request(f"/q/{known['quiz_slug']}/", cookies=as_learner(known))),
        statements=3,
        ratio=4,
    ),
    Work(
        "quiz page, anonymous",
        repeat(lambda known: request(f"/q/{known['quiz_slug']}/")),
        statements=3,
        ratio=4,
    ),
    Work("join a class", joins, status=302, statements=5, ratio=6, share=0.3),
    Work(
        "class matrix 30 x 40, fragment",
        repeat(
            lambda known: request(
                known["matrix_url"], cookies={"sessionid": known["session"]}
            ).replace(b"\r\n\r\n", b"\r\nX-Fragment: matrix\r\n\r\n", 1)
        ),
        statements=3,
        ratio=6,
        share=0.3,
    ),
    Work(
        "class page with matrix",
        repeat(lambda known: request(known["matrix_url"], cookies={"sessionid": known["session"]})),
        share=0.02,
    ),
    # With one package: a thousand take minutes to bring in, and are measured elsewhere.
    Work("catalogue (1 package)", repeat(lambda _known: request("/lessen/")), share=0.5),
]
