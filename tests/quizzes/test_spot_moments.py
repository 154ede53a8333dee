"""Signals in a recording: the editor's mistakes, what a learner may see, and what stays."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import Client
from wagtail.blocks import StreamBlock
from wagtail.blocks.struct_block import StructBlockValidationError

from media.models import Recording
from quizzes.grading import Given
from quizzes.question_types import QUESTION_TYPES
from tests.factories import quizzes as made

KIND = QUESTION_TYPES["spot_moments"]
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_uploads(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def value(raw: dict[str, Any]) -> Any:
    return StreamBlock([("spot_moments", KIND.block())]).to_python([raw])[0].value


def errors_of(raw: dict[str, Any]) -> dict[str, Any]:
    with pytest.raises(StructBlockValidationError) as caught:
        KIND.block().clean(value(raw))
    return caught.value.block_errors


def with_times(*times: tuple[str, str]) -> dict[str, Any]:
    raw = made.spot_moments("x")
    raw["value"]["targets"] = [
        made.entry(f"x-{start}", start=start, end=end, signal="Signaal", feedback="Uitleg.")
        for start, end in times
    ]
    return raw


def test_a_good_question_is_accepted() -> None:
    KIND.block().clean(value(made.spot_moments("x")))


@pytest.mark.parametrize(
    ("times", "place", "field", "message"),
    [
        ([("12", "0:14")], 0, "start", "Schrijf de tijd als 0:12 of 0:12,5."),
        ([("0:07,9", "0:60")], 0, "end", "Schrijf de tijd als 0:12 of 0:12,5."),
        ([("0:46", "1:10")], 0, "end", "De opname duurt maar 0:52,7."),
        ([("0:07,9", "0:07")], 0, "end", "Het einde moet later zijn dan het begin."),
        ([("0:07,9", "0:09")], 0, "end", "Geef minstens 0:02 de tijd"),
        ([("0:10", "0:14")], 0, "start", "dichtbij is 0:07,9"),
        ([("0:13", "0:16")], 0, "end", "Ga door tot na 0:16,6"),
        ([("0:07,9", "0:21"), ("0:20,3", "0:26")], 1, "start", "Het signaal ervoor loopt tot 0:21"),
        ([("0:07,9", "0:18"), ("0:20,3", "0:26")], 1, "start", "Begin op of na 0:21"),
    ],
)
def test_a_mistake_in_a_time_is_shown_at_its_field(
    times: list[tuple[str, str]], place: int, field: str, message: str
) -> None:
    errors = errors_of(with_times(*times))["targets"].block_errors
    assert set(errors) == {place}
    assert message in errors[place].block_errors[field].messages[0]


def test_signals_may_not_fill_the_recording() -> None:
    errors = errors_of(with_times(("0:03,4", "0:46")))["targets"]
    (said,) = errors.non_block_errors.as_data()
    assert "De signalen duren samen 0:42,6: meer dan de helft" in said.message


def test_a_recording_without_texts_cannot_be_used() -> None:
    """A-19: captions before anything is published; a transcript and a description too."""
    raw = made.spot_moments("x")
    Recording.objects.update(captions="", description="")
    (said,) = errors_of(raw)["recording"].messages
    assert said == "Bij deze opname ontbreekt nog: ondertiteling, wat er te zien en te horen is."


def test_before_the_answer_nobody_sees_when_something_is_a_signal() -> None:
    """S-20: what a line says and when it begins is in the recording; windows are not."""
    content = KIND.compile(value(made.spot_moments("x")))
    public = KIND.public(content)
    said = json.dumps(public)
    for target in content["targets"]:
        assert target["key"] not in said
        assert target["signal"] not in said
        assert f": {target['end']}" not in said
    # Each line in the same way, a signal or not.
    assert len({tuple(line) for line in public["lines"]}) == 1
    starts = [line["start"] for line in public["lines"]]
    assert starts == sorted(starts)


def test_notes_in_pasted_captions_do_not_reach_a_learner(client: Client) -> None:
    """S-20"""
    recording = made.make_recording()
    recording.captions = recording.captions.replace("WEBVTT", "WEBVTT\n\nNOTE signaal op 0:08")
    recording.save()
    question = KIND.public(KIND.compile(value(made.spot_moments("x"))))
    response = client.get(question["recording"]["captions"])
    sent = b"".join(response.streaming_content).decode()
    assert response["Content-Type"] == "text/vtt; charset=utf-8"
    assert "<v Jay>Ik weet iets beters." in sent
    assert "NOTE" not in sent


def test_the_recording_of_an_edition_outlives_the_editors(
    client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    quiz = made.make_quiz(questions=[("x", made.spot_moments("x"))])
    question = quiz.editions.get().content["questions"][0]
    with django_capture_on_commit_callbacks(execute=True):
        Recording.objects.get().delete()
    shown = KIND.public(question)["recording"]
    response = client.get(shown["url"], HTTP_RANGE="bytes=0-99")
    assert response.status_code == 206
    assert b"".join(response.streaming_content) == made.RECORDING.read_bytes()[:100]


def test_a_recording_that_is_gone_leaves_the_explanation() -> None:
    raw = made.spot_moments("x")
    raw["value"]["recording"] = None
    content = KIND.compile(value(raw))
    page = render_to_string(KIND.template, {"question": {"number": 1, **KIND.public(content)}})
    assert "<audio" not in page
    chosen = Given()
    context = {
        "choices": KIND.feedback(content, chosen),
        "mark": KIND.mark(content, chosen),
        **KIND.feedback_context(content, chosen),
    }
    assert "Geheime uitleg a." in render_to_string(KIND.answers_template, context)


def explained(*moments: int) -> tuple[dict[str, Any], str]:
    content = KIND.compile(value(made.spot_moments("x")))
    given = Given(choice=tuple(map(str, moments)))
    context = {
        "choices": KIND.feedback(content, given),
        "mark": KIND.mark(content, given),
        **KIND.feedback_context(content, given),
    }
    return context, render_to_string(KIND.answers_template, context)


def test_afterwards_each_line_says_what_was_found_missed_and_chosen_without_reason() -> None:
    context, page = explained(90, 95, 276)
    notes = [[note["state"] for note in line["notes"]] for line in context["lines"]]
    assert notes == [[], [], ["found"], [], ["missed"], ["extra"], [], [], [], []]
    assert "Gekozen op 0:27, maar geen signaal" in page
    assert [note["number"] for note in context["timeline"]] == [1, 2, 3]
    assert context["timeline"][0]["x"] == f"{100 * 79 / 527:.2f}"
    assert context["timeline"][1]["pressed"] == ""
    assert 'style="' not in page


def test_a_moment_before_the_first_line_is_explained_too() -> None:
    context, _page = explained(0)
    assert [note["state"] for note in context["lines"][0]["notes"]] == ["extra"]


def test_a_teacher_sees_per_signal_who_noticed_it_and_who_did_not() -> None:
    content = KIND.compile(value(made.spot_moments("x")))
    given = [Given(choice=("90", "95")), Given(choice=("90", "250")), Given(choice=("300", "301"))]
    rows = {row.key: row.count for row in KIND.statistics(content, given)}
    first, second = (target["key"] for target in content["targets"])
    assert rows == {first: 2, second: 1, f"missed:{first}": 1, f"missed:{second}": 2, "extra": 1}


def test_moments_that_were_sent_before_are_there_to_be_changed() -> None:
    """Without a script too; and what somebody made up is not shown."""
    question = {"number": 1, **KIND.public(KIND.compile(value(made.spot_moments("x"))))}
    chosen = ["90", "104", "<b>", "1" * 9]
    page = render_to_string(KIND.template, {"question": question, "chosen": chosen})
    assert page.count(" checked") == 2
    assert 'value="90" checked><span class="choice__text">Jouw moment: 0:09</span>' in page
    assert 'value="104" checked' in page
    assert "&lt;b&gt;" not in page
