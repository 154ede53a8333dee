"""The cast: who plays in the tests. The classmate and the other teacher must fail
wherever the learner and the teacher succeed."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.utils import translation

from accounts.models import User
from awareness.queries import clear_memory as forget_local_texts
from classrooms.actions import Joined
from classrooms.models import Classroom
from lessons import catalogue, catalogue_rendering
from lessons import rendering as lesson_rendering
from lessons.models import LessonPackagePage, LessonPage
from organisations.models import Organisation
from quizzes import group, links, step_rendering
from quizzes import rendering as quiz_rendering
from quizzes.models import Quiz
from quizzes.queries import clear_memory
from signals.models import Signal
from signals.queries import clear_memory as forget_signals
from tests.factories.accounts import UserFactory, enter
from tests.factories.classrooms import enrol, make_classroom, sign_in_learner
from tests.factories.lessons import publish_small_package
from tests.factories.organisations import OrganisationFactory, make_teacher
from tests.factories.quizzes import publish_quiz
from tests.factories.signals import make_signal
from tests.prepared import prepared_sqlite

IN_MEMORY = "file:tests?mode=memory&cache=shared"  # the threads of one process share it
pytest_plugins = ["tests.suites", "tests.sharing_out", "tests.journeys.stage"]


if connection.vendor == "sqlite":

    @pytest.fixture(scope="session")
    def django_db_setup(django_test_environment: None, django_db_blocker: Any) -> None:
        """The test database, in memory, as a copy of a file that was migrated once."""
        with django_db_blocker.unblock():
            connection.close()
            connection.settings_dict["NAME"] = IN_MEMORY
            connection.ensure_connection()
            with closing(sqlite3.connect(prepared_sqlite())) as prepared:
                prepared.backup(connection.connection)


@pytest.fixture(autouse=True)
def _in_dutch() -> None:
    """A request in another language leaves that language behind in its thread."""
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture(autouse=True)
def _fresh_memory() -> None:
    """What the site keeps in memory between requests does not outlive a test."""
    clear_memory()
    lesson_rendering.clear_memory()
    quiz_rendering.clear_memory()
    step_rendering.clear_memory()
    group.clear_memory()
    links.clear_memory()
    forget_signals()
    forget_local_texts()
    catalogue.clear_memory()
    catalogue_rendering.clear_memory()


def browser(**cookies: str) -> Client:
    """A client that says where it comes from, as every browser does."""
    client = Client(headers={"origin": "http://testserver"})
    for name, value in cookies.items():
        client.cookies[name] = value
    return client


def signed_in(user: User) -> Client:
    return enter(browser(), user)


@pytest.fixture
def client() -> Client:
    return browser()


@pytest.fixture
def quiz(db: Any) -> Quiz:
    """Published, with a question of every type."""
    publish_quiz()
    return Quiz.objects.get(slug="wat-denk-jij")


@pytest.fixture
def package(db: Any) -> LessonPackagePage:
    publish_small_package()
    return LessonPackagePage.objects.get()


@pytest.fixture
def lesson(package: LessonPackagePage) -> LessonPage:
    return LessonPage.objects.child_of(package).first()


@pytest.fixture
def signal(db: Any) -> Signal:
    """Published: "Meer telefoons", at /signalen/meer-telefoons/."""
    return make_signal()


@pytest.fixture
def organisation(db: Any) -> Organisation:
    return OrganisationFactory(name="De Brug")


@pytest.fixture
def teacher(organisation: Organisation) -> User:
    return make_teacher(organisation=organisation, email="docent@debrug.example", name="Noa")


@pytest.fixture
def other_teacher(db: Any) -> User:
    """Of another school."""
    return make_teacher(email="ander@school.example")


@pytest.fixture
def editor(db: Any) -> User:
    user = UserFactory(email="redactie@doorzien.example")
    user.groups.add(Group.objects.get(name="Editors"))
    return user


@pytest.fixture
def admin_user(db: Any) -> User:
    return UserFactory(email="beheer@doorzien.example", is_staff=True, is_superuser=True)


@pytest.fixture
def classroom(teacher: User) -> Classroom:
    return make_classroom(teacher=teacher)


@pytest.fixture
def learner(classroom: Classroom) -> Joined:
    return enrol(classroom)


@pytest.fixture
def classmate(classroom: Classroom) -> Joined:
    return enrol(classroom)


@pytest.fixture
def learner_client(learner: Joined) -> Client:
    return sign_in_learner(browser(), learner)


@pytest.fixture
def classmate_client(classmate: Joined) -> Client:
    return sign_in_learner(browser(), classmate)


@pytest.fixture
def teacher_client(teacher: User) -> Client:
    return signed_in(teacher)


@pytest.fixture
def other_teacher_client(other_teacher: User) -> Client:
    return signed_in(other_teacher)


@pytest.fixture
def editor_client(editor: User) -> Client:
    return signed_in(editor)


@pytest.fixture
def admin_client(admin_user: User) -> Client:
    return signed_in(admin_user)


@pytest.fixture
def sign_in() -> Callable[[User], Client]:
    return signed_in
