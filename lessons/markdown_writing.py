"""From the HTML of a rich text field back to Markdown: the other way round of ``rich_text``.

Plain Python. What is written is read again before it is used, so that nothing can be lost: where
plain Markdown would say something else, its signs are escaped, and where that does not help
either the HTML itself stands in the file, which Markdown allows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser
from itertools import groupby

import nh3

from lessons.rich_text import FEATURE_TAGS, UnusableMarkdownError, to_html

Address = Callable[[str, str], str]  # of a link inside the site, by its kind and number
BLOCKS = frozenset({"p", "h2", "h3", "h4", "ul", "ol", "li"})
_SIGNS = re.compile(r"([\\`*_{}\[\]<>()#+\-.!&|~])")
_MARKS = {"b": "**", "i": "*"}
_SAME = {"strong": "b", "em": "i"}
_OTHER_BLOCKS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "div", "blockquote", "pre"})


class UnwritableTextError(ValueError):
    """This text has no Markdown that means the same."""


@dataclass
class _Element:
    tag: str
    href: str = ""
    children: list[_Element | str] = field(default_factory=list)


class _Reader(HTMLParser):
    """Makes a tree; what its field does not know is unwrapped, and its words stay."""

    def __init__(self, allowed: frozenset[str], address: Address) -> None:
        super().__init__(convert_charrefs=True)
        self.allowed = allowed
        self.address = address
        self.open = [_Element("")]

    def known(self, tag: str) -> str:
        """A heading where none may stand becomes a paragraph."""
        tag = _SAME.get(tag, tag)
        return "p" if tag in _OTHER_BLOCKS - self.allowed else tag

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        tag = self.known(tag)
        if tag not in self.allowed:
            return
        given = {name: value or "" for name, value in attrs}
        href = given.get("href", "")
        if "linktype" in given and "id" in given:
            href = self.address(given["linktype"], given["id"])
        element = _Element(tag, href)
        if tag == "a" and not href:  # to what is no longer there: the words stay
            return
        self.open[-1].children.append(element)
        if tag != "br":
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        tag = self.known(tag)
        for depth in range(len(self.open) - 1, 0, -1):
            if self.open[depth].tag == tag:
                del self.open[depth:]
                return

    def handle_data(self, data: str) -> None:
        if data.strip() or self.open[-1].tag not in ("", "ul", "ol"):
            self.open[-1].children.append(data.replace("\n", " "))


def clean(html: str, features: Iterable[str], address: Address = lambda _kind, _id: "") -> str:
    """The same text as ``to_html`` would have made it: without the keys of Wagtail's editor."""
    root, allowed = _tree(html, features, address)
    return nh3.clean(
        _html(root),
        tags=set(allowed),
        attributes={"a": {"href"}} if "a" in allowed else {},
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel=None,
    )


def to_markdown(
    html: str, features: Iterable[str], address: Address = lambda _kind, _id: ""
) -> str:
    """Markdown of which ``to_html`` makes the same text again; nothing for a text without words.

    Raises ``UnwritableTextError`` when there is none.
    """
    features = tuple(features)
    wanted = clean(html, features, address)
    root, _allowed = _tree(wanted, features, address)
    if not _words(root).strip():
        return ""
    plain, escaped = _blocks(root, str), _blocks(root, _escape)
    for text in (plain, escaped, _raw(root)):
        try:
            if to_html(text, features) == wanted:
                return text
        except UnusableMarkdownError:
            continue
    raise UnwritableTextError(wanted[:80])


def _tree(html: str, features: Iterable[str], address: Address) -> tuple[_Element, frozenset[str]]:
    allowed = frozenset({"p", "br"}.union(*(FEATURE_TAGS[feature] for feature in features)))
    reader = _Reader(allowed, address)
    reader.feed(html)
    reader.close()
    root = reader.open[0]
    root.children = list(_in_paragraphs(root.children))
    return root, allowed


def _in_paragraphs(children: Iterable[_Element | str]) -> Iterator[_Element | str]:
    """Words that stand in no block, as in texts from before the editor, get a paragraph."""
    for is_block, group in groupby(children, _is_block):
        some = list(group)
        yield from some if is_block else [_Element("p", children=some)]


def _is_block(one: _Element | str) -> bool:
    return isinstance(one, _Element) and one.tag in BLOCKS


def _words(element: _Element) -> str:
    return "".join(one if isinstance(one, str) else _words(one) for one in element.children)


def _html(element: _Element) -> str:
    inside = "".join(
        escape(one, quote=False) if isinstance(one, str) else _html(one) for one in element.children
    )
    if element.tag in ("", "br"):
        return "<br>" if element.tag else inside
    href = f' href="{escape(element.href)}"' if element.tag == "a" else ""
    return f"<{element.tag}{href}>{inside}</{element.tag}>"


def _raw(root: _Element) -> str:
    """The HTML, each block on its own so that Markdown leaves it alone."""
    parts = [escape(o, quote=False) if isinstance(o, str) else _html(o) for o in root.children]
    return "\n\n".join(parts)


def _escape(text: str) -> str:
    return _SIGNS.sub(r"\\\1", text).replace("\\&", "&amp;").replace("\\<", "&lt;")


def _blocks(element: _Element, write: Callable[[str], str], indent: str = "") -> str:
    parts: list[str] = []
    for child in element.children:
        if isinstance(child, str) or child.tag not in BLOCKS:
            parts.append(_inline([child], write))
        elif child.tag in ("ul", "ol"):
            parts.append(_list(child, write, indent))
        elif child.tag == "p":
            parts.append(_inline(child.children, write))
        else:
            parts.append("#" * int(child.tag[1]) + " " + _inline(child.children, write))
    return "\n\n".join(parts)


def _list(element: _Element, write: Callable[[str], str], indent: str) -> str:
    lines: list[str] = []
    for number, one in enumerate(element.children, start=1):
        mark = f"{number}. " if element.tag == "ol" else "- "
        children = [one] if isinstance(one, str) else one.children
        words = [o for o in children if isinstance(o, str) or o.tag not in ("ul", "ol")]
        lines.append(indent + mark + _inline(words, write))
        lines += [
            _list(inner, write, indent + "    ")
            for inner in children
            if isinstance(inner, _Element) and inner.tag in ("ul", "ol")
        ]
    return "\n".join(lines)


def _inline(children: Iterable[_Element | str], write: Callable[[str], str]) -> str:
    parts: list[str] = []
    for one in children:
        if isinstance(one, str):
            parts.append(write(one))
        elif one.tag == "br":
            parts.append("  \n")
        elif one.tag == "a":
            parts.append(f"[{_inline(one.children, write)}]({one.href})")
        else:
            mark = _MARKS.get(one.tag, "")
            parts.append(f"{mark}{_inline(one.children, write)}{mark}")
    return "".join(parts)
