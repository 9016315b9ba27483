"""A Series never grows beyond its capacity and never loses a spike."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import Series

VALUES = st.lists(st.floats(-1e9, 1e9), min_size=1, max_size=400)
CAPACITIES = st.sampled_from([2, 4, 10, 64])


def filled(values: list[float], capacity: int) -> Series:
    series = Series(capacity)
    for step, value in enumerate(values, start=1):
        series.append(step, value)
    return series


def test_few_points_are_kept_as_they_are() -> None:
    x, low, high, last = filled([5.0, 3.0, 4.0], 8).arrays()
    assert x.tolist() == [1, 2, 3]
    assert low.tolist() == high.tolist() == last.tolist() == [5, 3, 4]


def test_an_empty_series_has_no_last_point() -> None:
    series = Series()
    assert (len(series), series.last) == (0, None)


def test_neighbours_are_merged_when_it_is_full() -> None:
    series = filled([1.0, 9.0, 2.0, 3.0, 7.0], 4)
    x, low, high, last = series.arrays()
    assert x.tolist() == [2, 4, 5]
    assert low.tolist() == [1, 2, 7]
    assert high.tolist() == [9, 3, 7]
    assert last.tolist() == [9, 3, 7]


def test_one_spike_in_a_million_stays_visible() -> None:
    series = Series(64)
    for step in range(1_000_000):
        series.append(step, 100.0 if step == 765_432 else 1.0)
    x, low, high, _ = series.arrays()
    assert len(x) <= 64
    assert low.min() == 1
    assert high.max() == 100
    at = int(high.argmax())
    assert x[at - 1] < 765_432 <= x[at]


@given(VALUES, CAPACITIES)
def test_every_value_lies_in_the_bucket_that_covers_it(values: list[float], capacity: int) -> None:
    series = filled(values, capacity)
    x, low, high, last = series.arrays()
    assert 0 < len(series) <= capacity
    assert list(series.last or ()) == [len(values), values[-1]]
    edges = [0, *x.astype(int).tolist()]
    assert edges[-1] == len(values)
    for bucket, (start, stop) in enumerate(pairwise(edges)):
        covered = values[start:stop]
        assert low[bucket] == min(covered)
        assert high[bucket] == max(covered)
        assert last[bucket] == covered[-1]


@given(VALUES, CAPACITIES, st.data())
def test_a_truncated_series_keeps_nothing_beyond(
    values: list[float], capacity: int, data: st.DataObject
) -> None:
    cut = data.draw(st.integers(0, len(values)))
    series = filled(values, capacity)
    stride = series.stride
    series.truncate(cut)
    x, low, high, _ = series.arrays()
    kept = int(x[-1]) if len(x) else 0
    assert cut - stride < kept <= cut, "less than one bucket is lost"
    if kept:
        assert low.min() == min(values[:kept])
        assert high.max() == max(values[:kept])


@given(VALUES, CAPACITIES, st.data())
def test_a_truncated_series_goes_on(
    values: list[float], capacity: int, data: st.DataObject
) -> None:
    cut = data.draw(st.integers(0, len(values)))
    series = filled(values, capacity)
    series.truncate(cut)
    for step in range(cut + 1, cut + 200):
        series.append(step, 2e9)
    x, _, high, _ = series.arrays()
    assert len(x) <= capacity
    assert (np.diff(x) > 0).all()
    assert (high[x > cut] == 2e9).all()
    assert (high[x <= cut] < 2e9).all()


def test_truncating_beyond_the_end_changes_nothing() -> None:
    series = filled([1.0, 2.0, 3.0], 2)
    before = series.arrays()
    series.truncate(3)
    assert all(np.array_equal(a, b) for a, b in zip(before, series.arrays(), strict=True))


def test_points_come_in_order() -> None:
    series = filled([1.0, 2.0], 4)
    with pytest.raises(ValueError, match=r"x must grow: 2 comes after 2\.0"):
        series.append(2, 5.0)


@pytest.mark.parametrize("bad", [float("nan"), float("inf")])
def test_only_finite_numbers_make_a_curve(bad: float) -> None:
    with pytest.raises(ValueError, match="finite points only"):
        Series().append(1, bad)


@pytest.mark.parametrize("capacity", [0, 1, 7])
def test_the_capacity_is_even(capacity: int) -> None:
    with pytest.raises(ValueError, match="even number"):
        Series(capacity)
