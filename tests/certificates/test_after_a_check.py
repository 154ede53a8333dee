"""What the page with the result of a check says about the certificate."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.cookies import signer
from accounts.models import Learner, User
from certificates.actions import claim_certificate
from certificates.models import Certificate
from certificates.paths import Path
from lessons.models import LessonPackagePage
from progress.models import LessonProgress
from quizzes.models import Attempt
from tests.conftest import browser
from tests.factories.accounts import UserFactory
from tests.factories.certificates import (
    SLUG,
    another_lesson,
    do_check,
    finish_lessons,
    make_path,
)

pytestmark = pytest.mark.django_db
PATH = f"/certificaten/{SLUG}/"


@pytest.fixture
def path() -> Path:
    return make_path()


@pytest.fixture
def learner() -> Learner:
    return Learner.objects.create()


def device(learner: Learner, user: User | None = None) -> Client:
    client = browser()
    client.cookies["learner"] = signer().sign(f"{learner.pk}.{learner.epoch}")
    if user is not None:
        client.force_login(user)
    return client


def address(attempt: Attempt) -> str:
    return reverse("quizzes:result", args=[attempt.quiz.slug, attempt.key])


def result(attempt: Attempt, user: User | None = None) -> str:
    response = device(attempt.learner, user).get(address(attempt))
    assert response.status_code == 200
    return response.content.decode()


def test_who_did_all_without_an_account_reads_where_the_certificate_is(
    path: Path, learner: Learner
) -> None:
    finish_lessons(learner, path)
    page = result(do_check(learner, path))
    assert "Je hebt alles gedaan: haal je certificaat" in page
    assert "Je hebt er een account voor nodig." in page
    assert f'href="{PATH}"' in page


def test_who_did_all_and_is_signed_in_needs_no_other_account(path: Path, learner: Learner) -> None:
    finish_lessons(learner, path)
    page = result(do_check(learner, path), UserFactory())
    assert "Je hebt alles gedaan: haal je certificaat" in page
    assert "account voor nodig" not in page


def test_who_has_lessons_to_do_reads_which(path: Path, learner: Learner) -> None:
    finish_lessons(learner, path)
    another_lesson(path)
    page = result(do_check(learner, path))
    assert "Nog te doen voor je certificaat" in page
    assert f'<a href="/lessen/{SLUG}/les-twee/"' in page
    assert f'<a href="/lessen/{SLUG}/{path.lessons[0].slug}/"' not in page
    assert '/q/kleine-quiz/"' not in page.split("Nog te doen")[1].split("</section>")[0]
    assert "haal je certificaat</h2>" not in page


def test_what_was_done_on_another_device_counts_for_who_is_signed_in(
    path: Path, learner: Learner
) -> None:
    user = UserFactory()
    finish_lessons(Learner.objects.create(user=user), path)
    attempt = do_check(learner, path)
    assert "Nog te doen" in result(attempt)
    assert "Nog te doen" in result(attempt, UserFactory())
    assert "Je hebt alles gedaan" in result(attempt, user)


def test_work_of_the_account_does_not_count_on_a_device_of_somebody_else(path: Path) -> None:
    user = UserFactory()
    finish_lessons(Learner.objects.create(user=user), path)
    theirs = Learner.objects.create(user=UserFactory())
    assert "Nog te doen" in result(do_check(theirs, path), user)


def test_who_has_the_certificate_is_led_to_it(path: Path, learner: Learner) -> None:
    user = UserFactory()
    Learner.objects.filter(pk=learner.pk).update(user=user)
    finish_lessons(learner, path)
    attempt = do_check(learner, path)
    made = claim_certificate(user=user, path=path, name="Noor", now=timezone.now())
    page = result(attempt, user)
    assert "Je hebt een certificaat" in page
    assert f"/mijn-certificaten/{made.public_id}/" in page
    assert made.public_id not in result(attempt)


def test_a_check_that_was_not_passed_says_nothing_of_a_certificate(
    path: Path, learner: Learner
) -> None:
    finish_lessons(learner, path)
    page = result(do_check(learner, path, won=1))
    assert "Nog niet gehaald." in page
    assert "certificaat" not in page.lower()


@pytest.mark.parametrize("why", ["gives none", "is offline"])
def test_a_check_of_no_path_says_nothing_of_a_certificate(
    path: Path, learner: Learner, why: str
) -> None:
    """A pupil passes a check in an ordinary package."""
    finish_lessons(learner, path)
    attempt = do_check(learner, path)
    package = LessonPackagePage.objects.get(slug=SLUG)
    if why == "is offline":
        package.unpublish()
    else:
        package.certificate_months = 0
        package.save_revision().publish()
    assert "certificaat" not in result(attempt).lower()


def test_looking_stores_nothing(path: Path, learner: Learner) -> None:
    finish_lessons(learner, path)
    result(do_check(learner, path), UserFactory())
    assert not Certificate.objects.exists()
    learner.refresh_from_db()
    assert learner.user is None


def test_it_takes_as_many_queries_for_one_lesson_as_for_two(
    path: Path, learner: Learner, settings: Any, django_assert_num_queries: Any
) -> None:
    """2 for the result, 3 to find the path, 2 to read it, 1 for the learner, 4 for the work."""
    settings.LESSON_RECHECK_SECONDS = 60
    finish_lessons(learner, path)
    attempt = do_check(learner, path)
    client = device(learner)
    client.get(address(attempt))
    with django_assert_num_queries(12):
        client.get(address(attempt))
    second = another_lesson(path)
    LessonProgress.objects.create(
        learner=learner, lesson_key=second.key, completed_at=timezone.now()
    )
    with django_assert_num_queries(12):
        client.get(address(attempt))


def test_a_check_in_an_ordinary_package_costs_three_queries_more(
    path: Path, learner: Learner, settings: Any, django_assert_num_queries: Any
) -> None:
    settings.LESSON_RECHECK_SECONDS = 60
    LessonPackagePage.objects.filter(slug=SLUG).update(certificate_months=0)
    passed, failed = do_check(learner, path), do_check(learner, path, won=0)
    client = device(learner)
    client.get(address(passed))
    with django_assert_num_queries(2):
        client.get(address(failed))
    with django_assert_num_queries(5):
        client.get(address(passed))
