"""Writes down which template files the site asked for, so that a test can name the others."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from django.template import Template
from django.template.loaders.cached import Loader

RECORD = os.environ.get("TEMPLATES_SEEN", "")
seen: set[str] = set()


class RecordingLoader(Loader):
    """Django's own loader; each process notes each file once."""

    def get_template(self, template_name: str, skip: Iterable | None = None) -> Template:
        template = super().get_template(template_name, skip)
        name = template.origin.name
        if RECORD and name not in seen:
            seen.add(name)
            with Path(RECORD).open("a", encoding="utf-8") as record:
                record.write(f"{name}\n")
        return template
