"""What differs between two editions, and whether it may reach who is under way."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any

import pytest

from quizzes.differences import ADDED, CHANGED, MOVED, REMOVED, Words, marked_words
from quizzes.editions import CompiledEdition, compare, compile_quiz
from quizzes.question_types import QUESTION_TYPES
from tests.factories.quizzes import EVERY_TYPE, TOTAL, key, make_quiz

Content = dict[str, Any]
PLACES = {name: place for place, (name, _make) in enumerate(EVERY_TYPE)}


@pytest.fixture
def content(db: Any) -> Content:
    """An edition with a question of every type."""
    return compile_quiz(make_quiz(publish=False))


def question(content: Content, name: str) -> Content:
    return content["questions"][PLACES[name]]


def changed(content: Content, change: Callable[[Content], Any]) -> Any:
    after = deepcopy(content)
    change(after)
    return compare(content, after)


def test_the_same_content_differs_in_nothing(content: Content) -> None:
    assert not compare(content, deepcopy(content))


WORDS: dict[str, tuple[str, Callable[[Content], Any]]] = {
    "prompt": ("een", lambda q: q.update(prompt="<p>Anders?</p>")),
    "explanation": ("meer", lambda q: q.update(explanation="<p>Anders.</p>")),
    "choices.text": ("een", lambda q: q["choices"][0].update(text="Anders")),
    "choices.feedback": ("plek", lambda q: q["choices"][0].update(feedback="Anders.")),
    "feedback_true": ("waar", lambda q: q.update(feedback_true="Anders.")),
    "reasons.text": ("waar", lambda q: q["reasons"][1].update(text="Anders")),
    "scale.text": ("mening", lambda q: q["scale"][0].update(text="helemaal oneens")),
    "statements.text": ("kunnen", lambda q: q["statements"][0].update(text="Anders")),
    "answers.feedback": ("kort", lambda q: q["answers"][0].update(feedback="Anders.")),
    "feedback_low": ("getal", lambda q: q.update(feedback_low="Anders.")),
    "scenes.lines.text": ("verhaal", lambda q: q["scenes"][0]["lines"][0].update(text="hoi")),
    "scenes.choices.text": ("verhaal", lambda q: q["scenes"][0]["choices"][0].update(text="Vraag")),
    "tags.text": ("verhaal", lambda q: q["tags"][0].update(text="Anders.")),
    "lines.parts.text": ("signalen", lambda q: q["lines"][1]["parts"][0].update(text="ja!")),
    "items.text": ("volgorde", lambda q: q["items"][0].update(text="Anders")),
    "places.text": ("paren", lambda q: q["places"][0].update(text="Anders")),
    "paragraphs": ("gaten", lambda q: q["paragraphs"][0].__setitem__(0, "Eerst dan ")),
    "alt": ("plek", lambda q: q.update(alt="Twee vlakken.")),
}
MEANINGS: dict[str, tuple[str, Callable[[Content], Any]]] = {
    "choices.is_right": ("een", lambda q: q["choices"][0].update(is_right=True)),
    "choices.belief": ("een", lambda q: q["choices"][0].update(belief="eigen schuld")),
    "choices.stays_last": ("een", lambda q: q["choices"][2].update(stays_last=True)),
    "rule": ("meer", lambda q: q.update(rule="all_or_nothing")),
    "points": ("meer", lambda q: q.update(points=1)),
    "ask_sure": ("een", lambda q: q.update(ask_sure=False)),
    "is_true": ("waar", lambda q: q.update(is_true=True)),
    "answers.text": ("kort", lambda q: q["answers"][0].update(text="VT")),
    "answers.spellings": ("kort", lambda q: q["answers"][0]["spellings"].append("VT")),
    "right_to": ("getal", lambda q: q.update(right_to="1100")),
    "unit": ("getal", lambda q: q.update(unit="kinderen")),
    "scenes.choices.target": (
        "verhaal",
        lambda q: q["scenes"][0]["choices"][0].update(target="stop"),
    ),
    "scenes.choices.tactic": ("verhaal", lambda q: q["scenes"][0]["choices"][0].update(tactic="x")),
    "lines.parts.key": ("signalen", lambda q: q["lines"][0]["parts"][1].update(key="")),
    "choices.signal": ("signalen", lambda q: q["choices"][0].update(signal="Anders")),
    "shown": ("volgorde", lambda q: q["shown"].reverse()),
    "items.right": ("groepen", lambda q: q["items"][0].update(right=["2"])),
    "paragraphs": ("gaten", lambda q: q["paragraphs"].pop()),
    "choices.x": ("plek", lambda q: q["choices"][0].update(x=6)),
    "image.name": ("plek", lambda q: q["image"].update(name="ander.svg")),
    "signal": ("een", lambda q: q.update(signal="schuld")),
    "form": ("een", lambda q: q.update(form="labour")),
    "sources": ("een", lambda q: q["sources"].append("wet")),
    "nobody_knows_this": ("een", lambda q: q.update(nobody_knows_this="tekst")),
}


@pytest.mark.parametrize("path", WORDS)
def test_a_text_is_wording(content: Content, path: str) -> None:
    name, change = WORDS[path]
    found = changed(content, lambda after: change(question(after, name)))
    (one,) = found.questions
    assert [(each.what, each.path) for each in one.differences] == [(CHANGED, path)]
    assert found.is_wording


@pytest.mark.parametrize("path", MEANINGS)
def test_all_else_is_meaning_also_what_nobody_thought_of(content: Content, path: str) -> None:
    name, change = MEANINGS[path]
    found = changed(content, lambda after: change(question(after, name)))
    (one,) = found.questions
    assert path in {each.path for each in one.differences}
    assert not found.is_wording


@pytest.mark.parametrize(
    ("change", "what", "path"),
    [
        (lambda choices: choices.append({**choices[0], "key": key("nieuw")}), ADDED, "choices"),
        (lambda choices: choices.pop(), REMOVED, "choices"),
        (lambda choices: choices.reverse(), MOVED, "choices"),
    ],
)
def test_a_choice_more_less_or_elsewhere_is_meaning(
    content: Content, change: Callable[[list[Content]], Any], what: str, path: str
) -> None:
    found = changed(content, lambda after: change(question(after, "een")["choices"]))
    (one,) = found.questions
    assert [(each.what, each.path) for each in one.differences] == [(what, path)]
    assert not found.is_wording


def test_a_corrected_choice_that_also_moved_says_both(content: Content) -> None:
    def change(after: Content) -> None:
        choices = question(after, "een")["choices"]
        choices.reverse()
        choices[0]["text"] = "Anders"

    (one,) = changed(content, change).questions
    assert {(each.what, each.is_wording) for each in one.differences} == {
        (MOVED, False),
        (CHANGED, True),
    }


def test_questions_are_added_removed_and_moved_by_their_keys(content: Content) -> None:
    def change(after: Content) -> None:
        questions = after["questions"]
        del questions[1]
        questions.append(questions.pop(0))
        questions.insert(2, {**questions[0], "key": key("nieuw")})

    found = changed(content, change)
    assert [(one.what, one.number_before, one.number_after) for one in found.questions] == [
        (ADDED, None, 3),
        (MOVED, 1, TOTAL),
        (REMOVED, 2, None),
    ]
    assert not found.is_wording


@pytest.mark.parametrize(
    ("change", "is_wording"),
    [
        (lambda quiz: quiz.update(title="Anders"), True),
        (lambda quiz: quiz.update(intro="<p>Anders.</p>"), True),
        (lambda quiz: quiz.update(what_you_can_do="<p>Anders.</p>"), True),
        (lambda quiz: quiz["bands"][0].update(text="<p>Anders.</p>"), True),
        (lambda quiz: quiz["bands"][1].update(from_percent=80), False),
        (lambda quiz: quiz["bands"].pop(), False),
        (lambda quiz: quiz.update(minutes=9), False),
        (lambda quiz: quiz.update(helplines=["veilig-thuis"]), False),
        (lambda quiz: quiz.update(a_new_setting=True), False),
    ],
)
def test_around_the_questions_only_texts_are_wording(
    content: Content, change: Callable[[Content], Any], is_wording: bool
) -> None:
    found = changed(content, change)
    assert found.quiz
    assert found.is_wording is is_wording


def test_a_question_of_another_type_is_another_question(content: Content) -> None:
    found = changed(content, lambda after: question(after, "een").update(type="several_answers"))
    assert not found.is_wording


def test_a_setting_that_did_not_exist_is_no_difference_when_it_is_off(content: Content) -> None:
    assert not changed(content, lambda after: after.update(a_new_setting=False))


def texts(value: Any, path: str = "") -> Iterator[tuple[Any, Any, str]]:
    """Every text in a content: what holds it, under which name, and its path."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value)
    for name, inner in pairs:
        place = path if isinstance(name, int) else f"{path}.{name}".strip(".")
        if isinstance(inner, str):
            yield value, name, place
        elif isinstance(inner, dict | list):
            yield from texts(inner, place)


@pytest.mark.parametrize("name", PLACES)
def test_no_correction_can_move_a_mark_or_what_can_be_answered(content: Content, name: str) -> None:
    """Every text that a type calls wording is changed at once; nothing but words differs."""
    after = deepcopy(content)
    asked = question(after, name)
    question_type = QUESTION_TYPES[asked["type"]]
    touched = 0
    for holder, field, path in list(texts(asked)):
        if path in question_type.wording:
            holder[field] += " verbeterd"
            touched += 1
    assert touched > 1
    found = compare(content, after)
    assert found.is_wording
    assert len(found.questions[0].differences) == touched
    before = CompiledEdition(edition_id=1, quiz_id=1, quiz_key="", number=1, content=content)
    correct = CompiledEdition(edition_id=2, quiz_id=1, quiz_key="", number=1, content=after)
    old, new = (edition.questions[PLACES[name]] for edition in (before, correct))
    for is_right in (True, False):
        sent = old.type.example(old.content, is_right=is_right)
        assert new.type.example(new.content, is_right=is_right) == sent
        given = old.type.clean(old.content, sent)
        assert new.type.clean(new.content, sent) == given
        assert new.type.mark(new.content, given) == old.type.mark(old.content, given)
    assert before.available == correct.available


def test_the_words_that_differ_are_marked_on_both_sides() -> None:
    before, after = marked_words("Wat klpt hier niet?", "Wat klopt hier wel niet?")
    assert before == [
        Words("Wat", False),
        Words("klpt", True),
        Words("hier", False),
        Words("niet?", False),
    ]
    assert [words.text for words in after if words.is_changed] == ["klopt", "wel"]
