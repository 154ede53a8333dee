"""Pages from pieces that were compressed beforehand."""

from __future__ import annotations

import gzip

from hypothesis import given
from hypothesis import strategies as st

from quizzes.packing import gzipped, pack, plain, store


@given(st.lists(st.binary(max_size=2000), max_size=12))
def test_packed_pieces_unpack_to_the_same_page_in_any_order(texts: list[bytes]) -> None:
    pieces = [pack(text) for text in texts]
    for order in (pieces, pieces[::-1]):
        assert gzip.decompress(gzipped(order)) == plain(order)


def test_a_page_of_words_becomes_much_smaller() -> None:
    pieces = [pack(b"<p>Kijk er dwars doorheen.</p>" * 300), pack(b"<p>Stap 2 van 9</p>")]
    assert len(gzipped(pieces)) < len(plain(pieces)) / 10


@given(st.lists(st.tuples(st.binary(max_size=500), st.booleans()), max_size=12))
def test_what_is_not_compressed_may_stand_anywhere_too(texts: list[tuple[bytes, bool]]) -> None:
    pieces = [store(text) if is_short else pack(text) for text, is_short in texts]
    assert gzip.decompress(gzipped(pieces)) == plain(pieces)
