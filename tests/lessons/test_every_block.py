"""Every kind of block: loaded from a package, shown to a learner and to a teacher."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from django.conf import settings
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse

from lessons.actions import move_stamp
from lessons.compiled import compile_lesson
from lessons.models import LessonPackagePage, LessonPage
from media.models import CustomDocument, CustomImage, Recording
from tests.factories.lessons import load_every_block, publish_every_block

LESSON = "/lessen/alle-blokken/elk-blok/"
SECRETS = ("ROLLENSPEL", "STELLING", "WISSEL", "GESPREK", "BRIEFJE")


@pytest.fixture
def lesson(db: Any) -> LessonPage:
    publish_every_block()
    return LessonPage.objects.get(slug="elk-blok")


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


def test_loading_it_twice_writes_nothing(lesson: LessonPage) -> None:
    assert load_every_block().changed == []


def test_a_picture_of_a_story_comes_along_once_and_with_its_text(lesson: LessonPage) -> None:
    image = CustomImage.objects.get(package_file="alle-blokken/plein.svg")
    assert (image.description, image.is_decorative) == ("Jay geeft Sam een doos.", False)
    assert CustomImage.objects.count() == 4


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


def test_a_recording_has_its_captions_and_its_text_beside_it(
    client: Client, lesson: LessonPage
) -> None:
    card = step(client, 1).select_one(".recording-card")
    assert card is not None
    assert words(card.h3) == "Een week"
    assert "Wat verandert er voor Sam?" in words(card)
    video = card.video
    assert "autoplay" not in video.attrs
    assert video["preload"] == "none"
    track = client.get(video.find("track")["src"])
    assert track["Content-Type"] == "text/vtt; charset=utf-8"
    assert track["Cache-Control"].endswith("immutable")
    assert b"Maandag." in track.content
    lines = card.select(".transcript__line")
    assert words(lines[1]) == "0:04 (Dinsdag. Sam fietst naar huis.)"
    assert [line["data-start"] for line in lines][:3] == ["0", "40", "80"]


def test_captions_of_another_day_are_not_served(client: Client, lesson: LessonPage) -> None:
    """What may be kept for a year never changes at one address."""
    recording = Recording.objects.get()
    old = reverse("media:captions", args=[recording.pk, recording.captions_hash])
    recording.captions = recording.captions.replace("Maandag", "Vandaag")
    recording.save()
    assert client.get(old).status_code == 404
    new = reverse("media:captions", args=[recording.pk, recording.captions_hash])
    assert "Vandaag" in client.get(new).content.decode()
    assert "Vandaag" not in str(step(client, 1)), "its text is written by itself"
    track = step(client, 1).select_one("track")
    assert track is not None
    assert track["src"] == new, "and the page in memory has heard of it"


@pytest.mark.parametrize("name", ["captions", "transcript", "description"])
def test_a_recording_that_somebody_would_miss_is_not_there(
    client: Client, lesson: LessonPage, name: str
) -> None:
    assert step(client, 1).select_one(".recording-card") is not None
    Recording.objects.update(**{name: ""})
    move_stamp()
    assert step(client, 1).select_one(".recording-card") is None


def test_a_recording_that_is_gone_leaves_the_lesson(client: Client, lesson: LessonPage) -> None:
    Recording.objects.get().delete()
    assert step(client, 1).select_one(".recording-card") is None


def test_a_document_says_what_it_is_and_comes_as_a_download(
    client: Client, lesson: LessonPage
) -> None:
    """S-52: whatever is in it, a browser does not open it as a page of ours."""
    card = step(client, 1).select_one(".download-card")
    assert card is not None
    assert words(card.h3) == "Mijn plan"
    assert "Een blad om je eigen plan op te schrijven." in words(card)
    link = card.select_one("a[download]")
    assert words(link) == "Download het bestand : Mijn plan PDF , 747 bytes, Nederlands"
    assert "op dit apparaat" in words(card)
    assert "Doorzien, CC BY-SA 4.0" in words(card)
    assert link is not None
    served = client.get(str(link["href"]))
    assert b"".join(served.streaming_content).startswith(b"%PDF")
    assert served["Content-Type"] == "application/octet-stream"
    assert served["Content-Disposition"].startswith("attachment;")
    assert served["Content-Disposition"].endswith(".pdf")


def test_a_new_version_of_a_document_stands_in_the_lesson(
    client: Client, lesson: LessonPage
) -> None:
    before = step(client, 1).select_one(".download-card a[download]")
    document = CustomDocument.objects.get()
    document.file.save("plan-twee.txt", ContentFile(b"Een plan."), save=False)
    document.language, document.file_size = "en", 9
    document.save()
    after = step(client, 1).select_one(".download-card a[download]")
    assert before is not None
    assert after is not None
    assert before["href"] != after["href"]
    assert words(after).endswith("TXT , 9 bytes, Engels")
    assert after["hreflang"] == "en"


def test_a_document_that_is_gone_leaves_the_lesson(client: Client, lesson: LessonPage) -> None:
    assert step(client, 1).select_one(".download-card") is not None
    CustomDocument.objects.get().delete()
    assert step(client, 1).select_one(".download-card") is None


def test_a_teacher_finds_the_whole_address_of_a_document_on_paper(lesson: LessonPage) -> None:
    card = guide(lesson).select_one(".download-card")
    address = f"{settings.BASE_URL}{CustomDocument.objects.get().file.url}"
    assert card is not None
    assert words(card.select_one(".print-only")) == f"Hier staat het bestand: {address}"


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
