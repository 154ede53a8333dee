from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any
from uuid import uuid4

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from media.actions import keep_recording
from media.players import player
from media.times import clock, read_clock
from quizzes.grading import Given, Mark
from quizzes.moments import (
    Window,
    begins_with,
    judge,
    mark_moments,
    middles,
    moments_of,
    read_moments,
)
from quizzes.question_types.base import (
    ChoiceCount,
    QuestionType,
    asks_sureness,
    common_fields,
    sureness,
)
from quizzes.question_types.spot_moments_form import SpotMomentsBlock


class SpotMoments(QuestionType):
    """Say at which moments of a recording something is a signal, or in which lines of its text."""

    name = "spot_moments"
    label = _("Signalen in een opname")
    icon = "media"
    script = "js/spot-moments.js"
    answers_template = "quizzes/feedback/spot_moments.html"
    wording = frozenset(
        {
            "prompt",
            "explanation",
            "recording.captions",  # the name of a file that is named for its content
            "recording.description",
            "recording.credit",
            "lines.speaker",
            "lines.text",
            "targets.signal",
            "targets.feedback",
        }
    )
    missing = _("Kies eerst een moment of een regel waarin jij iets merkt.")

    def block(self) -> blocks.StructBlock:
        return SpotMomentsBlock(
            [*common_fields(), asks_sureness()], label=self.label, icon=self.icon
        )

    def compile(self, value: Mapping[str, Any]) -> dict[str, Any]:
        recording = value["recording"]
        lines = recording.lines if recording else ()
        tenths = recording.duration_tenths if recording else 0
        moments = middles([line.start for line in lines], tenths)
        return {
            # The editor may replace or throw away the recording; an edition has its own.
            "recording": asdict(keep_recording(recording)) if recording else None,
            "lines": [
                {
                    "start": line.start,
                    "moment": moment,
                    "speaker": line.speaker,
                    "text": line.text,
                }
                for line, moment in zip(lines, moments, strict=True)
            ],
            # In the order of the recording, whatever the order of the editor's list.
            "targets": sorted(
                (
                    {
                        "key": str(child.id or uuid4()),
                        "start": read_clock(child.value["start"]) or 0,
                        "end": read_clock(child.value["end"]) or 0,
                        "signal": child.value["signal"],
                        "feedback": child.value["feedback"],
                    }
                    for child in value["targets"].bound_blocks
                ),
                key=lambda target: target["start"],
            ),
        }

    def public(self, content: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "recording": player(content["recording"]),
            "moments": [str(line["moment"]) for line in content["lines"]],
            "lines": [
                {
                    "value": str(line["moment"]),
                    "start": line["start"],
                    "time": clock(line["start"]),
                    "speaker": line["speaker"],
                    "text": line["text"],
                }
                for line in content["lines"]
            ],
        }

    def clean(self, content: Mapping[str, Any], sent: Mapping[str, Any]) -> Given:
        chosen = read_moments(sent.get("choice"), _tenths(content))
        return Given(choice=chosen, sure=sureness(content, sent))

    def mark(self, content: Mapping[str, Any], given: Given) -> Mark:
        return mark_moments(_windows_of(content), given)

    def available(self, content: Mapping[str, Any]) -> int:
        return len(content["targets"])

    def example(self, content: Mapping[str, Any], *, is_right: bool) -> dict[str, Any]:
        windows = _windows_of(content)
        lines = [line["moment"] for line in content["lines"]]
        if is_right:
            right = (next(at for at in lines if window.holds(at)) for window in windows)
            return {"choice": [str(moment) for moment in right]}
        outside = [at for at in lines if not any(window.holds(at) for window in windows)]
        return {"choice": [str(outside[0] if outside else _tenths(content))]}

    def feedback(self, content: Mapping[str, Any], given: Given) -> list[dict[str, Any]]:
        """The signals and the moments outside them, numbered from early to late."""
        judged = judge(_windows_of(content), moments_of(given))
        signals = [
            {
                "key": target["key"],
                "text": target["signal"],
                "is_right": True,
                "is_chosen": target["key"] in judged.found,
                "feedback": target["feedback"],
                "state": "found" if target["key"] in judged.found else "missed",
                "range": f"{clock(target['start'])}–{clock(target['end'])}",
                "start": target["start"],
                "end": target["end"],
                "moment": judged.found.get(target["key"]),
            }
            for target in content["targets"]
        ]
        extra = [
            {
                "key": str(moment),
                "text": _said_at(content, moment),
                "is_right": False,
                "is_chosen": True,
                "feedback": gettext("Hier gebeurt niets dat op dwang wijst. Twijfel mag."),
                "state": "extra",
                "start": moment,
                "end": moment,
                "moment": moment,
            }
            for moment in judged.extra
        ]
        in_order = sorted(signals + extra, key=lambda entry: entry["start"])
        return [
            {**entry, "number": number, "time": clock(entry["start"])}
            for number, entry in enumerate(in_order, start=1)
        ]

    def feedback_context(self, content: Mapping[str, Any], given: Given) -> dict[str, Any]:
        """The recording once more, its lines with what was found and missed in them, a timeline."""
        notes = self.feedback(content, given)
        starts = [line["start"] for line in content["lines"]]
        places = [begins_with(starts, note["start"]) for note in notes]
        return {
            "recording": player(content["recording"]),
            "lines": [
                {
                    **line,
                    "time": clock(line["start"]),
                    "notes": [note for note, at in zip(notes, places, strict=True) if at == place],
                }
                for place, line in enumerate(content["lines"])
            ],
            "timeline": [_on_timeline(note, _tenths(content)) for note in notes]
            if content["recording"]
            else [],
            "found": [note for note in notes if note["state"] == "found"],
            "missed": [note for note in notes if note["state"] == "missed"],
            "extra": [note for note in notes if note["state"] == "extra"],
        }

    def statistics(self, content: Mapping[str, Any], given: list[Given]) -> list[ChoiceCount]:
        """Per signal how many noticed it and how many did not, and how many marked what is none."""
        windows = _windows_of(content)
        judged = [judge(windows, moments_of(answer)) for answer in given]
        counts = []
        for target in content["targets"]:
            found = sum(target["key"] in answer.found for answer in judged)
            name = f"{clock(target['start'])} {target['signal']}"
            counts.append(ChoiceCount(target["key"], name, is_right=True, count=found))
        for target in content["targets"]:
            found = sum(target["key"] in answer.found for answer in judged)
            name = gettext("Niet gemerkt: %(signal)s") % {
                "signal": f"{clock(target['start'])} {target['signal']}"
            }
            counts.append(
                ChoiceCount(
                    f"missed:{target['key']}", name, is_right=False, count=len(judged) - found
                )
            )
        outside = gettext("Ook gekozen waar geen signaal was")
        extra = sum(bool(answer.extra) for answer in judged)
        return [*counts, ChoiceCount("extra", outside, is_right=False, count=extra)]


def _tenths(content: Mapping[str, Any]) -> int:
    return content["recording"]["tenths"] if content["recording"] else 0


def _windows_of(content: Mapping[str, Any]) -> list[Window]:
    return [Window(entry["key"], entry["start"], entry["end"]) for entry in content["targets"]]


def _said_at(content: Mapping[str, Any], moment: int) -> str:
    before = [line for line in content["lines"] if line["start"] <= moment]
    return before[-1]["text"] if before else clock(moment)


def _on_timeline(note: Mapping[str, Any], tenths: int) -> dict[str, Any]:
    """Where a note stands, in per cent of the recording's length."""

    def percent(at: float) -> str:
        return f"{100 * at / tenths:.2f}"

    return {
        "number": note["number"],
        "state": note["state"],
        "x": percent(note["start"]),
        "width": percent(note["end"] - note["start"]),
        "middle": percent((note["start"] + note["end"]) / 2),
        "pressed": "" if note["moment"] is None else percent(note["moment"]),
    }
