"""From what Wagtail keeps of a question back to the file: ``own_values()`` the other way round."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from lessons.block_writing import BlockWriting, Raw, filled, value_of, values_of
from lessons.package_texts import EMPHASIS, SHORT_FEATURES
from media.times import read_clock


def entries(raw: Any) -> list[Raw]:
    """Entries with fields, under their ids."""
    return [filled({"id": one["id"], **one["value"]}) for one in raw or ()]


def texts(raw: Any) -> list[Raw]:
    """Entries that are one text, under their ids."""
    return [{"id": one["id"], "text": one["value"]} for one in raw or ()]


def choices(value: Raw) -> Raw:
    return {"choices": entries(value["choices"])}


def several_answers(value: Raw) -> Raw:
    return {**choices(value), "rule": value.get("rule")}


def true_false(value: Raw) -> Raw:
    names = ("is_true", "feedback_true", "feedback_false", "why_prompt")
    return {**{name: value.get(name) for name in names}, "reasons": entries(value.get("reasons"))}


def scale(value: Raw) -> Raw:
    return {
        "size": int(value["size"]),
        "low": value["low"],
        "high": value["high"],
        "between": values_of(value.get("between")),
    }


def self_assessment(value: Raw) -> Raw:
    return {**scale(value), "statements": texts(value["statements"])}


def two_sides(value: Raw) -> Raw:
    tellings = [
        {"title": value[f"title_{side}"], "text": value[f"text_{side}"]} for side in ("a", "b")
    ]
    return {**scale(value), "tellings": tellings, "judgement": value["judgement"]}


def typed(raw: Any) -> list[Raw]:
    written = entries(raw)
    for one in written:
        spellings = str(one.pop("spellings", "")).splitlines()
        also = [line.strip() for line in spellings if line.strip()]
        if also:
            one["also"] = also
    return written


def short_answer(value: Raw) -> Raw:
    return {
        "accepted": typed(value["accepted"]),
        "known_wrong": typed(value.get("known_wrong")),
        "feedback_other": value["feedback_other"],
        "forgives": value.get("forgives"),
    }


def number(value: Raw) -> Raw:
    names = ("unit", "figure_source", "feedback_low", "feedback_right", "feedback_high")
    figures = ("figure", "right_from", "right_to", "near_from", "near_to")
    return {
        **{name: value.get(name) for name in (*names, "is_estimate")},
        **{name: None if value.get(name) is None else str(value[name]) for name in figures},
    }


def branching_story(value: Raw) -> Raw:
    return {"script": value["script"], "look": value.get("look")}


def spot_signals(value: Raw) -> Raw:
    names = ("look", "heading", "own_name", "text")
    return {**{name: value.get(name) for name in names}, **choices(value)}


def order(value: Raw) -> Raw:
    return {"items": entries(value["items"]), "rule": value.get("rule")}


def match(value: Raw) -> Raw:
    return {"pairs": entries(value["pairs"]), "others": texts(value.get("others"))}


def sort_groups(value: Raw) -> Raw:
    names = {str(place): value.get(f"group_{place}") for place in range(1, 6)}
    items = entries(value["items"])
    for item in items:
        item["groups"] = [names[str(one)] for one in values_of(item.get("groups"))]
    return {"groups": [name for name in names.values() if name], "items": items}


def gap(value: Raw) -> Raw:
    gaps = entries(value["gaps"])
    for one in gaps:
        if "others" in one:
            one["others"] = texts(one["others"])
    return {
        "text": value["text"],
        "gaps": gaps,
        "word_list": value.get("word_list"),
        "others": texts(value.get("others")),
    }


def spot_moments(value: Raw) -> Raw:
    """In the order of the recording, as a file must have them; an editor need not."""
    targets = entries(value["targets"])
    return {"targets": sorted(targets, key=lambda one: read_clock(str(one["start"])) or 0)}


WRITERS: dict[str, Callable[[Raw], Raw]] = {
    "one_answer": choices,
    "several_answers": several_answers,
    "true_false": true_false,
    "opinion": scale,
    "self_assessment": self_assessment,
    "short_answer": short_answer,
    "number": number,
    "branching_story": branching_story,
    "spot_signals": spot_signals,
    "order": order,
    "point_at": choices,
    "match": match,
    "sort_groups": sort_groups,
    "gap": gap,
    "spot_moments": spot_moments,
    "two_sides": two_sides,
}


class QuestionWriting(BlockWriting):
    """Writes questions, and what stands beside an explanation or a band."""

    def question(self, *, key: str, section: str, body: Raw) -> Raw:
        kind, value = body["type"], body["value"]
        own = WRITERS[kind](value)
        if kind == "point_at":
            own["image"] = self.names.image(value["image"], alt=value.get("alt") or "")
        if kind == "spot_moments":
            own["recording"] = self.names.recording(value["recording"])
        common = {
            "prompt": self.text(value["prompt"], EMPHASIS),
            "explanation": self.text(value["explanation"], SHORT_FEATURES),
            "supplement": self.supplement(value.get("supplement")),
            "sources": values_of(value.get("sources")),
            "signal": value.get("signal"),
            "form": value.get("form"),
            "ask_sure": value.get("ask_sure"),
            "section": section,
        }
        return {"type": kind, "id": key, **filled({**common, **own})}

    def band(self, raw: Any) -> Raw:
        value = value_of(raw)
        written = {
            "title": value["title"],
            "text": self.text(value["text"], SHORT_FEATURES),
            "supplement": self.supplement(value.get("supplement")),
        }
        return {"from_percent": value["from_percent"], **filled(written)}

    def supplement(self, value: Raw | None) -> Raw | None:
        """Nothing where all of it is empty."""
        if not value:
            return None
        image = self.names.image(
            value.get("image"),
            alt=value.get("alt") or "",
            decorative=bool(value.get("decorative")),
        )
        found = {
            "image": image and filled(image),
            "recording": self.names.recording(value.get("recording")),
            "lesson": self.names.lesson(value["lesson"]) if value.get("lesson") else None,
            "signal": self.names.signals.get(value.get("signal") or 0),
            "helplines": self.helplines(value.get("helplines")),
        }
        return filled(found) or None
