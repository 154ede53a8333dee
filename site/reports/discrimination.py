"""How well a question tells apart who knows the rest of a quiz. Plain Python."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

# Ebel and Frisbie, Essentials of Educational Measurement (1991): from .30 a question does
# well; below .20 it has to be looked at.
TELLS_APART, TELLS_LITTLE = 0.3, 0.2


@dataclass(frozen=True, slots=True)
class Sums:
    """Of the learners who finished: ``item`` is what they got of one question, ``rest`` of
    all others, each from 0 to 1."""

    count: int = 0
    item: float = 0.0
    rest: float = 0.0
    both: float = 0.0
    item_squared: float = 0.0
    rest_squared: float = 0.0

    def __add__(self, other: Sums) -> Sums:
        return Sums(
            self.count + other.count,
            self.item + other.item,
            self.rest + other.rest,
            self.both + other.both,
            self.item_squared + other.item_squared,
            self.rest_squared + other.rest_squared,
        )


def discrimination(sums: Sums, *, least: int) -> float | None:
    """How much better learners do on a question who do better on the rest: from -1 to 1.

    The point-biserial correlation of the question with the rest of the quiz, so corrected
    for the question itself (S. Henrysson, "Correction of item-total correlations in item
    analysis", Psychometrika 28, 1963, 211-218). ``None`` below ``least`` learners, when all
    got the same, or when there is no rest.
    """
    n = sums.count
    if n < max(least, 2):
        return None
    spread = (n * sums.item_squared - sums.item**2) * (n * sums.rest_squared - sums.rest**2)
    if spread <= 1e-9:
        return None
    return round((n * sums.both - sums.item * sums.rest) / sqrt(spread), 2)
