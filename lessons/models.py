"""Packages of lessons, as Wagtail pages."""

from __future__ import annotations

import uuid
from functools import cached_property
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.search import index

from helplines.panels import FreshnessPanel
from lessons.blocks import SHORT_FEATURES, SourceBlock, StepBlock
from lessons.easy_reading import EASY
from lessons.package_files import RESERVED_SLUGS
from lessons.package_upload_models import PackageUpload
from quizzes.audiences import Audience as WhoFor
from quizzes.question_types.base import FORMS_OF_EXPLOITATION

__all__ = [
    "CataloguePage",
    "ContentStamp",
    "LessonPackagePage",
    "LessonPage",
    "LoadedContent",
    "PackageUpload",
    "QuizInStep",
]


def lines(label: Any) -> StreamField:
    """A list of short lines, such as goals."""
    return StreamField([("line", blocks.CharBlock(max_length=200))], verbose_name=label, blank=True)


CATALOGUE_SLUG = "lessen"
SCHOOL_TYPES = [
    ("primary", _("basisonderwijs")),
    ("special", _("speciaal onderwijs")),
    ("practical", _("praktijkonderwijs")),
    ("vmbo", _("vmbo")),
    ("havo", _("havo")),
    ("vwo", _("vwo")),
    ("mbo", _("mbo")),
    ("higher", _("hbo en universiteit")),
    ("outside", _("buiten school")),
]


class ScreenPage(Page):
    """A page whose screen is a view with an address of its own, the same as Wagtail's."""

    # Our views show what is published to everybody: no page behind a password.
    private_page_options: ClassVar[list] = []
    # Only the address: what a browser's history and a search engine show is fixed.
    promote_panels: ClassVar = [FieldPanel("slug")]
    settings_panels: ClassVar[list] = []

    # Of a copy, and of a translation: see ``source``.
    exclude_fields_in_copy: ClassVar = ["key"]

    class Meta:
        abstract = True

    @cached_property
    def source(self) -> Any:
        """The page that this one translates, by whose key it is known everywhere.

        Itself when it is no translation. No query when it is in the site's own language and
        its locale is there, else 1.
        """
        if self.locale_id is None or self.locale.language_code == settings.LANGUAGE_CODE:
            return self
        shared = type(self).objects.filter(translation_key=self.translation_key)
        return shared.filter(locale__language_code=settings.LANGUAGE_CODE).first() or self

    def screen_path(self) -> str:
        """The address of the view. No query: it follows from ``url_path``."""
        raise NotImplementedError

    def get_url_parts(self, request: HttpRequest | None = None) -> Any:
        parts = super().get_url_parts(request)
        return parts and (parts[0], parts[1], self.screen_path())

    def serve(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponseRedirect:
        """Reached only where the site's root is not the front page: on to the view."""
        return redirect(self.screen_path())

    def serve_preview(self, request: HttpRequest, mode_name: str) -> TemplateResponse:
        request.is_preview = True  # type: ignore[attr-defined]
        template = self.get_preview_template(request, mode_name)
        response = TemplateResponse(request, template, {"page": self, "mode": mode_name})
        # The editor shows it in a frame of our own origin.
        response._csp_replace = {"frame-ancestors": ["'self'"]}  # type: ignore[attr-defined]
        return response


class CataloguePage(ScreenPage):
    """The list of packages."""

    max_count = 1
    preview_modes: ClassVar[list] = []
    parent_page_types: ClassVar = ["home.HomePage"]
    subpage_types: ClassVar = ["lessons.LessonPackagePage"]

    class Meta:
        verbose_name = _("lesaanbod")

    def screen_path(self) -> str:
        return reverse("lessons:catalogue")

    def clean(self) -> None:
        super().clean()
        if self.slug != CATALOGUE_SLUG:
            raise ValidationError({"slug": _("Dit adres is altijd 'lessen'.")})


NO_UPPER_AGE = 99


class LessonPackagePage(ScreenPage):
    """Lessons that belong together, with all that a teacher must know beforehand."""

    Audience = WhoFor

    class LanguageLevel(models.TextChoices):
        A2 = "A2", "A2"
        B1 = "B1", "B1"
        B2 = "B2", "B2"

    class GroupForm(models.TextChoices):
        GROUP = "group", _("in een groep")
        ALONE = "alone", _("alleen")
        EITHER = "either", _("in een groep of alleen")

    class Sensitivity(models.TextChoices):
        LOW = "low", _("rustig")
        SOME = "some", _("kan iets raken")
        HIGH = "high", _("kan veel raken")

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    big_idea = models.CharField(_("waar gaat het om"), max_length=200)
    summary = RichTextField(_("samenvatting"), features=SHORT_FEATURES)
    audience = models.CharField(_("voor wie"), max_length=20, choices=Audience.choices)
    age_from = models.PositiveSmallIntegerField(_("leeftijd van"))
    age_to = models.PositiveSmallIntegerField(_("leeftijd tot en met"))
    level = models.CharField(_("niveau"), max_length=200)
    school_types = StreamField(
        [("school_type", blocks.ChoiceBlock(choices=SCHOOL_TYPES))],
        verbose_name=_("schooltypes"),
        blank=True,
        help_text=_("Waar dit pakket past. Docenten kiezen hierop in het lesaanbod."),
    )
    language_level = models.CharField(
        _("taalniveau"), max_length=2, choices=LanguageLevel.choices, default=LanguageLevel.B1
    )
    minutes = models.PositiveSmallIntegerField(_("minuten"))
    group_form = models.CharField(
        _("groep of alleen"), max_length=10, choices=GroupForm.choices, default=GroupForm.GROUP
    )
    needs_devices = models.BooleanField(
        _("elke leerling heeft een telefoon of computer nodig"), default=True
    )
    sensitivity = models.CharField(
        _("hoe gevoelig"),
        max_length=10,
        choices=Sensitivity.choices,
        default=Sensitivity.SOME,
        help_text=_("Wat het met een leerling kan doen die dit zelf meemaakt."),
    )
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
    review_owner = models.CharField(
        _("wie kijkt het na (functie)"),
        max_length=200,
        blank=True,
        help_text=_("Een functie, nooit iemands naam. Leeg: dan mist het rapport een eigenaar."),
    )
    made_by = models.CharField(_("gemaakt door"), max_length=200)
    checked_by = lines(_("nagekeken door"))
    certificate_months = models.PositiveSmallIntegerField(
        _("certificaat: hoeveel maanden geldig"),
        default=0,
        validators=[MaxValueValidator(60)],
        help_text=_(
            "Voor wie alle lessen deed en de toets in het pakket haalde. 0: er is geen certificaat."
        ),
    )
    sources = StreamField([("source", SourceBlock())], verbose_name=_("bronnen"), blank=True)

    parent_page_types: ClassVar = ["lessons.CataloguePage"]
    subpage_types: ClassVar = ["lessons.LessonPage"]
    search_fields: ClassVar = [
        *Page.search_fields,
        index.SearchField("big_idea"),
        index.SearchField("summary"),
        index.FilterField("audience"),
    ]

    content_panels: ClassVar = [
        FreshnessPanel(heading=_("Nakijken en gebruik")),
        *Page.content_panels,
        FieldPanel("big_idea"),
        FieldPanel("summary"),
        FieldPanel("image"),
        MultiFieldPanel(
            [
                FieldPanel("audience"),
                FieldRowPanel([FieldPanel("age_from"), FieldPanel("age_to")]),
                FieldRowPanel([FieldPanel("level"), FieldPanel("language_level")]),
                FieldPanel("school_types"),
                FieldPanel("forms"),
                FieldPanel("sensitivity"),
            ],
            heading=_("Voor wie"),
        ),
        MultiFieldPanel(
            [FieldPanel("minutes"), FieldPanel("group_form"), FieldPanel("needs_devices")],
            heading=_("In de klas"),
        ),
        FieldPanel("certificate_months"),
        MultiFieldPanel([FieldPanel("goals"), FieldPanel("curriculum_goals")], heading=_("Doelen")),
        MultiFieldPanel(
            [FieldPanel("before"), FieldPanel("disclosure")], heading=_("Voor de docent")
        ),
        MultiFieldPanel(
            [
                FieldPanel("made_by"),
                FieldPanel("checked_by"),
                FieldRowPanel([FieldPanel("version"), FieldPanel("review_by")]),
                FieldPanel("review_owner"),
                FieldPanel("licence"),
                FieldPanel("sources"),
            ],
            heading=_("Herkomst en nakijken"),
        ),
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

    @property
    def is_for_adults(self) -> bool:
        return self.age_to >= NO_UPPER_AGE

    @property
    def ages(self) -> str:
        """For whom, in words; who are grown up have no upper age."""
        ages = {"from": self.age_from, "to": self.age_to}
        if self.is_for_adults:
            return gettext("vanaf %(from)s jaar") % ages
        return gettext("%(from)s tot en met %(to)s jaar") % ages

    def screen_path(self) -> str:
        return reverse("lessons:package", args=[self.slug])

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        return "lessons/package_preview.html"

    def clean(self) -> None:
        super().clean()
        if self.age_from is not None and self.age_to is not None and self.age_to < self.age_from:
            raise ValidationError({"age_to": _("Dit is lager dan de leeftijd waar het begint.")})


class LessonPage(ScreenPage):
    """A lesson: steps with blocks. One source for player, guide, slides and print."""

    # The same through packages; progress is found by that of the ``source``.
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    summary = models.CharField(_("samenvatting"), max_length=200)
    minutes = models.PositiveSmallIntegerField(_("minuten"))
    goals = lines(_("leerdoelen"))
    materials = lines(_("nodig"))
    before = RichTextField(_("vooraf doen"), features=SHORT_FEATURES)
    short_version = RichTextField(_("in twintig minuten"), features=SHORT_FEATURES)
    steps = StreamField([("step", StepBlock())], verbose_name=_("stappen"), min_num=1)

    parent_page_types: ClassVar = ["lessons.LessonPackagePage"]
    subpage_types: ClassVar[list] = []
    search_fields: ClassVar = [*Page.search_fields, index.SearchField("summary")]

    content_panels: ClassVar = [
        FreshnessPanel(heading=_("Nakijken")),
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("minutes"),
        FieldPanel("steps"),
        MultiFieldPanel(
            [
                FieldPanel("goals"),
                FieldPanel("materials"),
                FieldPanel("before"),
                FieldPanel("short_version"),
            ],
            heading=_("Voor de docent"),
        ),
    ]
    preview_modes: ClassVar = [
        ("learner", _("Als leerling")),
        ("teacher", _("Als docent")),
        ("board", _("Op het bord")),
        ("worksheet", _("Op papier: werkblad")),
        ("guide", _("Op papier: handleiding")),
    ]

    class Meta:
        verbose_name = _("les")
        verbose_name_plural = _("lessen")

    @property
    def has_easy_text(self) -> bool:
        """Whether any of it is there in easy language too. No query."""
        return any(
            block["type"] == EASY
            for step in self.steps.raw_data
            for block in step["value"]["blocks"]
        )

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict[str, Any]]:
        """None: a lesson is reached through its package, and its steps are not indexed."""
        return []

    def screen_path(self) -> str:
        package, lesson = self.url_path.rstrip("/").split("/")[-2:]
        return reverse("progress:lesson", args=[package, lesson])

    def board_path(self) -> str:
        """Where it begins on the board in class, for teachers."""
        return f"{self.screen_path()}bord/"

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        templates = {
            "board": "lessons/board/preview.html",
            "worksheet": "lessons/paper_preview.html",
            "guide": "lessons/paper_preview.html",
        }
        return templates.get(mode_name, "lessons/lesson_preview.html")

    def serve_preview(self, request: HttpRequest, mode_name: str) -> TemplateResponse:
        response = super().serve_preview(request, mode_name)
        if mode_name in {"worksheet", "guide"}:  # its pages are pictures that have no address
            response._csp_replace = {  # type: ignore[attr-defined]
                **response._csp_replace,  # type: ignore[attr-defined]
                "img-src": ["'self'", "data:"],
            }
        return response

    def clean(self) -> None:
        super().clean()
        if self.slug in RESERVED_SLUGS:
            raise ValidationError({"slug": _("Dit adres is al van iets anders. Kies een ander.")})


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
    # False where only a question of it stands in the step: that step asks for nothing.
    is_whole = models.BooleanField(default=True)

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
