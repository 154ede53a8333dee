"""The control for what the tests look up in a PDF: each gap is noticed."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import BooleanObject, NameObject, TextStringObject

from certificates.sheets import certificate_pdf
from tests.factories.certificates import make_certificate
from tests.printing.documents import parts, pdf_ua_gaps

SAID = {"language": "nl", "title": "Certificaat Klein pakket"}
Breakage = Callable[[PdfWriter], Any]


def without(key: str, holder: str = "") -> Breakage:
    def broken(writer: PdfWriter) -> None:
        found = writer.root_object[holder] if holder else writer.root_object
        del found.get_object()[key]

    return broken


def of_each_annotation(change: Callable[[Any], None]) -> Breakage:
    def broken(writer: PdfWriter) -> None:
        for one in writer.pages[0]["/Annots"]:
            change(one.get_object())

    return broken


def no_longer_marked(writer: PdfWriter) -> None:
    writer.root_object["/MarkInfo"][NameObject("/Marked")] = BooleanObject(False)


def in_another_language(writer: PdfWriter) -> None:
    writer.root_object[NameObject("/Lang")] = TextStringObject("fr")


def picture_without_words(writer: PdfWriter) -> None:
    for one in writer._objects:
        if isinstance(one, dict) and one.get("/S") == "/Figure":
            del one["/Alt"]


def letters_left_out(writer: PdfWriter) -> None:
    for one in writer._objects:
        if isinstance(one, dict):
            one.pop(NameObject("/FontFile2"), None)


@pytest.mark.django_db
def test_each_gap_is_noticed() -> None:
    made = certificate_pdf(make_certificate())
    assert pdf_ua_gaps(made, **SAID) == set()
    assert pdf_ua_gaps(made, language="nl", title="Iets anders") == {"7.1 a title in the metadata"}
    breakages: dict[Breakage, set[str]] = {
        no_longer_marked: {"7.1 marked as tagged"},
        without("/MarkInfo"): {"7.1 marked as tagged"},
        without("/StructTreeRoot"): {"7.1 a tree of tags"},
        without("/DisplayDocTitle", "/ViewerPreferences"): {"7.1 the title in the window"},
        without("/Lang"): {"7.2 a language"},
        in_another_language: {"7.2 a language"},
        without("/Metadata"): {"5 says that it is PDF/UA-1", "7.1 a title in the metadata"},
        picture_without_words: {"7.3 pictures in words"},
        lambda writer: writer.pages[0].pop("/Tabs"): {"7.18.3 Tab goes as one reads"},
        of_each_annotation(lambda one: one.pop("/Contents")): {"7.18.5 links in words"},
        letters_left_out: {"7.21 letters go along"},
    }
    for break_it, gaps in breakages.items():
        writer = PdfWriter(clone_from=PdfReader(BytesIO(made)))
        break_it(writer)
        changed = BytesIO()
        writer.write(changed)
        assert pdf_ua_gaps(changed.getvalue(), **SAID) == gaps
    assert len(list(parts(made))) > 20
