"""Questions about a recording."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BeforeValidator, Field, PlainSerializer, field_validator

from lessons.package_base import Line, Recording, Strict
from lessons.package_questions.base import MarkedQuestion, Values
from media.times import clock, read_clock
from quizzes.moments import MOST_WINDOWS


def _tenths(written: Any) -> Any:
    """``0:12,5`` as tenths of a second. Without quotes YAML makes seconds of ``0:12``."""
    if isinstance(written, bool) or not isinstance(written, int | float | str):
        return written
    found = read_clock(written) if isinstance(written, str) else round(written * 10)
    if found is None or found < 0:
        raise ValueError('write a time as "0:12" or "0:12,5"')
    return found


def _written(tenths: int) -> str:
    return clock(tenths, exact=True)


Moment = Annotated[int, BeforeValidator(_tenths), PlainSerializer(_written)]


class Target(Strict):
    """A signal and when it can be noticed; begins where a line of the transcript begins."""

    id: UUID
    start: Moment
    end: Moment
    signal: Annotated[str, Field(min_length=1, max_length=60)]
    feedback: Line


class SpotMomentsQuestion(MarkedQuestion):
    """Say when something is a signal. ``quizzes.moments`` says what makes a good window."""

    type: Literal["spot_moments"]
    recording: Recording
    targets: Annotated[list[Target], Field(min_length=1, max_length=MOST_WINDOWS)]

    @field_validator("targets")
    @classmethod
    def in_order(cls, targets: list[Target]) -> list[Target]:
        if [one.start for one in targets] != sorted(one.start for one in targets):
            raise ValueError("write the signals in the order of the recording")
        return targets

    def own_values(self) -> Values:
        # The file's name: whoever loads the package knows the recording's number.
        return {
            "recording": self.recording.file,
            "targets": [
                {
                    "type": "item",
                    "id": str(target.id),
                    "value": {
                        "start": clock(target.start, exact=True),
                        "end": clock(target.end, exact=True),
                        "signal": target.signal,
                        "feedback": target.feedback,
                    },
                }
                for target in self.targets
            ],
        }
