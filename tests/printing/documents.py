"""What a PDF says and how it was made, for the tests that read it back."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from pypdf import PdfReader
from pypdf.generic import BooleanObject

YES = BooleanObject(True)


def opened(content: bytes) -> PdfReader:
    return PdfReader(BytesIO(content))


def text_of(content: bytes) -> str:
    """On one line: where a sentence breaks on paper says nothing."""
    pages = opened(content).pages
    return " ".join(" ".join(page.extract_text().split()) for page in pages)


def parts(content: bytes) -> Iterator[dict[str, Any]]:
    """The tagged parts, in no order."""
    waiting: list[Any] = [opened(content).root_object.get("/StructTreeRoot", [])]
    while waiting:
        part = waiting.pop()
        part = part.get_object() if hasattr(part, "get_object") else part
        if isinstance(part, dict):
            if "/S" in part:
                yield part
            waiting.append(part.get("/K", []))
        elif isinstance(part, list):
            waiting += part


def roles(content: bytes) -> set[str]:
    """The names of the tags: what a screen reader calls the parts."""
    return {str(part["/S"]) for part in parts(content)}


def pdf_ua_gaps(content: bytes, *, language: str, title: str) -> set[str]:
    """What of PDF/UA-1 (ISO 14289-1) can be looked up in the file, and is not there.

    No validator: veraPDF is in no registry that the tests install from. See decision 0026.
    """
    reader = opened(content)
    root = reader.root_object
    titles = (reader.xmp_metadata.dc_title if reader.xmp_metadata else None) or {}
    raw = root["/Metadata"].get_data() if "/Metadata" in root else b""
    tree = root.get("/StructTreeRoot", {})
    kept = [
        ("5 says that it is PDF/UA-1", b"<pdfuaid:part>1</pdfuaid:part>" in raw),
        ("7.1 marked as tagged", root.get("/MarkInfo", {}).get("/Marked") == YES),
        ("7.1 a tree of tags", "/ParentTree" in tree and bool(list(parts(content)))),
        ("7.1 a title in the metadata", title in titles.values()),
        ("7.1 the title in the window",
         root.get("/ViewerPreferences", {}).get("/DisplayDocTitle") == YES),
        ("7.2 a language", root.get("/Lang") == language),
        ("7.16 open to software that reads aloud", not reader.is_encrypted),
    ]  # fmt: skip
    kept += [
        ("7.3 pictures in words", bool(part.get("/Alt") or part.get("/ActualText")))
        for part in parts(content)
        if part["/S"] == "/Figure"
    ]
    for page in reader.pages:
        links = [one.get_object() for one in page.get("/Annots", [])]
        kept += [("7.18.3 Tab goes as one reads", page.get("/Tabs") == "/S") for _one in links[:1]]
        kept += [("7.18.5 links in words", bool(link.get("/Contents"))) for link in links]
        fonts = page["/Resources"].get("/Font", {}).values()
        kept += [("7.21 letters go along", goes_along(font.get_object())) for font in fonts]
    return {rule for rule, is_kept in kept if not is_kept}


def goes_along(font: dict[str, Any]) -> bool:
    """Whether the file holds the font, and says which sign each of its shapes is."""
    held = [one.get_object() for one in font.get("/DescendantFonts", [font])]
    described = [one.get("/FontDescriptor", {}).get_object() for one in held]
    return "/ToUnicode" in font and all(
        {"/FontFile", "/FontFile2", "/FontFile3"} & one.keys() for one in described
    )


def alternatives(content: bytes) -> list[str]:
    """The texts for who does not see the pictures."""
    reader = opened(content)
    objects = (reader.get_object(number) for number in range(1, len(reader.xref_objStm) + 500))
    return [str(one["/Alt"]) for one in objects if isinstance(one, dict) and "/Alt" in one]
