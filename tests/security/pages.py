"""Reads pages as a browser does: where they lead, what they load, what would run."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from django.test import Client

LOADS = {
    ("script", "src"),
    ("img", "src"),
    ("img", "srcset"),
    ("source", "src"),
    ("source", "srcset"),
    ("iframe", "src"),
    ("embed", "src"),
    ("object", "data"),
    ("video", "src"),
    ("video", "poster"),
    ("audio", "src"),
    ("track", "src"),
    ("input", "src"),
    ("link", "href"),
    ("use", "href"),
    ("image", "href"),
}
LEADS = {("a", "href"), ("form", "action"), ("button", "formaction"), ("area", "href")}
VOID = {"script", "style", "title"}


@dataclass
class Seen(HTMLParser):
    """What stands in one page."""

    tags: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    inside: dict[str, str] = field(default_factory=dict)  # text of <script>, <title>; "data"

    def __post_init__(self) -> None:
        HTMLParser.__init__(self)
        self._open = ""
        self._is_data = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        self._open = tag if tag in VOID else self._open
        self._is_data = ("type", "application/ld+json") in attrs  # of a script that never runs

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        self._open = "" if tag == self._open else self._open

    def handle_data(self, text: str) -> None:
        if self._open:
            place = "data" if self._is_data else self._open
            self.inside[place] = self.inside.get(place, "") + text

    def values(self, which: set[tuple[str, str]]) -> list[str]:
        return [
            attributes[name]
            for tag, attributes in self.tags
            for wanted, name in which
            if tag == wanted and name in attributes
        ]


def read(text: str) -> Seen:
    seen = Seen()
    seen.feed(text)
    seen.close()
    return seen


def is_foreign(address: str) -> bool:
    """Whether a browser would ask another site for it."""
    parts = urlsplit(address.strip())
    return bool(parts.netloc and parts.netloc != "testserver") or (
        parts.scheme not in {"", "http", "https"}
    )


def foreign_loads(text: str) -> list[str]:
    """Everything that a page would fetch from elsewhere, without anybody pressing anything."""
    seen = read(text)
    named = [one for one in seen.tags if one[1].get("rel") == "canonical"]  # never fetched
    seen.tags = [one for one in seen.tags if one not in named]
    found = [value for value in seen.values(LOADS) if is_foreign(value)]
    found += [
        attributes["content"]
        for tag, attributes in seen.tags
        if tag == "meta" and attributes.get("http-equiv", "").lower() == "refresh"
    ]
    return found + [url for url in re.findall(r"url\(\s*['\"]?([^'\")]+)", text) if is_foreign(url)]


@dataclass(frozen=True)
class Page:
    address: str
    text: str
    content_type: str
    disposition: str

    @property
    def is_html(self) -> bool:
        return self.content_type.startswith("text/html")


def crawl(client: Client, starts: Iterable[str], *, most: int = 400) -> list[Page]:
    """Every page of ours that can be reached by links from these. Presses no buttons.

    Of what is chosen on a page, in the query of its address, one choice at a time.
    """
    waiting, known, pages = deque(starts), set(starts), []
    while waiting:
        address = waiting.popleft()
        response = client.get(address)
        if response.status_code in {301, 302}:
            leads = [response.headers["Location"]]
            text = ""
        else:
            text = response.getvalue().decode(errors="replace")
            page = Page(
                address,
                text,
                response.headers.get("Content-Type", ""),
                response.headers.get("Content-Disposition", ""),
            )
            pages.append(page)
            leads = read(text).values(LEADS | {("img", "src")}) if page.is_html else []
        for lead in leads:
            parts = urlsplit(urljoin(address, lead))
            target = parts.path + (f"?{parts.query}" if parts.query else "")
            is_ours = parts.netloc in {"", "testserver"} and parts.scheme in {"", "http"}
            here = urlsplit(address)
            if parts.query and here.query and parts.path == here.path:
                continue
            if is_ours and target not in known and not target.startswith("/static/"):
                known.add(target)
                waiting.append(target)
        assert len(known) < most, "the crawl does not end"
    return pages
