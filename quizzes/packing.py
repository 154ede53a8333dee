"""Pages put together from pieces that were compressed beforehand. Plain Python.

A page is pieces that are the same for everybody, with what is the learner's in between.
Each piece is compressed once, on its own; a page is then those pieces one after another,
which is a valid gzip file (RFC 1951, RFC 1952: blocks that end on a byte and look back at
nothing). So a phone gets a third of the bytes and the server compresses nothing per
request. No piece holds anything secret.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

GZIP_HEADER = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"  # no name, no time, any system
LAST_BLOCK = b"\x03\x00"  # an empty one, marked as the last


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a page as it is, and compressed."""

    text: bytes
    packed: bytes


def pack(text: bytes) -> Piece:
    """Compresses a part so that it may stand anywhere in a page."""
    compressor = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return Piece(text, compressor.compress(text) + compressor.flush(zlib.Z_FULL_FLUSH))


def store(text: bytes) -> Piece:
    """A short part as it is: what differs per request is not worth compressing.

    ``text`` is at most 65,535 bytes (RFC 1951, 3.2.4).
    """
    length = len(text)
    return Piece(text, struct.pack("<BHH", 0, length, length ^ 0xFFFF) + text)


def plain(pieces: Sequence[Piece]) -> bytes:
    return b"".join([piece.text for piece in pieces])


def gzipped(pieces: Sequence[Piece]) -> bytes:
    """The same page as one gzip file."""
    checksum = size = 0
    for piece in pieces:
        checksum = zlib.crc32(piece.text, checksum)
        size += len(piece.text)
    end = struct.pack("<LL", checksum, size & 0xFFFFFFFF)
    return b"".join([GZIP_HEADER, *[piece.packed for piece in pieces], LAST_BLOCK, end])
