"""Comments on a quiz beside its form, and on a page of their own."""

from __future__ import annotations

import re

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from quizzes.comment_actions import (
    add_comment,
    reply_to_comment,
    resolve_comment,
)
from quizzes.models import Quiz, QuizComment
from tests.quizzes.commenting import (
    COUNTER,
    groups,
    question,
    send,
    soup,
    url,
    words,
)
from tests.quizzes.test_drafts import draft_of
from tests.quizzes.test_editing import edit_url, quiz_form

# --- Beside the form --------------------------------------------------------------------


def test_the_editor_shows_open_comments_by_question_and_counts_them(
    writer_client: Client, commented: Quiz, comment: QuizComment, writer: User
) -> None:
    add_comment(quiz=commented, user=writer, text="Mooi begin.")
    page = soup(writer_client.get(edit_url(commented)))
    panel = page.select_one('[data-side-panel="quiz-comments"]')
    assert panel is not None
    assert groups(panel) == ["De hele quiz", "Vraag 2 : Vraag twee?"]
    link = panel.select_one("[data-question-link]")
    assert link is not None
    assert link["href"] == f"#question-{question(commented, 2).key}"
    counter = page.select_one(COUNTER)
    assert words(counter) == "2"
    assert counter is not None
    assert not counter.has_attr("hidden")


def test_no_comments_is_said_and_not_counted(writer_client: Client, commented: Quiz) -> None:
    page = soup(writer_client.get(edit_url(commented)))
    counter = page.select_one(COUNTER)
    assert counter is not None
    assert counter.has_attr("hidden")
    assert "Er zijn geen open opmerkingen." in words(page.select_one("[data-quiz-comments]"))


def test_a_new_quiz_and_a_copy_have_no_comments(
    writer_client: Client, commented: Quiz, comment: QuizComment
) -> None:
    for address in (reverse("wagtailsnippets_quizzes_quiz:add"), url("copy", commented)):
        page = soup(writer_client.get(address))
        panel = words(page.select_one('[data-side-panel="quiz-comments"]'))
        assert "Sla de quiz eerst op." in panel
        assert "Kan dit korter?" not in panel


def test_a_copy_of_a_quiz_does_not_take_comments_along(
    writer_client: Client, commented: Quiz, comment: QuizComment
) -> None:
    fields = quiz_form(commented, prompt="<p>Wie?</p>", slug="kopie")
    fields |= {"questions-INITIAL_FORMS": "0", "questions-0-id": ""}
    sent = soup(writer_client.get(url("copy", commented))).select_one("#w-editor-form")
    assert sent is not None
    assert writer_client.post(sent["action"], fields).status_code == 302
    copy = Quiz.objects.get(slug="kopie")
    assert copy.pk != commented.pk
    assert not copy.comments.exists()
    assert commented.comments.get() == comment


def test_saving_by_itself_leaves_the_comments_on_the_screen_alone(
    writer_client: Client, commented: Quiz, comment: QuizComment
) -> None:
    """Somebody may be typing there."""
    fields = quiz_form(commented, prompt="<p>Wie?</p>")
    response = writer_client.post(
        edit_url(commented), fields, headers={"accept": "application/json"}
    )
    assert response.json()["success"]
    assert "data-side-panel='status'" in response.json()["html"]
    assert "quiz-comments" not in response.json()["html"]


def test_the_form_of_a_quiz_holds_no_comment(
    writer_client: Client, commented: Quiz, comment: QuizComment
) -> None:
    """So that sending the one can never send the other."""
    page = soup(writer_client.get(edit_url(commented)))
    quiz = page.select_one("#w-editor-form")
    assert quiz is not None
    assert quiz.select("[data-quiz-comments]") == []
    assert len(page.select("[data-quiz-comments] form")) >= 3


# --- On a page of their own, without a script --------------------------------------------


def test_everything_is_done_on_the_page_without_a_script(
    writer_client: Client, commented: Quiz, writer: User
) -> None:
    page = soup(writer_client.get(url("comments", commented)))
    about = page.select_one("#comment-new-about")
    assert about is not None
    assert [words(option) for option in about.select("option")] == [
        "De hele quiz",
        "Vraag 1: Vraag een?",
        "Vraag 2: Vraag twee?",
    ]
    key = str(question(commented, 2).key)
    page = soup(send(writer_client, page, "add", about=key, text="Waar staat dit?"))
    assert "Je opmerking is geplaatst." in words(page.select_one(".messages"))
    made = QuizComment.objects.get()
    assert (str(made.question_key), made.user) == (key, writer)
    page = soup(send(writer_client, page, "reply", made, text="In de wet."))
    reply = made.replies.get()
    page = soup(send(writer_client, page, "change", reply, text="In de wet, artikel 273f."))
    assert "artikel 273f" in words(page.select_one(f"#{reply.anchor}"))
    page = soup(send(writer_client, page, "resolve", made))
    assert groups(page) == []
    page = soup(writer_client.get(url("comments", commented) + "?toon=opgelost"))
    assert "Opgelost door Noor" in words(page.select_one(f"#{made.anchor}"))
    assert "Vraag 2: Vraag twee?" in words(page.select_one(f"#{made.anchor}")).replace(" :", ":")
    page = soup(send(writer_client, page, "reopen", made))
    assert groups(page) == ["Vraag 2 : Vraag twee?"]
    link = page.select_one("[data-question-link]")
    assert link is not None
    assert link["href"] == f"{edit_url(commented)}#question-{key}"
    page = soup(send(writer_client, page, "delete", made))
    assert not QuizComment.objects.exists()
    assert "Er zijn geen open opmerkingen." in words(page)


def test_deleting_says_how_many_replies_go_along(
    writer_client: Client, commented: Quiz, writer: User
) -> None:
    made = add_comment(quiz=commented, user=writer, text="Ja?")
    for text in ("Ja.", "Nee."):
        reply_to_comment(comment=made, user=writer, text=text)
    page = soup(writer_client.get(url("comments", commented)))
    asked = page.select_one(f'#{made.anchor} > .quiz-comments__own form[data-act="delete"]')
    assert "Ook 2 antwoorden verdwijnen." in words(asked)


def test_what_is_gone_from_the_quiz_is_shown_with_what_it_asked(
    writer_client: Client, commented: Quiz, comment: QuizComment
) -> None:
    draft = draft_of(commented)
    draft.questions = list(draft.questions.all())[:1]
    draft.save_revision()
    page = soup(writer_client.get(url("comments", commented)))
    assert groups(page) == ["Niet meer in de quiz"]
    about = page.select_one(".quiz-comments__about")
    assert words(about) == "Vraag twee?"


def test_words_of_a_quiz_say_in_which_language_they_are(
    writer_client: Client, commented: Quiz, comment: QuizComment
) -> None:
    page = soup(writer_client.get(url("comments", commented)))
    title = page.select_one(".quiz-comments__group .quiz-comments__title [lang]")
    assert title is not None
    assert (title["lang"], words(title)) == ("nl", "Vraag twee?")


def test_both_screens_cost_the_same_for_many_comments(
    writer_client: Client, commented: Quiz, comment: QuizComment, colleague: User
) -> None:
    def costs() -> list[int]:
        counts = []
        for address in (url("comments", commented), edit_url(commented)):
            with CaptureQueriesContext(connection) as queries:
                writer_client.get(address)
            counts.append(len(queries))
        return counts

    reply_to_comment(comment=comment, user=colleague, text="Ja.")
    costs()  # what is kept in memory
    few = costs()
    for number in range(8):
        made = add_comment(quiz=commented, user=colleague, text=f"Nummer {number}")
        reply_to_comment(comment=made, user=colleague, text="Ja.")
        if number % 2:
            resolve_comment(comment=made, user=colleague, now=timezone.now())
    assert costs() == few


def test_the_list_of_quizzes_leads_to_the_comments(writer_client: Client, commented: Quiz) -> None:
    page = writer_client.get(reverse("wagtailsnippets_quizzes_quiz:list"))
    assert re.search(rf'href="{url("comments", commented)}"', page.text)
