"""What the backpropagation lab shows: the network both ways, gates, nudges, where it stands."""

from __future__ import annotations

import pytest

from tests.tui.driving import NARROW, SIZES, WIDE, Driver, running, size_id, static_text
from tui.widgets.network import Network

FIRST, BY_NUMBERS = "backpropagation", "backpropagation-by-numbers"

each_size = pytest.mark.parametrize("size", SIZES, ids=size_id)


async def to_the_lab(driver: Driver) -> None:
    """In a narrow terminal the lab has to be turned to."""
    if not driver.lesson.wide:
        await driver.press("v")


def picture(driver: Driver) -> str:
    network = driver.lesson.query_one(Network)
    return "\n".join(network.render_line(y).text for y in range(network.size.height))


@each_size
async def test_forward_points_right_and_backward_left(size):
    async with running(FIRST, size) as driver:
        await driver.press("space")
        assert "▸ forward" in driver.text
        assert "▸node 0" in picture(driver)
        assert "∂" not in picture(driver)
        await driver.press(*["space"] * 5)
        assert "◂ backward" in driver.text
        assert "◂output" in picture(driver)


@each_size
async def test_slopes_and_gates_stand_in_the_deep_network(size):
    async with running(FIRST, size, page="recap") as driver:
        driver.pane.hide(())
        await to_the_lab(driver)
        shut, open_ = ("∂ 36 shut", "∂ 60 open") if size == NARROW else ("∂ 36 ×0", "∂ 60 ×1")
        for text in (shut, open_, "∂ 30", "∂ 60", "∂ 18", "10"):
            assert text in picture(driver)
        assert "…" not in picture(driver)
        assert "∂ weight input 1→node 1.1 = 1 × 60 × 1 = 60" in driver.text


@each_size
@pytest.mark.parametrize("page", ["sum", "moves", "recap"])
async def test_nothing_moves_on_the_way_back(size, page):
    async with running(FIRST, size, page=page, keys=["0"]) as driver:
        driver.pane.hide(())
        await to_the_lab(driver)
        lab = driver.lab
        corners = set()
        for position in range(7, 20):
            lab.go(min(position, 16))
            driver.pane.refresh_view()
            await driver.settle()
            rows = picture(driver).splitlines()
            frames = str.maketrans("┏┓┗┛╭╮╰╯", "++++++++")
            corners.add(
                tuple(
                    (y, x)
                    for y, row in enumerate(rows)
                    for x, sign in enumerate(row.translate(frames))
                    if sign == "+"
                )
            )
        assert len(corners) == 1


@each_size
async def test_a_nudge_stands_beside_its_slope(size):
    async with running(BY_NUMBERS, size, page="nudge-more") as driver:
        driver.pane.hide(())
        await to_the_lab(driver)
        assert "nudge weight input 1→node 1: 3 + 0.001 = 3.001" in driver.text
        assert "loss: 9.018009 - 9 = 0.018009" in driver.text
        assert "∂ × nudge: 18 × 0.001 = 0.018" in driver.text
        await driver.press("d")
        assert "nudge weight node 0→output" in driver.text
        await driver.press("d", "d")
        assert "× nudge" not in driver.text


@each_size
async def test_what_comes_of_a_nudge_stays_in_sight_while_it_is_edited(size):
    async with running(BY_NUMBERS, size, page="nudge-more", keys=["e", "right"]) as driver:
        driver.pane.hide(())
        await driver.settle()
        for line in ("3 + 0.01 = 3.01", "loss: ", "∂ × nudge: 18 × 0.01 = 0.18"):
            assert line in driver.text


@each_size
async def test_where_it_stands_is_told_in_a_line(size):
    async with running(BY_NUMBERS, size, page="recap") as driver:
        driver.pane.hide(())
        await to_the_lab(driver)
        standing = static_text(driver.lesson.query_one("#standing"))
        assert standing.split() == [
            *("step", "0", "◂", "backward", "target", "7"),
            *("error", "3", "loss", "9", "rate", "0.01"),
        ]
        await driver.press("space")
        assert "● updated" in driver.text
        assert "weight input 1→node 1 = 3 - 0.01 × 18 = 2.82" in driver.text
        assert "2.82" in picture(driver)


async def test_the_number_under_the_edit_cursor_is_marked():
    async with running(FIRST, WIDE, keys=["e"]) as driver:
        assert "[0]" in picture(driver)
        await driver.press("down", "down", "down")
        assert "[1]" in picture(driver)


async def test_it_can_be_drawn_without_braille_and_boxes():
    async with running(FIRST, WIDE, page="recap", ascii=True) as driver:
        driver.pane.hide(())
        await driver.settle()
        assert all(ord(sign) < 0x2500 for sign in driver.text)


async def test_whole_steps_list_their_outputs():
    async with running(BY_NUMBERS, WIDE, page="descend", keys=["space", "space"]) as driver:
        driver.pane.hide(())
        assert "step 1: output 8.836, error 1.836, loss 3.3709" in driver.text
        assert "step 2: output 8.199" in driver.text
