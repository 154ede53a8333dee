"""Loading the file: repeatable, in every language, and an editor's change is theirs."""

from __future__ import annotations

from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from wagtail.models import Locale

from signals.actions import load_signals
from signals.models import Signal
from signals.signal_file import SignalEntry, shipped_signals
from tests.signals.editing import edit_address, form_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def entries() -> list[SignalEntry]:
    return list(shipped_signals())[:2]


def later(entry: SignalEntry) -> SignalEntry:
    return entry.model_copy(update={"check_by": date(2027, 3, 1)})


def test_every_language_comes_in_as_a_translation(entries: list[SignalEntry]) -> None:
    loaded = load_signals(entries=entries)
    assert loaded.created == [
        "moe-en-vaak-weg",
        "en/moe-en-vaak-weg",
        "cijfers-ineens-anders",
        "en/cijfers-ineens-anders",
    ]
    both = Signal.objects.filter(slug="moe-en-vaak-weg", live=True)
    dutch, english = both.order_by("-locale__language_code")
    assert (dutch.title, english.title) == ("Moe en vaak weg", "Tired and often away")
    assert dutch.translation_key == english.translation_key
    assert english.source == dutch


def test_loading_twice_does_nothing_the_second_time(entries: list[SignalEntry]) -> None:
    load_signals(entries=entries)
    revisions = set(Signal.objects.values_list("latest_revision", flat=True))
    again = load_signals(entries=entries)
    assert (again.created, again.updated, len(again.unchanged)) == ([], [], 4)
    assert set(Signal.objects.values_list("latest_revision", flat=True)) == revisions


def test_a_change_in_the_file_comes_in(entries: list[SignalEntry]) -> None:
    load_signals(entries=entries)
    assert load_signals(entries=[later(entries[0])]).updated == [
        "moe-en-vaak-weg",
        "en/moe-en-vaak-weg",
    ]
    assert Signal.objects.filter(check_by=date(2027, 3, 1)).count() == 2


def test_what_an_editor_changed_stays(entries: list[SignalEntry], admin_client: Client) -> None:
    load_signals(entries=entries)
    signal = Signal.objects.get(slug="moe-en-vaak-weg", locale=Locale.get_default())
    response = admin_client.post(
        edit_address(signal), form_of(signal, title="Moe, en vaak niet op school")
    )
    assert response.status_code == 302, response.content.decode()
    changed = [later(entry) for entry in entries]
    loaded = load_signals(entries=changed)
    assert loaded.left_alone == ["moe-en-vaak-weg"]
    signal.refresh_from_db()
    assert signal.title == "Moe, en vaak niet op school"
    assert load_signals(entries=changed, overwrite=True).updated == ["moe-en-vaak-weg"]


def test_a_signal_that_is_not_in_the_file_stays(entries: list[SignalEntry]) -> None:
    load_signals(entries=entries)
    load_signals(entries=entries[:1])
    assert Signal.objects.filter(slug="cijfers-ineens-anders").count() == 2


def test_the_command_says_what_it_did() -> None:
    output = StringIO()
    call_command("load_signals", stdout=output)
    count = 2 * len(shipped_signals())
    assert f"signals: {count} new, 0 changed, 0 the same, 0 left alone" in output.getvalue()


def test_a_wrong_file_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "signals.yaml"
    path.write_text("signals: [{slug: Fout}]", encoding="utf-8")
    with pytest.raises(CommandError, match="signal 'Fout'"):
        call_command("load_signals", str(path))
    assert not Signal.objects.exists()
