"""What a browser may send when it answers: as a form, or as JSON from its queue."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, QueryDict

MOST_BYTES = 20_000


class MalformedAnswerError(ValueError):
    """Not something that our pages send; ``str()`` says which field."""


@dataclass(frozen=True, slots=True)
class AnswerForm:
    """An allow-list: a score, a learner or anything else that was sent is not looked at."""

    attempt: UUID
    edition: int
    question: UUID
    key: UUID
    learner_tag: str
    sent: Mapping[str, Any]


def wants_json(request: HttpRequest) -> bool:
    return request.content_type == "application/json"


def read_answer(request: HttpRequest) -> AnswerForm:
    """The answer in the request. Raises ``MalformedAnswerError``. No query."""
    if wants_json(request):
        fields: Mapping[str, Any] = _fields(request)
        choice = fields.get("choice", [])
    else:
        fields = request.POST
        choice = chosen_in(request.POST)
    return AnswerForm(
        attempt=_uuid(fields, "attempt"),
        edition=_number(fields, "edition"),
        question=_uuid(fields, "question"),
        key=_uuid(fields, "key"),
        learner_tag=_tag(fields),
        sent=given_fields(choice, fields),
    )


@dataclass(frozen=True, slots=True)
class KeptStep:
    """What says of a step of a lesson that it waited in a browser."""

    key: UUID
    learner_tag: str


def read_kept_step(request: HttpRequest) -> KeptStep:
    """From the queue's JSON. Raises ``MalformedAnswerError``. No query."""
    fields = _fields(request)
    return KeptStep(key=_uuid(fields, "key"), learner_tag=_tag(fields))


def read_given(posted: QueryDict) -> dict[str, Any]:
    """Only what was answered, of a plain form whose answer goes nowhere."""
    return given_fields(chosen_in(posted), posted)


def given_fields(choice: Any, fields: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "choice": choice,
        "reason": fields.get("reason") or "",
        "sure": fields.get("sure") or "",
    }


def chosen_in(posted: QueryDict) -> list[str]:
    return [
        str(said) for name in posted if field_of(name) == "choice" for said in posted.getlist(name)
    ]


def field_of(name: str) -> str:
    """``choice:1`` is a part of ``choice``: of radios only one per name can be chosen."""
    return name.partition(":")[0]


def _fields(request: HttpRequest) -> dict[str, Any]:
    if len(request.body) > MOST_BYTES:
        raise MalformedAnswerError("size")
    try:
        fields = json.loads(request.body)
    except ValueError as error:
        raise MalformedAnswerError("json") from error
    if not isinstance(fields, dict):
        raise MalformedAnswerError("json")
    return fields


def _uuid(fields: Mapping[str, Any], name: str) -> UUID:
    try:
        return UUID(fields[name])
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        raise MalformedAnswerError(name) from error


def _number(fields: Mapping[str, Any], name: str) -> int:
    try:
        number = int(fields[name])
    except (KeyError, ValueError, TypeError) as error:
        raise MalformedAnswerError(name) from error
    if not 0 < number < 2**31:
        raise MalformedAnswerError(name)
    return number


def _tag(fields: Mapping[str, Any]) -> str:
    tag = fields.get("learner_tag") or ""
    if not isinstance(tag, str) or len(tag) > 32:
        raise MalformedAnswerError("learner_tag")
    return tag
