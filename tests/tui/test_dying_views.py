"""4.2 on the screen: every node as a cell, slopes as bars, cases as tables."""

from __future__ import annotations

import numpy as np
import pytest

from lessons.labs.activity.lab import ActivityLab
from lessons.labs.layer_slopes.lab import LayerSlopesLab
from lessons.labs.several.lab import SeveralLab
from lessons.labs.worked.lab import WorkedLab
from tests.tui.driving import NARROW, WIDE, Driver, running, size_id
from tui.render.node_cells import glyph, lay_out
from tui.widgets.layer_bars import LayerBars
from tui.widgets.node_grid import NodeGrid

LESSON = "dying-neurons"
SIZES = pytest.mark.parametrize("size", [NARROW, WIDE], ids=size_id)


def inside(driver: Driver) -> WorkedLab | ActivityLab | LayerSlopesLab:
    assert isinstance(driver.lab, SeveralLab)
    found = driver.lab.inside
    assert isinstance(found, WorkedLab | ActivityLab | LayerSlopesLab)
    return found


async def to_the_lab(driver: Driver) -> None:
    """In a narrow terminal, from the page to the lab."""
    if driver.lesson.has_class("narrow"):
        await driver.press("v")


# cells


@pytest.mark.parametrize(
    ("share", "dead", "sign"),
    [(0, True, "×"), (0, False, "·"), (0.001, False, "░"), (0.25, False, "░"), (0.26, False, "▒"),
     (0.75, False, "▓"), (0.76, False, "█"), (1, False, "█")],
)  # fmt: skip
def test_a_node_has_a_sign_for_how_often_it_is_above_0(share: float, dead: bool, sign: str) -> None:
    assert glyph(share, dead) == sign


def test_signs_differ_without_blocks_too() -> None:
    shares = (0.1, 0.3, 0.6, 0.9)
    assert len({glyph(share, False, ascii_only=True) for share in shares}) == 4
    assert all(glyph(share, False, ascii_only=True).isascii() for share in shares)


@pytest.mark.parametrize("width", [20, 62, 74, 150])
@pytest.mark.parametrize("height", [2, 6, 12, 30])
@pytest.mark.parametrize("sizes", [(100, 100), (3,), (1, 7, 40)])
def test_every_node_has_a_place_and_no_line_is_too_long(
    width: int, height: int, sizes: tuple[int, ...]
) -> None:
    layout = lay_out(sizes, width, height)
    assert layout.per_row * layout.wide <= width
    placed = [
        (layer, node)
        for layer, first in layout.lines
        if first >= 0
        for node in range(first, min(first + layout.per_row, sizes[layer]))
    ]
    assert placed == [(layer, node) for layer, size in enumerate(sizes) for node in range(size)]


def test_nodes_are_as_large_as_they_fit() -> None:
    assert lay_out((100, 100), 62, 12).per_row == 20
    assert lay_out((100, 100), 62, 6).per_row == 50
    assert lay_out((100, 100), 120, 6).wide == 2


# the grid


@SIZES
async def test_the_grid_shows_every_node_and_counts_the_dead(size: tuple[int, int]) -> None:
    async with running(LESSON, size, page="left") as driver:
        await to_the_lab(driver)
        lab = inside(driver)
        assert isinstance(lab, ActivityLab)
        for number, layer in enumerate(lab.snapshot().layers, start=1):
            assert f"layer {number} {layer.deaths} of 100 dead" in driver.words
        assert "of 200 dead" in driver.words


async def test_arrow_keys_go_from_node_to_node_and_on_into_the_next_layer() -> None:
    async with running(LESSON, page="nodes") as driver:
        lab = inside(driver)
        assert isinstance(lab, ActivityLab)
        grid = driver.lesson.query_one(NodeGrid)
        grid.focus()
        await driver.settle()
        per_row = grid.layout_now.per_row
        await driver.press("right", "down")
        assert lab.cursor == (0, per_row + 1)
        await driver.press(*["down"] * (100 // per_row - 1))
        assert lab.cursor == (1, 1)
        await driver.press("up", "left")
        assert lab.cursor == (0, 100 - per_row)
        assert f"layer 1 node {100 - per_row}" in driver.words
        await driver.press("x")
        assert f"layer 1 node {100 - per_row}" in driver.words


async def test_nodes_are_hidden_until_the_question_is_answered() -> None:
    async with running(LESSON, page="rate") as driver:
        assert "the nodes stay hidden" in driver.words
        assert "··· layer 2" not in driver.words
        await driver.press("space", "space")
        assert "of 200 dead" not in driver.words
        await driver.answer("3")
        assert "of 200 dead" in driver.words
        assert "··· layer 2" in driver.words


async def test_w_turns_from_dead_nodes_to_the_loss_and_back() -> None:
    async with running(LESSON, page="remedies") as driver:
        await driver.press("space")
        assert "··· layer 2" in driver.words
        await driver.press("w")
        assert "each batch" in driver.words
        await driver.press("w")
        assert "··· layer 2" in driver.words


@SIZES
@pytest.mark.parametrize("page", ["remedies", "left", "learn"])
async def test_the_loss_in_the_header_is_that_of_the_last_batch_and_says_so(page, size) -> None:
    async with running(LESSON, size, page=page) as driver:
        if size == NARROW:
            await to_the_lab(driver)
        driver.pane.hide(())
        await driver.press("space")
        above = driver.text.splitlines()[2:4]
        assert "  batch loss 0." in above[1]
        assert "…" not in "".join(above)
        assert page == "learn" or "  base 0.667" in "".join(above)


async def test_in_a_low_pane_w_puts_the_loss_in_the_place_of_the_nodes() -> None:
    async with running(LESSON, NARROW, page="revive") as driver:
        await to_the_lab(driver)
        assert "layer 2" in driver.words
        assert "each batch" not in driver.words
        await driver.press("w")
        assert "layer 2" not in driver.words
        assert "each batch" in driver.words


async def test_the_run_before_stays_as_a_dashed_curve() -> None:
    async with running(LESSON, page="remedies") as driver:
        await driver.press("space", "space")
        driver.lab.set("scaling", "off")
        await driver.press("space")
        assert "before: scaled" in driver.words
        await driver.press("w")
        assert "before: scaled" in driver.words
        await driver.press("u")
        assert "before:" not in driver.words


async def test_a_run_moves_the_cells() -> None:
    async with running(LESSON, page="remedies") as driver:
        before = driver.lesson.query_one(NodeGrid).cells[0].share
        await driver.press("r")
        await driver.run(30)
        after = driver.lesson.query_one(NodeGrid).cells[0].share
        assert inside(driver).position == 30
        assert not np.array_equal(before, after)


# the bars


async def test_slopes_appear_one_layer_at_a_time() -> None:
    async with running(LESSON, page="flow") as driver:
        await driver.press("space", "space")
        lines = [line for line in driver.text.splitlines() if "▆" in line]
        assert len(lines) == 2
        assert "out ▆" in lines[0]
        await driver.press("b")
        assert driver.text.count("out ▆") == 1
        assert len([line for line in driver.text.splitlines() if "▆" in line]) == 1


async def test_a_longer_bar_is_a_larger_slope() -> None:
    async with running(LESSON, page="learn") as driver:
        bars = driver.lesson.query_one(LayerBars)
        rows = [bars.render_line(y).text for y in range(1, 10)]
        lengths = [row[4 : 4 + bars._width].count("▆") for row in rows]
        assert lengths == sorted(lengths, reverse=True)
        assert lengths[0] >= lengths[-1] + 3


async def test_twenty_layers_in_a_small_terminal_keep_the_one_pointed_at_in_sight() -> None:
    async with running(LESSON, NARROW, page="flow") as driver:
        await to_the_lab(driver)
        driver.lab.set("depth", "20")
        driver.pane.refresh_view()
        await driver.settle()
        driver.lesson.query_one(LayerBars).focus()
        await driver.burst(*["down"] * 20)
        lab = inside(driver)
        assert isinstance(lab, LayerSlopesLab)
        assert lab.cursor[0] <= 8
        assert "weights to layer" in driver.words


async def test_losses_alone_take_the_place_of_the_bars() -> None:
    async with running(LESSON, NARROW, page="learn") as driver:
        await to_the_lab(driver)
        await driver.press("w", "r")
        await driver.run(60)
        assert "training loss" in driver.words
        assert "▆" not in driver.text


# cases


async def test_a_case_is_worked_row_by_row() -> None:
    async with running(LESSON, NARROW, page="flat") as driver:
        await to_the_lab(driver)
        await driver.press("space", "space")
        assert "row 1: z = 3 × (-1) + 1 × (-1) = -4: ?" in driver.words
        await driver.answer("0")
        assert "row 1: z = 3 × (-1) + 1 × (-1) = -4: gate 0" in driver.words


async def test_pages_bring_their_own_lab_and_take_it_away_again() -> None:
    async with running(LESSON, page="one-row") as driver:
        assert "inputs" in driver.words
        await driver.press("right")
        await driver.settle()  # its view is made now
        assert "layer 2" in driver.words
        assert "inputs" not in driver.words.partition("Lab:")[2]
        await driver.press("left", "space")
        assert "row 0: z = 1 × 1 + 2 × (-1) = -1" in driver.words


async def test_in_signs_of_ascii_dead_and_living_nodes_differ() -> None:
    async with running(LESSON, page="nodes", ascii=True) as driver:
        row = driver.lesson.query_one(NodeGrid).render_line(1).text
        assert set(row.replace(" ", "")) <= set("-+*#×")
        assert "x dead" in driver.words
