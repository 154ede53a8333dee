"""Everything that writes lessons: bringing in a package, and what follows from publishing."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.files.storage import Storage
from django.db import transaction
from django.db.models import F, Model
from wagtail.models import Page, Site

from helplines.models import Helpline
from lessons import package_schema as schema
from lessons.models import (
    CATALOGUE_SLUG,
    CataloguePage,
    ContentStamp,
    LessonPackagePage,
    LessonPage,
    LoadedContent,
    QuizInStep,
)
from lessons.package_content import Numbers, package_fields, quiz_fields, quiz_questions
from lessons.package_files import (
    PACKAGE_FILE,
    PackageError,
    PackageFolder,
    Problem,
    read_package,
)
from lessons.package_lessons import LessonContent
from lessons.package_media import PackageMedia, digest_of, media_of
from quizzes.differences import MOST_BYTES
from quizzes.models import Question, Quiz
from quizzes.publishing import EditionTooLargeError

Tell = Callable[[str], None]


def move_stamp() -> None:
    """Every process makes the lessons in its memory anew. 1 query."""
    if not ContentStamp.objects.filter(pk=1).update(number=F("number") + 1):
        ContentStamp.objects.get_or_create(pk=1, defaults={"number": 1})


@transaction.atomic
def note_quizzes(*, lesson: LessonPage) -> None:
    """Remembers which steps of this lesson hold which quiz, as published. 2 or 3 queries."""
    QuizInStep.objects.filter(lesson=lesson).delete()
    if not lesson.live:
        return
    found = {
        (step["id"], block["value"]["quiz"])
        for step in lesson.steps.raw_data
        for block in step["value"]["blocks"]
        if block["type"] == "quiz"
    }
    known = set(
        Quiz.objects.filter(pk__in={quiz for _, quiz in found}).values_list("pk", flat=True)
    )
    QuizInStep.objects.bulk_create(
        QuizInStep(lesson=lesson, step_id=step, quiz_id=quiz)
        for step, quiz in sorted(found)
        if quiz in known
    )


@dataclass
class LoadResult:
    """What loading a package came to."""

    page: LessonPackagePage
    lessons: list[LessonPage]
    changed: list[str] = field(default_factory=list)
    left_alone: list[str] = field(default_factory=list)  # an editor changed these since


def load_package(
    *, folder: Path, overwrite: bool = False, tell: Tell = lambda _line: None
) -> LoadResult:
    """Brings the package in this folder in, or up to date, and publishes it.

    A page, quiz or picture that an editor changed since the last load is left alone,
    unless ``overwrite``. A second load of the same folder writes nothing.

    Raises ``PackageError`` with every problem; then nothing at all has changed.
    """
    tell(f"Reading {folder.name} ...")
    helplines = dict(Helpline.objects.values_list("slug", "pk"))
    content = read_package(folder, helplines=helplines)
    loading = _Loading(content, helplines, overwrite, tell)
    try:
        with transaction.atomic():
            return loading.run()
    except BaseException:
        # The database forgets the new files by itself; the folder with uploads does not.
        for storage, name in loading.files:
            storage.delete(name)
        raise


def _assign(thing: Model, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        is_stream = isinstance(value, list) and name != "helplines"
        if name == "review_by":
            value = date.fromisoformat(value)
        setattr(thing, name, json.dumps(value) if is_stream else value)


class _Loading:
    """One run of ``load_package``, inside its transaction."""

    def __init__(
        self, content: PackageFolder, helplines: Mapping[str, int], overwrite: bool, tell: Tell
    ) -> None:
        self.content = content
        self.helplines = helplines
        self.overwrite = overwrite
        self.tell = tell
        self.files: list[tuple[Storage, str]] = []
        self.changed: list[str] = []
        self.left_alone: list[str] = []
        self.problems: list[Problem] = []
        self.new_quizzes: set[UUID] = set()

    def run(self) -> LoadResult:
        package = self.content.package
        self.loaded = {loaded.key: loaded for loaded in LoadedContent.objects.all()}
        self.check_slugs()
        media = PackageMedia(self.content, self.loaded, self.may_write, self.wrote, self.files)
        images = media.load_images()
        recordings = media.load_recordings(images)
        # A lesson holds quizzes, and an explanation in a quiz may lead to a lesson: first their
        # numbers, then the lessons, and with the numbers of those the quizzes themselves.
        quizzes = {quiz.slug: self.number_of(quiz) for quiz in self.content.quizzes}
        page = self.page(
            LessonPackagePage,
            package.id,
            self.catalogue(),
            package_fields(package, image=images[package.image.file]),
        )
        make = LessonContent(images=images, quizzes=quizzes, helplines=self.helplines)
        lessons = [
            self.page(LessonPage, lesson.id, page, make.fields(lesson))
            for lesson in self.content.lessons
        ]
        self.put_in_order(page, lessons)
        pages = {lesson.slug: lesson.pk for lesson in lessons}
        numbers = Numbers(images, recordings, pages, self.helplines)
        for quiz in self.content.quizzes:
            self.quiz(quiz, numbers)
        self.tell(
            f"{package.title}: {len(self.changed)} written, {len(self.left_alone)} left alone."
        )
        return LoadResult(page, lessons, self.changed, self.left_alone)

    def check_slugs(self) -> None:
        """An address that something else has already: an error before anything is written."""
        for quiz in self.content.quizzes:
            if Quiz.objects.filter(slug=quiz.slug).exclude(key=quiz.id).exists():
                self.add(f"{quiz.slug}.quiz.yaml", f"another quiz has the slug '{quiz.slug}'")
        slug = self.content.package.slug
        if (
            LessonPackagePage.objects.filter(slug=slug)
            .exclude(key=self.content.package.id)
            .exists()
        ):
            self.add(PACKAGE_FILE, f"another package has the slug '{slug}'")
        parent = LessonPackagePage.objects.filter(key=self.content.package.id).first()
        for lesson in self.content.lessons:
            others = LessonPage.objects.child_of(parent) if parent else LessonPage.objects.none()
            if others.filter(slug=lesson.slug).exclude(key=lesson.id).exists():
                message = f"another lesson has the slug '{lesson.slug}'"
                self.add(f"{lesson.slug}.lesson.yaml", message)
        if self.problems:
            raise PackageError(self.problems)

    def add(self, file: str, message: str) -> None:
        self.problems.append(self.content.problem(file, ("slug",), message))

    def may_write(self, name: str, *, is_ours: bool, is_new: bool) -> bool:
        if is_new or is_ours or self.overwrite:
            return True
        self.left_alone.append(name)
        self.tell(f"  {name}: an editor changed it; left alone (--overwrite replaces it)")
        return False

    def wrote(self, name: str, key: UUID, digest: str, revision: int = 0) -> None:
        LoadedContent.objects.update_or_create(
            key=key, defaults={"digest": digest, "revision_id": revision}
        )
        self.changed.append(name)
        self.tell(f"  {name}: written")

    def is_due(self, name: str, thing: Any, key: UUID, digest: str, *, is_new: bool) -> bool:
        """Whether to write: it is new or other than last time, and no editor was there since."""
        loaded = self.loaded.get(key)
        is_ours = (
            loaded is not None and thing.live and loaded.revision_id == thing.latest_revision_id
        )
        if is_ours and loaded is not None and loaded.digest == digest:
            return False
        return self.may_write(name, is_ours=is_ours, is_new=is_new)

    def number_of(self, source: schema.Quiz) -> int:
        """That of the quiz; a new one is made, still without anything in it."""
        found = Quiz.objects.filter(key=source.id).first()
        if found is None:
            found = Quiz(key=source.id, slug=source.slug, title=source.title, live=False)
            found.save()
            self.new_quizzes.add(source.id)
        return found.pk

    def quiz(self, source: schema.Quiz, numbers: Numbers) -> None:
        package = self.content.package
        fields = quiz_fields(source, numbers)
        fields |= {"audience": package.audience, "language": package.language}
        questions = quiz_questions(source, numbers)
        digest = digest_of([fields, questions, *media_of(source, self.content)])
        quiz = Quiz.objects.get(key=source.id)
        is_new = source.id in self.new_quizzes
        if not self.is_due(source.slug, quiz, source.id, digest, is_new=is_new):
            return
        _assign(quiz, fields)
        known = {question.key: question.pk for question in quiz.questions.all()}
        quiz.questions = [
            Question(
                pk=known.get(key),
                key=key,
                section=section,
                body=json.dumps(body),
                sort_order=number,
            )
            for number, (key, section, body) in enumerate(questions)
        ]
        revision = quiz.save_revision()
        try:
            revision.publish()
        except EditionTooLargeError as error:
            raise PackageError([self.too_large(source, error)]) from error
        self.wrote(source.slug, source.id, digest, revision.pk)

    def too_large(self, source: schema.Quiz, error: EditionTooLargeError) -> Problem:
        size, most = error.size / 1_000_000, MOST_BYTES // 1_000_000
        message = (
            f"the quiz is {size:.1f} MB and may not be larger than {most} MB: make it two "
            "quizzes, or shorten long texts"
        )
        return self.content.problem(f"{source.slug}.quiz.yaml", ["questions"], message)

    def catalogue(self) -> Page:
        """The list of packages under the front page; made when there is none."""
        catalogue = CataloguePage.objects.first()
        if catalogue is None:
            site = Site.objects.select_related("root_page").get(is_default_site=True)
            catalogue = CataloguePage(title="Lessen", slug=CATALOGUE_SLUG)
            site.root_page.specific.add_child(instance=catalogue)
            catalogue.save_revision().publish()
            self.tell("  lessen: made the page that lists the packages")
        return catalogue

    def page(self, model: type[Any], key: UUID, parent: Page, values: dict[str, Any]) -> Any:
        digest = digest_of(values)
        found = model.objects.filter(key=key).first()
        page = found or model(key=key, live=False, locale=parent.locale)
        if not self.is_due(values["slug"], page, key, digest, is_new=found is None):
            return page
        _assign(page, values)
        if found is None:
            parent.add_child(instance=page)
        revision = page.save_revision()
        revision.publish()
        self.wrote(values["slug"], key, digest, revision.pk)
        return model.objects.get(pk=page.pk)

    def put_in_order(self, parent: Page, lessons: list[LessonPage]) -> None:
        wanted = [lesson.pk for lesson in lessons]
        there = [page.pk for page in Page.objects.child_of(parent).order_by("path")]
        for pk in there:
            if pk not in wanted:
                self.tell(f"  page {pk} is no longer in the package; left where it is")
        if [pk for pk in there if pk in wanted] != wanted:
            for pk in wanted:
                fresh_parent = Page.objects.get(pk=parent.pk)
                Page.objects.get(pk=pk).move(fresh_parent, pos="last-child")
