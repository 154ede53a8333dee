"""Photos on pages: small copies in formats of today, without what a camera wrote beside them."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from lessons.actions import move_stamp
from lessons.compiled import compile_lesson
from lessons.models import LessonPage
from media.models import CustomImage
from media.pictures import WIDTHS, picture, picture_address, widths_for
from tests.factories.lessons import load_every_block

pytestmark = pytest.mark.django_db
GPS = 0x8825


def photo(width: int, height: int) -> bytes:
    """A photo that says where it was made."""
    made = Image.new("RGB", (width, height), (200, 80, 40))
    beside = Image.Exif()
    beside[GPS] = {1: "N", 2: (52.0, 5.0, 0.0), 3: "E", 4: (5.0, 7.0, 0.0)}
    content = BytesIO()
    made.save(content, "JPEG", exif=beside)
    return content.getvalue()


def upload(width: int = 2000, height: int = 1200) -> CustomImage:
    image = CustomImage(title="Plein", description="Een plein.")
    image.file = ContentFile(photo(width, height), name="plein.jpg")
    image._set_image_file_metadata()
    image.save()
    return image


def opened(address: str) -> Image.Image:
    with default_storage.open(address.removeprefix("/uploads/")) as file:
        return Image.open(BytesIO(file.read()))


@pytest.mark.parametrize(
    ("width", "widths"),
    [(200, [200]), (480, [480]), (700, [480, 700]), (1600, [480, 960, 1600]), (9000, [*WIDTHS])],
)
def test_no_copy_is_wider_than_the_picture(width: int, widths: list[int]) -> None:
    assert widths_for(width) == widths


def test_a_photo_has_copies_in_two_formats_and_each_is_what_it_says() -> None:
    made = picture(upload())
    assert [source.type for source in made.sources] == ["image/avif", "image/webp"]
    for source in made.sources:
        entries = [entry.split(" ") for entry in source.srcset.split(", ")]
        assert [size for _address, size in entries] == ["480w", "960w", "1600w"]
        for address, size in entries:
            copy = opened(address)
            assert copy.width == int(size[:-1])
            assert f"image/{copy.format.lower()}" == source.type
    plain = opened(made.address)
    assert (plain.format, plain.size) == ("JPEG", (made.width, made.height))
    assert made.width == 960


def test_no_copy_says_where_the_photo_was_made() -> None:
    image = upload()
    with default_storage.open(image.file.name) as original:
        assert Image.open(original).getexif().get_ifd(GPS), "the control"
    made = picture(image)
    addresses = [made.address, picture_address(image, width=640)]
    addresses.append(image.get_rendition("max-165x165").url)  # as the admin shows it
    addresses += re.findall(r"(\S+) \d+w", " ".join(source.srcset for source in made.sources))
    assert len(addresses) == 3 + 6
    for address in addresses:
        assert not opened(address).getexif().get_ifd(GPS), address


def test_the_original_of_a_photo_is_for_editors(client: Client, editor_client: Client) -> None:
    image = upload()
    assert client.get(image.file.url).status_code == 404
    seen = editor_client.get(image.file.url)
    assert b"".join(seen.streaming_content)[:2] == b"\xff\xd8"
    assert seen.headers["Cache-Control"] == "no-store"
    copy = client.get(picture(image).address)
    assert b"".join(copy.streaming_content)
    assert copy.headers["Cache-Control"].endswith("immutable")


def test_a_lesson_shows_the_copies(client: Client, django_assert_num_queries: Any) -> None:
    load_every_block()
    image = upload()
    lesson = LessonPage.objects.get(slug="elk-blok")
    steps = lesson.steps.get_prep_value()
    story = steps[0]["value"]["blocks"][0]["value"]
    story["frames"][0]["value"]["image"] = image.pk
    lesson.steps = lesson.steps.stream_block.to_python(steps)
    lesson.save_revision().publish()
    move_stamp()
    page = client.get("/lessen/alle-blokken/elk-blok/1/")
    found = BeautifulSoup(page.content, "html.parser").select_one(".picture-story picture")
    assert found is not None
    assert [source["type"] for source in found.select("source")] == ["image/avif", "image/webp"]
    assert all(source["sizes"] for source in found.select("source"))
    assert found.img["alt"] == "Sam zit alleen op een bankje."
    assert (found.img["width"], found.img["height"]) == ("960", "576")
    assert CustomImage.objects.get(pk=image.pk).file.url not in page.content.decode()
    compiled = compile_lesson(lesson, lesson.get_parent().specific)
    assert compiled.steps[0].first_picture == "", "the browser chooses"


def test_a_picture_of_a_hundred_megapixels_is_refused(admin_client: Client) -> None:
    """S-69. Written small, unpacked it would fill the memory."""
    content = BytesIO()
    Image.new("1", (10_000, 10_000)).save(content, "PNG")
    assert len(content.getvalue()) < 100_000
    form = {
        "title": "Groot",
        "description": "Een groot vlak.",
        "file": SimpleUploadedFile("groot.png", content.getvalue(), "image/png"),
        "collection": "1",
    }
    page = admin_client.post(reverse("wagtailimages:add"), form)
    assert page.status_code == 200
    assert not CustomImage.objects.exists()
    assert "pixels" in page.content.decode()
