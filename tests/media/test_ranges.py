"""A part of a file: how it is asked for, and what comes."""

from __future__ import annotations

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from media import ranges
from media.ranges import LARGEST_PART, UnsatisfiableRangeError, read_range

CONTENT = bytes(range(256)) * 4


@pytest.mark.parametrize(
    ("header", "part"),
    [
        ("", None),
        ("bytes=0-", (0, 1024)),
        ("bytes=0-0", (0, 1)),
        ("bytes=100-199", (100, 200)),
        ("bytes=1000-9999", (1000, 1024)),
        ("bytes=-24", (1000, 1024)),
        ("bytes=-5000", (0, 1024)),
        ("bytes=200-100", None),
        ("bytes=-", None),
        ("bytes=0-1,5-6", None),
        ("regels=0-1", None),
        ("bytes=a-b", None),
    ],
)
def test_a_range_is_read(header: str, part: tuple[int, int] | None) -> None:
    assert read_range(header, 1024) == part


@pytest.mark.parametrize("header", ["bytes=1024-", "bytes=5000-6000", "bytes=-0"])
def test_a_part_that_is_not_there_is_refused(header: str) -> None:
    with pytest.raises(UnsatisfiableRangeError):
        read_range(header, 1024)


def test_a_player_that_asks_for_all_that_is_left_gets_a_part() -> None:
    """Or it would hold a thread of the server for as long as it plays."""
    assert read_range("bytes=10-", 50_000_000) == (10, 10 + LARGEST_PART)


@given(st.text(max_size=40), st.integers(0, 10**8))
def test_no_header_gives_more_than_there_is(header: str, size: int) -> None:
    try:
        part = read_range(header, size)
    except UnsatisfiableRangeError:
        return
    if part is not None:
        assert 0 <= part[0] < part[1] <= size


def store(name: str = "kept_recordings/abc.ogg") -> str:
    return "/uploads/" + default_storage.save(name, ContentFile(CONTENT))


def body(response) -> bytes:
    return b"".join(response.streaming_content)


def test_a_whole_recording_says_that_parts_can_be_asked_for(client: Client) -> None:
    response = client.get(store())
    assert response.status_code == 200
    assert body(response) == CONTENT
    assert response["Content-Type"] == "audio/ogg"
    assert response["Accept-Ranges"] == "bytes"
    assert response["Content-Length"] == "1024"
    assert response["Content-Disposition"] == "inline"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "sandbox" in response["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("asked", "got", "part"),
    [("bytes=256-511", "bytes 256-511/1024", CONTENT[256:512]),
     ("bytes=1000-", "bytes 1000-1023/1024", CONTENT[1000:]),
     ("bytes=-3", "bytes 1021-1023/1024", CONTENT[-3:])],
)  # fmt: skip
def test_a_part_comes_with_206(client: Client, asked: str, got: str, part: bytes) -> None:
    response = client.get(store(), HTTP_RANGE=asked)
    assert response.status_code == 206
    assert body(response) == part
    assert response["Content-Range"] == got
    assert response["Content-Length"] == str(len(part))
    assert response["Content-Type"] == "audio/ogg"
    assert "immutable" in response["Cache-Control"]


def test_a_large_part_is_cut_and_the_next_begins_where_it_ended(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ranges, "LARGEST_PART", 1000)
    url = store()
    first = client.get(url, HTTP_RANGE="bytes=0-")
    assert first["Content-Range"] == "bytes 0-999/1024"
    second = client.get(url, HTTP_RANGE="bytes=1000-")
    assert body(first) + body(second) == CONTENT


def test_beyond_the_end_is_416_and_is_not_kept(client: Client) -> None:
    response = client.get(store(), HTTP_RANGE="bytes=2000-")
    assert response.status_code == 416
    assert response["Content-Range"] == "bytes */1024"
    assert response["Cache-Control"] == "no-store"


def test_a_version_that_we_cannot_know_gets_all_of_it(client: Client) -> None:
    response = client.get(store(), HTTP_RANGE="bytes=1-2", HTTP_IF_RANGE='"een"')
    assert response.status_code == 200
    assert body(response) == CONTENT


@pytest.mark.django_db  # closing looks at the connection
def test_only_the_heading_can_be_asked_for(client: Client) -> None:
    response = client.head(store(), HTTP_RANGE="bytes=0-9")
    response.close()
    assert response.status_code == 206
    assert response["Content-Length"] == "10"


@pytest.mark.parametrize(
    ("name", "shown"),
    [("recordings/a.mp4", "video/mp4"), ("recordings/a.webm", "video/webm"),
     ("recordings/a.mp3", "audio/mpeg"), ("kept_recordings/a.vtt", "text/vtt; charset=utf-8"),
     ("kept_recordings/a.html", "application/octet-stream"),
     ("documents/a.mp4", "application/octet-stream"),
     ("original_images/a.mp4", "application/octet-stream"),
     ("recordings/a.svg", "application/octet-stream")],
)  # fmt: skip
def test_each_folder_shows_its_own_types_and_no_other(
    client: Client, name: str, shown: str
) -> None:
    """S-52"""
    response = client.get(store(name))
    body(response)
    assert response["Content-Type"] == shown
    is_shown = shown != "application/octet-stream"
    assert response["Content-Disposition"].startswith("inline" if is_shown else "attachment")
