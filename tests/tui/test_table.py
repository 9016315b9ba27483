"""The pure half of the weight table: colours by number, windows, texts that fit."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst
from rich.cells import cell_len

from tui.render.columns import scale_for
from tui.render.table import MatrixView, fit_window, ramp_levels
from tui.render.words import shorten


def test_a_view_says_what_is_wrong_with_it():
    with pytest.raises(ValueError, match=r"shape \(3,\); reshape a vector"):
        MatrixView(np.zeros(3))
    with pytest.raises(ValueError, match=r"mask of changes has shape \(1, 2\)"):
        MatrixView(np.zeros((2, 2)), changed=np.zeros((1, 2), bool))


@given(npst.arrays(np.float64, (4, 5), elements=st.floats(allow_nan=True, allow_infinity=True)))
def test_ramp_levels_are_levels(values):
    levels = ramp_levels(values, MatrixView(values).largest)
    assert ((levels >= -10) & (levels <= 11)).all()
    assert (np.isnan(values) == (levels == 11)).all()
    number = ~np.isnan(values)
    assert (levels[number] * np.sign(values[number]) >= 0)[np.isfinite(values[number])].all()


def test_no_value_is_left_out_or_shown_twice_when_paging():
    view = MatrixView(np.ones((37, 23)), row_names=lambda row: f"input {row}")
    scale = scale_for(view.largest)
    seen = np.zeros((37, 23), int)
    for top in range(0, 37, 8):
        for left in range(0, 23, 5):
            window = fit_window(view, scale, (7 + 8 + 5 * 8, 10), top, left)
            rows = slice(max(top, window.top), window.top + window.rows)
            columns = slice(max(left, window.left), min(left + 5, window.left + window.columns))
            seen[rows, columns] += 1
    assert (seen == 1).all()


@given(st.text(max_size=12), st.integers(0, 12))
def test_shortened_text_fits(text, width):
    assert cell_len(shorten(text, width)) <= width
