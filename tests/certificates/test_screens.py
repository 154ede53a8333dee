"""The way to a certificate through the pages, without JavaScript, and the wall around it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.cookies import signer
from accounts.models import Learner, LimitWindow, User
from certificates.actions import claim_certificate, revoke_certificate
from certificates.models import Certificate
from certificates.paths import Path
from classrooms.actions import Joined, assign
from classrooms.models import Classroom
from organisations.models import Organisation
from tests.conftest import browser, signed_in
from tests.factories.accounts import UserFactory
from tests.factories.certificates import (
    SLUG,
    do_check,
    earn,
    finish_lessons,
    make_certificate,
    make_path,
)
from tests.factories.classrooms import enrol, sign_in_learner

pytestmark = pytest.mark.django_db
PATH = f"/certificaten/{SLUG}/"
CLAIM = f"{PATH}aanvragen/"
MINE = "/mijn-certificaten/"


@pytest.fixture
def path() -> Path:
    return make_path()


def text(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


def device(learner: Learner) -> Client:
    """A browser that works as this learner."""
    return with_cookie(browser(), learner)


def with_cookie(client: Client, learner: Learner) -> Client:
    client.cookies["learner"] = signer().sign(f"{learner.pk}.{learner.epoch}")
    return client


def test_without_an_account_one_sees_what_to_do_and_what_is_done_here(path: Path) -> None:
    assert "0 van 2 klaar" in text(browser(), PATH)
    learner = Learner.objects.create()
    finish_lessons(learner, path)
    found = text(device(learner), PATH)
    assert "1 van 2 klaar" in found
    assert f"/account/signup/?next={PATH}" in found
    assert Learner.objects.count() == 1


def test_what_was_done_before_signing_up_counts(path: Path) -> None:
    """Signing up from the page of a path; a professional founds no school."""
    cache.clear()
    learner = Learner.objects.create()
    finish_lessons(learner, path)
    do_check(learner, path)
    client = device(learner)
    fields = {"email": "balie@gemeente.example", "password1": "drie losse woorden"}
    response = client.post(
        f"/account/signup/?next={PATH}", {**fields, "purpose": "learn", "next": PATH}
    )
    assert (response.status_code, response["Location"]) == (302, PATH)
    assert not Organisation.objects.exists()
    assert "Is dit jouw werk?" in text(client, PATH)
    response = client.post(f"{PATH}van-mij/", follow=True)
    assert "Alles is klaar." in response.content.decode()
    learner.refresh_from_db()
    assert learner.user == User.objects.get()
    assert (
        "Klopt je certificaat?" in client.post(CLAIM, {"name": " Noor  de Wit "}).content.decode()
    )
    assert not Certificate.objects.exists()
    response = client.post(CLAIM, {"name": "Noor de Wit", "confirm": "ja"})
    made = Certificate.objects.get()
    assert response["Location"] == f"{MINE}{made.public_id}/"
    assert "Noor de Wit" in text(client, response["Location"])
    assert client.post(CLAIM, {"name": "Noor", "confirm": "ja"})["Location"] == response["Location"]
    assert Certificate.objects.count() == 1


def test_a_name_is_asked_for_and_can_be_changed_before_it_counts(path: Path) -> None:
    user = UserFactory(name="Noor")
    earn(user, path)
    client = signed_in(user)
    assert 'value="Noor"' in text(client, CLAIM)
    assert client.post(CLAIM, {"name": " "}).status_code == 422
    changed = client.post(CLAIM, {"name": "Nor", "change": "ja"})
    assert (changed.status_code, 'value="Nor"' in changed.content.decode()) == (200, True)
    assert not Certificate.objects.exists()


def test_who_has_work_to_do_is_sent_to_it(path: Path) -> None:
    client = signed_in(UserFactory())
    assert client.get(CLAIM)["Location"] == PATH
    assert client.post(CLAIM, {"name": "Noor", "confirm": "ja"})["Location"] == PATH
    assert not Certificate.objects.exists()


def test_signing_in_takes_nobodys_work_along(path: Path) -> None:
    """A teacher signs in at a pupil's device."""
    learner = Learner.objects.create()
    finish_lessons(learner, path)
    client = device(learner)
    client.force_login(UserFactory())
    text(client, PATH)
    text(client, MINE)
    learner.refresh_from_db()
    assert learner.user is None


def test_work_on_other_things_is_not_asked_about(path: Path) -> None:
    """A pupil's cookie without work in this path is not offered to who signs in."""
    learner = Learner.objects.create()
    client = device(learner)
    client.force_login(UserFactory())
    assert "Is dit jouw werk?" not in text(client, PATH)
    client.post(f"{PATH}van-mij/")
    learner.refresh_from_db()
    assert (learner.user, learner.epoch) == (None, 1)


def test_work_of_another_account_stays_theirs(path: Path) -> None:
    owner, other = UserFactory(), UserFactory()
    learner = earn(owner, path)
    client = device(learner)
    client.force_login(other)
    assert "Is dit jouw werk?" not in text(client, PATH)
    assert "0 van 2 klaar" in text(client, PATH)
    client.post(f"{PATH}van-mij/")
    learner.refresh_from_db()
    assert learner.user == owner


def test_whoever_holds_the_old_cookie_does_not_come_along(path: Path) -> None:
    """S-35."""
    learner = Learner.objects.create()
    finish_lessons(learner, path)
    other_device = device(learner)
    client = device(learner)
    client.force_login(UserFactory())
    client.post(f"{PATH}van-mij/")
    assert "0 van 2 klaar" in text(other_device, PATH)
    assert "1 van 2 klaar" in text(client, PATH)


def test_on_another_device_one_goes_on_where_one_was(path: Path) -> None:
    user = UserFactory()
    learner = Learner.objects.create(user=user)
    finish_lessons(learner, path)
    client = signed_in(user)
    assert "Ga hier verder" in text(client, PATH)
    client.post(f"{PATH}van-mij/")
    learner.refresh_from_db()
    assert client.cookies["learner"].value.split(":")[0] == f"{learner.pk}.{learner.epoch}"


def test_signing_out_leaves_no_learner_behind_on_the_device(path: Path) -> None:
    user = UserFactory()
    learner = earn(user, path)
    client = with_cookie(signed_in(user), learner)
    client.post(reverse("account_logout"))
    assert "0 van 2 klaar" in text(client, PATH)
    learner.refresh_from_db()
    assert learner.user == user


def test_signing_out_leaves_a_pupils_cookie_alone(learner: Joined, teacher: User) -> None:
    client = sign_in_learner(signed_in(teacher), learner)
    client.post(reverse("account_logout"))
    assert Learner.objects.get(pk=learner.token.learner_id).epoch == learner.token.epoch


def test_a_package_without_a_certificate_is_no_path(path: Path) -> None:
    assert "/certificaten/" in text(browser(), f"/lessen/{SLUG}/")
    path.source.certificate_months = 0
    path.source.save_revision().publish()
    assert "/certificaten/" not in text(browser(), f"/lessen/{SLUG}/")
    for client in (browser(), signed_in(UserFactory())):
        text(client, PATH, status=404)
    text(browser(), "/certificaten/bestaat-niet/", status=404)


OWN = ("", "certificaat.pdf", "certificaat.jwt", "weg/")


@pytest.mark.parametrize("part", OWN)
def test_somebody_elses_certificate_is_not_there(part: str) -> None:
    made = make_certificate()
    address = f"{MINE}{made.public_id}/{part}"
    other = signed_in(UserFactory())
    text(other, address, status=404)
    assert other.post(address).status_code in (404, 405)
    assert browser().get(address)["Location"].startswith("/account/login/")
    assert Certificate.objects.filter(pk=made.pk).exists()
    assert made.holder_name not in text(other, MINE)


def test_its_holder_deletes_it_and_nobody_finds_it(path: Path) -> None:
    made = make_certificate()
    client = signed_in(made.user)
    assert "Wie het nakijkt, vindt dan niets meer" in text(client, f"{MINE}{made.public_id}/weg/")
    assert Certificate.objects.exists()
    client.post(f"{MINE}{made.public_id}/weg/")
    assert not Certificate.objects.exists()
    text(browser(), f"/certificaat/{made.public_id}/", status=404)


def test_who_checks_it_sees_what_they_must_and_no_more() -> None:
    made = make_certificate(name="Noor de Wit")
    response = browser().get(f"/certificaat/{made.public_id}/")
    found = response.content.decode()
    for shown in ("Dit certificaat is geldig.", "Noor de Wit", "Klein pakket"):
        assert shown in found
    assert made.user.email not in found
    assert not [name for name, _day in made.forms if name in found]
    assert response["Cache-Control"] == "no-store"
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert "noindex" in found


def test_who_checks_it_sees_each_state() -> None:
    made = make_certificate(at=timezone.now() - timedelta(days=330))
    do_check(made.user.learners.get(), make_path())
    path = make_path()
    new = claim_certificate(user=made.user, path=path, name="Noor", now=timezone.now())
    assert new != made
    assert "vervangen door een nieuwer" in text(browser(), f"/certificaat/{made.public_id}/")
    assert new.public_id not in text(browser(), f"/certificaat/{made.public_id}/")
    revoke_certificate(certificate=new, reason="Geheim.", now=timezone.now(), user=None)
    found = text(browser(), f"/certificaat/{new.public_id}/")
    assert "ingetrokken" in found
    assert "Geheim." not in found
    assert "Geheim." in text(signed_in(new.user), f"{MINE}{new.public_id}/")
    Certificate.objects.filter(pk=made.pk).update(
        valid_until=made.issued_on, issued_on=made.issued_on
    )
    Certificate.objects.filter(pk=new.pk).delete()
    assert "verlopen" in text(browser(), f"/certificaat/{made.public_id}/")
    assert "Vernieuwen" in text(signed_in(made.user), f"{MINE}{made.public_id}/")


def test_guessing_numbers_is_stopped_for_right_ones_too(settings: Any) -> None:
    settings.LIMITS = {**settings.LIMITS, "certificate_per_address": (3, 600)}
    made = make_certificate()
    guesser = browser()
    for guess in ("2" * 26, "iets", "2" * 25 + "!"):
        text(guesser, f"/certificaat/{guess}/", status=404)
    text(guesser, f"/certificaat/{made.public_id}/", status=429)
    assert LimitWindow.objects.exists()


def test_checking_a_right_number_counts_against_nobody() -> None:
    made = make_certificate()
    text(browser(), f"/certificaat/{made.public_id}/")
    assert not LimitWindow.objects.exists()


def test_my_certificates_take_the_same_queries_for_one_and_for_ten(
    path: Path, django_assert_max_num_queries: Any
) -> None:
    user = UserFactory()
    first = make_certificate(user)
    for number in range(2, 11):
        first.pk, first.number, first.public_id = None, number, f"{number:026d}"
        first.save(force_insert=True)
    client = signed_in(user)
    text(client, MINE)
    with django_assert_max_num_queries(6):  # two of them say who asks
        text(client, MINE)


def test_who_has_none_reads_where_to_get_one(path: Path) -> None:
    found = text(signed_in(UserFactory()), MINE)
    assert "Je hebt nog geen certificaat" in found
    assert PATH in found


def test_a_teacher_prints_diplomas_for_who_did_all(
    classroom: Classroom, teacher: User, path: Path
) -> None:
    page = f"/docent/klas/{classroom.public_id}/diplomas/"
    client = signed_in(teacher)
    assert "De klas heeft nog geen lespakket" in text(client, page)
    assign(classroom=classroom, thing=path.source, now=timezone.now(), user=teacher)
    done, _busy = enrol(classroom), enrol(classroom)
    assert "Nog niemand deed alle lessen." in text(client, page)
    text(client, f"{page}{SLUG}.pdf", status=404)
    finish_lessons(Learner.objects.get(pk=done.token.learner_id), path)
    assert "1 leerling is klaar" in text(client, page)
    response = client.get(f"{page}{SLUG}.pdf")
    assert response.content.startswith(b"%PDF-")
    assert not Certificate.objects.exists()


def test_another_teacher_gets_no_diplomas(
    classroom: Classroom, teacher: User, other_teacher: User, path: Path
) -> None:
    assign(classroom=classroom, thing=path.source, now=timezone.now(), user=teacher)
    finish_lessons(Learner.objects.get(pk=enrol(classroom).token.learner_id), path)
    page = f"/docent/klas/{classroom.public_id}/diplomas/"
    for address in (page, f"{page}{SLUG}.pdf"):
        text(signed_in(other_teacher), address, status=404)
