"""Hostile text stays text, and whatever goes wrong costs a sheet of paper and not the site."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from lessons.models import LessonPage
from printing import pdf
from printing.pdf import Document, PrintError, kept_pdf, make_pdf
from printing.reading import Reader
from tests.printing.documents import opened, text_of

HOSTILE = [
    '#import "@preview/cetz:0.3.0": *',
    '#read("/etc/passwd")',
    '#image("/etc/hostname")',
    '#eval("1 + 1")',
    "$ x^2 $ *vet* _schuin_ `code` &lt;label&gt; @ref \\ // weg /* weg */",
    "]#pagebreak()[",
    "= Kop",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
]


def document(html: str = "", **fields: Any) -> Document:
    made = Document(kind="Werkblad", title="Titel", language="nl", address="https://a.example/")
    made.body = Reader("nl", made.picture).read(html)
    for name, value in fields.items():
        setattr(made, name, value)
    return made


def test_what_looks_like_markup_is_printed_as_it_was_written() -> None:
    """S-50, on paper: in a title, a heading, a paragraph and a list."""
    html = "".join(f"<h2>{one}</h2><p>{one}</p><ul><li>{one}</li></ul>" for one in HOSTILE)
    made = text_of(make_pdf(document(html, title=HOSTILE[0]))).replace(" ", "")
    for one in HOSTILE:
        shown = one.replace("&lt;", "<").replace("&gt;", ">")
        assert made.count(shown.replace(" ", "")) >= 3, one


@pytest.mark.parametrize(
    "address",
    [
        *["https://kwaad.example/a.png", "file:///etc/passwd", "/etc/passwd", "//b.example/a.svg"],
        *["/uploads/../base.py", "/uploads/../../pyproject.svg", "data:image/svg+xml,<svg/>", ""],
    ],
)
def test_no_picture_comes_from_elsewhere(address: str) -> None:
    made = document(f'<img src="{address}" alt="Een beschrijving">')
    assert made.files == {}
    assert made.body == [{"t": "small", "c": [{"t": "text", "v": "Een beschrijving"}]}]


@pytest.mark.parametrize(
    "template",
    [
        '#read("/etc/passwd")',
        '#read("../pyproject.toml")',
        '#image("/etc/hostname")',
        '#import "@preview/cetz:0.3.0": *',
        '#include "/etc/passwd"',
    ],
)
def test_the_typesetter_itself_reaches_no_file_and_no_network(
    template: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Even a template that asks: so a hole in ours would still lead nowhere."""
    monkeypatch.setattr(pdf, "template", lambda: f'#set document(title: "x")\n{template}')
    with pytest.raises(PrintError):
        make_pdf(document())


def test_scripts_links_and_buttons_stay_behind() -> None:
    text = text_of(
        make_pdf(
            document(
                '<script>een()</script><p><a href="javascript:twee()">Lees</a> '
                '<a href="https://help.example/pad/">Hulp</a></p>'
                '<button>Druk</button><p class="no-print">Alleen scherm</p>'
            )
        )
    )
    assert "Lees Hulp (help.example/pad)" in text
    for gone in ("een()", "twee()", "Druk", "Alleen scherm"):
        assert gone not in text


def test_a_heading_that_skips_a_level_is_mended() -> None:
    """PDF/UA refuses a skip, and an editor must not have to know that."""
    make_pdf(document("<h4>Diep</h4><h6>Dieper</h6><h2>Terug</h2>"))


def test_arabic_is_printed_from_right_to_left() -> None:
    made = Document(kind="ورقة عمل", title="ماذا ترى؟", language="ar", address="https://a.example/")
    made.body = Reader("ar", made.picture).read('<p>مرحبا <span lang="nl">Veilig Thuis</span></p>')
    content = make_pdf(made)
    assert "Veilig Thuis" in text_of(content)
    fonts = opened(content).pages[0]["/Resources"]["/Font"].values()
    assert any("ReadexPro" in font.get_object()["/BaseFont"] for font in fonts)


def test_it_is_made_once_and_then_read(settings: Any, tmp_path: Path) -> None:
    settings.PRINT_ROOT = tmp_path / "print"
    asked: list[str] = []

    def make() -> Document:
        asked.append("made")
        return document("<p>Een</p>")

    first = kept_pdf("stamp", make)
    assert kept_pdf("stamp", make) == first
    assert asked == ["made"]
    kept_pdf("another stamp", make)
    assert asked == ["made", "made"]
    assert len(list(settings.PRINT_ROOT.iterdir())) == 2  # nothing half written


def test_old_ones_make_room(settings: Any, tmp_path: Path, monkeypatch: Any) -> None:
    settings.PRINT_ROOT = tmp_path
    monkeypatch.setattr(pdf, "MOST_KEPT", 2)
    for stamp in "abcd":
        kept_pdf(stamp, document)
    assert len(list(tmp_path.iterdir())) == 2


def test_a_disk_that_refuses_costs_nobody_their_paper(settings: Any, tmp_path: Path) -> None:
    settings.PRINT_ROOT = tmp_path / "file"
    settings.PRINT_ROOT.write_text("in the way")
    assert kept_pdf("stamp", document).startswith(b"%PDF-")


@pytest.mark.parametrize("limit", ["MOST_BYTES_IN", "MOST_BYTES_OUT", "SECONDS"])
def test_there_is_a_limit(limit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, limit, 0.01 if limit == "SECONDS" else 10)
    with pytest.raises(PrintError):
        make_pdf(document("<p>Een</p>"))


def test_a_class_that_asks_gets_plain_words_when_it_fails(
    lesson: LessonPage,
    client: Client,
    monkeypatch: pytest.MonkeyPatch,
    settings: Any,
    tmp_path: Path,
) -> None:
    settings.PRINT_ROOT = tmp_path
    monkeypatch.setattr(pdf, "SECONDS", 0.01)
    page = client.get("/lessen/klein-pakket/les-een/werkblad.pdf")
    assert page.status_code == 503
    assert "De PDF is niet gelukt" in page.text
    assert "Probeer het opnieuw" in page.text
    assert 'href="/hulp/"' in page.text  # exit and help, as on every page
    assert list(tmp_path.iterdir()) == []


def test_the_renderer_gets_nothing_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: dict[str, Any] = {}
    real = subprocess.run

    def watched(command: list[str], **options: Any) -> Any:
        seen.update(options, command=command)
        return real(command, **options)

    monkeypatch.setenv("SECRET_KEY", "geheim")
    monkeypatch.setattr(subprocess, "run", watched)
    make_pdf(document("<p>Een</p>"))
    assert "SECRET_KEY" not in seen["env"]
    assert seen["command"][0] == sys.executable
    assert b"geheim" not in seen["input"]
    assert set(json.loads(seen["input"])) == {"template", "document", "files"}
