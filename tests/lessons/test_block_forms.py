"""What an editor meets in the form of each kind of block."""

from __future__ import annotations

from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.blocks.struct_block import StructBlockValidationError, StructValue
from wagtail.rich_text import RichText

from lessons.blocks import StepContentBlock
from lessons.blocks.steps import StepBlock
from lessons.models import LessonPage
from media.models import Recording
from tests.factories.lessons import load_every_block

pytestmark = pytest.mark.django_db
KINDS = StepContentBlock().child_blocks


@pytest.mark.parametrize("name", KINDS)
def test_an_editor_sees_in_the_list_what_a_block_is_for(editor_client: Client, name: str) -> None:
    load_every_block()
    block = LessonPage.steps.field.stream_block.child_blocks["step"].child_blocks["blocks"]
    one = block.child_blocks[name]
    page = editor_client.get(
        reverse("wagtailadmin_block_preview"), {"id": one.definition_prefix}
    ).content.decode()
    value = one.get_preview_value()
    texts = list(value.values()) if isinstance(value, StructValue) else [value]
    first = str(next(text for text in texts if isinstance(text, (str, RichText)) and text))
    assert first in page or f'data-kind="{first}"' in page or first in unescape(page)
    assert "css/site.css" in page
    assert "None" not in page


def test_a_story_in_pictures_is_previewed_with_those_of_the_library(db: Any) -> None:
    block = KINDS["picture_story"]
    assert "<img" not in block.render(block.get_preview_value())
    load_every_block()
    assert block.render(block.get_preview_value()).count("<img") == 2


def test_every_kind_has_a_group_a_label_and_says_what_it_is_for() -> None:
    groups = {str(block.meta.group) for block in KINDS.values()}
    assert groups == {"Lesstof", "Verhalen", "Uitleg", "Doen", "Hulp en docent"}
    assert len({str(block.label) for block in KINDS.values()}) == len(KINDS)
    for name, block in KINDS.items():
        assert block.get_description(), name
        assert block.is_previewable, name


def test_every_kind_has_a_drawing_of_its_own_in_the_list(admin_client: Client) -> None:
    sprite = admin_client.get(reverse("wagtailadmin_sprite")).content.decode()
    icons = [str(block.meta.icon) for block in KINDS.values()]
    assert len(set(icons)) == len(icons)
    for icon in icons:
        assert sprite.count(f'id="icon-{icon}"') == 1, icon


def work_form(**changes: Any) -> Any:
    block = KINDS["work_form"]
    values = {
        "kind": "move",
        "title": "Wissel",
        "minutes": 5,
        "instructions": "<p>Sta op.</p>",
        "listen_for": "<p>Kijk.</p>",
        **changes,
    }
    return block.to_python(values)


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({}, []),
        ({"kind": "role_play"}, ["safety"]),
        ({"kind": "role_play", "safety": "<p> </p>"}, ["safety"]),
        ({"kind": "role_play", "safety": "<p>Stop mag.</p>"}, []),
        ({"kind": "statement_line"}, ["statements"]),
        ({"kind": "statement_line", "statements": ["Ja."]}, []),
    ],
)
def test_a_work_form_has_what_its_kind_needs(changes: dict[str, Any], wrong: list[str]) -> None:
    block = KINDS["work_form"]
    if not wrong:
        assert block.clean(work_form(**changes))["title"] == "Wissel"
        return
    with pytest.raises(StructBlockValidationError) as caught:
        block.clean(work_form(**changes))
    assert list(caught.value.block_errors) == wrong


def test_a_work_form_may_be_unfinished_in_a_draft(monkeypatch: pytest.MonkeyPatch) -> None:
    block = KINDS["work_form"]
    monkeypatch.setattr(block, "is_deferred_validation", True)
    assert block.clean(work_form(kind="role_play"))["kind"] == "role_play"


@pytest.mark.parametrize(("slot", "is_good"), [("lokale-hulp", True), ("Lokale hulp", False)])
def test_a_place_for_the_municipality_has_a_plain_name(slot: str, is_good: bool) -> None:
    block = KINDS["local_slot"]
    value = block.to_python({"slot": slot, "title": "Hulp", "fallback": "<p>Bel.</p>"})
    if is_good:
        assert block.clean(value)["slot"] == slot
    else:
        with pytest.raises(StructBlockValidationError):
            block.clean(value)


def test_what_a_package_brought_an_editor_can_save_again() -> None:
    """Everything in it is as the form itself would make it, down to the lists."""
    load_every_block()
    lesson = LessonPage.objects.get(slug="elk-blok")
    steps = LessonPage.steps.field.stream_block
    assert isinstance(steps.child_blocks["step"], StepBlock)
    cleaned = steps.clean(lesson.steps)
    assert steps.get_prep_value(cleaned) == steps.get_prep_value(lesson.steps)


def test_a_recording_is_only_taken_with_all_that_somebody_needs_who_misses_it(db: Any) -> None:
    load_every_block()
    block = KINDS["recording"]
    recording = Recording.objects.get()
    value = block.to_python({"recording": recording.pk, "intro": ""})
    assert block.clean(value)["recording"] == recording
    recording.captions = ""
    recording.save()
    value = block.to_python({"recording": recording.pk, "intro": ""})
    with pytest.raises(StructBlockValidationError) as error:
        block.clean(value)
    assert "ondertiteling" in str(error.value.block_errors["recording"])


def test_a_recording_is_previewed_with_one_of_the_library_that_is_ready(db: Any) -> None:
    block = KINDS["recording"]
    assert "<video" not in block.render(block.get_preview_value())
    load_every_block()
    assert "<video" in block.render(block.get_preview_value())
    Recording.objects.update(captions="")
    assert "<video" not in block.render(block.get_preview_value())


def test_a_document_is_previewed_with_one_of_the_library(db: Any) -> None:
    block = KINDS["download"]
    assert "download-card" not in block.render(block.get_preview_value())
    load_every_block()
    assert "Mijn plan" in block.render(block.get_preview_value())


@pytest.mark.parametrize(
    ("name", "entries"),
    [
        ("picture_story", "frames"), ("chat_story", "messages"), ("timeline", "moments"),
        ("step_by_step", "steps"), ("flip_cards", "cards"), ("variants", "variants"),
    ],
)  # fmt: skip
def test_a_list_opens_with_as_many_entries_as_it_must_have(name: str, entries: str) -> None:
    default = KINDS[name].get_default()[entries]
    assert len(default) == KINDS[name].child_blocks[entries].meta.min_num == 2
    assert default[0] is not default[1]
