"""The figures of a quiz in words, and as rows for a spreadsheet."""

from __future__ import annotations

from django.utils.translation import gettext as _

from quizzes.question_types.base import FORMS_OF_EXPLOITATION
from quizzes.shares import Share
from reports.discrimination import TELLS_APART, TELLS_LITTLE
from reports.quiz_figures import QuestionFigures, QuizFigures
from reports.themes import ThemeShare


def share_text(share: Share | None) -> str:
    """A share in words; of what may not be told exactly only where it ends."""
    if share is None:
        return ""
    if share.at_most:
        return _("hoogstens %s%%") % share.percent
    if share.at_least:
        return _("minstens %s%%") % share.percent
    return f"{share.percent}%"


def discrimination_text(value: float | None) -> str:
    """What the figure means for who wrote the question."""
    if value is None:
        return ""
    if value >= TELLS_APART:
        return _("Onderscheidt goed: wie de rest weet, heeft deze vaker goed.")
    if value >= TELLS_LITTLE:
        return _("Onderscheidt een beetje.")
    if value >= 0:
        return _("Onderscheidt nauwelijks: kijk of de vraag duidelijk is.")
    return _("Wie de rest weet, heeft deze juist vaker fout: kijk de vraag na.")


def form_text(form: str) -> str:
    return str(dict(FORMS_OF_EXPLOITATION).get(form, form))


def figure_table(figures: QuizFigures) -> list[list[str]]:
    """A row per theme, then a row per answer. The first says what is in which column."""
    head = [
        _("Soort"),
        _("Nummer"),
        _("Tekst"),
        _("Antwoorden"),
        _("Goed"),
        _("Zeker, en toch anders"),
        _("Onderscheid"),
        _("Signaal"),
        _("Vorm van uitbuiting"),
        _("Gekozen"),
        _("Is goed"),
        _("Aandeel"),
        _("Overtuiging"),
    ]
    themes = figures.themes
    rows = [
        *[_theme_row(_("Overtuiging"), theme, right=False) for theme in themes.beliefs],
        *[_theme_row(_("Signaal"), theme, right=True) for theme in themes.signals],
        *[_theme_row(_("Vorm van uitbuiting"), theme, right=True) for theme in themes.forms],
    ]
    for question in figures.questions:
        rows += _question_rows(question)
    return [head, *[row + [""] * (len(head) - len(row)) for row in rows]]


def _theme_row(kind: str, theme: ThemeShare, *, right: bool) -> list[str]:
    numbers = ", ".join(map(str, theme.numbers))
    share = share_text(theme.share)
    return [
        kind,
        numbers,
        theme.name,
        "",
        share if right else "",
        *[""] * 6,
        "" if right else share,
    ]


def _question_rows(question: QuestionFigures) -> list[list[str]]:
    about = [
        question.label,
        str(question.number or ""),
        question.prompt,
        str(question.answer_count),
        share_text(question.right),
        share_text(question.sure_and_wrong),
        "" if question.discrimination is None else f"{question.discrimination:.2f}",
        question.signal,
        form_text(question.form),
    ]
    return [
        [
            *about,
            answer.text,
            (_("ja") if answer.is_right else _("nee")) if question.is_marked else "",
            share_text(answer.share),
            answer.belief,
        ]
        for answer in question.answers
    ] or [about]
