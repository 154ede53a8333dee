"""What is written again is what was made, and nothing is written where it would not fit."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from helplines.models import Helpline
from lessons.models import LessonPackagePage, LessonPage
from media.models import CustomImage
from tests.access.world import changes, snapshot
from tests.factories.lessons import load_small_package, make_helpline
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
