"""Numbers in columns: aligned, of one width, and still while training runs."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.render.columns import (
    NumberColumn,
    decimals_of,
    fitted,
    nice_step,
    plain,
    scale_for,
    tick_label,
)

numbers = st.floats(allow_nan=True, allow_infinity=True, width=64)


@given(numbers, st.integers(1, 6), st.integers(0, 6), st.booleans())
def test_every_number_takes_exactly_the_width(value, digits, decimals, signed):
    column = NumberColumn(digits, decimals, signed)
    assert len(column.format(value)) == column.width


@given(st.floats(-99.994, 99.994))
def test_the_point_is_in_one_place(value):
    text = NumberColumn(2, 2).format(value)
    assert text[-3] == "."
    assert float(text) == pytest.approx(value, abs=0.00501)


@pytest.mark.parametrize(
    ("value", "signed", "text"),
    [
        (2.24, False, "  2.2400"),
        (-24.0, False, "-24.0000"),
        (2.24, True, " +2.2400"),
        (0.0, True, "  0.0000"),
        (-0.00001, False, "  0.0000"),
        (-0.00001, True, "  0.0000"),
        (0.00006, True, " +0.0001"),
        (float("nan"), False, "     nan"),
        (float("-inf"), False, "    -inf"),
        (123456.0, False, "1.2346e5"),
        (-1e300, False, "-1.0e300"),
    ],
)
def test_how_a_number_is_written(value, signed, text):
    assert NumberColumn(2, 4, signed).format(value) == text


def test_a_number_that_no_notation_fits_says_on_which_side_it_is():
    assert NumberColumn(1, 0).format(1e200).strip() == ">"
    assert NumberColumn(1, 0).format(-1e200).strip() == "<"


@given(st.floats(1e-12, 1e12))
def test_the_largest_number_fits_its_scale_with_some_digits(largest):
    scale = scale_for(largest)
    text = scale.column.format(-largest * scale.factor)
    assert "e" not in text
    assert float(text) * 10.0**scale.exponent == pytest.approx(-largest, rel=5e-2)


@given(st.lists(st.floats(1e-12, 1e12), min_size=2, max_size=30))
def test_the_width_never_changes_while_numbers_do(magnitudes):
    scale = None
    widths = set()
    for largest in magnitudes:
        scale = scale_for(largest, previous=scale)
        widths.add(scale.column.width)
    assert len(widths) == 1


def test_numbers_that_hover_do_not_move_the_point():
    scale = scale_for(9.8)
    for largest in (10.2, 9.9, 10.4, 2.0, 9.5):
        scale = scale_for(largest, previous=scale)
    assert scale.column == NumberColumn(2, 3)
    assert scale_for(0.3, previous=scale).column == NumberColumn(1, 4)


def test_small_numbers_are_shown_in_a_power_of_ten():
    scale = scale_for(2.5e-5)
    assert (scale.exponent, scale.note) == (-6, "×1e-6")
    assert scale.column.format(2.5e-5 * scale.factor).strip() == "25.000"
    assert scale_for(0.5).note == ""


def test_a_table_without_a_number_has_a_scale_all_the_same():
    assert scale_for(0.0).column.format(0.0).strip() == "0.0000"
    assert scale_for(float("nan")).column.width == scale_for(1.0).column.width


@given(st.floats(1e-9, 1e9), st.integers(1, 20))
def test_a_nice_step_makes_no_more_parts_than_asked(span, most):
    step = nice_step(span, most)
    assert span / step <= most * (1 + 1e-6)
    assert span / step >= most / 2.5 * (1 - 1e-6)


@given(st.floats(1e-3, 1e9), st.integers(1, 20))
def test_a_whole_step_is_whole(span, most):
    step = nice_step(span, most, whole=True)
    assert step >= 1
    assert step == int(step)


@pytest.mark.parametrize(
    ("value", "step", "label"),
    [
        (0.1 + 0.2, 0.1, "0.3"),
        (3 * 0.1, 0.05, "0.30"),
        (-2.7e-17, 0.1, "0"),
        (2.5, 0.5, "2.5"),
        (1500, 500, "1500"),
        (20000, 5000, "20k"),
        (12500, 2500, "12.5k"),
        (3e6, 1e6, "3M"),
        (2e-7, 1e-7, "2e-7"),
        (1e30, 5e29, "1e30"),
        (5e29, 5e29, "5e29"),
    ],
)
def test_tick_labels_are_short(value, step, label):
    assert tick_label(value, step) == label


@given(st.integers(-50, 50), st.integers(-12, 12), st.sampled_from([1.0, 2.0, 2.5, 5.0]))
def test_no_tick_label_is_long(multiple, power, factor):
    step = factor * 10.0**power
    label = tick_label(multiple * step, step)
    assert len(label.removeprefix("-")) <= 9
    scale = {"k": 1e3, "M": 1e6}.get(label[-1], 1.0)
    assert float(label.rstrip("kM")) * scale == pytest.approx(multiple * step, rel=1e-3, abs=1e-30)


@pytest.mark.parametrize(("step", "decimals"), [(20, 0), (1, 0), (0.5, 1), (0.25, 2), (2.5e-3, 4)])
def test_decimals_of_a_step(step, decimals):
    assert decimals_of(step) == decimals


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.1 + 0.2, "0.3"), (-24.0, "-24"), (-0.0, "0"), (1e-7, "1e-7"), (math.inf, "inf")],
)
def test_a_number_in_a_sentence(value, text):
    assert plain(value) == text


@pytest.mark.parametrize(
    ("value", "room", "text"),
    [
        (1.0, 8, "1.0000"),
        (-160.0, 8, "-160.000"),
        (-160.0, 7, "-160.00"),
        (6400.0, 7, "6400.00"),
        (-14710.25, 7, "-14710"),
        (-1470960.0, 8, "-1470960"),
        (-14709600.0, 8, "-1.471e7"),
        (144145789.0, 8, "1.441e8"),
        (0.00122, 8, "0.00122"),
        (-0.000610, 8, "-6.10e-4"),
        (3.72529e-7, 8, "3.725e-7"),
        (-1e-12, 8, "0.0000"),
        (math.inf, 8, "inf"),
    ],
)
def test_a_number_keeps_its_digits_in_the_room_there_is(value, room, text):
    assert fitted(value, room) == text
    assert len(text) <= room
