"""S-52, S-70: a document is what its name says, holds nothing that runs, and is a download."""

from __future__ import annotations

from io import BytesIO
from urllib.parse import quote
from zipfile import ZipFile, ZipInfo

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from media.documents import MOST_BYTES, UnusableDocumentError, check_document
from media.models import CustomDocument

PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\n%%EOF"
HTML = b"<!doctype html><script>x</script>"


def packed(*names: str, **contents: str) -> bytes:
    """The same bytes every time, so that each process collects the same tests."""
    made = BytesIO()
    with ZipFile(made, "w") as archive:
        for name, content in {**dict.fromkeys(names, "x"), **contents}.items():
            archive.writestr(ZipInfo(name), content)
    return made.getvalue()


WORD = packed("[Content_Types].xml", "word/document.xml")
ODT = packed("content.xml", mimetype="application/vnd.oasis.opendocument.text")


@pytest.mark.parametrize(
    ("extension", "content"),
    [
        ("pdf", PDF),
        ("docx", WORD),
        ("odt", ODT),
        ("txt", "Één regel.\r\n".encode()),
        ("csv", b"a;b\n1;2\n"),
    ],
)
def test_a_document_is_taken(extension: str, content: bytes) -> None:
    file = BytesIO(content)
    check_document(file, extension)
    assert file.tell() == 0


@pytest.mark.parametrize(
    ("extension", "content", "code"),
    [
        ("pdf", b"", "empty"),
        ("pdf", b"%PDF-" + b" " * MOST_BYTES, "too_large"),
        ("pdf", HTML, "unknown"),
        ("pdf", HTML + PDF, "unknown"),  # both at once: what a browser makes of it differs
        ("docx", PDF, "unknown"),
        ("docx", packed("[Content_Types].xml", "xl/workbook.xml"), "unknown"),
        ("docx", packed("word/document.xml"), "unknown"),
        ("docx", WORD[:40], "unknown"),
        ("docx", packed("[Content_Types].xml", *(f"word/{n}" for n in range(5001))), "unknown"),
        ("odt", packed("content.xml"), "unknown"),
        ("odt", packed(mimetype="application/vnd.oasis.opendocument.spreadsheet"), "unknown"),
        ("docx", packed("[Content_Types].xml", "word/vbaProject.bin"), "macros"),
        ("odt", packed("Basic/Standard/Module1.xml"), "macros"),
        ("txt", b"MZ\x00\x01", "unknown"),
        ("txt", b"\xff\xfe", "unknown"),
        ("html", HTML, "unknown"),
        ("exe", b"MZ", "unknown"),
    ],
)
def test_what_is_something_else_is_refused(extension: str, content: bytes, code: str) -> None:
    with pytest.raises(UnusableDocumentError) as error:
        check_document(BytesIO(content), extension)
    assert error.value.code == code


def upload(client: Client, name: str, content: bytes) -> object:
    file = SimpleUploadedFile(name, content, "application/octet-stream")
    data = {"title": "Brief", "file": file, "collection": "1", "language": "nl"}
    return client.post(reverse("wagtaildocs:add"), data)


@pytest.mark.django_db
def test_an_editor_uploads_a_document_that_everybody_downloads(
    client: Client, admin_client: Client
) -> None:
    assert upload(admin_client, "brief.pdf", PDF).status_code == 302
    served = client.get(f"/uploads/{CustomDocument.objects.get().file.name}")
    assert b"".join(served.streaming_content) == PDF
    assert served.headers["Content-Type"] == "application/octet-stream"
    assert served.headers["Content-Disposition"].startswith("attachment;")


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["wagtaildocs:index", "wagtaildocs_chooser:choose"])
def test_an_editor_finds_a_document_and_can_look_at_it(admin_client: Client, name: str) -> None:
    upload(admin_client, "brief.pdf", PDF)
    page = admin_client.get(reverse(name))
    assert page.status_code == 200
    assert f"/uploads/{CustomDocument.objects.get().file.name}" in page.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("brief.pdf", HTML, "past niet bij de naam"),
        ("brief.docx", packed("[Content_Types].xml", "word/vbaProject.bin"), "macro"),
        ("brief.pdf", b"", "leeg"),
        ("brief.html", HTML, "html"),
    ],
)
def test_an_editor_reads_what_is_wrong_with_a_document(
    admin_client: Client, name: str, content: bytes, told: str
) -> None:
    page = upload(admin_client, name, content)
    assert page.status_code == 200
    assert told in page.content.decode()
    assert not CustomDocument.objects.exists()


@pytest.mark.django_db
def test_many_documents_at_once_are_checked_as_well(admin_client: Client) -> None:
    file = SimpleUploadedFile("brief.pdf", HTML, "application/pdf")
    url = reverse("wagtaildocs:add_multiple")
    answer = admin_client.post(url, {"title": "Brief", "files[]": file, "collection": "1"})
    assert answer.json()["success"] is False
    assert not CustomDocument.objects.exists()


@pytest.mark.parametrize(
    "name", ["brief met 'aanhaling'.pdf", 'brief";filename="x.html.pdf', "brief\u202efdp.exe.pdf"]
)
def test_a_name_cannot_end_its_header_or_turn_itself_round(client: Client, name: str) -> None:
    """S-70."""
    stored = default_storage.save(f"documents/{name}", SimpleUploadedFile("x", PDF))
    served = client.get(f"/uploads/{quote(stored)}")
    assert b"".join(served.streaming_content) == PDF
    told = served.headers["Content-Disposition"]
    assert told.startswith("attachment; filename*=UTF-8''")
    assert told.isascii()
    assert not set('"; ') & set(told.removeprefix("attachment; "))


def test_a_name_with_a_new_line_is_no_address(client: Client) -> None:
    """S-70."""
    stored = default_storage.save("documents/x\r\nX-Evil: 1.pdf", SimpleUploadedFile("x", PDF))
    served = client.get(f"/uploads/{quote(stored)}")
    assert served.status_code == 404
    assert "X-Evil" not in served.headers
