"""From HTML to Markdown and to HTML again, and from a lesson to its file: nothing gets lost."""

from __future__ import annotations

import json
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lessons import package_schema as schema
from lessons.block_writing import BlockWriting
from lessons.markdown_writing import clean, to_markdown
from lessons.package_lessons import LessonContent
from lessons.package_texts import LONG_FEATURES, SHORT_FEATURES
from lessons.package_writing import as_written
from lessons.rich_text import to_html
from lessons.yaml_lines import read_yaml
from lessons.yaml_writing import write_yaml


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("<p>Gewoon.</p>", "Gewoon."),
        ('<p data-block-key="a1">Een <b>vet</b> woord.</p>', "Een **vet** woord."),
        ("<p>Een</p><p>twee</p>", "Een\n\ntwee"),
        ("<p>regel<br/>eronder</p>", "regel  \neronder"),
        ("<h3>Kop</h3><ul><li>een</li><li>twee</li></ul>", "### Kop\n\n- een\n- twee"),
        ("<ol><li>een<ul><li>binnen</li></ul></li></ol>", "1. een\n    - binnen"),
        ('<p><a href="https://example.org/a_b">hier</a></p>', "[hier](https://example.org/a_b)"),
        ("<p>1. is geen lijst</p>", "1\\. is geen lijst"),
        ("<p>half<b>woord</b>je</p>", "half**woord**je"),
        ("<p><b>spatie </b>erin</p>", "<p><b>spatie </b>erin</p>"),
        ("<p>&lt;b&gt; &amp;amp;</p>", "&lt;b\\> &amp;amp;"),
        ('<p>Weg <a linktype="page" id="9">is</a> weg.</p>', "Weg is weg."),
        ("Zonder <b>alinea</b>", "Zonder **alinea**"),
        ("<h2>Kop die niet mag</h2><p>x</p>", "Kop die niet mag\n\nx"),
        ("<p></p>", ""),
        ("", ""),
    ],
)
def test_a_text_is_written_as_a_writer_would(html: str, markdown: str) -> None:
    assert to_markdown(html, LONG_FEATURES) == markdown


letters = st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"])
words = st.text(letters, min_size=1, max_size=12) | st.sampled_from(
    [
        "*",
        "_a_",
        "**",
        "[x](y)",
        "# ",
        "- ",
        "1. ",
        "> ",
        "<b>",
        "&amp;",
        "\\",
        "`",
        "  ",
        "|",
        "![",
    ]
)


def marked(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        inner.map(lambda text: f"<b>{text}</b>"),
        inner.map(lambda text: f"<i>{text}</i>"),
        inner.map(lambda text: f'<a href="https://example.org/?a=1&amp;b=(2)">{text}</a>'),
        st.lists(inner, min_size=1, max_size=3).map("".join),
    )


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


inline = st.recursive(words.map(escaped) | st.just("<br/>"), marked, max_leaves=6)
paragraph = inline.map(lambda text: f'<p data-block-key="x">{text}</p>')
items = st.lists(inline.map(lambda text: f"<li>{text}</li>"), min_size=1, max_size=3).map("".join)
blocks = st.one_of(
    paragraph,
    inline.map(lambda text: f"<h3>{text}</h3>"),
    items.map(lambda text: f"<ul>{text}</ul>"),
    items.map(lambda text: f"<ol>{text}</ol>"),
    items.map(lambda text: f"<ul><li>een<ol>{text}</ol></li></ul>"),
)
texts = st.lists(blocks, min_size=1, max_size=4).map("".join)


@settings(max_examples=300, deadline=None)
@given(texts)
def test_any_text_of_the_editor_comes_back(html: str) -> None:
    markdown = to_markdown(html, LONG_FEATURES)
    if markdown:
        assert to_html(markdown, LONG_FEATURES) == clean(html, LONG_FEATURES)
        assert to_markdown(to_html(markdown, LONG_FEATURES), LONG_FEATURES) == markdown


@settings(max_examples=200, deadline=None)
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=40), max_size=4))
def test_any_line_comes_back_from_yaml(lines: list[str]) -> None:
    assert read_yaml(write_yaml({"lines": lines})).content == {"lines": lines}


RECORDING = {
    "file": "x.mp3",
    "captions": "x.vtt",
    "title": "Opname",
    "description": "Iemand praat.",
    "credit": "Ons",
}


DOCUMENT = {"file": "x.pdf", "title": "Kaart", "credit": "Ons"}


class NoNames:
    def __init__(self) -> None:
        self.helplines = {1: "lijn"}

    def image(self, number: int | None, *, alt: str = "", decorative: bool | None = None) -> dict:
        return {"file": "x.svg", "alt": alt, "decorative": not alt} if number else None

    def recording(self, number: int | None) -> dict | None:
        return RECORDING if number else None

    def document(self, number: int | None) -> dict | None:
        return DOCUMENT if number else None

    def quiz(self, number: int | None) -> str | None:
        return "quiz" if number else None

    def lesson(self, number: int | None) -> None:
        return None


lines = st.text(letters, min_size=1, max_size=30)
rich = texts.filter(lambda html: bool(to_markdown(html, SHORT_FEATURES))).map(
    lambda html: to_markdown(html, SHORT_FEATURES)
)
keys = st.uuids().map(str)
image = st.fixed_dictionaries({"file": st.just("x.svg")}) .flatmap(
    lambda one: st.one_of(
        st.just({**one, "decorative": True}),
        lines.filter(str.strip).map(lambda alt: {**one, "alt": alt}),
    )
)  # fmt: skip
any_block = st.one_of(
    st.fixed_dictionaries({"type": st.just("text"), "text": rich}),
    st.fixed_dictionaries({"type": st.just("teacher_note"), "note": rich}),
    st.fixed_dictionaries({"type": st.just("image"), "image": image}),
    st.fixed_dictionaries({"type": st.just("reflection"), "prompt": rich}),
    st.fixed_dictionaries(
        {"type": st.just("recording"), "recording": st.just(RECORDING), "intro": lines}
    ),
    st.fixed_dictionaries(
        {"type": st.just("download"), "document": st.just(DOCUMENT), "what": lines}
    ),
    st.fixed_dictionaries({"type": st.just("question"), "question": keys}),
    st.fixed_dictionaries({"type": st.just("quiz"), "quiz": st.just("quiz"), "intro": lines}),
    st.fixed_dictionaries(
        {"type": st.just("helpline_card"), "title": lines, "helplines": st.just(["lijn"])}
    ),
    st.fixed_dictionaries(
        {"type": st.just("case"), "title": lines, "story": rich},
        optional={"image": image, "questions": st.lists(lines, min_size=1, max_size=3)},
    ),
    st.fixed_dictionaries(
        {
            "type": st.just("flip_cards"),
            "title": lines,
            "cards": st.lists(
                st.fixed_dictionaries({"front": lines, "back": rich}), min_size=2, max_size=3
            ),
        }
    ),
    st.fixed_dictionaries(
        {
            "type": st.just("picture_story"),
            "title": lines,
            "frames": st.lists(
                st.fixed_dictionaries({"image": image, "text": lines}), min_size=2, max_size=3
            ),
        }
    ),
    st.fixed_dictionaries(
        {
            "type": st.just("work_form"),
            "kind": st.just("move"),
            "title": lines,
            "minutes": st.integers(1, 45),
            "instructions": rich,
            "listen_for": rich,
        },
        optional={"safety": rich, "statements": st.lists(lines, min_size=1, max_size=2)},
    ),
    st.fixed_dictionaries(
        {
            "type": st.just("discussion"),
            "question": rich,
            "form": st.sampled_from(["pair", "group", "class"]),
            "minutes": st.integers(1, 45),
            "listen_for": rich,
            "other_forms": st.lists(
                st.fixed_dictionaries({"form": st.just("pair"), "how": lines}), max_size=2
            ),
        }
    ),
)
lessons = st.builds(
    lambda title, goals, blocks, minutes: {
        "schema_version": 1,
        "id": str(UUID(int=1)),
        "slug": "les",
        "title": title,
        "summary": title,
        "minutes": minutes,
        "goals": goals,
        "before": "x",
        "short_version": "x",
        "steps": [
            {
                "id": str(UUID(int=2)),
                "title": title,
                "minutes": minutes,
                "heavy_notice": title if minutes % 2 else "",
                "blocks": [{**one, "id": str(UUID(int=n))} for n, one in enumerate(blocks, 10)],
            }
        ],
    },
    lines,
    st.lists(lines, min_size=1, max_size=3),
    st.lists(any_block, min_size=1, max_size=5),
    st.integers(5, 45),
)


@settings(max_examples=150, deadline=None)
@given(lessons)
def test_any_lesson_comes_back_from_what_wagtail_keeps_and_from_its_file(written: dict) -> None:
    lesson = schema.Lesson.model_validate(written)
    kept = LessonContent(
        images={"x.svg": 3},
        quizzes={"quiz": 4},
        helplines={"lijn": 1},
        recordings={"x.mp3": 5},
        documents={"x.pdf": 6},
    )
    raw = json.loads(json.dumps(kept.fields(lesson)))
    make = BlockWriting(NoNames(), lambda html, features: to_markdown(html or "", features))
    again = schema.Lesson.model_validate({**written, "steps": [make.step(raw["steps"][0])]})
    assert kept.fields(again) == kept.fields(lesson)
    file = read_yaml(write_yaml(as_written(again))).content
    assert schema.Lesson.model_validate(file) == again
