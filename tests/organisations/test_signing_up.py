"""A teacher makes an account, and with it a school of their own."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from django.core.cache import cache

from accounts.models import User
from organisations.models import Organisation, Role

SIGNUP = "/account/signup/"
DATA = {
    "email": "nieuw@school.example",
    "password1": "drie losse woorden",
    "organisation_name": "De Regenboog",
    "organisation_kind": "school",
    "name": "Sam",
}


@pytest.fixture(autouse=True)
def _no_counts_of_earlier_tests():
    cache.clear()


def test_signing_up_leads_to_the_first_class(client, db):
    response = client.post(SIGNUP, DATA, follow=True)
    assert "Maak je eerste klas" in response.content.decode()
    user = User.objects.get()
    role = user.roles.get()
    assert (user.name, role.organisation.name, role.name) == ("Sam", "De Regenboog", "teacher")


def test_a_school_with_the_same_name_is_another_school(client, organisation, teacher):
    """Typing a school's name opens no door into it."""
    client.post(SIGNUP, {**DATA, "organisation_name": organisation.name})
    assert Organisation.objects.filter(name=organisation.name).count() == 2
    assert not Role.objects.filter(user__email=DATA["email"], organisation=organisation).exists()


def test_extra_fields_give_nobody_rights(client, organisation):
    """S-10."""
    extra = {"is_staff": "on", "is_superuser": "on", "organisation": organisation.pk, "role": "x"}
    client.post(SIGNUP, {**DATA, **extra})
    user = User.objects.get()
    assert not user.is_staff
    assert not user.is_superuser
    assert user.roles.get().organisation != organisation


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"email": ""}, "email"),
        ({"email": "geen adres"}, "email"),
        ({"password1": "kort"}, "password1"),
        ({"password1": "nieuw@school"}, "password1"),
        ({"password1": "1234567890"}, "password1"),
        ({"organisation_name": ""}, "organisation_name"),
        ({"organisation_kind": "bank"}, "organisation_kind"),
    ],
)
def test_a_wrong_form_points_at_the_field_and_keeps_what_was_typed(client, db, changes, field):
    data = {**DATA, **changes}
    page = client.post(SIGNUP, data).content.decode()
    assert f'href="#id_{field}"' in page
    assert f'id="id_{field}_error"' in page
    assert 'value="Sam"' in page
    assert f'value="{data["password1"]}"' not in page
    assert not User.objects.exists()


def test_the_confirmation_mail_is_neutral_and_its_button_confirms(client, db):
    client.post(SIGNUP, DATA)
    message = mail.outbox[0]
    assert message.subject == "Bevestig je e-mailadres"
    link = re.search(r"http://testserver(/\S+)", message.body)[1]
    page = client.get(link)
    assert "Is nieuw@school.example jouw e-mailadres?" in page.content.decode()
    email = User.objects.get().emailaddress_set.get()
    assert not email.verified  # S-39: a mail scanner that follows links confirms nothing
    client.post(link)
    email.refresh_from_db()
    assert email.verified


def test_a_confirmation_link_that_does_not_exist_says_so(client, db):
    page = client.get("/account/confirm-email/abc:def/").content.decode()
    assert "Deze link werkt niet meer." in page


def test_an_address_that_has_an_account_is_not_given_a_second_one(client, teacher):
    client.post(SIGNUP, {**DATA, "email": teacher.email.upper()})
    assert User.objects.count() == 1


def test_the_school_is_text_on_the_page(client, db):
    """S-50."""
    payload = '<script>alert("x")</script>'
    page = client.post(SIGNUP, {**DATA, "organisation_name": payload}, follow=True)
    assert payload not in page.content.decode()
    assert "&lt;script&gt;alert" in page.content.decode()
