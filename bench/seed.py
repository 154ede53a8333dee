"""Fills a database for the bench: a thousand packages, a class of 30 × 40, millions of answers.

Run as ``python -m bench.seed`` in the bench's environment, after ``manage.py prepare``.
Writes what the bench must know as JSON.
"""

from __future__ import annotations

import copy
import json
import os
import sys
from datetime import timedelta
from uuid import uuid4

import django

from bench.works import KINDS

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth import (  # noqa: E402
    BACKEND_SESSION_KEY,
    HASH_SESSION_KEY,
    SESSION_KEY,
)
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.utils import timezone  # noqa: E402
from wagtail.models import Locale  # noqa: E402
from wagtail.signal_handlers import disable_reference_index_auto_update  # noqa: E402

from accounts.cookies import signer  # noqa: E402
from accounts.models import Learner, User  # noqa: E402
from classrooms.actions import create_classroom, join_classroom  # noqa: E402
from classrooms.models import Assignment, Classroom  # noqa: E402
from lessons.models import (  # noqa: E402
    SCHOOL_TYPES,
    CataloguePage,
    LessonPackagePage,
    LessonPage,
)
from organisations.models import Organisation, Role  # noqa: E402
from quizzes.models import Edition, Quiz  # noqa: E402
from quizzes.queries import get_edition  # noqa: E402
from quizzes.question_types.base import FORMS_OF_EXPLOITATION  # noqa: E402
from tests.durability import seed as small_quiz  # noqa: E402
from tests.factories.lessons import add_package  # noqa: E402
from tests.factories.quizzes import make_quiz  # noqa: E402

KINDS_SLUG = "alle-soorten"
# What was translated is counted by its original.
WRITTEN_IN = {"locale__language_code": settings.LANGUAGE_CODE}
QUIZZES = 40
LEARNERS = int(os.environ.get("BENCH_LEARNERS", "1000"))  # each gives a thousand answers
QUESTIONS = 25
CLASS_SIZE = 30
PACKAGES = 1000  # in the catalogue
JOINABLE = 40  # classes for the joiners: 30 join each

ATTEMPTS = """
    INSERT INTO quizzes_attempt (key, learner_id, quiz_id, edition_id, question_count,
        answered_count, won, available, started_at, submitted_at)
    SELECT {uuid}, learner.id, edition.quiz_id, edition.id, 25, 25, 15, 25, %s, %s
      FROM accounts_learner AS learner CROSS JOIN quizzes_edition AS edition
      JOIN quizzes_quiz AS quiz ON quiz.id = edition.quiz_id
     WHERE quiz.slug LIKE 'bench-%%' AND quiz.slug <> 'bench-origin' AND learner.id >= %s
"""
ANSWERS = """
    INSERT INTO quizzes_answer (attempt_id, key, question_key, given, won, available,
        is_current, created_at)
    SELECT attempt.id, {uuid}, asked.question_key, {given}, asked.won, 1, {true}, %s
      FROM quizzes_attempt AS attempt JOIN bench_asked AS asked
        ON asked.quiz_id = attempt.quiz_id AND asked.turn = (attempt.learner_id + asked.number) %% 4
"""


def fill(statement: str, parameters: list[object]) -> None:
    """Runs one INSERT over many rows in the database's own dialect."""
    is_sqlite = connection.vendor == "sqlite"
    statement = statement.format(
        uuid="lower(hex(randomblob(16)))" if is_sqlite else "gen_random_uuid()",
        given="asked.given" if is_sqlite else "asked.given::jsonb",
        true="1" if is_sqlite else "true",
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)


def make_questions() -> list[dict]:
    """The compiled content of an edition with twenty-five questions of one answer."""
    written = [small_quiz.WrittenQuestion("one_answer", turn) for turn in range(QUESTIONS)]
    quiz = small_quiz.make_quiz("bench-origin")
    small_quiz.publish(quiz, written)
    return Edition.objects.get(quiz=quiz).content


def ask(quiz: Quiz, content: dict) -> list[tuple]:
    """New keys for the questions; what four learners in turn answer to each."""
    rows = []
    for number, question in enumerate(content["questions"]):
        key = uuid4()
        question["key"] = str(key)
        for turn, choice in enumerate(question["choices"]):
            given = json.dumps({"choice": [choice["key"]], "reason": ""})
            stored = key.hex if connection.vendor == "sqlite" else key
            rows.append((quiz.pk, number, turn, stored, given, int(choice["is_right"])))
    return rows


def make_editions(quizzes: list[Quiz]) -> None:
    origin = make_questions()
    asked: list[tuple] = []
    for quiz in quizzes:
        content = copy.deepcopy(origin)
        asked += ask(quiz, content)
        Edition.objects.create(quiz=quiz, number=1, content=content)
    kind = "char(32)" if connection.vendor == "sqlite" else "uuid"
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMPORARY TABLE bench_asked (quiz_id bigint, number integer, turn integer, "
            f"question_key {kind}, given text, won integer)"
        )
        cursor.executemany("INSERT INTO bench_asked VALUES (%s, %s, %s, %s, %s, %s)", asked)


def make_teacher() -> tuple[User, Organisation]:
    teacher = User.objects.create_user(email="bench@example.org", password="bench-bench-bench")
    organisation = Organisation.objects.create(name="Benchschool", confirmed_at=timezone.now())
    Role.objects.create(user=teacher, organisation=organisation, name=Role.Name.TEACHER)
    return teacher, organisation


def session_of(user: User) -> str:
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return str(session.session_key)


def make_matrix(teacher: User, organisation: Organisation) -> tuple[Classroom, list[dict]]:
    """A class of thirty with forty quizzes, among a great many who did them all."""
    now = timezone.now()
    locale = Locale.get_default()
    quizzes = Quiz.objects.bulk_create(
        Quiz(
            slug=f"bench-{number}",
            title=f"Quiz {number}",
            intro="",
            what_you_can_do="",
            locale=locale,
        )
        for number in range(QUIZZES)
    )
    make_editions(quizzes)
    room = create_classroom(
        user=teacher, organisation=organisation, name="3a", now=now,
        join_until=now + timedelta(days=1),
    )  # fmt: skip
    tokens = [join_classroom(code=room.join_code, now=now).token for _ in range(CLASS_SIZE)]
    Learner.objects.bulk_create(Learner() for _ in range(LEARNERS - CLASS_SIZE))
    Assignment.objects.bulk_create(
        Assignment(classroom=room, quiz=quiz, opens_at=now) for quiz in quizzes
    )
    fill(ATTEMPTS, [now, now, min(token.learner_id for token in tokens)])
    fill(ANSWERS, [now])
    people = [
        {"cookie": signer().sign(f"{token.learner_id}.{token.epoch}"), "tag": token.tag}
        for token in tokens
    ]
    return room, people


def make_packages() -> None:
    """Packages of all audiences and ages, beside those that come with the site."""
    catalogue = CataloguePage.objects.get(**WRITTEN_IN)
    audiences = LessonPackagePage.Audience.values
    schools = [name for name, _label in SCHOOL_TYPES]
    forms = [name for name, _label in FORMS_OF_EXPLOITATION]
    image = LessonPackagePage.objects.exclude(image=None).values_list("image", flat=True).first()
    for number in range(PACKAGES - LessonPackagePage.objects.filter(**WRITTEN_IN).count()):
        age = 10 + number % 10
        add_package(
            catalogue,
            number,
            big_idea=f"Wat je ziet op je werk, in de klas en thuis; een eerlijk loon ({number}).",
            summary="<p>" + "Een les over wat je ziet en wat je kunt doen. " * 10 + "</p>",
            audience=audiences[number % 3],
            age_from=age,
            age_to=age + 3,
            image_id=image,
            minutes=10 + number % 12 * 10,
            school_types=[("school_type", name) for name in schools[number % 7 : number % 7 + 3]],
            forms=[("form", forms[number % len(forms)])],
            group_form=("group", "alone", "either")[number % 3],
            needs_devices=number % 2 == 0,
            sensitivity=("low", "some", "high")[number % 3],
            curriculum_goals=[("line", f"Kerndoel {number % 9}: iets")],
        )


def every_kind() -> dict[str, dict]:
    """A right answer to a question of each kind, by kind."""
    quiz = make_quiz(KINDS_SLUG)
    edition = get_edition(Edition.objects.get(quiz=quiz).pk)
    found = {}
    for question in edition.questions:
        sent = question.type.example(question.content, is_right=True)
        found[question.content["type"]] = {
            "question": question.key,
            "choice": sent["choice"],
            "reason": sent.get("reason") or None,
        }
    assert set(found) == set(KINDS)
    return found


def main() -> None:
    questions = [
        small_quiz.WrittenQuestion(kind, turn)
        for turn, kind in enumerate(["one_answer", "several_answers", "true_false"] * 4)
    ]
    with transaction.atomic():
        edition = small_quiz.publish(small_quiz.make_quiz(), questions)
        teacher, organisation = make_teacher()
        room, people = make_matrix(teacher, organisation)
        kinds = every_kind()
        with disable_reference_index_auto_update():
            make_packages()
        now = timezone.now()
        codes = [
            create_classroom(
                user=teacher, organisation=organisation, name=f"Klas {number}", now=now,
                join_until=now + timedelta(days=1),
            ).join_code
            for number in range(JOINABLE)
        ]  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        cursor.execute("SELECT count(*) FROM quizzes_answer")
        answers = cursor.fetchone()[0]
    lesson = LessonPage.objects.live().filter(**WRITTEN_IN).order_by("path").first()
    assert lesson is not None
    known = {
        "slug": small_quiz.SLUG,
        "edition": edition,
        "learners": people,
        "session": session_of(teacher),
        "matrix_url": f"/docent/klas/{room.public_id}/",
        "codes": codes,
        "answers_stored": answers,
        "kinds": kinds,
        "kinds_slug": KINDS_SLUG,
        "lesson_url": f"/lessen/{lesson.get_parent().slug}/{lesson.slug}/2/",
    }
    shown = (
        Quiz.objects.filter(**WRITTEN_IN)
        .exclude(slug__startswith="bench-")
        .exclude(slug__in=[small_quiz.SLUG, KINDS_SLUG])
    )
    known["quiz_slug"] = shown.order_by("pk").values_list("slug", flat=True)[0]
    sys.stdout.write(json.dumps(known) + "\n")


if __name__ == "__main__":
    main()
