"""A lesson on paper: the teacher's guide, and what pupils write on. One source, the published page.

Both are in the language of the lesson, whoever asks for them: they are for a class.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.rich_text import expand_db_html

from lessons.compiled import CompiledLesson, CompiledStep, compile_lesson, heavy_notice_html
from lessons.models import LessonPackagePage, LessonPage
from lessons.nearby import NOWHERE, Nearby
from lessons.rendering import lesson_fingerprint
from printing.pdf import Document, kept_pdf
from printing.reading import Node, Reader, string, table

# To read, to talk about and to cut out. A reflection is not among them: nobody writes that down.
ON_WORKSHEET = frozenset(
    [
        *["case", "chat_story", "comparison", "discussion", "flip_cards"],
        *["download", "helpline_card", "image", "local_slot", "picture_story", "question"],
        *["signal_card", "timeline"],
    ]
)
# A step with only these is no work.
BESIDE_THE_WORK = frozenset(["download", "image", "helpline_card", "local_slot"])
HELP = frozenset(["helpline_card", "local_slot"])  # on paper also where there is no work beside it
ROOM = {"case-card__text >": 2, "discussion": 3, "flip-card": 2}
# What is folded on a screen until a pupil has thought, and how else a teacher may do it.
LEFT_OUT = frozenset(["flip-card__back", "discussion__others"])
ON_A_SCREEN = frozenset(["quiz-card__action"])  # what to press


FindNearby = Callable[[], Nearby]


def nowhere() -> Nearby:
    return NOWHERE


def guide_pdf(package: LessonPackagePage, lesson: LessonPage, find: FindNearby = nowhere) -> bytes:
    """For teachers only. No query of the lesson's own when it is kept, else a few per step."""
    return _kept("guide", package, lesson, find)


def worksheet_pdf(
    package: LessonPackagePage, lesson: LessonPage, find: FindNearby = nowhere
) -> bytes:
    """For everybody: nothing that only teachers may see was ever rendered for it."""
    return _kept("worksheet", package, lesson, find)


def _kept(kind: str, package: LessonPackagePage, lesson: LessonPage, find: FindNearby) -> bytes:
    """The stamp is read before anything else: what changes meanwhile shows at the next look. It
    holds what a municipality says, so that none gets the paper of another."""
    with translation.override(lesson.locale.language_code):
        near = find()
        stamp = f"{kind} {lesson_fingerprint(lesson.pk, package.pk)} {near.stamp}"
        make = guide if kind == "guide" else worksheet
        return kept_pdf(stamp, lambda: make(package, lesson, near))


def guide(package: LessonPackagePage, lesson: LessonPage, near: Nearby = NOWHERE) -> Document:
    """The plan, what to do beforehand, and every step with its notes."""
    compiled = near.of_lesson(compile_lesson(lesson, package, for_teacher=True, on_paper=True))
    document = _document(_("Handleiding voor de docent"), package, lesson)
    reader = Reader(compiled.language, document.picture, left_out=ON_A_SCREEN)
    document.intro = [
        {"t": "lead", "c": [string(lesson.summary)]},
        {"t": "small", "c": [string(_facts(package, lesson))]},
    ]
    document.body = [
        *_listed(reader, _("Doelen"), [goal.value for goal in lesson.goals]),
        reader.heading(2, _("Het verloop")),
        _plan(compiled),
        *_listed(reader, _("Dit heb je nodig"), [thing.value for thing in lesson.materials]),
        *_told(reader, _("Vooraf doen"), lesson.before),
        *_told(reader, _("Heb je maar 20 minuten?"), lesson.short_version),
        *_without_devices(reader),
        *_told(reader, _("Als een leerling iets vertelt"), package.disclosure),
    ]
    for step in compiled.steps:
        notice = heavy_notice_html(step.heavy_notice, compiled.language)
        document.body += [_step_heading(reader, step), *reader.read(notice + step.html)]
    return document


def worksheet(package: LessonPackagePage, lesson: LessonPage, near: Nearby = NOWHERE) -> Document:
    """The stories, questions and cards, with lines to write on."""
    work = {
        str(step.id)
        for step in lesson.steps
        if {block.block_type for block in step.value["blocks"]} & (ON_WORKSHEET - BESIDE_THE_WORK)
    }
    help_steps = {
        str(step.id)
        for step in lesson.steps
        if any(block.block_type in HELP for block in step.value["blocks"])
    }
    compiled = near.of_lesson(compile_lesson(lesson, package, only=ON_WORKSHEET, on_paper=True))
    document = _document(_("Werkblad"), package, lesson)
    reader = Reader(compiled.language, document.picture, room=ROOM, left_out=LEFT_OUT)
    document.intro = [
        {
            "t": "p",
            "c": [{"t": "strong", "c": [string(_("Je hoeft je naam niet op te schrijven."))]}],
        },
        {
            "t": "p",
            "c": [
                string(
                    _(
                        "Schrijf over de verhalen op dit blad. Niet over jezelf of over iemand "
                        "die je kent. Iemand anders kan lezen wat je schrijft."
                    )
                )
            ],
        },
    ]
    for step in compiled.steps:
        if step.id in work | help_steps:
            document.body += [reader.heading(2, step.title), *reader.read(step.html)]
    return document


def _document(kind: str, package: LessonPackagePage, lesson: LessonPage) -> Document:
    address = reverse("progress:lesson", args=[package.slug, lesson.slug])
    return Document(
        kind=kind,
        title=lesson.title,
        language=lesson.locale.language_code,
        address=f"{settings.BASE_URL}{address}",
        licence=package.licence,
    )


def _facts(package: LessonPackagePage, lesson: LessonPage) -> str:
    return " · ".join(
        [
            package.title,
            _minutes(lesson.minutes),
            package.ages,
            _("versie {version}").format(version=package.version),
            _("nakijken voor {date}").format(date=date_format(package.review_by)),
        ]
    )


def _minutes(count: int) -> str:
    return ngettext("{count} minuut", "{count} minuten", count).format(count=count)


def _plan(lesson: CompiledLesson) -> Node:
    """Each step with when it begins and ends; the last row is what they are together."""
    rows, start = [], 0
    for step in lesson.steps:
        end = start + step.minutes
        cells = [f"{start}–{end}", f"{step.number}. {step.title}", _minutes(step.minutes)]
        rows.append([[string(cell)] for cell in cells])
        start = end
    total = [[], [string(_("Samen"))], [string(_minutes(start))]]
    rows.append([[{"t": "strong", "c": cell}] if cell else [] for cell in total])
    head = [[string(name)] for name in (_("Minuut"), _("Stap"), _("Duur"))]
    return table(head, rows, [2, 8, 3])


def _step_heading(reader: Reader, step: CompiledStep) -> Node:
    return reader.heading(2, f"{step.number}. {step.title} ({_minutes(step.minutes)})")


def _listed(reader: Reader, title: str, lines: list[str]) -> list[Node]:
    if not lines:
        return []
    items = [[{"t": "p", "c": [string(line)]}] for line in lines]
    return [reader.heading(2, title), {"t": "list", "items": items}]


def _told(reader: Reader, title: str, text: str) -> list[Node]:
    heading = reader.heading(2, title)
    content = reader.read(expand_db_html(text))
    return [heading, *content] if content else []


def _without_devices(reader: Reader) -> list[Node]:
    return _listed(
        reader,
        _("Zonder telefoons of laptops"),
        [
            _("Print het werkblad voor elke leerling. De verhalen, vragen en kaarten staan erop."),
            _("Print ook de quiz op papier. De antwoorden staan op een apart blad, voor jou."),
            _("Lees de teksten uit de stappen hardop voor, of zet ze op het bord."),
            _("De nummers voor hulp staan op het werkblad. Niemand hoeft het mee te nemen."),
            _("Neem de bladen niet in om te lezen wat iemand schreef. Gooi weg wat blijft liggen."),
        ],
    )
