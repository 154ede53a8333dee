"""A card in a lesson that has the name of a signal leads to its page."""

from __future__ import annotations

import pytest
from django.template.loader import render_to_string
from django.test import Client

from lessons.blocks.reading import SignalCardBlock
from lessons.models import ContentStamp
from signals.models import Signal
from tests.factories.lessons import load_every_block
from tests.factories.signals import make_signal

pytestmark = pytest.mark.django_db
CARD = {
    "title": "Een tweede telefoon",
    "notice": "<p>Iemand heeft er twee.</p>",
    "also_possible": "<p>Eén is oud.</p>",
    "do": "<p>Vraag het.</p>",
    "sources": [],
}
LINK = 'href="/signalen/meer-telefoons/"'


def card(**context: object) -> str:
    block = SignalCardBlock()
    value = block.to_python(CARD)
    own = block.get_context(value, {"language": "nl", **context})
    return render_to_string("lessons/blocks/signal_card.html", own)


def test_a_card_leads_to_the_signal_that_it_is_named_after() -> None:
    assert LINK not in card()
    make_signal()
    assert LINK in card()
    assert LINK not in card(on_board=True)


def test_a_lesson_in_memory_hears_of_a_signal(client: Client) -> None:
    before = ContentStamp.objects.filter(pk=1).values_list("number", flat=True).first() or 0
    signal = make_signal()
    published = ContentStamp.objects.get(pk=1).number
    assert published > before
    signal.unpublish()
    unpublished = ContentStamp.objects.get(pk=1).number
    Signal.objects.get().delete()
    assert published < unpublished < ContentStamp.objects.get(pk=1).number


def test_a_lesson_gets_the_link_when_the_signal_comes(client: Client) -> None:
    loaded = load_every_block()
    lesson = f"/lessen/{loaded.page.slug}/{loaded.lessons[0].slug}/"

    def pages() -> str:
        return "".join(client.get(f"{lesson}{number}/").text for number in (1, 2, 3))

    assert "Ineens veel geld" in pages()
    assert "/signalen/ineens-geld/" not in pages()
    make_signal("ineens-geld", title="Ineens veel geld", also_called="")
    assert pages().count("/signalen/ineens-geld/") == 1
