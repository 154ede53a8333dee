"""Signing in at a school or an employer, with real OpenID providers (tests/oidc/provider.mjs)."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.exceptions import ValidationError
from wagtail.models import ModelLogEntry

from accounts.claims_mapping import identity, read_providers
from accounts.models import User
from accounts.provider_adapter import SocialAccountAdapter
from organisations.actions import appoint_coordinator
from organisations.models import Organisation, Role
from tests.conftest import browser, signed_in
from tests.factories.accounts import PASSWORD, UserFactory
from tests.oidc.elsewhere import NOBODY_ANSWERS, comes_in, settings_file, signs_in_there, way_there

pytestmark = [pytest.mark.django_db, pytest.mark.oidc]
LOGIN, CONNECTIONS = "/account/login/", "/account/elders/"


def reauthenticated(user: User):
    client = browser()
    client.post(LOGIN, {"login": user.email, "password": PASSWORD})
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    return client


def nobody_new() -> bool:
    return not User.objects.exists() and not SocialAccount.objects.exists()


def said(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_the_first_time_makes_an_account_and_the_second_time_finds_it(
    elsewhere, organisation, client
):
    first = comes_in(client, "docent")
    assert first.headers["Location"] == "/docent/"
    assert client.get("/account/").status_code == 200
    user = User.objects.get()
    assert (user.email, user.has_usable_password()) == ("docent@anders.example", False)
    assert list(EmailAddress.objects.values_list("email", "verified")) == [(user.email, True)]
    role = Role.objects.get()
    assert (role.user, role.organisation, role.name) == (user, organisation, "teacher")
    assert ModelLogEntry.objects.get().action == "organisations.arrive"
    again = browser()
    comes_in(again, "docent")
    assert again.get("/account/").status_code == 200
    assert User.objects.get() == user
    assert Role.objects.get() == role


def test_only_a_pseudonym_is_kept_and_no_token(elsewhere, client):
    comes_in(client, "docent")
    kept = SocialAccount.objects.get()
    assert kept.extra_data == {"pseudonym": "docent"}
    assert (kept.provider, kept.uid) == ("school", identity(elsewhere[0], "docent"))
    assert not SocialToken.objects.exists()
    assert not SocialApp.objects.exists()
    assert "00AB" not in str(client.session.items())


def test_the_session_ends_with_the_browser_as_after_a_password(elsewhere, client, teacher):
    comes_in(client, "docent")
    with_password = reauthenticated(teacher)
    for one in (client, with_password):
        assert one.session.get_expire_at_browser_close()
    assert UserSession.objects.count() == 2


def test_the_same_subject_of_another_issuer_is_somebody_else(elsewhere, client):
    comes_in(client, "van-elders", "school")
    client.post("/account/elders/nieuw/", {"purpose": "learn"})
    other = browser()
    comes_in(other, "van-elders", "werk")
    other.post("/account/elders/nieuw/", {"purpose": "learn"})
    assert User.objects.count() == 2
    assert len(set(SocialAccount.objects.values_list("uid", flat=True))) == 2


def test_another_issuer_under_the_same_name_is_not_taken_for_the_first(
    elsewhere, organisation, client, settings
):
    """An operator who changes the address gives nobody's account away."""
    comes_in(client, "conciërge")
    moved = settings_file(elsewhere[::-1], organisation=str(organisation.public_id))
    settings.OIDC_PROVIDERS = read_providers(moved)
    comes_in(browser(), "conciërge")
    assert User.objects.count() == 2


def test_an_account_with_the_same_address_is_neither_taken_over_nor_connected(
    elsewhere, client, teacher
):
    before = User.objects.values().get()
    page = comes_in(client, "zelfde-adres")
    assert page.status_code == 403
    for words in ("Je hebt hier al een account", "Log in met je e-mailadres en wachtwoord"):
        assert words in said(page)
    assert client.get("/account/").status_code == 302
    assert User.objects.values().get() == before
    assert not SocialAccount.objects.exists()
    assert not Session.objects.exists()


def test_an_address_that_waits_for_its_confirmation_is_taken_too(elsewhere, client, teacher):
    EmailAddress.objects.create(user=teacher, email="docent@anders.example")
    assert comes_in(client, "docent").status_code == 403
    assert User.objects.get() == teacher


def test_an_address_that_the_provider_did_not_check_is_not_used(elsewhere, client, teacher):
    """Nor does it stand in the way of who has it."""
    assert comes_in(client, "niet-nagekeken").headers["Location"] == "/docent/"
    user = User.objects.exclude(pk=teacher.pk).get()
    assert user.email is None
    assert not EmailAddress.objects.filter(user=user).exists()
    assert "Je hebt nog geen e-mailadres opgegeven" in said(client.get("/account/"))
    assert "None" not in said(client.get("/account/email/"))


def test_a_pupil_is_told_about_the_class_code_and_nothing_is_stored(elsewhere, client):
    page = comes_in(client, "leerling")
    assert page.status_code == 403
    assert "Dan doe je mee met de code van je klas" in said(page)
    assert 'href="/mee/"' in page.content.decode()
    assert nobody_new()
    assert not Session.objects.exists()


def test_whoever_may_be_a_pupil_is_not_let_in(elsewhere, client):
    page = comes_in(client, "zonder-rol")
    assert page.status_code == 403
    assert "vertelt ons niet wat je daar doet" in said(page)
    assert nobody_new()


def test_whose_organisation_we_do_not_know_gets_one_that_is_provisional(elsewhere, client):
    answer = comes_in(client, "van-elders")
    assert answer.headers["Location"] == "/account/elders/nieuw/"
    assert nobody_new()
    assert client.post("/account/elders/nieuw/", {"purpose": "teach"}).status_code == 200
    assert nobody_new()
    done = client.post(
        "/account/elders/nieuw/",
        {"purpose": "teach", "organisation_name": "De Brug", "organisation_kind": "school"},
    )
    assert done.headers["Location"] == "/docent/"
    role = Role.objects.get()
    assert role.organisation.is_provisional
    assert role.name == "teacher"


def test_the_address_may_be_taken_while_somebody_fills_in_the_form(
    elsewhere, client, settings, issuers
):
    settings.OIDC_PROVIDERS = read_providers(settings_file(issuers))
    comes_in(client, "docent")
    UserFactory(email="docent@anders.example")
    assert client.post("/account/elders/nieuw/", {"purpose": "learn"}).status_code == 403
    assert not SocialAccount.objects.exists()


def test_who_works_there_without_teaching_gets_no_role(elsewhere, client):
    comes_in(client, "conciërge")
    assert User.objects.count() == 1
    assert not Role.objects.exists()


def test_no_claim_makes_anybody_more_than_a_teacher(elsewhere, client, settings, organisation):
    text = settings_file(elsewhere, organisation=str(organisation.public_id))
    widest = '["employee", "coordinator", "municipal_editor", "admin"]'
    settings.OIDC_PROVIDERS = read_providers(text.replace('["employee"]', widest))
    comes_in(client, "directeur")
    user = User.objects.get()
    assert [role.name for role in Role.objects.all()] == ["teacher"]
    assert (user.is_staff, user.is_superuser, user.groups.count()) == (False, False, 0)


def test_a_role_that_was_taken_away_does_not_come_back(elsewhere, client):
    comes_in(client, "docent")
    Role.objects.all().delete()
    comes_in(browser(), "docent")
    assert not Role.objects.exists()


def test_who_coordinates_stays_so_and_who_is_suspended_too(elsewhere, teacher, organisation):
    role = Role.objects.get()
    appoint_coordinator(role=role, now=organisation.confirmed_at)
    Role.objects.update(suspended_at=organisation.confirmed_at)
    comes_in(reauthenticated(teacher), "docent", process="connect")
    assert SocialAccount.objects.get().user == teacher
    role.refresh_from_db()
    assert (role.name, role.suspended_at) == ("coordinator", organisation.confirmed_at)
    assert Role.objects.count() == 1


def test_an_organisation_that_is_gone_gives_no_role(elsewhere, client, settings):
    nobody = "00000000-0000-4000-8000-000000000000"
    settings.OIDC_PROVIDERS = read_providers(settings_file(elsewhere, organisation=nobody))
    Organisation.objects.all().delete()
    comes_in(client, "docent")
    assert User.objects.count() == 1
    assert not Role.objects.exists()


def test_an_account_that_is_switched_off_stays_out(elsewhere, client):
    comes_in(client, "docent")
    User.objects.update(is_active=False)
    late = browser()
    assert comes_in(late, "docent").headers["Location"] == "/account/inactive/"
    assert late.get("/account/").status_code == 302


def test_who_must_sign_in_in_two_steps_still_must(elsewhere, client):
    comes_in(client, "docent")
    Role.objects.update(name=Role.Name.COORDINATOR)
    late = browser()
    comes_in(late, "docent")
    assert late.get("/organisatie/").headers["Location"] == "/account/twee-stappen/"
    Authenticator.objects.create(
        user=User.objects.get(), type="totp", data={"secret": "JBSWY3DPEHPK3PXP"}
    )
    late = browser()
    answer = comes_in(late, "docent")
    assert answer.headers["Location"].startswith("/account/twee-stappen/authenticate/")
    assert late.get("/account/").status_code == 302


def test_an_answer_without_our_state_is_refused(elsewhere, client):
    """Whoever makes a victim follow their own answer signs nobody in."""
    back = signs_in_there(way_there(client), "docent")
    victim = browser()
    page = victim.get(back)
    assert page.status_code == 400
    assert "Inloggen lukte niet" in said(page)
    wrong = re.sub(r"state=[^&]+", "state=nee", back)
    assert client.get(wrong).status_code == 400
    assert nobody_new()
    assert client.get(back).status_code == 302  # the control: with its own state it is good


def test_an_answer_works_once(elsewhere, client):
    back = signs_in_there(way_there(client), "docent")
    assert client.get(back).status_code == 302
    client.post("/account/logout/")
    assert client.get(back).status_code == 400
    assert client.get("/account/").status_code == 302


def test_the_provider_refuses_a_code_twice_and_a_code_of_another_sign_in(elsewhere, client):
    """A code put under a state of one's own: refused by the provider itself."""
    back = signs_in_there(way_there(client), "docent")
    code = parse_qs(urlsplit(back).query)["code"]
    attacker = browser()
    own = parse_qs(urlsplit(way_there(attacker)).query)["state"]
    stolen = f"/account/elders/school/terug/?{urlencode({'code': code[0], 'state': own[0]})}"
    assert attacker.get(stolen).status_code == 502
    assert attacker.get("/account/").status_code == 302
    assert nobody_new()


def test_what_is_asked_has_state_nonce_and_pkce(elsewhere, client):
    asked = [parse_qs(urlsplit(way_there(client)).query) for _time in range(2)]
    for name in ("state", "nonce", "code_challenge"):
        assert asked[0][name] != asked[1][name]
    assert asked[0]["code_challenge_method"] == ["S256"]
    assert asked[0]["response_type"] == ["code"]
    assert set(asked[0]["scope"][0].split()) == {"openid", "email"}


def test_whoever_makes_a_link_decides_nothing_of_what_is_asked(elsewhere, client):
    query = urlencode({"scope": "all", "auth_params": "redirect_uri=https://evil.example&nonce=x"})
    plain, asked = (
        parse_qs(urlsplit(way_there(client, query=more)).query) for more in ("", f"?{query}")
    )
    assert (asked["redirect_uri"], asked["nonce"] == ["x"]) == (plain["redirect_uri"], False)
    assert set(asked["scope"][0].split()) == {"openid", "email"}


def test_a_wrong_secret_is_refused_by_the_provider_and_told_in_plain_words(
    elsewhere, client, settings, organisation
):
    """The control on everything here: the provider really checks."""
    wrong = settings_file(elsewhere, organisation=str(organisation.public_id), secret="wrong")
    settings.OIDC_PROVIDERS = read_providers(wrong)
    page = comes_in(client, "docent")
    assert page.status_code == 502
    assert "Er ging iets mis tussen De School en ons" in said(page)
    assert nobody_new()


@pytest.mark.parametrize("step", ["on the way there", "on the way back"])
def test_a_provider_that_is_down_is_told_in_plain_words(elsewhere, client, settings, step):
    back = signs_in_there(way_there(client), "docent")
    gone = read_providers(settings_file(NOBODY_ANSWERS))
    settings.OIDC_PROVIDERS = gone
    page = (
        client.post("/account/elders/school/") if step == "on the way there" else client.get(back)
    )
    assert page.status_code == 502
    assert "De School geeft geen antwoord" in said(page)
    assert nobody_new()


def test_a_provider_that_says_it_is_another_one_is_refused(elsewhere, client, settings):
    text = settings_file([f"{elsewhere[0]}/", elsewhere[1]])
    settings.OIDC_PROVIDERS = read_providers(text)
    assert client.post("/account/elders/school/").status_code == 502


def test_somebody_who_stops_there_comes_back_to_a_page(elsewhere, client):
    back = signs_in_there(way_there(client), "1", field="cancel")
    answer = client.get(back)
    assert answer.headers["Location"] == "/account/elders/afgebroken/"
    assert "Je bent niet ingelogd" in said(client.get("/account/elders/afgebroken/"))


def test_guessing_counts_with_wrong_passwords_and_a_fault_of_the_provider_does_not(
    elsewhere, client, settings
):
    settings.LIMITS = {**settings.LIMITS, "login_per_address": (2, 600)}
    way_there(client)
    for _time in range(2):
        assert client.get("/account/elders/school/terug/?code=x&state=y").status_code == 400
    assert client.get("/account/elders/school/terug/?code=x&state=y").status_code == 429
    assert client.post("/account/elders/school/").status_code == 429
    settings.LIMITS = {**settings.LIMITS, "login_per_address": (2, 601)}
    settings.OIDC_PROVIDERS = read_providers(settings_file(NOBODY_ANSWERS))
    for _time in range(4):
        assert client.post("/account/elders/school/").status_code == 502


def test_nobody_is_signed_in_by_a_link_or_a_form_of_another_site(elsewhere, client):
    page = client.get("/account/elders/school/")
    assert page.status_code == 200
    assert "Inloggen met De School" in said(page)
    forged = client.post("/account/elders/school/", headers={"origin": "https://evil.example"})
    assert forged.status_code == 403


@pytest.mark.parametrize(
    ("wanted", "arrives"),
    [
        ("/account/", "/account/"),
        ("https://evil.example/", "/docent/"),
        ("//evil.example/", "/docent/"),
        ("https:evil.example", "/docent/"),
    ],
)
def test_it_leads_to_where_somebody_was_going_and_never_away(elsewhere, client, wanted, arrives):
    assert comes_in(client, "docent", next=wanted).headers["Location"] == arrives


def test_who_is_signed_in_connects_and_comes_in_both_ways(elsewhere, teacher):
    client = reauthenticated(teacher)
    assert "Inloggen via school of werk" in said(client.get("/account/"))
    answer = comes_in(client, "zelfde-adres", process="connect")
    assert answer.headers["Location"] == CONNECTIONS
    assert "Het is gekoppeld" in said(client.get(CONNECTIONS))
    assert SocialAccount.objects.get().user == teacher
    assert "ook inloggen met De School" in mail.outbox[-1].body
    late = browser()
    comes_in(late, "zelfde-adres")
    assert str(late.get("/account/").context["user"].pk) == str(teacher.pk)


def test_who_connects_a_school_teaches_there_too(elsewhere, other_teacher, organisation):
    comes_in(reauthenticated(other_teacher), "docent", process="connect")
    assert Role.objects.filter(organisation=organisation).get().user == other_teacher
    assert Role.objects.count() == 2


def test_who_was_signed_in_for_long_shows_who_it_is_before_connecting(elsewhere, teacher):
    client = signed_in(teacher)
    assert client.get(CONNECTIONS).headers["Location"].startswith("/account/reauthenticate/")
    answer = comes_in(client, "docent", process="connect")
    assert answer.headers["Location"] == "/account/reauthenticate/"
    assert not SocialAccount.objects.exists()
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    assert SocialAccount.objects.get().user == teacher


def test_nobody_connects_without_being_signed_in(elsewhere, client):
    comes_in(client, "docent", process="connect")
    assert nobody_new()


def test_what_belongs_to_somebody_else_cannot_be_connected(elsewhere, client, teacher):
    comes_in(client, "docent")
    mine = reauthenticated(teacher)
    comes_in(mine, "docent", process="connect")
    assert "hoort al bij een ander account" in said(mine.get(CONNECTIONS))
    assert SocialAccount.objects.get().user != teacher


def test_who_has_a_password_disconnects(elsewhere, teacher):
    client = reauthenticated(teacher)
    comes_in(client, "docent", process="connect")
    row = SocialAccount.objects.get()
    assert client.post(CONNECTIONS, {"account": row.pk}).headers["Location"] == CONNECTIONS
    assert not SocialAccount.objects.exists()
    assert "niet meer inloggen met De School" in mail.outbox[-1].body


def test_the_only_way_in_cannot_be_disconnected(elsewhere, client):
    comes_in(client, "docent")
    row = SocialAccount.objects.get()
    page = client.post(CONNECTIONS, {"account": row.pk})
    assert "Kies eerst een wachtwoord" in said(page)
    assert SocialAccount.objects.exists()
    # With a password it is no longer the only one.
    assert client.get("/account/password/change/").headers["Location"] == "/account/password/set/"
    new = {"password1": "een-lang-wachtwoord-7", "password2": "een-lang-wachtwoord-7"}
    assert client.post("/account/password/set/", new).status_code == 302
    client.post("/account/reauthenticate/", {"password": new["password1"]})
    client.post(CONNECTIONS, {"account": row.pk})
    assert not SocialAccount.objects.exists()


def test_a_password_without_an_address_is_no_other_way_in(elsewhere, client):
    comes_in(client, "conciërge")
    assert "Zet eerst een e-mailadres in je account" in said(client.get("/account/password/set/"))
    new = {"password1": "een-lang-wachtwoord-7", "password2": "een-lang-wachtwoord-7"}
    answer = client.post("/account/password/set/", new)
    assert answer.headers["Location"] == "/account/email/"
    user = User.objects.get()
    assert not user.has_usable_password()
    user.set_password(PASSWORD)  # as an operator may
    user.save()
    row = SocialAccount.objects.get()
    rows = SocialAccount.objects.all()
    with pytest.raises(ValidationError):
        SocialAccountAdapter().validate_disconnect(row, rows)
    row.user.email = "kim@voorbeeld.example"
    SocialAccountAdapter().validate_disconnect(row, rows)


def test_a_provider_that_is_gone_is_no_other_way_in_and_can_be_disconnected(
    elsewhere, client, settings
):
    comes_in(client, "docent")
    old = SocialAccount.objects.create(user=User.objects.get(), provider="oud", uid="x")
    mine = SocialAccount.objects.get(provider="school")
    client.post(CONNECTIONS, {"account": mine.pk})
    assert SocialAccount.objects.filter(pk=mine.pk).exists()
    assert "oud" in said(client.get(CONNECTIONS))
    client.post(CONNECTIONS, {"account": old.pk})
    assert SocialAccount.objects.get() == mine


def test_nobody_disconnects_somebody_else(elsewhere, client, teacher):
    comes_in(client, "docent")
    reauthenticated(teacher).post(CONNECTIONS, {"account": SocialAccount.objects.get().pk})
    assert SocialAccount.objects.exists()


def test_who_has_no_address_gives_one(elsewhere, client):
    comes_in(client, "conciërge")
    assert client.post("/account/email/", {"email": "kim@voorbeeld.example", "action_add": "1"})
    link = re.search(r"http://testserver(/\S+)", mail.outbox[-1].body)
    assert link is not None
    client.post(link[1])
    assert User.objects.get().email == "kim@voorbeeld.example"


def test_the_sign_in_page_offers_them_and_goes_on_to_where_somebody_was_going(elsewhere, client):
    page = client.get(f"{LOGIN}?next=/account/").content.decode()
    assert "Inloggen met De School" in page
    form = page[page.index("/account/elders/school/") :]
    assert 'name="next" value="/account/"' in form[: form.index("</form>")]


def test_without_a_provider_there_is_no_trace_of_it(client, teacher, django_assert_num_queries):
    with django_assert_num_queries(0):
        page = client.get(LOGIN)
    assert "elders" not in page.content.decode()
    assert "school of werk" not in said(page)
    assert client.post("/account/elders/school/").status_code == 404
    assert client.get("/account/elders/school/terug/").status_code == 404
    assert "elders" not in signed_in(teacher).get("/account/").content.decode()


def test_with_providers_the_pages_ask_no_query_more(
    elsewhere, client, teacher, django_assert_num_queries
):
    with django_assert_num_queries(0):
        client.get(LOGIN)


def test_what_is_kept_is_shown_and_goes_with_the_account(elsewhere, client, tmp_path, settings):
    settings.ERASURE_LIST = str(tmp_path / "erased.jsonl")
    comes_in(client, "docent")
    (told,) = client.get("/account/gegevens.json").json()["signs_in_elsewhere"]
    assert (told["where"], told["pseudonym"]) == ("De School", "docent")
    assert "De School : pseudoniem docent" in said(client.get("/account/gegevens/"))
    assert client.post("/account/wissen/").status_code == 200
    assert nobody_new()
    comes_in(client, "docent")  # the same person begins anew
    assert User.objects.count() == 1
