"""The list of packages, and what a teacher reads before choosing one. Public."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.cookies import learner_token
from lessons.catalogue import find_packages, shelf
from lessons.catalogue_rendering import catalogue_page
from lessons.claims import dates_of_sources
from lessons.freshness import long_overdue
from lessons.learning_resource import learning_resource
from lessons.models import LessonPackagePage
from lessons.queries import lessons_of, materials_of, published_package, quizzes_of


@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    """Packages by words and choices. No query when warm, at most 3."""
    packages = shelf()
    wish = packages.wish(request.GET)
    found = find_packages(packages, wish)
    path, is_known = request.get_full_path(), learner_token(request) is not None
    return HttpResponse(catalogue_page(packages, wish, found, path=path, is_known=is_known))


def package_or_404(slug: str) -> LessonPackagePage:
    try:
        return published_package(slug)
    except LessonPackagePage.DoesNotExist as error:
        raise Http404 from error


@require_safe
def package(request: HttpRequest, package: str) -> HttpResponse:
    """Everything about one package on one screen, always in the same order. 3 queries."""
    context = package_context(package)
    materials = materials_of(context["lessons"])
    description = learning_resource(context["page"], context["lessons"])
    more = {"materials": materials, "description": description}
    return render(request, "lessons/lesson_package_page.html", {**context, **more})


@require_safe
def package_guide(request: HttpRequest, package: str) -> HttpResponse:
    """What a teacher arranges beforehand, and what to do when somebody tells something.
    ``?klas=`` says from which class; the guides know whether it is theirs."""
    classroom = request.GET.get("klas", "")
    query = f"?{urlencode({'klas': classroom})}" if classroom else ""
    return render(
        request, "lessons/package_guide.html", {**package_context(package), "query": query}
    )


def package_context(slug: str) -> dict[str, Any]:
    page = package_or_404(slug)
    lessons = lessons_of(page)
    is_long_overdue = long_overdue(
        dates_of_sources(page),
        today=timezone.localdate(),
        days=settings.SHOW_OVERDUE_TO_READERS_AFTER_DAYS,
    )
    return {
        "page": page,
        "lessons": lessons,
        "quizzes": quizzes_of(lessons),
        "is_long_overdue": is_long_overdue,
    }
