"""What may stay empty in an editor's form: folded away, and dropped when nothing is in it."""

from __future__ import annotations

from typing import Any, ClassVar

from wagtail import blocks
from wagtail.blocks.list_block import ListValue
from wagtail.rich_text import RichText

from quizzes.bank import plain


def is_blank(value: Any) -> bool:
    """Whether an editor typed or ticked nothing in it."""
    if isinstance(value, blocks.StructValue):
        return all(
            is_blank(part) or part == value.block.child_blocks[name].get_default()
            for name, part in value.items()
        )
    if isinstance(value, ListValue):
        return all(is_blank(entry) for entry in value)
    if isinstance(value, RichText):
        return not plain(value.source)
    return not (value.strip() if isinstance(value, str) else value)


def drop_blank_entries(value: blocks.StructValue) -> None:
    """Takes out the entries of its lists, and of lists in those, that hold nothing."""
    for entries in value.values():
        if not isinstance(entries, ListValue):
            continue
        entries.bound_blocks = [
            child for child in entries.bound_blocks if not is_blank(child.value)
        ]
        for entry in entries:
            if isinstance(entry, blocks.StructValue):
                drop_blank_entries(entry)


class FoldingBlock(blocks.StructBlock):
    """A group of fields of which the optional ones are folded away, behind one button."""

    folded: ClassVar[tuple[str, ...]] = ()

    def get_form_layout(self) -> blocks.BlockGroup:
        names = list(self.child_blocks)
        return blocks.BlockGroup(
            [name for name in names if name not in self.folded],
            settings=[name for name in names if name in self.folded],
        )
