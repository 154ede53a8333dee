"""Two drafts of a quiz beside each other: which questions differ, and in what."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Model
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail import blocks
from wagtail.admin import compare
from wagtail.rich_text import RichText

from quizzes.bank import plain

Rows = dict[tuple[str, ...], tuple[str, str]]  # the way to a field → its label and its text


def rows_of(
    block: blocks.Block, value: Any, label: str = "", way: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], tuple[str, str]]]:
    """Every field of a block in words. Entries of a list are known by their id."""
    if isinstance(block, blocks.StreamBlock):
        for child in value:
            yield (*way, "kind"), (_("Soort"), str(child.block.label))
            yield from rows_of(child.block, child.value, label, way)
    elif isinstance(block, blocks.ListBlock):
        for number, child in enumerate(value.bound_blocks, start=1):
            entry = f"{label} {number}".strip()
            yield from rows_of(block.child_block, child.value, entry, (*way, str(child.id)))
    elif isinstance(block, blocks.StructBlock):
        for name, child_block in block.child_blocks.items():
            own = ", ".join(part for part in (label, str(child_block.label)) if part)
            yield from rows_of(child_block, value[name], own, (*way, name))
    else:
        yield way, (label, in_words(block, value))


def in_words(block: blocks.Block, value: Any) -> str:
    if isinstance(block, blocks.BooleanBlock):
        return _("ja") if value else _("nee")
    if value is None:
        return ""
    if isinstance(value, RichText):
        return plain(value.source)
    if isinstance(value, Model):  # a picture, a lesson; its field would fetch all that there are
        return str(value)
    choices = dict(getattr(getattr(block, "field", None), "choices", None) or ())
    if isinstance(value, list):
        return ", ".join(str(choices.get(one, one)) for one in value)
    return str(choices.get(value, value)) if isinstance(value, str) else str(value)


class BodyComparison(compare.FieldComparison):
    """A question beside an earlier version of it: what is asked, and every field that differs."""

    number = 0

    def __init__(self, field: Any, obj_a: Any, obj_b: Any) -> None:
        super().__init__(field, obj_a, obj_b)
        self.before: Rows = dict(rows_of(field.stream_block, self.val_a))
        self.after: Rows = dict(rows_of(field.stream_block, self.val_b))
        self.is_whole = obj_a is obj_b  # Wagtail shows what was added or deleted in full so

    def field_label(self) -> str:
        return _("Vraag %(number)s") % {"number": self.number}

    def has_changed(self) -> bool:
        return self._texts(self.before) != self._texts(self.after) or (
            list(self.before) != list(self.after)
        )

    @staticmethod
    def _texts(rows: Rows) -> dict[tuple[str, ...], str]:
        return {way: text for way, (_label, text) in rows.items()}

    def htmldiff(self) -> SafeString:
        told = []
        for way in [*self.after, *(way for way in self.before if way not in self.after)]:
            label, after = self.after.get(way, (self.before.get(way, ("", ""))[0], ""))
            before = self.before.get(way, ("", ""))[1]
            is_shown = way in {("prompt",), ("kind",)} or before != after
            if self.is_whole:
                is_shown = bool(after)
            if is_shown:
                told.append((label, compare.diff_text(before, after).to_html()))
        return format_html("<dl>{}</dl>", format_html_join("", "<dt>{}</dt><dd>{}</dd>", told))


class OneQuestion(compare.ChildObjectComparison):
    """A question that was added, deleted, moved or changed; ``move`` is among those that stayed."""

    number = 0
    move = 0

    def get_position_change(self) -> int | None:
        return self.move

    def get_field_comparisons(self) -> list[Any]:
        fields = []
        for field in super().get_field_comparisons():
            if isinstance(field, BodyComparison):
                field.number = self.number
                fields.append(field)
            elif field.has_changed():
                fields.append(field)
        return fields

    def is_of_interest(self) -> bool:
        return bool(self.is_addition() or self.is_deletion() or self.move or self.has_changed())


class QuestionsComparison(compare.ChildRelationComparison):
    """Wagtail's, by the questions' keys, and without those that are the same in both."""

    def get_mapping(
        self, objs_a: list[Any], objs_b: list[Any]
    ) -> tuple[dict[int, int], dict[int, int], list[int], list[int]]:
        places = {question.key: place for place, question in enumerate(objs_b)}
        forwards = {
            place: places[question.key]
            for place, question in enumerate(objs_a)
            if question.key in places
        }
        backwards = {there: here for here, there in forwards.items()}
        added = [place for place in range(len(objs_b)) if place not in backwards]
        deleted = [place for place in range(len(objs_a)) if place not in forwards]
        return forwards, backwards, added, deleted

    def get_child_comparison(self, obj_a: Any, obj_b: Any) -> OneQuestion:
        return OneQuestion(self.field.related_model, self.field_comparisons, obj_a, obj_b)

    def get_child_comparisons(self) -> list[OneQuestion]:
        before, after = list(self.val_a.all()), list(self.val_b.all())
        stayed = {one.key for one in before} & {one.key for one in after}
        ranks = [
            {question.key: rank for rank, question in enumerate(ones)}
            for ones in (
                [one for one in before if one.key in stayed],
                [one for one in after if one.key in stayed],
            )
        ]
        numbers = {one.key: number for number, one in enumerate(before, start=1)}
        numbers |= {one.key: number for number, one in enumerate(after, start=1)}
        found = super().get_child_comparisons()
        for one in found:
            key = (one.obj_b or one.obj_a).key
            one.number = numbers[key]
            if key in stayed:
                one.move = ranks[1][key] - ranks[0][key]
        return [one for one in found if one.is_of_interest()]

    def has_changed(self) -> bool:
        return bool(self.get_child_comparisons())
