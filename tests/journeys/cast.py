"""Makes people, classes and quizzes for a browser test, and looks in the database for it.

Run as ``python -m tests.journeys.cast`` in the site's environment: reads one request per
line, ``{"do": name, ...}``, and answers with one line of JSON. The test's own process has
no database: what it sees of the site it sees through the browser, and through this.
"""

from __future__ import annotations

import json
import re
import sys
import time
import traceback
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID, uuid4

import django
import yaml

django.setup()

from allauth.account.models import EmailAddress  # noqa: E402
from allauth.socialaccount.models import SocialAccount  # noqa: E402
from django.conf import settings  # noqa: E402
from django.contrib.auth.models import Group  # noqa: E402
from django.utils import timezone  # noqa: E402
from django.utils.text import slugify  # noqa: E402

from accounts.actions import sign_in_with_return_code  # noqa: E402
from accounts.cookies import signer  # noqa: E402
from accounts.digest_links import stop_address  # noqa: E402
from accounts.limits import count_failure  # noqa: E402
from accounts.models import Learner, LimitWindow, User  # noqa: E402
from accounts.return_codes import parse_return_code  # noqa: E402
from certificates.actions import claim_certificate, revoke_certificate  # noqa: E402
from certificates.models import Certificate  # noqa: E402
from classrooms.actions import assign, join_classroom  # noqa: E402
from classrooms.models import Classroom, TeamInvitation  # noqa: E402
from classrooms.moving import ask_to_move  # noqa: E402
from classrooms.preparing import prepare_classroom  # noqa: E402
from classrooms.sharing import share_classroom  # noqa: E402
from home.demo import DEMO_PACKAGE, HELP_ON_SITE  # noqa: E402
from lessons.actions import load_package  # noqa: E402
from lessons.models import CataloguePage, LessonPackagePage, LessonPage  # noqa: E402
from organisations.models import Organisation  # noqa: E402
from progress.models import LessonProgress  # noqa: E402
from quizzes.actions import save_answer  # noqa: E402
from quizzes.comment_actions import (  # noqa: E402
    add_comment,
    delete_comment,
    reply_to_comment,
    resolve_comment,
)
from quizzes.editions import QuestionInEdition  # noqa: E402
from quizzes.grading import UnusableAnswerError  # noqa: E402
from quizzes.models import (  # noqa: E402
    Answer,
    Attempt,
    BankQuestion,
    Edition,
    Question,
    Quiz,
    QuizComment,
)
from quizzes.queries import get_edition  # noqa: E402
from tests.factories.accounts import PASSWORD, UserFactory, give_second_step  # noqa: E402
from tests.factories.certificates import do_check, earn, finish_lessons, make_path  # noqa: E402
from tests.factories.classrooms import make_classroom, make_team  # noqa: E402
from tests.factories.lessons import add_lesson, add_package, load_every_block, make_helpline  # noqa: E402
from tests.factories.organisations import (  # noqa: E402
    OrganisationFactory,
    RoleFactory,
    make_coordinator,
    make_municipal_editor,
    make_teacher,
)
from tests.factories.quizzes import (  # noqa: E402
    EVERY_TYPE,
    make_quiz,
    one_answer,
    set_body,
    supplement,
    with_supplement,
)

# What was translated is found by its original.
WRITTEN_IN = {"locale__language_code": settings.LANGUAGE_CODE}


def teacher(*, email: str, school: str = "De Brug") -> dict[str, str]:
    organisation = Organisation.objects.filter(name=school).first()
    organisation = organisation or OrganisationFactory(name=school)
    make_teacher(organisation=organisation, email=email, name="Noa")
    return {"email": email, "password": PASSWORD}


def staff(*, email: str, group: str = "") -> dict[str, str]:
    """Somebody in the Wagtail admin: in this group, or without one the administrator."""
    is_admin = not group
    user = UserFactory(email=email, is_staff=is_admin, is_superuser=is_admin)
    if group:
        user.groups.add(Group.objects.get(name=group))
    return {"email": email, "password": PASSWORD, "code": give_second_step(user)}


def sharer(*, email: str, classroom: str, part: str) -> dict[str, str]:
    """A colleague of who leads this class, who shares it."""
    room = Classroom.objects.get(public_id=classroom)
    user = make_teacher(organisation=room.organisation, email=email, name="Sam")
    share_classroom(classroom=room, colleague=user, part=part, user=room.teacher)
    return {"email": email, "password": PASSWORD}


def coordinator(*, email: str, package: str, sizes: list[int], team: int) -> dict[str, str]:
    """Who looks after a school of their own, with classes and a team of so many that were given a
    package."""
    user = make_coordinator(organisation=OrganisationFactory(name="De Haven"), email=email)
    given = LessonPackagePage.objects.get(slug=package, **WRITTEN_IN)
    names = {f"{number}a": size for number, size in enumerate(sizes, start=1)}
    for name, size in {**names, "Balie": team}.items():
        room = make_classroom(teacher=user, name=name)
        if name not in names:
            room.kind = Classroom.Kind.TEAM
            room.save(update_fields=["kind"])
        assign(classroom=room, thing=given, now=timezone.now(), user=user)
        classmates(classroom=str(room.public_id), count=size)
    return {"email": email, "password": PASSWORD, "code": give_second_step(user)}


def began_alone(*, email: str, count: int, into: str = "") -> dict[str, str]:
    """A teacher of an organisation that nobody confirmed, who asks to bring the classes along
    to the organisation of the coordinator with the address ``into``."""
    user = make_teacher(
        organisation=OrganisationFactory(name="De Pont", confirmed_at=None), email=email
    )
    confirmed_account(email=email)
    for number in range(count):
        make_classroom(teacher=user, name=f"Groep {number + 1}")
    if into:
        destination = User.objects.get(email=into).roles.get().organisation
        RoleFactory(user=user, organisation=destination)
        ask_to_move(user=user, into=destination)
    return {"email": email, "password": PASSWORD}


def confirmed_account(*, email: str) -> None:
    user = User.objects.get(email=email)
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)


def signs_in_elsewhere(*, email: str) -> None:
    user = User.objects.get(email=email)
    SocialAccount.objects.get_or_create(
        user=user, provider="school", uid=f"hash of {email}", extra_data={"pseudonym": "a1b2c3"}
    )


def municipal_editor(*, email: str, municipality: str = "") -> dict[str, str]:
    """Who writes for the municipality with this code, or for none."""
    if municipality:
        user = make_municipal_editor(municipality, email=email)
        return {"email": email, "password": PASSWORD, "code": give_second_step(user)}
    UserFactory(email=email)
    return {"email": email, "password": PASSWORD}


def learning_path() -> dict[str, Any]:
    """A package that gives a certificate: one lesson, with a check in it."""
    path = make_path()
    lesson, check = path.lessons[0], path.checks[0]
    return {
        "slug": path.page.slug,
        "lesson": f"/lessen/{path.page.slug}/{lesson.slug}/",
        "steps": len(lesson.steps),
        "quiz": check.slug,
    }


def professional(*, email: str, did_all: bool = False, name: str = "") -> dict[str, str]:
    """Somebody who learns for their work; with ``name`` they have a certificate."""
    user = UserFactory(email=email)
    path = make_path() if did_all or name else None
    if path:
        earn(user, path)
    made = {"email": email, "password": PASSWORD}
    if path and name:
        certificate = claim_certificate(user=user, path=path, name=name, now=timezone.now())
        made["certificate"] = certificate.public_id
    return made


def passed_check(*, did_lessons: bool) -> dict[str, str]:
    """Somebody without an account who passed the check of the path, on a device of their own."""
    path, learner = make_path(), Learner.objects.create()
    if did_lessons:
        finish_lessons(learner, path)
    attempt = do_check(learner, path)
    return {
        "name": settings.LEARNER_COOKIE_NAME,
        "value": signer().sign(f"{learner.pk}.{learner.epoch}"),
        "result": f"/q/{attempt.quiz.slug}/{attempt.key}/uitslag/",
    }


def certificate_number(*, certificate: str) -> dict[str, int]:
    """Its place in the admin."""
    return {"pk": Certificate.objects.get(public_id=certificate).pk}


def revoked(*, certificate: str) -> None:
    found = Certificate.objects.get(public_id=certificate)
    reason = "De naam klopte niet."
    revoke_certificate(certificate=found, reason=reason, now=timezone.now(), user=None)


def all_done(*, classroom: str) -> dict[str, str]:
    """The class was given the path, and one learner did all of it."""
    room, path = Classroom.objects.get(public_id=classroom), make_path()
    assign(classroom=room, thing=path.source, now=timezone.now(), user=room.teacher)
    joined = join_classroom(code=room.join_code, now=timezone.now())
    finish_lessons(Learner.objects.get(pk=joined.token.learner_id), path)
    return {"nickname": joined.enrolment.nickname}


def class_in(*, municipality: str) -> dict[str, str]:
    """A class of a school in the municipality with this code."""
    school = OrganisationFactory(municipality_code=municipality)
    return {"code": make_classroom(teacher=make_teacher(organisation=school)).shown_code}


def helplines_in(*, municipality: str) -> dict[str, bool]:
    """One for everybody and one for professionals, of the region of this municipality."""
    for name, for_whom in (("De Stichtse Lijn", "everyone"), ("Zorgregie", "professionals")):
        make_helpline(slugify(name), name=name, for_whom=for_whom, municipalities=[municipality])
    return {"done": True}


def classroom(*, teacher: str, name: str, assigned: list[str] = ()) -> dict[str, str]:  # type: ignore[assignment]
    """A class that is open; ``assigned`` names quizzes, lessons and packages by slug."""
    user = User.objects.get(email=teacher)
    room = make_classroom(teacher=user, name=name)
    for slug in assigned:
        thing = (
            Quiz.objects.filter(slug=slug, **WRITTEN_IN).first()
            or LessonPage.objects.filter(slug=slug, **WRITTEN_IN).first()
            or LessonPackagePage.objects.get(slug=slug, **WRITTEN_IN)
        )
        assign(classroom=room, thing=thing, due_on=None, note="", now=timezone.now(), user=user)
    return {"code": room.shown_code, "id": str(room.public_id)}


def team(*, teacher: str, name: str) -> dict[str, str]:
    """Of professionals, with an assignment of nothing yet."""
    room = make_team(User.objects.get(email=teacher), name)
    return {"code": room.shown_code, "id": str(room.public_id)}


def lapsed(*, email: str) -> None:
    """The links to this address stopped working a moment ago."""
    TeamInvitation.objects.filter(email=email).update(expires_at=timezone.now())


def prepared(*, classroom: str) -> None:
    """The class is ready for what can touch somebody deeply."""
    room = Classroom.objects.get(public_id=classroom)
    prepare_classroom(classroom=room, help_on_site=HELP_ON_SITE, user=room.teacher)


def classmates(*, classroom: str, count: int) -> dict[str, Any]:
    """Learners who are in the class, with their return codes."""
    room = Classroom.objects.get(public_id=classroom)
    joined = [join_classroom(code=room.join_code, now=timezone.now()) for _ in range(count)]
    return {
        "nicknames": [entry.enrolment.nickname for entry in joined],
        "return_codes": [str(entry.return_code) for entry in joined],
    }


def quiz(
    *, slug: str, questions: int = 0, only: str = "", beside: bool = False, **settings_of_quiz: Any
) -> dict[str, Any]:
    """A published quiz: one question of every type, or of these, or this many with one answer.

    ``beside``: with all that can stand beside the explanations of these and the bands.
    """
    if only:
        names = [(name, dict(EVERY_TYPE)[name](name)) for name in only.split()]
        if beside:
            lesson = (
                LessonPage.objects.live().filter(**WRITTEN_IN).values_list("pk", flat=True).first()
            )
            names = [(name, with_supplement(body, name, lesson=lesson)) for name, body in names]
            settings_of_quiz["beside_bands"] = supplement("band", lesson=lesson)
        make_quiz(slug, questions=names, **settings_of_quiz)
        return {"slug": slug}
    many = [(f"{slug}-{number}", one_answer(f"{slug}-{number}")) for number in range(questions)]
    make_quiz(slug, questions=many or None, **settings_of_quiz)
    return {"slug": slug}


def recordings() -> dict[str, Any]:
    """The quiz of the demo, with a scene to hear and a film to see."""
    load_package(folder=DEMO_PACKAGE)
    return {"slug": "wat-merk-je"}


def every_block() -> dict[str, Any]:
    """A lesson with every kind of block."""
    package = load_every_block().page
    return {"lesson": "/lessen/alle-blokken/elk-blok/", "package_id": package.pk}


def lesson(*, title: str) -> dict[str, Any]:
    """Where it is, or will be once it is published."""
    page = LessonPage.objects.get(title=title, **WRITTEN_IN)
    return {"id": page.pk, "path": page.screen_path()}


def more_packages(*, count: int) -> None:
    """Packages that come last in the list: nobody knows when they came out."""
    catalogue = CataloguePage.objects.get(**WRITTEN_IN)
    if not LessonPackagePage.objects.filter(slug="pakket-0").exists():
        for number in range(count):
            add_package(catalogue, number)


def given_lesson(*, slug: str, steps: int, asks: list[str] = ()) -> dict[str, Any]:  # type: ignore[assignment]
    """A new lesson in a package of its own; ``asks``: quizzes of which the first question stands
    in its second step."""
    catalogue = CataloguePage.objects.get(**WRITTEN_IN)
    package = add_package(catalogue, LessonPackagePage.objects.count(), slug=slug, title=slug)
    page = add_lesson(package, f"{slug}-les", steps=steps)
    if asks:
        for quiz in asks:
            question = Question.objects.filter(quiz__slug=quiz).order_by("sort_order").first()
            page.steps[1].value["blocks"].append(("question", {"question": str(question.key)}))
        page.save_revision(clean=False).publish()
    return {"lesson": f"{slug}-les", "path": f"/lessen/{slug}/{slug}-les/"}


def change_lesson(*, slug: str, title: str) -> None:
    """The editor gives the second step another title and publishes."""
    page = LessonPage.objects.get(slug=slug, **WRITTEN_IN)
    page.steps[1].value["title"] = title
    page.save_revision(clean=False).publish()


def finished_steps(*, slug: str) -> list[dict[str, Any]]:
    """Who finished how many steps of a lesson."""
    page = LessonPage.objects.get(slug=slug, **WRITTEN_IN)
    ids = [step.id for step in page.steps]
    return [
        {"learner": row.learner_id, "steps": [ids.index(one) + 1 for one in row.finished_steps]}
        for row in LessonProgress.objects.filter(lesson_key=page.key).order_by("pk")
    ]


def change_quiz(*, slug: str, text: str) -> dict[str, Any]:
    """The editor gives every question another prompt, takes the last one out, publishes."""
    entry = Quiz.objects.get(slug=slug, **WRITTEN_IN).get_latest_revision_as_object()
    questions = list(entry.questions.all())
    entry.questions.remove(questions.pop())
    for number, question in enumerate(questions, start=1):
        name = f"{slug}-nieuw-{number}"
        body = one_answer(name)
        body["value"]["prompt"] = f"<p>{text} {number}</p>"
        set_body(question, body)
    entry.save_revision().publish()
    return {"edition": Edition.objects.made_of(entry).newest().first().number}


def key_of(*, slug: str) -> list[dict[str, Any]]:
    """Per question of the newest edition: its type, and a right and a wrong answer."""
    edition = get_edition(
        Edition.objects.filter(quiz__slug=slug, translation=None).newest().first().pk
    )
    return [
        {
            "key": question.key,
            "type": question.content["type"],
            "prompt": question.content["prompt"],
            **right_and_wrong(question),
        }
        for question in edition.questions
    ]


def right_and_wrong(question: QuestionInEdition) -> dict[str, Any]:
    """What a browser would send that is right, and that wins nothing; of an opinion, two."""
    told: dict[str, Any] = {"is_marked": question.public["is_marked"]}
    for how, is_right in (("right", True), ("wrong", False)):
        example = question.type.example(question.content, is_right=is_right)
        told |= {how: example["choice"], f"{how}_reason": example.get("reason") or None}
    return told | partly(question, told)


def partly(question: QuestionInEdition, told: dict[str, Any]) -> dict[str, Any]:
    """An answer that wins something but not all, where this kind has one."""
    right, wrong = told["right"], told["wrong"]
    # Of things that have a place: the first two changed round.
    places = [value.partition(":")[2] for value in right]
    turned = [places[1], places[0], *places[2:]] if len(places) > 1 else places
    moved = [f"{value.partition(':')[0]}:{to}" for value, to in zip(right, turned, strict=True)]
    tries = [
        (moved, None),
        (right[:1], None), (right[:1] + wrong[1:], None), (wrong[:1] + right[1:], None),
        (right[:2] + right[:1:-1], None), (["600"], None), (right, told["wrong_reason"]),
    ]  # fmt: skip
    for choice, reason in tries:
        sent = {"choice": choice, "reason": reason or "", "sure": ""}
        try:
            mark = question.type.mark(question.content, question.type.clean(question.content, sent))
        except (UnusableAnswerError, ValueError, KeyError):
            continue
        if 0 < mark.won < mark.available:
            return {"partly": choice, "partly_reason": reason}
    return {}


def stored(*, slug: str) -> list[dict[str, Any]]:
    """Every answer to a quiz that is in the database, oldest first."""
    rows = (
        Answer.objects.filter(attempt__quiz__slug=slug)
        .select_related("attempt", "attempt__edition")
        .order_by("pk")
    )
    return [
        {
            "attempt": str(row.attempt.key),
            "learner": row.attempt.learner_id,
            "edition": row.attempt.edition.number,
            "key": str(row.key),
            "question": str(row.question_key),
            "given": row.given,
            "won": row.won,
            "is_current": row.is_current,
        }
        for row in rows
    ]


def answers(*, slug: str, return_codes: list[str], how: str) -> int:
    """These learners do the whole quiz, all right or all wrong."""
    edition = get_edition(
        Edition.objects.filter(quiz__slug=slug, translation=None).newest().first().pk
    )
    for text in return_codes:
        token = sign_in_with_return_code(code=parse_return_code(text))
        attempt_key = uuid4()
        for question in edition.questions:
            sheet = right_and_wrong(question)
            save_answer(
                token=token,
                edition=edition,
                attempt_key=attempt_key,
                question_key=UUID(question.key),
                answer_key=uuid4(),
                sent={"choice": sheet[how], "reason": sheet[f"{how}_reason"]},
                learner_tag=token.tag,
                now=timezone.now(),
            )
    return len(return_codes)


def learners() -> int:
    return Learner.objects.count()


def attempts(*, slug: str) -> list[dict[str, Any]]:
    return [
        {
            "learner": row.learner_id,
            "answered": row.answered_count,
            "total": row.question_count,
            "won": row.won,
            "is_submitted": row.submitted_at is not None,
            "classrooms": list(row.learner.enrolments.values_list("classroom__name", flat=True)),
        }
        for row in Attempt.objects.filter(quiz__slug=slug).select_related("learner")
    ]


def pages() -> dict[str, Any]:
    """Where the starter package is, and its quizzes and lessons."""
    package = LessonPackagePage.objects.live().get(slug="herken-je-dit", **WRITTEN_IN)
    texts = Path(settings.BASE_DIR) / "lessons" / "starter" / package.slug / "package.yaml"
    slugs = yaml.safe_load(texts.read_text(encoding="utf-8"))["quizzes"]
    quizzes = (
        Quiz.objects.filter(slug__in=slugs, **WRITTEN_IN).order_by("pk").values("slug", "title")
    )
    found = LessonPage.objects.live().child_of(package).order_by("path")
    return {
        "package": package.slug,
        "package_id": package.pk,
        "package_title": package.title,
        "lessons": [
            {
                "slug": page.slug,
                "id": page.pk,
                "title": page.title,
                "steps": [step.value["title"] for step in page.steps],
            }
            for page in found
        ],
        "quizzes": list(quizzes),
        "admin_url": settings.ADMIN_URL,
        "exit_url": settings.EXIT_URL,
    }


def newest_link(*, to: str) -> str:
    """The path of the link in the newest mail to this address that has one."""
    mails = sorted(Path(settings.EMAIL_FILE_PATH).iterdir(), key=lambda path: path.stat().st_mtime)
    # One file holds all that was sent over one connection, with a line between.
    texts = [text for path in mails for text in path.read_text().split("-" * 79)]
    theirs = "\n".join(text for text in texts if f"To: {to}" in text)
    return re.findall(r"https?://[^/\s]+(/(?:account|uitnodiging|team)/\S+)", theirs)[-1]


def stops_weekly_mail(*, email: str) -> str:
    """The path of the link at the foot of a weekly mail to this address."""
    return urlsplit(stop_address(User.objects.get(email=email))).path


def reach_limits() -> None:
    """As after too many wrong codes and passwords from this machine, also in the next window."""
    for name, (_most, seconds) in settings.LIMITS.items():
        for later in (0, seconds):
            for subject in ("127.0.0.1", "all"):
                count_failure({name: subject}, now=time.time() + later)
    LimitWindow.objects.update(count=1_000_000)


def lift_limits() -> None:
    LimitWindow.objects.all().delete()


def unfinished(*, slug: str) -> dict[str, str]:
    """A draft with a question in which no answer is right; where the question bank has it."""
    entry = make_quiz(slug, questions=[(slug, one_answer(slug))], publish=False)
    question = entry.questions.get()
    for choice in question.body[0].value["choices"]:
        choice["is_right"] = False
    entry.questions = [question]
    entry.save_revision(clean=False)
    return {"quiz": str(entry.key), "question": str(question.key)}


def draft(*, slug: str) -> dict[str, int]:
    """The editor gives a quiz another title, and has not published that yet."""
    entry = Quiz.objects.get(slug=slug, **WRITTEN_IN).get_latest_revision_as_object()
    entry.title = f"{entry.title} Echt?"
    return {"quiz": entry.pk, "revision": entry.save_revision().pk}


def quiz_id(*, slug: str) -> dict[str, int]:
    return {"id": Quiz.objects.get(slug=slug, **WRITTEN_IN).pk}


def comment(*, slug: str, by: str, text: str, question: int = 0, reply: str = "") -> dict[str, int]:
    """Somebody says something about a quiz, or about the question with this number."""
    entry, user = Quiz.objects.get(slug=slug, **WRITTEN_IN), User.objects.get(email=by)
    asked = BankQuestion.objects.get(quiz=entry, number=question) if question else None
    made = add_comment(quiz=entry, user=user, text=text, question=asked)
    if reply:
        reply_to_comment(comment=made, user=user, text=reply)
    return {"id": made.pk, "quiz": entry.pk}


def comments(*, slug: str) -> list[dict[str, Any]]:
    """What was said about a quiz, oldest first."""
    return [
        {"text": one.text, "by": str(one.user), "is_resolved": one.is_resolved}
        for one in QuizComment.objects.filter(quiz__slug=slug)
    ]


def resolve_or_delete(*, comment: int, by: str, how: str) -> dict[str, bool]:
    entry, user = QuizComment.objects.get(pk=comment), User.objects.get(email=by)
    if how == "delete":
        delete_comment(comment=entry, user=user)
    else:
        resolve_comment(comment=entry, user=user, now=timezone.now())
    return {"done": True}


ACTS = {
    act.__name__: act
    for act in (
        teacher, staff, municipal_editor, class_in, helplines_in, classroom, classmates, prepared,
        quiz, recordings, every_block, change_quiz, key_of, stored, learners, attempts, answers,
        pages, quiz_id, draft, unfinished, newest_link, sharer, team, lapsed,
        reach_limits, lift_limits, comment, comments, resolve_or_delete, more_packages,
        coordinator, began_alone, confirmed_account,
        lesson, given_lesson, change_lesson, finished_steps,
        learning_path, professional, passed_check, certificate_number, revoked, all_done,
        signs_in_elsewhere, stops_weekly_mail,
    )
}  # fmt: skip


def as_text(value: Any) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)


def main() -> None:
    for line in sys.stdin:
        request = json.loads(line)
        try:
            answer = {"is": ACTS[request.pop("do")](**request)}
        except Exception:
            answer = {"error": traceback.format_exc()}
        sys.stdout.write(json.dumps(answer, default=as_text) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
