"""The panel of the key i: what a lab's data is, its columns, its first rows or images."""

from __future__ import annotations

import pytest

from engine.data import DataError
from lessons.datasets.overview import overview
from tests.tui.driving import FORWARD, NARROW, TRAINING, WIDE, Driver, running, static_text
from tui.app import DLTutor
from tui.render.data import aligned, rows_table
from tui.screens import data_pages
from tui.screens.data import DataPanel
from tui.screens.lesson import LessonScreen
from tui.theme import palette
from tui.widgets.images import Images

LARGE = (200, 50)


async def open_data(driver: Driver, name: str) -> DataPanel:
    """The panel of a data set, whatever lesson is open."""
    driver.lab.dataset = name
    await driver.press("i")
    assert isinstance(driver.screen, DataPanel)
    return driver.screen


def shown(driver: Driver, part: str) -> str:
    return static_text(driver.screen.query_one(f"#data-{part}"))


# -- where it is offered ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "name"),
    [
        (TRAINING, "wages"),
        ("why-interactions-matter", "bank"),
        ("representation-learning", "plane"),
        ("capacity-and-experiments", "hills"),
        (FORWARD, ""),
    ],
)
async def test_the_key_is_there_exactly_where_there_is_data(start: str, name: str):
    async with running(start) as driver:
        assert driver.lab.dataset.partition(":")[0] == name
        assert ("i" in driver.screen.active_bindings) == bool(name)
        await driver.press("i")
        assert driver.shows(DataPanel) == bool(name)
        if name:
            assert f"The data: {name}, " in driver.text


async def test_the_keys_say_so():
    async with running(TRAINING, LARGE) as driver:
        assert "i data" in driver.key_bar
        await driver.press("question_mark")
        assert "The data: what it is, its columns and first rows" in driver.text


@pytest.mark.parametrize("key", ["i", "escape", "q"])
async def test_it_closes(key: str):
    async with running(TRAINING, keys=["i", key]) as driver:
        assert driver.shows(LessonScreen)


async def test_a_run_pauses():
    async with running(TRAINING, keys=["r", "i"]) as driver:
        assert driver.shows(DataPanel)
        assert not driver.pane.runner.running


# -- what it says -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "size"),
    [("wages", NARROW), ("shots", NARROW), ("plane:XOR", WIDE), ("titanic", WIDE), ("bank", LARGE)],
)
async def test_about_columns_and_rows_can_all_be_read(name: str, size: tuple[int, int]):
    found = overview(name)
    async with running(TRAINING, size) as driver:
        panel = await open_data(driver, name)
        read = driver.words
        for _ in range(3):
            await driver.press("pagedown")
            read += driver.words
        if not panel.query_one("#panel").has_class("together"):
            await driver.press("w")
            read += driver.words
        for _ in range(3):
            await driver.burst("right", "right", "right")
            read += driver.words
    assert f"To predict: {found.target}." in read
    texts = [found.about, found.credit, found.asked]
    for facts in found.columns:
        texts += [facts.column.name, facts.column.meaning]
    for word in " ".join(texts).split():
        assert word in read
    for share in found.shares:
        assert f"{share.rows:,}" in read


async def test_the_target_is_marked_and_stays_while_columns_scroll():
    async with running(TRAINING, NARROW) as driver:
        await open_data(driver, "titanic")
        assert "▸ survived" in shown(driver, "columns")
        await driver.press("w")
        assert "▸ survived│ pclass" in driver.text
        await driver.burst(*["right"] * 20)
        assert "▸ survived‹" in driver.text
        assert "from_southampton" in driver.text
        assert "›" not in shown(driver, "rows")
        await driver.burst(*["left"] * 20)
        assert "▸ survived│ pclass" in driver.text


async def test_rows_scroll_under_their_headings():
    async with running(TRAINING, NARROW) as driver:
        await open_data(driver, "wages")
        await driver.press("w", "end")
        assert "The first 100 rows: " in driver.text
        assert " to 100" in driver.text
        assert "wage_per_hour" in driver.text
        await driver.press("home")
        assert "rows: 1 to " in driver.text
        await driver.press("pagedown")
        assert "rows: 1 to " not in driver.text


@pytest.mark.parametrize("size", [NARROW, WIDE, LARGE])
async def test_digits_are_shown_as_images(size: tuple[int, int]):
    async with running(TRAINING, size) as driver:
        panel = await open_data(driver, "digits")
        if not panel.query_one("#panel").has_class("together"):
            await driver.press("w")
        images = panel.query_one(Images)
        assert images.tiling.in_sight >= 2
        assert "▀" in driver.text
        before = images.first
        await driver.press("right")
        assert images.first == before + images.tiling.in_sight
        await driver.press("home")
        assert images.first == 0


async def test_in_ascii_nothing_else_is_drawn():
    async with running(TRAINING, WIDE, ascii=True) as driver:
        for name in ("digits", "shots"):
            await open_data(driver, name)
            await driver.press("w")
            assert driver.text.isascii()
            await driver.press("escape")


async def test_the_lesson_on_classes_keeps_its_base_rate():
    async with running("classification", LARGE, page="base-rate") as driver:
        await driver.press("i")
        assert "a question asks for it" in driver.words
        assert "809" not in driver.text


async def test_what_a_question_asks_is_not_given_away():
    async with running(TRAINING, LARGE) as driver:
        driver.lab.hide(("base rate",))
        await open_data(driver, "titanic")
        assert "61.8%" not in driver.text
        assert "809" not in driver.text
        assert "a question asks for it" in driver.words
        line = next(line for line in shown(driver, "columns").splitlines() if "survived" in line)
        assert "?" in line
        assert "0.38" not in line


async def test_other_sizes_and_another_theme_while_it_is_open():
    async with running(TRAINING, LARGE) as driver:
        panel = await open_data(driver, "wages")
        for size in (NARROW, (80, 60), (41, 12), NARROW):
            await driver.resize(*size)
        driver.app.action_switch_theme()
        await driver.press("w", "right", "down")
        assert panel.is_mounted
        assert "The first 100 rows: 2 to " in driver.text


async def test_a_damaged_file_is_told(monkeypatch: pytest.MonkeyPatch):
    def damaged(name: str) -> None:
        raise DataError("wages.csv cannot be read. Install the course again.")

    monkeypatch.setattr(data_pages, "overview", damaged)
    async with running(TRAINING, NARROW, keys=["i"]) as driver:
        assert "wages.csv cannot be read. Install the course again." in driver.words
        await driver.press("w", "right", "left", "end", "home", "down", "pageup", "escape")
        assert driver.shows(LessonScreen)


# -- the tables -------------------------------------------------------------------------------


def test_numbers_stand_with_their_points_below_each_other():
    assert aligned(["1", "0.18", "44.5", "-3"]) == [" 1   ", " 0.18", "44.5 ", "-3   "]


def test_no_line_of_the_rows_is_wider_than_there_is_room():
    table, colors = rows_table(overview("titanic")), palette(DLTutor())
    for width in range(40, 200, 7):
        for left in range(table.last_left(width) + 1):
            lines = table.text(width, 12, left, 3, colors).plain.splitlines()
            assert len(lines) == 12
            assert max(map(len, lines)) <= width
