"""The race on the screen: a column and a line for each lane, falls, and rates of one's own."""

from __future__ import annotations

import pytest

from tests.tui.driving import NARROW, SIZES, WIDE, running, size_id

LESSON = "why-optimization-is-hard"
LAB_SIDE = {NARROW: ("v",), WIDE: ()}

each_size = pytest.mark.parametrize("size", SIZES, ids=size_id)


def settled(driver):
    """Show what the questions of later pages hide."""
    driver.pane.hide(())
    return driver.settle()


@each_size
async def test_every_lane_has_a_line_of_its_own_kind_and_its_numbers_below(size):
    async with running(LESSON, size, page="dead", keys=LAB_SIDE[size]) as driver:
        await settled(driver)
        await driver.press("r")
        await driver.run(3 * 29)
        for head in ("── 0.000001", "╌╌ 0.01", "··· 1"):
            assert head in driver.text
        row = next(line for line in driver.text.splitlines() if "▸" in line and " 3 " in line)
        assert all(f"{value:.4f}" in row for value in driver.lab.snapshot().rows[-1].values)
        dead = next(line for line in driver.text.splitlines() if "/200" in line)
        assert all(f"{sum(lane.dead)}/200" in dead for lane in driver.lab.snapshot().lanes)


@each_size
async def test_a_lane_that_falls_says_where_and_is_marked_in_the_plot(size):
    async with running(LESSON, size, page="inf", keys=LAB_SIDE[size]) as driver:
        await settled(driver)
        await driver.press("r")
        await driver.run(200)
        stopped = next(line for line in driver.text.splitlines() if "stopped at" in line)
        assert "✗ 126: inf" in stopped
        assert "✗ 1 " in driver.text
        assert driver.lab.can("step")


async def test_what_is_asked_about_stays_hidden_in_plot_and_table():
    async with running(LESSON, page="titanic") as driver:
        await driver.press("space", "space")
        assert "hidden until you have answered" in driver.words
        row = next(line for line in driver.text.splitlines() if "▸" in line and "2" in line)
        assert row.count("?") == 3


async def test_m_asks_for_a_rate_in_the_edit_bar_and_del_takes_the_lane_away():
    async with running(LESSON, page="own") as driver:
        await driver.press("m")
        assert driver.edit_bar.is_open
        assert driver.edit_bar.field.id == "rate 2"
        await driver.write("1/8")
        await driver.press("enter", "escape")
        assert [lane.rate for lane in driver.lab.snapshot().lanes] == ["0.01", "1", "0.125"]
        assert "··· 0.125" in driver.text
        await driver.press("delete")
        assert "0.125 has left the race" in driver.words
        assert "··· 0.125" not in driver.text


@each_size
async def test_six_lanes_have_room(size):
    async with running(LESSON, size, page="own", keys=LAB_SIDE[size]) as driver:
        for _ in range(4):
            await driver.press("m", "escape")
        await driver.press("r")
        await driver.run(60)
        head = next(line for line in driver.text.splitlines() if "── 0.01 " in line)
        assert all(f" {lane.rate}" in head for lane in driver.lab.snapshot().lanes)
        await driver.press("m")
        assert "6 lanes are the most" in driver.words
        assert not driver.edit_bar.is_open


async def test_it_can_be_read_without_braille():
    async with running(LESSON, page="own", ascii=True) as driver:
        await driver.press("r")
        await driver.run(60)
        assert driver.text.isascii()
        assert "** 0.01" in driver.text or "-- 0.01" in driver.text
