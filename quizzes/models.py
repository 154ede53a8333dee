"""What editors write (Quiz, Question), what learners see (Edition), and what happened
(Attempt, Answer)."""

from __future__ import annotations

import uuid
from functools import cached_property
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail import blocks
from wagtail.fields import RichTextField, StreamField
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    Orderable,
    PreviewableMixin,
    RevisionMixin,
    TranslatableMixin,
    WorkflowMixin,
)
from wagtail.search import index

from accounts.models import Learner, User
from quizzes.audiences import LANGUAGES, Audience
from quizzes.bank_models import BankQuestion
from quizzes.comment_models import QuizComment
from quizzes.kinds import CHECK, KINDS, MEASUREMENT, POLL, PRACTICE, SELF_SCAN
from quizzes.previews import PREVIEW_MODES, preview_context, preview_template
from quizzes.querysets import AnswerQuerySet, AttemptQuerySet, EditionQuerySet
from quizzes.question_types import QUESTION_TYPES
from quizzes.question_types.base import RICH_TEXT_FEATURES
from quizzes.question_types.folding import FoldingBlock
from quizzes.question_types.supplement import SupplementBlock
from quizzes.speaking import speaking

__all__ = ["Answer", "Attempt", "BankQuestion", "Edition", "Question", "Quiz", "QuizComment"]


class ImmutableEditionError(RuntimeError):
    """An edition is what learners were shown; it never changes."""


QUIZ_KINDS = [
    (PRACTICE.name, _("Oefenen: uitleg na elke vraag")),
    (CHECK.name, _("Toets: uitleg aan het eind")),
    (MEASUREMENT.name, _("Meting: voor en na de les, uitleg na de tweede keer")),
    (SELF_SCAN.name, _("Zelfscan: vragen zonder goed antwoord")),
    (POLL.name, _("Peiling: je ziet daarna wat iedereen vindt")),
]


class ScoreBandBlock(FoldingBlock):
    folded = ("supplement",)
    from_percent = blocks.IntegerBlock(label=_("Vanaf (procent)"), min_value=0, max_value=100)
    title = blocks.CharBlock(label=_("Titel"), max_length=200)
    text = blocks.RichTextBlock(label=_("Tekst"), features=RICH_TEXT_FEATURES)
    supplement = SupplementBlock(label=_("Bij de tekst"))


class Quiz(  # type: ignore[misc]
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    PreviewableMixin,
    index.Indexed,
    TranslatableMixin,
    ClusterableModel,
):
    """A set of questions as the editor has it now. Learners see its newest edition.

    A translation is a quiz too, but only for editors: its editions belong to the quiz that
    it translates, and so do the attempts at them.
    """

    # The same through packages; a translation has its own, and shares ``translation_key``.
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField(
        _("adres"),
        max_length=60,
        help_text=_("Neutrale woorden: dit blijft staan in de geschiedenis van de browser."),
    )
    title = models.CharField(_("titel"), max_length=200)
    intro = RichTextField(_("inleiding"), features=RICH_TEXT_FEATURES)
    minutes = models.PositiveSmallIntegerField(_("minuten"), default=10)
    audience = models.CharField(
        _("voor wie"), max_length=20, choices=Audience.choices, default=Audience.YOUNG_PEOPLE
    )
    language = models.CharField(_("taal"), max_length=10, choices=LANGUAGES, default="nl")
    kind = models.CharField(_("soort"), max_length=20, choices=QUIZ_KINDS, default=PRACTICE.name)
    pass_percent = models.PositiveSmallIntegerField(
        _("gehaald vanaf (procent)"),
        default=0,
        validators=[MaxValueValidator(100)],
        help_text=_("Alleen voor een toets. 0: er is geen grens."),
    )
    attempts_allowed = models.PositiveSmallIntegerField(
        _("aantal pogingen"),
        default=0,
        help_text=_("Alleen voor een toets. 0: zo vaak als iemand wil."),
    )
    draw_count = models.PositiveSmallIntegerField(
        _("aantal vragen per poging"),
        default=0,
        help_text=_("Een poging krijgt dan zoveel vragen, door het lot gekozen. 0: alle vragen."),
    )
    shuffle_questions = models.BooleanField(
        _("vragen in wisselende volgorde"),
        default=False,
        help_text=_("Onder een tussenkop blijven vragen bij elkaar."),
    )
    shuffle_choices = models.BooleanField(
        _("antwoorden in wisselende volgorde"),
        default=False,
        help_text=_("Wat onderaan hoort, blijft onderaan."),
    )
    bands = StreamField(
        [("band", ScoreBandBlock(label=_("Uitslag")))], verbose_name=_("uitslagen"), min_num=1
    )
    what_you_can_do = RichTextField(_("wat kun je doen"), features=RICH_TEXT_FEATURES)
    helplines = models.JSONField(_("hulplijnen"), default=list, blank=True)

    _revisions = GenericRelation("wagtailcore.Revision", related_query_name="quiz")
    workflow_states = GenericRelation(
        "wagtailcore.WorkflowState",
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="quiz",
        for_concrete_model=False,
    )

    search_fields: ClassVar = [
        index.SearchField("title"),
        index.AutocompleteField("title"),
    ]

    class Meta:
        verbose_name = _("quiz")
        verbose_name_plural = _("quizzen")
        constraints: ClassVar = [
            # A translation has the address of what it translates.
            models.UniqueConstraint(fields=["slug", "locale"], name="quizzes_quiz_unique_slug"),
            models.UniqueConstraint(
                fields=["translation_key", "locale"], name="quizzes_quiz_unique_language"
            ),
            models.CheckConstraint(
                name="quizzes_quiz_kind_known", condition=models.Q(kind__in=sorted(KINDS))
            ),
            models.CheckConstraint(
                name="quizzes_quiz_pass_percent", condition=models.Q(pass_percent__lte=100)
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        super().clean()
        if self.bands and all(band.value["from_percent"] != 0 for band in self.bands):
            raise ValidationError({"bands": _("Eén uitslag moet beginnen bij 0 procent.")})
        self.check_address()

    def check_address(self) -> None:
        """Raises ``ValidationError`` when it is another quiz's. 1 query, 2 for a translation."""
        if self.source.pk != self.pk and self.slug != self.source.slug:
            raise ValidationError({"slug": _("Een vertaling heeft het adres van het origineel.")})
        others = Quiz.objects.filter(slug=self.slug).exclude(translation_key=self.translation_key)
        if others.exists():
            raise ValidationError({"slug": _("Een andere quiz heeft dit adres al.")})

    @cached_property
    def source(self) -> Quiz:
        """The quiz that this one translates; itself when it is no translation.

        No query for a quiz in the site's own language when its locale is there, else 1.
        """
        if self.locale_id is None or self.locale.language_code == settings.LANGUAGE_CODE:
            return self
        shared = Quiz.objects.filter(translation_key=self.translation_key)
        return shared.filter(locale__language_code=settings.LANGUAGE_CODE).first() or self

    @property
    def content_language(self) -> str:
        """In which it is written: as the editor said, and of a translation its own."""
        return self.language if self.source.pk == self.pk else self.locale.language_code

    def copy_for_translation(self, locale: Any, exclude_fields: list[str] | None = None) -> Any:
        """Wagtail's; with a key of its own."""
        return super().copy_for_translation(locale, exclude_fields=[*(exclude_fields or []), "key"])

    @property
    def revisions(self) -> Any:
        return self._revisions

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        return PREVIEW_MODES

    def get_preview_template(self, request: Any, mode_name: str) -> str:
        return preview_template(mode_name)

    def serve_preview(self, request: Any, mode_name: str) -> Any:
        response = super().serve_preview(request, mode_name)
        with speaking(self.content_language):
            response.render()
        # The editor shows it in a frame of our own origin; nobody else may.
        response._csp_replace = {"frame-ancestors": ["'self'"]}
        return response

    def get_preview_context(self, request: Any, mode_name: str) -> dict[str, Any]:
        return {"request": request, **preview_context(self, mode_name)}


class Question(TranslatableMixin, Orderable):  # type: ignore[misc]
    """One question of a quiz. What kind it is, is the one block in ``body``."""

    quiz = ParentalKey(Quiz, on_delete=models.CASCADE, related_name="questions")
    key = models.UUIDField(default=uuid.uuid4)
    # Of a copy from the question bank: the question it was made of, and that one's quiz.
    copied_from = models.UUIDField(null=True, blank=True)
    copied_from_quiz = models.UUIDField(null=True, blank=True)
    section = models.CharField(
        _("tussenkop"),
        max_length=200,
        blank=True,
        help_text=_("Staat boven deze vraag. Hier begint een nieuw deel."),
    )
    body = StreamField(
        [(name, question_type.block()) for name, question_type in QUESTION_TYPES.items()],
        verbose_name=_("vraag"),
        min_num=1,
        max_num=1,
    )

    class Meta(Orderable.Meta):
        verbose_name = _("vraag")
        verbose_name_plural = _("vragen")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["quiz", "key"], name="quizzes_question_unique_key"),
            models.UniqueConstraint(
                fields=["translation_key", "locale"], name="quizzes_question_unique_language"
            ),
        ]


class Edition(models.Model):
    """A quiz as learners saw it from one moment on: numbered, complete, never changed.

    A correction of spelling is an edition as well. ``corrects`` is the one that attempts
    point at, and whose words it replaces for who is under way; nothing points at a
    correction.

    A translation's editions are numbered along with those of the quiz that it translates,
    so that a number says which words a learner has, and all attempts are at one quiz.
    """

    quiz = models.ForeignKey(Quiz, on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField()
    # What it was made of, when that is a translation of ``quiz``.
    translation = models.ForeignKey(
        Quiz, on_delete=models.PROTECT, null=True, blank=True, related_name="editions_in_language"
    )
    content = models.JSONField()  # see quizzes/editions.py for its shape
    corrects = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="corrections"
    )
    published_at = models.DateTimeField(auto_now_add=True)
    # Nobody for what a package or the clock published.
    published_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects: ClassVar[models.Manager[Edition]] = EditionQuerySet.as_manager()

    class Meta:
        ordering = ["quiz", "-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["quiz", "number"], name="quizzes_edition_unique"),
            models.CheckConstraint(
                name="quizzes_edition_corrects_another",
                condition=models.Q(corrects__isnull=True) | ~models.Q(corrects=models.F("id")),
            ),
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise ImmutableEditionError(self.pk)
        super().save(*args, **kwargs)


class Attempt(models.Model):
    """One learner's go at one quiz. Marks are kept, never worked out again.

    An editor may change the quiz later; what a learner was told on the day must not
    change under them. ``key`` is made by the browser, so that a first answer whose
    reply got lost does not start a second attempt.
    """

    key = models.UUIDField(unique=True)
    # Empty once the learner was erased: what stays are numbers (``forgetting``).
    learner = models.ForeignKey(
        Learner, null=True, blank=True, on_delete=models.CASCADE, related_name="attempts"
    )
    quiz = models.ForeignKey(Quiz, on_delete=models.PROTECT, related_name="attempts")
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="attempts")
    # Which one it is of this learner, from 1, where the kind of quiz counts them.
    number = models.PositiveSmallIntegerField(null=True, blank=True)
    question_count = models.PositiveSmallIntegerField()
    answered_count = models.PositiveSmallIntegerField(default=0)
    won = models.PositiveSmallIntegerField(default=0)
    available = models.PositiveSmallIntegerField()
    started_at = models.DateTimeField(auto_now_add=True)
    submitted_at = models.DateTimeField(null=True, blank=True)

    # Which edition has its words; there after ``with_wording``.
    shown_id: int

    objects: ClassVar[models.Manager[Attempt]] = AttemptQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["learner", "quiz", "-id"], name="quizzes_attempt_newest"),
        ]
        constraints: ClassVar = [
            # Two phones may start one in the same second.
            models.UniqueConstraint(
                fields=["learner", "quiz", "number"], name="quizzes_attempt_unique_number"
            ),
            models.CheckConstraint(
                name="quizzes_attempt_counts",
                condition=models.Q(answered_count__lte=models.F("question_count"))
                & models.Q(won__lte=models.F("available")),
            ),
            models.CheckConstraint(
                name="quizzes_attempt_submitted_when_complete",
                condition=models.Q(submitted_at__isnull=True)
                | models.Q(answered_count=models.F("question_count")),
            ),
        ]


class Answer(models.Model):
    """What a learner answered to one question, at one moment. Appended, never rewritten.

    ``key`` is made by the browser before sending: a repeat is recognised by it. One
    answer per question counts (``is_current``); a later one, from another tab, is kept
    as history.
    """

    attempt = models.ForeignKey(
        Attempt, on_delete=models.CASCADE, related_name="answers", db_index=False
    )
    key = models.UUIDField()
    question_key = models.UUIDField()
    given = models.JSONField()  # quizzes.grading.Given.as_json
    won = models.PositiveSmallIntegerField()
    available = models.PositiveSmallIntegerField()
    is_current = models.BooleanField(default=True)
    created_at = models.DateTimeField()

    objects: ClassVar[models.Manager[Answer]] = AnswerQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["attempt", "key"], name="quizzes_answer_unique_key"),
            models.UniqueConstraint(
                fields=["attempt", "question_key"],
                condition=models.Q(is_current=True),
                name="quizzes_answer_one_counts",
            ),
            models.CheckConstraint(
                name="quizzes_answer_won", condition=models.Q(won__lte=models.F("available"))
            ),
        ]
