"""Our own HTML as a tree that can be printed. Plain Python: nothing is fetched or looked up.

The tree is of dictionaries with a name in ``t``, as ``sheet.typ`` draws them. What a screen only
needs to be used (icons, buttons, players) is left out; what a pen needs comes instead: a circle
to fill in, a line to write on. Texts stay strings from the editor to the paper.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from bs4 import BeautifulSoup, Comment
from bs4.element import NavigableString, Tag

Node = dict[str, Any]

SKIPPED = frozenset(
    [
        *["svg", "script", "style", "template", "nav", "button", "input", "select"],
        *["textarea", "video", "audio", "iframe", "object"],
    ]
)
SKIPPED_CLASSES = frozenset({"no-print", "visually-hidden", "comparison__name"})
INLINE = frozenset(
    [
        *["a", "abbr", "b", "bdi", "br", "cite", "code", "dfn", "em", "i", "mark", "q"],
        *["s", "small", "span", "strong", "sub", "sup", "time", "u"],
    ]
)
FRAMED = frozenset(
    [
        *["case-card", "chain-card", "chat-story", "discussion", "local-slot", "moments"],
        *["paper__document", "paper__scene", "picture-story", "quiz-card", "quote"],
        *["download-card", "reflection", "step-list", "step-question", "word-card", "work-form"],
    ]
)
FRAMES = {"teacher-note": "note", **dict.fromkeys(FRAMED, "frame")}
CARDS = frozenset({"signal-card", "flip-card", "helpline-card"})
SMALL = frozenset(
    [
        *["source-line", "signal-card__source", "case-card__label", "discussion__time"],
        *["paper__hint", "paper__note", "chat-story__label", "work-form__label"],
        *["work-form__time", "reflection__privacy", "quiz-card__meta", "text-small"],
        *["local-slot__from", "text-soft", "picture-story__credit", "download-card__credit"],
    ]
)
IN_ONE_LINE = frozenset({"helpline-card__channels", "tag-list"})
MARKS = {"paper__circle": "circle", "paper__box": "box", "paper__blank": "blank"}
PAGE_WIDTH_MM, PICTURE_HEIGHT_MM, BESIDE_MM = 170, 50, 55


@dataclass(frozen=True)
class Picture:
    """A file of the document and its size on paper follows from its pixels."""

    file: str
    width: int
    height: int


@dataclass
class Reader:
    """Reads pieces of one document, in order."""

    language: str
    picture: Callable[[str, int, int], Picture | None]  # None: its text is printed instead
    room: dict[str, int] = field(default_factory=dict)  # class of a block → lines to write on
    left_out: frozenset[str] = frozenset()  # classes that this document does not print
    level: int = 1  # of the last heading: none may skip one

    def read(self, html: str) -> list[Node]:
        return self._blocks(BeautifulSoup(html, "html.parser").children, self.language)

    def heading(self, level: int, text: str) -> Node:
        self.level = level = min(level, self.level + 1)
        return {"t": "heading", "level": level, "c": [string(text)]}

    # Blocks

    def _blocks(self, children: Iterable[Any], language: str) -> list[Node]:
        nodes: list[Node] = []
        run: list[Node] = []

        def end_run() -> None:
            if content := tidy(run):
                nodes.append({"t": "p", "c": content})
            run.clear()

        for child in children:
            if is_inline(child):
                run += self._inline(child, language)
            elif isinstance(child, Tag) and not self._is_skipped(child):
                end_run()
                for node in self._block(child, spoken(child, language)):
                    if node["t"] == "cards" and nodes and nodes[-1]["t"] == "cards":
                        nodes[-1]["items"] += node["items"]
                    else:
                        nodes.append(node)
        end_run()
        return nodes

    def _block(self, tag: Tag, language: str) -> Iterator[Node]:
        names = classes(tag)
        if "paper__question" in names:
            yield self._question(tag, language)
        elif "paper__section" in names:
            yield self.heading(2, tag.get_text(" ", strip=True))
        elif "paper__line" in names:
            yield {"t": "lines", "count": 1}
        elif "point-at__picture" in names:
            yield from self._regions(tag)
        elif names & CARDS:
            yield {"t": "cards", "items": [self._inside(tag, language)]}
        elif tag.name in ("ul", "ol"):
            yield from self._list(tag, language)
        elif tag.name == "dl":
            yield self._terms(tag, language)
        elif tag.name == "table":
            yield from self._table(tag, language)
        elif tag.name == "img":
            yield from self._image(tag)
        elif re.fullmatch("h[1-6]", tag.name):
            self.level = level = min(int(tag.name[1]), self.level + 1)
            yield {"t": "heading", "level": level, "c": self._words(tag, language)}
        elif tag.name == "p":
            yield from self._paragraph(tag, language)
        elif tag.name == "summary":
            yield {"t": "p", "c": [{"t": "strong", "c": self._words(tag, language)}]}
        else:
            yield from self._boxed(tag, language)

    def _boxed(self, tag: Tag, language: str) -> Iterator[Node]:
        inside = self._inside(tag, language)
        kind = next((FRAMES[name] for name in classes(tag) if name in FRAMES), "")
        if not inside:
            return
        if "case-card" in classes(tag):
            inside = beside_its_picture(inside)
        if tag.name == "figcaption":
            inside = [{**node, "t": "small"} if node["t"] == "p" else node for node in inside]
        if kind:
            whole = len(tag.get_text()) < 1500  # longer may go over two pages
            yield {"t": "box", "kind": kind, "whole": whole, "c": inside}
        else:
            yield from inside

    def _inside(self, tag: Tag, language: str) -> list[Node]:
        nodes = self._blocks(tag.children, language)
        if lines := max((self.room.get(name, 0) for name in classes(tag)), default=0):
            nodes.append({"t": "lines", "count": lines})
        return nodes

    def _paragraph(self, tag: Tag, language: str) -> Iterator[Node]:
        words = self._words(tag, language)
        names = classes(tag)
        shape = next((MARKS[name] for name in names if name in MARKS), "")
        if not words:
            return
        if shape:
            yield {"t": "ticks", "shape": shape, "items": [[{"t": "p", "c": words}]]}
        elif names & SMALL:
            yield {"t": "small", "c": words}
        elif "paper__prompt" in names:
            yield {"t": "p", "c": [{"t": "strong", "c": words}]}
        else:
            yield {"t": "p", "c": words}

    def _question(self, tag: Tag, language: str) -> Node:
        number = tag.find(class_="paper__number")
        body = tag.find(class_="paper__body")
        prompt = body.find(class_="paper__prompt") if isinstance(body, Tag) else None
        if isinstance(prompt, Tag) and prompt.name != "p":
            paragraphs = prompt.find_all("p")
            prompt.name = "div" if paragraphs else "p"
            for paragraph in paragraphs:
                paragraph["class"] = "paper__prompt"
        return {
            "t": "question",
            "number": number.get_text(strip=True) if number else "",
            "whole": len(tag.get_text()) < 1500,
            "c": self._blocks(body.children, language) if isinstance(body, Tag) else [],
        }

    def _list(self, tag: Tag, language: str) -> Iterator[Node]:
        found = [each for each in tag.find_all("li", recursive=False) if not self._is_skipped(each)]
        if "paper__questions" in classes(tag):
            for each in found:
                yield from self._block(each, spoken(each, language))
            return
        shapes = {MARKS[name] for each in found for name in classes(each) if name in MARKS}
        items = [self._inside(each, spoken(each, language)) for each in found]
        items = [item for item in items if item]
        if not items:
            return
        if classes(tag) & IN_ONE_LINE:
            yield {"t": "small", "c": in_one_line(items)}
        elif len(shapes) == 1:
            yield {"t": "ticks", "shape": shapes.pop(), "items": items}
        elif all(node["t"] == "cards" for item in items for node in item):
            yield {"t": "cards", "items": [card for item in items for card in item[0]["items"]]}
        elif lines := self._room_for_answers(tag):
            for item in items:
                yield from [*item, {"t": "lines", "count": lines}]
        elif tag.get("role") == "list":
            for item in items:
                yield from item
        elif tag.name == "ul":
            yield {"t": "list", "items": items}
        else:
            numbering = "A." if tag.get("type") == "A" else "1."
            first = whole_number(tag.get("start")) or 1
            yield {"t": "steps", "numbering": numbering, "start": first, "items": items}

    def _room_for_answers(self, tag: Tag) -> int:
        return max((self.room.get(f"{name} >", 0) for name in classes(tag)), default=0)

    def _terms(self, tag: Tag, language: str) -> Node:
        pairs = []
        for term in tag.find_all("dt"):
            meaning = term.find_next_sibling("dd")
            if isinstance(meaning, Tag):
                words = self._words(term, spoken(term, language))
                pairs.append([words, self._inside(meaning, spoken(meaning, language))])
        return {"t": "terms", "pairs": pairs}

    def _table(self, tag: Tag, language: str) -> Iterator[Node]:
        if caption := tag.find("caption"):
            yield self.heading(3, caption.get_text(" ", strip=True))
        rows = [
            [self._words(cell, spoken(cell, language)) for cell in row.find_all(["th", "td"])]
            for row in tag.find_all("tr")
        ]
        if rows:
            yield table(rows[0], rows[1:])

    def _image(self, tag: Tag, regions: Iterable[Node] = ()) -> Iterator[Node]:
        alt = str(tag.get("alt", ""))
        width, height = (whole_number(tag.get(name)) for name in ("width", "height"))
        found = self.picture(str(tag.get("src", "")), width, height)
        if found is None:
            if alt:
                yield {"t": "small", "c": [string(alt)]}
            return
        shape = found.width / found.height if found.width and found.height else 1.5
        most = 1.6 if regions else 1  # what is pointed at must be seen
        wide = min(PAGE_WIDTH_MM * 0.85, PICTURE_HEIGHT_MM * most * shape)
        size = {"width": round(wide, 1), "height": round(wide / shape, 1)}
        yield {"t": "image", "file": found.file, "alt": alt, "regions": [*regions], **size}

    def _regions(self, tag: Tag) -> Iterator[Node]:
        """A picture with numbered places, which the list below it names."""
        names = ("x", "y", "width", "height")
        regions = [
            {name: float(str(ground.get(name, "0")).rstrip("%")) for name in names}
            for ground in tag.find_all("rect", class_="point-at__ground")
        ]
        if image := tag.find("img"):
            yield from self._image(image, regions)

    # Words

    def _words(self, tag: Tag, language: str) -> list[Node]:
        return tidy([part for child in tag.children for part in self._inline(child, language)])

    def _inline(self, child: Any, language: str) -> list[Node]:
        if isinstance(child, Comment):
            return []
        if isinstance(child, NavigableString):
            part = string(re.sub(r"\s+", " ", str(child)))
            if language == self.language or not part["v"].strip():
                return [part]
            return [{"t": "lang", "lang": language, "c": [part]}]
        if not isinstance(child, Tag) or self._is_skipped(child):
            return []
        language = spoken(child, language)
        if child.name == "br":
            return [{"t": "break"}]
        names = classes(child)
        if "paper__line" in names:
            return [{"t": "blank", "size": str(child.get("data-size", "word"))}]
        inside = [part for one in child.children for part in self._inline(one, language)]
        if not any(part for part in inside if part.get("v", "x").strip()):
            return inside
        if "paper__phrase" in names:
            return [{"t": "phrase", "c": inside}]
        if shape := next((MARKS[name] for name in names if name in MARKS), ""):
            return [{"t": "mark", "shape": shape, "c": inside}]
        if "chat-story__sender" in names:
            return [{"t": "strong", "c": [*inside, string(":")]}]
        if "key__why" in names:
            return [string(" "), *tidy(inside)]
        if "paper__scale" in names:
            return [{"t": "break"}, *inside]
        if child.name in ("strong", "b"):
            return [{"t": "strong", "c": inside}]
        if child.name in ("em", "i", "cite"):
            return [{"t": "emph", "c": inside}]
        if child.name == "sup":
            return [{"t": "sup", "c": inside}]
        if child.name == "a":
            return linked(str(child.get("href", "")), inside)
        return inside

    def _is_skipped(self, tag: Tag) -> bool:
        names = classes(tag)
        return tag.name in SKIPPED or bool(names & SKIPPED_CLASSES or names & self.left_out)


def string(text: str) -> Node:
    return {"t": "text", "v": text}


def table(head: list[list[Node]], rows: list[list[list[Node]]], columns: Any = None) -> Node:
    """Rows as long as the head: what is missing is empty, so that no cell moves."""
    size = len(head)
    return {
        "t": "table",
        "columns": columns or [1] * size,
        "head": head,
        "rows": [[{"c": cell} for cell in (row + [[]] * size)[:size]] for row in rows],
    }


def whole_number(written: Any) -> int:
    return int(str(written)) if re.fullmatch(r"[0-9]{1,5}", str(written)) else 0


def classes(tag: Tag) -> set[str]:
    found: Any = tag.get("class") or []
    return set(found.split() if isinstance(found, str) else found)


def spoken(tag: Tag, language: str) -> str:
    return str(tag.get("lang") or language).split("-")[0]


def is_inline(child: Any) -> bool:
    if isinstance(child, Tag):
        return child.name in INLINE and not child.find(["ul", "ol", "div", "p", "img"])
    return True


def linked(address: str, inside: list[Node]) -> list[Node]:
    """The words, and for an address on the web what somebody with paper types."""
    inside = tidy(inside)
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https", "tel"):
        return inside
    if parts.scheme == "tel":
        return [{"t": "link", "to": address, "c": inside}]
    shown = (parts.netloc + parts.path).rstrip("/")
    link = {"t": "link", "to": address, "c": [string(shown)]}
    if "".join(part.get("v", "") for part in inside).strip().rstrip("/").endswith(shown):
        return [link]
    return [*inside, string(" ("), link, string(")")]


def beside_its_picture(nodes: list[Node]) -> list[Node]:
    """The story next to its picture instead of below it: half a sheet of paper less."""
    place = next((number for number, node in enumerate(nodes) if node["t"] == "image"), None)
    if place is None:
        return nodes
    rest = nodes[place + 1 :]
    size = next((n for n, node in enumerate(rest) if node["t"] not in ("p", "small")), len(rest))
    shrink = min(1, BESIDE_MM / nodes[place]["width"])
    image = {**nodes[place]}
    image |= {name: round(image[name] * shrink, 1) for name in ("width", "height")}
    return [*nodes[:place], {"t": "beside", "image": image, "c": rest[:size]}, *rest[size:]]


def in_one_line(items: list[list[Node]]) -> list[Node]:
    line: list[Node] = []
    for item in items:
        if line:
            line.append(string(" · "))
        for node in item:
            line += node.get("c", [])
    return line


def is_empty(part: Node) -> bool:
    return part["t"] == "break" or (part["t"] == "text" and not part["v"].strip())


def tidy(run: list[Node]) -> list[Node]:
    """Without space at the ends, and nothing at all when nothing is to be read."""
    run = list(run)
    while run and is_empty(run[0]):
        run.pop(0)
    while run and is_empty(run[-1]):
        run.pop()
    if run and run[0]["t"] == "text":
        run[0] = string(run[0]["v"].lstrip())
    if run and run[-1]["t"] == "text":
        run[-1] = string(run[-1]["v"].rstrip())
    return run
