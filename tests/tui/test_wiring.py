"""The lines of the playground's network, and where its tiles stand."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from tui.render.play_layout import MOST_SHOWN, NAMES, WIDE_GAP, arrange
from tui.render.wiring import FAINT, MANY, ROLES, Wiring

Ends = tuple[tuple[float, float], tuple[float, float]]
Cells = dict[tuple[int, int], tuple[str, str]]

ACROSS = ((0.0, 2.5), (20.0, 2.5))
DOWN, UP = ((0.0, 0.0), (10.0, 5.0)), ((0.0, 5.0), (10.0, 0.0))


def drawn(*lines: tuple[Ends, float], frozen: int = -1, size: tuple[int, int] = (30, 5)) -> Cells:
    """The cells, (column, row), that lines of these strengths run through: a sign and a role."""
    wiring = Wiring([ends for ends, _ in lines], *size)
    strength = np.array([strength for _, strength in lines])
    found = wiring.draw(strength, np.arange(len(lines)) == frozen)
    return {
        (int(x), int(y)): (str(found.signs[y, x]), ROLES[found.roles[y, x]])
        for y, x in np.argwhere(found.there)
    }


def dots(cells: Cells) -> int:
    return sum((ord(sign) - 0x2800).bit_count() for sign, _ in cells.values())


def test_a_line_runs_from_its_start_to_its_end_and_nowhere_else():
    cells = drawn((ACROSS, 0.3))
    assert {row for _, row in cells} == {2}
    assert min(column for column, _ in cells) == 0
    assert max(column for column, _ in cells) == 20


def test_a_negative_weight_is_told_from_a_positive_one_without_colours():
    whole, broken = (drawn((ACROSS, s)) for s in (0.3, -0.3))
    assert dots(broken) < 0.75 * dots(whole)
    assert {role for _, role in whole.values()} == {"positive"}
    assert {role for _, role in broken.values()} == {"negative"}


def test_a_strong_weight_is_thicker():
    weak, strong = (drawn((ACROSS, s)) for s in (0.3, 0.9))
    assert dots(strong) > 1.5 * dots(weak)


def test_where_lines_cross_the_strongest_gives_the_colour_and_a_frozen_one_stays_in_sight():
    one, other = (DOWN, 0.2), (UP, -0.8)
    for order in ([one, other], [other, one]):
        assert drawn(*order, size=(12, 6))[5, 2][1] == "negative"
    assert drawn(other, (DOWN, 0.3), frozen=1, size=(12, 6))[5, 2][1] == "mark"
    assert drawn((DOWN, 0.3), other, frozen=0, size=(12, 6))[5, 2][1] == "mark"


def test_faint_lines_are_left_out_where_there_are_many():
    few = [(ACROSS, FAINT / 2)]
    assert {role for _, role in drawn(*few).values()} == {"line"}
    assert drawn(*few * (MANY + 1)) == {}
    assert {role for _, role in drawn(*few * (MANY + 1), frozen=0).values()} == {"mark"}


def test_lines_drawn_before_leave_nothing_behind():
    wiring, held = Wiring([DOWN, UP], 12, 6), np.array([False, False])
    first = wiring.draw(np.array([0.9, -0.5]), held)
    wiring.draw(np.array([-0.02, 1.0]), held)
    again = wiring.draw(np.array([0.9, -0.5]), held)
    assert (again.signs == first.signs).all()
    assert (again.roles == first.roles).all()


@pytest.mark.parametrize(
    "sizes", [(2, 1), (2, 4, 2, 1), (7, 8, 8, 8, 8, 8, 8, 1), (784, 50, 50, 10)]
)
@pytest.mark.parametrize("mapped", [True, False])
@pytest.mark.parametrize(("width", "height"), [(76, 15), (74, 24), (180, 44)])
def test_tiles_stand_side_by_side_inside_and_do_not_touch_their_neighbours(
    sizes, mapped, width, height
):
    arranged = arrange(sizes, width, height, mapped=mapped)
    assert arranged is not None
    taken: set[tuple[int, int]] = set()
    for tile in arranged.tiles:
        cells = {
            (x, y)
            for x in range(tile.x, tile.x + tile.columns)
            for y in range(tile.y, tile.y + tile.rows)
        }
        assert not cells & taken
        taken |= cells
        assert tile.x >= NAMES
        assert tile.x + tile.columns <= width
        assert tile.y >= 0
        assert tile.y + tile.rows <= height
    for layer, size in enumerate(sizes):
        shown = sum(tile.layer == layer for tile in arranged.tiles)
        assert shown == min(size, MOST_SHOWN)
        assert arranged.left_out[layer] == size - shown


def test_where_there_is_no_room_there_are_no_tiles():
    assert arrange((2, 8, 1), 20, 10) is None
    assert arrange((2, 8, 1), 80, 4) is None


@pytest.mark.parametrize("sizes", [(4, 20, 20, 3), (2, 8, 1), (9, 8, 8, 8, 8, 8, 8, 1)])
@pytest.mark.parametrize("mapped", [True, False])
@pytest.mark.parametrize(("width", "height"), [(76, 15), (116, 24), (180, 44)])
def test_names_have_the_cells_that_lines_can_spare(sizes, mapped, width, height):
    usual, wide = (
        arrange(sizes, width, height, mapped=mapped, names=names) for names in (NAMES, 18)
    )
    assert usual is not None
    assert wide is not None
    assert usual.names == NAMES
    assert NAMES <= wide.names <= 18
    assert [tile.rows for tile in wide.tiles] == [tile.rows for tile in usual.tiles]
    assert min(tile.x for tile in wide.tiles) == wide.names
    columns = sorted({(tile.x, tile.columns) for tile in wide.tiles})
    gaps = [b[0] - a[0] - a[1] for a, b in pairwise(columns)]
    assert wide.names == NAMES or min(gaps) >= WIDE_GAP - 1
    assert wide.names == 18 or min(gaps) <= WIDE_GAP + 1
