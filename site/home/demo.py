"""The demo schools: made by the same actions that the site itself uses.

Accounts with passwords that everybody can read, so production settings refuse them.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.models import Group
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.cookies import LearnerToken
from accounts.models import User
from classrooms.actions import assign, create_classroom, join_classroom, open_joining
from classrooms.models import Classroom
from classrooms.preparedness import HelpOnSite
from classrooms.preparing import prepare_classroom
from classrooms.windows import LONGEST_DAYS
from home.actions import SAFETY_REVIEWERS
from lessons.actions import load_package
from lessons.compiled import CompiledLesson
from lessons.models import LessonPackagePage
from lessons.queries import lessons_of, quizzes_of
from lessons.rendering import lesson_pages
from organisations.actions import appoint_coordinator, found_organisation
from organisations.models import Organisation
from progress.actions import finish_step
from quizzes.actions import save_answer
from quizzes.editions import CompiledEdition
from quizzes.queries import newest_edition

PACKAGE = "herken-je-dit"
# One lesson with a recording, to try out; not checked by anybody from the field.
DEMO_PACKAGE = Path(__file__).with_name("demo_package")
LEARNERS = 14
HELP_ON_SITE = HelpOnSite(
    role="de zorgcoördinator",
    place="kamer 12, elke dag na de laatste les",
    aftercare="Je mag altijd de klas uit. Na de les is je docent nog in het lokaal.",
)
SEED = 2026  # the same class on every machine


class DemoNotAllowedError(Exception):
    """These settings refuse accounts whose passwords everybody knows."""


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """Somebody who can sign in to the demo."""

    email: str
    password: str
    name: str
    school: str = ""
    groups: tuple[str, ...] = ()
    coordinates: bool = False
    is_superuser: bool = False


PEOPLE = {
    "teacher": DemoPerson(
        "docent@voorbeeld.example",
        "docent-voorbeeld-1",
        "Sam de Vries",
        "Voorbeeldschool",
        coordinates=True,
    ),
    "other_teacher": DemoPerson(
        "docent@andereschool.example", "docent-voorbeeld-2", "Robin Bakker", "De Andere School"
    ),
    "editor": DemoPerson(
        "redactie@voorbeeld.example",
        "redactie-voorbeeld-1",
        "Noor Jansen",
        groups=("Editors", "Moderators"),
    ),
    "reviewer": DemoPerson(
        "toetser@voorbeeld.example",
        "toetser-voorbeeld-1",
        "Mo Peeters",
        groups=(SAFETY_REVIEWERS,),
    ),
    "admin": DemoPerson(
        "beheer@voorbeeld.example", "beheer-voorbeeld-1", "Beheer", is_superuser=True
    ),
}


def make_person(person: DemoPerson) -> User:
    """The account, as it should be; one that is there keeps its password."""
    user = User.objects.filter(email=person.email).first()
    if user is None:
        make = User.objects.create_superuser if person.is_superuser else User.objects.create_user
        user = make(email=person.email, password=person.password, name=person.name)
        EmailAddress.objects.create(user=user, email=person.email, verified=True, primary=True)
    user.groups.add(*Group.objects.filter(name__in=person.groups))
    if person.school and not user.roles.exists():
        found_organisation(user=user, name=person.school, kind=Organisation.Kind.SCHOOL)
        if person.coordinates:
            appoint_coordinator(role=user.roles.get(), now=timezone.now())
    return user


@dataclass(slots=True)
class DemoLearner:
    """A learner of the demo: how well they know it, and how far they got."""

    token: LearnerToken
    skill: float
    chance: random.Random
    now: datetime

    def do_quiz(self, edition: CompiledEdition, count: int) -> None:
        attempt = uuid4()
        for position, question in enumerate(edition.questions[:count]):
            # Every fourth question is one that the class finds hard.
            skill = self.skill - (0.45 if position % 4 == 2 else 0)
            save_answer(
                token=self.token,
                edition=edition,
                attempt_key=attempt,
                question_key=UUID(question.key),
                answer_key=uuid4(),
                sent=question.type.example(question.content, is_right=self.chance.random() < skill),
                learner_tag=self.token.tag,
                now=self.now,
            )

    def do_lesson(self, lesson: CompiledLesson, quiz: CompiledEdition | None, share: float) -> None:
        """Goes through this share of the steps; answers the quiz where it comes by."""
        for step in lesson.steps[: round(len(lesson.steps) * share)]:
            if step.quiz_ids and quiz is not None:
                self.do_quiz(quiz, quiz.question_count)
            finish_step(token=self.token, lesson=lesson, step=step, now=self.now)


def fill_classroom(
    classroom: Classroom, lessons: list[CompiledLesson], quizzes: list[CompiledEdition]
) -> None:
    """Learners in every state: joined only, half-way, done with one lesson, done with all."""
    chance = random.Random(SEED)  # noqa: S311  (varied, not secret)
    now = timezone.now()
    shares = [0.0, 0.0, 0.3, 0.6, 0.8, 1.0, 1.0, 1.0, 1.2, 1.4, 1.7, 2.0, 2.0, 2.0]
    for share in shares[:LEARNERS]:
        joined = join_classroom(code=classroom.join_code, now=now)
        learner = DemoLearner(joined.token, chance.uniform(0.55, 0.95), chance, now)
        for number, lesson in enumerate(lessons):
            quiz = quizzes[number] if number < len(quizzes) else None
            learner.do_lesson(lesson, quiz, min(1.0, max(0.0, share - number)))


@transaction.atomic
def load_demo() -> dict[str, Any]:
    """Makes what is missing of the demo; returns what ``var/demo.json`` says.

    Raises ``DemoNotAllowedError``, and ``LessonPackagePage.DoesNotExist`` when the starter
    package was not loaded.
    """
    if not getattr(settings, "ALLOW_DEMO", False):
        raise DemoNotAllowedError
    users = {name: make_person(person) for name, person in PEOPLE.items()}
    package = LessonPackagePage.objects.live().get(
        slug=PACKAGE, locale__language_code=settings.LANGUAGE_CODE
    )
    load_package(folder=DEMO_PACKAGE)
    pages = lessons_of(package)
    quizzes = [newest_edition(quiz.slug) for quiz in quizzes_of(pages)]
    classroom = make_demo_classroom(users["teacher"], package)
    if not classroom.enrolments.exists():
        compiled = [lesson_pages(package.slug, page.slug).lesson for page in pages]
        fill_classroom(classroom, compiled, quizzes)
    return {
        **addresses(classroom, package, [page.slug for page in pages], quizzes_of(pages)[0].slug),
        **{name: {"email": p.email, "password": p.password} for name, p in PEOPLE.items()},
    }


def make_demo_classroom(teacher: User, package: LessonPackagePage) -> Classroom:
    """The demo class with the package as its assignment, open as long as a class may be."""
    now = timezone.now()
    until = now + timedelta(days=LONGEST_DAYS)
    classroom = Classroom.objects.filter(teacher=teacher, archived_at=None).first()
    if classroom is None:
        role = teacher.roles.get()
        classroom = create_classroom(
            user=teacher, organisation=role.organisation, name="Klas 2B", join_until=until, now=now
        )
        assign(
            classroom=classroom,
            thing=package,
            now=now,
            user=teacher,
            due_on=timezone.localdate() + timedelta(days=9),
            note="Doe les 1 voor vrijdag. Les 2 doen we samen.",
        )
    elif classroom.join_closes_at < until - timedelta(days=1):
        open_joining(classroom=classroom, until=until, now=now, user=teacher)
    if not classroom.preparations.exists():
        prepare_classroom(classroom=classroom, help_on_site=HELP_ON_SITE, user=teacher)
    return classroom


def addresses(
    classroom: Classroom, package: LessonPackagePage, lessons: list[str], quiz: str
) -> dict[str, Any]:
    """Where everything of the demo is."""
    base = settings.BASE_URL.rstrip("/")
    return {
        "base_url": base,
        "join_code": classroom.shown_code,
        "join_url": f"{base}{reverse('classrooms:join')}#{classroom.shown_code}",
        "package_url": base + reverse("lessons:package", args=[package.slug]),
        "lesson_urls": [
            base + reverse("progress:lesson", args=[package.slug, slug]) for slug in lessons
        ],
        "quiz_url": base + reverse("quizzes:quiz", args=[quiz]),
    }
