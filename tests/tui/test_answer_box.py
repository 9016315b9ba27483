"""The answer box: what may be typed, what becomes of an answer that was given, which keys wait."""

from __future__ import annotations

import re

import pytest

from tests.tui.driving import DESCENT, FORWARD, NARROW, ONE_WEIGHT, Driver, running
from tui.widgets.check import NO_LETTERS, ONE_NUMBER, AnswerBox


def record(driver: Driver):
    """What is kept about the question of the page that is open."""
    page = driver.lesson.page
    assert page.check is not None
    return driver.app.progress.check(driver.lesson.lesson.id, page.check.id)


def box(driver: Driver) -> AnswerBox:
    return driver.lesson.query_one(AnswerBox)


@pytest.mark.parametrize("typed", ["", "-", "5-", "1/0", "..", "1/", "5 5"])
async def test_what_cannot_be_read_uses_no_try_and_says_what_is_accepted(typed):
    async with running(FORWARD, page="node-0") as driver:
        box(driver).value = typed
        await driver.press("enter")

        assert driver.feedback.endswith(("type one like 5, -2.5 or 1/9.", "0 below the line."))
        assert record(driver).tries == 0
        assert box(driver).value == typed
        assert driver.lesson.typing


async def test_too_few_decimals_use_no_try_and_can_be_mended():
    async with running(ONE_WEIGHT, page="update") as driver:
        await driver.answer("2.2")
        assert driver.feedback == "Right so far: 2 decimals are asked for."
        assert record(driver).tries == 0
        await driver.press("backspace", "2")
        await driver.answer("4")
        assert record(driver).status == "solved"


@pytest.mark.parametrize("first", ["2.2", "31337", "-"])
async def test_an_answer_takes_the_place_of_the_one_before(first):
    async with running(ONE_WEIGHT, page="update") as driver:
        await driver.answer(first)
        assert box(driver).value == first
        await driver.write("2.24")
        assert box(driver).value == "2.24"
        await driver.press("enter")
        assert record(driver).status == "solved"


async def test_answers_that_arrive_at_once_are_not_run_together():
    async with running(FORWARD, page="node-0") as driver:
        await driver.burst("7", "enter", "5", "enter")
        assert (record(driver).tries, record(driver).status) == (1, "solved")


async def test_a_pasted_answer_takes_the_place_of_the_one_before():
    async with running(FORWARD, page="node-0") as driver:
        await driver.answer("7")
        await driver.paste("5")
        assert box(driver).value == "5"


async def test_once_an_answer_is_given_the_space_bar_is_a_key_of_the_lab_again():
    async with running(FORWARD, page="node-0") as driver:
        await driver.answer("7")
        await driver.press("space")
        assert (box(driver).value, driver.lab.position) == ("7", 1)


@pytest.mark.parametrize("typed", ["1/9", "0,111", "0.111", ".111", "+0.111"])
async def test_fractions_commas_and_points_are_all_read(typed):
    async with running(DESCENT, page="bounce") as driver:
        await driver.answer(typed)
        assert record(driver).status == "solved"


async def test_digits_go_to_the_box_while_letters_and_space_drive_the_lab():
    async with running(FORWARD, page="node-0") as driver:
        await driver.press("space", "space", "b")
        assert (box(driver).value, driver.lab.position) == ("", 1)
        await driver.press("1", "0", ".", ",", "-", "+", "/")
        assert box(driver).value == "10.,-+/"
        await driver.press("backspace", "t", "x")
        assert box(driver).value == "10.,-+"
        assert driver.app.theme == "dl-light"
        assert driver.screen is not driver.lesson


async def test_while_an_answer_is_typed_keys_of_the_lab_say_that_they_are_no_part_of_it():
    async with running(FORWARD, NARROW, page="node-0") as driver:
        await driver.press("3", "space")
        assert driver.feedback == ONE_NUMBER
        for letter in "bruk":
            await driver.press(letter)
            assert driver.feedback == NO_LETTERS
        assert (box(driver).value, driver.lab.position) == ("3", 0)
        assert "Lab:" not in driver.text
        await driver.press("h")
        assert "hint 1 of 3" in driver.text
        await driver.press("escape", "space")
        assert driver.lab.position == 1


async def test_arrows_turn_pages_while_the_box_has_the_keyboard():
    async with running(FORWARD, page="node-0") as driver:
        assert driver.lesson.typing
        await driver.press("4", "right")
        assert driver.lesson.page.id == "node-1"
        assert box(driver).value == ""
        await driver.press("left")
        assert driver.lesson.page.id == "node-0"
        assert driver.lesson.typing


async def test_a_space_separates_numbers_only_where_several_are_asked_for():
    async with running(ONE_WEIGHT, page="after") as driver:
        before = driver.lab.position
        await driver.press("space")
        assert (box(driver).value, driver.lab.position) == ("", before + 1)
        await driver.write("6.72 -3.28")
        assert (box(driver).value, driver.lab.position) == ("6.72 -3.28", before + 1)
        await driver.press("enter")
        assert record(driver).status == "solved"


@pytest.mark.parametrize("plain", ["NO_COLOR", "ascii"])
async def test_the_box_has_edges_where_its_shade_may_not_show(plain, monkeypatch):
    if plain == "NO_COLOR":
        monkeypatch.setenv("NO_COLOR", "1")
    async with running(FORWARD, page="node-0", ascii=plain == "ascii") as driver:
        await driver.write("12")
        assert re.search(r"\[12 +\]  a whole number", driver.text)


async def test_elsewhere_it_has_its_shade_alone():
    async with running(FORWARD, page="node-0") as driver:
        assert "[ " not in driver.text
