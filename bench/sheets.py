"""How long each PDF of the starter package takes: made for the first time, and when it is kept."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable

import django

django.setup()

from django.conf import settings  # noqa: E402

from lessons.models import LessonPage  # noqa: E402
from lessons.queries import published_lesson  # noqa: E402
from lessons.sheets import guide_pdf, worksheet_pdf  # noqa: E402
from quizzes.queries import newest_edition  # noqa: E402
from quizzes.sheets import paper_pdf  # noqa: E402

PACKAGE = "herken-je-dit"


def milliseconds(make: Callable[[], bytes]) -> tuple[float, int]:
    start = time.perf_counter()
    made = make()
    return 1000 * (time.perf_counter() - start), len(made)


def main() -> None:
    lessons = LessonPage.objects.live().filter(url_path__contains=f"/home/lessen/{PACKAGE}/")
    slug = lessons.earliest("path").slug
    package, lesson = published_lesson(PACKAGE, slug)
    edition = newest_edition("wat-weet-je-nu")
    sheets: dict[str, Callable[[], bytes]] = {
        "guide": lambda: guide_pdf(package, lesson),
        "worksheet": lambda: worksheet_pdf(package, lesson),
        "quiz": lambda: paper_pdf(edition, "wat-weet-je-nu"),
        "answers": lambda: paper_pdf(edition, "wat-weet-je-nu", with_key=True),
    }
    print(f"\n{'a PDF of the starter package':32}{'made ms':>9}{'kept ms':>9}{'bytes':>9}")
    for name, make in sheets.items():
        with tempfile.TemporaryDirectory() as folder:
            settings.PRINT_ROOT = folder
            made, size = milliseconds(make)
            kept = min(milliseconds(make)[0] for _time in range(5))
        print(f"{name:32}{made:9.0f}{kept:9.1f}{size:9}")


main()
