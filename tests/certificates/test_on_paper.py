"""The certificate and the diplomas as PDF, read back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from certificates.numbers import shown
from certificates.sheets import certificate_pdf, diplomas_pdf
from tests.factories.certificates import make_certificate
from tests.printing.documents import alternatives, opened, pdf_ua_gaps, roles, text_of

pytestmark = pytest.mark.django_db


def test_the_certificate_says_all_on_one_page_that_a_screen_reader_can_read() -> None:
    certificate = make_certificate(name="Noor de Wit-El Amrani")
    made = certificate_pdf(certificate)
    assert not pdf_ua_gaps(made, language="nl", title="Certificaat Klein pakket")
    assert len(opened(made).pages) == 1
    assert {"/H1", "/H2", "/P", "/Table", "/TH", "/TD", "/Figure", "/Link"} <= roles(made)
    text = text_of(made)
    for words in ("Noor de Wit-El Amrani", "Klein pakket", "1.0.0", shown(certificate.public_id)):
        assert words in text
    assert "QR-code naar de pagina waar je dit certificaat nakijkt" in alternatives(made)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_it_is_in_the_language_in_which_it_was_asked_for(language: str) -> None:
    certificate = make_certificate()
    certificate.language = language
    forms = ("sexual", "criminal", "labour", "begging", "organs", "online")
    certificate.forms = [[form, "2026-11-27"] for form in forms]
    certificate.holder_name = "W" * 100
    certificate.title = "Een heel lange naam van een leerpad " * 4
    made = certificate_pdf(certificate)
    assert opened(made).root_object["/Lang"] == language
    assert len(opened(made).pages) == 1


def test_a_name_cannot_make_the_typesetter_do_something() -> None:
    made = certificate_pdf(make_certificate(name='#import "x" $a$ *b* <script>'))
    assert '#import "x" $a$ *b* <script>' in text_of(made)


def test_each_diploma_has_its_page_and_only_a_nickname() -> None:
    made = diplomas_pdf(
        path="Snel geld", language="nl", classroom="Klas 2b", nicknames=["Blauwe Uil", "Rode Vos"]
    )
    assert not pdf_ua_gaps(made, language="nl", title="Diploma's Snel geld")
    pages = opened(made).pages
    assert len(pages) == 2
    assert "Blauwe Uil" in pages[0].extract_text()
    assert "Rode Vos" in pages[1].extract_text()
    assert "Rode Vos" not in pages[0].extract_text()
    assert {"/H1", "/P"} <= roles(made)


def test_nothing_of_a_certificate_stays_on_disk(
    client: Client, tmp_path: Path, settings: Any
) -> None:
    settings.PRINT_ROOT = tmp_path
    certificate = make_certificate()
    client.force_login(certificate.user)
    response = client.get(reverse("certificates:pdf", args=[certificate.public_id]))
    assert response.content.startswith(b"%PDF-")
    assert response["Cache-Control"] == "no-store"
    assert "certificaat.pdf" in response["Content-Disposition"]
    assert list(tmp_path.iterdir()) == []


def test_when_printing_fails_the_log_tells_nobodys_number(
    client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    certificate = make_certificate()
    client.force_login(certificate.user)
    monkeypatch.setattr("printing.pdf.MOST_BYTES_IN", 1)
    response = client.get(reverse("certificates:pdf", args=[certificate.public_id]))
    assert response.status_code == 503
    told = caplog.text
    assert "no_pdf" in told
    assert certificate.public_id not in told
    assert certificate.holder_name not in told
