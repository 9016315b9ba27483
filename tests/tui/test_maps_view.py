"""The maps on the screen: where they stand, what is seen of them, pointing at one."""

from __future__ import annotations

from itertools import combinations, product
from typing import Any

import numpy as np
import pytest
from rich.color import Color
from rich.segment import Segment
from rich.style import Style

from tests.tui.driving import NARROW, SIZES, WIDE, running, size_id, static_text
from tui.render.heat import DOTS, HALF, SIGNS, Dots, heat, sign
from tui.render.heat_layout import Spot, arrange
from tui.render.spark import spark
from tui.theme import ROLES, _palette
from tui.widgets.maps import Maps

LESSON = "representation-learning"
DARK, LIGHT = (_palette(("",) * len(ROLES), paper, "", dark, False) for paper, dark in
               (("#10141b", True), ("#fbf8f1", False)))  # fmt: skip


def text_of(line: list[Segment]) -> str:
    return "".join(segment.text for segment in line)


def rgb(color: Color | None) -> tuple[int, int, int]:
    assert color is not None
    return color.get_truecolor()


def style_of(segment: Segment) -> Style:
    assert segment.style is not None
    return segment.style


# where maps stand


def boxes(spots: tuple[Spot, ...]) -> list[tuple[int, int, int, int]]:
    """Left, top, right, bottom of each map, with the mark before it and the name above it."""
    return [(s.x - 1, s.y - 1, s.x + s.columns, s.y + s.rows) for s in spots]


LAYERS = [(n,) for n in range(1, 9)] + list(product((1, 2, 4, 8), (1, 3, 8)))


@pytest.mark.parametrize(
    "size", [(76, 14), (76, 8), (76, 5), (62, 23), (62, 10), (46, 9), (90, 40)]
)
@pytest.mark.parametrize("layers", LAYERS, ids=str)
def test_maps_neither_overlap_nor_leave_the_pane(layers, size) -> None:
    for pointed in ((0, 0), (len(layers) - 1, layers[-1] - 1), (len(layers), 0)):
        found = arrange(layers, size, pointed)
        assert found.spots[-1].layer == -1
        for left, top, right, bottom in boxes(found.spots):
            assert left >= 0
            assert top >= 0
            assert right <= size[0]
            assert bottom <= size[1]
        for one, other in combinations(boxes(found.spots), 2):
            assert (
                one[2] <= other[0]
                or other[2] <= one[0]
                or (one[3] <= other[1] or other[3] <= one[1])
            )
        nodes = {(spot.layer, spot.node) for spot in found.spots}
        if pointed[0] < len(layers):
            assert pointed in nodes
        assert found.complete == (len(nodes) == sum(layers) + 1)


def test_all_sixteen_maps_are_in_sight_in_both_panes() -> None:
    for size in ((76, 14), (62, 23)):
        found = arrange((8, 8), size, (0, 0))
        assert found.complete
        assert min(spot.rows for spot in found.spots) >= 3


def test_without_any_room_there_is_nothing() -> None:
    assert arrange((8, 8), (76, 1), (0, 0)).spots == ()
    assert arrange((8, 8), (10, 5), (0, 0)).spots == ()


# drawing


@pytest.mark.parametrize("palette", [DARK, LIGHT], ids=["dark", "light"])
def test_a_map_fills_its_cells_and_is_blue_above_0(palette) -> None:
    values = np.array([[1.0, -1.0], [1.0, -1.0]])
    lines = heat(values, (6, 3), palette)
    assert [text_of(line) for line in lines] == [HALF * 6] * 3
    left, right = (rgb(style_of(half).color) for half in lines[0])
    assert left[2] > left[0]
    assert right[0] > right[2]


def test_two_values_stand_in_one_cell() -> None:
    ((cell,),) = heat(np.array([[1.0], [-1.0]]), (1, 1), DARK)
    top, bottom = rgb(style_of(cell).color), rgb(style_of(cell).bgcolor)
    assert top[2] > top[0]
    assert bottom[0] > bottom[2]


def test_signs_stand_for_colours() -> None:
    values = np.array([[-1.0, -0.3, 0.0, 0.3, 1.0]])
    (line,) = heat(values, (5, 1), DARK, signs=True)
    assert text_of(line) == SIGNS == "=- +#"
    assert [sign(one) for one in (-0.59, 0.1, 0.61)] == ["-", " ", "#"]


def test_dots_stand_where_they_are_and_a_wrong_one_is_on_top() -> None:
    dots = Dots(
        across=np.array([0.0, 0.99, 0.99]),
        up=np.array([1.0, 0.01, 0.0]),
        kind=np.array([True, True, False]),
        stressed=np.array([False, False, True]),
    )
    for signs in (False, True):
        lines = heat(np.zeros((2, 2)), (4, 2), DARK, signs=signs, dots=dots)
        assert text_of(lines[0])[0] == DOTS[True]
        assert text_of(lines[1])[-1] == DOTS[False]
        assert style_of(lines[1][-1]).reverse


def test_what_is_not_a_number_is_drawn_as_0() -> None:
    (line,) = heat(np.array([[np.nan]]), (2, 1), DARK, signs=True)
    assert text_of(line) == "  "


def test_a_spark_falls_as_the_loss_does() -> None:
    assert spark(np.array([8.0, 4.0, 0.0]), 10) == "█▅▁"
    assert len(spark(np.linspace(1, 0, 500), 16)) == 16
    assert spark(np.zeros(3), 5) == "▁▁▁"


# on the screen


@pytest.mark.parametrize("size", SIZES, ids=size_id)
async def test_nothing_is_cut(size) -> None:
    async with running(LESSON, size, page="spiral", keys=("space", "space")) as driver:
        maps = driver.lesson.query_one(Maps)
        assert maps.arrangement.complete
        for name in ("layer 1", "layer 2", "output", "epoch   2", "accuracy", "wrong"):
            assert name in driver.text
        assert [driver.text.count(f"node {node} ") >= 1 for node in range(8)] == [True] * 8
        for line in ("#standing", "#pointed", "#legend"):
            widget = driver.lesson.query_one(line)
            assert all(len(row) <= widget.size.width for row in static_text(widget).split("\n"))


async def test_training_changes_the_maps_and_back_brings_them_again() -> None:
    async with running(LESSON, WIDE, page="form", ascii=True, keys=("space",)) as driver:
        before = driver.text
        await driver.press("r")
        await driver.run(15)
        assert driver.lab.position == 16
        await driver.press("r")
        assert driver.text != before
        await driver.press("home")
        await driver.press("space")
        assert driver.lab.position == 1
        picture = [line[66:] for line in before.splitlines()[5:27]]
        assert [line[66:] for line in driver.text.splitlines()[5:27]] == picture


async def test_the_arrow_keys_point_and_x_explains_that_node() -> None:
    async with running(LESSON, WIDE, page="representations", keys=("tab",)) as driver:
        lab: Any = driver.lab
        maps = driver.lesson.query_one(Maps)
        assert maps.has_focus
        assert "point at a map" in driver.key_bar
        await driver.press("down")
        assert lab.cursor == (0, 1)
        await driver.press("right")
        assert lab.cursor[0] == 1
        assert "layer 2 node" in static_text(driver.lesson.query_one("#pointed"))
        await driver.press("right")
        assert lab.cursor == (2, 0)
        await driver.press("right")
        assert lab.cursor == (2, 0)
        await driver.press("left", "x")
        assert f"layer 2 node {lab.cursor[1]}" in driver.text
        await driver.press("escape", "escape")
        assert driver.lesson.focused is not maps
        await driver.press("l")
        assert lab.cursor[0] == 2


async def test_maps_are_hidden_until_the_question_is_answered() -> None:
    async with running(LESSON, WIDE, page="before") as driver:
        assert "· ? ·" in driver.text
        await driver.answer("3")
        assert "· ? ·" not in driver.text


async def test_all_maps_stay_in_sight_while_settings_are_edited() -> None:
    async with running(LESSON, NARROW, page="spiral", keys=("e",)) as driver:
        maps = driver.lesson.query_one(Maps)
        assert maps.arrangement.complete
        await driver.press("escape")
        assert maps.arrangement.complete


async def test_ascii_shows_signs() -> None:
    async with running(LESSON, NARROW, page="spiral", ascii=True, keys=("r",)) as driver:
        await driver.run(30)
        assert driver.text.isascii()
        assert "###" in driver.text
        assert "===" in driver.text
        assert "#+ above 0  =- below" in driver.text
