"""The saving lab on the screen: paths are typed, files are written where they say."""

from __future__ import annotations

import pytest

from lessons.labs.saving.lab import SavingLab
from tests.tui.driving import NARROW, WIDE, Driver, running

LESSON = "save-reload-predict"


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """The folder that the app was started in."""
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


async def type_path(driver: Driver, text: str) -> None:
    await driver.press("e", "down")
    await driver.write(text)
    await driver.press("enter", "escape")


async def test_a_network_is_saved_loaded_and_compared_by_keys(folder):
    async with running(LESSON, NARROW, page="equal") as driver:
        await type_path(driver, "mine.h5")
        await driver.press("S")
        assert (folder / "mine.h5").is_file()
        assert "Saved mine.h5" in driver.said
        for words in ("10×50, 50", "mean and deviation of 10 columns", "HDF5"):
            assert words in driver.text
        await driver.press("L", "space", "space")
        assert "reloaded from mine.h5" in driver.text
        assert "largest difference 0" in driver.text
        assert "every bit is equal" in driver.text


async def test_a_path_is_mended_with_backspace():
    async with running(LESSON, page="save", keys=["e", "down"]) as driver:
        await driver.press(*["backspace"] * len("keras"))
        await driver.write("h5")
        await driver.press("enter")
        assert isinstance(driver.lab, SavingLab)
        assert driver.lab.settings.path == "model_file.h5"
        await driver.press("right")
        assert "Type a text" in driver.text


async def test_of_a_long_path_the_end_is_in_sight():
    async with running(LESSON, NARROW, page="save", keys=["v", "e", "down"]) as driver:
        await driver.write("a" * 100 + "the-end.keras")
        assert "…aa" in driver.text
        assert "the-end.keras_" in driver.text


async def test_the_threshold_slides_along_the_curve():
    async with running(LESSON, NARROW, page="threshold", keys=["v", "e"]) as driver:
        before = driver.text
        await driver.press(*["left"] * 7)
        assert "threshold 0.15" in driver.text
        assert driver.text != before
        assert isinstance(driver.lab, SavingLab)
        right = int(driver.lab.right_at(0.15).sum())
        assert f"{right} labels are right" in driver.text


@pytest.mark.parametrize("size", [NARROW, (100, 30), WIDE])
async def test_every_column_of_probabilities_says_of_which_class(size):
    keys = ["v"] if size == NARROW else []
    async with running(LESSON, size, page="equal", keys=[*keys, "space"]) as driver:
        heading = next(line for line in driver.text.splitlines() if "in memory" in line)
        assert "in memory [:,1]" in heading
        await driver.press("S", "enter", "L", "enter", "space")
        heading = next(line for line in driver.text.splitlines() if "in memory [" in line)
        assert "reloaded [:,1]" in heading
        assert "difference" in heading


async def test_everything_it_shows_fits():
    async with running(LESSON, NARROW, page="equal", keys=["v", "space"]) as driver:
        for wanted in ("scaled", "raw [:,1]", "right", "threshold", "numbers", "in memory"):
            await driver.press("w")
            assert wanted in driver.text
            assert "row 1 of 393" in driver.text


async def test_all_inputs_are_in_sight_beside_a_question_on_a_small_terminal():
    async with running(LESSON, NARROW, page="scaled", keys=["v"]) as driver:
        for name in ("pclass", "age", "from_southampton"):
            assert name in driver.text
        assert "?" in next(line for line in driver.text.splitlines() if " age " in line)


async def test_saving_stops_a_run_so_that_what_is_said_of_it_can_be_read():
    async with running(LESSON, page="equal", keys=["r"]) as driver:
        await driver.run(5)
        await driver.press("S")
        assert not driver.pane.runner.running
        assert "Saved model_file.keras" in driver.said
