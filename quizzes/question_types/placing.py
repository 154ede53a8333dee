"""What the types share in which each item is given one of several places: pairs, groups, gaps.

Their content has ``items`` (key, text, feedback, ``right``: the places that are right, and
``places`` when not every place is open to it) and ``places`` (key, text).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.blocks.list_block import ListBlockValidationError

from quizzes.grading import Given, Mark
from quizzes.pairing import folded, mark_pairs, pair, places, read_pairs
from quizzes.question_types.base import ChoiceCount, QuestionType, sureness


def own_words(words: Any, taken: set[str]) -> ListBlockValidationError | None:
    """The editor's error at each word that is there already; ``taken`` is folded."""
    seen = set(taken)
    errors = {}
    for number, word in enumerate(words):
        if folded(word) in seen:
            errors[number] = ValidationError(_("Dit staat er al. Kies iets anders."))
        seen.add(folded(word))
    return ListBlockValidationError(block_errors=errors) if errors else None


class PlacingType(QuestionType):
    """One point per item in a right place."""

    wording = frozenset({"prompt", "explanation", "items.text", "items.feedback", "places.text"})

    def allowed(self, content: Mapping[str, Any]) -> dict[str, list[str]]:
        """Item → the places that it can be given, in the order in which they are shown."""
        every = [place["key"] for place in content["places"]]
        return {item["key"]: item.get("places") or every for item in content["items"]}

    def right(self, content: Mapping[str, Any]) -> dict[str, list[str]]:
        return {item["key"]: item["right"] for item in content["items"]}

    def options(self, content: Mapping[str, Any]) -> dict[str, list[dict[str, str]]]:
        """Item → what its select offers: all that a learner may see of the places."""
        texts = {place["key"]: place["text"] for place in content["places"]}
        return {
            item: [{"value": pair(item, key), "text": texts[key]} for key in keys]
            for item, keys in self.allowed(content).items()
        }

    def public(self, content: Mapping[str, Any]) -> dict[str, Any]:
        options = self.options(content)
        return {
            "items": [
                {"key": item["key"], "text": item["text"], "options": options[item["key"]]}
                for item in content["items"]
            ]
        }

    def clean(self, content: Mapping[str, Any], sent: Mapping[str, Any]) -> Given:
        chosen = read_pairs(self.allowed(content), sent.get("choice"))
        return Given(choice=chosen, sure=sureness(content, sent))

    def mark(self, content: Mapping[str, Any], given: Given) -> Mark:
        return mark_pairs(self.right(content), given)

    def available(self, content: Mapping[str, Any]) -> int:
        return len(content["items"])

    def example(self, content: Mapping[str, Any], *, is_right: bool) -> dict[str, Any]:
        right = self.right(content)
        return {
            "choice": [
                pair(item, next(key for key in keys if (key in right[item]) == is_right))
                for item, keys in self.allowed(content).items()
            ]
        }

    def feedback(self, content: Mapping[str, Any], given: Given) -> list[dict[str, Any]]:
        texts = {place["key"]: place["text"] for place in content["places"]}
        chosen = places(given)
        return [
            {
                "key": item["key"],
                "text": item["text"],
                "is_right": chosen.get(item["key"], item["right"][0]) in item["right"],
                "is_chosen": item["key"] in chosen,
                "feedback": item["feedback"],
                "chosen_text": texts.get(chosen.get(item["key"], ""), ""),
                "right_text": " / ".join(texts[key] for key in item["right"]),
            }
            for item in content["items"]
        ]

    def statistics(self, content: Mapping[str, Any], given: list[Given]) -> list[ChoiceCount]:
        texts = {place["key"]: place["text"] for place in content["places"]}
        counts = Counter(choice for answer in given for choice in answer.choice)
        allowed = self.allowed(content)
        return [
            ChoiceCount(
                key=pair(item["key"], key),
                text=f"{item['text']} – {texts[key]}",
                is_right=key in item["right"],
                count=counts[pair(item["key"], key)],
            )
            for item in content["items"]
            for key in allowed[item["key"]]
        ]
