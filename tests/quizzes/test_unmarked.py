"""Questions without a right answer: nobody is marked, and nobody else sees what was chosen."""

from __future__ import annotations

import json
import re
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.blocks import StreamBlock
from wagtail.blocks.struct_block import StructBlockValidationError

from classrooms.actions import assign
from lessons.package_questions import OpinionQuestion
from quizzes.actions import save_answer
from quizzes.grading import Given, UnusableAnswerError
from quizzes.models import Answer, Attempt, Quiz
from quizzes.queries import get_edition
from quizzes.question_types import QUESTION_TYPES
from reports.exports import as_csv, matrix_table
from reports.queries import class_matrix, classroom_head
from reports.understanding import class_understanding
from tests.factories import quizzes as made
from tests.factories.classrooms import enrol, make_classroom
from tests.factories.organisations import make_teacher
from tests.forms import answer_url, hidden_fields

UNMARKED = [
    ("mening", made.opinion("mening")),
    ("kunnen", made.self_assessment("kunnen")),
    ("getal", made.number("getal", is_estimate=True)),
]
WORDS_OF_MARKING = ("Dat klopt", "Dit klopt", "Het zit anders", "Deels goed", "punten", ">Goed<")


def test_a_self_assessment_needs_one_point_for_each_sentence(db: None) -> None:
    block, value = block_of(made.self_assessment("x"))
    kind = QUESTION_TYPES["self_assessment"]
    content = kind.compile(block.clean(value))
    one, two = (made.key(f"x-{letter}") for letter in "ab")
    given = kind.clean(content, {"choice": [f"{two}:1", f"{one}:5"]})
    assert given == Given((f"{one}:5", f"{two}:1"))
    for sent, code in (
        ([f"{one}:5"], "incomplete"),
        ([f"{one}:5", f"{one}:4"], "unknown_choice"),
        ([f"{one}:5", f"{one}:4", f"{two}:1"], "unknown_choice"),
        ([f"{one}:6", f"{two}:1"], "unknown_choice"),
        ([one, two], "unknown_choice"),
    ):
        with pytest.raises(UnusableAnswerError, match=code):
            kind.clean(content, {"choice": sent})
    texts = {count.text: count.count for count in kind.statistics(content, [given, given])}
    assert texts["Zin x-a: helemaal mee eens (5 van 5)"] == 2
    assert sum(texts.values()) == 4
    assert len(texts) == 10


def test_a_self_assessment_works_as_a_plain_form(client: Client, db: None) -> None:
    """A-15: a group of radios per sentence, each with its own name."""
    made.make_quiz("kunnen", questions=[("kunnen", made.self_assessment("kunnen"))])
    page = client.get("/q/kunnen/")
    one, two = (made.key(f"kunnen-{letter}") for letter in "ab")
    sent = {**hidden_fields(page), f"choice:{one}": f"{one}:2"}
    refused = client.post(answer_url(page), sent)
    assert refused.status_code == 422
    assert "Vul alles in." in refused.text
    assert re.search(f'value="{one}:2" checked', refused.text)
    saved = client.post(answer_url(page), {**sent, f"choice:{two}": f"{two}:5"}, follow=True)
    assert "Dank je wel" in saved.text
    assert Answer.objects.get().given["choice"] == [f"{one}:2", f"{two}:5"]


def block_of(body: dict[str, Any]) -> tuple[Any, Any]:
    block = QUESTION_TYPES[body["type"]].block()
    return block, StreamBlock([(body["type"], block)]).to_python([body])[0].value


@pytest.fixture
def poll(db: None) -> Quiz:
    return made.make_quiz("peiling", questions=UNMARKED, title="Peiling")


def send(client: Client, quiz: Quiz, question: Any, attempt: UUID, tag: str = "") -> Any:
    sent = question.type.example(question.content, is_right=True)
    body = {
        "attempt": str(attempt), "edition": 1, "question": question.key, "key": str(uuid4()),
        "learner_tag": tag, **sent,
    }  # fmt: skip
    url = reverse("quizzes:answer", args=[quiz.slug])
    return client.post(url, json.dumps(body), content_type="application/json")


def do_it_all(client: Client, quiz: Quiz) -> list[Any]:
    attempt, tag, replies = uuid4(), "", []
    for question in get_edition(quiz.editions.get().pk).questions:
        replies.append(send(client, quiz, question, attempt, tag))
        tag = replies[-1].json()["learner_tag"]
    return replies


def test_the_learner_is_thanked_and_never_marked(client: Client, poll: Quiz) -> None:
    replies = do_it_all(client, poll)
    for reply in replies:
        told = reply.json()
        assert told["is_marked"] is False
        assert told["choices"] == {}
        assert "Dank je wel" in told["feedback_html"]
        assert re.search("Jij koos:|Jouw schatting", told["feedback_html"])
        assert not [word for word in WORDS_OF_MARKING if word in told["feedback_html"]]
    last = replies[-1].json()
    for page in (
        client.get(f"/q/peiling/{last['attempt']}/1/"),
        client.get(last["result_url"]),
        client.get("/q/peiling/"),
    ):
        assert not [word for word in WORDS_OF_MARKING if word in page.text]
        assert "Goed dat je meedeed" not in page.text
    assert "Goed of fout was er niet." in client.get(last["result_url"]).text


def test_the_form_says_that_it_is_kept_and_not_checked(client: Client, poll: Quiz) -> None:
    page = client.get("/q/peiling/")
    assert "Sla op" in page.text
    assert "Controleer" not in page.text
    assert "Je docent ziet niet wat jij kiest." in page.text


def test_only_marked_questions_count_in_a_score(client: Client, db: None) -> None:
    quiz = made.make_quiz("half", questions=[("een", made.one_answer("een")), *UNMARKED])
    last = do_it_all(client, quiz)[-1].json()
    page = client.get(last["result_url"])
    assert "<strong>1</strong> van 1 punt" in page.text
    assert "Jij ziet veel" in page.text
    attempt = Attempt.objects.get()
    assert (attempt.won, attempt.available) == (1, 1)


@pytest.fixture
def poll_of_a_class(db: None) -> Any:
    classroom = make_classroom(teacher=make_teacher())
    quiz = made.make_quiz("peiling", questions=UNMARKED, title="Peiling")
    assign(classroom=classroom, thing=quiz, now=timezone.now(), user=None)
    edition = get_edition(quiz.editions.get().pk)
    for _learner in range(12):
        learner, attempt = enrol(classroom), uuid4()
        for question in edition.questions:
            save_answer(
                token=learner.token,
                edition=edition,
                attempt_key=attempt,
                question_key=UUID(question.key),
                answer_key=uuid4(),
                sent=question.type.example(question.content, is_right=False),
                learner_tag=learner.token.tag,
                now=timezone.now(),
            )
    return classroom


def test_a_teacher_sees_that_it_is_done_and_nothing_of_what_was_chosen(
    client: Client, poll_of_a_class: Any
) -> None:
    """P-05"""
    classroom = poll_of_a_class
    teacher = classroom.teacher
    matrix = class_matrix(teacher, classroom.public_id)
    assert {cell.percent for _name, cells in matrix.rows for cell in cells} == {None}
    assert ";Klaar\r\n" in as_csv(matrix_table(matrix), "").decode("utf-8-sig")
    found = class_understanding(classroom_head(teacher, classroom.public_id))
    assert (found.questions, found.told_count, found.held_back_count) == ([], 0, 0)
    client.force_login(teacher)
    for name in ("reports:classroom", "reports:questions"):
        page = client.get(reverse(name, args=[classroom.public_id])).text
        assert "0%" not in page
        assert "helemaal" not in page
        assert "Vraag mening?" not in page


@pytest.mark.django_db
@pytest.mark.parametrize("size", range(3, 8))
def test_a_scale_has_words_at_both_ends_or_everywhere(size: int) -> None:
    body = made.opinion("x", size=size)
    block, value = block_of(body)
    content = QUESTION_TYPES["opinion"].compile(block.clean(value))
    assert [point["key"] for point in content["scale"]] == [str(n) for n in range(1, size + 1)]
    texts = ["helemaal niet mee eens", *[""] * (size - 2), "helemaal mee eens"]
    assert [point["text"] for point in content["scale"]] == texts

    body["value"]["between"] = [f"stap {number}" for number in range(size - 2)]
    block, value = block_of(body)
    content = QUESTION_TYPES["opinion"].compile(block.clean(value))
    assert [point["text"] for point in content["scale"]][1:-1] == body["value"]["between"]

    body["value"]["between"] = ["te veel"] * (size - 1)
    block, value = block_of(body)
    with pytest.raises(StructBlockValidationError) as refused:
        block.clean(value)
    assert "between" in refused.value.block_errors


def test_a_package_file_keeps_to_the_same_words() -> None:
    fields = {
        "type": "opinion", "id": uuid4(), "prompt": "Wat vind jij?", "explanation": "Dank je wel.",
        "low": "nee", "high": "ja",
    }  # fmt: skip
    assert OpinionQuestion(**fields).own_values()["size"] == "5"
    with pytest.raises(ValueError, match="'between' must be empty or have 3 texts"):
        OpinionQuestion(**fields, between=["misschien"])
    with pytest.raises(ValueError, match="less than or equal to 7"):
        OpinionQuestion(**fields, size=8)


@pytest.mark.django_db
def test_the_counts_of_a_group_say_which_point_they_are_of() -> None:
    block, value = block_of(made.opinion("x"))
    kind = QUESTION_TYPES["opinion"]
    content = kind.compile(block.clean(value))
    counts = kind.statistics(content, [Given(("1",)), Given(("1",)), Given(("3",))])
    assert [(count.text, count.count) for count in counts] == [
        ("helemaal niet mee eens (1 van 5)", 2),
        ("2 van 5", 0),
        ("3 van 5", 1),
        ("4 van 5", 0),
        ("helemaal mee eens (5 van 5)", 0),
    ]
    assert not any(count.is_right for count in counts)
