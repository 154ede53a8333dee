"""What is measured, beside its budget (docs: architecture)."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from bench.client import Response, request

LANES = 8
# The quiz of the bench that has one question of each; bench.seed fails when it lacks one.
KINDS = (
    "one_answer", "several_answers", "true_false", "opinion", "self_assessment", "short_answer",
    "number", "branching_story", "spot_signals", "order", "point_at", "match", "sort_groups",
    "gap", "spot_moments", "two_sides",
)  # fmt: skip
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
    # What the works after it must know of the responses to ``prepare``.
    learn: Callable[[Known, Response], None] = lambda _known, _response: None


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


def given(known: Known, kind: str, attempt: str, learner: dict[str, str]) -> bytes:
    """An answer to the one question of this kind in the quiz that has them all."""
    asked = known["kinds"][kind]
    return request(
        f"/q/{known['kinds_slug']}/antwoord/",
        cookies={"learner": learner["cookie"]},
        body={
            "attempt": attempt,
            "edition": 1,
            "question": asked["question"],
            "key": str(uuid4()),
            "choice": asked["choice"],
            "reason": asked["reason"],
            "learner_tag": learner["tag"],
        },
    )


def begun_otherwise(kind: str) -> Callable[[Known, int], Lanes]:
    """An answer to a question of another kind, in as many attempts as will be measured."""
    other = next(name for name in KINDS if name != kind)

    def lanes(known: Known, count: int) -> Lanes:
        learners = known["learners"]
        known["begun"] = [(str(uuid4()), learners[n % len(learners)]) for n in range(count)]
        return spread([given(known, other, attempt, who) for attempt, who in known["begun"]])

    return lanes


def of_kind(kind: str) -> Callable[[Known, int], Lanes]:
    def lanes(known: Known, _count: int) -> Lanes:
        return spread([given(known, kind, attempt, who) for attempt, who in known["begun"]])

    return lanes


def joins(known: Known, count: int) -> Lanes:
    """Up to thirty learners join each class; a class is used by one run only."""
    wanted = (count + 29) // 30
    codes = [known["codes"].pop() for _ in range(min(wanted, len(known["codes"])))]
    sent = [request("/mee/", form=f"code={codes[n // 30]}") for n in range(count)]
    return spread(sent[: 30 * len(codes)])


def as_learner(known: Known) -> dict[str, str]:
    return {"learner": known["learners"][0]["cookie"]}


def as_teacher(known: Known) -> dict[str, str]:
    return {"sessionid": known["session"]}


def matrix(known: Known, **headers: str) -> bytes:
    headers = {"X-Fragment": "matrix", **headers}
    return request(known["matrix_url"], cookies=as_teacher(known), headers=headers)


def repeat_once(make: Callable[[Known], bytes]) -> Callable[[Known, int], Lanes]:
    return lambda known, _count: [[make(known)]]


def learn_tag(known: Known, response: Response) -> None:
    known["matrix_tag"] = response.headers["etag"]


AUDIENCES = ("", "young_people", "teachers", "professionals")
AGES = ("", "10-12", "13-15", "16-18", "19-99")
WORDS = ("loon", "werken", "klas", "eerlijk loon", "pakket 77", "zonder uitslag", "eerlik lon")


def catalogue(known: Known, count: int) -> Lanes:
    """Every choice of audience, age and page, in turn: no two alike in a row."""
    wishes = itertools.cycle(itertools.product(AUDIENCES, AGES, range(1, 9)))
    return spread(
        [
            request(f"/lessen/?doelgroep={audience}&leeftijd={age}&pagina={page}")
            for audience, age, page in itertools.islice(wishes, count)
        ]
    )


def catalogue_choices(known: Known, count: int) -> Lanes:
    """Four choices at once and an order: what a teacher who knows what they want sends."""
    wishes = itertools.cycle(
        itertools.product(AGES, ("", "20", "45", "90"), ("", "met"), ("", "b", "d"), ("", "titel"))
    )
    names = ("leeftijd", "minuten", "apparaten", "vorm", "sorteer")
    return spread(
        [
            request("/lessen/?" + urlencode(dict(zip(names, wish, strict=True))))
            for wish in itertools.islice(wishes, count)
        ]
    )


def catalogue_pages(_known: Known, count: int) -> Lanes:
    """Every page of the list on every connection, so that each worker has shown each package."""
    pages = [request(f"/lessen/?pagina={page}") for page in range(1, 85)]
    return [pages] if count <= 10 else [pages] * LANES


def catalogue_words(known: Known, count: int) -> Lanes:
    return spread(
        [
            request("/lessen/?" + urlencode({"zoek": words, "leeftijd": age}))
            for words, age in itertools.islice(
                itertools.cycle(itertools.product(WORDS, AGES)), count
            )
        ]
    )


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
        repeat(matrix),
        statements=3,
        ratio=6,
        share=0.3,
    ),
    Work(
        "class matrix, nothing changed",
        repeat(lambda known: matrix(known, **{"If-None-Match": known["matrix_tag"]})),
        status=304,
        statements=3,
        ratio=6,
        share=0.3,
        prepare=repeat_once(matrix),
        learn=learn_tag,
    ),
    Work(
        "class page with matrix",
        repeat(lambda known: request(known["matrix_url"], cookies=as_teacher(known))),
        share=0.02,
    ),
    Work(
        "class page, all questions",
        repeat(lambda known: request(known["matrix_url"] + "vragen/", cookies=as_teacher(known))),
        share=0.02,
    ),
    Work(
        "catalogue, 1,000 packages",
        catalogue,
        statements=3,
        ratio=6,
        share=0.5,
        prepare=catalogue_pages,
    ),
    Work("catalogue, four choices", catalogue_choices, statements=3, ratio=6, share=0.3),
    Work("catalogue, words", catalogue_words, statements=3, ratio=6, share=0.3),
    *[
        Work(
            f"answer: {kind}",
            of_kind(kind),
            prepare=begun_otherwise(kind),
            statements=2,
            ratio=4,
            share=0.3,
        )
        for kind in KINDS
    ],
]
