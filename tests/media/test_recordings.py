"""What an editor uploads to watch or listen to: read from the file, described, kept."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from home.actions import set_up_editing
from media import containers
from media.actions import keep_recording
from media.models import Recording
from tests.factories.accounts import UserFactory, enter
from tests.factories.quizzes import (
    RECORDING,
    make_picture,
    make_quiz,
    make_recording,
    spot_moments,
)

CAPTIONS = RECORDING.with_suffix(".vtt").read_text(encoding="utf-8")
FIELDS = {
    "title": "Een baantje",
    "language": "nl",
    "credit": "Doorzien",
    "captions": CAPTIONS,
    "transcript": "",
    "description": "Twee jongeren praten.",
    "poster": "",
}
pytestmark = pytest.mark.django_db


def upload(client: Client, content: bytes | None = None, name: str = "x.exe", **fields: str):
    content = RECORDING.read_bytes() if content is None else content
    file = SimpleUploadedFile(name, content, "application/octet-stream")
    url = reverse("wagtailsnippets_media_recording:add")
    return client.post(url, {**FIELDS, "file": file, **fields})


def errors_in(response: Any) -> dict[str, list[str]]:
    assert response.status_code == 200
    return dict(response.context["form"].errors)


def test_kind_length_and_name_come_from_the_file_itself(admin_client: Client) -> None:
    assert upload(admin_client, name="Mijn Opname.EXE").status_code == 302
    recording = Recording.objects.get()
    assert (recording.kind, recording.duration_tenths) == ("audio", 527)
    assert recording.file.name.startswith("recordings/mijn-opname-")
    assert recording.file.name.endswith(".mp3")
    assert recording.file_size == len(RECORDING.read_bytes())
    with default_storage.open(recording.file.name) as stored:
        assert stored.read() == RECORDING.read_bytes()
    assert recording.missing == []


def test_the_transcript_is_made_from_the_captions_and_can_be_changed(admin_client: Client) -> None:
    upload(admin_client)
    recording = Recording.objects.get()
    assert recording.transcript.startswith("0:00,6 Jay: Hé Noa, jij zocht toch werk?\n0:03,4 Noa:")
    assert len(recording.lines) == 10
    url = reverse("wagtailsnippets_media_recording:edit", args=[recording.pk])
    admin_client.post(url, {**FIELDS, "transcript": "0:01 Jay: hoi"})
    recording.refresh_from_db()
    assert recording.transcript == "0:01 Jay: hoi"


def test_it_may_be_uploaded_first_and_described_later(admin_client: Client) -> None:
    upload(admin_client, captions="", description="")
    assert Recording.objects.get().missing == ["captions", "transcript", "description"]
    page = admin_client.get(reverse("wagtailsnippets_media_recording:list")).content.decode()
    assert "Nog schrijven: ondertiteling, transcript, wat er te zien en te horen is" in page


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"<html>", "geen bestand dat elke browser speelt"),
        (RECORDING.read_bytes()[:200], "geen bestand dat elke browser speelt"),
    ],
)
def test_a_file_is_refused_for_what_is_in_it(
    admin_client: Client, content: bytes, message: str
) -> None:
    """S-52: whatever it is called."""
    (said,) = errors_in(upload(admin_client, content, name="goed.mp3"))["file"]
    assert message in said
    assert not Recording.objects.exists()


def test_a_file_that_is_too_large_is_refused_with_the_limit(
    admin_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(containers, "MOST_BYTES", 1000)
    (said,) = errors_in(upload(admin_client))["file"]
    assert said == "Dit bestand is groter dan 50 MB. Maak het kleiner of korter."


def test_a_refused_file_hides_no_mistake_in_the_texts(admin_client: Client) -> None:
    errors = errors_in(upload(admin_client, b"<html>", captions="hoi"))
    assert errors["captions"] == ["Regel 1: het eerste woord moet WEBVTT zijn."]


def test_mistakes_in_captions_and_transcript_name_their_lines(admin_client: Client) -> None:
    errors = errors_in(
        upload(
            admin_client,
            captions="WEBVTT\n\n00:00.000 --> 00:02.000\nhoi\n\n00:59.000 --> 01:00.000\nja",
            transcript="0:01 hoi\nja",
        )
    )
    assert errors["captions"] == ["Regel 6: dit begint pas als de opname voorbij is."]
    assert errors["transcript"] == [
        "Regel 2: begin met een tijd en woorden, zoals '0:12 Jay: hoi'."
    ]


def test_sound_has_no_still(admin_client: Client) -> None:
    assert "poster" in errors_in(upload(admin_client, poster=str(make_picture().pk)))


def test_a_new_file_replaces_the_old_one_after_the_commit(
    admin_client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    upload(admin_client)
    recording = Recording.objects.get()
    old = recording.file.name
    url = reverse("wagtailsnippets_media_recording:edit", args=[recording.pk])
    half = RECORDING.read_bytes()[: len(RECORDING.read_bytes()) // 2]
    with django_capture_on_commit_callbacks(execute=True):
        file = SimpleUploadedFile("kort.mp3", half)
        fields = {**FIELDS, "captions": "", "transcript": "", "file": file}
        assert admin_client.post(url, fields).status_code == 302
        assert default_storage.exists(old)
    recording.refresh_from_db()
    assert not default_storage.exists(old)
    assert default_storage.exists(recording.file.name)
    assert recording.duration_tenths == 263


def test_deleting_takes_the_file_away_and_leaves_the_kept_copy(
    django_capture_on_commit_callbacks: Any,
) -> None:
    recording = make_recording()
    kept = keep_recording(recording)
    name = recording.file.name
    with django_capture_on_commit_callbacks(execute=True):
        recording.delete()
    assert not default_storage.exists(name)
    assert default_storage.exists(kept.name)
    assert default_storage.exists(kept.captions)


def test_a_recording_is_kept_once() -> None:
    recording = make_recording()
    assert keep_recording(recording) == keep_recording(recording)
    folder = Path(default_storage.path("kept_recordings"))
    assert sorted(path.suffix for path in folder.iterdir()) == [".mp3", ".vtt"]


def test_an_editor_sees_which_quiz_uses_it_and_can_search(admin_client: Client) -> None:
    make_quiz(questions=[("x", spot_moments("x"))])
    recording = Recording.objects.get()
    url = reverse("wagtailsnippets_media_recording:usage", args=[recording.pk])
    assert "Wat denk jij?" in admin_client.get(url).content.decode()
    listing = reverse("wagtailsnippets_media_recording:list")
    assert "Een baantje" in admin_client.get(listing + "?q=broodje").content.decode()
    assert "Een baantje" not in admin_client.get(listing + "?q=xylofoon").content.decode()


@pytest.mark.parametrize(("group", "may_delete"), [("Editors", False), ("Moderators", True)])
def test_editors_may_upload_and_only_moderators_delete(
    client: Client, group: str, may_delete: bool
) -> None:
    set_up_editing()
    user = UserFactory()
    user.groups.add(Group.objects.get(name=group))
    enter(client, user)
    assert upload(client).status_code == 302
    recording = Recording.objects.get()
    url = reverse("wagtailsnippets_media_recording:delete", args=[recording.pk])
    client.post(url)
    assert Recording.objects.exists() != may_delete


@pytest.mark.parametrize("wrong", [{"kind": "film"}, {"duration_tenths": 0}])
def test_the_database_refuses_what_is_no_recording(wrong: dict[str, Any]) -> None:
    make_recording()
    with pytest.raises(IntegrityError), transaction.atomic():
        Recording.objects.update(**wrong)
