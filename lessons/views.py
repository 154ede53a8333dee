"""The list of packages, and what a teacher reads before choosing one. Public."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from accounts.cookies import learner_token
from lessons.catalogue import Catalogue, find_packages, shelf
from lessons.catalogue_rendering import cards, in_frame, page_numbers
from lessons.forms import AGE_GROUPS, CatalogueForm, Wish
from lessons.models import LessonPackagePage
from lessons.queries import lessons_of, published_package, quizzes_of


@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    """Packages by audience, age and words. No query when warm, at most 3."""
    form = CatalogueForm(request.GET)
    wish = Wish.of(form)
    groups = {name: (low, high) for name, (low, high, _label) in AGE_GROUPS.items()}
    packages = shelf()
    found = find_packages(
        packages.packages,
        text=wish.text,
        audience=wish.audience,
        ages=groups.get(wish.age_group),
        page=wish.page,
        age_groups=groups,
    )
    context = {
        "wish": wish,
        "found": found,
        "cards": cards(packages, found.packages),
        "facets": facets(wish, found),
        "pages": [
            (number, wish.address(pagina=number) if number else "")
            for number in page_numbers(found)
        ],
    }
    if found.page > 1:
        context["previous"] = wish.address(pagina=found.page - 1)
    if found.page < found.page_count:
        context["next"] = wish.address(pagina=found.page + 1)
    results = render_to_string("lessons/_catalogue.html", context)
    is_known = learner_token(request) is not None
    return HttpResponse(in_frame(results, request.get_full_path(), is_known=is_known))


def facets(wish: Wish, found: Catalogue) -> list[dict[str, Any]]:
    """The choices with their addresses; choosing one again takes it off."""
    audiences = LessonPackagePage.Audience.choices
    ages = [(name, label) for name, (_low, _high, label) in AGE_GROUPS.items()]
    return [
        {
            "name": name,
            "options": [
                {
                    "label": label,
                    "is_on": value == chosen,
                    "count": found.counts[f"{prefix}:{value}"],
                    "address": wish.address(**{field: "" if value == chosen else value}),
                }
                for value, label in choices
            ],
        }
        for name, field, prefix, chosen, choices in (
            ("audience", "doelgroep", "audience", wish.audience, audiences),
            ("age", "leeftijd", "age", wish.age_group, ages),
        )
    ]


def package_or_404(slug: str) -> LessonPackagePage:
    try:
        return published_package(slug)
    except LessonPackagePage.DoesNotExist as error:
        raise Http404 from error


@require_safe
def package(request: HttpRequest, package: str) -> HttpResponse:
    """Everything about one package on one screen, always in the same order. 3 queries."""
    return render(request, "lessons/lesson_package_page.html", package_context(package))


@require_safe
def package_guide(request: HttpRequest, package: str) -> HttpResponse:
    """What a teacher arranges beforehand, and what to do when somebody tells something."""
    return render(request, "lessons/package_guide.html", package_context(package))


def package_context(slug: str) -> dict[str, Any]:
    page = package_or_404(slug)
    lessons = lessons_of(page)
    return {"page": page, "lessons": lessons, "quizzes": quizzes_of(lessons)}
