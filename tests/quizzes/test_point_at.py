"""Pointing at a picture: the editor's mistakes, the marks, and a picture that stays."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.template.loader import render_to_string
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from wagtail.blocks import StreamBlock
from wagtail.blocks.struct_block import StructBlockValidationError

from media.actions import keep_copy
from media.models import CustomImage
from quizzes.grading import Given, UnusableAnswerError
from quizzes.question_types import QUESTION_TYPES
from tests.factories import quizzes as made

KIND = QUESTION_TYPES["point_at"]
PLACES = [f"{number}" for number in range(8)]


@pytest.fixture(autouse=True)
def _own_uploads(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def value(raw: dict[str, Any]) -> Any:
    return StreamBlock([("point_at", KIND.block())]).to_python([raw])[0].value


def errors_of(raw: dict[str, Any]) -> dict[str, Any]:
    with pytest.raises(StructBlockValidationError) as caught:
        KIND.block().clean(value(raw))
    return caught.value.block_errors


@pytest.mark.django_db
def test_a_good_question_is_accepted() -> None:
    KIND.block().clean(value(made.point_at("x")))


@pytest.mark.django_db
@pytest.mark.parametrize(("field", "other"), [("width", "x"), ("height", "y")])
def test_a_region_outside_the_picture_is_shown_at_its_field(field: str, other: str) -> None:
    raw = made.point_at("x")
    raw["value"]["choices"][1]["value"] |= {other: 60, field: 41}
    errors = errors_of(raw)["choices"].block_errors
    assert set(errors) == {1}
    (said,) = errors[1].block_errors[field].messages
    assert "dit valt buiten het beeld" in said


@pytest.mark.django_db
@pytest.mark.parametrize(("is_right", "message"), [(False, "vinkje"), (True, "die niet klopt")])
def test_some_places_are_right_and_some_are_not(is_right: bool, message: str) -> None:
    raw = made.point_at("x")
    for entry in raw["value"]["choices"]:
        entry["value"]["is_right"] = is_right
    (said,) = errors_of(raw)["choices"].non_block_errors.as_data()
    assert message in said.message


@pytest.mark.django_db
def test_a_picture_and_its_text_are_needed() -> None:
    raw = made.point_at("x")
    raw["value"] |= {"image": None, "alt": ""}
    assert set(errors_of(raw)) == {"image", "alt"}


@given(
    right=st.sets(st.sampled_from(PLACES), min_size=1, max_size=7),
    sent=st.lists(st.sampled_from(PLACES), unique=True, min_size=1),
    data=st.data(),
)
def test_right_minus_wrong_never_below_zero(
    right: set[str], sent: list[str], data: st.DataObject
) -> None:
    question = {"choices": [{"key": key, "is_right": key in right} for key in PLACES]}
    if len(right) == 1 and len(sent) > 1:
        with pytest.raises(UnusableAnswerError, match="too_many_chosen"):
            KIND.clean(question, {"choice": sent})
        return
    answer = KIND.clean(question, {"choice": sent})
    mark = KIND.mark(question, answer)
    assert mark.won == max(0, len(set(sent) & right) - len(set(sent) - right))
    assert 0 <= mark.won <= mark.available == len(right)
    assert mark.is_right == (set(sent) == right)
    assert KIND.clean(question, {"choice": data.draw(st.permutations(sent))}) == answer


@pytest.mark.django_db
def test_one_right_place_is_a_round_and_more_are_boxes() -> None:
    raw = made.point_at("x")
    for is_single, kind in ((False, "checkbox"), (True, "radio")):
        raw["value"]["choices"][1]["value"]["is_right"] = not is_single
        question = {"number": 1, "prompt": "?", **KIND.public(KIND.compile(value(raw)))}
        page = render_to_string(KIND.template, {"question": question})
        assert page.count(f'type="{kind}"') == 3


@pytest.mark.django_db
def test_every_place_is_a_line_of_text_with_the_number_that_the_picture_shows() -> None:
    content = KIND.compile(value(made.point_at("x")))
    page = render_to_string(
        KIND.template, {"question": {"number": 1, "prompt": "?", **KIND.public(content)}}
    )
    picture, listed = page.split("</svg>\n</div>")
    for number, region in enumerate(content["choices"], start=1):
        assert f'<rect class="point-at__edge" x="{region["x"]}%"' in picture
        assert f">{number}</text>" in picture
        assert f'>{number}</span> <span lang="nl">{region["text"]}</span>' in listed
    assert 'alt="Een vlak in twee delen."' in picture


@pytest.mark.django_db
@pytest.mark.parametrize("what", ["replaced", "deleted"])
def test_a_picture_of_an_edition_outlives_the_editors(
    client: Client, what: str, django_capture_on_commit_callbacks: Any
) -> None:
    """An edition is complete in itself. The file of a replaced picture is gone at once."""
    quiz = made.make_quiz(questions=[("x", made.point_at("x"))])
    question = quiz.editions.get().content["questions"][0]
    picture = CustomImage.objects.get()
    old = picture.file.name
    if what == "replaced":  # as Wagtail's form does it
        picture.file = ContentFile(made.PICTURE.replace(b"40", b"41"), name="new.svg")
        picture._set_image_file_metadata()
        picture.save()
        default_storage.delete(old)
        assert KIND.compile(value(made.point_at("x")))["image"] != question["image"]
    else:
        with django_capture_on_commit_callbacks(execute=True):
            picture.delete()
    assert not default_storage.exists(old)
    response = client.get(KIND.public(question)["image"]["url"])
    assert b"".join(response.streaming_content) == made.PICTURE
    assert response["Content-Type"] == "image/svg+xml"
    assert "immutable" in response["Cache-Control"]


@pytest.mark.django_db
def test_a_picture_is_kept_once_and_a_photo_smaller() -> None:
    drawing = made.make_picture()
    assert keep_copy(drawing) == keep_copy(drawing)
    photo = CustomImage(title="Foto", description="Een foto.", width=2400, height=1200)
    camera = Image.Exif()
    camera[0x8825] = {1: "N"}  # where it was made
    camera[0x0112] = 6  # held upright
    Image.new("RGB", (2400, 1200), "red").save(default_storage.path("foto.jpg"), exif=camera)
    photo.file = "foto.jpg"
    photo.save()
    kept = keep_copy(photo)
    assert (kept.width, kept.height) == (800, 1600)
    with Image.open(default_storage.path(kept.name)) as picture:
        assert picture.size == (800, 1600)
        assert dict(picture.getexif()) == {}
    folder = Path(default_storage.path("kept_images"))
    assert len(list(folder.iterdir())) == 2


@pytest.mark.django_db
def test_a_picture_that_is_gone_leaves_the_list() -> None:
    raw = made.point_at("x")
    raw["value"]["image"] = None
    question = {"number": 1, "prompt": "?", **KIND.public(KIND.compile(value(raw)))}
    page = render_to_string(KIND.template, {"question": question})
    assert "<img" not in page
    assert page.count('type="checkbox"') == 3


@pytest.mark.django_db
def test_the_picture_shows_afterwards_what_was_found_and_missed() -> None:
    content = KIND.compile(value(made.point_at("x")))
    chosen = Given(choice=(made.key("x-a"), made.key("x-c")))
    context = {"choices": KIND.feedback(content, chosen), **KIND.feedback_context(content, chosen)}
    page = render_to_string(KIND.answers_template, context)
    for state in ("found", "missed", "extra"):
        assert page.count(f'<g class="point-at__region" data-state="{state}">') == 1
    assert "Jouw antwoord. Dit klopt niet." in page
