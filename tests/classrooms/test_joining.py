"""A learner joins a class with its code."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.contrib.auth.hashers import check_password
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.actions import create_learner
from accounts.cookies import LearnerToken, learner_token, signer
from accounts.models import Learner
from accounts.tickets import new_ticket
from classrooms.actions import (
    CodeNotOpenError,
    close_joining,
    join_classroom,
    remove_enrolment,
    replace_join_code,
)
from classrooms.models import Enrolment
from tests.factories.classrooms import enrol, make_classroom, sign_in_learner

JOIN = "/mee/"


def ticket_in(client: Client) -> str:
    page = client.get(JOIN).content.decode()
    return re.search(r'name="ticket" value="([^"]+)"', page)[1]


def join(client: Client, code: str, **more):
    return client.post(JOIN, {"code": code, "ticket": ticket_in(client), **more})


def anonymous_token() -> LearnerToken:
    learner = create_learner()
    return LearnerToken(learner.pk, learner.epoch)


def give_cookie(client: Client, token: LearnerToken) -> Client:
    client.cookies["learner"] = signer().sign(f"{token.learner_id}.{token.epoch}")
    return client


def token_of(client: Client) -> LearnerToken:
    learner_id, epoch = signer().unsign(client.cookies["learner"].value).split(".")
    return LearnerToken(int(learner_id), int(epoch))


def statements(captured: CaptureQueriesContext) -> list[str]:
    """What the database did; the savepoints are BEGIN and COMMIT outside of a test."""
    return [q["sql"] for q in captured if "SAVEPOINT" not in q["sql"]]


@pytest.mark.parametrize("typing", ["{}", "{0}", "lower", "spaces"])
def test_the_code_may_be_typed_in_any_way(client, classroom, typing):
    code = {
        "lower": classroom.shown_code.lower(),
        "spaces": " ".join(classroom.join_code),
    }.get(typing, classroom.shown_code)
    assert join(client, code).headers["Location"] == reverse("classrooms:welcome")
    assert classroom.enrolments.count() == 1


def test_joining_shows_a_nickname_and_the_return_code_that_was_stored(client, classroom):
    response = join(client, classroom.join_code)
    page = client.get(response.headers["Location"]).content.decode()
    enrolment = classroom.enrolments.get()
    assert enrolment.nickname in page
    code = re.search(r"[2-9A-Z]{6}-[2-9A-Z]{6}-[2-9A-Z]{6}", page)[0].replace("-", "")
    learner = enrolment.learner
    assert code[:5] == learner.return_selector
    assert check_password(code[5:], learner.return_verifier_hash)
    assert code not in learner.return_verifier_hash
    assert "Laat dit aan niemand zien" in page


def test_nobody_types_a_name(client, classroom):
    """P-02."""
    join(client, classroom.join_code, nickname="Jan Jansen", name="Jan Jansen")
    assert "Jan" not in classroom.enrolments.get().nickname
    assert "naam" not in [field for field in re.findall(r'name="(\w+)"', str(client.get(JOIN)))]


def test_joining_takes_five_queries(client, classroom):
    ticket = ticket_in(client)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        client.post(JOIN, {"code": classroom.join_code, "ticket": ticket})
    assert len(statements(captured)) == 5


def test_joining_a_full_class_with_work_takes_five_queries_too(client, classroom):
    for _ in range(30):
        enrol(classroom)
    give_cookie(client, anonymous_token())
    data = {"code": classroom.join_code, "known": "work", "keep_work": "on"}
    with CaptureQueriesContext(connection) as captured:
        client.post(JOIN, data)
    assert len(statements(captured)) == 5


def test_a_double_click_makes_one_learner_and_one_code(client, classroom):
    ticket = ticket_in(client)
    second = Client(headers={"origin": "http://testserver"})
    for browser in (client, second):
        browser.post(JOIN, {"code": classroom.join_code, "ticket": ticket})
    assert Learner.objects.count() == 1
    assert token_of(client) == token_of(second)
    welcome = reverse("classrooms:welcome")
    assert client.get(welcome).content == second.get(welcome).content


def test_a_double_click_while_taking_work_along_is_one_learner_too(client, classroom):
    token = anonymous_token()
    ticket = ticket_in(client)
    data = {"code": classroom.join_code, "ticket": ticket, "known": "work", "keep_work": "on"}
    second = Client(headers={"origin": "http://testserver"})
    for browser in (client, second):
        give_cookie(browser, token).post(JOIN, data)
    assert Learner.objects.count() == 1
    assert token_of(client) == token_of(second)


def test_loading_the_welcome_page_again_makes_nobody_new(client, classroom):
    join(client, classroom.join_code)
    first = client.get(reverse("classrooms:welcome"))
    again = client.get(reverse("classrooms:welcome"))
    assert first.content == again.content
    assert Learner.objects.count() == 1


def test_an_old_page_in_the_browser_never_hands_out_the_learner_before(classroom):
    """The next pupil at this device presses Back and uses the page that was left (S-41)."""
    ticket, now = new_ticket(), timezone.now()
    first = join_classroom(code=classroom.join_code, ticket=ticket, now=now)
    later = now + timedelta(minutes=10)
    second = join_classroom(code=classroom.join_code, ticket=ticket, now=later)
    assert second.token.learner_id != first.token.learner_id
    assert str(second.return_code) != str(first.return_code)


def test_a_made_up_ticket_is_not_used(client, classroom):
    client.post(JOIN, {"code": classroom.join_code, "ticket": "seed-of-mine:1:x"})
    client.post(
        JOIN,
        {
            "code": classroom.join_code,
            "ticket": "seed-of-mine:1:x",
            "known": "member",
            "who": "other",
        },
    )
    assert Learner.objects.count() == 2


def test_the_code_on_the_welcome_page_is_for_its_own_learner_only(client, classroom):
    join(client, classroom.join_code)
    give_cookie(client, enrol(classroom).token)
    response = client.get(reverse("classrooms:welcome"))
    assert response.headers["Location"] == reverse("home:mine")


@pytest.mark.parametrize("why", ["wrong", "closed", "over", "replaced", "archived", "too short"])
def test_every_code_that_does_not_work_gets_the_same_answer(client, classroom, why):
    """S-31: one text, one status and the same work."""
    code, now = classroom.join_code, timezone.now()
    client.post(JOIN, {"code": "33333333"})  # the first failure of a window also tidies up
    if why == "wrong":
        code = "22222222"
    elif why == "too short":
        code = "AB"
    elif why == "closed":
        close_joining(classroom=classroom, now=now, user=None)
    elif why == "replaced":
        replace_join_code(classroom=classroom, user=None)
    else:
        changes = {
            "over": {"join_opens_at": now - timedelta(3), "join_closes_at": now - timedelta(1)},
            "archived": {"archived_at": now},
        }[why]
        type(classroom).objects.filter(pk=classroom.pk).update(**changes)
    with CaptureQueriesContext(connection) as captured:
        response = client.post(JOIN, {"code": code})
    assert len(statements(captured)) == 4
    assert response.status_code == 422
    page = response.content.decode()
    assert page.count("Met deze code kun je nu niet meedoen.") == 2
    assert f'value="{code}"' in page  # what was typed is kept
    assert Learner.objects.count() == 0
    assert "learner" not in response.cookies


def test_the_page_names_no_class_and_no_school_before_joining(client, classroom):
    for page in (client.get(JOIN), client.post(JOIN, {"code": "22222222"})):
        assert classroom.name not in page.content.decode()
        assert classroom.organisation.name not in page.content.decode()


def test_looking_changes_nothing(client, classroom):
    """S-39: neither a prefetch nor a link lets anybody join."""
    client.get(JOIN, {"code": classroom.join_code})
    client.head(JOIN)
    assert Learner.objects.count() == 0
    assert not client.cookies


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {},
    ],
)
def test_another_sites_page_cannot_make_somebody_join(classroom, headers):
    """S-39."""
    response = Client(headers=headers).post(JOIN, {"code": classroom.join_code})
    assert response.status_code == 403
    assert Learner.objects.count() == 0


def test_work_comes_along_only_when_the_learner_says_so(client, classroom):
    token = anonymous_token()
    give_cookie(client, token)
    assert "Neem mee wat je al deed" in client.get(JOIN).content.decode()
    join(client, classroom.join_code, known="work")
    assert classroom.enrolments.get().learner_id != token.learner_id


def test_taking_work_along_renews_the_cookie(client, classroom):
    """S-35: whoever planted the old cookie in this browser is out."""
    token = anonymous_token()
    give_cookie(client, token)
    join(client, classroom.join_code, known="work", keep_work="on")
    learner = classroom.enrolments.get().learner
    assert learner.pk == token.learner_id
    assert learner.return_selector
    assert not Learner.objects.holding(token.learner_id, token.epoch).exists()
    assert Learner.objects.holding(learner.pk, token_of(client).epoch).exists()


def test_a_cookie_that_was_ended_brings_no_work_along(client, classroom):
    token = anonymous_token()
    Learner.objects.filter(pk=token.learner_id).update(epoch=9)
    give_cookie(client, token)
    join(client, classroom.join_code, known="work", keep_work="on")
    assert classroom.enrolments.get().learner_id != token.learner_id


def test_work_that_appeared_since_the_page_was_loaded_is_asked_about(client, classroom):
    give_cookie(client, anonymous_token())
    response = client.post(JOIN, {"code": classroom.join_code})
    assert response.status_code == 422
    assert "Neem mee wat je al deed" in response.content.decode()
    assert not classroom.enrolments.exists()


def test_a_device_with_somebody_in_a_class_asks_who_it_is(client, classroom):
    joined = enrol(classroom)
    sign_in_learner(client, joined)
    page = client.get(JOIN).content.decode()
    assert joined.enrolment.nickname in page
    assert "Ben jij dat?" in page
    response = join(client, classroom.join_code, known="member")
    assert response.status_code == 422
    assert "Kies of jij dat bent." in response.content.decode()


def test_the_same_learner_joins_the_same_class_once(client, classroom):
    joined = enrol(classroom)
    sign_in_learner(client, joined)
    response = join(client, classroom.join_code, known="member", who="same")
    assert response.headers["Location"] == reverse("home:mine")
    assert classroom.enrolments.get() == joined.enrolment
    # Nothing was gained, so the code on paper and the other devices stay good.
    assert token_of(client) == joined.token


def test_somebody_else_at_the_same_device_becomes_somebody_new(client, classroom):
    joined = enrol(classroom)
    sign_in_learner(client, joined)
    join(client, classroom.join_code, known="member", who="other")
    assert classroom.enrolments.count() == 2
    assert token_of(client).learner_id != joined.token.learner_id


def test_the_same_learner_can_be_in_two_classes(client, classroom):
    other = make_classroom(name="Mentorgroep")
    joined = enrol(classroom)
    sign_in_learner(client, joined)
    join(client, other.join_code, known="member", who="same")
    assert other.enrolments.get().learner_id == joined.token.learner_id
    assert not Learner.objects.holding(joined.token.learner_id, joined.token.epoch).exists()


def test_whoever_was_taken_out_gets_their_place_back_with_an_open_code(classroom):
    joined = enrol(classroom)
    remove_enrolment(enrolment=joined.enrolment, now=timezone.now(), user=None)
    again = join_classroom(
        code=classroom.join_code, token=joined.token, keep_work=True, now=timezone.now()
    )
    assert again.enrolment == joined.enrolment
    assert classroom.enrolments.current().count() == 1


def test_a_clash_of_nicknames_is_tried_again(classroom, monkeypatch):
    taken = enrol(classroom).enrolment.nickname
    names = iter([taken, "Kalme Otter"])
    monkeypatch.setattr("classrooms.joining.new_nickname", lambda _taken: next(names))
    assert enrol(classroom).enrolment.nickname == "Kalme Otter"


def test_a_clash_of_selectors_is_tried_again(classroom):
    ticket = new_ticket()
    stranger = create_learner()
    Learner.objects.filter(pk=stranger.pk).update(
        return_selector=ticket.code(0).selector, return_verifier_hash="x"
    )
    joined = join_classroom(code=classroom.join_code, ticket=ticket, now=timezone.now())
    assert str(joined.return_code) == str(ticket.code(1))


def test_remembering_is_a_choice(client, classroom):
    assert join(client, classroom.join_code).cookies["learner"]["max-age"] == ""
    response = join(client, classroom.join_code, known="member", who="other", remember="on")
    assert response.cookies["learner"]["max-age"] == 30 * 24 * 60 * 60


def test_the_cookies_are_out_of_reach_of_scripts_and_other_sites(client, classroom):
    response = join(client, classroom.join_code)
    for name in ("learner", "learner-code"):
        assert response.cookies[name]["httponly"]
        assert response.cookies[name]["samesite"] == "Lax"
    assert response.cookies["learner-code"]["max-age"] == 600


def test_no_page_of_joining_is_kept_by_the_browser(client, classroom):
    """S-41."""
    response = join(client, classroom.join_code)
    for answer in (response, client.get(JOIN), client.get(reverse("classrooms:welcome"))):
        assert answer.headers["Cache-Control"] == "no-store"


def test_the_short_address_leads_to_the_page(client):
    assert client.get("/mee").headers["Location"] == JOIN


def test_a_wrong_code_in_the_action_costs_one_query(django_assert_num_queries, db):
    with django_assert_num_queries(1), pytest.raises(CodeNotOpenError):
        join_classroom(code="22222222", now=timezone.now())


def test_the_cookie_reads_back_as_the_learner(classroom, rf):
    joined = enrol(classroom)
    request = rf.get("/")
    token = joined.token
    request.COOKIES["learner"] = signer().sign(f"{token.learner_id}.{token.epoch}")
    assert learner_token(request) == token
    assert Enrolment.objects.get().learner_id == token.learner_id
