"""A drawn digit: strokes, erasing, undoing, and how it is centred as MNIST's images were."""

from __future__ import annotations

import numpy as np
import pytest

from lessons.labs.digits.drawing import BOX, FAINT, SIDE, Drawing, centred

CENTRE = SIDE / 2


def drawn(*places: tuple[float, float]) -> Drawing:
    """A sheet with one stroke through these places, columns first."""
    sheet = Drawing()
    sheet.begin(*places[0])
    for place in places[1:]:
        sheet.move(*place)
    sheet.lift()
    return sheet


def mass(ink: np.ndarray) -> tuple[float, float]:
    """Column and row where the ink balances."""
    rows, columns = np.mgrid[0:SIDE, 0:SIDE] + 0.5
    return float((columns * ink).sum() / ink.sum()), float((rows * ink).sum() / ink.sum())


def sides(ink: np.ndarray) -> tuple[int, int]:
    """Columns and rows from the first to the last that has ink."""
    there = ink > FAINT
    spans = (np.flatnonzero(there.any(axis=axis)) for axis in (0, 1))
    width, height = (int(span[-1] - span[0]) + 1 for span in spans)
    return width, height


# strokes


def test_a_stroke_has_full_ink_in_its_middle_and_soft_edges() -> None:
    ink = drawn((14, 5), (14, 22)).ink
    across = ink[14, 11:18]
    np.testing.assert_allclose(across, across[::-1])
    assert across[3] == 1
    assert 0 < across[2] < 1
    assert across[0] == 0


def test_a_stroke_has_no_gap_however_far_the_pen_jumped() -> None:
    ink = drawn((4, 4), (23, 20)).ink
    for part in np.linspace(0, 1, 50):
        column, row = round(4 + 19 * part), round(4 + 16 * part)
        assert ink[row, column] > 0.3


def test_where_strokes_cross_there_is_no_more_than_full_ink() -> None:
    sheet = drawn((14, 4), (14, 24))
    sheet.begin(4, 14)
    sheet.move(24, 14)
    assert sheet.ink.max() == 1


def test_the_eraser_takes_ink_off_and_leaves_the_rest() -> None:
    sheet = drawn((14, 4), (14, 24))
    sheet.begin(14, 6, erase=True)
    assert sheet.ink[6, 14] == 0
    assert sheet.ink[20, 14] == 1


@pytest.mark.parametrize("place", [(-50.0, -3.0), (99.0, 1e9), (27.0, 27.0), (0.0, 0.0)])
def test_off_the_sheet_the_nearest_pixel_is_drawn_on(place: tuple[float, float]) -> None:
    ink = drawn(place).ink
    assert ink.shape == (SIDE, SIDE)
    assert ink.max() == 1


def test_each_stroke_is_taken_back_exactly_and_clearing_too() -> None:
    sheet = Drawing()
    states = [sheet.ink]
    for column in (5, 10, 15):
        sheet.begin(column, 5)
        sheet.move(column, 20)
        sheet.lift()
        states.append(sheet.ink)
    sheet.clear()
    assert sheet.is_empty
    for state in reversed(states):
        assert sheet.undo()
        np.testing.assert_array_equal(sheet.ink, state)
    assert not sheet.undo()


def test_what_was_painted_before_does_not_change_under_a_view() -> None:
    sheet = drawn((5, 5))
    seen = sheet.ink.copy()
    held = sheet.ink
    sheet.begin(20, 20)
    np.testing.assert_array_equal(held, seen)


# centring


@pytest.mark.parametrize("at", [(3, 3), (20, 4), (10, 18)])
def test_the_ink_balances_in_the_middle_wherever_it_was_drawn(at: tuple[int, int]) -> None:
    column, row = at
    given = centred(drawn((column, row), (column, row + 6), (column + 4, row + 6)).ink)
    assert list(mass(given.ink)) == pytest.approx([CENTRE, CENTRE], abs=0.6)


def test_the_same_digit_in_two_places_is_the_same_to_the_network() -> None:
    one, other = (
        centred(drawn((9 + dx, 6 + dy), (15 + dx, 6 + dy), (11 + dx, 18 + dy)).ink)
        for dx, dy in ((0, 0), (6, 4))
    )
    np.testing.assert_allclose(one.ink, other.ink)
    assert (one.left, one.top) != (other.left, other.top)


def test_a_large_drawing_becomes_20_pixels_long_as_in_mnist() -> None:
    given = centred(drawn((14, 1), (14, 26)).ink)
    assert max(sides(given.ink)) == BOX
    assert given.scale == pytest.approx(BOX / given.rows)


def test_a_small_drawing_is_at_most_doubled() -> None:
    given = centred(drawn((14, 14)).ink)
    assert given.scale == 2
    assert max(sides(given.ink)) <= 2 * given.rows


def test_an_empty_sheet_is_given_as_it_is() -> None:
    given = centred(np.zeros((SIDE, SIDE)))
    assert given.scale == 1
    assert not given.ink.any()


@pytest.mark.parametrize("seed", range(20))
def test_whatever_is_drawn_the_ink_stays_between_0_and_1(seed: int) -> None:
    rng = np.random.default_rng(seed)
    sheet = Drawing()
    for _ in range(rng.integers(1, 6)):
        sheet.begin(*rng.uniform(-3, 31, 2), erase=bool(rng.random() < 0.2))
        for _ in range(rng.integers(0, 8)):
            sheet.move(*rng.uniform(-3, 31, 2))
        sheet.lift()
    given = centred(sheet.ink)
    assert np.isfinite(given.ink).all()
    assert given.ink.min() >= 0
    assert given.ink.max() <= 1
    assert given.ink.shape == (SIDE, SIDE)


def test_a_pen_that_is_down_when_the_sheet_is_cleared_begins_a_new_stroke() -> None:
    sheet = Drawing()
    sheet.begin(5, 5)
    sheet.move(9, 5)
    sheet.clear()
    sheet.move(20, 20)
    assert sheet.ink[20, 20] == 1
    assert sheet.ink[5, 5] == 0
    sheet.undo()
    assert sheet.is_empty
