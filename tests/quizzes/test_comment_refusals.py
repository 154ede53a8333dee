"""Comments on a quiz: what goes wrong meanwhile, and who may not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from quizzes.comment_actions import (
    delete_comment,
    reopen_comment,
    resolve_comment,
)
from quizzes.comment_models import TEXT_LENGTH
from quizzes.models import Quiz, QuizComment
from tests.conftest import signed_in
from tests.factories.accounts import enter
from tests.factories.quizzes import make_quiz, one_answer
from tests.quizzes.commenting import (
    FETCH,
    form,
    in_a_group,
    judged_by,
    question,
    send,
    soup,
    url,
    words,
)
from tests.quizzes.test_editing import edit_url

# --- What goes wrong ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("  ", "Schrijf eerst een tekst."),
        ("a" * (TEXT_LENGTH + 1), f"Deze tekst is te lang: {TEXT_LENGTH + 1} tekens."),
    ],
)
def test_a_text_that_is_not_right_comes_back_with_why(
    writer_client: Client, commented: Quiz, text: str, told: str
) -> None:
    address = url("comments", commented)
    response = writer_client.post(address, {"text": text, "about": ""})
    assert response.status_code == 422
    page = soup(response)
    field = page.select_one("#comment-new-text")
    assert field is not None
    error = page.select_one(f"#{field['aria-describedby']}")
    assert told in words(error)
    assert field["aria-invalid"] == "true"
    assert field.text.strip() == text.strip()
    piece = writer_client.post(address, {"text": text}, headers=FETCH)
    assert piece.status_code == 422
    assert soup(piece).select_one("[data-quiz-comments]")["data-told"].startswith(told)  # type: ignore[index]
    assert not QuizComment.objects.exists()


def test_a_new_line_counts_as_one_character(writer_client: Client, commented: Quiz) -> None:
    """A browser sends two for it."""
    text = "a\r\n" * (TEXT_LENGTH // 2 - 1) + "bb"
    writer_client.post(url("comments", commented), {"text": text, "about": ""})
    assert len(QuizComment.objects.get().text) == TEXT_LENGTH


def test_a_question_that_is_not_saved_yet_is_named(writer_client: Client, commented: Quiz) -> None:
    other = make_quiz("ander", questions=[("drie", one_answer("drie"))])
    fields = {"text": "Hè?", "about": str(question(other, 1).key)}
    response = writer_client.post(url("comments", commented), fields)
    assert response.status_code == 422
    assert "staat niet in het opgeslagen concept" in response.text
    assert not QuizComment.objects.exists()


def test_what_was_written_to_a_deleted_comment_is_offered_as_a_new_one(
    writer_client: Client, commented: Quiz, comment: QuizComment, colleague: User
) -> None:
    address = url("comment_reply", commented, comment.pk)
    delete_comment(comment=comment, user=colleague)
    for headers in ({}, FETCH):
        response = writer_client.post(address, {"text": "Goed idee."}, headers=headers)
        assert response.status_code == 404
        field = soup(response).select_one("#comment-new-text")
        assert field is not None
        assert field.text.strip() == "Goed idee."
        assert "intussen verwijderd" in response.text
    resolving = url("comment_resolve", commented, comment.pk)
    assert writer_client.post(resolving).status_code == 404


def test_a_comment_that_somebody_resolved_meanwhile_is_answered_by_opening_it(
    writer_client: Client, commented: Quiz, comment: QuizComment, colleague: User
) -> None:
    resolve_comment(comment=comment, user=colleague, now=timezone.now())
    again = writer_client.post(url("comment_resolve", commented, comment.pk))
    assert again.status_code == 409
    assert "Sam heeft de opmerking intussen al opgelost." in again.text
    response = writer_client.post(
        url("comment_reply", commented, comment.pk), {"text": "Nog niet."}
    )
    assert response.status_code == 409
    page = soup(response)
    typed = page.select_one(f"#comment-{comment.pk}-reply-text")
    assert typed is not None
    assert typed.text.strip() == "Nog niet."
    assert "Sam heeft de opmerking intussen al opgelost." in words(page.select_one(".messages"))
    send(writer_client, page, "reply", comment, text="Nog niet.")
    comment.refresh_from_db()
    assert not comment.is_resolved
    assert comment.replies.get().text == "Nog niet."


def test_the_panel_unfolds_what_came_back_among_what_is_resolved(
    writer_client: Client, commented: Quiz, comment: QuizComment, colleague: User
) -> None:
    resolve_comment(comment=comment, user=colleague, now=timezone.now())
    address = url("comment_reply", commented, comment.pk)
    page = soup(writer_client.post(address, {"text": "Nog niet."}, headers=FETCH))
    resolved = page.select_one("#comments-resolved")
    assert resolved is not None
    assert resolved.has_attr("open")


def test_what_is_open_already_is_not_opened_again(
    writer_client: Client, commented: Quiz, comment: QuizComment, colleague: User
) -> None:
    resolve_comment(comment=comment, user=colleague, now=timezone.now())
    reopen_comment(comment=comment, user=colleague)
    response = writer_client.post(url("comment_reopen", commented, comment.pk), headers=FETCH)
    assert response.status_code == 409
    assert "staat al weer open" in response.text


def test_a_quiz_that_is_gone_has_no_comments(
    writer_client: Client, commented: Quiz, comment: QuizComment
) -> None:
    missing = Quiz(pk=commented.pk + 1000)
    assert writer_client.get(url("comments", missing)).status_code == 404
    assert writer_client.post(url("comments", missing), {"text": "Ja."}).status_code == 404
    # A comment is only found with its own quiz.
    other = make_quiz("ander", questions=[("drie", one_answer("drie"))])
    response = writer_client.post(url("comment_resolve", other, comment.pk))
    assert response.status_code == 404
    comment.refresh_from_db()
    assert not comment.is_resolved


# --- For whom -----------------------------------------------------------------------------

ACTS = ["reply", "resolve", "reopen", "change", "delete"]


def everything(client: Client, quiz: Quiz, comment: QuizComment, **headers: Any) -> list[int]:
    """The answers to looking, to a new comment, and to each act."""
    looked = client.get(url("comments", quiz), **headers)
    added = client.post(url("comments", quiz), {"text": "Van buiten.", "about": ""}, **headers)
    acted = [
        client.post(url(f"comment_{act}", quiz, comment.pk), {"text": "Van buiten."}, **headers)
        for act in ACTS
    ]
    return [response.status_code for response in (looked, added, *acted)]


@pytest.mark.parametrize(
    "outsider", ["anonymous", "learner", "teacher", "group without quizzes", "reader of quizzes"]
)
def test_who_may_not_edit_the_quiz_neither_reads_nor_writes(
    outsider: str,
    commented: Quiz,
    comment: QuizComment,
    request: pytest.FixtureRequest,
    client: Client,
) -> None:
    clients: dict[str, Callable[[], Client]] = {
        "anonymous": lambda: client,
        "learner": lambda: request.getfixturevalue("learner_client"),
        "teacher": lambda: request.getfixturevalue("teacher_client"),
        "group without quizzes": lambda: signed_in(in_a_group("hulplijnen", "change_helpline")),
        "reader of quizzes": lambda: signed_in(in_a_group("lezers", "view_quiz", "add_quiz")),
    }
    outside = clients[outsider]()
    assert set(everything(outside, commented, comment)) == {302}
    assert set(everything(outside, commented, comment, headers=FETCH)) == {403}
    assert outside.get(edit_url(commented)).status_code == 302
    assert [one.text for one in QuizComment.objects.all()] == ["Kan dit korter?"]
    comment.refresh_from_db()
    assert not comment.is_resolved


def test_who_may_only_publish_reads_and_writes_too(commented: Quiz, comment: QuizComment) -> None:
    publisher = signed_in(in_a_group("uitgevers", "publish_quiz"))
    assert publisher.get(url("comments", commented)).status_code == 200


@pytest.mark.parametrize("act", ["change", "delete"])
def test_only_its_writer_changes_or_deletes_a_comment(
    writer_client: Client, admin_client: Client, commented: Quiz, comment: QuizComment, act: str
) -> None:
    address = url(f"comment_{act}", commented, comment.pk)
    page = soup(writer_client.get(url("comments", commented)))
    assert page.select(f'#{comment.anchor} form[data-act="{act}"]') == []
    assert writer_client.post(address, {"text": "Anders."}).status_code == 302
    assert writer_client.post(address, {"text": "Anders."}, headers=FETCH).status_code == 403
    assert QuizComment.objects.get().text == "Kan dit korter?"
    allowed = admin_client.post(address, {"text": "Anders."}, headers=FETCH)
    assert allowed.status_code == 200
    assert [one.text for one in QuizComment.objects.all()] == (
        ["Anders."] if act == "change" else []
    )


def test_nobody_owns_what_somebody_left_behind(
    writer_client: Client, commented: Quiz, comment: QuizComment, colleague: User
) -> None:
    colleague.delete()
    page = soup(writer_client.get(url("comments", commented)))
    assert "Iemand die weg is" in words(page.select_one(f"#{comment.anchor}"))
    assert page.select('form[data-act="delete"]') == []


def test_a_reviewer_reads_and_resolves_while_the_quiz_waits_for_a_verdict(
    commented: Quiz, comment: QuizComment
) -> None:
    reviewer = in_a_group("inhoud-lezer")
    outside = signed_in(reviewer)
    assert outside.get(url("comments", commented)).status_code == 302
    judged_by(commented, reviewer)
    page = soup(outside.get(edit_url(commented)))
    panel = page.select_one('[data-side-panel="quiz-comments"]')
    assert panel is not None
    assert "Kan dit korter?" in words(panel)
    fields = form(panel, "resolve", comment)
    response = outside.post(fields.pop("action"), fields, headers=FETCH)
    assert response.status_code == 200
    comment.refresh_from_db()
    assert comment.resolved_by == reviewer


def test_the_writer_answers_while_the_quiz_is_locked_for_review(
    writer_client: Client, commented: Quiz, comment: QuizComment
) -> None:
    """A lock keeps the quiz as it is; talking about it goes on."""
    judged_by(commented, in_a_group("inhoud-lezer"))
    response = writer_client.post(
        url("comment_reply", commented, comment.pk), {"text": "Het is al korter."}, headers=FETCH
    )
    assert response.status_code == 200
    assert comment.replies.get().text == "Het is al korter."


def test_looking_changes_nothing_and_acts_are_only_sent(
    writer_client: Client, commented: Quiz, comment: QuizComment
) -> None:
    for act in ACTS:
        assert writer_client.get(url(f"comment_{act}", commented, comment.pk)).status_code == 405


def test_a_form_without_our_token_is_refused(
    writer: User, commented: Quiz, comment: QuizComment
) -> None:
    strict = Client(enforce_csrf_checks=True, headers={"origin": "http://testserver"})
    enter(strict, writer)
    assert set(everything(strict, commented, comment, headers=FETCH)[1:]) == {403}
