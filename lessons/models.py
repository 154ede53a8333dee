"""Packages of lessons, as Wagtail pages."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page, PageManager
from wagtail.search import index

from lessons.blocks import SHORT_FEATURES, SourceBlock, StepBlock
from lessons.querysets import LessonPackageQuerySet
from quizzes.question_types.base import FORMS_OF_EXPLOITATION


def lines(label: str) -> StreamField:
    """A list of short lines, such as goals."""
    return StreamField([("line", blocks.CharBlock(max_length=200))], verbose_name=label, blank=True)


class CataloguePage(Page):
    """The list of packages."""

    max_count = 1
    parent_page_types: ClassVar = ["home.HomePage"]
    subpage_types: ClassVar = ["lessons.LessonPackagePage"]

    class Meta:
        verbose_name = _("lesaanbod")


class LessonPackagePage(Page):
    """Lessons that belong together, with all that a teacher must know beforehand."""

    class Audience(models.TextChoices):
        YOUNG_PEOPLE = "young_people", _("jongeren")
        TEACHERS = "teachers", _("docenten en begeleiders")
        PROFESSIONALS = "professionals", _("professionals")

    class LanguageLevel(models.TextChoices):
        A2 = "A2", "A2"
        B1 = "B1", "B1"
        B2 = "B2", "B2"

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    big_idea = models.CharField(_("waar gaat het om"), max_length=200)
    summary = RichTextField(_("samenvatting"), features=SHORT_FEATURES)
    audience = models.CharField(_("voor wie"), max_length=20, choices=Audience.choices)
    age_from = models.PositiveSmallIntegerField(_("leeftijd van"))
    age_to = models.PositiveSmallIntegerField(_("leeftijd tot en met"))
    level = models.CharField(_("niveau"), max_length=200)
    language_level = models.CharField(
        _("taalniveau"), max_length=2, choices=LanguageLevel.choices, default=LanguageLevel.B1
    )
    minutes = models.PositiveSmallIntegerField(_("minuten"))
    goals = lines(_("leerdoelen"))
    curriculum_goals = lines(_("kerndoelen"))
    forms = StreamField(
        [("form", blocks.ChoiceBlock(choices=FORMS_OF_EXPLOITATION))],
        verbose_name=_("vormen van uitbuiting"),
        blank=True,
    )
    before = RichTextField(_("vooraf regelen"), features=SHORT_FEATURES)
    disclosure = RichTextField(_("als een leerling iets vertelt"), features=SHORT_FEATURES)
    image = models.ForeignKey(
        "media.CustomImage",
        verbose_name=_("afbeelding"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    licence = models.CharField(_("licentie"), max_length=40, default="CC BY-SA 4.0")
    version = models.CharField(_("versie"), max_length=20, default="1.0.0")
    review_by = models.DateField(_("opnieuw nakijken voor"))
    made_by = models.CharField(_("gemaakt door"), max_length=200)
    checked_by = lines(_("nagekeken door"))
    sources = StreamField([("source", SourceBlock())], verbose_name=_("bronnen"), blank=True)

    objects: ClassVar = PageManager.from_queryset(LessonPackageQuerySet)()

    parent_page_types: ClassVar = ["lessons.CataloguePage"]
    subpage_types: ClassVar = ["lessons.LessonPage"]
    search_fields: ClassVar = [
        *Page.search_fields,
        index.SearchField("big_idea"),
        index.SearchField("summary"),
        index.FilterField("audience"),
    ]

    class Meta:
        verbose_name = _("lespakket")
        verbose_name_plural = _("lespakketten")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="lessons_lessonpackagepage_ages",
                condition=models.Q(age_to__gte=models.F("age_from")),
            ),
        ]


class LessonPage(Page):
    """A lesson: steps with blocks. One source for player, guide, slides and print."""

    # The same through copies, translations and packages; progress is found by it.
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    summary = models.CharField(_("samenvatting"), max_length=200)
    minutes = models.PositiveSmallIntegerField(_("minuten"))
    goals = lines(_("leerdoelen"))
    materials = lines(_("nodig"))
    before = RichTextField(_("vooraf doen"), features=SHORT_FEATURES)
    short_version = RichTextField(_("in twintig minuten"), features=SHORT_FEATURES)
    steps = StreamField([("step", StepBlock())], verbose_name=_("stappen"), min_num=1)

    parent_page_types: ClassVar = ["lessons.LessonPackagePage"]
    subpage_types: ClassVar = []
    search_fields: ClassVar = [*Page.search_fields, index.SearchField("summary")]

    class Meta:
        verbose_name = _("les")
        verbose_name_plural = _("lessen")


class LoadedContent(models.Model):
    """What a package file wrote last into a page or quiz: tells an editor's change from ours."""

    key = models.UUIDField(unique=True)  # of the package, lesson or quiz
    revision_id = models.PositiveBigIntegerField()
    digest = models.CharField(max_length=64)  # of the values that were written


class QuizInStep(models.Model):
    """Which step of which published lesson holds which quiz. Follows from the lessons."""

    lesson = models.ForeignKey(LessonPage, on_delete=models.CASCADE, related_name="quizzes")
    step_id = models.CharField(max_length=36)
    quiz = models.ForeignKey("quizzes.Quiz", on_delete=models.CASCADE, related_name="steps")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["quiz", "lesson", "step_id"], name="lessons_quizinstep_unique"
            ),
        ]


class ContentStamp(models.Model):
    """One row whose number goes up when something changes that published lessons show.

    A helpline's number, a picture, a quiz's title: whoever keeps a lesson in memory
    compares this number.
    """

    number = models.PositiveBigIntegerField(default=0)
