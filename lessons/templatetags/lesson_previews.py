"""For the editor's preview: what is in the form, made by the same code as the real screens."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils import translation

from lessons.board import Board
from lessons.compiled import CompiledLesson, compile_lesson
from lessons.models import LessonPackagePage, LessonPage
from lessons.queries import lessons_of, quizzes_of
from lessons.sheets import guide, worksheet
from printing.pdf import PrintError, make_pictures

register = template.Library()


@register.simple_tag
def compiled_lesson(page: LessonPage, mode: str) -> CompiledLesson:
    package = page.get_parent().specific
    return compile_lesson(page, package, for_teacher=mode == "teacher")


@register.simple_tag
def board_of(page: LessonPage) -> Board:
    return Board(page, page.get_parent().specific)


@register.simple_tag
def sheets_of(page: LessonPage, mode: str) -> list[str] | None:
    """Each page of the worksheet or guide, a picture in base 64; ``None`` if nothing came out."""
    package = page.get_parent().specific
    with translation.override(page.locale.language_code):
        document = (guide if mode == "guide" else worksheet)(package, page)
        try:
            return make_pictures(document)
        except PrintError:
            return None


@register.simple_tag
def package_parts(page: LessonPackagePage) -> dict[str, Any]:
    lessons = lessons_of(page) if page.pk else []
    return {"lessons": lessons, "quizzes": quizzes_of(lessons)}
