"""Certificates in the admin: to find one, look at it and revoke it, and who may not."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from accounts.models import User
from certificates.actions import AlreadyRevokedError, revoke_certificate
from certificates.badges import signed_revoked_list
from certificates.models import Certificate, RevokedBadge
from certificates.numbers import shown, typed
from certificates.validity import State
from home.actions import set_up_reviews
from tests.conftest import browser, signed_in
from tests.factories.accounts import UserFactory
from tests.factories.certificates import make_certificate, make_path
from tests.factories.organisations import make_coordinator, make_municipal_editor, make_teacher

pytestmark = pytest.mark.django_db
LIST = "/beheer/certificaten/"
NAME = "Noor de Wit"
SURE = {"reason": "De naam klopte niet.", "sure": "on"}


@pytest.fixture
def made() -> Certificate:
    return make_certificate(name=NAME)


def page(made: Certificate, part: str = "") -> str:
    return f"{LIST}{made.pk}/{part}"


def copies(made: Certificate, count: int) -> list[Certificate]:
    """More of the same holder."""
    rows = []
    for number in range(2, count + 2):
        twin = Certificate.objects.get(pk=made.pk)
        twin.pk, twin.public_id, twin.number = None, f"{number:c>26d}", number
        twin.save(force_insert=True)
        rows.append(twin)
    return rows


def in_the_list(client: Client, wish: str = "") -> set[int]:
    found = client.get(f"{LIST}lijst/?{wish}")
    assert found.status_code == 200
    return {row.pk for row in found.context["object_list"]}


def test_the_list_says_which_and_until_when_and_no_names(
    editor_client: Client, made: Certificate
) -> None:
    text = editor_client.get(LIST).text
    for said in (shown(made.public_id), "Klein pakket", "Geldig", page(made)):
        assert said in text
    assert NAME not in text
    assert str(made.user.email) not in text


def test_one_is_found_by_its_number_however_it_is_typed(
    editor_client: Client, made: Certificate
) -> None:
    other = make_certificate(name="Sam")
    number = made.public_id
    for wish in (number, number[:9], shown(number).upper(), f"https://a.nl/certificaat/{number}/"):
        assert in_the_list(editor_client, f"q={wish}") == {made.pk}
    assert in_the_list(editor_client, "q=bestaat-niet") == set()
    assert in_the_list(editor_client, f"q={NAME}") == set()
    assert in_the_list(editor_client) == {made.pk, other.pk}


@pytest.mark.parametrize(
    ("text", "number"),
    [("AB cd\n", "abcd"), ("http://a.nl/certificaat/abcd/", "abcd"), ("abcd/", "abcd"), ("", "")],
)
def test_what_is_typed_is_read_as_a_number(text: str, number: str) -> None:
    assert typed(text) == number


def test_the_list_is_narrowed_by_path(editor_client: Client, made: Certificate) -> None:
    (other,) = copies(made, 1)
    other.package_key, other.title = "00000000-0000-4000-8000-000000000009", "Ander pad"
    other.save()
    assert in_the_list(editor_client, f"package_key={made.package_key}") == {made.pk}
    assert in_the_list(editor_client, f"package_key={other.package_key}") == {other.pk}
    text = editor_client.get(LIST).text
    assert "Klein pakket" in text
    assert "Ander pad" in text


def test_the_list_is_narrowed_by_state_as_the_rule_has_it(
    editor_client: Client, made: Certificate
) -> None:
    today = timezone.localdate()
    last_day, ended, revoked, both, replaced, new = copies(made, 6)
    long_ago = today - timedelta(days=400)
    for one, until in ((last_day, today), (ended, today - timedelta(days=1)), (both, long_ago)):
        one.issued_on, one.valid_until = long_ago, until
        one.save()
    new.renews = replaced
    new.save()
    for one in (revoked, both):
        revoke_certificate(certificate=one, reason="Fout.", now=timezone.now(), user=None)
    everything = list(Certificate.objects.with_renewal())
    for state in State:
        expected = {one.pk for one in everything if one.state(today=today) is state}
        assert expected, state
        assert in_the_list(editor_client, f"state={state}") == expected


def test_the_list_takes_the_same_queries_for_one_and_for_thirty(
    editor_client: Client, made: Certificate, django_assert_num_queries: Any
) -> None:
    editor_client.get(LIST)
    with django_assert_num_queries(12):
        editor_client.get(LIST)
    newest = copies(made, 40)
    newest[-1].renews = made
    newest[-1].save()
    with django_assert_num_queries(12):
        text = editor_client.get(LIST).text
    assert "p=2" in text
    assert len(in_the_list(editor_client, "p=2")) == 11


def test_one_certificate_is_shown_with_its_name(editor_client: Client, made: Certificate) -> None:
    text = editor_client.get(page(made)).text
    for said in (NAME, "Klein pakket", f"/certificaat/{made.public_id}/", page(made, "intrekken/")):
        assert said in text
    assert str(made.user.email) not in text
    assert editor_client.get(f"{LIST}999999/").status_code == 404


def test_revoking_says_that_it_cannot_be_undone_and_asks_why(
    editor_client: Client, made: Certificate
) -> None:
    address = page(made, "intrekken/")
    text = editor_client.get(address).text
    assert "Dit kan niet worden teruggedraaid" in text
    for sent, said in (
        ({}, "Vul in waarom"),
        ({"sure": "on", "reason": "  "}, "Vul in waarom"),
        ({"reason": "De naam klopte niet."}, "Vink aan dat je het zeker weet."),
        ({"sure": "on", "reason": "a" * 201}, "200"),
    ):
        response = editor_client.post(address, sent)
        assert response.status_code == 422
        assert said in response.text
    made.refresh_from_db()
    assert made.revoked_at is None
    assert not ModelLogEntry.objects.filter(action="certificates.revoke").exists()


def test_a_revoked_one_counts_nowhere_and_stays_so(
    editor_client: Client, editor: User, made: Certificate
) -> None:
    before = signed_revoked_list(0, now=timezone.now())
    response = editor_client.post(page(made, "intrekken/"), SURE)
    assert (response.status_code, response["Location"]) == (302, page(made))
    made.refresh_from_db()
    assert made.revoked_reason == "De naam klopte niet."
    assert "ingetrokken" in browser().get(f"/certificaat/{made.public_id}/").text
    assert RevokedBadge.objects.filter(place=made.pk).exists()
    assert signed_revoked_list(0, now=timezone.now()) != before
    holder = signed_in(made.user).get(f"/mijn-certificaten/{made.public_id}/").text
    assert "De naam klopte niet." in holder

    text = editor_client.get(page(made)).text
    assert "De naam klopte niet." in text
    assert page(made, "intrekken/") not in text
    assert editor_client.get(page(made, "intrekken/"))["Location"] == page(made)
    again = editor_client.post(page(made, "intrekken/"), SURE | {"reason": "Iets anders"})
    assert again["Location"] == page(made)
    made.refresh_from_db()
    assert made.revoked_reason == "De naam klopte niet."
    (entry,) = ModelLogEntry.objects.filter(action="certificates.revoke")
    assert (entry.user, entry.object_id, entry.label) == (editor, str(made.pk), "Klein pakket")
    written = f"{entry.label}{entry.data}"
    for secret in (NAME, made.public_id, "De naam klopte niet."):
        assert secret not in written
    assert "Trok een certificaat in" in str(entry.message)


def test_the_command_leaves_a_line_too(made: Certificate) -> None:
    revoke_certificate(certificate=made, reason="Fout.", now=timezone.now(), user=None)
    assert ModelLogEntry.objects.get(action="certificates.revoke").user is None
    with pytest.raises(AlreadyRevokedError):
        revoke_certificate(certificate=made, reason="Fout.", now=timezone.now(), user=None)
    assert ModelLogEntry.objects.filter(action="certificates.revoke").count() == 1


def moderator() -> User:
    user = UserFactory()
    user.groups.add(Group.objects.get(name="Moderators"))
    return user


def safety_reviewer() -> User:
    make_path()
    set_up_reviews()
    user = UserFactory()
    user.groups.add(Group.objects.get(name="Safety reviewers"))
    return user


def answers(client: Client, made: Certificate) -> set[int]:
    addresses = (LIST, f"{LIST}lijst/", page(made), page(made, "intrekken/"))
    looked = [client.get(one) for one in addresses]
    sent = client.post(page(made, "intrekken/"), SURE)
    assert not any(shown(made.public_id) in one.text or NAME in one.text for one in looked)
    return {one.status_code for one in (*looked, sent)}


@pytest.mark.parametrize(
    "who", [make_teacher, make_coordinator, make_municipal_editor, UserFactory, safety_reviewer]
)
def test_who_does_not_write_for_the_country_finds_no_certificates(
    made: Certificate, who: Any
) -> None:
    user = who()
    assert answers(signed_in(user), made) <= {302, 403, 404}
    made.refresh_from_db()
    assert made.revoked_at is None


def test_the_holder_has_no_way_in_either(made: Certificate) -> None:
    assert answers(signed_in(made.user), made) <= {302, 403, 404}
    assert browser().get(page(made)).status_code == 302


def test_the_menu_names_it_for_who_may(made: Certificate, admin_client: Client) -> None:
    home = reverse("wagtailadmin_home")
    for client in (admin_client, signed_in(moderator())):
        assert LIST in client.get(home).text
        assert client.get(LIST).status_code == 200
    reviewer = signed_in(safety_reviewer()).get(home)
    assert reviewer.status_code == 200
    assert LIST not in reviewer.text
