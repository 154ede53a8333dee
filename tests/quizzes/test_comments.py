"""What editors and colleagues say about a quiz: written, answered, resolved, taken back."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from accounts.models import User
from quizzes.comment_actions import (
    AlreadyOpenError,
    AlreadyResolvedError,
    CommentGoneError,
    CommentTextError,
    ReplyToReplyError,
    UnknownQuestionError,
    add_comment,
    change_comment,
    delete_comment,
    reopen_comment,
    reply_to_comment,
    resolve_comment,
)
from quizzes.comment_models import TEXT_LENGTH
from quizzes.comment_threads import Comments
from quizzes.models import Quiz, QuizComment
from tests.conftest import signed_in
from tests.factories.quizzes import common, make_quiz, one_answer
from tests.quizzes.commenting import question
from tests.quizzes.test_drafts import draft_of


def acts(quiz: Quiz) -> list[tuple[str, str]]:
    found = ModelLogEntry.objects.filter(object_id=str(quiz.pk), action__contains="comment")
    return [(entry.action, entry.user.email) for entry in found.order_by("pk")]


def resolve(comment: QuizComment, user: User) -> QuizComment:
    return resolve_comment(comment=comment, user=user, now=timezone.now())


def test_a_comment_says_what_it_is_about(commented: Quiz, writer: User) -> None:
    whole = add_comment(quiz=commented, user=writer, text="  Mooi begin.\n")
    assert (whole.text, whole.question_key, whole.question_words) == ("Mooi begin.", None, "")
    asked = question(commented, 1)
    one = add_comment(quiz=commented, user=writer, text="Bron?", question=asked)
    assert (one.question_key, one.question_words) == (asked.key, "Vraag een?")


@pytest.mark.parametrize("text", ["", " \n ", "a" * (TEXT_LENGTH + 1)])
def test_a_comment_without_words_or_with_too_many_is_not_written(
    commented: Quiz, comment: QuizComment, colleague: User, text: str
) -> None:
    with pytest.raises(CommentTextError):
        add_comment(quiz=commented, user=colleague, text=text)
    with pytest.raises(CommentTextError):
        reply_to_comment(comment=comment, user=colleague, text=text)
    with pytest.raises(CommentTextError):
        change_comment(comment=comment, user=colleague, text=text)
    assert [one.text for one in QuizComment.objects.all()] == ["Kan dit korter?"]
    assert len(acts(commented)) == 1


def test_the_longest_comment_fits(commented: Quiz, writer: User) -> None:
    longest = add_comment(quiz=commented, user=writer, text="é" * TEXT_LENGTH)
    longest.refresh_from_db()
    assert len(longest.text) == TEXT_LENGTH


def test_a_comment_is_about_a_question_of_its_own_quiz(commented: Quiz, writer: User) -> None:
    other = make_quiz("ander", questions=[("drie", one_answer("drie"))])
    with pytest.raises(UnknownQuestionError):
        add_comment(quiz=commented, user=writer, text="Hè?", question=question(other, 1))


def test_replies_stand_below_their_comment_in_order(
    commented: Quiz, comment: QuizComment, writer: User, colleague: User
) -> None:
    reply_to_comment(comment=comment, user=writer, text="Ik probeer het.")
    reply_to_comment(comment=comment, user=colleague, text="Fijn.")
    (thread,) = Comments(commented, writer).threads
    assert [said.comment.text for said in thread.replies] == ["Ik probeer het.", "Fijn."]
    assert [said.may_change for said in thread.replies] == [True, False]
    assert {said.comment.quiz for said in thread.replies} == {commented}


def test_nothing_but_other_words_happens_to_a_reply(
    comment: QuizComment, writer: User, colleague: User
) -> None:
    reply = reply_to_comment(comment=comment, user=writer, text="Ja.")
    with pytest.raises(ReplyToReplyError):
        reply_to_comment(comment=reply, user=colleague, text="Nee.")
    with pytest.raises(ReplyToReplyError):
        resolve(reply, colleague)
    with pytest.raises(ReplyToReplyError):
        reopen_comment(comment=reply, user=colleague)
    assert change_comment(comment=reply, user=writer, text="Jawel.").text == "Jawel."


def test_a_comment_is_resolved_once_and_opened_again_once(
    commented: Quiz, comment: QuizComment, writer: User, colleague: User
) -> None:
    resolved = resolve(comment, writer)
    assert resolved.resolved_by == writer
    with pytest.raises(AlreadyResolvedError) as told:
        resolve(comment, colleague)
    assert told.value.by == writer
    assert Comments(commented, writer).open_count == 0
    opened = reopen_comment(comment=comment, user=colleague)
    assert (opened.resolved_at, opened.resolved_by) == (None, None)
    with pytest.raises(AlreadyOpenError):
        reopen_comment(comment=comment, user=writer)
    assert Comments(commented, writer).open_count == 1


def test_a_reply_to_what_was_resolved_opens_it_again_or_is_not_written(
    comment: QuizComment, writer: User, colleague: User
) -> None:
    resolve(comment, writer)
    with pytest.raises(AlreadyResolvedError):
        reply_to_comment(comment=comment, user=colleague, text="Nog niet.")
    assert not comment.replies.exists()
    reply_to_comment(comment=comment, user=colleague, text="Nog niet.", reopens=True)
    comment.refresh_from_db()
    assert not comment.is_resolved
    assert comment.replies.get().text == "Nog niet."


def test_nothing_can_be_done_with_a_comment_that_is_gone(
    comment: QuizComment, writer: User, colleague: User
) -> None:
    stale = QuizComment.objects.get()
    reply_to_comment(comment=comment, user=writer, text="Ja.")
    delete_comment(comment=comment, user=colleague)
    assert not QuizComment.objects.exists()  # with the reply
    for late in (
        lambda: reply_to_comment(comment=stale, user=writer, text="Toch."),
        lambda: resolve(stale, writer),
        lambda: reopen_comment(comment=stale, user=writer),
        lambda: change_comment(comment=stale, user=colleague, text="Anders."),
        lambda: delete_comment(comment=stale, user=colleague),
    ):
        with pytest.raises(CommentGoneError):
            late()


def test_every_act_is_in_the_log_without_what_was_written(
    commented: Quiz, comment: QuizComment, writer: User, colleague: User
) -> None:
    reply_to_comment(comment=comment, user=writer, text="Geheim antwoord.")
    change_comment(comment=comment, user=colleague, text="Kan dit korter, denk je?")
    change_comment(comment=comment, user=colleague, text="Kan dit korter, denk je?")  # the same
    resolve(comment, writer)
    reply_to_comment(comment=comment, user=colleague, text="Nog niet.", reopens=True)
    delete_comment(comment=comment, user=colleague)
    named = [(action.removeprefix("quizzes.comment_"), email) for action, email in acts(commented)]
    assert named == [
        ("add", colleague.email),
        ("reply", writer.email),
        ("change", colleague.email),
        ("resolve", writer.email),
        ("reopen", colleague.email),
        ("reply", colleague.email),
        ("delete", colleague.email),
    ]
    data = [entry.data for entry in ModelLogEntry.objects.filter(action__contains="comment")]
    assert data == [{"question": "Vraag twee?"}] * 7


def test_the_history_of_a_quiz_names_what_was_done(
    admin_client: Any, commented: Quiz, comment: QuizComment, writer: User
) -> None:
    add_comment(quiz=commented, user=writer, text="Een geheim.")
    resolve(comment, writer)
    page = admin_client.get(reverse("wagtailsnippets_quizzes_quiz:history", args=[commented.pk]))
    assert "Plaatste een opmerking bij de vraag ‘Vraag twee?’" in page.text
    assert "Loste een opmerking op bij de vraag ‘Vraag twee?’" in page.text
    assert "Een geheim." not in page.text
    assert "Kan dit korter" not in page.text


def test_markup_in_a_question_is_text_in_the_history(
    admin_client: Any, db: Any, writer: User
) -> None:
    """S-50."""
    body = one_answer("een")
    body["value"] |= common("een") | {"prompt": "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"}
    quiz = make_quiz(questions=[("een", body)])
    add_comment(quiz=quiz, user=writer, text="<b>Dik</b>", question=question(quiz, 1))
    page = admin_client.get(reverse("wagtailsnippets_quizzes_quiz:history", args=[quiz.pk])).text
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert(1)" not in page


def test_a_comment_on_a_question_that_is_gone_stays(
    commented: Quiz, comment: QuizComment, writer: User
) -> None:
    comments = Comments(commented, writer)
    assert [group.question.number for group in comments.groups] == [2]  # type: ignore[union-attr]
    assert comments.gone == []
    draft = draft_of(commented)
    draft.questions = list(draft.questions.all())[:1]
    draft.save_revision()
    comments = Comments(commented, writer)
    assert comments.groups == []
    assert [thread.comment for thread in comments.gone] == [comment]
    assert comments.open_count == 1


def test_comments_stand_by_question_and_the_whole_quiz_comes_first(
    commented: Quiz, comment: QuizComment, writer: User
) -> None:
    first = add_comment(quiz=commented, user=writer, text="Bron?", question=question(commented, 1))
    whole = add_comment(quiz=commented, user=writer, text="Mooi.")
    groups = Comments(commented, writer).groups
    assert [group.question and group.question.number for group in groups] == [None, 1, 2]
    said = [[thread.comment for thread in group.threads] for group in groups]
    assert said == [[whole], [first], [comment]]


def test_reading_costs_the_same_for_many_comments(
    commented: Quiz, writer: User, colleague: User, django_assert_num_queries: Any
) -> None:
    for number in range(6):
        made = add_comment(quiz=commented, user=writer, text=f"Nummer {number}")
        reply_to_comment(comment=made, user=colleague, text="Ja.")
        if number % 2:
            resolve(made, colleague)
    with django_assert_num_queries(3):
        comments = Comments(commented, writer)
        names = {str(said.comment.user) for one in comments.threads for said in (one, *one.replies)}
        assert len(comments.groups) == 1
        assert {str(one.comment.resolved_by) for one in comments.resolved} == {"Sam"}
        comments.new_form.as_p()
    assert names == {"Noor", "Sam"}


def test_who_wrote_may_go_and_what_was_written_stays(
    commented: Quiz, comment: QuizComment, colleague: User
) -> None:
    resolve(comment, colleague)
    colleague.delete()
    comment.refresh_from_db()
    assert (comment.user, comment.resolved_by) == (None, None)
    assert comment.is_resolved


def test_comments_go_with_their_quiz_and_no_other(writer: User, db: Any) -> None:
    gone = make_quiz("weg", questions=[("een", one_answer("een"))], publish=False)
    stays = make_quiz("blijft", questions=[("twee", one_answer("twee"))])
    made = add_comment(quiz=gone, user=writer, text="Weg.")
    reply_to_comment(comment=made, user=writer, text="Ook weg.")
    add_comment(quiz=stays, user=writer, text="Blijft.")
    gone.delete()
    assert [one.text for one in QuizComment.objects.all()] == ["Blijft."]


@pytest.mark.parametrize(
    ("wrong", "constraint"),
    [
        ("text", "says_something"),
        ("resolved_by", "resolved_by_somebody"),
        ("parent question_key", "reply_is_only_a_text"),
        ("parent question_words", "reply_is_only_a_text"),
        ("parent resolved_at", "reply_is_only_a_text"),
    ],
)
def test_the_database_refuses_what_makes_no_sense(
    comment: QuizComment, writer: User, wrong: str, constraint: str
) -> None:
    values = {
        "text": "",
        "resolved_by": writer,
        "parent": comment,
        "question_key": uuid4(),
        "question_words": "Vraag?",
        "resolved_at": timezone.now(),
    }
    chosen = {name: values[name] for name in wrong.split()}
    fields = {"quiz": comment.quiz, "user": writer, "text": "Ja."} | chosen
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        QuizComment.objects.create(**fields)


def test_no_comment_replies_to_itself(comment: QuizComment) -> None:
    QuizComment.objects.update(question_key=None, question_words="")
    with pytest.raises(IntegrityError, match="replies_to_another"), transaction.atomic():
        QuizComment.objects.filter(pk=comment.pk).update(parent=comment.pk)


def test_a_name_of_somebody_is_never_markup(
    commented: Quiz, admin_client: Any, admin_user: User
) -> None:
    """S-50."""
    admin_user.name = "<i>Ik</i>"
    admin_user.save()
    add_comment(quiz=commented, user=admin_user, text="<img src=x onerror=alert(1)>")
    page = signed_in(admin_user).get(
        reverse("wagtailsnippets_quizzes_quiz:comments", args=[commented.pk])
    )
    assert "<img src=x" not in page.text
    assert "&lt;img src=x onerror=alert(1)&gt;" in page.text
    assert "<bdi>&lt;i&gt;Ik&lt;/i&gt;</bdi>" in page.text
