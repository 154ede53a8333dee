"""What counts as the same typed answer, and that nothing typed is ever kept."""

from __future__ import annotations

import json
import logging
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st
from wagtail.blocks import StreamBlock
from wagtail.blocks.struct_block import StructBlockValidationError

from lessons.package_questions import ShortAnswerQuestion
from quizzes.grading import Given, UnusableAnswerError
from quizzes.models import Answer
from quizzes.question_types import QUESTION_TYPES
from quizzes.typed_words import NUMBERS, OTHER, find, is_one_mistake, plain
from tests.factories import quizzes as made
from tests.forms import answer_url, hidden_fields

KIND = QUESTION_TYPES["short_answer"]
SECRET = "Ik ben Sanne en hij heeft foto's van mij <script>alert(1)</script>"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Veilig Thuis", "veiligthuis!"),
        ("één", "1"),
        ("Eenentwintig", "21"),
        ("honderd euro", "100 euro"),
        ("De politie", "politie"),
        ("cafe", "  Café. "),
        ("foto's", "fotos"),
        ("Straße", "STRASSE"),
        ("vier en twintig", "4en20"),
        ("مساعدة", "مُساعدة"),
    ],
)
def test_these_are_the_same(one: str, other: str) -> None:
    assert plain(one) == plain(other)


@pytest.mark.parametrize(("one", "other"), [("2", "20"), ("de", "het"), ("geen", "een")])
def test_these_are_not(one: str, other: str) -> None:
    assert plain(one) != plain(other)


def test_every_number_up_to_a_hundred_has_its_word() -> None:
    assert {int(digits) for digits in NUMBERS.values()} >= set(range(101))
    assert (NUMBERS["zevenenveertig"], NUMBERS["tweeentachtig"]) == ("47", "82")


@pytest.mark.parametrize(
    ("typed", "is_forgiven"),
    [
        ("veilig tuis", True), ("veiligg thuis", True), ("velig thuis", True),
        ("veilig tuhis", True), ("veilig thuiz", True),
        ("velig tuis", False), ("onveilig thuis", False), ("thuis", False),
    ],
)  # fmt: skip
def test_one_typing_error_is_forgiven_in_a_long_word(typed: str, is_forgiven: bool) -> None:
    answers = [{"key": "a", "spellings": ["Veilig Thuis"]}]
    assert find(answers, typed, forgives=True) == ("a" if is_forgiven else None)
    assert find(answers, typed, forgives=False) is None


@pytest.mark.parametrize(("typed", "meant"), [("hulo", "hulp"), ("1234568", "1234567")])
def test_none_is_forgiven_in_a_short_word_or_a_number(typed: str, meant: str) -> None:
    assert find([{"key": "a", "spellings": [meant]}], typed, forgives=True) is None


def test_what_is_exactly_another_answer_is_not_taken_for_a_typing_error() -> None:
    answers = [
        {"key": "right", "spellings": ["meerderjarig"]},
        {"key": "wrong", "spellings": ["meerderjarigg"]},
    ]
    assert find(answers, "meerderjarigg", forgives=True) == "wrong"


WORDS = st.text(alphabet="abcdefgh", min_size=0, max_size=12)


@given(WORDS, st.data())
def test_any_one_change_is_one_mistake(word: str, data: Any) -> None:
    place = data.draw(st.integers(0, len(word)))
    letter = data.draw(st.sampled_from("xyz"))
    changed = [word[:place] + letter + word[place:]]
    if word[place:]:
        changed += [word[:place] + word[place + 1 :], word[:place] + letter + word[place + 1 :]]
    if len(word[place:]) > 1 and word[place] != word[place + 1]:
        changed.append(word[:place] + word[place + 1] + word[place] + word[place + 2 :])
    for one in changed:
        assert is_one_mistake(one, word)
        assert is_one_mistake(word, one)
    assert not is_one_mistake(word, word)
    assert not is_one_mistake(word, f"xy{word}")


@settings(max_examples=200)
@given(st.text(max_size=100))
def test_whatever_is_typed_only_a_key_is_kept(text: str) -> None:
    known = {made.key("x-a"), made.key("x-b"), OTHER}
    try:
        kept = KIND.clean(CONTENT, {"choice": [text]})
    except UnusableAnswerError:
        return  # nothing that can be read, or too much
    assert set(kept.choice) <= known
    assert KIND.clean(CONTENT, {"choice": list(kept.choice)}) == kept
    mark = KIND.mark(CONTENT, kept)
    assert 0 <= mark.won <= mark.available


CONTENT = {
    "answers": [
        {"key": made.key("x-a"), "text": "Veilig Thuis", "spellings": ["Veilig Thuis"],
         "is_right": True, "feedback": "Ja."},
        {"key": made.key("x-b"), "text": "politie", "spellings": ["politie"],
         "is_right": False, "feedback": "Kan ook."},
    ],
    "feedback_other": "Dat kan.",
    "forgives": True,
}  # fmt: skip


def test_a_text_that_looks_like_a_key_is_none() -> None:
    assert KIND.clean(CONTENT, {"choice": [str(uuid4())]}) == Given((OTHER,))
    assert KIND.clean(CONTENT, {"choice": "VEILIG THUIS"}) == Given((made.key("x-a"),))
    with pytest.raises(UnusableAnswerError, match="too_many_chosen"):
        KIND.clean(CONTENT, {"choice": ["politie", "veilig thuis"]})


@pytest.mark.django_db
@pytest.mark.parametrize("as_json", [True, False])
def test_what_was_typed_appears_nowhere(
    client: Client, as_json: bool, caplog: pytest.LogCaptureFixture
) -> None:
    """S-50 and P-13: not in the database, the log, a reply or any later page."""
    caplog.set_level(logging.DEBUG)
    made.make_quiz("typen", questions=[("kort", made.short_answer("kort"))])
    page = client.get("/q/typen/")
    assert "Doe dat niet hier." in page.text
    assert "Hier vind je hulp" in page.text
    sent = {**hidden_fields(page), "choice": SECRET}
    if as_json:
        body = json.dumps({**sent, "choice": [SECRET]})
        saved = client.post(answer_url(page), body, content_type="application/json")
        assert saved.json()["choice"] == [OTHER]
        pages = [saved.text, client.get(saved.json()["result_url"]).text]
    else:
        saved = client.post(answer_url(page), sent, follow=True)
        pages = [saved.text, client.get(f"/q/typen/{sent['attempt']}/uitslag/").text]
    assert "Jij schreef iets anders." in pages[0]
    assert Answer.objects.get().given["choice"] == [OTHER]
    told = [*pages, caplog.text, str(caplog.records), everything_stored()]
    for word in ("Sanne", "alert(1)", "foto"):
        assert not [text[:80] for text in told if word in text]


def everything_stored() -> str:
    with connection.cursor() as cursor:
        found = []
        for table in connection.introspection.table_names(cursor):
            if table.startswith(("quizzes_", "accounts_", "django_session", "progress_")):
                cursor.execute(f'SELECT * FROM "{table}"')
                found.append(str(cursor.fetchall()))
    return " ".join(found)


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["", "   ", "?!", "x" * 81])
def test_what_is_no_word_or_too_long_is_asked_again(client: Client, text: str) -> None:
    made.make_quiz("typen", questions=[("kort", made.short_answer("kort"))])
    page = client.get("/q/typen/")
    refused = client.post(answer_url(page), {**hidden_fields(page), "choice": text})
    assert refused.status_code == 422
    assert ("Typ een" in refused.text) is True
    assert 'aria-invalid="true"' in refused.text


@pytest.mark.parametrize(
    ("known_wrong", "said"),
    [("veiligthuis", "'veiligthuis' staat er al."), ("...", "'...' kunnen we niet herkennen.")],
)
def test_an_editor_hears_which_spelling_cannot_be_told_apart(known_wrong: str, said: str) -> None:
    body = made.short_answer("x")
    body["value"]["known_wrong"] = [made.typed_answer("x-b", known_wrong)]
    block = KIND.block()
    value = StreamBlock([(KIND.name, block)]).to_python([body])[0].value
    with pytest.raises(StructBlockValidationError) as refused:
        block.clean(value)
    error = refused.value.block_errors["known_wrong"]
    assert [message for one in error.non_block_errors.as_data() for message in one] == [said]


def test_a_package_file_keeps_to_the_same() -> None:
    def answer(text: str) -> dict[str, Any]:
        return {"id": uuid4(), "text": text, "feedback": "Uitleg."}

    fields = {
        "type": "short_answer", "id": uuid4(), "prompt": "Wie?", "explanation": "Zo.",
        "feedback_other": "Dat kan.", "accepted": [answer("Veilig Thuis")],
    }  # fmt: skip
    assert ShortAnswerQuestion(**fields).own_values()["accepted"][0]["value"]["spellings"] == ""
    with pytest.raises(ValueError, match="'veiligthuis' is already another answer"):
        ShortAnswerQuestion(**fields, known_wrong=[answer("veiligthuis")])
    with pytest.raises(ValueError, match="'other' cannot be recognised"):
        ShortAnswerQuestion(**fields, known_wrong=[answer("other")])
