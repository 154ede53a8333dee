from __future__ import annotations

from wagtail.query import PageQuerySet


class LessonPackageQuerySet(PageQuerySet):
    def for_age(self, age: int) -> LessonPackageQuerySet:
        return self.filter(age_from__lte=age, age_to__gte=age)
