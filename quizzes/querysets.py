from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models.functions import Coalesce

from quizzes.bank import folded


def _wording(editions: models.QuerySet, edition_id: str) -> Coalesce:
    """The newest correction of the edition with this number, or the edition itself."""
    newest = editions.filter(corrects=models.OuterRef(edition_id)).order_by("-number")
    return Coalesce(models.Subquery(newest.values("pk")[:1]), models.F(edition_id))


class AttemptQuerySet(models.QuerySet):
    def with_wording(self) -> AttemptQuerySet:
        """With ``shown_id``: the edition that has the words of each attempt's questions."""
        edition: Any = self.model._meta.get_field("edition").related_model
        return self.annotate(shown_id=_wording(edition.objects.all(), "edition_id"))

    def by(self, learner_id: int, epoch: int) -> AttemptQuerySet:
        """The attempts of the learner whose cookie this is, if it was not ended since."""
        return self.filter(learner_id=learner_id, learner__epoch=epoch)

    def submitted(self) -> AttemptQuerySet:
        return self.filter(submitted_at__isnull=False)

    def open(self) -> AttemptQuerySet:
        return self.filter(submitted_at__isnull=True)


class AnswerQuerySet(models.QuerySet):
    def counted(self) -> AnswerQuerySet:
        """The one answer per question that the mark was made of."""
        return self.filter(is_current=True)


class EditionQuerySet(models.QuerySet):
    def made_of(self, quiz: Any) -> EditionQuerySet:
        """Those of this quiz in its own language, or of this translation."""
        return self.filter(
            models.Q(quiz=quiz, translation__isnull=True) | models.Q(translation=quiz)
        )

    def shown_in(self, language: str) -> EditionQuerySet:
        """What is online, with ``is_translated``: those in this language and those of the source.

        A quiz that is offline is so in every language.
        """
        return self.filter(
            models.Q(translation__isnull=True)
            | models.Q(translation__live=True, translation__locale__language_code=language),
            quiz__live=True,
        ).annotate(is_translated=models.Q(translation__isnull=False))

    def newest(self) -> EditionQuerySet:
        return self.order_by("-number")

    def for_attempts(self) -> EditionQuerySet:
        """Those that an attempt can point at: no corrections."""
        return self.filter(corrects__isnull=True)

    def with_wording(self) -> EditionQuerySet:
        """With ``shown_id``: the newest correction of each, or itself."""
        return self.annotate(shown_id=_wording(self.model._default_manager.all(), "pk"))


class BankQuestionQuerySet(models.QuerySet):
    def holding(self, words: str) -> BankQuestionQuerySet:
        """With each of these words anywhere in it; capitals and accents do not matter."""
        found = self
        for word in folded(words).split():
            found = found.filter(words__contains=word)
        return found

    def copied(self) -> BankQuestionQuerySet:
        """Those that stand in more than one quiz, as one was copied from the other."""
        shared = (
            self.model._default_manager.values("origin")
            .annotate(quizzes=models.Count("quiz", distinct=True))
            .filter(quizzes__gt=1)
        )
        return self.filter(origin__in=shared.values("origin"))


class QuizCommentQuerySet(models.QuerySet):
    def threads(self) -> QuizCommentQuerySet:
        """Comments, without the replies to them."""
        return self.filter(parent__isnull=True)

    def open(self) -> QuizCommentQuerySet:
        return self.filter(parent__isnull=True, resolved_at__isnull=True)

    def with_replies(self) -> QuizCommentQuerySet:
        """With who wrote and who resolved, and all replies. 1 query more."""
        replies = self.model._default_manager.select_related("user")
        people = self.select_related("user", "resolved_by")
        return people.prefetch_related(models.Prefetch("replies", queryset=replies))
