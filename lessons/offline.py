"""A lesson for when there is no internet: what a browser may keep, and how a page says so.

What is kept is what anybody may read: no name, no class, no answer, nothing of how far
somebody is. See docs/decisions/0037-offline-copy.md.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import mark_safe

from helplines.queries import help_page
from lessons.compiled import CompiledLesson
from lessons.parts import SLOT, split
from quizzes.packing import Piece, store
from quizzes.rendering import frame


@dataclass(frozen=True)
class LessonCopy:
    """Every page of one lesson in one language, as one answer, so that no two editions mix."""

    version: str  # another one as soon as any page comes out differently
    packed: bytes  # gzip of JSON: version, lesson, first, missing, and pages by their path


def make_copy(
    lesson: CompiledLesson, pages: Mapping[str, bytes], help_nearby: str = ""
) -> LessonCopy:
    """The lesson's own ``pages`` by path, with the help page and the one for what is not kept.

    ``help_nearby``: HTML of the helplines of a region.

    No query when the helplines are in memory, else 1.
    """
    start = reverse("progress:lesson", args=[lesson.package_slug, lesson.slug])
    help_path, missing_path = reverse("helplines:help"), reverse("no_internet")
    own = mark_safe(help_nearby)  # noqa: S308  (a template escaped it)
    missing = {"helplines": help_page().to_call, "lesson_path": start}
    texts = {path: text.decode() for path, text in pages.items()} | {
        help_path: _page(help_path, "helplines/help.html", {"page": help_page(), "own": own}),
        missing_path: _page(missing_path, "no_internet.html", missing),
    }
    told = {
        "lesson": start,
        "first": lesson.steps[0].path if lesson.steps else start,
        "missing": missing_path,
        "pages": texts,
    }
    version = sha256(json.dumps(told).encode()).hexdigest()[:16]
    text = json.dumps({"version": version, **told})
    return LessonCopy(version, gzip.compress(text.encode(), mtime=0))


def _page(path: str, template: str, context: Mapping[str, object]) -> str:
    return render_to_string(template, {**frame(path), **context})


class OfflineNote:
    """What the page of a learner whose class was given the lesson says of it, and the script."""

    def __init__(self, lesson: CompiledLesson, version: str, municipality: str) -> None:
        """``municipality``: the code of which one's texts are in that copy; "" for none."""
        context = {"lesson": lesson, "version": version, "municipality": municipality}
        context["tag"] = SLOT.format("tag")
        self._start, self._end = split(render_to_string("lessons/_offline.html", context), ("tag",))

    def pieces(self, learner_tag: str) -> list[Piece]:
        """``learner_tag`` marks the steps that wait on this device as theirs."""
        return [self._start, store(learner_tag.encode()), self._end]
