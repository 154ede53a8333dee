"""P-06, P-07 and R-25 for who signs in: to see, to take along, to delete."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pytest
import yaml
from bs4 import BeautifulSoup
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry

from accounts.actions import create_learner
from accounts.models import Learner, User
from classrooms.actions import Joined
from classrooms.models import Classroom
from classrooms.sharing import share_classroom
from organisations.models import Role
from privacy import erasure_list
from privacy.account_data import account_data
from privacy.account_deletion import HinderedError, delete_account
from quizzes.models import Attempt, Quiz
from tests.conftest import browser
from tests.factories.accounts import PASSWORD, UserFactory
from tests.factories.organisations import make_coordinator, make_teacher
from tests.privacy.work import did_a_quiz

pytestmark = pytest.mark.django_db
DATA, FILE, DELETE = "/account/gegevens/", "/account/gegevens.json", "/account/wissen/"
SHOWN = {
    "accounts.User", "accounts.Learner", "account.EmailAddress", "mfa.Authenticator",
    "usersessions.UserSession", "organisations.Role", "classrooms.Classroom", "classrooms.Share",
    "classrooms.CalendarFeed", "classrooms.TeamInvitation",
    "certificates.Certificate", "socialaccount.SocialAccount",
}  # fmt: skip
NOT_SHOWN = {
    "work for the site, seen and changed in the admin": {
        "quizzes.Quiz", "quizzes.QuizComment", "quizzes.Edition", "lessons.PackageUpload",
        "signals.Signal", "media.CustomImage", "media.CustomDocument", "wagtailcore.Page",
        "wagtailcore.Revision", "wagtailcore.WorkflowState", "wagtailcore.TaskState",
        "wagtailcore.Comment", "wagtailcore.CommentReply", "wagtailcore.PageSubscription",
        "wagtailcore.UploadedFile", "wagtailadmin.EditingSession", "wagtailadmin.FormState",
    },
    "what was arranged for a class, seen and changed with the class": {
        "classrooms.Preparation", "classrooms.Assignment", "classrooms.Move",
    },
    "how the admin looks, and what it allows": {
        "wagtailusers.UserProfile", "accounts.User_groups", "accounts.User_user_permissions",
    },
    "for a day, or empty": {
        "sessions.Session", "account.EmailConfirmation", "wagtailcore.APIToken",
    },
    "says of a certificate that a mail was sent": {
        "certificates.CertificateReminder", "certificates.CoordinatorReminder",
    },
    "says of the account that a mail was sent": {"accounts.UnusedAccountNotice"},
    "an address that somebody else typed; gone when it is answered": {"organisations.Invitation"},
    "who did what, for after an incident": {
        "wagtailcore.PageLogEntry", "wagtailcore.ModelLogEntry",
    },
}  # fmt: skip


@pytest.fixture
def alone() -> User:
    """Somebody who signs in and has nothing to arrange first."""
    return UserFactory(email="kim@voorbeeld.example", name="Kim")


def entered(user: User) -> Client:
    """Who typed the password just now."""
    client = browser()
    client.post("/account/login/", {"login": user.email, "password": PASSWORD})
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    return client


def own_work(user: User, quiz: Quiz) -> Attempt:
    learner = create_learner()
    Learner.objects.filter(pk=learner.pk).update(user=user)
    return did_a_quiz(learner, quiz, at=timezone.now())


def test_every_table_of_the_data_map_about_who_signs_in_is_in_it_or_named() -> None:
    text = (settings.BASE_DIR / "docs" / "data-map.yaml").read_text("utf-8")
    about = {
        label
        for label, entry in yaml.safe_load(text)["models"].items()
        for one in entry.get("fields", {}).values()
        if one and one.get("whose") in ("user", "teacher", "editor")
    }
    named = {label for labels in NOT_SHOWN.values() for label in labels}
    assert about == SHOWN | named
    assert not SHOWN & named


def test_the_page_and_the_file_say_what_is_kept(
    classroom: Classroom, teacher: User, other_teacher: User, quiz: Quiz
) -> None:
    own_work(teacher, quiz)
    client = entered(teacher)
    told = json.loads(client.get(FILE).content)
    assert told["account"]["email"] == teacher.email
    assert [row["name"] for row in told["classes"]] == [classroom.name]
    assert [row["organisation"] for row in told["roles"]] == [classroom.organisation.name]
    assert len(told["devices"]) == 1
    assert [row["quiz"] for row in told["work"][0]["quizzes"]] == ["Wat denk jij?"]
    text = BeautifulSoup(client.get(DATA).content, "html.parser").main.get_text(" ")
    for said in (teacher.email, classroom.name, classroom.organisation.name, "Keuze een-a"):
        assert said in text
    assert other_teacher.email not in text


def test_no_secret_is_in_it(alone: User) -> None:
    client = entered(alone)
    told = client.get(FILE).content.decode()
    assert alone.password not in told
    assert client.session.session_key not in told


def test_a_colleagues_class_says_which_part(classroom: Classroom, teacher: User) -> None:
    colleague = make_teacher(organisation=classroom.organisation, email="sam@debrug.example")
    share_classroom(classroom=classroom, colleague=colleague, part="observer", user=teacher)
    (row,) = account_data(colleague)["classes"]
    assert (row["name"], row["part"]) == (classroom.name, "ziet alleen aantallen")


def test_who_signed_in_long_ago_shows_who_it_is_first(teacher_client: Client) -> None:
    for send in (teacher_client.get, teacher_client.post):
        assert send(DELETE).headers["Location"].startswith("/account/reauthenticate/?next=")
    assert User.objects.filter(email="docent@debrug.example").exists()


def test_everything_goes_and_numbers_stay(alone: User, quiz: Quiz, erasures: Path) -> None:
    attempt = own_work(alone, quiz)
    learner = attempt.learner
    assert learner is not None
    log(instance=quiz, action="wagtail.edit", user=alone)
    client, elsewhere = entered(alone), entered(alone)
    response = client.post(DELETE)
    assert response.status_code == 200
    assert "Je account is gewist" in response.content.decode()
    assert not User.objects.filter(pk=alone.pk).exists()
    assert not Learner.objects.filter(pk=learner.pk).exists()
    assert Attempt.objects.get(pk=attempt.pk).learner is None
    assert not ModelLogEntry.objects.filter(user_id=alone.pk).exists()
    assert set(erasure_list.read(erasures)) == {alone.public_id, learner.public_id}
    for browser_of in (client, elsewhere):
        assert browser_of.get(DATA).headers["Location"].startswith("/account/login/")


def test_a_class_at_work_is_arranged_first(teacher: User, learner: Joined) -> None:
    client = entered(teacher)
    room = Classroom.objects.get()
    page = client.get(DELETE).content.decode()
    assert f"/docent/klas/{room.public_id}/beheer/" in page
    assert "Ja, wis mijn account" not in page
    assert client.post(DELETE).status_code == 409
    assert User.objects.filter(pk=teacher.pk).exists()

    Classroom.objects.update(archived_at=timezone.now())
    assert client.post(DELETE).status_code == 200
    assert not Classroom.objects.exists()
    assert Learner.objects.filter(pk=learner.token.learner_id).exists(), "keeps the own work"


def test_the_only_coordinator_makes_a_colleague_one_first() -> None:
    user = make_coordinator(email="team@dehaven.example")
    client = entered(user)
    organisation = user.roles.get().organisation
    colleague = make_teacher(organisation=organisation, email="sam@dehaven.example")
    with pytest.raises(HinderedError):
        delete_account(user=user, now=timezone.now())
    assert "enige coördinator" in client.get(DELETE).content.decode()
    colleague.roles.update(name=Role.Name.COORDINATOR)
    delete_account(user=user, now=timezone.now())
    assert not User.objects.filter(pk=user.pk).exists()


def test_who_works_alone_needs_nobody() -> None:
    user = make_coordinator(email="alleen@depont.example")
    delete_account(user=user, now=timezone.now())
    assert not User.objects.filter(pk=user.pk).exists()


def test_a_site_keeps_an_administrator(alone: User) -> None:
    User.objects.filter(pk=alone.pk).update(is_superuser=True)
    alone.refresh_from_db()
    with pytest.raises(HinderedError):
        delete_account(user=alone, now=timezone.now())
    UserFactory(is_superuser=True)
    delete_account(user=alone, now=timezone.now())
    assert not User.objects.filter(pk=alone.pk).exists()


def test_a_list_that_cannot_be_written_keeps_the_account(alone: User, erasures: Path) -> None:
    erasures.mkdir()
    with pytest.raises(OSError, match=r"directory|Is a"):
        delete_account(user=alone, now=timezone.now())
    assert User.objects.filter(pk=alone.pk).exists()


def test_a_restored_backup_does_not_bring_the_account_back(alone: User) -> None:
    """R-25. The control: before the command it is back."""
    backup = User.objects.filter(pk=alone.pk).values().get()
    delete_account(user=alone, now=timezone.now())
    User.objects.create(**backup)
    told = StringIO()
    call_command("erase_again", stdout=told)
    assert "1 were back and are erased" in told.getvalue()
    assert not User.objects.filter(public_id=backup["public_id"]).exists()
