"""A quiz on paper as PDF: to fill in, and the answers apart from it."""

from __future__ import annotations

from hashlib import sha256

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from printing.pdf import Document, kept_pdf
from printing.reading import Reader
from quizzes.editions import CompiledEdition
from quizzes.previews import paper_context
from quizzes.speaking import render_content


def paper_pdf(edition: CompiledEdition, slug: str, *, with_key: bool = False) -> bytes:
    """In the language of the quiz. What it says is rendered each time, which is quick, and says
    whether the PDF of it is there already."""
    with translation.override(edition.language):
        context = paper_context(edition.content, with_key=with_key)
        # The answers are a sheet of their own, so that a stack of them never lies with the class.
        template = "quizzes/print_key.html" if with_key else "quizzes/print_questions.html"
        html = render_content(template, context, edition.language)
        stamp = sha256(html.encode()).hexdigest()
        return kept_pdf(
            f"quiz {slug} {with_key} {stamp}", lambda: _document(edition, slug, html, with_key)
        )


def _document(edition: CompiledEdition, slug: str, html: str, with_key: bool) -> Document:
    document = Document(
        kind=_("Antwoorden en uitleg, voor de docent") if with_key else _("Quiz op papier"),
        title=edition.content["title"],
        language=edition.language,
        address=f"{settings.BASE_URL}{reverse('quizzes:quiz', args=[slug])}",
    )
    document.body = Reader(edition.language, document.picture).read(html)
    return document
