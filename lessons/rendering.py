"""Whole lesson pages, ready as bytes with slots for what is personal.

A class opens the same page at the same moment. So each page is rendered once per
process and language; what differs per learner (how far they are) was rendered
beforehand too, in each of its few forms, and is joined in. No template runs for a
learner, and nothing personal can get into what is kept.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from threading import Lock

from django.conf import settings
from django.db.models import Subquery
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from wagtail.models import Page

from helplines.models import Helpline
from lessons.compiled import CompiledLesson, CompiledStep, compile_lesson
from lessons.models import ContentStamp
from lessons.nearby import NOWHERE, Choice, Nearby, choices
from lessons.offline import LessonCopy, OfflineNote, make_copy
from lessons.parts import NO_QUESTIONS, SLOT, LocalPlace, filled, part, split, with_places
from lessons.queries import published_lesson
from lessons.whole_page import WholePage
from quizzes.packing import Piece, plain
from quizzes.rendering import frame

# A lesson of ten steps takes 0.36 MB, a fifth of it the page with all steps (measured on the
# packages that come with the site); each worker keeps so many lessons and languages at most.
MOST_LESSONS_KEPT = 100
MOST_COPIES_KEPT = 8  # of one lesson: the national one, and those of municipalities


@dataclass(frozen=True)
class OutlineEntry:
    """One line of the list of steps, in both forms."""

    todo: Piece
    done: Piece


class StepPage:
    """The page of one step."""

    def __init__(self, lesson: CompiledLesson, step: CompiledStep) -> None:
        self.path = step.path
        self._ids = tuple(lesson.step_ids)
        self._outline = tuple(
            OutlineEntry(
                todo=part("outline_entry", **entry, is_done=False),
                done=part("outline_entry", **entry, is_done=True),
            )
            for entry in (
                {"step": other, "language": lesson.language, "is_current": other == step}
                for other in lesson.steps
            )
        )
        total = len(lesson.steps)
        self._progress = tuple(
            part("progress", number=step.number, total=total, done=done)
            for done in range(total + 1)
        )
        self._resume = {
            other.id: part("resume", step=other)
            for other in lesson.steps
            if other.number > step.number
        }
        self._shows_help = step.shows_help
        self._copy_progress = part("copy_progress", number=step.number, total=total)
        self._copy_note = part("offline_copy", lesson=lesson)
        slots = ("progress", "resume", "offline", "help", "outline")
        page = render_to_string(
            "lessons/step.html",
            {
                **frame(step.path),
                "lesson": lesson,
                "step": step,
                "step_count": total,
                "previous": lesson.step(step.number - 1),
                "following": lesson.step(step.number + 1),
                "is_last": step.number == total,
                "slot": {name: SLOT.format(name) for name in slots},
            },
        )
        self._fixed = split(page, slots)
        self._content = with_places(self._fixed[3])
        self._choices = choices(step.path)
        self.has_local_texts = any(isinstance(one, LocalPlace) for one in self._content)

    @property
    def anonymous(self) -> bytes:
        return self.for_learner((), "")

    def for_learner(self, finished: Collection[str], current: str) -> bytes:
        return plain(self.pieces(finished, current))

    def pieces(
        self,
        finished: Collection[str] = (),
        current: str = "",
        help_cards: Collection[Piece] = (),
        near: Nearby = NOWHERE,
        offline: Collection[Piece] = (),
        questions: Mapping[str, list[Piece]] = NO_QUESTIONS,
        choice: Choice = Choice.NONE,
    ) -> list[Piece]:
        """The page for somebody who finished these steps and was last told to do ``current``.

        Where the step shows who helps, the cards of their own class and region stand with it.
        ``near`` holds what their municipality put in the ``local_slot``s of lessons, ``questions``
        those of the step as this learner has them, by their place.
        """
        start, after_progress, after_resume, _content, after_help, end = self._fixed
        done = [step_id in finished for step_id in self._ids]
        outline = [
            entry.done if is_done else entry.todo
            for entry, is_done in zip(self._outline, done, strict=True)
        ]
        return [
            start,
            self._progress[sum(done)],
            after_progress,
            *([self._resume[current]] if current in self._resume else []),
            after_resume,
            *offline,
            *filled(self._content, near.local, questions, self._choices[choice]),
            *((*help_cards, *near.cards) if self._shows_help else ()),
            after_help,
            *outline,
            end,
        ]

    def copy(self, near: Nearby) -> bytes:
        """The page for a device without internet, which does not know how far somebody is."""
        start, after_progress, after_resume, _content, after_help, end = self._fixed
        outline = [entry.todo for entry in self._outline]
        top = [start, self._copy_progress, after_progress, after_resume, self._copy_note]
        content = [*filled(self._content, near.local), *(near.cards if self._shows_help else ())]
        return plain([*top, *content, after_help, *outline, end])


class EndPage:
    """The page after the last step: what next, and who helps."""

    def __init__(self, lesson: CompiledLesson) -> None:
        self._ids = tuple(lesson.step_ids)
        path = reverse("progress:lesson_end", args=[lesson.package_slug, lesson.slug])
        page = render_to_string(
            "lessons/end.html",
            {
                **frame(path),
                "lesson": lesson,
                "helplines": lesson.helplines or tuple(_young_peoples_helplines()),
                "slot": {name: SLOT.format(name) for name in ("closing", "offline", "help")},
            },
        )
        self._fixed = split(page, ("closing", "offline", "help"))
        self._copy = (part("closing_copy"), part("offline_copy", lesson=lesson))
        self._done = part("closing_done", lesson=lesson)
        closing = part("closing_open", slot=SLOT.format("open")).text.decode()
        self._open_start, self._open_end = split(closing, ("open",))
        self._open = {
            step.id: part("open_step", step=step, language=lesson.language) for step in lesson.steps
        }

    def for_learner(self, finished: Collection[str], *, is_complete: bool) -> bytes:
        return plain(self.pieces(finished, is_complete=is_complete))

    def pieces(
        self,
        finished: Collection[str],
        *,
        is_complete: bool,
        help_cards: Collection[Piece] = (),
        offline: Collection[Piece] = (),
    ) -> list[Piece]:
        """The page with a word for who is done, or with the steps that are still open."""
        start, after_closing, after_offline, end = self._fixed
        closing = [self._done]
        if not is_complete:
            left = [self._open[step_id] for step_id in self._ids if step_id not in finished]
            closing = [self._open_start, *left, self._open_end]
        return [start, *closing, after_closing, *offline, after_offline, *help_cards, end]

    def copy(self, near: Nearby) -> bytes:
        """The page for a device without internet."""
        start, after_closing, after_offline, end = self._fixed
        closing, note = self._copy
        return plain([start, closing, after_closing, note, after_offline, *near.cards, end])


class LessonPages:
    """All pages of one published lesson in one language."""

    def __init__(self, lesson: CompiledLesson) -> None:
        self.lesson = lesson
        self.steps = tuple(StepPage(lesson, step) for step in lesson.steps)
        self.whole = WholePage(lesson)
        self.end = EndPage(lesson)

        self._copies: dict[tuple[str, str], tuple[LessonCopy, OfflineNote]] = {}

    def copy(self, near: Nearby = NOWHERE) -> LessonCopy:
        """For a device to keep. In the language of the request, so not to be asked elsewhere."""
        return self._kept_copy(near)[0]

    def offline_note(self, near: Nearby = NOWHERE) -> OfflineNote:
        return self._kept_copy(near)[1]

    def _kept_copy(self, near: Nearby) -> tuple[LessonCopy, OfflineNote]:
        """Where a municipality adds nothing, the copy is the one that everybody has."""
        key = (near.municipality, near.stamp) if near.stamp else ("", "")
        kept = self._copies.get(key)
        if kept is None:
            made = self._make_copy(near)
            kept = (made, OfflineNote(self.lesson, made.version, key[0]))
            while len(self._copies) >= MOST_COPIES_KEPT:
                self._copies.pop(next(iter(self._copies), key), None)
            self._copies[key] = kept
        return kept

    def _make_copy(self, near: Nearby) -> LessonCopy:
        lesson = self.lesson
        address = [lesson.package_slug, lesson.slug]
        pages = {page.path: page.copy(near) for page in self.steps}
        pages[reverse("progress:whole_lesson", args=address)] = self.whole.copy(near)
        pages[reverse("progress:lesson_end", args=address)] = self.end.copy(near)
        return make_copy(lesson, pages, plain(list(near.cards)).decode())


def _young_peoples_helplines() -> list[Helpline]:
    lines = Helpline.objects.exclude(for_whom=Helpline.ForWhom.PROFESSIONALS)
    return [one for one in lines.order_by("-is_acute", "position") if one.is_national][:3]


Fingerprint = tuple[tuple[int, int | None, datetime | None, str, int | None], ...]


@dataclass(frozen=True)
class _Kept:
    pages: LessonPages
    fingerprint: Fingerprint
    looked_at: float


_kept: dict[tuple[str, str, str], _Kept] = {}
_lock = Lock()


def lesson_pages(package: str, lesson: str) -> LessonPages:
    """The pages of a published lesson of a published package, in the active language.

    No query when warm; 1 when ``LESSON_RECHECK_SECONDS`` have passed; compiles when
    something that the lesson shows was changed. Raises ``LessonPage.DoesNotExist``.
    """
    key = (package, lesson, translation.get_language() or settings.LANGUAGE_CODE)
    kept = _kept.get(key)
    now = time.monotonic()
    if kept is not None and now - kept.looked_at < settings.LESSON_RECHECK_SECONDS:
        return kept.pages
    if kept is not None:
        lesson_of = kept.pages.lesson
        if lesson_fingerprint(lesson_of.page_id, lesson_of.package_id) == kept.fingerprint:
            _keep(key, _Kept(kept.pages, kept.fingerprint, now))
            return kept.pages
    return _compile(key, kept)


def _compile(key: tuple[str, str, str], stale: _Kept | None) -> LessonPages:
    # One thread compiles; a class that is waiting takes what it made.
    with _lock:
        newer = _kept.get(key)
        if newer is not None and newer is not stale:
            return newer.pages
        _kept.pop(key, None)
        package, lesson = published_lesson(key[0], key[1])
        # Before compiling: what changes meanwhile shows at the next look.
        fingerprint = lesson_fingerprint(lesson.pk, package.pk)
        pages = LessonPages(compile_lesson(lesson, package))
        if len(_kept) >= MOST_LESSONS_KEPT:
            _kept.pop(next(iter(_kept)), None)
        _kept[key] = _Kept(pages, fingerprint, time.monotonic())
        return pages


def _keep(key: tuple[str, str, str], kept: _Kept) -> None:
    with _lock:
        if key in _kept and _kept[key].pages is kept.pages:
            _kept[key] = kept


def lesson_fingerprint(lesson_id: int, package_id: int) -> Fingerprint:
    """Changes whenever the lesson's pages would come out differently. 1 query."""
    stamp = ContentStamp.objects.filter(pk=1).values("number")
    return tuple(
        Page.objects.live()
        .filter(pk__in=(lesson_id, package_id))
        .order_by("pk")
        .annotate(stamp=Subquery(stamp))
        .values_list("pk", "live_revision_id", "last_published_at", "url_path", "stamp")
    )


def clear_memory() -> None:
    """Forgets what is kept; tests that change the database under us need it."""
    with _lock:
        _kept.clear()
