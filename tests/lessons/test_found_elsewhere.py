"""What search engines, catalogues of lessons and share previews get."""

from __future__ import annotations

import json
import re
from xml.etree.ElementTree import fromstring

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client

from lessons.models import LessonPackagePage

pytestmark = pytest.mark.django_db
HERE = settings.BASE_URL


def test_a_package_tells_machines_what_it_tells_people(
    client: Client, package: LessonPackagePage
) -> None:
    package.title = "Klein </script><script>alert(1)</script> & pakket"
    package.save_revision().publish()
    text = client.get("/lessen/klein-pakket/").text
    assert "<script>alert" not in text
    (described,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.S)
    told = json.loads(described)
    assert told["@type"] == "LearningResource"
    assert told["name"] == package.title
    assert told["description"] == "Je mag altijd hulp vragen."
    assert told["url"] == f"{HERE}/lessen/klein-pakket/"
    assert told["typicalAgeRange"] == "12-15"
    assert told["timeRequired"] == "PT10M"
    assert told["inLanguage"] == "nl"
    assert told["license"] == "https://creativecommons.org/licenses/by-sa/4.0/"
    assert [part["url"] for part in told["hasPart"]] == [f"{HERE}/lessen/klein-pakket/les-een/"]
    assert told["educationalAlignment"][0]["targetName"] == "Burgerschap"
    assert "GEHEIM" not in described


def test_a_page_has_one_address_whoever_asks(client: Client, package: LessonPackagePage) -> None:
    page = client.get("/lessen/klein-pakket/?van=elders", headers={"host": "localhost"})
    assert f'<link rel="canonical" href="{HERE}/lessen/klein-pakket/">' in page.text


def test_a_share_preview_shows_the_name_and_one_picture(
    client: Client, package: LessonPackagePage
) -> None:
    """P-32: whoever looks along at a shared link sees nothing of what it is about."""
    for path in ("/", "/lessen/", "/lessen/klein-pakket/", "/lessen/klein-pakket/les-een/1/"):
        text = client.get(path).text
        told = dict(re.findall(r'<meta property="og:([a-z:]+)" content="([^"]*)"', text))
        assert told.pop("image").startswith(f"{HERE}/static/img/share")
        assert told == {
            "title": "Doorzien",
            "type": "website",
            "image:width": "1200",
            "image:height": "630",
            "image:alt": "Doorzien",
        }
        assert 'name="description"' not in text
    assert finders.find("img/share.png")


def test_the_sitemap_holds_packages_and_no_steps(
    client: Client, package: LessonPackagePage
) -> None:
    response = client.get("/sitemap.xml")
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    tree = fromstring(response.content)  # noqa: S314  (our own)
    found = {entry.text for entry in tree.iter(f"{space}loc")}
    assert {f"{HERE}/", f"{HERE}/lessen/", f"{HERE}/lessen/klein-pakket/"} <= found
    assert not [address for address in found if address and "les-een" in address]
    robots = client.get("/robots.txt").text
    assert f"Sitemap: {HERE}/sitemap.xml\n" in robots
    assert "Disallow: /lessen/?\n" in robots
    package.unpublish()
    assert "klein-pakket" not in client.get("/sitemap.xml").text
