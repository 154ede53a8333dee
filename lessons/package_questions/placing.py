"""Questions in which things are put where they belong."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field, field_validator, model_validator

from lessons.package_base import Line, Strict
from lessons.package_questions.base import MarkedQuestion, Values, entry_values
from quizzes.gap_text import gap_mistakes
from quizzes.pairing import folded

Short = Annotated[str, Field(min_length=1, max_length=60)]  # stands in a select


class Step(Strict):
    id: UUID
    text: Line
    feedback: Line  # why it comes here


def refuse_doubles(texts: Sequence[str]) -> None:
    same = [folded(text) for text in texts]
    for number, text in enumerate(same):
        if text in same[:number]:
            raise ValueError(f"'{texts[number]}' is written twice")


class OrderQuestion(MarkedQuestion):
    type: Literal["order"]
    items: Annotated[list[Step], Field(min_length=3, max_length=8)]  # in the right order
    rule: Literal["per_step", "all_or_nothing"] = "per_step"

    @field_validator("items")
    @classmethod
    def no_step_twice(cls, items: list[Step]) -> list[Step]:
        refuse_doubles([item.text for item in items])
        return items

    def own_values(self) -> Values:
        return {"items": entry_values(self.items), "rule": self.rule}


Percent = Annotated[int, Field(ge=0, le=100)]


class Pair(Strict):
    id: UUID
    left: Line
    right: Short  # may be the same for several lines
    feedback: Line


class Other(Strict):
    """A choice that belongs nowhere."""

    id: UUID
    text: Short


def other_values(others: Sequence[Any]) -> list[Values]:
    return [{"type": "item", "id": str(other.id), "value": other.text} for other in others]


class MatchQuestion(MarkedQuestion):
    type: Literal["match"]
    pairs: Annotated[list[Pair], Field(min_length=2, max_length=8)]
    others: Annotated[list[Other], Field(max_length=4)] = []

    @model_validator(mode="after")
    def choices_differ(self) -> MatchQuestion:
        refuse_doubles([pair.left for pair in self.pairs])
        rights = list({folded(pair.right): pair.right for pair in self.pairs})
        refuse_doubles([*rights, *(other.text for other in self.others)])
        if len(rights) + len(self.others) < 2:
            raise ValueError("give at least two different choices")
        return self

    def own_values(self) -> Values:
        return {"pairs": entry_values(self.pairs), "others": other_values(self.others)}


class Card(Strict):
    id: UUID
    text: Line
    groups: Annotated[list[str], Field(min_length=1)]  # the names of the right ones
    feedback: Line


class SortGroupsQuestion(MarkedQuestion):
    type: Literal["sort_groups"]
    groups: Annotated[
        list[Annotated[str, Field(min_length=1, max_length=40)]], Field(min_length=2, max_length=5)
    ]
    items: Annotated[list[Card], Field(min_length=2, max_length=10)]

    @model_validator(mode="after")
    def cards_have_groups(self) -> SortGroupsQuestion:
        refuse_doubles(self.groups)
        refuse_doubles([item.text for item in self.items])
        for item in self.items:
            if unknown := set(item.groups) - set(self.groups):
                raise ValueError(f"'{item.text}': there is no group '{min(unknown)}'")
            if set(item.groups) == set(self.groups):
                raise ValueError(f"'{item.text}': not every group can be right")
        return self

    def own_values(self) -> Values:
        names = [*self.groups, "", "", ""][:5]
        items = entry_values(self.items)
        for item in items:
            item["value"]["groups"] = [
                str(self.groups.index(group) + 1) for group in item["value"]["groups"]
            ]
        return {
            **{f"group_{number}": name for number, name in enumerate(names, start=1)},
            "items": items,
        }


GAP_MISTAKES = {
    "unknown": "gap {number} is in the text and not in 'gaps'",
    "missing": "gap {number} is not in the text",
    "double": "gap {number} is in the text more than once",
    "broken": "line {number}: write a gap as [[1]]",
}
Word = Annotated[str, Field(min_length=1, max_length=40)]


class OtherWord(Strict):
    id: UUID
    text: Word


class GapEntry(Strict):
    id: UUID
    right: Word
    others: Annotated[list[OtherWord], Field(max_length=6)] = []  # where each gap has its own list
    feedback: Line


class GapQuestion(MarkedQuestion):
    """A text with [[1]] where the first of ``gaps`` is."""

    type: Literal["gap"]
    text: Annotated[str, Field(min_length=1, max_length=1500)]
    gaps: Annotated[list[GapEntry], Field(min_length=1, max_length=8)]
    word_list: Literal["shared", "per_gap"] = "shared"
    others: Annotated[list[OtherWord], Field(max_length=6)] = []  # where all gaps have one list

    @model_validator(mode="after")
    def gaps_are_in_the_text(self) -> GapQuestion:
        if mistakes := gap_mistakes(self.text, len(self.gaps)):
            told = [GAP_MISTAKES[one.code].format(number=one.number) for one in mistakes]
            raise ValueError("; ".join(told))
        return self

    @model_validator(mode="after")
    def words_differ(self) -> GapQuestion:
        if self.word_list == "shared":
            rights = {folded(gap.right): gap.right for gap in self.gaps}
            lists = [[*rights.values(), *(other.text for other in self.others)]]
        else:
            lists = [[gap.right, *(other.text for other in gap.others)] for gap in self.gaps]
        for words in lists:
            refuse_doubles(words)
            if len(words) < 2:
                raise ValueError(f"'{words[0]}': give another word to choose from")
        return self

    def own_values(self) -> Values:
        gaps = entry_values(self.gaps)
        for value, gap in zip(gaps, self.gaps, strict=True):
            value["value"]["others"] = other_values(gap.others)
        return {
            "text": self.text,
            "gaps": gaps,
            "word_list": self.word_list,
            "others": other_values(self.others),
        }
