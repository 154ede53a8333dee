"""Translations are found, compared and compiled without the gettext tools."""

from __future__ import annotations

import os
from pathlib import Path

import polib
import pytest

from config.translations import (
    Text,
    compare,
    compile_translations,
    texts_in,
    texts_in_python,
    texts_in_template,
    update,
)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("_('Hoi')", Text("Hoi")),
        ("gettext_lazy('lange ' 'zin')", Text("lange zin")),
        ("translation.gettext('Met punt')", Text("Met punt")),
        (
            "ngettext('%(n)s klas', '%(n)s klassen', n)",
            Text("%(n)s klas", plural="%(n)s klassen"),
        ),
        ("pgettext('knop', 'Open')", Text("Open", context="knop")),
        (
            "npgettext('tijd', 'dag', 'dagen', n)",
            Text("dag", context="tijd", plural="dagen"),
        ),
    ],
)
def test_a_text_in_python_is_found(source: str, text: Text) -> None:
    assert list(texts_in_python(source)) == [text]


@pytest.mark.parametrize("source", ["_(name)", "print('Hoi')", "'Hoi'", "# _('Hoi')"])
def test_what_is_no_literal_text_is_not_found(source: str) -> None:
    assert list(texts_in_python(source)) == []


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ('{% translate "Hoi" %}', Text("Hoi")),
        ('<p title="{% translate \'Zie "dit"\' %}">', Text('Zie "dit"')),
        ('{% translate "Open" context "knop" %}', Text("Open", context="knop")),
        (
            "{% blocktranslate trimmed with a=b %}\n Hoi {{ a }}\n daar {% endblocktranslate %}",
            Text("Hoi %(a)s daar"),
        ),
        (
            "{% blocktranslate count n=m %}1 dag{% plural %}{{ n }} dagen{% endblocktranslate %}",
            Text("1 dag", plural="%(n)s dagen"),
        ),
        ('{% include "a.html" with title=_("Titel") %}', Text("Titel")),
        ('{{ name|default:_("iemand") }}', Text("iemand")),
    ],
)
def test_a_text_in_a_template_is_found(source: str, text: Text) -> None:
    assert list(texts_in_template("{% load i18n %}" + source, "t.html")) == [text]


def test_texts_are_found_in_files_with_where_they_are(tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "a.html").write_text('{% load i18n %}{% translate "Hoi" %}')
    (tmp_path / "views.py").write_text("_('Hoi')\n_('Dag')")
    (tmp_path / "migrations").mkdir()
    (tmp_path / "migrations" / "0001.py").write_text("_('Nooit')")
    found = texts_in([tmp_path])
    assert {text.msgid: len(files) for text, files in found.items()} == {"Hoi": 2, "Dag": 1}


def catalogue(*entries: polib.POEntry) -> polib.POFile:
    made = polib.POFile()
    made.extend(entries)
    return made


def test_what_is_missing_fuzzy_unused_or_broken_is_named() -> None:
    texts = {text: ["a.py"] for text in map(Text, ["Dag", "Hoi", "Klas", "Naam %(n)s", "Nieuw"])}
    faults = compare(
        texts,
        catalogue(
            polib.POEntry(msgid="Dag", msgstr="Day"),
            polib.POEntry(msgid="Hoi", msgstr="Hey", flags=["fuzzy"]),
            polib.POEntry(msgid="Klas", msgstr=""),
            polib.POEntry(msgid="Naam %(n)s", msgstr="Name %(name)s"),
            polib.POEntry(msgid="Weg", msgstr="Gone"),
        ),
    )
    assert [text.msgid for text in faults.missing] == ["Klas", "Nieuw"]
    assert (faults.fuzzy, faults.obsolete, faults.broken) == (["Hoi"], ["Weg"], ["Naam %(n)s"])
    assert faults


def test_a_complete_catalogue_has_no_faults() -> None:
    texts = {Text("dag", plural="dagen"): ["a.py"]}
    entry = polib.POEntry(msgid="dag", msgid_plural="dagen", msgstr_plural={0: "day", 1: "days"})
    assert not compare(texts, catalogue(entry))


def test_updating_keeps_translations_adds_new_texts_and_drops_unused_ones(tmp_path: Path) -> None:
    known = catalogue(
        polib.POEntry(msgid="Dag", msgstr="Day"), polib.POEntry(msgid="Weg", msgstr="Gone")
    )
    texts = {
        Text("Nieuw"): [str(tmp_path / "b.py")],
        Text("Dag"): [str(tmp_path / "a.py")],
        Text("uur", plural="uren"): [str(tmp_path / "a.py")],
    }
    update(texts, known, tmp_path)
    assert [(entry.msgid, entry.msgstr) for entry in known] == [
        ("Dag", "Day"),
        ("Nieuw", ""),
        ("uur", ""),
    ]
    assert known[0].occurrences == [("a.py", "")]
    assert known[2].msgid_plural == "uren"


def test_a_catalogue_is_compiled_once_and_again_when_it_changed(tmp_path: Path) -> None:
    folder = tmp_path / "en" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    source = folder / "django.po"
    catalogue(polib.POEntry(msgid="Dag", msgstr="Day")).save(str(source))
    assert compile_translations(tmp_path) == [folder / "django.mo"]
    assert compile_translations(tmp_path) == []
    assert polib.mofile(str(folder / "django.mo")).find("Dag").msgstr == "Day"
    later = source.stat().st_mtime + 10
    os.utime(source, (later, later))
    assert compile_translations(tmp_path) == [folder / "django.mo"]
