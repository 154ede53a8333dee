"""Quizzes for tests, made the way an editor makes them and published by the same action."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from media.actions import RecordingContent, save_package_recording
from media.captions import read_captions
from media.models import CustomImage, Recording
from media.transcripts import from_captions, write_transcript
from quizzes.models import Question, Quiz
from quizzes.pairing import key_of
from tests.factories.lessons import make_helpline
from tests.remembered import Remembered

NAMESPACE = UUID("7d4f3e22-6a0e-4f0f-9a55-0d7a0c3b6a11")


def key(name: str) -> str:
    """A fixed id for a name, so that tests can say which choice they mean."""
    return str(uuid5(NAMESPACE, name))


def choice(name: str, *, right: bool = False) -> dict[str, Any]:
    return {
        "type": "item",
        "id": key(name),
        "value": {
            "text": f"Keuze {name}",
            "is_right": right,
            "feedback": f"Geheime uitleg bij {name}.",
            "stays_last": False,
        },
    }


def common(name: str) -> dict[str, Any]:
    return {
        "prompt": f"<p>Vraag {name}?</p>",
        "explanation": f"<p>Geheime toelichting {name}.</p>",
        "sources": [],
        "signal": "",
        "form": "all",
    }


def one_answer(name: str) -> dict[str, Any]:
    return {
        "type": "one_answer",
        "value": {
            **common(name),
            "ask_sure": name == "een",  # so that one question of every quiz asks it
            "choices": [
                choice(f"{name}-a"),
                choice(f"{name}-b", right=True),
                choice(f"{name}-c"),
            ],
        },
    }


def several_answers(name: str, *, rule: str = "per_choice") -> dict[str, Any]:
    return {
        "type": "several_answers",
        "value": {
            **common(name),
            "rule": rule,
            "choices": [
                choice(f"{name}-a", right=True),
                choice(f"{name}-b", right=True),
                choice(f"{name}-c"),
            ],
        },
    }


def opinion(name: str, *, size: int = 5) -> dict[str, Any]:
    return {
        "type": "opinion",
        "value": {
            **common(name),
            "size": str(size),
            "low": "helemaal niet mee eens",
            "high": "helemaal mee eens",
            "between": [],
        },
    }


def self_assessment(name: str) -> dict[str, Any]:
    body = opinion(name)
    statements = [
        {"type": "item", "id": key(f"{name}-{letter}"), "value": f"Zin {name}-{letter}"}
        for letter in "ab"
    ]
    return {"type": "self_assessment", "value": {**body["value"], "statements": statements}}


def typed_answer(name: str, text: str, *also: str) -> dict[str, Any]:
    return {
        "type": "item",
        "id": key(name),
        "value": {
            "text": text,
            "spellings": "\n".join(also),
            "feedback": f"Geheime uitleg bij {name}.",
            "belief": "",
        },
    }


def short_answer(name: str, *, forgives: bool = True) -> dict[str, Any]:
    return {
        "type": "short_answer",
        "value": {
            **common(name),
            "accepted": [typed_answer(f"{name}-a", "Veilig Thuis", "het advies- en meldpunt")],
            "known_wrong": [typed_answer(f"{name}-b", "politie")],
            "feedback_other": "Geheime uitleg bij iets anders.",
            "forgives": forgives,
        },
    }


def number(name: str, *, near: bool = True, is_estimate: bool = False) -> dict[str, Any]:
    return {
        "type": "number",
        "value": {
            **common(name),
            "figure": "944",
            "unit": "mensen",
            "figure_source": "Geheime bron.",
            "right_from": "900",
            "right_to": "1000",
            "near_from": "500" if near else None,
            "near_to": "1500" if near else None,
            "feedback_low": "Geheime uitleg bij te laag.",
            "feedback_right": "Geheime uitleg bij goed.",
            "feedback_high": "Geheime uitleg bij te hoog.",
            "is_estimate": is_estimate,
        },
    }


def true_false(name: str, *, is_true: bool = False, with_reasons: bool = True) -> dict[str, Any]:
    reasons = [choice(f"{name}-r1", right=True), choice(f"{name}-r2")] if with_reasons else []
    return {
        "type": "true_false",
        "value": {
            **common(name),
            "is_true": is_true,
            "feedback_true": "Geheime uitleg bij waar.",
            "feedback_false": "Geheime uitleg bij niet waar.",
            "why_prompt": "Waarom denk je dat?",
            "reasons": reasons,
        },
    }


STORY = """# begin
Jay: hee, zin om wat te verdienen?
Jij: ligt eraan wat
> Vraag wat het is -> klus
  tactiek: vleien
> Zeg nee -> stop
  vaardigheid: grens stellen
# klus
Jay: even een tasje wegbrengen
Later die avond.
> Zeg nee -> stop
  vaardigheid: grens stellen
> Vraag hulp -> stop
# stop
Jay: oké
= tactiek vleien
Geheime uitleg bij vleien.
= vaardigheid grens stellen
Geheime uitleg bij grens stellen.
"""


def way(choice: str) -> str:
    """The key of a choice in a story, from its scene and where it leads."""
    return key_of("choice", choice)


def branching_story(name: str) -> dict[str, Any]:
    return {
        "type": "branching_story",
        "value": {**common(name), "script": STORY, "look": "chat"},
    }


def piece(name: str, text: str, *, signal: str = "") -> dict[str, Any]:
    return {
        "type": "item",
        "id": key(name),
        "value": {
            "text": text,
            "is_right": bool(signal),
            "signal": signal,
            "feedback": f"Geheime uitleg bij {name}.",
        },
    }


def spot_signals(name: str, *, look: str = "chat") -> dict[str, Any]:
    """A chat with two signals and one piece that is none."""
    return {
        "type": "spot_signals",
        "value": {
            **common(name),
            "look": look,
            "heading": "Jay",
            "own_name": "Ik",
            "text": (
                "Jay: hee, [[alles goed?]]\n"
                "Ik: ja hoor\n"
                "Twee dagen later\n"
                "Jay: [[jij moet mij nog 200 euro]] en [[zeg het tegen niemand]]"
            ),
            # Not in the order of the text.
            "choices": [
                piece(f"{name}-b", "zeg het tegen niemand", signal="Geheimen"),
                piece(f"{name}-c", "alles goed?"),
                piece(f"{name}-a", "jij moet mij nog 200 euro", signal="Schuld"),
            ],
        },
    }


def entry(name: str, **value: Any) -> dict[str, Any]:
    """One entry of a list in the editor's form."""
    return {"type": "item", "id": key(name), "value": value}


def order(name: str, *, rule: str = "per_step") -> dict[str, Any]:
    return {
        "type": "order",
        "value": {
            **common(name),
            "items": [
                entry(
                    f"{name}-{step}", text=f"Stap {name}-{step}", feedback=f"Geheime uitleg {step}."
                )
                for step in "abcd"
            ],
            "rule": rule,
        },
    }


PICTURE = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 50" width="80" height="50">'
    b'<rect width="40" height="50"/></svg>'
)


def make_picture(stem: str = "half", content: bytes = PICTURE) -> CustomImage:
    """A drawing that is half black; the same one, and the same file, each time."""
    package_file = f"tests/{stem}.svg"
    if found := CustomImage.objects.filter(package_file=package_file).first():
        return found
    name = f"original_images/{stem}.svg"
    if not default_storage.exists(name):
        name = default_storage.save(name, ContentFile(content))
    picture = CustomImage(
        title="Vlak", description="Een vlak.", file=name, package_file=package_file
    )
    picture._set_image_file_metadata()
    picture.file.close()
    picture.save()
    return picture


def region(name: str, *, x: int, right: bool = False) -> dict[str, Any]:
    entry = choice(name, right=right)
    del entry["value"]["stays_last"]
    entry["value"] |= {"x": x, "y": 10, "width": 20, "height": 50}
    return entry


def point_at(name: str) -> dict[str, Any]:
    """Three places in a drawing, two of them right. Makes the drawing, so needs a database."""
    return {
        "type": "point_at",
        "value": {
            **common(name),
            "image": make_picture().pk,
            "alt": "Een vlak in twee delen.",
            "choices": [
                region(f"{name}-a", x=5, right=True),
                region(f"{name}-b", x=40, right=True),
                region(f"{name}-c", x=75),
            ],
        },
    }


def match(name: str) -> dict[str, Any]:
    """Two lines have the same right choice; one choice belongs to none."""
    return {
        "type": "match",
        "value": {
            **common(name),
            "pairs": [
                entry(
                    f"{name}-{line}",
                    left=f"Regel {name}-{line}",
                    right=right,
                    feedback=f"Geheime uitleg {line}.",
                )
                for line, right in (("a", "Politie"), ("b", "Veilig Thuis"), ("c", "politie "))
            ],
            "others": [{"type": "item", "id": key(f"{name}-x"), "value": "De burgemeester"}],
        },
    }


def sort_groups(name: str) -> dict[str, Any]:
    return {
        "type": "sort_groups",
        "value": {
            **common(name),
            "group_1": "Hulp",
            "group_2": "Druk",
            "group_3": "Dwang",
            "group_4": "",
            "group_5": "",
            "items": [
                entry(
                    f"{name}-{card}",
                    text=f"Kaart {name}-{card}",
                    groups=groups,
                    feedback=f"Geheime uitleg {card}.",
                )
                for card, groups in (("a", ["1"]), ("b", ["2", "3"]), ("c", ["3"]))
            ],
        },
    }


def words(*names: str) -> list[dict[str, Any]]:
    return [{"type": "item", "id": key(name), "value": f"woord {name}"} for name in names]


def gap(name: str, *, word_list: str = "shared") -> dict[str, Any]:
    own = [] if word_list == "shared" else ["y", "z"]
    return {
        "type": "gap",
        "value": {
            **common(name),
            "text": "Eerst komt [[2]], dan\nkomt [[1]]. Klaar.",
            "gaps": [
                entry(
                    f"{name}-{letter}",
                    right=f"woord {name}-{letter}",
                    others=words(*(f"{name}-{letter}{other}" for other in own)),
                    feedback=f"Geheime uitleg {letter}.",
                )
                for letter in "ab"
            ],
            "word_list": word_list,
            "others": words(f"{name}-x"),
        },
    }


RECORDING = Path(__file__).parents[2] / "site/home/demo_package/recordings/baantje.mp3"


def make_recording() -> Recording:
    """A scene of 53 seconds with ten lines; the same one, and the same file, each time."""
    if found := Recording.objects.filter(package_file="tests/baantje.mp3").first():
        return found
    captions = RECORDING.with_suffix(".vtt").read_text(encoding="utf-8")
    content = RecordingContent(
        file_name="baantje.mp3",
        content=RECORDING.read_bytes(),
        poster_id=None,
        title="Een baantje",
        language="nl",
        captions=captions,
        transcript=write_transcript(from_captions(read_captions(captions).cues)),
        description="Twee jongeren praten op straat. Hun stemmen zijn van een computer.",
        credit="Doorzien. Verzonnen, en uitgesproken door een computer.",
    )
    return save_package_recording(recording=None, package_file="tests/baantje.mp3", new=content)


def spot_moments(name: str) -> dict[str, Any]:
    """A scene with two signals. Makes the recording, so needs a database."""
    return {
        "type": "spot_moments",
        "value": {
            **common(name),
            "recording": make_recording().pk,
            # Not in the order of the recording.
            "targets": [
                entry(
                    f"{name}-{letter}",
                    start=start,
                    end=end,
                    signal=f"Signaal {letter}",
                    feedback=f"Geheime uitleg {letter}.",
                )
                for letter, start, end in (("b", "0:20,3", "0:26"), ("a", "0:07,9", "0:14"))
            ],
        },
    }


def two_sides(name: str) -> dict[str, Any]:
    return {
        "type": "two_sides",
        "value": {
            **opinion(name)["value"],
            "title_a": f"Rapport {name}",
            "text_a": "Hij stond op de uitkijk.\n\nHij zei niets.",
            "title_b": f"Zijn verhaal {name}",
            "text_b": "Ik moest wel.\n\nIk had schulden.",
            "judgement": "Wat is hij voor jou?",
        },
    }


BESIDE = PICTURE.replace(b'width="40"', b'width="20"')


def supplement(name: str, **other: Any) -> dict[str, Any]:
    """All that can stand beside an explanation, but a lesson. Needs a database."""
    return {
        "image": make_picture("beside", BESIDE).pk,
        "alt": f"Geheim beeld bij {name}.",
        "decorative": False,
        "recording": make_recording().pk,
        "lesson": None,
        "helplines": [{"type": "item", "id": key(f"{name}-helpline"), "value": make_helpline().pk}],
        **other,
    }


def with_supplement(body: dict[str, Any], name: str, **other: Any) -> dict[str, Any]:
    """The same question with all that beside its explanation."""
    return {**body, "value": {**body["value"], "supplement": supplement(name, **other)}}


EVERY_TYPE = (
    ("een", one_answer),
    ("meer", several_answers),
    ("waar", true_false),
    ("mening", opinion),
    ("kunnen", self_assessment),
    ("kort", short_answer),
    ("getal", number),
    ("verhaal", branching_story),
    ("signalen", spot_signals),
    ("volgorde", order),
    ("plek", point_at),
    ("paren", match),
    ("groepen", sort_groups),
    ("gaten", gap),
    ("opname", spot_moments),
    ("kanten", two_sides),
)
TOTAL = len(EVERY_TYPE)


def band(from_percent: int, title: str, text: str, beside: dict[str, Any] | None) -> dict[str, Any]:
    value = {"from_percent": from_percent, "title": title, "text": text}
    return {
        "type": "band",
        "id": key(f"band-{from_percent}"),
        "value": {**value, "supplement": beside} if beside else value,
    }


def make_quiz(
    slug: str = "wat-denk-jij",
    *,
    questions: list[tuple[str, Any]] | None = None,
    title: str = "Wat denk jij?",
    publish: bool = True,
    sections: dict[str, str] | None = None,
    beside_bands: dict[str, Any] | None = None,
    **settings: Any,
) -> Quiz:
    """A quiz with one question of each type, or these; published, with its edition.

    ``sections``: titles by the name of the question that they stand above. ``beside_bands``:
    a supplement of both bands. ``settings``: fields of ``Quiz``, such as its ``kind``.
    """
    questions = questions or [(name, make(name)) for name, make in EVERY_TYPE]
    quiz = Quiz(
        slug=slug,
        key=key(f"quiz-{slug}"),
        title=title,
        intro="<p>Een korte quiz.</p>",
        minutes=5,
        bands=Quiz._meta.get_field("bands").to_python(
            [
                band(0, "Goed dat je meedeed", "<p>Lees.</p>", beside_bands),
                band(70, "Jij ziet veel", "<p>Mooi.</p>", beside_bands),
            ]
        ),
        what_you_can_do="<p>Praat erover.</p>",
        helplines=[],
        live=False,
        **settings,
    )
    quiz.questions = [
        Question(
            key=key(f"{slug}-{name}"), sort_order=number, section=(sections or {}).get(name, "")
        )
        for number, (name, _body) in enumerate(questions)
    ]
    for question, (_name, body) in zip(quiz.questions.all(), questions, strict=True):
        set_body(question, body)
    quiz.save()
    if publish:
        quiz.save_revision().publish()
        quiz.refresh_from_db()
    return quiz


publish_quiz = Remembered(make_quiz)


def set_body(question: Question, body: dict[str, Any]) -> None:
    """Gives a question its block, with the ids of choices kept."""
    field = question._meta.get_field("body")
    question.body = field.to_python([{**body, "id": str(uuid5(NAMESPACE, str(question.key)))}])
