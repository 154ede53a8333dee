"""A learner comes back with the return code, takes a new one, or leaves the device."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.hashers import check_password
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.actions import EndedCookieError, renew_own_return_code
from accounts.cookies import LearnerToken, signer
from accounts.models import Learner, LimitWindow
from accounts.return_codes import ALPHABET, ReturnCode, parse_return_code, return_code_from
from accounts.tickets import new_ticket, read_ticket
from tests.factories.classrooms import sign_in_learner

RETURN, NEW, LEAVE = "/terug/", "/mijn/terugkeercode/", "/mijn/klaar/"


def token_of(client: Client) -> LearnerToken:
    learner_id, epoch = signer().unsign(client.cookies["learner"].value).split(".")
    return LearnerToken(int(learner_id), int(epoch))


def take_new_code(client: Client, ticket: str | None = None):
    return client.post(NEW, {"ticket": ticket or str(client.get(NEW).context["ticket"])})


@pytest.mark.parametrize("change", [str, str.lower, lambda c: c.replace("-", " "), "  {} ".format])
def test_the_code_may_be_typed_in_any_way(client, learner, change):
    response = client.post(RETURN, {"code": change(str(learner.return_code))})
    assert response.headers["Location"] == "/mijn/"
    assert token_of(client).learner_id == learner.token.learner_id


def test_coming_back_takes_the_place_of_who_was_here_before(client, learner, classmate):
    """S-35."""
    sign_in_learner(client, classmate)
    client.post(RETURN, {"code": str(learner.return_code)})
    assert token_of(client) == learner.token


def test_coming_back_takes_two_queries(client, learner):
    with CaptureQueriesContext(connection) as captured:
        client.post(RETURN, {"code": str(learner.return_code)})
    assert len([q for q in captured if "SAVEPOINT" not in q["sql"]]) == 2


@pytest.mark.parametrize("why", ["unknown", "wrong end", "too short", "replaced"])
def test_every_wrong_code_gets_the_same_answer(client, learner, why):
    code = str(learner.return_code)
    client.post(RETURN, {"code": "33"})  # the first failure of a window also tidies up
    if why == "replaced":
        renew_own_return_code(token=learner.token, ticket=new_ticket())
    else:
        end = "2" if code[-1] != "2" else "3"
        wrong = {"unknown": "222222" + code[6:], "wrong end": code[:-1] + end, "too short": "AB"}
        code = wrong[why]
    with CaptureQueriesContext(connection) as captured:
        response = client.post(RETURN, {"code": code})
    page = response.content.decode()
    assert response.status_code == 422
    assert page.count("Deze code kennen we niet.") == 2
    assert f'value="{code}"' in page
    assert "learner" not in response.cookies
    assert LimitWindow.objects.count() == 2
    expected = 3 if parse_return_code(code) is None else 4
    assert len([q for q in captured if "SAVEPOINT" not in q["sql"]]) == expected


def test_too_many_wrong_codes_make_us_stop_listening(client, learner, settings):
    settings.LIMITS = {**settings.LIMITS, "return_per_address": (2, 600)}
    wrong = {"code": "222222-222222-222222"}
    assert [client.post(RETURN, wrong).status_code for _ in range(3)] == [422, 422, 429]
    assert client.post(RETURN, {"code": str(learner.return_code)}).status_code == 429


def test_an_empty_form_says_what_to_fill_in(client, db):
    page = client.post(RETURN, {"code": ""}).content.decode()
    assert page.count("Vul je terugkeercode in.") >= 2
    assert 'href="#id_code"' in page
    assert 'aria-describedby="id_code_helptext id_code_error"' in page


@pytest.mark.parametrize("remember", [{}, {"remember": "on"}])
def test_remembering_is_a_choice(client, learner, remember):
    response = client.post(RETURN, {"code": str(learner.return_code), **remember})
    assert bool(response.cookies["learner"]["max-age"]) is bool(remember)


@pytest.mark.parametrize("remember", [{}, {"remember": "on"}])
def test_a_new_code_keeps_what_was_chosen_about_remembering(client, learner, remember):
    client.post(RETURN, {"code": str(learner.return_code), **remember})
    for _again in range(2):
        response = take_new_code(client)
        assert bool(response.cookies["learner"]["max-age"]) is bool(remember)


def test_a_new_code_is_asked_about_first(learner_client, learner):
    """GET changes nothing, and a press without the ticket only asks."""
    for response in (learner_client.get(NEW), learner_client.post(NEW)):
        assert "Wil je een nieuwe terugkeercode?" in response.content.decode()
    assert Learner.objects.get().epoch == learner.token.epoch


def test_a_new_code_works_and_the_old_one_and_other_devices_are_dead(
    learner_client, learner, client
):
    sign_in_learner(client, learner)
    response = take_new_code(learner_client)
    page = learner_client.get(response.headers["Location"]).content.decode()
    code = re.search(r"[2-9A-Z]{6}-[2-9A-Z]{6}-[2-9A-Z]{6}", page)[0]
    assert code != str(learner.return_code)
    # Loading the page again shows the same code and makes no other.
    assert code in learner_client.get(NEW).content.decode()
    assert take_new_code(client).headers["Location"] == RETURN
    fresh = Client(headers={"origin": "http://testserver"})
    assert fresh.post(RETURN, {"code": str(learner.return_code)}).status_code == 422
    assert fresh.post(RETURN, {"code": code}).status_code == 302


def test_a_code_that_somebody_saw_can_be_replaced_at_once(learner_client, learner):
    take_new_code(learner_client)
    first = learner_client.get(NEW).context["return_code"]
    take_new_code(learner_client)
    second = learner_client.get(NEW).context["return_code"]
    assert first != second
    assert learner_client.post(RETURN, {"code": str(first)}).status_code == 422


def test_a_double_click_gives_one_new_code(learner_client, learner, client):
    sign_in_learner(client, learner)
    ticket = str(learner_client.get(NEW).context["ticket"])
    take_new_code(learner_client, ticket)
    take_new_code(client, ticket)
    assert token_of(learner_client) == token_of(client)
    assert Learner.objects.get().epoch == learner.token.epoch + 1


def test_who_is_nobody_here_is_sent_to_the_return_page(client, db):
    assert client.get(NEW).headers["Location"] == RETURN
    assert client.post(NEW).headers["Location"] == RETURN


def test_a_new_code_for_an_ended_cookie_is_refused(learner):
    Learner.objects.update(epoch=9)
    with pytest.raises(EndedCookieError):
        renew_own_return_code(token=learner.token, ticket=new_ticket())


def test_a_new_code_steps_over_a_selector_that_is_taken(learner, classmate):
    ticket = new_ticket()
    Learner.objects.filter(pk=classmate.token.learner_id).update(
        return_selector=ticket.code(0).selector
    )
    code, _token = renew_own_return_code(token=learner.token, ticket=ticket)
    assert code == ticket.code(1)


def test_leaving_takes_everything_off_this_device_only(learner_client, learner, client):
    """S-41."""
    sign_in_learner(client, learner)
    assert "Klaar op dit toestel?" in learner_client.get(LEAVE).content.decode()
    assert "learner" in learner_client.cookies
    response = learner_client.post(LEAVE)
    assert response.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert response.headers["Cache-Control"] == "no-store"
    assert response.cookies["learner"]["max-age"] == 0
    assert response.cookies["learner-code"]["max-age"] == 0
    assert "geschiedenis" in response.content.decode()
    # The phone at home goes on.
    assert client.get("/mee/").context["known"].kind == "member"


@pytest.mark.parametrize("path", [RETURN, NEW, LEAVE])
def test_another_sites_page_can_do_none_of_this(learner, path):
    """S-39."""
    foreign = sign_in_learner(Client(headers={"origin": "https://evil.example"}), learner)
    before = list(Learner.objects.values())
    assert foreign.post(path, {"code": str(learner.return_code)}).status_code == 403
    assert list(Learner.objects.values()) == before


def test_return_codes_are_stored_as_salted_hashes_only(learner):
    """S-33."""
    row = Learner.objects.get(pk=learner.token.learner_id)
    assert learner.return_code.verifier not in str(vars(row))
    assert row.return_verifier_hash.startswith("pbkdf2_sha256_code$")
    assert check_password(learner.return_code.verifier, row.return_verifier_hash)


def test_codes_of_tickets_are_all_different_and_of_the_alphabet():
    ticket = new_ticket()
    codes = {str(new_ticket().code(0)) for _ in range(500)} | {str(c) for c in ticket.codes()}
    assert len(codes) == 505
    assert set("".join(codes)) <= set(ALPHABET) | {"-"}


def test_a_code_uses_the_whole_range_of_random_bytes():
    assert return_code_from(bytes(32)) == ReturnCode("22222", "2" * 13)
    assert return_code_from(b"\xff" * 32) != return_code_from(b"\xff" * 31 + b"\xfe")


@pytest.mark.parametrize("text", ["", "abc", "abc:def:ghi", "2:3"])
def test_a_ticket_that_is_not_ours_is_no_ticket(text):
    assert read_ticket(text) is None


def test_a_ticket_is_read_back_and_gets_old():
    ticket = new_ticket()
    assert read_ticket(str(ticket)) == ticket
    assert read_ticket(str(ticket), max_age=-1) is None
