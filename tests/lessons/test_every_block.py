"""Every kind of block: loaded from a package, shown to a learner and to a teacher."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
from bs4 import BeautifulSoup, Tag
from django.test import Client
from pydantic import BaseModel
from wagtail import blocks

from lessons.blocks import StepContentBlock
from lessons.compiled import compile_lesson
from lessons.models import LessonPackagePage, LessonPage
from lessons.package_base import Image
from lessons.package_blocks import Block
from lessons.package_files import PackageError, read_package
from lessons.package_texts import MARKDOWN_FIELDS
from media.models import CustomImage
from tests.factories.lessons import EVERY_BLOCK, load_every_block

LESSON = "/lessen/alle-blokken/elk-blok/"
SCHEMAS: dict[str, type[BaseModel]] = {
    get_args(kind.model_fields["type"].annotation)[0]: kind for kind in get_args(get_args(Block)[0])
}
EDITORS = StepContentBlock().child_blocks
SECRETS = ("ROLLENSPEL", "STELLING", "WISSEL", "GESPREK", "BRIEFJE")


@pytest.fixture
def lesson(db: Any) -> LessonPage:
    load_every_block()
    return LessonPage.objects.get(slug="elk-blok")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(EVERY_BLOCK, tmp_path / "every-block"))


def step(client: Client, number: int) -> Tag:
    response = client.get(f"{LESSON}{number}/")
    assert response.status_code == 200
    found = BeautifulSoup(response.content, "html.parser").select_one(".lesson__blocks")
    assert found is not None
    return found


def guide(lesson: LessonPage) -> Tag:
    package = LessonPackagePage.objects.get(slug="alle-blokken")
    compiled = compile_lesson(lesson, package, for_teacher=True)
    return BeautifulSoup("".join(one.html for one in compiled.steps), "html.parser")


def words(tag: Tag | None) -> str:
    assert tag is not None
    return " ".join(tag.get_text(" ").split())


def test_every_kind_is_in_the_schema_for_editors_and_in_the_package() -> None:
    content = read_package(EVERY_BLOCK, helplines={"kindertelefoon"})
    used = {block.type for step in content.lessons[0].steps for block in step.blocks}
    assert used == set(SCHEMAS) == set(EDITORS)
    assert len(used) == 21


def pairs(
    schema: type[BaseModel], block: blocks.BaseStructBlock
) -> Iterator[tuple[type[BaseModel], str, blocks.Block]]:
    """Each field of the file beside the editor's; also of what stands in lists."""
    for name, field in schema.model_fields.items():
        if name in ("type", "id") or field.annotation in (Image, Image | None):
            continue
        yield schema, name, block.child_blocks[name]
        inner = next(iter(get_args(field.annotation)), None)
        if isinstance(inner, type) and issubclass(inner, BaseModel):
            yield from pairs(inner, block.child_blocks[name].child_block)


STRUCTS = [name for name, block in EDITORS.items() if isinstance(block, blocks.BaseStructBlock)]


def bounds(schema: type[BaseModel], name: str, rule: str) -> Any:
    """A rule of the schema such as ``max_length``; of each entry when it is on the entries."""
    found = [getattr(one, rule) for one in schema.model_fields[name].metadata if hasattr(one, rule)]
    return found[0] if found else None


@pytest.mark.parametrize("name", STRUCTS)
def test_a_file_can_hold_what_an_editor_can_and_no_more(name: str) -> None:
    for schema, field, block in pairs(SCHEMAS[name], EDITORS[name]):
        place = f"{schema.__name__}.{field}"
        markdown = MARKDOWN_FIELDS.get(schema, {}).get(field)
        assert (markdown is not None) == isinstance(block, blocks.RichTextBlock), place
        if markdown is not None:
            assert list(markdown) == block.features, place
        elif isinstance(block, blocks.ListBlock):
            assert bounds(schema, field, "min_length") == block.meta.min_num, place
            assert bounds(schema, field, "max_length") == block.meta.max_num, place
        elif isinstance(block, blocks.ChoiceBlock):
            kinds = get_args(schema.model_fields[field].annotation)
            assert set(kinds) == {value for value, _label in block.field.choices if value}, place
        elif isinstance(block, blocks.IntegerBlock):
            limits = (block.field.min_value, block.field.max_value)
            assert limits == (bounds(schema, field, "ge"), bounds(schema, field, "le")), place
        elif isinstance(block, (blocks.CharBlock, blocks.RegexBlock)):
            most = bounds(schema, field, "max_length")
            assert most in (block.field.max_length, None), place


def test_loading_it_twice_writes_nothing(lesson: LessonPage) -> None:
    assert load_every_block().changed == []


def test_a_picture_of_a_story_comes_along_once_and_with_its_text(lesson: LessonPage) -> None:
    image = CustomImage.objects.get(package_file="alle-blokken/plein.svg")
    assert (image.description, image.is_decorative) == ("Jay geeft Sam een doos.", False)
    assert CustomImage.objects.count() == 4


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("file: plein.svg", "file: weg.svg", "there is no file images/weg.svg"),
        ("caption: Een week later", "caption: " + "a" * 201, "caption: longer than 200"),
        ("text: Jay vraagt iets terug.", "text: '# Jay'", "text: this text may not hold <h1>"),
        ("text: Kies een rustig moment.", "text: '# Kies'", "text: this text may not hold <h1>"),
        ("back: Dat mag.", "back: '![x](y)'", "back: this text may not hold <img>"),
        ("explanation: Iemand", "explanation: '# Iemand' #", "explanation: this text may not"),
        ("does: Zoekt", "does: '# Zoekt' #", "does: this text may not hold <h1>"),
        ("why: Dan", "why: '# Dan' #", "why: this text may not hold <h1>"),
        ("hear_back: Of", "hear_back: '# Of' #", "hear_back: this text may not hold <h1>"),
        ("          - Wat je zag.", "          # Wat je zag.", "goes_along: this text may not"),
        ("text: Iemand komt", "text: '# Iemand' #", "text: this text may not hold <h1>"),
        ("fallback: Je", "fallback: '# Je' #", "fallback: this text may not hold <h1>"),
        ("instructions: Kies", "instructions: '# K' #", "instructions: this text may not"),
        ("          - Niemand", "          # Niemand", "safety: this text may not hold <h1>"),
        ("without_moving: Steek", "without_moving: '# S' #", "without_moving: this text may not"),
        ("listen_for: GEHEIM-WISSEL", "listen_for: '# G' #", "listen_for: this text may not"),
        ("how: Wie wil", "hoe: Wie wil", "hoe: this key is unknown"),
        ("sender: note", "sender: iemand", "messages.2.sender: Input should be"),
        ("slot: lokale-hulp", "slot: Lokale hulp", "slot: String should match"),
        ("        safety: |", "        without_moving: |", "a role_play needs safety"),
        ("        statements:\n          - Een vriend vraagt nooit iets terug.\n"
         "          - Je mag altijd nee zeggen.\n", "", "a statement_line needs statements"),
        ("          - when: Week 1", "          - when: " + "w" * 201, "when: String should have"),
    ],
)  # fmt: skip
def test_a_mistake_in_a_block_is_named(folder: Path, old: str, new: str, message: str) -> None:
    assert any(message in one for one in problems(folder, old, new))


def problems(folder: Path, old: str, new: str) -> list[str]:
    path = folder / "elk-blok.lesson.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(PackageError) as caught:
        read_package(folder, helplines={"kindertelefoon"})
    return [str(problem) for problem in caught.value.problems]


def test_a_source_that_a_block_names_must_exist(folder: Path) -> None:
    """Of every kind of block that can name one, and of the lesson itself."""
    found = problems(folder, "bron-een", "bron-drie")
    naming = [name for name, schema in SCHEMAS.items() if "sources" in schema.model_fields]
    text = (EVERY_BLOCK / "elk-blok.lesson.yaml").read_text(encoding="utf-8")
    assert len(found) == text.count("bron-een")
    assert all("there is no source 'bron-drie'" in one for one in found)
    assert len(naming) == 8


@pytest.mark.parametrize("number", [1, 2, 3])
@pytest.mark.parametrize("cast", ["client", "learner_client", "teacher_client"])
def test_what_to_listen_for_never_reaches_a_learner(
    lesson: LessonPage, request: pytest.FixtureRequest, cast: str, number: int
) -> None:
    text = str(step(request.getfixturevalue(cast), number))
    assert "GEHEIM" not in text
    assert "teacher-note" not in text


def test_a_teacher_reads_what_to_listen_for(lesson: LessonPage) -> None:
    notes = " ".join(words(note) for note in guide(lesson).select(".teacher-note"))
    assert [name for name in SECRETS if f"GEHEIM-{name}" not in notes] == []


def test_a_story_in_pictures_goes_in_order(client: Client, lesson: LessonPage) -> None:
    frames = step(client, 1).select("ol.picture-story__frames > li")
    assert [words(frame.select_one(".picture-story__text")) for frame in frames] == [
        "Sam zit op een bankje.",
        "Jay komt erbij zitten en begint een praatje over schoenen.",
        "Jay geeft Sam een cadeau.",
    ]
    pictures = [frame.img for frame in frames]
    assert [picture["alt"] for picture in pictures] == [
        "Sam zit alleen op een bankje.", "", "Jay geeft Sam een doos.",
    ]  # fmt: skip
    assert {(picture["width"], picture["height"]) for picture in pictures} == {("800", "500")}
    assert "Beeld: Doorzien" in words(frames[0])
    assert "Een week later" in words(frames[2])


def test_each_message_says_who_speaks(client: Client, lesson: LessonPage) -> None:
    chat = step(client, 1).select_one(".chat-story")
    assert [words(message) for message in chat.select("ol > li")] == [
        "Jay Yo, zin om wat te verdienen?",
        "Jij Ligt eraan waarmee.",
        "Een dag later",
        "Jay Tasje wegbrengen, tien minuten. Je hoeft niets te vragen en je hoeft niets te weten.",
        "Jij Nee, dat doe ik niet.",
    ]
    assert "Een verzonnen chat" in words(chat)


def test_a_timeline_says_when_and_in_which_order(client: Client, lesson: LessonPage) -> None:
    moments = step(client, 1).select(".moments ol > li")
    assert words(moments[0]) == "Week 1 Een cadeau Sam krijgt nieuwe schoenen van Jay."
    assert [words(moment.h4) for moment in moments] == ["Een cadeau", "Een klusje", "Een gesprek"]


def test_steps_stand_in_order(client: Client, lesson: LessonPage) -> None:
    steps = step(client, 2).select(".step-list ol > li")
    assert [words(one.h4) for one in steps] == [
        "Vraag hoe het gaat", "Luister", "Zoek samen hulp",
    ]  # fmt: skip
    assert [words(item) for item in steps[1].select("ul > li")] == ["Knik.", "Wacht."]


def test_a_comparison_is_a_table_that_says_its_columns_in_each_cell(
    client: Client, lesson: LessonPage
) -> None:
    table = step(client, 2).select_one(".comparison table")
    assert words(table.caption) == "Een bijbaan"
    heads = [words(head) for head in table.select('thead th[scope="col"]')]
    assert heads == ["Waar het over gaat", "Dit is normaal", "Hier let je op", "Dit mag niet"]
    first = table.select_one("tbody tr")
    assert words(first.select_one('th[scope="row"]')) == "Geld"
    assert [words(cell) for cell in first.select("td")] == [
        "Dit is normaal Je krijgt elke maand loon.",
        "Hier let je op Je loon komt steeds later.",
        "Dit mag niet Je baas houdt je loon.",
    ]


@pytest.mark.parametrize(
    ("place", "first"),
    [
        (".flip-cards", "Hulp kost altijd geld. Veel hulp is gratis ."),
        (".variants", "Aan de balie Iemand anders voert steeds het woord."),
    ],
)
def test_what_is_folded_opens_without_a_script(
    client: Client, lesson: LessonPage, place: str, first: str
) -> None:
    folded = step(client, 2).select(f"{place} details")
    assert words(folded[0]) == first
    assert len(folded) == 3
    assert not [one for one in folded if one.has_attr("open")]


def test_everything_is_open_in_the_guide_that_a_teacher_prints(lesson: LessonPage) -> None:
    folded = guide(lesson).select("details")
    assert len(folded) >= 3 + 3 + 1 + len(SECRETS)
    assert [words(one) for one in folded if not one.has_attr("open")] == []


def test_a_word_is_explained(client: Client, lesson: LessonPage) -> None:
    word = step(client, 2).select_one(".word-card")
    assert words(word.dt.dfn) == "Uitbuiting"
    assert words(word.dd) == "Iemand verdient aan jou, en jij kunt niet weg ."


def test_a_chain_card_says_who_does_what_and_what_comes_back(
    client: Client, lesson: LessonPage
) -> None:
    facts = step(client, 2).select(".chain-card dl > div")
    assert {words(fact.dt): words(fact.dd) for fact in facts} == {
        "Wie": "Een zorgcoördinator",
        "Doet wat": "Zoekt opvang en hulp die past.",
        "Waarom": "Dan hoeft iemand het verhaal maar één keer te vertellen.",
        "Wat gaat mee": "Wat je zag. Wanneer je het zag.",
        "Wat hoor je terug": "Of de hulp begonnen is.",
    }


@pytest.mark.parametrize(
    ("place", "publishers"),
    [
        (".word-card", "Bureau Twee"),
        (".comparison", "Een uitgever, Bureau Twee"),
        (".step-list", "Een uitgever"),
        (".flip-cards", "Bureau Twee"),
        (".variants", "Een uitgever"),
        (".chain-card", "Een uitgever"),
    ],
)
def test_a_block_says_who_says_so(
    client: Client, lesson: LessonPage, place: str, publishers: str
) -> None:
    assert words(step(client, 2).select_one(f"{place} .source-line")) == f"Bron: {publishers}"


def test_what_keeps_a_role_play_safe_comes_first(client: Client, lesson: LessonPage) -> None:
    forms = {form["data-kind"]: form for form in step(client, 3).select(".work-form")}
    assert [words(part) for part in forms["role_play"].select("h4")] == [
        "Eerst de afspraken", "Zo gaat het",
    ]  # fmt: skip
    assert "Je mag altijd stoppen." in words(forms["role_play"].select_one(".work-form__safety"))
    assert "Ongeveer 5 minuten" in words(forms["role_play"])
    assert "Doen: rollenspel" in words(forms["role_play"])
    assert [words(part) for part in forms["move"].select("h4")] == ["Zo gaat het"]


def test_who_does_not_walk_is_told_how_to_join(client: Client, lesson: LessonPage) -> None:
    line = step(client, 3).select_one('.work-form[data-kind="statement_line"]')
    assert [words(one) for one in line.select("ol > li")] == [
        "Een vriend vraagt nooit iets terug.", "Je mag altijd nee zeggen.",
    ]  # fmt: skip
    assert "Steek een, twee of drie vingers op." in words(line.select_one(".work-form__still"))


def test_a_talk_can_go_in_other_ways(client: Client, lesson: LessonPage) -> None:
    others = step(client, 3).select_one(".discussion details")
    assert words(others.summary) == "Het kan ook anders"
    assert [words(way) for way in others.select("dl > div")] == [
        "In een groepje Ieder vertelt om de beurt wat de ander zei.",
        "Met de klas Wie wil, vertelt het aan iedereen.",
    ]


def test_a_place_for_the_municipality_shows_what_is_true_everywhere(
    client: Client, lesson: LessonPage
) -> None:
    slot = step(client, 3).select_one(".local-slot")
    assert slot["data-local-slot"] == "lokale-hulp"
    assert words(slot) == (
        "Hulp bij jou in de buurt Je huisarts en je wijkteam weten wie kan helpen."
    )


def test_a_lesson_from_before_these_blocks_still_opens(client: Client, lesson: LessonPage) -> None:
    """What was saved before a talk had other forms has no such field."""
    steps = [dict(step) for step in lesson.steps.raw_data]
    for one in steps[2]["value"]["blocks"]:
        if one["type"] == "discussion":
            del one["value"]["other_forms"]
    lesson.steps = LessonPage._meta.get_field("steps").to_python(steps)
    lesson.save_revision().publish()
    talk = step(client, 3).select_one(".discussion")
    assert talk.select_one("details") is None
    assert "Wat zou jij doen?" in words(talk)
