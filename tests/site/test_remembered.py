"""That what tests begin with is written again only where it would come out the same."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from taggit.models import Tag
from wagtail.models import Collection

from tests.factories.organisations import OrganisationFactory
from tests.remembered import Remembered

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="is made anew on any other database"),
]


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
