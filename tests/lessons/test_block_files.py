"""Every kind of block in a package file: the same as in the editor's form, each mistake named."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args
from uuid import UUID

import pytest
from pydantic import BaseModel
from wagtail import blocks

from lessons.blocks import StepContentBlock
from lessons.blocks.doing import QuestionChoiceBlock
from lessons.package_base import Image
from lessons.package_blocks import Block
from lessons.package_files import PackageError, read_package
from lessons.package_texts import MARKDOWN_FIELDS
from tests.factories.lessons import EVERY_BLOCK

SCHEMAS: dict[str, type[BaseModel]] = {
    get_args(kind.model_fields["type"].annotation)[0]: kind for kind in get_args(get_args(Block)[0])
}
EDITORS = StepContentBlock().child_blocks


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(EVERY_BLOCK, tmp_path / "every-block"))


def test_every_kind_is_in_the_schema_for_editors_and_in_the_package() -> None:
    content = read_package(EVERY_BLOCK, helplines={"kindertelefoon"})
    used = {block.type for step in content.lessons[0].steps for block in step.blocks}
    assert used == set(SCHEMAS) == set(EDITORS)
    assert len(used) == 25


def pairs(
    schema: type[BaseModel], block: blocks.BaseStructBlock
) -> Iterator[tuple[type[BaseModel], str, blocks.Block]]:
    """Each field of the file beside the editor's; also of what stands in lists."""
    for name, field in schema.model_fields.items():
        if name in ("type", "id") or field.annotation in (Image, Image | None):
            continue
        yield schema, name, block.child_blocks[name]
        inner = next(iter(get_args(field.annotation)), None)
        if isinstance(inner, type) and issubclass(inner, BaseModel):
            yield from pairs(inner, block.child_blocks[name].child_block)


STRUCTS = [name for name, block in EDITORS.items() if isinstance(block, blocks.BaseStructBlock)]


def bounds(schema: type[BaseModel], name: str, rule: str) -> Any:
    """A rule of the schema such as ``max_length``; of each entry when it is on the entries."""
    found = [getattr(one, rule) for one in schema.model_fields[name].metadata if hasattr(one, rule)]
    return found[0] if found else None


@pytest.mark.parametrize("name", STRUCTS)
def test_a_file_can_hold_what_an_editor_can_and_no_more(name: str) -> None:
    for schema, field, block in pairs(SCHEMAS[name], EDITORS[name]):
        place = f"{schema.__name__}.{field}"
        markdown = MARKDOWN_FIELDS.get(schema, {}).get(field)
        assert (markdown is not None) == isinstance(block, blocks.RichTextBlock), place
        if markdown is not None:
            assert list(markdown) == block.features, place
        elif isinstance(block, blocks.ListBlock):
            assert bounds(schema, field, "min_length") == block.meta.min_num, place
            assert bounds(schema, field, "max_length") == block.meta.max_num, place
        elif isinstance(block, QuestionChoiceBlock):
            assert schema.model_fields[field].annotation is UUID, place  # any question there is
        elif isinstance(block, blocks.ChoiceBlock):
            kinds = get_args(schema.model_fields[field].annotation)
            assert set(kinds) == {value for value, _label in block.field.choices if value}, place
        elif isinstance(block, blocks.IntegerBlock):
            limits = (block.field.min_value, block.field.max_value)
            assert limits == (bounds(schema, field, "ge"), bounds(schema, field, "le")), place
        elif isinstance(block, (blocks.CharBlock, blocks.RegexBlock)):
            most = bounds(schema, field, "max_length")
            assert most in (block.field.max_length, None), place


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("file: plein.svg", "file: weg.svg", "there is no file images/weg.svg"),
        ("file: mijn-plan.pdf", "file: weg.pdf", "there is no file documents/weg.pdf"),
        ("file: mijn-plan.pdf", "file: mijn-plan.exe", "file: String should match"),
        ("credit: Doorzien, CC", "# credit: Doorzien, CC", "document.credit: this is missing"),
        ("caption: Een week later", "caption: " + "a" * 201, "caption: longer than 200"),
        ("text: Jay vraagt iets terug.", "text: '# Jay'", "text: this text may not hold <h1>"),
        ("text: Kies een rustig moment.", "text: '# Kies'", "text: this text may not hold <h1>"),
        ("back: Dat mag.", "back: '![x](y)'", "back: this text may not hold <img>"),
        ("explanation: Iemand", "explanation: '# Iemand' #", "explanation: this text may not"),
        ("does: Zoekt", "does: '# Zoekt' #", "does: this text may not hold <h1>"),
        ("why: Dan", "why: '# Dan' #", "why: this text may not hold <h1>"),
        ("hear_back: Of", "hear_back: '# Of' #", "hear_back: this text may not hold <h1>"),
        ("          - Wat je zag.", "          # Wat je zag.", "goes_along: this text may not"),
        ("text: Iemand komt", "text: '# Iemand' #", "text: this text may not hold <h1>"),
        ("fallback: Je", "fallback: '# Je' #", "fallback: this text may not hold <h1>"),
        ("instructions: Kies", "instructions: '# K' #", "instructions: this text may not"),
        ("          - Niemand", "          # Niemand", "safety: this text may not hold <h1>"),
        ("without_moving: Steek", "without_moving: '# S' #", "without_moving: this text may not"),
        ("listen_for: GEHEIM-WISSEL", "listen_for: '# G' #", "listen_for: this text may not"),
        ("how: Wie wil", "hoe: Wie wil", "hoe: this key is unknown"),
        ("sender: note", "sender: iemand", "messages.2.sender: Input should be"),
        ("slot: lokale-hulp", "slot: Lokale hulp", "slot: String should match"),
        ("        safety: |", "        without_moving: |", "a role_play needs safety"),
        ("        statements:\n          - Een vriend vraagt nooit iets terug.\n"
         "          - Je mag altijd nee zeggen.\n", "", "a statement_line needs statements"),
        ("          - when: Week 1", "          - when: " + "w" * 201, "when: String should have"),
    ],
)  # fmt: skip
def test_a_mistake_in_a_block_is_named(folder: Path, old: str, new: str, message: str) -> None:
    assert any(message in one for one in problems(folder, old, new))


def problems(folder: Path, old: str, new: str) -> list[str]:
    path = folder / "elk-blok.lesson.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(PackageError) as caught:
        read_package(folder, helplines={"kindertelefoon"})
    return [str(problem) for problem in caught.value.problems]


def test_a_source_that_a_block_names_must_exist(folder: Path) -> None:
    """Of every kind of block that can name one, and of the lesson itself."""
    found = problems(folder, "bron-een", "bron-drie")
    naming = [name for name, schema in SCHEMAS.items() if "sources" in schema.model_fields]
    text = (EVERY_BLOCK / "elk-blok.lesson.yaml").read_text(encoding="utf-8")
    assert len(found) == text.count("bron-een")
    assert all("there is no source 'bron-drie'" in one for one in found)
    assert len(naming) == 8
