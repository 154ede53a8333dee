"""What must be looked at again, as editors see it."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.forms.models import model_to_dict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from accounts.models import User
from helplines.models import Helpline
from lessons.claims import every_claim, uses_of
from lessons.models import CataloguePage, LessonPackagePage, LessonPage
from quizzes.models import Quiz
from tests.factories.lessons import add_package, make_helpline

pytestmark = pytest.mark.django_db
REPORT = "freshness_report"


def change_source(package: LessonPackagePage, **values: Any) -> None:
    for block in package.sources:
        block.value.update(values)
    package.save_revision().publish()


@pytest.fixture
def overdue(package: LessonPackagePage) -> LessonPackagePage:
    today = timezone.localdate()
    change_source(package, check_by=today - timedelta(days=10), checked_on=date(2026, 1, 1))
    return package


def package_form(package: LessonPackagePage, **source: str) -> dict[str, Any]:
    """The editor's form with publish pressed; ``source`` changes the first source."""
    fields = (
        "title", "slug", "big_idea", "audience", "age_from", "age_to", "level", "minutes",
        "language_level", "licence", "version", "review_by", "review_owner", "made_by",
        "group_form", "needs_devices", "sensitivity", "certificate_months",
    )  # fmt: skip
    sources = [("source", dict(block.value)) for block in package.sources]
    sources[0][1].update(source)
    return nested_form_data(
        {
            **{name: getattr(package, name) for name in fields},
            **{name: rich_text("<p>Tekst</p>") for name in ("summary", "before", "disclosure")},
            **dict.fromkeys(
                ("goals", "curriculum_goals", "forms", "checked_by", "school_types"),
                streamfield([]),
            ),
            "sources": streamfield(sources),
            "action-publish": "x",
        }
    )


def test_the_report_says_what_is_overdue_and_what_depends_on_it(
    editor_client: Client, overdue: LessonPackagePage, lesson: LessonPage
) -> None:
    page = editor_client.get(reverse(REPORT), {"within": "overdue"})
    source = overdue.sources[0]
    shown = {row.claim.name: row for row in page.context["object_list"]}
    row = shown[source.value["id"]]
    assert row.edit_url.endswith(f"/{overdue.pk}/edit/#:w:contentpath=sources.{source.id}")
    quiz = Quiz.objects.get()
    assert {(use.kind, use.pk) for use in row.uses} == {("lesson", lesson.pk), ("quiz", quiz.pk)}
    assert next(use.questions for use in row.uses if use.kind == "quiz")
    assert reverse("wagtailadmin_pages:edit", args=[lesson.pk]) in page.text
    assert page.context["work"][-1].overdue


def test_a_helpline_is_used_where_cards_questions_and_the_end_of_a_quiz_name_it(
    package: LessonPackagePage, lesson: LessonPage
) -> None:
    quiz = Quiz.objects.get()
    claims = [claim for claim in every_claim() if claim.kind == "helpline"]
    found = {(use.kind, use.pk) for uses in uses_of(claims).values() for use in uses}
    assert found == {("lesson", lesson.pk), ("quiz", quiz.pk)}


def test_the_number_of_queries_does_not_grow_with_the_rows(
    editor_client: Client, overdue: LessonPackagePage
) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert editor_client.get(reverse(REPORT)).status_code == 200
        return len(queries)

    count()  # content types
    before = count()
    for number in range(8):
        add_package(
            CataloguePage.objects.get(), number, sources=list(overdue.sources.get_prep_value())
        )
        make_helpline(f"lijn-{number}")
    assert count() == before


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_report_leaves_as_a_file_without_formulas(
    editor_client: Client, overdue: LessonPackagePage, kind: str
) -> None:
    change_source(overdue, title="=1+1")
    file = editor_client.get(reverse(REPORT), {"export": kind}).getvalue()
    if kind == "csv":
        cells = [cell for row in csv.reader(StringIO(file.decode())) for cell in row]
    else:
        sheet = load_workbook(BytesIO(file)).active
        cells = [cell.value for row in sheet.iter_rows() for cell in row]
    assert "'=1+1" in cells
    assert "Waar gebruikt" in cells


def test_the_dashboard_counts_what_is_overdue_and_leads_there(
    editor_client: Client, overdue: LessonPackagePage
) -> None:
    count = sum(claim.is_overdue(timezone.localdate()) for claim in every_claim())
    page = editor_client.get(reverse("wagtailadmin_home"))
    assert count >= 1
    assert f"{count} gegeven" in page.text
    assert f'{reverse(REPORT)}?within=overdue"' in page.text


def test_only_who_writes_pages_sees_it(
    client: Client, teacher: User, editor_client: Client
) -> None:
    """Also not somebody who may enter the admin for something else."""
    may_enter = Permission.objects.get(codename="access_admin")
    teacher.user_permissions.add(may_enter)
    client.force_login(teacher)
    assert "gegeven" not in client.get(reverse("wagtailadmin_home")).text
    for name in (REPORT, "freshness_report_results"):
        refused = client.get(reverse(name))
        assert refused.status_code in {302, 403}
        assert editor_client.get(reverse(name)).status_code == 200


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_an_editor_reads_above_lesson_and_package_what_is_overdue(
    editor_client: Client, overdue: LessonPackagePage, lesson: LessonPage
) -> None:
    def text(page: Any) -> str:
        return editor_client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).text

    Helpline.objects.update(checked_on=timezone.localdate())
    for page in (lesson, overdue):
        assert "freshness__overdue" in text(page)
    change_source(overdue, check_by=date(2099, 1, 1))
    assert "freshness__overdue" not in text(lesson)
    assert "freshness__overdue" not in text(overdue)
    assert "Waar staat elke bron?" in text(overdue)


def test_a_helpline_says_where_it_is_used_before_and_after_a_change(
    admin_client: Client, package: LessonPackagePage, lesson: LessonPage
) -> None:
    helpline = Helpline.objects.get()
    url = reverse("wagtailsnippets_helplines_helpline:edit", args=[helpline.pk])
    assert reverse("wagtailadmin_pages:edit", args=[lesson.pk]) in admin_client.get(url).text
    values = {**model_to_dict(helpline), "languages": "[]", "phone": "0800-1111"}
    after = admin_client.post(url, values, follow=True)
    assert Helpline.objects.get().phone == "0800-1111"
    assert "Lees na of dit nog klopt:" in after.text
    assert lesson.title in after.text


def test_publishing_another_date_names_what_rests_on_that_source(
    admin_client: Client, package: LessonPackagePage, lesson: LessonPage
) -> None:
    url = reverse("wagtailadmin_pages:edit", args=[package.pk])
    same = admin_client.post(url, package_form(package), follow=True)
    assert "Lees na of dit nog klopt:" not in same.text
    changed = package_form(package, check_by="2031-01-01")
    after = admin_client.post(url, changed, follow=True)
    assert "Lees na of dit nog klopt:" in after.text
    assert lesson.title in after.text


@pytest.mark.parametrize(("late", "told"), [(179, False), (180, True)])
def test_readers_are_told_soberly_after_half_a_year(
    client: Client, package: LessonPackagePage, late: int, told: bool
) -> None:
    day = timezone.localdate() - timedelta(days=late)
    change_source(package, check_by=day, checked_on=day - timedelta(days=1))
    for name in ("lessons:package", "lessons:package_guide"):
        page = client.get(reverse(name, args=[package.slug]))
        assert ("Niet elke bron is op tijd" in page.text) is told
