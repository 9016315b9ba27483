"""The title and the key bar: what has room, what a click on a key does."""

from __future__ import annotations

import pytest
from textual.app import App, ComposeResult

from tests.tui.driving import FORWARD, TRAINING, WIDE, Driver, running
from tui.screens.contents import ContentsScreen
from tui.screens.help import HelpPanel
from tui.screens.lesson import LessonScreen
from tui.widgets.bars import KeyBar, KeyHint, TitleBar

HINTS = tuple(KeyHint(key, "word", "nothing") for key in "abcdef")
ONE = len("a word  ")


def keys_in(bar: KeyBar, width: int) -> str:
    return "".join(hint.key for hint in bar.fitting(width))


@pytest.mark.parametrize(
    ("width", "expected"),
    [
        (6 * ONE + 1, "abcdef"),
        (6 * ONE, "abcef"),
        (3 * ONE + 1, "aef"),
        (3 * ONE, "ef"),
        (0, "ef"),
    ],
)
def test_the_last_two_keys_stand_there_whatever_the_width(width, expected):
    bar = KeyBar()
    bar.set_reactive(KeyBar.hints, HINTS)

    assert keys_in(bar, width) == expected


class Bars(App[None]):
    """Both bars, with what a test wants in them."""

    def compose(self) -> ComposeResult:
        yield TitleBar()
        yield KeyBar()


@pytest.mark.parametrize("width", [12, 30, 80])
async def test_the_title_gives_way_to_what_stands_at_the_right(width):
    app = Bars()
    async with app.run_test(size=(width, 4)) as pilot:
        bar = app.query_one(TitleBar)
        bar.left, bar.right = "a long name of a lesson", "2/3"
        await pilot.pause()
        line = bar.render_line(0)

    assert line.cell_length == width
    assert ("a long name of a lesson" in line.text) == (width == 80)
    assert (line.text.rstrip().endswith("2/3")) == (width > 12)


async def test_keys_that_make_no_sense_now_are_dim_and_words_are_not_markup():
    app = Bars()
    async with app.run_test(size=(80, 4)) as pilot:
        bar = app.query_one(KeyBar)
        bar.hints = (KeyHint("a", "[0.1]", "x"), KeyHint("b", "no", "x", enabled=False))
        await pilot.pause()
        segments = {segment.text.strip(): segment.style for segment in bar.render_line(0)}

    assert "[0.1]" in segments
    assert segments["a"] is not None
    assert segments["a"].bold
    assert segments["b"] is not None
    assert not segments["b"].bold
    assert segments["b"].color != segments["a"].color


async def click(driver: Driver, words: str) -> None:
    """Click on these words of the key bar."""
    at = driver.key_bar.index(words)
    await driver.pilot.click(KeyBar, offset=(at, 0))
    await driver.settle()


async def test_clicks_in_the_contents_do_what_the_keys_do():
    async with running() as driver:
        await click(driver, "t light or dark")
        assert driver.app.theme == "dl-light"
        await click(driver, "? keys")
        assert driver.shows(HelpPanel)
        await driver.press("escape")
        await click(driver, "enter open")
        assert driver.shows(LessonScreen)


async def test_clicks_in_a_lesson_do_what_the_keys_do():
    async with running(FORWARD) as driver:
        await click(driver, "space product")
        assert driver.lab.position == 1
        await click(driver, "b back")
        assert driver.lab.position == 0
        await click(driver, "← → page")
        assert driver.lesson.page is driver.lesson.lesson.pages[1]
        await click(driver, "? keys")
        assert driver.shows(HelpPanel)
        await driver.press("escape")
        await click(driver, "esc contents")
        assert driver.shows(ContentsScreen)


@pytest.mark.parametrize("start", [None, FORWARD, TRAINING])
async def test_every_key_in_a_bar_can_be_clicked(start):
    async with running(start, WIDE) as driver:
        bar = driver.screen.query_one(KeyBar)
        targets = [hint.target for hint in bar.hints]
        for target in targets:
            if target not in ("app.quit", "screen.contents"):
                await driver.app.run_action(target, bar)
                await driver.settle()
                if driver.screen is not bar.screen:
                    await driver.press("escape")
                    assert driver.screen is bar.screen

    assert len(targets) == len(set(targets))


async def test_the_bar_says_pause_while_a_lab_runs():
    async with running(FORWARD, keys=["r"]) as driver:
        assert "r pause" in driver.key_bar
        await driver.press("r")
        assert "r run" in driver.key_bar


async def test_the_bar_names_the_other_side_on_a_narrow_terminal():
    async with running(FORWARD, (80, 24)) as driver:
        assert "v lab" in driver.key_bar
        await driver.press("v")
        assert "v page" in driver.key_bar
        await driver.resize(*WIDE)
        assert "v page" not in driver.key_bar
