from __future__ import annotations

import pytest

from lessons.slides import share_out


@pytest.mark.parametrize(
    ("sizes", "screens"),
    [
        ([], [[]]),
        ([100], [[0]]),
        ([40, 60], [[0, 1]]),
        ([40, 61], [[0], [1]]),
        ([500, 1], [[0], [1]]),
        ([1, 500, 1, 1], [[0], [1], [2, 3]]),
    ],
)
def test_what_fits_stands_together_in_order(sizes: list[int], screens: list[list[int]]) -> None:
    assert share_out(sizes, room=100) == screens
