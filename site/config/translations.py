"""Translations without the gettext tools: found, compared and compiled in Python.

The source language is Dutch: a text in the code is the Dutch one, and only other
languages have a file, ``site/locale/<language>/LC_MESSAGES/django.po``. Plain Python and
Django's own template parser, so that a fresh machine needs nothing installed.
"""

from __future__ import annotations

import ast
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import polib

# Name of the function → which of its arguments is what.
KEYWORDS = {
    "_": ("msgid",),
    "gettext": ("msgid",),
    "gettext_lazy": ("msgid",),
    "gettext_noop": ("msgid",),
    "ngettext": ("msgid", "plural"),
    "ngettext_lazy": ("msgid", "plural"),
    "pgettext": ("context", "msgid"),
    "pgettext_lazy": ("context", "msgid"),
    "npgettext": ("context", "msgid", "plural"),
    "npgettext_lazy": ("context", "msgid", "plural"),
}
STRING = r"""(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
CALL = re.compile(
    rf"(?<![\w.])({'|'.join(KEYWORDS)})\(\s*u?({STRING}(?:\s*,\s*u?{STRING})*)", re.DOTALL
)
ONE_STRING = re.compile(STRING, re.DOTALL)
NPLURALS = re.compile(r"nplurals\s*=\s*(\d+)")
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|\{(\w*)\}")


@dataclass(frozen=True, order=True)
class Text:
    """One text that a reader sees, as the catalogue knows it."""

    msgid: str
    context: str | None = None
    plural: str | None = None

    @property
    def key(self) -> tuple[str | None, str]:
        return self.context, self.msgid


@dataclass
class Faults:
    """What is wrong with one catalogue."""

    missing: list[Text] = field(default_factory=list)
    obsolete: list[str] = field(default_factory=list)
    fuzzy: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)  # other placeholders than the source

    def __bool__(self) -> bool:
        return bool(self.missing or self.obsolete or self.fuzzy or self.broken)


def _text(name: str, strings: list[str]) -> Text | None:
    roles = KEYWORDS[name]
    if len(strings) < len(roles):
        return None
    return Text(**dict(zip(roles, strings, strict=False)))


def texts_in_python(source: str) -> Iterator[Text]:
    """Every literal text that a gettext function gets."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", None) or getattr(node.func, "attr", None)
        if name in KEYWORDS:
            strings = [
                argument.value
                for argument in node.args
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
            ]
            text = _text(name, strings)
            if text is not None:
                yield text


def texts_in_template(source: str, origin: str) -> Iterator[Text]:
    """Every text in ``translate``, ``blocktranslate`` and ``_()``.

    ``templatize`` is what Django's makemessages uses: it leaves calls that look like
    Python among a lot of X's.
    """
    from django.utils.translation.template import templatize

    for name, strings in CALL.findall(templatize(source, origin=origin)):
        text = _text(name, [ast.literal_eval(string) for string in ONE_STRING.findall(strings)])
        if text is not None:
            yield text


def texts_in(roots: list[Path]) -> dict[Text, list[str]]:
    """All texts of these folders, each with the files it occurs in."""
    found: dict[Text, list[str]] = {}
    for root in roots:
        for path in sorted(root.rglob("*")):
            if "migrations" in path.parts or path.suffix not in {".py", ".html", ".txt"}:
                continue
            source = path.read_text(encoding="utf-8")
            if path.suffix == ".py":
                texts = texts_in_python(source)
            elif "templates" in path.parts:
                texts = texts_in_template(source, str(path))
            else:
                continue
            for text in texts:
                files = found.setdefault(text, [])
                if str(path) not in files:
                    files.append(str(path))
    return found


def plural_count(catalogue: polib.POFile) -> int:
    """How many forms a counted text has in this language: 2 in English, 6 in Arabic."""
    found = NPLURALS.search(catalogue.metadata.get("Plural-Forms", ""))
    return int(found.group(1)) if found else 2


def placeholders(text: str) -> set[str]:
    return {match.group(0) for match in PLACEHOLDER.finditer(text)}


def compare(texts: dict[Text, list[str]], catalogue: polib.POFile) -> Faults:
    """What this catalogue lacks, has too many of, or has wrong."""
    faults = Faults()
    entries = {(entry.msgctxt, entry.msgid): entry for entry in catalogue if not entry.obsolete}
    wanted = {text.key: text for text in texts}
    for key, text in sorted(wanted.items(), key=lambda pair: pair[1].msgid):
        entry = entries.get(key)
        has_all_forms = entry is not None and (
            not text.plural or len(entry.msgstr_plural) == plural_count(catalogue)
        )
        if entry is None or not entry.translated() or not has_all_forms:
            if entry is not None and entry.fuzzy:
                faults.fuzzy.append(text.msgid)
            else:
                faults.missing.append(text)
            continue
        translations = list(entry.msgstr_plural.values()) or [entry.msgstr]
        allowed = placeholders(text.msgid) | placeholders(text.plural or "")
        if any(not placeholders(translation) <= allowed for translation in translations):
            faults.broken.append(text.msgid)
    faults.obsolete = sorted(
        msgid for key, msgid in ((k, k[1]) for k in entries) if key not in wanted
    )
    return faults


def update(texts: dict[Text, list[str]], catalogue: polib.POFile, root: Path) -> None:
    """New texts in, unused ones out, the rest untouched; sorted, so that merges are calm."""
    entries = {(entry.msgctxt, entry.msgid): entry for entry in catalogue if not entry.obsolete}
    catalogue.clear()
    kept: dict[tuple[str | None, str], polib.POEntry] = {}
    for text, files in texts.items():
        entry = kept.get(text.key) or entries.get(text.key)
        if entry is None:
            entry = polib.POEntry(msgid=text.msgid, msgctxt=text.context)
        if text.plural and not entry.msgid_plural:
            entry.msgid_plural = text.plural
            forms = dict.fromkeys(range(plural_count(catalogue)), "")
            entry.msgstr, entry.msgstr_plural = "", forms | {0: entry.msgstr}
        # File names without line numbers: else every edit elsewhere changes this file.
        names = {str(Path(name).relative_to(root)) for name in files}
        names |= {name for name, _line in entry.occurrences} if text.key in kept else set()
        entry.occurrences = [(name, "") for name in sorted(names)]
        kept[text.key] = entry
    catalogue.extend(sorted(kept.values(), key=lambda entry: (entry.msgid, entry.msgctxt or "")))


def compile_translations(locale: Path) -> list[Path]:
    """Makes each ``.mo`` that is older than its ``.po``; returns what was made."""
    made = []
    for source in sorted(locale.glob("*/LC_MESSAGES/*.po")):
        compiled = source.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime:
            # Another process may read it, or make it too.
            unfinished = compiled.with_suffix(f".{os.getpid()}")
            polib.pofile(str(source)).save_as_mofile(str(unfinished))
            unfinished.replace(compiled)
            made.append(compiled)
    return made
