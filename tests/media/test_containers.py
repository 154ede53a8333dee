"""What a file really is, whatever its name says."""

from __future__ import annotations

import struct
from contextlib import suppress
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from media import containers
from media.containers import Container, UnusableRecordingError, read_container


def box(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I4s", 8 + len(content), kind) + content


def track(kind: bytes) -> bytes:
    return box(b"trak", box(b"mdia", box(b"hdlr", bytes(8) + kind + bytes(12))))


def mp4(*kinds: bytes, seconds: float = 4.5, is_long: bool = False) -> bytes:
    if is_long:
        heading = bytes([1, 0, 0, 0]) + bytes(16) + struct.pack(">IQ", 1000, int(seconds * 1000))
    else:
        heading = bytes(4) + bytes(8) + struct.pack(">II", 1000, int(seconds * 1000))
    tracks = b"".join(track(kind) for kind in kinds)
    return (
        box(b"ftyp", b"isom0000")
        + box(b"mdat", bytes(100))
        + box(b"moov", box(b"mvhd", heading) + tracks)
    )


def in_fragments() -> bytes:
    heading = box(b"mvhd", bytes(12) + struct.pack(">II", 1000, 0))
    more = box(b"mvex", box(b"mehd", bytes(4) + struct.pack(">I", 4500)))
    return box(b"ftyp", b"iso5") + box(b"moov", heading + more + track(b"vide"))


def element(name: str, content: bytes) -> bytes:
    return bytes.fromhex(name) + (len(content) | 1 << 28).to_bytes(4, "big") + content


def webm(*kinds: int, doc_type: bytes = b"webm", seconds: float = 4.5) -> bytes:
    head = element("1a45dfa3", element("4282", doc_type))
    info = element("1549a966", element("2ad7b1", (1_000_000).to_bytes(3, "big"))
                   + element("4489", struct.pack(">d", seconds * 1000)))  # fmt: skip
    tracks = element("1654ae6b", b"".join(element("ae", element("83", bytes([k]))) for k in kinds))
    unknown_size = bytes.fromhex("18538067") + b"\x01" + b"\xff" * 7
    return head + unknown_size + info + tracks + element("1f43b675", bytes(50))


def page(packet: bytes, position: int, serial: bytes = b"abcd") -> bytes:
    return (b"OggS\0\0" + struct.pack("<q", position) + serial + bytes(8)
            + bytes([1, len(packet)]) + packet)  # fmt: skip


def ogg(first: bytes, position: int) -> bytes:
    return page(first, 0) + page(b"x" * 90, 480) + page(b"y" * 90, position) + page(
        b"z", 9, b"efgh")  # fmt: skip


OPUS = b"OpusHead\x01\x01" + struct.pack("<HI", 312, 16_000) + bytes(3)
VORBIS = b"\x01vorbis" + bytes(4) + b"\x01" + struct.pack("<I", 16_000) + bytes(10)
# MPEG 1, layer III, 128 kbit/s, 44.1 kHz: 417 bytes and 1152 samples.
FRAME = b"\xff\xfb\x90\x00" + bytes(413)
LISTING = b"\xff\xfb\x90\x00" + bytes(32) + b"Xing" + bytes(377)
ID3 = b"ID3\x04\0\0\0\0\x01\0" + bytes(128)


@pytest.mark.parametrize(
    ("content", "container"),
    [
        (mp4(b"vide", b"soun"), Container(".mp4", True, 45)),
        (mp4(b"soun"), Container(".m4a", False, 45)),
        (mp4(b"vide", is_long=True), Container(".mp4", True, 45)),
        (in_fragments(), Container(".mp4", True, 45)),
        (webm(1, 2), Container(".webm", True, 45)),
        (webm(2), Container(".weba", False, 45)),
        (ogg(OPUS, 48_000 * 4 + 24_000 + 312), Container(".ogg", False, 45)),
        (ogg(VORBIS, 16_000 * 4 + 8_000), Container(".ogg", False, 45)),
        (FRAME * 172, Container(".mp3", False, 45)),
        (LISTING + FRAME * 172, Container(".mp3", False, 45)),
        (ID3 + FRAME * 172, Container(".mp3", False, 45)),
    ],
)
def test_what_browsers_play_is_recognised_by_what_is_in_it(
    content: bytes, container: Container
) -> None:
    file = BytesIO(content)
    assert read_container(file) == container
    assert file.tell() == 0


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"<html><script>alert(1)</script>", "unknown"),
        (b"PK\x03\x04" + bytes(100), "unknown"),
        (b"RIFF\0\0\0\0WAVEfmt " + bytes(100), "unknown"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "unknown"),
        (webm(1, doc_type=b"matroska"), "unknown"),
        (ogg(b"\x80theora" + bytes(40), 48_000), "unknown"),
        (b"OggS", "unknown"),
        (b"ID3<html>", "unknown"),
        (FRAME[:200] + b"<html>", "unknown"),
        (mp4(), "no_track"),
        (box(b"ftyp", b"avif") + bytes(50), "no_track"),
        (mp4(b"vide", seconds=0), "no_duration"),
        (webm(1, seconds=float("nan")), "no_duration"),
        (ogg(OPUS, 0), "no_duration"),
    ],
)
def test_what_is_no_recording_is_refused_with_a_reason(content: bytes, code: str) -> None:
    with pytest.raises(UnusableRecordingError) as caught:
        read_container(BytesIO(content))
    assert caught.value.code == code


def test_a_file_that_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(containers, "MOST_BYTES", 1000)
    with pytest.raises(UnusableRecordingError, match="too_large"):
        read_container(BytesIO(FRAME * 172))


WHOLE = [mp4(b"vide"), webm(1, 2), ogg(OPUS, 48_312), FRAME * 4, LISTING + FRAME * 4]


@given(st.sampled_from(WHOLE), st.data())
def test_a_damaged_file_is_read_or_refused_and_never_an_error(
    whole: bytes, data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(whole)))
    damage = data.draw(st.binary(max_size=12))
    cut = data.draw(st.integers(0, len(whole) + 12))
    damaged = (whole[:at] + damage + whole[at + len(damage) :])[:cut]
    with suppress(UnusableRecordingError):
        read_container(BytesIO(damaged))
