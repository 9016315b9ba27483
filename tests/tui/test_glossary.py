"""The glossary: one key away, searched by typing, and a way to the lesson of a word."""

from __future__ import annotations

import pytest

from lessons.course import outlines
from lessons.glossary import glossary
from tests.tui.driving import (
    FORWARD,
    ONE_WEIGHT,
    SIZES,
    Driver,
    each_lesson,
    running,
    size_id,
)
from tui.screens.contents import ContentsScreen
from tui.screens.glossary import GlossaryPanel
from tui.screens.help import HelpPanel
from tui.screens.lesson import LessonScreen


def panel(driver: Driver) -> GlossaryPanel:
    assert isinstance(driver.screen, GlossaryPanel)
    return driver.screen


async def there_and_back(driver: Driver, where: str) -> None:
    before = driver.screen
    await driver.press("g")
    assert glossary()[0].name in driver.text, where
    assert glossary()[0].plain[:20] in driver.words, where
    await driver.press("escape")
    assert driver.screen is before, where


@pytest.mark.parametrize("size", SIZES, ids=size_id)
async def test_it_is_one_key_away_and_esc_goes_back(size):
    async with running(size=size) as driver:
        await there_and_back(driver, "the contents")
        async for lesson in each_lesson(driver):
            assert driver.lesson.lesson is lesson
            await there_and_back(driver, lesson.id)


async def test_it_opens_from_a_question_that_takes_a_number():
    async with running(FORWARD, page="node-0") as driver:
        assert driver.lesson.typing
        await driver.press("g", "escape")
        assert driver.lesson.typing


@pytest.mark.parametrize("key", ["question_mark", "x", "c"])
async def test_it_opens_from_every_panel(key):
    async with running(ONE_WEIGHT, page="walk", keys=("space", key)) as driver:
        behind = driver.screen
        await driver.press("g")
        assert driver.shows(GlossaryPanel)
        await driver.press("escape")
        assert driver.screen is behind


async def test_a_word_is_typed_and_read():
    async with running(keys=("g", *"mse")) as driver:
        assert "▸ mean squared error" in driver.text
        assert "also: MSE" in driver.text
        assert "[[" not in driver.text
        await driver.press("escape")
        assert panel(driver).term is glossary()[0]


async def test_keys_of_the_app_are_letters_there():
    async with running(keys=("g", *"gtq?")) as driver:
        assert "No word has “gtq?”." in driver.words
        assert driver.app.theme == "dl-dark"
        await driver.press("enter", "down")
        assert driver.shows(GlossaryPanel)
        await driver.press("escape", "escape")
        assert driver.shows(ContentsScreen)


async def test_arrow_keys_go_through_all_words():
    async with running(size=SIZES[0], keys=("g",)) as driver:
        for term in glossary():
            assert panel(driver).term is term
            marked = next(li for li in driver.text.splitlines() if f"▸ {term.name[:20]}" in li)
            assert marked
            await driver.press("down")
        assert panel(driver).term is glossary()[0]
        await driver.press("end")
        assert panel(driver).term is glossary()[-1]


async def test_enter_opens_the_lesson_that_introduces_the_word():
    async with running(FORWARD, keys=("g", *"chain rule", "enter")) as driver:
        assert driver.lesson.lesson.id == ONE_WEIGHT
        await driver.press("escape")
        assert driver.shows(ContentsScreen)
        await driver.press("g", *"node", "enter")
        assert driver.lesson.lesson.id == FORWARD


async def test_the_lesson_that_is_open_stays_as_it_is():
    async with running(FORWARD, page="recap", keys=("question_mark", "g", *"edge")) as driver:
        assert not isinstance(driver.screen, HelpPanel)
        open_lesson = driver.lesson
        await driver.press("enter")
        assert driver.screen is open_lesson
        assert isinstance(driver.screen, LessonScreen)
        assert driver.lesson.page.id == "recap"


async def test_a_word_of_a_lesson_to_come_says_so_and_opens_nothing():
    written = {one.number for one in outlines()}
    term = next((one for one in glossary() if one.lesson not in written), None)
    if term is None:
        pytest.skip("every lesson is written")
    async with running(keys=("g", *term.name)) as driver:
        assert panel(driver).term is term
        assert f"later, in lesson {term.lesson}" in driver.text
        await driver.press("enter")
        assert driver.shows(GlossaryPanel)


async def test_it_takes_the_colours_of_another_theme():
    async with running(keys=("g", *"slope")) as driver:
        driver.app.theme = "dl-light"
        await driver.settle()
        assert "slope" in driver.text
