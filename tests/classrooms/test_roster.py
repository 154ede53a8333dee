"""A team is invited with a list: what is shown first, what is sent, who comes in."""

from __future__ import annotations

import re
import smtplib
from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from bs4 import BeautifulSoup
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.mail.backends.locmem import EmailBackend
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from accounts.actions import create_learner
from accounts.cookies import LearnerToken, signer
from accounts.models import Learner, User
from classrooms import team_invitations
from classrooms.archiving import archive_classroom
from classrooms.models import Classroom, Enrolment, TeamInvitation
from classrooms.roster import Row
from classrooms.sharing import share_classroom
from classrooms.team_invitations import (
    DAYS,
    MOST_OPEN,
    InvitationGoneError,
    TooManyInvitationsError,
    invite_team,
    join_team,
    open_team_invitation,
)
from organisations.models import Organisation
from privacy.account_data import account_data
from privacy.account_deletion import delete_account
from privacy.actions import apply_terms
from privacy.terms import Terms
from tests.conftest import browser, signed_in
from tests.factories.accounts import UserFactory
from tests.factories.classrooms import enrol, make_classroom, make_team, sign_in_learner
from tests.factories.organisations import make_teacher

pytestmark = pytest.mark.django_db
LIST = "Naam;E-mail\r\nNoëlle van 't Hof;noelle@debrug.example\r\nBo;bo@debrug.example\r\n"
NEW_PASSWORD = "zeven gele fietsen"


@pytest.fixture
def team(teacher: User) -> Classroom:
    return make_team(teacher)


def address(room: Classroom, name: str = "roster", *more: Any) -> str:
    return reverse(f"classrooms:{name}", args=[room.public_id, *more])


def send(client: Client, room: Classroom, text: str | bytes = LIST, name: str = "team.csv") -> Any:
    content = text.encode("cp1252") if isinstance(text, str) else text
    return client.post(address(room), {"file": SimpleUploadedFile(name, content)})


def sealed(page: Any) -> str:
    found = BeautifulSoup(page.content, "html.parser").find("input", {"name": "rows"})
    return str(found["value"]) if found else ""


def invite(client: Client, room: Classroom, text: str | bytes = LIST) -> list[str]:
    """Sends the list and confirms; where the links in the mails lead, by order of the list."""
    before = len(mail.outbox)
    rows = sealed(send(client, room, text))
    client.post(address(room, "confirm_roster"), {"rows": rows})
    return [re.search(r"/team/\S+", one.body)[0] for one in mail.outbox[before:]]


def state_of(room: Classroom) -> list[tuple[str, bool]]:
    rows = room.team_invitations.order_by("email")
    return [(one.email, one.accepted_at is not None) for one in rows]


def with_account(email: str = "bo@debrug.example", **fields: Any) -> User:
    user = UserFactory(email=email, **fields)
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user


def test_the_preview_shows_each_row_and_keeps_nothing(
    teacher_client: Client, team: Classroom
) -> None:
    page = send(teacher_client, team, LIST + "Cas;geen\r\nBo weer;BO@debrug.example\r\n")
    rows = BeautifulSoup(page.content, "html.parser").select("tbody tr")
    assert [row.th.text for row in rows] == ["2", "3", "4", "5"]
    assert "Noëlle van 't Hof" in rows[0].text
    assert "Krijgt een uitnodiging" in rows[1].text
    assert "klopt niet" in rows[2].text
    assert "al hoger" in rows[3].text
    assert "Verstuur 2 uitnodigingen" in page.text
    assert not TeamInvitation.objects.exists()
    assert not mail.outbox
    assert not teacher_client.session.get("roster")


def test_confirming_sends_each_a_link_of_their_own(teacher_client: Client, team: Classroom) -> None:
    links = invite(teacher_client, team)
    assert [one.to for one in mail.outbox] == [["noelle@debrug.example"], ["bo@debrug.example"]]
    assert len(set(links)) == 2
    text = (mail.outbox[0].subject + mail.outbox[0].body).lower()
    assert "de brug" in text
    assert "team noord" in text
    assert not [word for word in ("uitbuiting", "mensenhandel", "slachtoffer") if word in text]
    assert not any(
        link.split("/")[2] in str(list(TeamInvitation.objects.values())) for link in links
    )
    assert TeamInvitation.objects.get(email__startswith="noelle").name == "Noëlle van 't Hof"
    (line,) = ModelLogEntry.objects.filter(action="classrooms.invite_team")
    assert line.data == {"count": "2"}


def test_the_same_list_again_invites_nobody(teacher_client: Client, team: Classroom) -> None:
    page = send(teacher_client, team)
    for _press in range(2):  # the second one in another tab
        teacher_client.post(address(team, "confirm_roster"), {"rows": sealed(page)})
    assert len(mail.outbox) == 2
    again = send(teacher_client, team)
    assert "2 mensen zijn al uitgenodigd" in again.text
    assert "Verstuur" not in BeautifulSoup(again.content, "html.parser").main.text
    assert len(mail.outbox) == 2


def test_a_longer_list_invites_only_who_is_new(teacher_client: Client, team: Classroom) -> None:
    invite(teacher_client, team)
    invite(teacher_client, team, LIST + "Cas;cas@debrug.example\r\n")
    assert [one.to[0] for one in mail.outbox[2:]] == ["cas@debrug.example"]


def test_the_mail_is_in_the_language_of_who_sends_it(
    teacher_client: Client, team: Classroom
) -> None:
    teacher_client.cookies["language"] = "en"
    invite(teacher_client, team)
    assert "The link works once" in mail.outbox[0].body


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "geen kolom met e-mailadressen"),
        (b"%PDF-1.7\x00", "kunnen lezen"),
        (b'Naam;E-mail\r\n"Bo;bo@b.example\r\n', "Rond rij 2"),
        (b"Leerlingnummer;E-mail\r\n1;bo@b.example\r\n", "lijst van leerlingen"),
        (b"x" * 1_000_001, "te groot"),
    ],
)
def test_a_file_that_is_no_list_says_why(
    teacher_client: Client, team: Classroom, content: bytes, said: str
) -> None:
    page = send(teacher_client, team, content)
    assert page.status_code == 422
    assert said in page.text
    assert teacher_client.post(address(team)).status_code == 422  # no file at all


def test_what_stands_in_a_name_is_only_text(teacher_client: Client, team: Classroom) -> None:
    text = 'Naam;E-mail\r\n<script>x()</script>;bo@b.example\r\n"=HYPERLINK(""x"")";a@b.example'
    assert "<script>x()" not in send(teacher_client, team, text).text
    invite(teacher_client, team, text)
    page = teacher_client.get(address(team))
    assert "<script>x()" not in page.text
    assert "&lt;script&gt;x()" in page.text


@pytest.mark.parametrize("change", ["text", "team", "user", "time"])
def test_only_what_was_shown_is_sent(
    teacher_client: Client, team: Classroom, teacher: User, monkeypatch: Any, change: str
) -> None:
    rows, room, client = sealed(send(teacher_client, team)), team, teacher_client
    if change == "text":
        rows = rows[:10] + ("A" if rows[10] != "A" else "B") + rows[11:]
    elif change == "team":
        room = make_team(teacher, "Team Zuid")
    elif change == "user":
        colleague = make_teacher(organisation=team.organisation)
        Classroom.objects.filter(pk=team.pk).update(teacher=colleague)
        client = signed_in(colleague)
    else:
        monkeypatch.setattr("classrooms.roster_forms.PREVIEW_SECONDS", -1)
    client.post(address(room, "confirm_roster"), {"rows": rows})
    assert not mail.outbox
    assert not TeamInvitation.objects.exists()


@pytest.mark.parametrize("kind", ["class", "group"])
def test_a_class_has_no_list(teacher_client: Client, team: Classroom, kind: str) -> None:
    invite(teacher_client, team)
    person = TeamInvitation.objects.first().public_id
    rows = sealed(send(teacher_client, team, "E-mail\r\nnieuw@debrug.example"))
    assert address(team) in teacher_client.get(address(team, "settings")).text
    Classroom.objects.update(kind=kind)
    assert address(team) not in teacher_client.get(address(team, "settings")).text
    assert teacher_client.get(address(team)).status_code == 404
    assert send(teacher_client, team).status_code == 404
    for name, more in (("confirm_roster", ()), ("withdraw", [person]), ("invite_again", [person])):
        sent = teacher_client.post(address(team, name, *more), {"rows": rows})
        assert sent.status_code == 404
    assert len(mail.outbox) == 2


def test_another_teachers_team_is_not_there(
    teacher_client: Client, other_teacher_client: Client, team: Classroom, other_teacher: User
) -> None:
    invite(teacher_client, team)
    person = TeamInvitation.objects.first().public_id
    own = make_team(other_teacher, "Eigen team")
    assert other_teacher_client.get(address(team)).status_code == 404
    assert send(other_teacher_client, team).status_code == 404
    for room in (team, own):  # also not by way of their own team
        for name in ("withdraw", "invite_again"):
            sent = other_teacher_client.post(address(room, name, person))
            assert sent.status_code == 404
    assert TeamInvitation.objects.count() == 2


@pytest.mark.parametrize("part", ["co_teacher", "observer"])
def test_who_shares_the_team_sees_no_names(team: Classroom, part: str) -> None:
    colleague = make_teacher(organisation=team.organisation)
    share_classroom(classroom=team, colleague=colleague, part=part, user=team.teacher)
    assert signed_in(colleague).get(address(team)).status_code == 403


def test_an_organisation_that_nobody_confirmed_sends_no_mail(
    teacher_client: Client, team: Classroom
) -> None:
    rows = sealed(send(teacher_client, team))
    Organisation.objects.update(confirmed_at=None)
    assert "bevestigd" in teacher_client.get(address(team)).text
    assert send(teacher_client, team).status_code == 403
    teacher_client.post(address(team, "confirm_roster"), {"rows": rows})
    assert not mail.outbox


def test_mail_does_not_go_on_without_end(teacher_client: Client, team: Classroom) -> None:
    rows = [Row(n, "", f"collega{n}@debrug.example") for n in range(MOST_OPEN + 1)]
    with pytest.raises(TooManyInvitationsError):
        invite_team(classroom=team, rows=rows, user=team.teacher, now=timezone.now())
    assert not mail.outbox


def test_an_hour_has_a_number_of_times(
    teacher_client: Client, team: Classroom, settings: Any
) -> None:
    settings.LIMITS = {**settings.LIMITS, "team_mail_per_account": (1, 3600)}
    invite(teacher_client, team)
    person = TeamInvitation.objects.first().public_id
    teacher_client.post(address(team, "invite_again", person))
    assert len(mail.outbox) == 2


class FailingBackend(EmailBackend):
    """Refuses the first address."""

    error: OSError = smtplib.SMTPRecipientsRefused({})

    def send_messages(self, email_messages: Any) -> int:
        if email_messages[0].to == ["noelle@debrug.example"]:
            raise self.error
        return super().send_messages(email_messages)


class GoneBackend(FailingBackend):
    error = smtplib.SMTPServerDisconnected("weg")


@pytest.mark.parametrize(("backend", "count"), [("FailingBackend", 1), ("GoneBackend", 0)])
def test_whom_no_mail_could_reach_can_be_tried_again(
    teacher_client: Client, team: Classroom, settings: Any, backend: str, count: int
) -> None:
    whole = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = f"tests.classrooms.test_roster.{backend}"
    assert len(invite(teacher_client, team)) == count
    assert TeamInvitation.objects.count() == count
    settings.EMAIL_BACKEND = whole
    assert len(invite(teacher_client, team)) == 2 - count


def test_somebody_new_makes_an_account_and_joins(
    teacher_client: Client, team: Classroom, client: Client
) -> None:
    link = invite(teacher_client, team)[0]
    page = client.get(link)
    assert "Team Noord" in page.text
    assert "Noa van De Brug" in page.text
    assert "ziet je naam" in page.text
    assert client.post(link, {"password": "kort"}).status_code == 422
    sent = client.post(link, {"name": "Noëlle", "password": NEW_PASSWORD})
    login = f"{reverse('account_login')}?next={link}".replace("/team/", "%2Fteam%2F")
    assert sent.headers["Location"].split("?")[0] == reverse("account_login")
    assert login.count("team") == 1
    assert not Enrolment.objects.exists()
    client.post(
        reverse("account_login"),
        {"login": "noelle@debrug.example", "password": NEW_PASSWORD, "next": link},
    )
    joined = client.post(link)
    assert joined.headers["Location"] == reverse("home:mine")
    place = Enrolment.objects.select_related("learner__user").get()
    assert (place.is_named, place.learner.user.name) == (True, "Noëlle")
    assert place.nickname in client.get(reverse("home:mine")).text
    assert state_of(team) == [("bo@debrug.example", False), ("noelle@debrug.example", True)]
    page = teacher_client.get(address(team))
    assert f"als {place.nickname}, met het account van Noëlle" in page.text
    assert "Noëlle" in teacher_client.get(address(team, "settings")).text


def test_who_is_in_is_not_invited_again_also_later(teacher_client: Client, team: Classroom) -> None:
    link = invite(teacher_client, team)[1]
    signed_in(with_account("bo.privé@thuis.example".replace("é", "e"))).post(link, {"is_me": "on"})
    assert "1 persoon doet al mee" in send(teacher_client, team).text
    TeamInvitation.objects.all().delete()
    page = send(teacher_client, team, "E-mail\r\nbo.prive@thuis.example\r\n")
    assert "1 persoon doet al mee" in page.text


def test_looking_at_the_link_changes_nothing(teacher_client: Client, team: Classroom) -> None:
    link = invite(teacher_client, team)[1]
    user = with_account()
    for client in (browser(), signed_in(user)):
        assert client.get(link).status_code == 200
    assert not Enrolment.objects.exists()
    assert state_of(team)[0] == ("bo@debrug.example", False)


def test_an_account_that_is_there_signs_in_first(teacher_client: Client, team: Classroom) -> None:
    link = invite(teacher_client, team)[1]
    user = with_account()
    assert reverse("account_login") in browser().get(link).text
    browser().post(link, {"name": "X", "password": NEW_PASSWORD})
    user.refresh_from_db()
    assert not user.check_password(NEW_PASSWORD)
    assert signed_in(user).post(link).status_code == 302
    assert Enrolment.objects.get().learner.user == user


def test_another_account_is_asked_whether_it_is_meant(
    teacher_client: Client, team: Classroom
) -> None:
    link = invite(teacher_client, team)[1]
    other = signed_in(with_account("ander@debrug.example"))
    page = other.get(link)
    assert "bo@debrug.example" in page.text
    assert "ander@debrug.example" in page.text
    assert other.post(link).status_code == 422
    assert not Enrolment.objects.exists()
    assert other.post(link, {"is_me": "on"}).status_code == 302
    assert Enrolment.objects.get().learner.user.email == "ander@debrug.example"


def test_a_link_that_was_used_withdrawn_over_or_made_up_gets_one_answer(
    teacher_client: Client, team: Classroom, client: Client
) -> None:
    used, withdrawn, over, old = invite(
        teacher_client, team, LIST + "Cas;cas@debrug.example\r\nDé;de@debrug.example\r\n"
    )
    signed_in(with_account("noelle@debrug.example")).post(used)
    rows = {one.email.split("@")[0]: one for one in team.team_invitations.all()}
    teacher_client.post(address(team, "withdraw", rows["bo"].public_id))
    TeamInvitation.objects.filter(pk=rows["cas"].pk).update(expires_at=timezone.now())
    teacher_client.post(address(team, "invite_again", rows["de"].public_id))
    links = [used, withdrawn, over, old, "/team/verzonnen/"]
    user = signed_in(with_account())
    for visitor in (client, user):
        answers = [visitor.get(link) for link in links] + [visitor.post(link) for link in links]
        assert {one.status_code for one in answers} == {404}
        texts = {one.text.replace(link, "") for one, link in zip(answers, links * 2, strict=True)}
        assert len(texts) == 1
    assert Enrolment.objects.count() == 1
    newest = re.search(r"/team/\S+", mail.outbox[-1].body)[0]
    assert client.get(newest).status_code == 200  # the control


def test_two_presses_in_the_same_moment_are_one(
    teacher_client: Client, team: Classroom, monkeypatch: Any
) -> None:
    """Both saw that the link works; the second one comes too late."""
    token = invite(teacher_client, team)[1].split("/")[2]
    seen = open_team_invitation(token, now=timezone.now())
    monkeypatch.setattr(team_invitations, "open_team_invitation", lambda token, now: seen)
    join_team(token=token, user=with_account(), now=timezone.now())
    with pytest.raises(InvitationGoneError):
        join_team(token=token, user=UserFactory(), now=timezone.now())
    assert Enrolment.objects.count() == 1


def test_a_team_in_the_archive_takes_nobody_in(teacher_client: Client, team: Classroom) -> None:
    link = invite(teacher_client, team)[1]
    archive_classroom(classroom=team, user=team.teacher, now=timezone.now())
    assert browser().get(link).status_code == 404
    assert send(teacher_client, team).status_code == 403


def test_an_accepted_invitation_is_not_withdrawn(teacher_client: Client, team: Classroom) -> None:
    link = invite(teacher_client, team)[1]
    signed_in(with_account()).post(link)
    person = TeamInvitation.objects.get(email="bo@debrug.example").public_id
    for name in ("withdraw", "invite_again"):
        teacher_client.post(address(team, name, person))
    assert state_of(team)[0] == ("bo@debrug.example", True)
    assert len(mail.outbox) == 2


def test_who_was_taken_out_can_be_invited_back(teacher_client: Client, team: Classroom) -> None:
    user = with_account()
    signed_in(user).post(invite(teacher_client, team)[1])
    Enrolment.objects.update(removed_at=timezone.now())
    assert "uit het team" in teacher_client.get(address(team)).text
    (link,) = invite(teacher_client, team)
    signed_in(user).post(link)
    assert Enrolment.objects.get().removed_at is None


def learner_here(client: Client) -> LearnerToken:
    learner = create_learner()
    client.cookies["learner"] = signer().sign(f"{learner.pk}.{learner.epoch}")
    return LearnerToken(learner.pk, learner.epoch)


@pytest.mark.parametrize("keeps", [True, False])
def test_work_on_the_device_comes_along_only_when_asked(
    teacher_client: Client, team: Classroom, keeps: bool
) -> None:
    link, client = invite(teacher_client, team)[1], signed_in(with_account())
    here = learner_here(client)
    assert "keep_work" in client.get(link).text
    client.post(link, {"keep_work": "on"} if keeps else {})
    assert (Enrolment.objects.get().learner_id == here.learner_id) is keeps
    assert (Learner.objects.get(pk=here.learner_id).user is not None) is keeps


def test_a_pupils_work_on_the_device_is_never_taken(
    teacher_client: Client, team: Classroom, teacher: User
) -> None:
    link, client = invite(teacher_client, team)[1], signed_in(with_account())
    pupil = enrol(make_classroom(teacher=teacher, name="Klas 2b"))
    sign_in_learner(client, pupil)
    assert "keep_work" not in client.get(link).text
    client.post(link, {"keep_work": "on"})
    assert Learner.objects.get(pk=pupil.token.learner_id).user is None
    assert team.enrolments.get().learner_id != pupil.token.learner_id


def test_who_joined_with_the_code_has_no_name_until_they_accept(
    teacher_client: Client, team: Classroom
) -> None:
    user, joined = with_account(name="Bo Bakker"), enrol(team)
    Learner.objects.filter(pk=joined.token.learner_id).update(user=user)
    assert "Bo Bakker" not in teacher_client.get(address(team, "settings")).text
    signed_in(user).post(invite(teacher_client, team)[1])
    assert "Bo Bakker" in teacher_client.get(address(team, "settings")).text
    assert Enrolment.objects.count() == 1


def test_names_are_for_the_leader_only(teacher_client: Client, team: Classroom) -> None:
    signed_in(with_account(name="Bo Bakker")).post(invite(teacher_client, team)[1])
    colleague = make_teacher(organisation=team.organisation)
    share_classroom(classroom=team, colleague=colleague, part="co_teacher", user=team.teacher)
    assert "Bo Bakker" not in signed_in(colleague).get(address(team, "settings")).text
    for export in ("csv", "xlsx"):
        file = teacher_client.get(reverse("reports:export", args=[team.public_id, export]))
        assert b"Bo Bakker" not in file.content


def test_after_signing_in_elsewhere_the_member_goes_on(
    teacher_client: Client, team: Classroom, other_teacher_client: Client
) -> None:
    user = with_account()
    signed_in(user).post(invite(teacher_client, team)[1])
    place, elsewhere = Enrolment.objects.get(), signed_in(user)
    go_on = reverse("classrooms:go_on", args=[place.public_id])
    assert go_on in elsewhere.get(reverse("classrooms:list")).text
    assert elsewhere.post(go_on).status_code == 302
    assert place.nickname in elsewhere.get(reverse("home:mine")).text
    assert other_teacher_client.post(go_on).status_code == 404


def test_a_list_costs_as_many_queries_however_long(
    teacher_client: Client, team: Classroom, django_assert_max_num_queries: Any
) -> None:
    long = "Naam;E-mail\r\n" + "".join(f"C {n};c{n}@debrug.example\r\n" for n in range(200))
    for text in (LIST, long):
        with django_assert_max_num_queries(7):  # session, user, and five
            rows = sealed(send(teacher_client, team, text))
        with django_assert_max_num_queries(24):
            teacher_client.post(address(team, "confirm_roster"), {"rows": rows})
        with django_assert_max_num_queries(9):  # with the session, which forgets a message
            teacher_client.get(address(team))
    assert TeamInvitation.objects.count() == 202


def test_names_and_addresses_go_at_their_term(
    teacher_client: Client, team: Classroom, tmp_path: Any, settings: Any
) -> None:
    settings.ERASURE_LIST = str(tmp_path / "erased.jsonl")
    link = invite(teacher_client, team)[1]
    signed_in(with_account()).post(link)
    now = timezone.now()
    TeamInvitation.objects.update(created_at=now - timedelta(days=90))
    told = "invitations for a team"
    assert apply_terms(Terms(), now=now + timedelta(days=29))[told] == 0
    assert apply_terms(Terms(), now=now + timedelta(days=31))[told] == 1  # accepted
    assert apply_terms(Terms(), now=now + timedelta(days=DAYS + 31))[told] == 1
    assert not TeamInvitation.objects.exists()
    assert team.enrolments.exists()


def test_the_account_shows_its_invitations_and_takes_them_along(
    teacher_client: Client, team: Classroom, tmp_path: Any, settings: Any
) -> None:
    settings.ERASURE_LIST = str(tmp_path / "erased.jsonl")
    invite(teacher_client, team)
    user, squatter = with_account(), with_account("noelle@debrug.example")
    EmailAddress.objects.filter(user=squatter).update(verified=False)
    (row,) = account_data(user)["team_invitations"]
    assert (row["team"], row["email"]) == ("Team Noord", "bo@debrug.example")
    assert account_data(squatter)["team_invitations"] == []  # never confirmed the address
    delete_account(user=user, now=timezone.now())
    assert state_of(team) == [("noelle@debrug.example", False)]
