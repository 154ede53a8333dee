"""From the Markdown of a package file to the HTML that a rich text field holds. Plain Python.

The HTML is what Wagtail's own editor would save (``<b>``, ``<i>``), so that opening and
saving a page changes nothing by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import markdown
import nh3

FEATURE_TAGS = {
    "h2": {"h2"},
    "h3": {"h3"},
    "h4": {"h4"},
    "bold": {"b"},
    "italic": {"i"},
    "ol": {"ol", "li"},
    "ul": {"ul", "li"},
    "link": {"a"},
}
_EDITOR_NAMES = (("strong>", "b>"), ("em>", "i>"))
_TAG = re.compile(r"<([a-z][a-z0-9-]*)", re.I)


class UnusableMarkdownError(ValueError):
    """The text uses something that its field cannot hold; the message names it."""


def to_html(text: str, features: Iterable[str]) -> str:
    """The HTML of a Markdown text, clean, with only what these features allow.

    Raises ``UnusableMarkdownError`` when cleaning would lose something: a heading where
    none may stand, a picture, raw HTML.
    """
    html = markdown.markdown(text.strip(), extensions=["sane_lists"], output_format="html")
    for ours, editors in _EDITOR_NAMES:
        html = html.replace(f"<{ours}", f"<{editors}").replace(f"</{ours}", f"</{editors}")
    allowed = {"p", "br"}.union(*(FEATURE_TAGS[feature] for feature in features))
    refused = sorted({tag.lower() for tag in _TAG.findall(html)} - allowed)
    if refused:
        names = ", ".join(f"<{tag}>" for tag in refused)
        raise UnusableMarkdownError(f"this text may not hold {names}")
    clean = nh3.clean(
        html,
        tags=allowed,
        attributes={"a": {"href"}} if "a" in allowed else {},
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel=None,
    )
    if clean.count("href=") != html.count("href="):
        raise UnusableMarkdownError("a link must start with https:, http:, mailto: or tel:")
    return clean.replace("\n", "")
