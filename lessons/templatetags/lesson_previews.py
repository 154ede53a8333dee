"""For the editor's preview: what is in the form, made by the same code as the real screens."""

from __future__ import annotations

from typing import Any

from django import template

from lessons.board import Board
from lessons.compiled import CompiledLesson, compile_lesson
from lessons.models import LessonPackagePage, LessonPage
from lessons.queries import lessons_of, quizzes_of

register = template.Library()


@register.simple_tag
def compiled_lesson(page: LessonPage, mode: str) -> CompiledLesson:
    package = page.get_parent().specific
    return compile_lesson(page, package, for_teacher=mode == "teacher")


@register.simple_tag
def board_of(page: LessonPage) -> Board:
    return Board(page, page.get_parent().specific)


@register.simple_tag
def package_parts(page: LessonPackagePage) -> dict[str, Any]:
    lessons = lessons_of(page) if page.pk else []
    return {"lessons": lessons, "quizzes": quizzes_of(lessons)}
