"""The digits on the screen: every view at every size, drawing by keys and mouse, pointing."""

from __future__ import annotations

from collections.abc import AsyncIterator

import numpy as np
import pytest

from lessons.course import find
from lessons.labs.digits.lab import DigitsLab
from tests.tui.driving import NARROW, SIZES, WIDE, Driver, running
from tui.render.grey import ASCII_SHADES
from tui.widgets.confusion import ConfusionTable
from tui.widgets.images import Images
from tui.widgets.shares import Shares
from tui.widgets.sheet import Sheet

LESSON = "handwritten-digits"
LARGE = (200, 50)


def lab_of(driver: Driver) -> DigitsLab:
    assert isinstance(driver.lab, DigitsLab)
    return driver.lab


async def each_size(driver: Driver) -> AsyncIterator[tuple[int, int]]:
    """The lab in sight at every size, one after the other."""
    for size in (*SIZES, LARGE):
        await driver.resize(*size)
        driver.lesson.add_class("lab-side")
        await driver.settle()
        yield size


# nothing is cut off


@pytest.mark.parametrize("page", ["draw", "mistakes", "nodes"])
async def test_all_ten_bars_and_the_sheet_are_in_sight_at_every_size(page) -> None:
    async with running(LESSON, page=page) as driver:
        async for size in each_size(driver):
            pane = driver.pane.content_region
            (bars,) = (one for one in driver.lesson.query(Shares) if one.region)
            assert bars.region.height == 11  # and the line above them
            assert pane.contains_region(bars.region)
            if page == "draw":
                sheet = driver.lesson.query_one(Sheet)
                assert pane.contains_region(sheet.region)
                assert sheet.size.height == (28 if size == LARGE else 14)
                assert "tab: draw" in driver.words


async def test_every_row_of_the_confusion_matrix_is_in_sight_at_every_size() -> None:
    async with running(LESSON, page="confusion") as driver:
        async for _ in each_size(driver):
            table = driver.lesson.query_one(ConfusionTable)
            assert driver.pane.content_region.contains_region(table.region)
            lines = [table.render_line(y).text.split() for y in range(table.size.height)]
            assert [words[0] for words in lines if words][-10:] == list("0123456789")


async def test_every_view_can_be_turned_to_at_every_size() -> None:
    async with running(LESSON, page="train") as driver:
        driver.pane.hide(())
        async for size in each_size(driver):
            for _ in range(8):
                await driver.press("w")
                assert {len(line) for line in driver.text.splitlines()} == {size[0]}


async def test_beside_an_open_question_the_nodes_still_say_how_far_weights_moved() -> None:
    async with running(LESSON, NARROW, page="corner") as driver:
        await driver.press("v")
        assert "corner ?" in driver.words
        assert "above 0" in driver.words


# drawing


async def draw_one(driver: Driver) -> None:
    """A 1: pen down at the top, and straight down."""
    await driver.press("tab", "space", *["down"] * 16, "space")


async def test_a_digit_is_drawn_with_keys_and_read() -> None:
    async with running(LESSON, NARROW, page="draw", keys=["v"]) as driver:
        await draw_one(driver)
        assert isinstance(driver.lesson.focused, Sheet)
        ink = lab_of(driver).sheet.ink
        assert ink[6:23, 14].min() > 0.5
        assert "▸1" in driver.words.replace("▸ 1", "▸1")
        await driver.press("right")  # the pen is up: it only moves
        np.testing.assert_array_equal(lab_of(driver).sheet.ink, ink)
        await driver.press("escape")
        assert not driver.lesson.table_focused
        assert driver.lesson.page.id == "draw"


async def test_delete_erases_u_takes_a_stroke_back_and_0_clears() -> None:
    async with running(LESSON, page="draw") as driver:
        await draw_one(driver)
        sheet = lab_of(driver).sheet
        drawn = sheet.ink
        await driver.press("delete", "up", "up", "delete")
        assert sheet.ink.sum() < drawn.sum()
        await driver.press("u")
        np.testing.assert_array_equal(sheet.ink, drawn)
        await driver.press("0")
        assert sheet.is_empty
        await driver.press("u")
        np.testing.assert_array_equal(sheet.ink, drawn)


async def test_the_mouse_draws_with_the_left_button_and_erases_with_the_right() -> None:
    async with running(LESSON, page="draw") as driver:
        sheet = lab_of(driver).sheet
        pilot = driver.pilot
        await pilot.mouse_down(Sheet, offset=(5, 3))
        await pilot.hover(Sheet, offset=(20, 3))
        await pilot.mouse_up(Sheet, offset=(20, 3))
        await driver.settle()
        assert sheet.ink[6:8, 6:20].max(axis=0).min() > 0.5
        await pilot.hover(Sheet, offset=(20, 12))  # the button is up
        await driver.settle()
        assert sheet.ink[20:].max() == 0
        await pilot.mouse_down(Sheet, offset=(10, 3), button=3)
        await pilot.mouse_up(Sheet, offset=(10, 3))
        await driver.settle()
        assert sheet.ink[6, 10] < 0.6


async def test_training_goes_on_in_front_of_the_drawing() -> None:
    async with running(LESSON, page="draw") as driver:
        await draw_one(driver)
        before = driver.text
        await driver.press("r")
        await driver.run(40)
        assert lab_of(driver).position == 290
        assert driver.text != before
        await driver.press("r")


async def test_an_untrained_network_says_so_and_offers_to_train() -> None:
    async with running(LESSON, page="draw") as driver:
        await driver.press("home")
        assert "untrained: r trains it" in driver.words


# pointing


async def test_arrow_keys_go_through_images_mistakes_and_nodes() -> None:
    async with running(LESSON, page="look") as driver:
        await driver.press("tab", "right", "right")
        assert lab_of(driver).images.position == 2
        assert isinstance(driver.lesson.focused, Images)
    async with running(LESSON, page="nodes") as driver:
        first = lab_of(driver).node
        assert first == lab_of(driver).training.moved_most
        await driver.press("tab", "right", "l")
        assert lab_of(driver).node == (first + 2) % 50
        assert f"node {lab_of(driver).node + 1}" in driver.words


async def test_a_cell_of_the_matrix_shows_its_images_once_the_question_is_settled() -> None:
    page = next(one for one in find(LESSON).pages if one.id == "confusion")
    assert page.check is not None
    async with running(LESSON, page="confusion") as driver:
        table = driver.lesson.query_one(ConfusionTable)
        table.focus()
        await driver.press(*["right"] * 9)
        assert "once you have answered" in driver.words
        await driver.press("escape")
        await driver.answer(page.check.model_answer)
        assert "once you have answered" not in driver.words
        table.focus()
        await driver.press(*["up"] * 9, *["left"] * 9)
        assert lab_of(driver).cell == (0, 0)


# without colours, without Unicode


async def test_in_ascii_mode_digits_are_drawn_in_characters() -> None:
    async with running(LESSON, WIDE, page="look", ascii=True) as driver:
        assert driver.text.isascii()
        assert sum(driver.text.count(sign) for sign in ASCII_SHADES[-3:]) > 20
    async with running(LESSON, WIDE, page="nodes", ascii=True) as driver:
        assert "#" in driver.text
        assert "=" in driver.text
        assert "#+ above 0" in driver.words


async def test_the_theme_turns_paper_and_ink_around() -> None:
    async with running(LESSON, WIDE, page="look") as driver:
        images = driver.lesson.query_one("#gallery", Images)

        def corner() -> tuple[int, int, int]:
            style = next(iter(images.render_line(0))).style
            assert style is not None
            assert style.bgcolor is not None
            return style.bgcolor.get_truecolor()

        dark = corner()
        await driver.press("t")
        assert (dark, corner()) == ((0, 0, 0), (255, 255, 255))
        await driver.press("t")
