"""What is written again is what was made, and nothing is written where it would not fit."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from taggit.models import Tag
from wagtail.models import Collection

from helplines.models import Helpline
from lessons.models import LessonPackagePage, LessonPage
from media.models import CustomImage
from tests.access.world import changes, snapshot
from tests.factories.lessons import load_small_package, make_helpline
from tests.factories.organisations import OrganisationFactory
from tests.remembered import Remembered

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_uploads(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "uploads"


def taken_back(publish: Remembered) -> dict[str, list[Any]]:
    """Every row after publishing; afterwards it is as if nothing happened."""
    with transaction.atomic():
        publish()
        rows = snapshot()
        transaction.set_rollback(True)
    return rows


def test_every_row_is_there_again_and_nothing_is_made() -> None:
    made = []
    publish = Remembered(lambda: (load_small_package(), made.append(1)))
    assert changes(taken_back(publish), taken_back(publish)) == set()
    assert made == [1]


def test_the_uploads_are_there_again(settings: Any, tmp_path: Path) -> None:
    publish = Remembered(load_small_package)
    taken_back(publish)
    settings.MEDIA_ROOT = tmp_path / "of another test"
    publish()
    names = [image.file.name for image in CustomImage.objects.all()]
    assert names
    assert all((tmp_path / "of another test" / name).stat().st_size for name in names)
    assert LessonPage.objects.child_of(LessonPackagePage.objects.get()).exists()


def test_where_numbers_were_given_out_already_it_is_made() -> None:
    publish = Remembered(load_small_package)
    taken_back(publish)
    make_helpline("eerder")
    publish()
    assert set(Helpline.objects.values_list("slug", flat=True)) >= {"eerder", "testlijn"}
    assert LessonPackagePage.objects.count() == 1


@pytest.mark.skipif(connection.vendor != "sqlite", reason="is made anew on any other database")
def test_what_was_found_there_the_first_time_is_made_when_it_is_not() -> None:
    """As a quiz that was first made after a package, whose image it found."""
    calls = []

    def find_or_make() -> None:
        calls.append(1)
        if not Collection.objects.filter(name="Eerst").exists():
            Collection.get_first_root_node().add_child(name="Eerst")
        Tag.objects.create(name="van de les")

    remembered = Remembered(find_or_make)

    def run(*, is_there: bool) -> int:
        """In a database as it was; how often it was made so far."""
        with transaction.atomic():
            if is_there:
                Collection.get_first_root_node().add_child(name="Eerst")
            OrganisationFactory()  # people do not matter
            remembered()
            assert Collection.objects.filter(name="Eerst").count() == 1
            assert Tag.objects.filter(name="van de les").count() == 1
            transaction.set_rollback(True)
        return len(calls)

    assert [run(is_there=there) for there in (True, False, True, False)] == [1, 2, 2, 2]


def test_a_file_that_lay_there_is_put_back_for_who_names_it(settings: Any, tmp_path: Path) -> None:
    """As an image of which the file was left by another test in the same folder."""
    settings.MEDIA_ROOT = tmp_path / "first"
    left = settings.MEDIA_ROOT / "original_images" / "half.svg"
    left.parent.mkdir(parents=True)
    left.write_bytes(b"<svg/>")
    remembered = Remembered(lambda: Tag.objects.create(name="original_images/half.svg"))
    with transaction.atomic():
        remembered()
        transaction.set_rollback(True)
    settings.MEDIA_ROOT = tmp_path / "second"
    remembered()
    assert (settings.MEDIA_ROOT / "original_images" / "half.svg").read_bytes() == b"<svg/>"
