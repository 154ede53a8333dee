"""A certificate, and the diplomas of a class, on paper. Nothing of them stays on our disk.

They are sheets of their own (``certificate.typ``, ``diploma.typ``), set by the same typesetter as
the lessons.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import segno
from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from certificates.forms_of_exploitation import form_name
from certificates.models import Certificate
from certificates.numbers import shown
from printing.pdf import Document, private_pdf

HERE = Path(__file__).resolve().parent


@cache
def layout(name: str) -> str:
    return (HERE / f"{name}.typ").read_text(encoding="utf-8")


@dataclass
class Sheet(Document):
    """A document with a layout of its own. Its ``address`` is in the log when printing fails,
    so that is the site's; the one in the QR code is somebody's."""

    layout: str = ""
    qr_address: str = ""
    values: dict[str, Any] = field(default_factory=dict)

    def sent(self) -> dict[str, Any]:
        files = {}
        if self.qr_address:
            qr = BytesIO()
            segno.make(self.qr_address, error="m", micro=False).save(
                qr, kind="svg", scale=8, border=0, dark="#2a1532"
            )
            files["qr.svg"] = base64.b64encode(qr.getvalue()).decode()
        document = {"title": self.title, "language": self.language, **self.values}
        return {"template": layout(self.layout), "document": document, "files": files}


def day_format(day: date) -> str:
    return date_format(day, "j F Y")


def verify_address(certificate: Certificate) -> str:
    return settings.BASE_URL + reverse("certificates:verify", args=[certificate.public_id])


def certificate_pdf(certificate: Certificate) -> bytes:
    """In the language in which it was asked for. Raises ``PrintError``. No query."""
    with translation.override(certificate.language):
        return private_pdf(certificate_sheet(certificate))


def certificate_sheet(certificate: Certificate) -> Sheet:
    address = verify_address(certificate)
    values = {
        "name": certificate.holder_name,
        "path": certificate.title,
        "address": address,
        "shown_address": address.removeprefix("https://").removeprefix("http://"),
        "words": {
            "kind": _("Certificaat"),
            "intro": _("Dit certificaat is van"),
            "did": _("De houder deed alle lessen van dit leerpad en haalde de toets:"),
            "forms": _("Vormen van uitbuiting, en wanneer die aan bod kwamen"),
            "form": _("Vorm"),
            "day": _("Datum"),
            "check": _("Echt of niet? Kijk op deze pagina."),
            "qr": _("QR-code naar de pagina waar je dit certificaat nakijkt"),
            "number": _("Nummer"),
        },
        "facts": [
            [_("Uitgegeven op"), day_format(certificate.issued_on)],
            [_("Geldig tot en met"), day_format(certificate.valid_until)],
            [_("Versie van het leerpad"), certificate.version],
            [_("Uitgave van de toets"), str(certificate.check_edition)],
        ],
        "forms": [[form_name(name), day_format(day)] for name, day in certificate.dated_forms],
        "number": shown(certificate.public_id),
    }
    return Sheet(
        kind="certificate",
        title=_("Certificaat %(title)s") % {"title": certificate.title},
        language=certificate.language,
        address=settings.BASE_URL,
        layout="certificate",
        qr_address=address,
        values=values,
    )


def diplomas_pdf(*, path: str, language: str, classroom: str, nicknames: list[str]) -> bytes:
    """A page for each nickname. Raises ``PrintError``. No query."""
    with translation.override(language):
        return private_pdf(diplomas_sheet(path, language, classroom, nicknames))


def diplomas_sheet(path: str, language: str, classroom: str, nicknames: list[str]) -> Sheet:
    values = {
        "path": path,
        "classroom": classroom,
        "nicknames": nicknames,
        "words": {
            "kind": _("Diploma"),
            "intro": _("Goed gedaan,"),
            "did": _("Je deed alle lessen van"),
            "know": _("Je kijkt nu verder. En je weet: hulp vragen mag altijd."),
            "sign": _("Docent of begeleider"),
            "day": _("Datum"),
        },
    }
    return Sheet(
        kind="diploma",
        title=_("Diploma's %(title)s") % {"title": path},
        language=language,
        address=settings.BASE_URL,
        layout="diploma",
        values=values,
    )
