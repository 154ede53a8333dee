"""Which SVG pictures are safe to show. Plain Python.

A picture that an editor uploads is shown to young people and may also be opened by
itself. So it may draw and nothing else: an allow-list of elements, no events, nothing
from elsewhere, no entities. The view that serves it forbids scripts once more (S-52).
"""

from __future__ import annotations

import re
from xml.parsers import expat

MAX_BYTES = 1_000_000
NAMESPACE = "http://www.w3.org/2000/svg"
DRAWING = {"path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "use", "marker"}
STRUCTURE = {"svg", "g", "defs", "symbol", "title", "desc", "style", "text", "tspan"}
PAINT = {"linearGradient", "radialGradient", "stop", "pattern", "clipPath", "mask", "filter"}
EFFECTS = {"feBlend", "feColorMatrix", "feComposite", "feFlood", "feGaussianBlur", "feMerge"}
EFFECTS |= {"feMergeNode", "feOffset", "feDropShadow"}
ELEMENTS = frozenset(DRAWING | STRUCTURE | PAINT | EFFECTS)
_OUTSIDE = re.compile(r"url\(\s*['\"]?(?!#)|@import|expression\(|javascript:|-moz-binding", re.I)


class UnsafeSvgError(ValueError):
    """The picture does more than draw, or is no SVG. The message says what, and on which line."""


def check_svg(content: bytes) -> None:
    """Raises ``UnsafeSvgError`` for anything but a picture that only draws."""
    if len(content) > MAX_BYTES:
        raise UnsafeSvgError(f"larger than {MAX_BYTES // 1000} kB")
    parser = expat.ParserCreate(namespace_separator=" ")
    checker = _Checker(parser)
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        raise UnsafeSvgError(f"line {error.lineno}: not well-formed XML") from error
    if not checker.seen_elements:
        raise UnsafeSvgError("no <svg> in it")


class _Checker:
    def __init__(self, parser: expat.XMLParserType) -> None:
        self.parser = parser
        self.seen_elements = 0
        self.style_depth = 0
        parser.StartDoctypeDeclHandler = self.doctype
        parser.ProcessingInstructionHandler = self.instruction
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.text

    def refuse(self, what: str) -> None:
        raise UnsafeSvgError(f"line {self.parser.CurrentLineNumber}: {what}")

    def doctype(self, *_args: object) -> None:
        self.refuse("a DOCTYPE is not allowed")

    def instruction(self, target: str, _data: str) -> None:
        self.refuse(f"<?{target}?> is not allowed")

    def start(self, name: str, attributes: dict[str, str]) -> None:
        namespace, _, tag = name.rpartition(" ")
        if not self.seen_elements and tag != "svg":
            self.refuse("the first element is not <svg>")
        self.seen_elements += 1
        if namespace != NAMESPACE or tag not in ELEMENTS:
            self.refuse(f"<{tag}> is not allowed")
        for key, value in attributes.items():
            self.attribute(key.rpartition(" ")[2], value)
        self.style_depth += tag == "style"

    def end(self, name: str) -> None:
        self.style_depth -= name.endswith(" style")

    def attribute(self, key: str, value: str) -> None:
        if key.lower().startswith("on"):
            self.refuse(f"the event '{key}' is not allowed")
        if key == "href" and not value.strip().startswith("#"):
            self.refuse("a link to outside the picture is not allowed")
        if _OUTSIDE.search(value):
            self.refuse(f"'{key}' fetches something from outside the picture")

    def text(self, data: str) -> None:
        if self.style_depth and _OUTSIDE.search(data):
            self.refuse("<style> fetches something from outside the picture")
