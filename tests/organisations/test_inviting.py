"""Invitations: one link, one use, one address, seven days."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from organisations.invitations import (
    DAYS,
    MOST_OPEN,
    AlreadyHereError,
    InvitationGoneError,
    TooManyInvitationsError,
    accept,
    invite,
)
from organisations.models import Invitation, Role
from tests.factories.accounts import PASSWORD, UserFactory
from tests.factories.organisations import OrganisationFactory, make_coordinator, make_teacher

ADDRESS = "nieuw@debrug.example"
NEW_PASSWORD = "zeven gele fietsen"


@pytest.fixture
def coordinator(organisation) -> User:
    return make_coordinator(organisation=organisation, email="team@debrug.example")


@pytest.fixture
def send(organisation, coordinator, django_capture_on_commit_callbacks):
    """Sends an invitation; gives the address in the mail."""

    def send(email: str = ADDRESS, role: str = "teacher", now=None) -> str:
        with django_capture_on_commit_callbacks(execute=True):
            invite(
                organisation=organisation,
                email=email,
                role=role,
                user=coordinator,
                now=now or timezone.now(),
            )
        return re.search(r"/uitnodiging/\S+", mail.outbox[-1].body)[0]

    return send


def token_of(path: str) -> str:
    return path.split("/")[2]


def with_account(email: str = ADDRESS, *, verified: bool = True, **fields) -> User:
    user = UserFactory(email=email, **fields)
    EmailAddress.objects.create(user=user, email=email, verified=verified, primary=True)
    return user


def roles_of(user: User) -> list[tuple[str, str]]:
    return list(user.roles.values_list("organisation__name", "name"))


def test_the_mail_says_who_invites_and_nothing_that_harms(send):
    send()
    message = mail.outbox[-1]
    assert message.to == [ADDRESS]
    text = (message.subject + message.body).lower()
    assert "de brug" in text
    assert not [word for word in ("uitbuiting", "mensenhandel", "slachtoffer") if word in text]


def test_the_link_is_not_in_the_database(send):
    token = token_of(send())
    assert token not in str(list(Invitation.objects.values_list()))


def test_somebody_new_makes_an_account_and_works_there(send, client):
    path = send()
    page = client.get(path)
    assert ADDRESS in page.text
    assert Invitation.objects.exists()  # looking uses nothing
    assert client.post(path, {"password": "kort"}).status_code == 422
    assert client.post(path, {"name": "Bo", "password": NEW_PASSWORD}).status_code == 200
    user = User.objects.get(email=ADDRESS)
    assert roles_of(user) == [("De Brug", "teacher")]
    assert EmailAddress.objects.get(user=user).verified
    login = client.post(reverse("account_login"), {"login": ADDRESS, "password": NEW_PASSWORD})
    assert login.status_code == 302
    assert "De Brug" in client.get(reverse("classrooms:list")).text


def test_the_link_works_once(send, client):
    path = send()
    client.post(path, {"password": NEW_PASSWORD})
    for answer in (client.get(path), client.post(path, {"password": NEW_PASSWORD})):
        assert answer.status_code == 404
    assert Role.objects.filter(user__email=ADDRESS).count() == 1
    assert not Invitation.objects.exists()


def test_a_link_that_was_used_taken_back_over_or_made_up_gets_one_answer(
    send, client, sign_in, coordinator
):
    gone = [send(now=timezone.now() - timedelta(days=DAYS, minutes=1))]
    gone.append(send())  # a newer one to the same address
    gone.append("/uitnodiging/verzonnen/")
    newest = send()
    texts = {client.get(path).text.replace(path, "") for path in gone}
    assert len(texts) == 1
    invitation = Invitation.objects.get()
    sign_in(coordinator).post(reverse("classrooms:revoke", args=[invitation.public_id]))
    assert client.get(newest).text.replace(newest, "") in texts


def test_an_account_with_another_address_cannot_use_it(send, sign_in):
    """It is for the address that it was sent to."""
    path = send()
    with_account()
    other = with_account("ander@debrug.example")
    assert sign_in(other).post(path).status_code == 200
    with pytest.raises(InvitationGoneError):
        accept(token=token_of(path), user=other, now=timezone.now())
    assert roles_of(other) == []


def test_somebody_with_an_account_signs_in_and_accepts(send, client, sign_in):
    path = send(role="coordinator")
    user = with_account()
    assert reverse("account_login") in client.get(path).text
    assert client.post(path, {"password": NEW_PASSWORD}).status_code == 200  # changes nothing
    assert roles_of(user) == []
    assert sign_in(user).post(path).status_code == 302
    assert roles_of(user) == [("De Brug", "coordinator")]


def test_an_account_that_somebody_else_made_with_the_address_is_taken_from_them(
    send, client, sign_in
):
    squatter = with_account(verified=False)
    session = sign_in(squatter)
    path = send()
    assert session.post(path, {"password": NEW_PASSWORD}).status_code == 200
    squatter.refresh_from_db()
    assert squatter.check_password(NEW_PASSWORD)
    assert not squatter.check_password(PASSWORD)
    answer = session.get(reverse("classrooms:list"))
    assert answer.headers["Location"].startswith(reverse("account_login"))


def test_who_works_there_already_is_not_invited_again(organisation, coordinator, teacher):
    with pytest.raises(AlreadyHereError):
        invite(
            organisation=organisation,
            email=teacher.email.upper(),
            role="teacher",
            user=coordinator,
            now=timezone.now(),
        )
    assert not mail.outbox


def test_who_is_suspended_cannot_be_let_in_by_an_invitation(organisation, coordinator, teacher):
    teacher.roles.update(suspended_at=timezone.now())
    with pytest.raises(AlreadyHereError):
        invite(
            organisation=organisation,
            email=teacher.email,
            role="teacher",
            user=coordinator,
            now=timezone.now(),
        )


def test_an_organisation_sends_no_mail_without_end(organisation, coordinator, send):
    for number in range(MOST_OPEN):
        send(f"{number}@debrug.example")
    with pytest.raises(TooManyInvitationsError):
        send("te-veel@debrug.example")


def test_a_name_of_another_school_in_the_address_changes_nothing(sign_in, coordinator):
    elsewhere = OrganisationFactory(name="Elders")
    invitation = invite(
        organisation=elsewhere,
        email=ADDRESS,
        role="teacher",
        user=make_coordinator(organisation=elsewhere),
        now=timezone.now(),
    )
    answer = sign_in(coordinator).post(reverse("classrooms:revoke", args=[invitation.public_id]))
    assert answer.status_code == 404
    assert Invitation.objects.exists()


def test_extra_fields_give_no_more_than_the_form(sign_in, coordinator, organisation):
    """S-10."""
    elsewhere = OrganisationFactory()
    sign_in(coordinator).post(
        reverse("classrooms:organisation"),
        {"email": ADDRESS, "role": "teacher", "organisation": elsewhere.pk},
    )
    assert Invitation.objects.get().organisation == organisation
    answer = sign_in(coordinator).post(
        reverse("classrooms:organisation"), {"email": "x@y.example", "role": "municipal_editor"}
    )
    assert answer.status_code == 422


def test_a_teacher_invites_nobody(teacher_client):
    answer = teacher_client.post(
        reverse("classrooms:organisation"), {"email": ADDRESS, "role": "coordinator"}
    )
    assert answer.status_code == 404
    assert not Invitation.objects.exists()
    assert not mail.outbox


def test_a_teacher_of_elsewhere_can_work_in_two_places(send, sign_in):
    user = make_teacher(email=ADDRESS)
    EmailAddress.objects.create(user=user, email=ADDRESS, verified=True, primary=True)
    assert sign_in(user).post(send()).status_code == 302
    assert user.roles.count() == 2
