"""Two schools with everything in it that a route can be about, and who asks for it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.apps import apps
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.cookies import LearnerToken
from accounts.models import Learner, User
from accounts.tickets import new_ticket
from awareness.queries import clear_memory as forget_local_texts
from certificates.models import Certificate
from classrooms.actions import Joined, assign
from classrooms.models import Assignment, Classroom, Enrolment, Move, TeamInvitation
from classrooms.moving import ask_to_move
from classrooms.roster import Row
from classrooms.sharing import share_classroom
from classrooms.team_invitations import invite_team
from helplines.queries import clear_memory as forget_helplines
from home.actions import add_missing_texts, set_up_site, starter_texts
from home.queries import clear_memory as forget_front
from lessons.models import LessonPackagePage, LessonPage
from media.models import CustomImage, Recording
from organisations.invitations import invite
from organisations.models import Invitation, Organisation
from quizzes.models import Quiz
from quizzes.queries import clear_memory as forget_quizzes
from quizzes.queries import newest_edition
from signals.models import Signal
from signals.queries import clear_memory as forget_signals
from tests.access.routes import Route
from tests.factories.accounts import PASSWORD, UserFactory, enter
from tests.factories.classrooms import enrol, make_classroom, make_team, sign_in_learner
from tests.factories.lessons import load_every_block, load_small_package
from tests.factories.organisations import (
    OrganisationFactory,
    RoleFactory,
    make_coordinator,
    make_municipal_editor,
    make_teacher,
)
from tests.factories.quizzes import EVERY_TYPE, key, make_quiz, supplement, with_supplement
from tests.factories.signals import make_signal

ROLES = (
    "anonymous",
    "learner",  # whose attempt it is, in the teacher's class
    "classmate",
    "stranger",  # a learner of another school
    "teacher",  # whose class it is
    "colleague",  # teaches at the same school
    "co_teacher",  # another one there, who shares the class
    "observer",  # shares it too, and sees its numbers only
    "other_teacher",  # of another school
    "coordinator",  # of the teacher's school; has no part in the class
    "editor",
    "admin",
    "suspended",  # was a teacher; the account is switched off, the session was open
    "former",  # was the teacher's colleague; the role was taken away
    "barred",  # the same, suspended by the coordinator; the session was open
    "municipal",  # writes for the municipality, and for no other
)
MUNICIPALITY = "GM0344"
LEARNERS = ("learner", "classmate", "stranger")


def browser() -> Client:
    """A client that says where it comes from, as every browser does."""
    return Client(headers={"origin": "http://testserver"}, raise_request_exception=False)


def make_attempt(client: Client, quiz: Quiz, tag: str, *, answers: int | None = 1) -> str:
    """Answers so many questions of the quiz, or all, each wrongly; the key of the attempt."""
    attempt = str(uuid4())
    forget_quizzes()  # a test before this one may have had another quiz under this number
    for question in newest_edition(quiz.slug).questions[:answers]:
        fields = {
            "edition": 1,
            "attempt": attempt,
            "question": question.key,
            "key": str(uuid4()),
            "learner_tag": tag,
            **question.type.example(question.content, is_right=False),
        }
        saved = client.post(reverse("quizzes:answer", args=[quiz.slug]), fields)
        assert saved.status_code == 302, saved.status_code
    return attempt


# Of an attempt of which all is answered.
ENDED = ("quizzes:result", "quizzes:hand_in", "quizzes:rehearse")


# A class has none of these.
OF_A_TEAM = {
    f"classrooms:{name}" for name in ("roster", "confirm_roster", "withdraw", "invite_again")
}


@dataclass
class World:
    """One class with a learner, a classmate, an attempt and an assignment; and another's."""

    package: LessonPackagePage
    lesson: LessonPage
    quiz: Quiz
    signal: Signal
    classroom: Classroom
    assignment: Assignment
    foreign_classroom: Classroom
    foreign_assignment: Assignment
    joined: dict[str, Joined]
    users: dict[str, User]
    certificate: Certificate  # of the teacher
    invitations: list[Invitation]  # of the teacher's school, and of another
    moves: list[Move]  # to each of these
    team: Classroom  # of the teacher, shared as the class is; the co-teacher learns in it
    people: list[TeamInvitation]  # one of the team, and one of another teacher's
    place: Enrolment  # of the co-teacher in the team
    attempt: str = ""  # of the learner; one question answered
    finished: str = ""  # of the learner; all answered
    foreign_attempt: str = ""
    cookies: dict[str, dict[str, str]] = field(default_factory=dict)

    def client(self, role: str) -> Client:
        """A fresh browser in which this role is signed in."""
        client = browser()
        for name, value in self.cookies.get(role, {}).items():
            client.cookies[name] = value
        return client

    def token(self, role: str) -> LearnerToken | None:
        return self.joined[role].token if role in self.joined else None

    def address(self, route: Route, **other: Any) -> str:
        """Where this route shows the owner's things, or these ``other`` ones."""
        if route.name == "wagtail_serve":
            return "/zo-heet-geen-pagina/"
        known = self.kwargs() | other
        if route.name in ENDED and "attempt" not in other:
            known["attempt"] = self.finished
        if route.name in OF_A_TEAM and "classroom" not in other:
            known["classroom"] = str(self.team.public_id)
        return reverse(route.name, kwargs={name: known[name] for name in route.arguments})

    def kwargs(self) -> dict[str, Any]:
        """What the addresses of the owner's things are made of."""
        recording = Recording.objects.first()
        return {
            "provider_id": "school",
            "recording": recording.pk,
            "digest": recording.captions_hash,
            "slug": self.quiz.slug,
            "attempt": self.attempt,
            "path": CustomImage.objects.first().file.name,
            "number": 1,
            "package": self.package.slug,
            "lesson": self.lesson.slug,
            "signal": self.signal.slug,
            "classroom": str(self.classroom.public_id),
            "enrolment": str(self.joined["learner"].enrolment.public_id),
            "assignment": str(self.assignment.public_id),
            "colleague": str(self.users["observer"].public_id),
            "invitation": str(self.invitations[0].public_id),
            "move": str(self.moves[0].public_id),
            "person": str(self.people[0].public_id),
            "place": str(self.place.public_id),
            "token": "geen-uitnodiging",
            "kind": "csv",
            "key": "geen-sleutel",
            "uidb36": "1",
            "page_view_restriction_id": 1,
            "page_id": 1,
            "municipality": MUNICIPALITY,
            "slot": "lokale-hulp",
            "certificate": self.certificate.public_id,
            "list_number": 0,
            "pk": 1,
        }

    def foreign_kwargs(self) -> dict[str, Any]:
        """The things of somebody at the other school, which a teacher's class does not hold."""
        return {
            "enrolment": str(self.joined["stranger"].enrolment.public_id),
            "assignment": str(self.foreign_assignment.public_id),
            "attempt": self.foreign_attempt,
            "colleague": str(self.users["other_teacher"].public_id),
            "invitation": str(self.invitations[1].public_id),
            "move": str(self.moves[1].public_id),
            "person": str(self.people[1].public_id),
        }

    def query(self, name: str) -> dict[str, Any]:
        """What follows the question mark where this route is linked to."""
        return {"edition": 1, "attempt": self.attempt} if name == "quizzes:questions" else {}

    def body(self, name: str, role: str) -> dict[str, Any]:
        """What the page of this route would send, filled in well."""
        today = timezone.localdate()
        token = self.token(role)
        bodies: dict[str, dict[str, Any]] = {
            "quizzes:answer": {
                "edition": 1,
                "attempt": self.attempt,
                "question": key(f"{self.quiz.slug}-meer"),
                "key": str(uuid4()),
                "choice": [key("meer-a")],
                "learner_tag": token.tag if token else "",
            },
            "quizzes:rehearse": self.right_answer() if name == "quizzes:rehearse" else {},
            "accounts:return": {"code": str(self.joined["learner"].return_code)},
            "accounts:new_return_code": {"ticket": str(new_ticket())},
            "set_language": {"language": "en", "next": "/hulp/"},
            "classrooms:join": {
                "code": self.classroom.join_code,
                "known": "member" if token else "",
                "who": "other",
            },
            "classrooms:create": {"name": "Klas 3c", "until": today.isoformat()},
            "classrooms:settings": {"name": "Andere naam"},
            "classrooms:open": {"until": (today + timedelta(days=3)).isoformat()},
            "classrooms:replace_return_code": {"ticket": str(new_ticket())},
            "classrooms:cards": {"ticket": str(new_ticket())},
            "classrooms:assign": {"what": f"quiz:{self.quiz.key}", "note": "Succes"},
            "classrooms:share": {
                "colleague": str(self.users["colleague"].public_id),
                "part": "observer",
            },
            "classrooms:organisation": {"email": "nieuw@debrug.example", "role": "teacher"},
            "classrooms:copy": {"name": "Klas 3b", "until": today.isoformat()},
            "classrooms:answer_move": {"answer": "yes"},
            "classrooms:hand_over": {"colleague": str(self.users["colleague"].public_id)},
            "classrooms:municipality": {"municipality": MUNICIPALITY},
            "place:choose": {"municipality": "Utrecht"},
            "awareness:text": {
                "text_nl": "Bel de wijkagent.",
                "owner": "beleid zorg",
                "check_by": (today + timedelta(days=90)).isoformat(),
            },
            "account_login": {"login": self.users["teacher"].email, "password": PASSWORD},
            "account_request_login_code": {"email": self.users["teacher"].email},
            "account_signup": {
                "email": "nieuw@school.example",
                "password1": "een heel lang wachtwoord",
                "organisation_name": "Nieuwe school",
                "organisation_kind": "school",
            },
            "accounts:account": {"name": "Noor"},
            "accounts:digest": {"wants_digest": "on", "digest_language": "nl"},
            "account_reauthenticate": {"password": PASSWORD},
            "account_reset_password": {"email": self.users["teacher"].email},
            "account_change_password": {
                "oldpassword": PASSWORD,
                "password1": "een nieuw lang wachtwoord",
                "password2": "een nieuw lang wachtwoord",
            },
        }
        return bodies.get(name, {})

    def right_answer(self) -> dict[str, Any]:
        """To the first question, which the learner had wrong."""
        forget_quizzes()
        question = newest_edition(self.quiz.slug).questions[0]
        return question.type.example(question.content, is_right=True)


def make_world() -> World:
    add_missing_texts(home=set_up_site(hostname="testserver"), texts=starter_texts())
    load_small_package()
    package = LessonPackagePage.objects.get()
    lesson = LessonPage.objects.child_of(package).get()
    load_every_block()
    quiz = make_world_quiz(lesson)
    school = OrganisationFactory(name="De Brug")
    users = {
        "teacher": make_teacher(organisation=school, email="docent@debrug.example", name="Noa"),
        "colleague": make_teacher(organisation=school),
        "co_teacher": make_teacher(organisation=school),
        "observer": make_teacher(organisation=school),
        "other_teacher": make_teacher(),
        "coordinator": make_coordinator(organisation=school, email="team@debrug.example"),
        "editor": UserFactory(email="redactie@doorzien.example"),
        "admin": UserFactory(email="beheer@doorzien.example", is_staff=True, is_superuser=True),
        "suspended": make_teacher(organisation=school),
        "former": make_teacher(organisation=school),
        "barred": make_teacher(organisation=school),
        "municipal": make_municipal_editor(MUNICIPALITY, email="redactie@utrecht.example"),
    }
    users["editor"].groups.add(Group.objects.get(name="Editors"))
    now = timezone.now()
    classroom = make_classroom(teacher=users["teacher"], name="Klas 2b")
    for part in ("co_teacher", "observer"):
        share_classroom(classroom=classroom, colleague=users[part], part=part, user=None)
    foreign = make_classroom(teacher=users["other_teacher"], name="Groep 9 van elders")
    team = make_team(users["teacher"])
    for part in ("co_teacher", "observer"):
        share_classroom(classroom=team, colleague=users[part], part=part, user=None)
    people = [invited(room) for room in (team, make_team(users["other_teacher"]))]
    joined = {
        "learner": enrol(classroom),
        "classmate": enrol(classroom),
        "stranger": enrol(foreign),
    }
    world = World(
        package=package,
        lesson=lesson,
        quiz=quiz,
        signal=make_signal(),
        classroom=classroom,
        assignment=assign(classroom=classroom, thing=package, now=now, user=users["teacher"]),
        foreign_classroom=foreign,
        foreign_assignment=assign(
            classroom=foreign, thing=package, now=now, user=users["other_teacher"]
        ),
        joined=joined,
        users=users,
        certificate=make_world_certificate(users["teacher"], package),
        invitations=[
            invite(
                organisation=one.organisation,
                email="gast@school.example",
                role="teacher",
                user=users["coordinator"],
                now=now,
            )
            for one in (classroom, foreign)
        ],
        moves=[ask_for(one.organisation) for one in (classroom, foreign)],
        team=team,
        people=people,
        place=put_in_team(team, users["co_teacher"]),
    )
    sign_everybody_in(world)
    learner, stranger = world.client("learner"), world.client("stranger")
    tag = joined["learner"].token.tag
    world.finished = make_attempt(learner, quiz, tag, answers=None)
    world.attempt = make_attempt(learner, quiz, tag)
    world.foreign_attempt = make_attempt(stranger, quiz, joined["stranger"].token.tag, answers=None)
    return world


def invited(team: Classroom) -> TeamInvitation:
    """Somebody whom the team's leader invited and who did not answer."""
    rows = [Row(1, "Gast", "gast@zorg.example")]
    invite_team(classroom=team, rows=rows, user=team.teacher, now=timezone.now())
    return team.team_invitations.get()


def put_in_team(team: Classroom, user: User) -> Enrolment:
    place = enrol(team).enrolment
    Learner.objects.filter(pk=place.learner_id).update(user=user)
    place.is_named = True
    place.save(update_fields=["is_named"])
    return place


def ask_for(destination: Organisation) -> Move:
    """Of a teacher who began alone and works there now."""
    teacher = make_teacher(organisation=OrganisationFactory(confirmed_at=None))
    make_classroom(teacher=teacher, name="Klas van voor die tijd")
    RoleFactory(user=teacher, organisation=destination)
    return ask_to_move(user=teacher, into=destination)[0]


def make_world_quiz(lesson: LessonPage) -> Quiz:
    """A question of every type; the first and the bands with all that can stand beside them."""
    questions = [(name, make(name)) for name, make in EVERY_TYPE]
    name, body = questions[0]
    questions[0] = (name, with_supplement(body, name, lesson=lesson.pk))
    return make_quiz(questions=questions, beside_bands=supplement("band", lesson=lesson.pk))


def make_world_certificate(user: User, package: LessonPackagePage) -> Certificate:
    """As it would be when the package were a path; from now on it is one."""
    package.certificate_months = 12
    package.save_revision().publish()
    today = timezone.localdate()
    return Certificate.objects.create(
        user=user,
        package_key=package.key,
        number=1,
        holder_name="Noa van Dijk",
        title=package.title,
        version=package.version,
        check_edition=1,
        language="nl",
        forms=[["labour", today.isoformat()]],
        checked_at=timezone.now(),
        issued_on=today,
        valid_until=today + timedelta(days=365),
    )


def sign_everybody_in(world: World) -> None:
    for role, joined in world.joined.items():
        client = sign_in_learner(browser(), joined)
        world.cookies[role] = {name: one.value for name, one in client.cookies.items()}
    for role, user in world.users.items():
        client = enter(browser(), user)
        world.cookies[role] = {name: one.value for name, one in client.cookies.items()}
    # Only now: both were working when it happened.
    world.users["suspended"].is_active = False
    world.users["suspended"].save(update_fields=["is_active"])
    world.users["former"].roles.all().delete()
    world.users["barred"].roles.update(suspended_at=timezone.now())


@contextmanager
def undone() -> Iterator[None]:
    """Whatever happens inside did not happen for the next."""
    cache.clear()
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    for forget in (
        forget_quizzes, forget_front, forget_helplines, forget_signals, forget_local_texts,
    ):  # fmt: skip
        forget()


def snapshot() -> dict[str, list[Any]]:
    """Every row of every table but sessions and what Django keeps about itself."""
    tables = {}
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            if model._meta.app_label not in {"sessions", "contenttypes"}:
                table = model._meta.db_table
                cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
                tables[table] = sorted(cursor.fetchall(), key=repr)
    return tables


def changes(before: dict[str, Any], after: dict[str, Any]) -> set[str]:
    """The tables that differ."""
    return {table for table in before if before[table] != after[table]}
