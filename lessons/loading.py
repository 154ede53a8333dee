"""One run of bringing in a package: what its files say becomes pages, quizzes and pictures."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from django.conf import settings
from django.core.files.storage import Storage
from django.db.models import Model
from wagtail.models import Page, Revision, Site

from accounts.models import User
from lessons import package_schema as schema
from lessons.models import (
    CATALOGUE_SLUG,
    CataloguePage,
    LessonPackagePage,
    LessonPage,
    LoadedContent,
)
from lessons.package_content import Numbers, Raw, package_fields, quiz_fields, quiz_questions
from lessons.package_files import PACKAGE_FILE, PackageError, PackageFolder, Problem
from lessons.package_lessons import LessonContent
from lessons.package_media import PackageMedia, digest_of, media_of
from lessons.quiz_places import note_quizzes
from quizzes.differences import MOST_BYTES
from quizzes.models import Question, Quiz
from quizzes.publishing import EditionTooLargeError

Tell = Callable[[str], None]


@dataclass
class LoadResult:
    """What loading a package came to."""

    page: LessonPackagePage
    lessons: list[LessonPage]
    changed: list[str] = field(default_factory=list)
    left_alone: list[str] = field(default_factory=list)  # an editor changed these since


def _assign(thing: Model, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        is_stream = isinstance(value, list) and name != "helplines"
        if name == "review_by":
            value = date.fromisoformat(value)
        setattr(thing, name, json.dumps(value) if is_stream else value)


class Known(NamedTuple):
    """What a package may name besides its own: the database's numbers, by slug."""

    helplines: Mapping[str, int]
    signals: Mapping[str, int]


class Loading:
    """One run of ``load_package``, inside its transaction."""

    def __init__(
        self,
        content: PackageFolder,
        known: Known,
        overwrite: bool,
        tell: Tell,
        *,
        same: Collection[UUID] = (),
        before_publish: Callable[[Revision], None] = lambda _revision: None,
        user: User | None = None,
    ) -> None:
        """``same``: what is here already as the file says it, by the key that ``key`` makes."""
        self.content = content
        self.known = known
        self.overwrite = overwrite
        self.tell = tell
        self.same = same
        self.before_publish = before_publish
        self.user = user
        self.files: list[tuple[Storage, str]] = []
        self.changed: list[str] = []
        self.left_alone: list[str] = []
        self.problems: list[Problem] = []
        self.new_quizzes: set[UUID] = set()

    def run(self) -> LoadResult:
        self.loaded = {loaded.key: loaded for loaded in LoadedContent.objects.all()}
        self.check_slugs()
        media = PackageMedia(self.content, self.loaded, self.may_write, self.wrote, self.files)
        self.images = media.load_images()
        self.recordings = media.load_recordings(self.images)
        self.documents = media.load_documents()
        return self.write(self.catalogue(), {}, {})

    def write(
        self, catalogue: Page, quizzes: Mapping[str, int], pages: Mapping[str, int]
    ) -> LoadResult:
        """All but the files. ``quizzes`` and ``pages`` are what there is besides its own."""
        package, images = self.content.package, self.images
        # A lesson holds quizzes, and an explanation in a quiz may lead to a lesson: first their
        # numbers, then the lessons, and with the numbers of those the quizzes themselves.
        own = {quiz.slug: self.number_of(quiz) for quiz in self.content.quizzes}
        self.quizzes = {**quizzes, **own}
        page = self.page(
            LessonPackagePage,
            package.id,
            catalogue,
            package_fields(package, image=images[package.image.file]),
        )
        make = LessonContent(
            images=images,
            quizzes=self.quizzes,
            helplines=self.known.helplines,
            recordings=self.recordings,
            documents=self.documents,
        )
        lessons = [
            self.page(LessonPage, lesson.id, page, make.fields(lesson))
            for lesson in self.content.lessons
        ]
        self.put_in_order(page, lessons)
        self.pages = {**pages, **{lesson.slug: lesson.pk for lesson in lessons}}
        numbers = Numbers(images, self.recordings, self.pages, *self.known)
        for quiz in self.content.quizzes:
            self.quiz(quiz, numbers)
        if self.changed:  # a lesson was published before the questions that it asks were there
            for lesson in lessons:
                note_quizzes(lesson=lesson)
        self.tell(
            f"{package.title}: {len(self.changed)} written, {len(self.left_alone)} left alone."
        )
        return LoadResult(page, lessons, self.changed, self.left_alone)

    def check_slugs(self) -> None:
        """An address that something else has already: an error before anything is written."""
        for quiz in self.content.quizzes:
            if self.others(Quiz, quiz.slug, quiz.id).exists():
                self.add(f"{quiz.slug}.quiz.yaml", f"another quiz has the slug '{quiz.slug}'")
        slug = self.content.package.slug
        if self.others(LessonPackagePage, slug, self.content.package.id).exists():
            self.add(PACKAGE_FILE, f"another package has the slug '{slug}'")
        parent = LessonPackagePage.objects.filter(key=self.content.package.id).first()
        for lesson in self.content.lessons:
            others = LessonPage.objects.child_of(parent) if parent else LessonPage.objects.none()
            if others.filter(slug=lesson.slug).exclude(key=lesson.id).exists():
                message = f"another lesson has the slug '{lesson.slug}'"
                self.add(f"{lesson.slug}.lesson.yaml", message)
        if self.problems:
            raise PackageError(self.problems)

    @staticmethod
    def others(model: type[Any], slug: str, key: UUID) -> Any:
        """With this address, in the site's own language: a translation shares it."""
        own = model.objects.filter(slug=slug, locale__language_code=settings.LANGUAGE_CODE)
        return own.exclude(key=key)

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

    def key(self, key: UUID) -> UUID:
        """Under which key this part of the file is kept."""
        return key

    def name(self, slug: str) -> str:
        return slug

    def find(self, model: type[Any], key: UUID) -> Any:
        return model.objects.filter(key=key).first()

    def blank(self, model: type[Any], key: UUID, **values: Any) -> Any:
        """A new one, still without its texts."""
        return model(key=key, live=False, **values)

    def given(self, model: type[Any], key: UUID) -> dict[str, Any]:
        """What the file has no say in."""
        return {}

    def is_due(self, name: str, thing: Any, key: UUID, digest: str, *, is_new: bool) -> bool:
        """Whether to write: it is new or other than last time, and no editor was there since."""
        if self.key(key) in self.same:
            return False
        loaded = self.loaded.get(self.key(key))
        is_ours = (
            loaded is not None
            and thing.live
            and not thing.locked
            and loaded.revision_id == thing.latest_revision_id
        )
        if is_ours and loaded is not None and loaded.digest == digest:
            return False
        return self.may_write(self.name(name), is_ours=is_ours, is_new=is_new)

    def number_of(self, source: schema.Quiz) -> int:
        """That of the quiz; a new one is made, still without anything in it."""
        found = self.find(Quiz, source.id)
        if found is None:
            found = self.blank(Quiz, source.id, slug=source.slug, title=source.title)
            found.save()
            self.new_quizzes.add(source.id)
        return found.pk

    def quiz(self, source: schema.Quiz, numbers: Numbers) -> None:
        package = self.content.package
        fields = quiz_fields(source, numbers)
        fields |= {"audience": source.audience or package.audience, "language": package.language}
        fields |= self.given(Quiz, source.id)
        questions = quiz_questions(source, numbers)
        digest = digest_of([fields, questions, *media_of(source, self.content)])
        quiz = Quiz.objects.select_related("locale").get(pk=self.number_of(source))
        is_new = source.id in self.new_quizzes
        if not self.is_due(source.slug, quiz, source.id, digest, is_new=is_new):
            return
        self.write_questions(quiz, fields, questions)
        revision = quiz.save_revision(user=self.user)
        self.before_publish(revision)
        try:
            revision.publish(user=self.user)
        except EditionTooLargeError as error:
            raise PackageError([self.too_large(source, error)]) from error
        self.wrote(self.name(source.slug), self.key(source.id), digest, revision.pk)

    def write_questions(
        self, quiz: Quiz, fields: dict[str, Any], questions: list[tuple[UUID, str, Raw]]
    ) -> None:
        _assign(quiz, fields)
        known = {question.key: question for question in quiz.questions.all()}
        shared = self.shared_keys(quiz)
        quiz.questions = [
            Question(
                pk=known[key].pk if key in known else None,
                translation_key=known[key].translation_key if key in known else shared(key),
                locale=quiz.locale,
                key=key,
                section=section,
                body=json.dumps(body),
                sort_order=number,
            )
            for number, (key, section, body) in enumerate(questions)
        ]

    def shared_keys(self, quiz: Quiz) -> Callable[[UUID], UUID]:
        """What a new question shares with its translations."""
        return lambda _key: uuid4()

    def too_large(self, source: schema.Quiz, error: EditionTooLargeError) -> Problem:
        size, most = error.size / 1_000_000, MOST_BYTES // 1_000_000
        message = (
            f"the quiz is {size:.1f} MB and may not be larger than {most} MB: make it two "
            "quizzes, or shorten long texts"
        )
        return self.content.problem(f"{source.slug}.quiz.yaml", ["questions"], message)

    def catalogue(self) -> Page:
        """The list of packages under the front page; made when there is none."""
        catalogue = CataloguePage.objects.filter(
            locale__language_code=settings.LANGUAGE_CODE
        ).first()
        if catalogue is None:
            site = Site.objects.select_related("root_page").get(is_default_site=True)
            catalogue = CataloguePage(title="Lessen", slug=CATALOGUE_SLUG)
            site.root_page.specific.add_child(instance=catalogue)
            catalogue.save_revision().publish()
            self.tell("  lessen: made the page that lists the packages")
        return catalogue

    def page(self, model: type[Any], key: UUID, parent: Page, values: dict[str, Any]) -> Any:
        values = {**values, **self.given(model, key)}
        digest = digest_of(values)
        found = self.find(model, key)
        page = found or self.blank(model, key, locale=parent.locale)
        if not self.is_due(values["slug"], page, key, digest, is_new=found is None):
            return page
        _assign(page, values)
        if found is None:
            parent.add_child(instance=page)
        revision = page.save_revision(user=self.user)
        self.before_publish(revision)
        revision.publish(user=self.user)
        self.wrote(self.name(values["slug"]), self.key(key), digest, revision.pk)
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
