"""P-03, P-04: from all that a coordinator reads together, what any one did does not follow.

The solver tries every count that fits what the page tells. It knows more than the reader: how
large each class is, to the head.
"""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports import organisation_figures
from reports.organisation_figures import PackageFigures, _figures, _Given
from reports.small_groups import Told

KINDS = ("class", "group", "team")
# Four classes of which each told count lies as low as it can, and a total as high as it can: then
# nobody can be left over for the small ones.
FOUR_EIGHTS = [("class", 14, 8)] * 4 + [("class", 4, 0), ("class", 8, 0)]
# The same with a class that is told by itself: of thirty people nobody, which is as bad.
NOBODY_OF_THIRTY = [("class", 14, 8)] * 4 + [("class", 30, 0)]


def look_of(told: Told) -> tuple[bool, bool, int]:
    return told.is_few, told.lacks_few, told.done


def that_look_like(told: Told | None, size: int) -> set[int]:
    """Every count of a group of this size that the page would show in the same way."""
    if told is None or not told.is_told:
        return set(range(size + 1))
    return {count for count in range(size + 1) if look_of(Told(count, size)) == look_of(told)}


def sums(groups: list[set[int]]) -> set[int]:
    total = {0}
    for counts in groups:
        total = {one + other for one in total for other in counts}
    return total


def possible(rows: list[_Given], figures: PackageFigures) -> list[set[int]]:
    """Of each class, every count that fits all that is told."""
    of_classes = {name: told for kind in figures.kinds for name, told in kind.classrooms}
    counts = [that_look_like(of_classes.get(row.classroom), row.size) for row in rows]
    of_kinds = {kind.kind: kind.total for kind in figures.kinds}
    size = sum(row.size for row in rows)
    totals = that_look_like(figures.total, size)

    def fits(mine: int, count: int) -> bool:
        of_parts = []
        for kind in KINDS:
            places = [place for place, row in enumerate(rows) if row.kind == kind]
            below = sums([{count} if place == mine else counts[place] for place in places])
            told = of_kinds.get(kind) if figures.is_mixed else None
            of_parts.append(below & that_look_like(told, sum(rows[at].size for at in places)))
        return bool(sums(of_parts) & totals)

    return [{count for count in counts[at] if fits(at, count)} for at in range(len(rows))]


def derivable(rows: list[_Given], figures: PackageFigures) -> list[str]:
    """Classes in which somebody who knows their own part knows that of everybody else."""
    found = []
    for row, counts in zip(rows, possible(rows, figures), strict=True):
        assert row.done in counts, "the solver leaves out what is true"
        if max(counts) < min(2, row.size) or min(counts) > max(row.size - 2, 0):
            found.append(row.classroom)
    return found


def rows_of(school: list[tuple[str, int, int]]) -> list[_Given]:
    return [
        _Given(kind, f"{kind} {place}", size, min(done, size))
        for place, (kind, size, done) in enumerate(school)
        if size
    ]


@pytest.mark.parametrize("school", [FOUR_EIGHTS, NOBODY_OF_THIRTY])
def test_the_solver_finds_somebody_where_only_small_groups_are_left_out(school, monkeypatch):
    """The control: leaving out small groups and one more is not enough."""
    rows = rows_of(school)
    assert derivable(rows, _figures("Pakket", rows)) == []
    monkeypatch.setattr(organisation_figures, "is_safe", lambda whole: True)
    assert derivable(rows, _figures("Pakket", rows))


CLASSES = st.tuples(
    st.sampled_from(KINDS),
    st.integers(0, 32),
    # Counts at the edges of what is told alike meet more often than chance would have it.
    st.one_of(st.sampled_from([0, 3, 4, 5, 7, 8, 12, 13]), st.integers(0, 32)),
)


@given(school=st.lists(CLASSES, min_size=1, max_size=8))
@settings(max_examples=150, deadline=None)
def test_of_no_organisation_anybody_can_be_derived(school):
    rows = rows_of(school)
    figures = _figures("Pakket", rows)
    assert derivable(rows, figures) == []
    for kind in figures.kinds:
        assert all(told.is_told for _name, told in kind.classrooms)
