"""What every question type must keep to. A new type is tested by being in the registry;
one without an example here fails the build."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.template.loader import render_to_string
from wagtail.blocks import StreamBlock
from wagtail.blocks.struct_block import StructBlockValidationError

from quizzes.editions import CompiledEdition, compile_quiz
from quizzes.grading import UnusableAnswerError
from quizzes.models import Quiz
from quizzes.pairing import key_of, pair
from quizzes.question_types import QUESTION_TYPES
from tests.factories import quizzes as made


def placed(*pairs: str) -> dict[str, list[str]]:
    """Steps or cards with their places: "a1" is x-a in place or group 1."""
    return {"choice": [pair(key_of("item", made.key(f"x-{p[0]}")), p[1]) for p in pairs]}


def filled(*pairs: str) -> dict[str, list[str]]:
    """Gaps with words: "ab" is gap x-a with the word of x-b."""
    keys = {letter: made.key(f"x-{letter}") for letter in "abx"}
    return {"choice": [pair(key_of("gap", keys[p[0]]), key_of("word", keys[p[1]])) for p in pairs]}


def matched(*pairs: str) -> dict[str, list[str]]:
    """Lines with a choice: "ab" is line x-a with what belongs to x-b."""
    keys = {letter: made.key(f"x-{letter}") for letter in "abcx"}
    return {
        "choice": [pair(key_of("left", keys[p[0]]), key_of("right", keys[p[1]])) for p in pairs]
    }


def same_right(pairs: list[dict[str, Any]], others: list[dict[str, Any]]) -> None:
    """One choice only: then nothing is left to choose."""
    others.clear()
    for entry in pairs:
        entry["value"]["right"] = "Politie"


def nothing_right(choices: list[dict[str, Any]]) -> None:
    for choice in choices:
        choice["value"]["is_right"] = False


EXAMPLES = {
    "one_answer": (made.one_answer, {"choice": [made.key("x-b")]}, {"choice": [made.key("x-a")]}),
    "several_answers": (
        made.several_answers,
        {"choice": [made.key("x-a"), made.key("x-b")]},
        {"choice": [made.key("x-c")]},
    ),
    "true_false": (
        made.true_false,
        {"choice": ["false"], "reason": made.key("x-r1")},
        {"choice": ["true"], "reason": made.key("x-r2")},
    ),
    "opinion": (made.opinion, {"choice": ["5"]}, {"choice": ["1"]}),
    "two_sides": (made.two_sides, {"choice": ["a:1", "b:5"]}, {"choice": ["a:1", "b:1"]}),
    "self_assessment": (
        made.self_assessment,
        {"choice": [f"{made.key('x-a')}:5", f"{made.key('x-b')}:4"]},
        {"choice": [f"{made.key('x-b')}:1", f"{made.key('x-a')}:1"]},
    ),
    "short_answer": (made.short_answer, {"choice": ["veilig thuis"]}, {"choice": ["de politie"]}),
    "number": (made.number, {"choice": ["944"]}, {"choice": ["5.000"]}),
    "branching_story": (
        made.branching_story,
        {"choice": [made.way("begin.stop")]},
        {"choice": [made.way("begin.klus"), made.way("klus.stop")]},
    ),
    "spot_signals": (
        made.spot_signals,
        {"choice": [made.key("x-a"), made.key("x-b")]},
        {"choice": [made.key("x-c")]},
    ),
    "sort_groups": (made.sort_groups, placed("a1", "b3", "c3"), placed("a2", "b1", "c1")),
    "gap": (made.gap, filled("aa", "bb"), filled("ax", "ba")),
    "match": (made.match, matched("aa", "bb", "ca"), matched("ab", "bx", "cb")),
    "order": (made.order, placed("a1", "b2", "c3", "d4"), placed("a4", "b3", "c2", "d1")),
    "point_at": (
        made.point_at,
        {"choice": [made.key("x-a"), made.key("x-b")]},
        {"choice": [made.key("x-c")]},
    ),
    "spot_moments": (made.spot_moments, {"choice": ["250", "90"]}, {"choice": ["20", "300"]}),
}
# Per type, what an editor may write that leaves no right answer.
WITHOUT_A_RIGHT_ANSWER: dict[str, Callable[[dict[str, Any]], object]] = {
    "one_answer": lambda value: nothing_right(value["choices"]),
    "several_answers": lambda value: nothing_right(value["choices"]),
    "true_false": lambda value: nothing_right(value["reasons"]),
    "short_answer": lambda value: value.update(accepted=[]),
    "number": lambda value: value.update(right_to="0"),
    "spot_signals": lambda value: nothing_right(value["choices"]),
    "sort_groups": lambda value: value["items"][0]["value"].update(groups=["5"]),
    "gap": lambda value: value.update(text="Zonder een gat."),
    "match": lambda value: same_right(value["pairs"], value["others"]),
    "order": lambda value: value.update(items=value["items"][:1] * 4),
    "point_at": lambda value: nothing_right(value["choices"]),
    "spot_moments": lambda value: value.update(targets=[]),
}
# What an edition may hold that a learner may see before answering, over all types.
MAY_BE_SEEN = {
    "key",
    "type",
    "prompt",
    "number",
    "template",
    "choices",
    "text",
    "reasons",
    "why_prompt",
    "ask_sure",
    "section",
    "is_typed",
    "is_marked",
    "missing",
    "scale",
    "tellings",
    "judgement",
    "title",
    "statements",
    "longest",
    "pattern",
    "unit",
    # Of a story: what happens after a choice is no secret, which tactic it was is.
    "look",
    "scenes",
    "lines",
    "who",
    "is_you",
    "leads_to",
    "heading",
    "kind",
    "speaker",
    "is_own",
    "parts",
    "items",
    "options",
    "value",
    # Of a picture.
    "image",
    "url",
    "alt",
    "is_single",
    "x",
    "y",
    "width",
    "height",
    # Of a recording: when something is said, never when something is a signal.
    "recording",
    "moments",
    "format",
    "captions",
    "poster",
    "language",
    "tenths",
    "length",
    "description",
    "credit",
    "start",
    "time",
}
MARKED = [name for name, kind in QUESTION_TYPES.items() if kind.is_marked]


def compiled(name: str, body: dict[str, Any] | None = None) -> CompiledEdition:
    """A quiz of one question of this type, the example or this one."""
    Quiz.objects.filter(slug="wat-denk-jij").delete()
    quiz = made.make_quiz(questions=[("x", body or EXAMPLES[name][0]("x"))], publish=False)
    return CompiledEdition(
        edition_id=1, quiz_id=1, quiz_key=str(quiz.key), number=1, content=compile_quiz(quiz)
    )


def names_in(value: Any) -> set[str]:
    if isinstance(value, dict):
        return set(value) | {name for inner in value.values() for name in names_in(inner)}
    if isinstance(value, list):
        return {name for inner in value for name in names_in(inner)}
    return set()


def test_every_type_has_an_example_here() -> None:
    assert set(EXAMPLES) == set(QUESTION_TYPES)


@pytest.mark.django_db
@pytest.mark.parametrize("name", QUESTION_TYPES)
def test_no_field_is_public_that_is_not_on_the_list(name: str) -> None:
    """S-20"""
    public = compiled(name).questions[0].public
    assert names_in(public) <= MAY_BE_SEEN


@pytest.mark.django_db
@pytest.mark.parametrize("name", QUESTION_TYPES)
def test_the_form_and_its_data_hold_nothing_of_the_key(name: str) -> None:
    """S-20: not in text, attributes, order or ids."""
    question = compiled(name).questions[0]
    page = render_to_string(
        "quizzes/_question_form.html", {"question": question.public, "key": "k", "attempt": "a"}
    )
    for secret in (
        "Geheime", "is_right", "points", "stays_last", "explanation", "feedback_", "supplement",
    ):  # fmt: skip
        assert secret not in page
        assert secret not in json.dumps(question.public, default=str)


@pytest.mark.django_db
@pytest.mark.parametrize("name", QUESTION_TYPES)
def test_what_stands_beside_the_explanation_comes_with_it_and_not_before(name: str) -> None:
    """S-20: the picture, the recording, the lesson and the helplines."""
    body = made.with_supplement(EXAMPLES[name][0]("x"), "x")
    bare, question = compiled(name).questions[0], compiled(name, body).questions[0]
    kept = question.content["supplement"]
    kept["lesson"] = {"page": 0, "title": "Geheime les", "path": "/geheim/", "language": "nl"}
    assert question.public == bare.public
    page = render_to_string(
        "quizzes/_question_form.html", {"question": question.public, "key": "k", "attempt": "a"}
    )
    secrets = (kept["alt"], kept["image"]["name"], "eheime les", "/geheim/", "testlijn")
    assert [secret for secret in secrets if secret in page] == []
    given = question.type.clean(question.content, EXAMPLES[name][1])
    mark = question.type.mark(question.content, given)
    told = render_to_string(question.type.feedback_template, question.explained(given, mark))
    for shown in (kept["alt"], kept["image"]["name"], kept["recording"]["name"]):
        assert shown in told


@pytest.mark.django_db
@pytest.mark.parametrize("name", MARKED)
def test_right_and_wrong_answers_are_marked_and_explained(name: str) -> None:
    _make, right, wrong = EXAMPLES[name]
    question = compiled(name).questions[0]
    kind, content = question.type, question.content
    assert kind.mark(content, kind.clean(content, right)).is_right
    mark = kind.mark(content, kind.clean(content, wrong))
    assert mark.won == 0
    assert mark.available == kind.available(content) == content["points"]
    explained = kind.feedback(content, kind.clean(content, wrong))
    assert all(choice["feedback"] for choice in explained)
    assert any(choice["is_chosen"] for choice in explained)


@pytest.mark.django_db
@pytest.mark.parametrize("name", QUESTION_TYPES)
@pytest.mark.parametrize("is_right", [True, False])
def test_the_examples_that_a_type_gives_are_answers(name: str, is_right: bool) -> None:
    question = compiled(name).questions[0]
    kind, content = question.type, question.content
    given = kind.clean(content, kind.example(content, is_right=is_right))
    assert kind.mark(content, given).is_right == (is_right and kind.is_marked)
    assert kind.clean(content, {"choice": list(given.choice), "reason": given.reason}) == given


@pytest.mark.django_db
@pytest.mark.parametrize("name", MARKED)
def test_how_sure_somebody_is_is_kept_where_it_is_asked(name: str) -> None:
    make, right, _wrong = EXAMPLES[name]
    quiz = made.make_quiz(
        questions=[("x", {**make("x"), "value": {**make("x")["value"], "ask_sure": True}})],
        publish=False,
    )
    content = compile_quiz(quiz)["questions"][0]
    kind = QUESTION_TYPES[name]
    assert kind.clean(content, {**right, "sure": "sure"}).sure == "sure"
    assert kind.clean(content, right).sure == ""
    with pytest.raises(UnusableAnswerError):
        kind.clean(content, {**right, "sure": "heel zeker"})
    assert kind.clean({**content, "ask_sure": False}, {**right, "sure": "sure"}).sure == ""


@pytest.mark.django_db
@pytest.mark.parametrize("name", QUESTION_TYPES)
@pytest.mark.parametrize("sent", [{}, {"choice": []}, {"choice": ["x"]}, {"choice": [None]}])
def test_what_is_no_answer_is_named(name: str, sent: dict) -> None:
    question = compiled(name).questions[0]
    if question.type.is_typed and sent == {"choice": ["x"]}:
        return  # an answer like any other
    with pytest.raises(UnusableAnswerError):
        question.type.clean(question.content, sent)


@pytest.mark.django_db
@pytest.mark.parametrize("name", MARKED)
def test_statistics_count_every_choice(name: str) -> None:
    _make, right, wrong = EXAMPLES[name]
    question = compiled(name).questions[0]
    kind, content = question.type, question.content
    given = [kind.clean(content, right), kind.clean(content, wrong), kind.clean(content, wrong)]
    counts = kind.statistics(content, given)
    assert max(count.count for count in counts if not count.is_right) == 2
    assert max(count.count for count in counts if count.is_right) == 1


@pytest.mark.django_db
@pytest.mark.parametrize("name", QUESTION_TYPES)
def test_keys_survive_a_second_compilation_and_a_revision(name: str) -> None:
    quiz = made.make_quiz(questions=[("x", EXAMPLES[name][0]("x"))])
    before = quiz.editions.get().content
    draft = quiz.save_revision().as_object()
    assert compile_quiz(draft) == before
    assert compile_quiz(Quiz.objects.get()) == before


@pytest.mark.django_db
@pytest.mark.parametrize("name", MARKED)
def test_an_editor_cannot_save_a_question_without_a_right_answer(name: str) -> None:
    block = StreamBlock([(name, QUESTION_TYPES[name].block())])
    raw = EXAMPLES[name][0]("x")
    WITHOUT_A_RIGHT_ANSWER[name](raw["value"])
    value = block.to_python([raw])[0].value
    with pytest.raises(StructBlockValidationError):
        QUESTION_TYPES[name].block().clean(value)


def test_an_editor_hears_what_is_wrong_in_a_script_and_where() -> None:
    kind = QUESTION_TYPES["branching_story"]
    raw = made.branching_story("x")
    raw["value"]["script"] = made.STORY.replace("-> klus", "-> klusje")
    value = StreamBlock([(kind.name, kind.block())]).to_python([raw])[0].value
    with pytest.raises(StructBlockValidationError) as caught:
        kind.block().clean(value)
    assert caught.value.block_errors["script"].messages == [
        "Regel 4: De scène 'klusje' is er niet.",
        "Regel 8: Bij de scène 'klus' komt niemand: geen keuze gaat erheen.",
    ]


@pytest.mark.django_db
def test_a_story_is_one_way_through_and_says_no_tactic_beforehand() -> None:
    question = compiled("branching_story").questions[0]
    kind, content = question.type, question.content
    given = kind.clean(content, {"choice": [made.way("begin.stop"), made.way("klus.stop.2")]})
    assert given.choice == (made.way("begin.stop"),)
    with pytest.raises(UnusableAnswerError, match="story_not_ended"):
        kind.clean(content, {"choice": [made.way("begin.klus")]})
    assert "vleien" not in json.dumps(question.public, default=str)
    flattered, set_limits = kind.feedback(content, given)
    assert (flattered["made"], set_limits["made"]) == ([], ["Zeg nee"])
    assert not kind.mark(content, given).is_right
