"""What a file with sound or moving pictures really is. Plain Python.

Its name says nothing: the first bytes say which container it is, and the container which
tracks are in it and how long they take. We read no further than that. What browsers play
without a plug-in: MP4 and M4A, WebM, Ogg with Opus or Vorbis, and MP3.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

MOST_BYTES = 50_000_000
CONTENT_TYPES = {
    ".m4a": "audio/mp4",
    ".mp3": "audio/mpeg",
    ".mp4": "video/mp4",
    ".ogg": "audio/ogg",
    ".weba": "audio/webm",
    ".webm": "video/webm",
}
MOST_PARTS = 10_000  # boxes or elements that we look at before we give up


class UnusableRecordingError(ValueError):
    """Not a recording that browsers play; says why in a code: empty, too_large, unknown,
    no_track or no_duration."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Container:
    extension: str  # which the file gets, whatever it was called
    has_video: bool
    tenths: int  # how long it takes


def read_container(file: BinaryIO) -> Container:
    """What the file holds. Raises ``UnusableRecordingError``. Leaves the file at its start."""
    try:
        size = file.seek(0, 2)
        if size == 0:
            raise UnusableRecordingError("empty")
        if size > MOST_BYTES:
            raise UnusableRecordingError("too_large")
        extension, tracks, seconds = _read(file, size)
    except (struct.error, IndexError, OverflowError) as error:  # cut off somewhere
        raise UnusableRecordingError("unknown") from error
    finally:
        file.seek(0)
    if not tracks & {"audio", "video"}:
        raise UnusableRecordingError("no_track")
    tenths = round(seconds * 10) if 0 < seconds < 24 * 3600 else 0
    if tenths == 0:
        raise UnusableRecordingError("no_duration")
    return Container(extension, "video" in tracks, tenths)


def _read(file: BinaryIO, size: int) -> tuple[str, set[str], float]:
    file.seek(0)
    head = file.read(64)
    if head[4:8] == b"ftyp":
        tracks, seconds = _read_mp4(file, size)
        return ".mp4" if "video" in tracks else ".m4a", tracks, seconds
    if head[:4] == b"\x1a\x45\xdf\xa3":
        tracks, seconds = _read_webm(file, size)
        return ".webm" if "video" in tracks else ".weba", tracks, seconds
    if head[:4] == b"OggS":
        return ".ogg", {"audio"}, _read_ogg(file, size)
    if head[:3] == b"ID3" or (len(head) > 1 and head[0] == 0xFF and head[1] & 0xE0 == 0xE0):
        return ".mp3", {"audio"}, _read_mp3(file, size)
    raise UnusableRecordingError("unknown")


# MP4: boxes in boxes (ISO/IEC 14496-12) ----------------------------------------------------


def _boxes(file: BinaryIO, start: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """Each box between two places: its kind, and where its content begins and ends."""
    for _part in range(MOST_PARTS):
        if start + 8 > end:
            return
        file.seek(start)
        size, kind = struct.unpack(">I4s", file.read(8))
        content = start + 8
        if size == 1:
            size, content = struct.unpack(">Q", file.read(8))[0], start + 16
        stop = end if size == 0 else start + size
        if stop < content or stop > end:
            return
        yield kind, content, stop
        start = stop


def _read_mp4(file: BinaryIO, size: int) -> tuple[set[str], float]:
    tracks: set[str] = set()
    scale = duration = 0
    for kind, start, end in _inside(file, 0, size, (b"moov", b"trak", b"mdia", b"mvex")):
        file.seek(start)
        if kind == b"mvhd":
            is_long = file.read(4)[0] == 1
            file.seek(16 if is_long else 8, 1)  # when it was made and changed
            form = ">IQ" if is_long else ">II"
            scale, duration = struct.unpack(form, file.read(struct.calcsize(form)))
        elif kind == b"mehd":  # of a file in fragments
            form = ">Q" if file.read(4)[0] == 1 else ">I"
            duration = duration or struct.unpack(form, file.read(struct.calcsize(form)))[0]
        elif kind == b"hdlr" and end - start >= 12:
            handler = file.read(12)[8:12]
            tracks |= {b"soun": {"audio"}, b"vide": {"video"}}.get(handler, set())
    return tracks, duration / scale if scale else 0


def _inside(
    file: BinaryIO, start: int, end: int, opened: tuple[bytes, ...]
) -> Iterator[tuple[bytes, int, int]]:
    for kind, content, stop in _boxes(file, start, end):
        if kind in opened:
            yield from _inside(file, content, stop, opened)
        else:
            yield kind, content, stop


# WebM: elements in elements (RFC 8794, RFC 9559) -------------------------------------------

_DOC_TYPE, _SEGMENT, _CLUSTER = 0x4282, 0x18538067, 0x1F43B675
_OPENED = {0x1A45DFA3, _SEGMENT, 0x1549A966, 0x1654AE6B, 0xAE}
_SCALE, _DURATION, _TRACK_TYPE = 0x2AD7B1, 0x4489, 0x83


def _number(file: BinaryIO, *, keep_marker: bool) -> int | None:
    """A number whose first byte says how long it is; ``None`` for "not known" or the end."""
    first = file.read(1)
    if not first or first[0] == 0:
        return None
    length = 9 - first[0].bit_length()
    rest = file.read(length - 1)
    value = int.from_bytes(first + rest, "big")
    if keep_marker:
        return value
    value &= (1 << 7 * length) - 1
    return None if value == (1 << 7 * length) - 1 else value


def _read_webm(file: BinaryIO, size: int) -> tuple[set[str], float]:
    tracks: set[str] = set()
    scale, duration = 1_000_000, 0.0
    position, doc_type = 0, b""
    for _part in range(MOST_PARTS):
        file.seek(position)
        element = _number(file, keep_marker=True)
        length = _number(file, keep_marker=False)
        content = file.tell()
        if element is None or element == _CLUSTER or content > size:
            break
        if element in _OPENED:
            position = content
            continue
        if length is None:
            break
        position = content + length
        if element == _DOC_TYPE:
            doc_type = file.read(min(length, 16)).rstrip(b"\0")
        elif element == _SCALE:
            scale = int.from_bytes(file.read(min(length, 8)), "big")
        elif element == _DURATION:
            duration = struct.unpack(">d" if length == 8 else ">f", file.read(length))[0]
        elif element == _TRACK_TYPE:
            kind = int.from_bytes(file.read(min(length, 8)), "big")
            tracks |= {1: {"video"}, 2: {"audio"}}.get(kind, set())
    if doc_type != b"webm":
        raise UnusableRecordingError("unknown")
    return tracks, duration * scale / 1e9


# Ogg: pages, of which the last says how far it came (RFC 3533, RFC 7845) -------------------


def _read_ogg(file: BinaryIO, size: int) -> float:
    file.seek(0)
    first = file.read(27 + 255 + 64)
    packet = first[27 + first[26] :]
    if packet.startswith(b"OpusHead"):
        rate, skipped = 48_000, struct.unpack("<H", packet[10:12])[0]
    elif packet.startswith(b"\x01vorbis"):
        rate, skipped = struct.unpack("<I", packet[12:16])[0], 0
    else:
        raise UnusableRecordingError("unknown")
    file.seek(max(0, size - 66_000))  # a page is at most 65,307 bytes
    tail = file.read()
    last = tail.rfind(b"OggS")
    while last > 0 and tail[last + 14 : last + 18] != first[14:18]:
        last = tail.rfind(b"OggS", 0, last)
    position = struct.unpack("<q", tail[last + 6 : last + 14])[0]
    return (position - skipped) / rate if rate else 0


# MP3: a row of frames, each with a heading (ISO/IEC 11172-3, 13818-3) ----------------------

_RATES = {3: (44_100, 48_000, 32_000), 2: (22_050, 24_000, 16_000), 0: (11_025, 12_000, 8_000)}
_KBITS_1 = (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
_KBITS_2 = (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)


def _frame(heading: bytes) -> tuple[int, float] | None:
    """How many bytes and seconds the frame with this heading takes; ``None`` when it is none."""
    if len(heading) < 4 or heading[0] != 0xFF or heading[1] & 0xE0 != 0xE0:
        return None
    version, layer = heading[1] >> 3 & 3, heading[1] >> 1 & 3
    bits, rate = heading[2] >> 4, heading[2] >> 2 & 3
    if version == 1 or layer != 1 or not 0 < bits < 15 or rate == 3:
        return None
    hertz = _RATES[version][rate]
    samples = 1152 if version == 3 else 576
    kbits = (_KBITS_1 if version == 3 else _KBITS_2)[bits - 1]
    return samples // 8 * kbits * 1000 // hertz + (heading[2] >> 1 & 1), samples / hertz


def _read_mp3(file: BinaryIO, size: int) -> float:
    file.seek(0)
    head = file.read(10)
    position = 0
    if head[:3] == b"ID3":
        position = 10 + sum(byte << 7 * place for place, byte in enumerate(reversed(head[6:10])))
    file.seek(position)
    seconds, frames, content, at = 0.0, 0, file.read(), 0
    while (frame := _frame(content[at : at + 4])) is not None:
        opening = content[at : at + min(frame[0], 64)]
        is_listing = not frames and (b"Xing" in opening or b"Info" in opening)
        seconds += 0 if is_listing else frame[1]  # a table of what follows, and no sound
        frames += 1
        at += frame[0]
    if frames < 3:
        raise UnusableRecordingError("unknown")
    return seconds
