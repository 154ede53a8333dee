"""The help page: within one tap, most urgent first, and it says when you leave."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

import pytest
from django.template import Context, Template
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from helplines.actions import load_helplines
from helplines.helpline_file import shipped_helplines
from helplines.models import Helpline
from helplines.queries import clear_memory, helplines_by_slug

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _loaded() -> None:
    clear_memory()
    load_helplines(entries=shipped_helplines())


class Links(HTMLParser):
    """The links of a page, with their attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.links: list[dict[str, str | None]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.links.append(dict(attrs))


def test_help_is_there_without_a_script_in_the_order_of_need(client: Client) -> None:
    """A-15"""
    page = client.get("/hulp/").content.decode()
    order = ["Is er nu gevaar?", "Praten, zonder je naam", "Advies, hulp of iets melden"]
    order.append("Voor docenten en begeleiders")
    assert sorted(order, key=page.index) == order
    main = page[page.index("<main") :]
    assert main.index("tel:112") < main.index("tel:08000432") < main.index("tel:08002000")
    assert "<script" not in main


def test_every_helpline_is_on_the_page_once(client: Client) -> None:
    page = client.get("/hulp/").content.decode()
    for helpline in Helpline.objects.all():
        assert page.count(f'lang="nl">{helpline.name}</h3>') == 1, helpline.slug


def test_a_tip_line_is_not_among_the_lines_to_talk(client: Client) -> None:
    page = client.get("/hulp/").content.decode()
    assert page.index("Advies, hulp of iets melden") < page.index("Meld Misdaad Anoniem")


def test_links_to_other_sites_give_nothing_away_and_say_so(client: Client) -> None:
    """P-11"""
    page = client.get("/hulp/").content.decode()
    outward = [link for link in Links(page).links if str(link["href"]).startswith("http")]
    assert len(outward) > 5
    for link in outward:
        assert link.get("rel") == "noreferrer noopener"
        assert "target" not in link
        assert "(andere site)" in str(link["aria-label"])
    assert "naar een andere site" in page


def test_a_phone_number_is_a_link_that_dials(client: Client) -> None:
    page = client.get("/hulp/").content.decode()
    assert 'href="tel:+31202615275"' in page
    assert "020-261 52 75" in page


def test_an_empty_field_is_not_shown(client: Client) -> None:
    Helpline.objects.exclude(slug="112").delete()
    Helpline.objects.update(hours="", is_free=False, is_anonymous=False)
    page = client.get("/hulp/").content.decode()
    assert page.count('<ul class="helpline-card__hours') == 0
    assert "Praten, zonder je naam" not in page


def test_a_warm_help_page_asks_the_database_nothing(
    client: Client, settings: Any, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    settings.LESSON_RECHECK_SECONDS = 60
    client.get("/hulp/")
    with django_assert_num_queries(0):
        client.get("/hulp/")
    clear_memory()


def test_a_changed_number_is_shown_within_the_recheck_time(client: Client) -> None:
    client.get("/hulp/")
    Helpline.objects.filter(slug="112").update(what="Nieuwe tekst")
    assert "Nieuwe tekst" in client.get("/hulp/").content.decode()


def test_what_an_editor_typed_is_text(client: Client) -> None:
    Helpline.objects.filter(slug="112").update(what="<script>alert(1)</script>")
    assert "<script>alert" not in client.get("/hulp/").content.decode()


def test_a_card_can_be_put_anywhere_by_its_slug() -> None:
    template = Template('{% load helplines %}{% help_card "kindertelefoon" "h2" %}')
    page = template.render(Context())
    assert "tel:08000432" in page
    assert "<h2" in page
    helpline = Helpline.objects.get(slug="112")
    template = Template("{% load helplines %}{% help_card helpline %}")
    assert "tel:112" in template.render(Context({"helpline": helpline}))


def test_a_card_of_a_helpline_that_is_gone_is_nothing() -> None:
    assert Template('{% load helplines %}{% help_card "weg" %}').render(Context()).strip() == ""
    assert helplines_by_slug(["weg"]) == []
