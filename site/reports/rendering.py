"""The matrix as HTML. In Python and not in a template: it is 1,200 cells, and there are
only so many different ones."""

from __future__ import annotations

from functools import lru_cache

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from progress.completion import State
from quizzes.speaking import language_attributes
from reports.queries import Cell, Matrix


def state_text(state: State) -> str:
    return {
        State.NOT_STARTED: _("Niet begonnen"),
        State.BUSY: _("Bezig"),
        State.DONE: _("Klaar"),
    }[state]


def cell_text(cell: Cell) -> str:
    """What a cell says in words: on the screen, in print and in a spreadsheet."""
    if not cell.is_given:
        return _("Niet gegeven")
    if cell.percent is None:
        return state_text(cell.state)
    return _("Klaar, %(percent)s%%") % {"percent": cell.percent}


def late_text(cell: Cell) -> str:
    """Beside what a cell says; "" when there is nothing to say about the day."""
    return _("na de afgesproken dag") if cell.is_late else ""


@lru_cache(maxsize=1000)
def _cell_html(cell: Cell, _language: str | None) -> str:
    state = cell.state.replace("_", "-") if cell.is_given else "not-given"
    late = escape(late_text(cell))
    return (
        f'<td class="matrix__cell" data-state="{state}">'
        f'<span class="matrix__state">{escape(cell_text(cell))}</span>'
        + (f' <span class="matrix__late">{late}</span></td>' if late else "</td>")
    )


def matrix_html(matrix: Matrix) -> SafeString:
    """The table with its scroll area. Titles and nicknames are escaped."""
    language = get_language()
    kinds = {"lesson": escape(_("Les")), "quiz": escape(_("Quiz"))}
    head = "".join(
        f'<th scope="col"><span class="text-small text-soft">{kinds[column.kind]}</span><br>'
        f"<span {language_attributes(column.language)}>{escape(column.title)}</span></th>"
        for column in matrix.columns
    )
    body = "".join(
        f'<tr><th scope="row" class="matrix__learner">{escape(nickname)}</th>'
        + "".join([_cell_html(cell, language) for cell in cells])
        + "</tr>"
        for nickname, cells in matrix.rows
    )
    label = escape(_("Voortgang van de klas"))
    return mark_safe(  # noqa: S308  (every text in it was escaped above)
        f'<div class="matrix-scroll" role="region" aria-label="{label}" tabindex="0">'
        f'<table class="matrix"><caption class="visually-hidden">{label}</caption>'
        f'<thead><tr><th scope="col">{escape(_("Bijnaam"))}</th>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )


def entity_tag(mark: str) -> str:
    """What a browser sends back to hear that nothing changed, in the language of now."""
    return f'"{get_language()}.{mark}"'


def mark_of(tag: str) -> str:
    """The mark in such a tag; "" when it was of another language, or is something else."""
    language, _dot, mark = tag.removeprefix("W/").strip('"').partition(".")
    return mark if language == get_language() else ""
