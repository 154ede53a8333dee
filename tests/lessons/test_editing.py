"""What an editor meets in the Wagtail admin."""

from __future__ import annotations

from base64 import b64decode
from io import BytesIO
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.test import Client, RequestFactory
from django.urls import reverse
from PIL import Image
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from lessons.blocks import IllustrationBlock, StepContentBlock
from lessons.models import CataloguePage, LessonPackagePage, LessonPage
from lessons.templatetags import lesson_previews
from media.models import CustomImage
from printing.pdf import Document, PrintError, make_pictures

pytestmark = pytest.mark.django_db


def form_of(lesson: LessonPage, **changes: Any) -> dict[str, Any]:
    values = {
        "title": lesson.title,
        "slug": lesson.slug,
        "summary": lesson.summary,
        "minutes": 5,
        "goals": streamfield([]),
        "materials": streamfield([]),
        "before": rich_text("<p>Niets</p>"),
        "short_version": rich_text("<p>Niets</p>"),
        "steps": streamfield(
            [
                (
                    "step",
                    {
                        "title": "Nog niet bewaard",
                        "minutes": 5,
                        "blocks": streamfield(
                            [
                                ("text", rich_text("<p>Nieuwe tekst</p>")),
                                ("teacher_note", rich_text("<p>GEHEIM-NIEUW</p>")),
                            ]
                        ),
                    },
                )
            ]
        ),
        **changes,
    }
    return nested_form_data(values)


def test_an_editor_sees_what_comes_out_of_the_printer(
    editor_client: Client, lesson: LessonPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each page as a picture; what only teachers read is in the guide and not on the worksheet."""
    set_in_type: list[Document] = []

    def kept(document: Document) -> list[str]:
        set_in_type.append(document)
        return make_pictures(document)

    monkeypatch.setattr(lesson_previews, "make_pictures", kept)
    url = reverse("wagtailadmin_pages:preview_on_edit", args=[lesson.pk])
    assert editor_client.post(url, form_of(lesson)).json()["is_valid"]
    for mode, has_note in (("guide", True), ("worksheet", False)):
        page = editor_client.get(url, {"mode": mode})
        pictures = BeautifulSoup(page.content, "html.parser").select(".sheets__page")
        assert pictures[0]["alt"] == f"Bladzijde 1 van {len(pictures)}"
        for picture in pictures:
            png = b64decode(str(picture["src"]).removeprefix("data:image/png;base64,"))
            assert Image.open(BytesIO(png)).size == (744, 1052), "A4 at 90 dots per inch"
        assert ("GEHEIM-NIEUW" in str(set_in_type.pop().body)) is has_note
        policy = page.headers["Content-Security-Policy"]
        assert "img-src 'self' data:" in policy
        assert "frame-ancestors 'self'" in policy
        assert "unsafe" not in policy


def test_an_editor_hears_that_nothing_came_out_of_the_printer(
    editor_client: Client, lesson: LessonPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_document: Document) -> list[str]:
        raise PrintError("busy")

    monkeypatch.setattr(lesson_previews, "make_pictures", broken)
    url = reverse("wagtailadmin_pages:preview_on_edit", args=[lesson.pk])
    assert editor_client.post(url, form_of(lesson)).json()["is_valid"]
    assert "lukte nu niet" in editor_client.get(url, {"mode": "guide"}).content.decode()


@pytest.mark.parametrize(
    ("mode", "has_note"), [("learner", False), ("teacher", True), ("board", False)]
)
def test_an_editor_previews_what_is_not_saved_yet(
    editor_client: Client, lesson: LessonPage, mode: str, has_note: bool
) -> None:
    url = reverse("wagtailadmin_pages:preview_on_edit", args=[lesson.pk])
    assert editor_client.post(url, form_of(lesson)).json()["is_valid"]
    page = editor_client.get(url, {"mode": mode})
    text = page.content.decode()
    assert "Nog niet bewaard" in text
    assert "Nieuwe tekst" in text
    assert ("GEHEIM-NIEUW" in text) is has_note
    assert ("board__slide" in text) is (mode == "board")
    # In a frame of our own admin, under the public policy for everything else.
    policy = page.headers["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert page.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert LessonPage.objects.get().steps[0].value["title"] == "Kijken"


def test_a_new_lesson_can_be_previewed_before_it_exists(
    editor_client: Client, package: LessonPackagePage
) -> None:
    lesson = LessonPage(title="Nieuw", slug="nieuw", summary="Kort")
    url = reverse("wagtailadmin_pages:preview_on_add", args=["lessons", "lessonpage", package.pk])
    assert editor_client.post(url, form_of(lesson)).json()["is_valid"]
    for mode in ("learner", "teacher", "board"):
        assert "Nieuwe tekst" in editor_client.get(url, {"mode": mode}).content.decode()
    for mode in ("worksheet", "guide"):
        assert "data:image/png" in editor_client.get(url, {"mode": mode}).content.decode()


def test_a_package_can_be_previewed(editor_client: Client, package: LessonPackagePage) -> None:
    request = RequestFactory().get("/")
    page = package.make_preview_request(request, "")
    text = page.content.decode()
    assert "Klein pakket</h1>" in text
    assert "Les een" in text


# Wagtail 8.0 leaves the file of a rendition that it makes open.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.filterwarnings("ignore::ResourceWarning")
@pytest.mark.parametrize("name", ["edit", "history"])
def test_the_editing_screens_open(editor_client: Client, lesson: LessonPage, name: str) -> None:
    for page in (lesson, lesson.get_parent().specific):
        url = reverse(f"wagtailadmin_pages:{name}", args=[page.pk])
        assert editor_client.get(url).status_code == 200


def test_an_editor_changes_a_step_and_publishes(
    admin_client: Client, client: Client, lesson: LessonPage
) -> None:
    url = reverse("wagtailadmin_pages:edit", args=[lesson.pk])
    response = admin_client.post(url, {**form_of(lesson), "action-publish": "x"})
    assert response.status_code == 302
    assert "Nieuwe tekst" in client.get("/lessen/klein-pakket/les-een/1/").content.decode()


def test_wagtails_own_addresses_lead_to_our_screens(lesson: LessonPage) -> None:
    request = RequestFactory().get("/")
    package = lesson.get_parent().specific
    catalogue = package.get_parent().specific
    for page, path in (
        (catalogue, "/lessen/"),
        (package, "/lessen/klein-pakket/"),
        (lesson, "/lessen/klein-pakket/les-een/"),
    ):
        assert page.get_url() == path
        assert page.serve(request).headers["Location"] == path


def test_a_lesson_cannot_take_the_address_of_the_guide(lesson: LessonPage) -> None:
    lesson.slug = "handleiding"
    with pytest.raises(ValidationError) as caught:
        lesson.full_clean()
    assert "slug" in caught.value.message_dict


def test_the_catalogue_keeps_its_address(package: LessonPackagePage) -> None:
    catalogue = CataloguePage.objects.get()
    catalogue.slug = "anders"
    with pytest.raises(ValidationError) as caught:
        catalogue.full_clean()
    assert "slug" in caught.value.message_dict


def test_ages_go_upwards(package: LessonPackagePage) -> None:
    package.age_to = 3
    with pytest.raises(ValidationError) as caught:
        package.full_clean()
    assert "age_to" in caught.value.message_dict


def test_nobody_can_put_a_lesson_behind_a_password(lesson: LessonPage) -> None:
    assert lesson.private_page_options == []


@pytest.mark.parametrize(
    ("alt", "decorative", "is_good"),
    [("Een zon", False, True), ("", True, True), ("", False, False), ("Een zon", True, False)],
)
def test_a_picture_has_a_text_or_only_decorates(
    lesson: LessonPage, alt: str, decorative: bool, is_good: bool
) -> None:
    block = IllustrationBlock()
    value = block.to_python(
        {"image": CustomImage.objects.first().pk, "alt": alt, "decorative": decorative}
    )
    if is_good:
        assert block.clean(value)["alt"] == alt
    else:
        with pytest.raises(StructBlockValidationError):
            block.clean(value)


@pytest.mark.parametrize(
    "name", ["text", "quote", "signal_card", "case", "reflection", "discussion"]
)
def test_an_editor_sees_how_a_block_looks(name: str) -> None:
    block = StepContentBlock().child_blocks[name]
    html = block.render(block.get_preview_value())
    assert html.strip()
    assert "None" not in html
