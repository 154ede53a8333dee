"""What stands beside an explanation or a band: from the editor's form to the learner's page."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.blocks import StreamBlock
from wagtail.blocks.struct_block import StructBlockValidationError

from helplines.models import Helpline
from helplines.queries import clear_memory as forget_helplines
from lessons.models import LessonPackagePage, LessonPage
from media.models import CustomImage, Recording
from quizzes import links
from quizzes.bank import with_own_ids
from quizzes.difference_texts import in_words
from quizzes.editions import QuestionInEdition, compare, compile_quiz
from quizzes.grading import Given
from quizzes.models import Question, Quiz
from quizzes.problems import problems_of, sentences_about
from quizzes.queries import newest_edition
from quizzes.question_types import QUESTION_TYPES
from quizzes.rendering import feedback_html
from tests.factories import quizzes as made
from tests.factories.lessons import make_helpline

URL = "/q/wat-denk-jij/"
KIND = QUESTION_TYPES["one_answer"]
LESSON_PATH = "/lessen/klein-pakket/les-een/"


@pytest.fixture(autouse=True)
def _own_uploads(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    settings.LESSON_RECHECK_SECONDS = 60
    forget_helplines()


def quiz_with(*, publish: bool = True, beside_bands: Any = None, **beside: Any) -> Quiz:
    """One question with a supplement of which this is otherwise."""
    body = made.with_supplement(made.one_answer("x"), "x", **beside)
    return made.make_quiz(questions=[("x", body)], publish=publish, beside_bands=beside_bands)


def content_with(**beside: Any) -> dict[str, Any]:
    return compile_quiz(quiz_with(publish=False, **beside))["questions"][0]


def send(client: Client, attempt: UUID, *, right: bool, **more: Any) -> Any:
    sent = {
        "attempt": str(attempt),
        "edition": 1,
        "question": made.key("wat-denk-jij-x"),
        "key": str(uuid4()),
        "choice": [made.key("x-b" if right else "x-a")],
        "learner_tag": "",
        **more,
    }
    return client.post(f"{URL}antwoord/", json.dumps(sent), content_type="application/json")


# --- the editor -----------------------------------------------------------------------


def errors_of(**beside: Any) -> dict[str, Any]:
    """What the editor's form says, by field of the supplement."""
    raw = made.with_supplement(made.one_answer("x"), "x", **beside)
    block = StreamBlock([("one_answer", KIND.block())])
    try:
        KIND.block().clean(block.to_python([raw])[0].value)
    except StructBlockValidationError as error:
        beside = error.block_errors["supplement"].block_errors
        return {name: inner.messages[0] for name, inner in beside.items()}
    return {}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("alt", "decorative", "fields"),
    [
        ("Een vlak.", False, set()),
        ("", True, set()),
        ("", False, {"alt"}),
        ("  ", False, {"alt"}),
        ("Een vlak.", True, {"alt"}),
    ],
)
def test_a_picture_has_a_text_or_only_decorates_and_the_error_is_at_the_text(
    alt: str, decorative: bool, fields: set[str]
) -> None:
    """A-19."""
    assert set(errors_of(alt=alt, decorative=decorative)) == fields


@pytest.mark.django_db
def test_a_text_without_its_picture_is_named_at_the_picture() -> None:
    assert set(errors_of(image=None)) == {"image"}
    assert errors_of(image=None, alt="") == {}


@pytest.mark.django_db
def test_a_recording_is_only_used_with_all_its_texts() -> None:
    """A-12."""
    recording = made.make_recording()
    Recording.objects.filter(pk=recording.pk).update(captions="", description="")
    assert errors_of(recording=recording.pk) == {
        "recording": "Bij deze opname ontbreekt nog: ondertiteling, wat er te zien en te horen is."
    }


@pytest.mark.django_db
def test_a_draft_may_have_a_picture_without_a_text_and_publishing_says_where() -> None:
    quiz = quiz_with(publish=False, alt="")
    block = quiz.questions.get().body.stream_block
    block.clean_deferred(quiz.questions.get().body)
    assert sentences_about(quiz) == [
        "Vraag 1, Bij de uitleg, Wat is er te zien?: Schrijf wat er te zien is, of vink "
        "'alleen versiering' aan. Niet allebei."
    ]


def test_all_of_it_is_folded_away_and_a_question_needs_none_of_it() -> None:
    for kind in QUESTION_TYPES.values():
        layout = kind.block().get_form_layout()
        assert "supplement" in layout.settings
    bands = Quiz._meta.get_field("bands").stream_block.child_blocks["band"]
    assert bands.get_form_layout().settings == ["supplement"]


# --- the edition ----------------------------------------------------------------------


@pytest.mark.django_db
def test_an_edition_keeps_all_of_it(lesson: LessonPage) -> None:
    content = content_with(lesson=lesson.pk)["supplement"]
    assert content["alt"] == "Geheim beeld bij x."
    assert content["image"]["name"].startswith("kept_images/")
    assert (content["image"]["width"], content["image"]["height"]) == (80, 50)
    assert content["recording"]["name"].startswith("kept_recordings/")
    assert len(content["lines"]) == 10
    assert content["lesson"] == {
        "page": lesson.pk, "title": "Les een", "path": LESSON_PATH, "language": "nl",
    }  # fmt: skip
    assert content["helplines"] == ["testlijn"]


@pytest.mark.django_db
def test_a_decorative_picture_has_no_text_in_an_edition() -> None:
    assert content_with(alt="", decorative=True)["supplement"]["alt"] == ""


@pytest.mark.django_db
def test_an_edition_says_nothing_of_what_is_not_there() -> None:
    """So that publishing a quiz from before there were supplements changes nothing."""
    nothing = {"image": None, "alt": "", "recording": None, "helplines": []}
    quiz = quiz_with(publish=False, beside_bands=nothing | {"lesson": None}, **nothing)
    content = compile_quiz(quiz)
    assert "supplement" not in content["questions"][0]
    assert all("supplement" not in band for band in content["bands"])


@pytest.mark.django_db
def test_only_what_is_still_there_is_kept() -> None:
    quiz = quiz_with(publish=False)
    CustomImage.objects.all().delete()
    Recording.objects.all().delete()
    Helpline.objects.all().delete()
    assert "supplement" not in compile_quiz(Quiz.objects.get(pk=quiz.pk))["questions"][0]


@pytest.mark.django_db
def test_an_edition_keeps_its_picture_when_the_editors_is_replaced(client: Client) -> None:
    quiz = quiz_with()
    question = QuestionInEdition(1, quiz.editions.get().content["questions"][0])
    picture = CustomImage.objects.get(package_file="tests/beside.svg")
    old = picture.file.name
    picture.file = ContentFile(made.PICTURE.replace(b"40", b"41"), name="new.svg")
    picture._set_image_file_metadata()
    picture.save()
    default_storage.delete(old)
    newer = compile_quiz(Quiz.objects.get())["questions"][0]
    assert newer["supplement"]["image"] != question.content["supplement"]["image"]
    shown = question.explained(Given(choice=()), KIND.mark(question.content, Given(choice=())))
    response = client.get(shown["supplement"]["image"]["url"])
    assert b"".join(response.streaming_content) == made.BESIDE


@pytest.mark.django_db
def test_another_picture_is_meaning_and_another_text_of_it_is_wording(lesson: LessonPage) -> None:
    quiz = quiz_with(publish=False, lesson=lesson.pk, beside_bands=made.supplement("band"))
    before = compile_quiz(quiz)

    def changed(change: Any) -> Any:
        after = json.loads(json.dumps(before))
        change(after["questions"][0]["supplement"])
        change(after["bands"][0]["supplement"])
        return compare(json.loads(json.dumps(before)), after)

    words = changed(lambda beside: beside.update(alt="Twee vlakken."))
    assert words.is_wording
    labels = [row.label for group in in_words(words) for row in group.rows]
    assert labels == ["Wat er op het beeld te zien is"] * 2
    assert changed(lambda beside: beside["recording"].update(description="Anders.")).is_wording
    assert changed(lambda beside: beside["lines"][0].update(text="Anders.")).is_wording
    for change in (
        lambda beside: beside["image"].update(name="kept_images/other.svg"),
        lambda beside: beside["recording"].update(name="kept_recordings/other.mp3"),
        lambda beside: beside["lines"].pop(),
        lambda beside: beside.update(helplines=["112"]),
        lambda beside: beside.pop("image"),
        lambda beside: beside.clear(),
    ):
        assert not changed(change).is_wording


@pytest.mark.django_db
def test_what_came_beside_an_explanation_is_told_field_by_field() -> None:
    quiz = quiz_with(publish=False, recording=None)
    after = compile_quiz(quiz)
    before = json.loads(json.dumps(after))
    del before["questions"][0]["supplement"]
    (group,) = in_words(compare(before, after))
    assert [row.label for row in group.rows] == [
        "Beeld bij de uitleg", "Wat er op het beeld te zien is", "Hulplijnen bij de uitleg",
    ]  # fmt: skip
    assert all(row.reason for row in group.rows)


@pytest.mark.django_db
def test_a_copy_from_the_bank_has_it_too() -> None:
    quiz = quiz_with(publish=False)
    copied = with_own_ids(list(quiz.questions.get().body.raw_data))
    body = Question._meta.get_field("body").to_python(copied)
    assert problems_of(body) == []
    assert body[0].value["supplement"]["alt"] == "Geheim beeld bij x."
    assert [one.slug for one in body[0].value["supplement"]["helplines"]] == ["testlijn"]


# --- the learner ----------------------------------------------------------------------


@pytest.mark.django_db
def test_the_explanation_comes_with_a_picture_a_recording_and_where_to_go_on(
    client: Client, lesson: LessonPage
) -> None:
    quiz_with(lesson=lesson.pk)
    told = send(client, uuid4(), right=True).json()["feedback_html"]
    (image,) = re.findall(r"<img[^>]*>", told)
    for attribute in (
        'alt="Geheim beeld bij x."', 'width="80"', 'height="50"', 'loading="lazy"', 'lang="nl"',
    ):  # fmt: skip
        assert attribute in image
    (audio,) = re.findall(r"<audio[^>]*>", told)
    assert "controls" in audio
    assert 'preload="none"' in audio
    assert "autoplay" not in told
    assert '<track kind="captions"' in told
    assert told.count('class="transcript__line"') == 10
    assert f'<a href="{LESSON_PATH}">Lees verder: <span lang="nl">Les een</span></a>' in told
    assert 'href="tel:08000000"' in told


@pytest.mark.django_db
def test_without_a_script_the_page_after_an_answer_has_the_same(client: Client) -> None:
    """A-15."""
    quiz_with()
    sent = {
        "attempt": str(uuid4()),
        "edition": 1,
        "question": made.key("wat-denk-jij-x"),
        "key": str(uuid4()),
        "choice": made.key("x-a"),
        "learner_tag": "",
    }
    page = client.post(f"{URL}antwoord/", sent, follow=True).text
    assert page.count("Geheim beeld bij x.") == 1
    assert "<audio" in page
    assert "De Testlijn" in page


@pytest.mark.django_db
def test_a_text_of_an_editor_cannot_be_markup(client: Client) -> None:
    """S-51: nor can the maker of a picture."""
    bad = '"><script>alert(1)</script>'
    made.make_picture("beside", made.BESIDE)
    CustomImage.objects.update(credit=bad)
    Recording.objects.filter(pk=made.make_recording().pk).update(description=bad, credit=bad)
    quiz_with(alt=bad, beside_bands=made.supplement("band", alt=bad))
    attempt = uuid4()
    told = send(client, attempt, right=True).json()["feedback_html"]
    result = client.get(f"{URL}{attempt}/uitslag/").text
    for page in (told, result):
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert" in page


@pytest.mark.django_db
def test_a_lesson_that_cannot_be_read_now_is_left_out(
    client: Client, lesson: LessonPage, package: LessonPackagePage
) -> None:
    """Its own page offline, or its package; and back again without a new edition."""
    quiz = quiz_with(lesson=lesson.pk)
    attempt = uuid4()
    send(client, attempt, right=True)

    def page() -> str:
        links.clear_memory()  # what is looked at once in so many seconds
        return client.get(f"{URL}{attempt}/1/").text

    assert LESSON_PATH in page()
    for thing in (lesson, package):
        thing.unpublish()
        assert LESSON_PATH not in page()
        thing.save_revision().publish()
        assert LESSON_PATH in page()
    lesson.refresh_from_db()
    lesson.slug = "les-twee"
    lesson.save_revision().publish()
    assert LESSON_PATH not in page()  # there is nothing at that address any more
    assert quiz.editions.count() == 1


@pytest.mark.django_db
def test_a_helpline_is_shown_as_it_is_now(client: Client) -> None:
    quiz_with()
    attempt = uuid4()
    assert "0800-0000" in send(client, attempt, right=True).json()["feedback_html"]
    Helpline.objects.update(phone="0800-1111", phone_link="08001111")
    forget_helplines()
    page = client.get(f"{URL}{attempt}/1/").text
    assert "0800-1111" in page
    assert "0800-0000" not in page
    Helpline.objects.all().delete()
    forget_helplines()
    assert "De Testlijn" not in client.get(f"{URL}{attempt}/1/").text


@pytest.mark.django_db
def test_an_answer_takes_two_statements_with_all_that_beside_it(
    client: Client, lesson: LessonPage
) -> None:
    body = made.with_supplement(made.one_answer("x"), "x", lesson=lesson.pk)
    others = [(name, made.one_answer(name)) for name in "yz"]  # the last answer does more
    made.make_quiz(questions=[("x", body), *others])
    tag = send(client, uuid4(), right=True).json()["learner_tag"]  # what it links to is warm now
    attempt = uuid4()
    first = send(client, attempt, right=True, question=made.key("wat-denk-jij-y"),
                 choice=[made.key("y-b")], learner_tag=tag)  # fmt: skip
    assert first.status_code == 200
    with CaptureQueriesContext(connection) as queries:
        reply = send(client, attempt, right=False, learner_tag=tag)
    own = [one["sql"] for one in queries.captured_queries if "SAVEPOINT" not in one["sql"]]
    assert len(own) == 2
    assert LESSON_PATH in reply.json()["feedback_html"]


@pytest.mark.django_db
def test_a_question_without_links_asks_the_database_nothing(
    django_assert_num_queries: Any,
) -> None:
    made.make_quiz(questions=[("x", made.one_answer("x"))])
    edition = newest_edition("wat-denk-jij")
    question = edition.questions[0]
    given = Given(choice=(made.key("x-a"),))
    mark = question.type.mark(question.content, given)
    with django_assert_num_queries(0):
        feedback_html(edition.edition_id, uuid4(), question.key, given, mark)


@pytest.mark.django_db
def test_the_result_shows_what_stands_beside_its_band(client: Client, lesson: LessonPage) -> None:
    made.make_quiz(
        questions=[("x", made.one_answer("x"))],
        beside_bands=made.supplement("band", lesson=lesson.pk),
    )
    Quiz.objects.update(helplines=["testlijn"])
    attempt = uuid4()
    assert send(client, attempt, right=True).status_code == 200
    page = client.get(f"{URL}{attempt}/uitslag/").text
    top = page.split('id="do-title"')[0]
    assert 'alt="Geheim beeld bij band."' in top
    assert "<audio" in top
    assert LESSON_PATH in top
    assert '<h2 class="helpline-card__name"' in top


@pytest.mark.django_db
def test_a_helpline_beside_the_band_does_not_stand_on_the_page_twice(client: Client) -> None:
    quiz = made.make_quiz(
        questions=[("x", made.one_answer("x"))],
        beside_bands=made.supplement("band"),
        publish=False,
    )
    make_helpline("andere-lijn", name="De Andere Lijn")
    quiz.helplines = ["testlijn", "andere-lijn"]
    quiz.save_revision().publish()
    attempt = uuid4()
    send(client, attempt, right=True)
    page = client.get(f"{URL}{attempt}/uitslag/").text
    assert page.count('"helpline-card__name"') == 2
    assert page.index("De Testlijn") < page.index('id="help-title"') < page.index("De Andere Lijn")


@pytest.mark.django_db
def test_each_answer_in_the_result_and_in_the_practice_has_it(client: Client) -> None:
    quiz_with()
    attempt = uuid4()
    send(client, attempt, right=False)
    assert "Geheim beeld bij x." in client.get(f"{URL}{attempt}/uitslag/").text
    practice = f"{URL}{attempt}/oefenen/"
    assert "Geheim beeld" not in client.get(practice).text
    page = client.post(practice, {"choice": made.key("x-b")}).text
    assert "Geheim beeld bij x." in page
    assert "De Testlijn" in page


@pytest.mark.django_db
@pytest.mark.parametrize("mode", ["answered", "teacher"])
def test_the_previews_show_it_where_there_is_an_explanation(mode: str) -> None:
    quiz = quiz_with(publish=False)
    page = quiz.make_preview_request(preview_mode=mode).text
    assert "Geheim beeld bij x." in page
    assert "<audio" in page
    assert "De Testlijn" in page
    assert "Geheim beeld" not in quiz.make_preview_request(preview_mode="learner").text


@pytest.mark.django_db
def test_on_paper_it_is_words_on_the_sheet_with_the_key(
    teacher_client: Client, lesson: LessonPage
) -> None:
    quiz_with(lesson=lesson.pk)
    assert "Geheim beeld" not in teacher_client.get(f"{URL}papier/").text
    page = teacher_client.get(f"{URL}papier/antwoorden/").text
    questions, key = page.split('class="paper__key"')
    assert "Geheim beeld" not in questions
    assert "Geheim beeld bij x." in key
    assert "Twee jongeren praten op straat." in key
    assert "Lees verder:" in key
    assert "0800-0000" in key
    for tag in ("<img", "<audio", "<video", "<a "):
        assert tag not in key.split("</section>")[0]
