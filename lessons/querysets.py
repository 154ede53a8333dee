from __future__ import annotations

from django.db.models import Q
from wagtail.query import PageQuerySet


class LessonPackageQuerySet(PageQuerySet):
    def about(self, text: str) -> LessonPackageQuerySet:
        """Every one of these words is in the title, the big idea, the summary or the level."""
        found = self
        for word in text.split():
            found = found.filter(
                Q(title__icontains=word)
                | Q(big_idea__icontains=word)
                | Q(summary__icontains=word)
                | Q(level__icontains=word)
            )
        return found
