"""The question bank: every question as its quiz's newest draft has it, to be searched."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from quizzes.querysets import BankQuestionQuerySet
from quizzes.question_types import QUESTION_TYPES
from quizzes.question_types.base import FORMS_OF_EXPLOITATION


class BankQuestion(models.Model):
    """One question of one quiz. Made again whenever a draft is saved; nobody edits it here."""

    quiz = models.ForeignKey(
        "quizzes.Quiz", on_delete=models.CASCADE, related_name="bank_questions"
    )
    key = models.UUIDField()
    number = models.PositiveSmallIntegerField(_("nummer"))
    # The first question that this one was copied from, or itself: what it is the same as.
    origin = models.UUIDField(db_index=True)
    kind = models.CharField(_("soort"), max_length=40)
    prompt = models.TextField(_("vraag"))
    words = models.TextField()  # folded; see quizzes.bank
    signal = models.CharField(_("signaal"), max_length=255)
    form = models.CharField(_("vorm van uitbuiting"), max_length=20)
    beliefs = models.TextField(_("overtuigingen"))  # one per line
    body = models.JSONField()

    objects: ClassVar[models.Manager[BankQuestion]] = BankQuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("vraag uit de vragenbank")
        verbose_name_plural = _("vragenbank")
        ordering = ["quiz__title", "quiz", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["quiz", "key"], name="quizzes_bank_unique_key"),
        ]

    def __str__(self) -> str:
        return self.prompt

    @property
    def kind_label(self) -> Any:
        return QUESTION_TYPES[self.kind].label

    @property
    def form_label(self) -> Any:
        return dict(FORMS_OF_EXPLOITATION).get(self.form, "")

    def get_stream(self) -> Any:
        """The question's stream, as the editor's form and the previews have it. No query."""
        field = self._meta.apps.get_model("quizzes", "Question")._meta.get_field("body")
        return field.to_python(self.body)
