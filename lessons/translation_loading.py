"""Brings in a package in another language, beside what it translates."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4, uuid5

from wagtail.models import Locale, Page

from lessons.loading import Loading, LoadResult
from lessons.package_files import PackageFolder
from quizzes.models import Quiz


class TranslationLoading(Loading):
    """After ``original`` has run. What an editor changed in a translation is left alone too."""

    def __init__(self, content: PackageFolder, original: Loading) -> None:
        super().__init__(
            content,
            original.known,
            original.overwrite,
            original.tell,
            same=original.same,
            before_publish=original.before_publish,
            user=original.user,
        )
        self.original = original
        self.loaded = original.loaded
        self.images = original.images
        self.recordings = original.recordings
        self.documents = original.documents
        self.language = content.package.language

    def run(self) -> LoadResult:
        self.locale, _made = Locale.objects.get_or_create(language_code=self.language)
        return self.write(self.catalogue(), self.original.quizzes, self.original.pages)

    def key(self, key: UUID) -> UUID:
        """The same every time, and never that of the original."""
        return uuid5(key, self.language)

    def name(self, slug: str) -> str:
        return f"{self.language}/{slug}"

    def source(self, model: type[Any], key: UUID) -> Any:
        return model.objects.get(key=key)

    def find(self, model: type[Any], key: UUID) -> Any:
        """Also one that an editor made in the admin."""
        shared = self.source(model, key).translation_key
        return model.objects.filter(translation_key=shared, locale=self.locale).first()

    def blank(self, model: type[Any], key: UUID, **values: Any) -> Any:
        shared = self.source(model, key).translation_key
        own = {"translation_key": shared, "locale": self.locale, **self.given(model, key)}
        return super().blank(model, self.key(key), **{**values, **own})

    def given(self, model: type[Any], key: UUID) -> dict[str, Any]:
        """A translation has the address of what it translates, also when an editor chose it."""
        return {"slug": self.source(model, key).slug}

    def shared_keys(self, quiz: Quiz) -> Callable[[UUID], UUID]:
        known = dict(quiz.source.questions.values_list("key", "translation_key"))
        return lambda key: known.get(key) or uuid4()

    def catalogue(self) -> Page:
        """The list of packages in this language, under a front page of its own."""
        original = super().catalogue()
        found = original.get_translation_or_none(self.locale)
        if found is None:
            home = original.get_parent().specific
            if not home.has_translation(self.locale):
                home.copy_for_translation(self.locale).save_revision().publish()
            found = original.specific.copy_for_translation(self.locale)
            found.save_revision().publish()
        return found
