"""Loading the file: repeatable, and an editor's change is theirs."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from accounts.models import User
from helplines.actions import load_helplines
from helplines.helpline_file import HelplineEntry, shipped_helplines
from helplines.models import Helpline

pytestmark = pytest.mark.django_db


@pytest.fixture
def entries() -> list[HelplineEntry]:
    return list(shipped_helplines())[:3]


def edited(client: Client, slug: str, **changes: str) -> None:
    """Changes a helpline in the admin, as an editor does."""
    helpline = Helpline.objects.get(slug=slug)
    form = {
        "name": helpline.name,
        "slug": helpline.slug,
        "what": helpline.what,
        "for_whom": helpline.for_whom,
        "phone": helpline.phone,
        "phone_link": helpline.phone_link,
        "url": helpline.url,
        "chat_url": helpline.chat_url,
        "hours": helpline.hours,
        "languages": '["nl"]',
        "position": str(helpline.position),
        "source_title": helpline.source_title,
        "source_url": helpline.source_url,
        "checked_on": helpline.checked_on.isoformat(),
        "check_by": helpline.check_by.isoformat(),
        "owner": helpline.owner,
        "note_for_editor": helpline.note_for_editor,
        **changes,
    }
    response = client.post(f"/beheer/snippets/helplines/helpline/edit/{helpline.pk}/", form)
    assert response.status_code == 302, response.content.decode()


def test_loading_twice_does_nothing_the_second_time(entries: list[HelplineEntry]) -> None:
    first = load_helplines(entries=entries)
    again = load_helplines(entries=entries)
    assert len(first.created) == 3
    assert (again.created, again.updated, len(again.unchanged)) == ([], [], 3)
    assert Helpline.objects.count() == 3


def test_a_change_in_the_file_comes_in(entries: list[HelplineEntry]) -> None:
    load_helplines(entries=entries)
    changed = [entries[0].model_copy(update={"hours": "altijd"}), *entries[1:]]
    assert load_helplines(entries=changed).updated == [entries[0].slug]
    assert Helpline.objects.get(slug=entries[0].slug).hours == "altijd"


def test_what_an_editor_changed_is_left_alone_unless_overwritten(
    entries: list[HelplineEntry], admin_client: Client
) -> None:
    load_helplines(entries=entries)
    edited(admin_client, entries[1].slug, hours="van 9 tot 17 uur")
    assert load_helplines(entries=entries).left_alone == [entries[1].slug]
    assert Helpline.objects.get(slug=entries[1].slug).hours == "van 9 tot 17 uur"
    assert load_helplines(entries=entries, overwrite=True).updated == [entries[1].slug]
    assert Helpline.objects.get(slug=entries[1].slug).hours == entries[1].hours


def test_a_helpline_that_is_not_in_the_file_stays(entries: list[HelplineEntry]) -> None:
    load_helplines(entries=entries)
    load_helplines(entries=entries[:1])
    assert Helpline.objects.count() == 3


def test_the_command_says_what_it_did(tmp_path: Path) -> None:
    output = StringIO()
    call_command("load_helplines", stdout=output)
    assert f"{len(shipped_helplines())} new, 0 changed" in output.getvalue()


def test_the_command_names_the_entry_that_is_wrong_and_loads_nothing(tmp_path: Path) -> None:
    path = tmp_path / "lijnen.yaml"
    path.write_text("helplines:\n  - slug: a\n    name: A\n")
    with pytest.raises(CommandError, match=r"lijnen.yaml: helpline 'a': what"):
        call_command("load_helplines", str(path))
    assert not Helpline.objects.exists()


def test_the_admin_list_warns_for_what_went_stale(
    entries: list[HelplineEntry], admin_client: Client, admin_user: User
) -> None:
    load_helplines(entries=entries)
    page = admin_client.get("/beheer/snippets/helplines/helpline/").content.decode()
    assert page.count("Nakijken: laatst gedaan op") == 3
    Helpline.objects.update(checked_on="2099-01-01", check_by="2099-06-01")
    page = admin_client.get("/beheer/snippets/helplines/helpline/").content.decode()
    assert "Nakijken: laatst gedaan op" not in page
    assert page.count("Nagekeken op") >= 3
