"""Axes: round numbers, short labels that never touch, an extent for any data."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.render.axes import label_places, linear_axis, log_axis, x_axis
from tui.render.figure import extent

spans = st.tuples(st.floats(-1e6, 1e6), st.floats(1e-3, 1e6))


@given(spans, st.integers(20, 200), st.sampled_from(["", "step", "weight of the node"]))
def test_labels_of_the_x_axis_never_touch(span, width, title):
    low, size = span
    axis = x_axis(low, low + size, width, title, round_ends=True)
    assert axis.low <= low + size * 1e-6
    assert axis.high >= low + size * (1 - 1e-6)
    free = -2
    for start, end, _ in label_places(axis, width):
        assert start >= free + 2 or len(axis.ticks) <= 3
        assert end <= width
        free = end


@given(st.integers(0, 10_000), st.integers(1, 10_000), st.integers(30, 120))
def test_steps_and_epochs_have_whole_ticks(first, count, width):
    axis = x_axis(first, first + count, width, "step", round_ends=True, whole=True)
    values = [axis.low + tick.place * (axis.high - axis.low) for tick in axis.ticks]
    assert values == pytest.approx([round(value) for value in values], abs=1e-6)


def test_ticks_are_round_numbers_at_round_ends():
    axis = linear_axis(0.03, 1.94, 4, round_ends=True)
    assert (axis.low, axis.high) == (0, 2)
    assert [tick.label for tick in axis.ticks] == ["0", "0.5", "1.0", "1.5", "2.0"]
    exact = linear_axis(1, 4.5, 4, round_ends=False)
    assert (exact.low, exact.high) == (1, 4.5)
    assert [tick.label for tick in exact.ticks] == ["1", "2", "3", "4"]


def test_a_narrow_logarithmic_axis_still_has_two_labels():
    axis = log_axis(0.1, 0.6, 4, round_ends=False)
    assert len({tick.label for tick in axis.ticks}) >= 2


@settings(max_examples=50)
@given(st.lists(st.floats(-1e300, 1e300), min_size=1, max_size=5))
def test_an_axis_always_has_an_extent(values):
    low, high = extent([np.array(values)], None)
    assert low < high
    assert low <= min(values) or low == pytest.approx(min(values))
    assert extent([np.array(values)], (3.0, 1.0)) == (1.0, 3.0)


def test_a_nonsense_range_is_ignored():
    assert extent([np.array([1.0, 2.0])], (float("nan"), 1.0)) == (1.0, 2.0)
    assert extent([np.array([1.0, 2.0])], (5.0, 5.0)) == (1.0, 2.0)
