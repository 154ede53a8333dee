"""Where a learner or a teacher is, and what a lesson shows because of it."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest

from awareness.pieces import nearby
from awareness.queries import is_anything_local
from classrooms.access import own_classroom
from classrooms.rights import Right
from lessons.compiled import CompiledLesson
from lessons.models import LessonPackagePage, LessonPage
from lessons.nearby import Choice, Nearby
from lessons.rendering import StepPage
from lessons.whole_page import WholePage
from organisations.chosen_place import chosen_municipality
from organisations.permissions import workplace_of
from progress.queries import Standing


def near_learner(request: HttpRequest, now: Standing, lesson: CompiledLesson) -> Nearby:
    """Where their class is, or else what they chose. No query when warm."""
    return near_of(lesson, now.municipality or chosen_municipality(request))


def choice_of(page: StepPage | WholePage, now: Standing, near: Nearby) -> Choice:
    """What the page asks: nothing of whose class says where they are, nor of anybody where it
    makes no difference. No query when warm."""
    if now.municipality or not page.has_local_texts or not is_anything_local():
        return Choice.NONE
    return Choice.AGAIN if near.municipality else Choice.FIRST


def near_of(lesson: CompiledLesson, municipality: str) -> Nearby:
    return nearby(municipality, lesson.language, for_professionals=lesson.is_for_professionals)


def class_in_address(request: HttpRequest) -> str:
    """``?klas=``: the id of the class whose screen led here, or ""."""
    given = request.GET.get("klas", "")
    if not given:
        return ""
    try:
        return str(UUID(given))
    except ValueError as error:
        raise Http404 from error


def where_shown(request: HttpRequest) -> str:
    """The municipality of the class that the teacher came from, else of where they work, else
    what was chosen on this device. At most 2 queries; none for who is not signed in.

    Raises ``Http404`` for a class that is not theirs.
    """
    classroom = class_in_address(request)
    if classroom:
        if not request.user.is_authenticated:
            raise Http404
        room = own_classroom(request.user, UUID(classroom), Right.SEE_NUMBERS)
        if room.organisation.municipality_code:
            return str(room.organisation.municipality_code)
    return workplace_of(request.user) or chosen_municipality(request)


def near_teacher(
    municipality: str, package: LessonPackagePage, lesson: LessonPage, *, for_teacher: bool = False
) -> Nearby:
    """For a guide, a board or a paper, which say whose text it is. In the language that is active
    now. No query when warm."""
    is_young = package.audience == package.Audience.YOUNG_PEOPLE
    return nearby(
        municipality,
        lesson.locale.language_code,
        for_professionals=for_teacher or not is_young,
        says_which=True,
    )
