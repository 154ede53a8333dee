"""The text in a draft, field by field, with where it stands in the editor's form."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.utils.html import strip_tags
from wagtail import blocks, hooks

from editorial.language import Passage, Report, report_on

# ``(thing) -> Texts or None``: who knows a kind of thing tells what is read in it.
HOOK = "describe_texts"
# Fields that hold a name, a mark or a place and no sentence.
NOT_READ = frozenset(
    {"id", "source", "sources", "credit", "sender", "slot", "accepted", "spellings",
     "figure_source", "signal", "start", "end", "unit", "other", "own_name", "url"}
)  # fmt: skip
SCRIPTS = frozenset({"script"})


@dataclass(frozen=True, slots=True)
class Texts:
    passages: list[Passage]
    for_young_people: bool


def language_report(thing: Any) -> Report | None:
    """Of a draft; ``None`` for what nobody reads, or reads in another language than Dutch."""
    for describe in hooks.get_hooks(HOOK):
        texts = describe(thing)
        if texts is not None:
            return report_on(texts.passages, for_young_people=texts.for_young_people)
    return None


def field_passage(thing: Any, name: str, *, for_teachers: bool = False) -> Passage:
    """A field of text, plain or rich."""
    label = str(thing._meta.get_field(name).verbose_name).capitalize()
    text = plain_text(getattr(thing, name) or "")
    return Passage(label, f"#id_{name}-label", text, for_teachers)


def stream_passages(
    stream: Any, at: Passage, *, teachers_only: frozenset[str] = frozenset(), easy: str = ""
) -> Iterator[Passage]:
    """All text in a stream. ``teachers_only`` names blocks and fields that learners do not see,
    ``easy`` the kind of block in easy language.
    """
    for child in stream:
        place = replace(at, anchor=f"#block-{child.id}-section") if child.id else at
        label = str(child.block.label)
        place = replace(
            place,
            where=f"{at.where} · {label}" if at.where else label,
            for_teachers=at.for_teachers or child.block_type in teachers_only,
            is_easy=at.is_easy or child.block_type == easy,
        )
        yield from _passages(child.block, child.value, place, teachers_only)


def _passages(
    block: Any, value: Any, at: Passage, teachers_only: frozenset[str]
) -> Iterator[Passage]:
    if value is None:
        return
    if isinstance(block, blocks.StreamBlock):
        yield from stream_passages(value, at, teachers_only=teachers_only)
    elif isinstance(block, blocks.StructBlock):
        for name, field in block.child_blocks.items():
            if name in NOT_READ:
                continue
            place = replace(
                at,
                where=f"{at.where} · {field.label}",
                for_teachers=at.for_teachers or name in teachers_only,
                is_measured=at.is_measured and name not in SCRIPTS,
            )
            yield from _passages(field, value.get(name), place, teachers_only)
    elif isinstance(block, blocks.ListBlock):
        for item in value:
            yield from _passages(block.child_block, item, at, teachers_only)
    elif isinstance(block, blocks.RichTextBlock):
        yield replace(at, text=plain_text(value.source))
    elif isinstance(block, blocks.CharBlock | blocks.TextBlock):
        yield replace(at, text=plain_text(str(value)))


def plain_text(text: str) -> str:
    """Paragraphs with an empty line between them; marks such as [[this]] taken off."""
    if "<" in text:
        text = re.sub(r"</(?:p|li|h\d|blockquote)>|<br\s*/?>", "\n\n", text)
        text = html.unescape(strip_tags(text))
    if "[[" in text:
        text = re.sub(r"\[\[|\]\]", "", text.replace("\n", "\n\n"))
    return text.strip()
