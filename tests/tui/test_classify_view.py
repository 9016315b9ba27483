"""What is seen of the classification lab, in small and large terminals, and while it runs."""

from __future__ import annotations

import pytest

from tests.tui.driving import NARROW, SIZES, WIDE, Driver, running, size_id
from tui.render.bar import FULL
from tui.widgets.plot import Plot

CLASSES = "classification"
EACH_SIZE = pytest.mark.parametrize("size", SIZES, ids=size_id)


def line_with(driver: Driver, text: str) -> str:
    return next(line for line in driver.text.splitlines() if text in line)


def bars(driver: Driver) -> dict[str, int]:
    """How long the left part of each watched row's bar is."""
    lines = driver.text.splitlines()
    return {
        name: line.count(FULL)
        for line in lines
        for name in ("row 1", "row 2", "row 3", "row 4", "yours")
        if name in line and "░" in line
    }


async def test_the_target_becomes_two_columns():
    async with running(CLASSES, NARROW, page="one-hot", keys=["space"] * 2) as driver:
        assert "1 →       ?       ?" in driver.text
        await driver.answer("0 1 1 0")
        assert "1 →       0       1" in driver.text
        assert "▸ row 2, class 0: missed 1, made 0" in driver.text


async def test_what_is_added_to_all_scores_moves_the_ends_of_their_sliders():
    async with running(CLASSES, WIDE, page="shift") as driver:
        sliders = [line for line in driver.text.splitlines() if "──●──" in line]
        assert len(sliders) == 3
        assert all(" 95 ─" in line and "─ 105" in line for line in sliders)


async def test_softmax_is_worked_out_in_a_table_with_bars():
    async with running(CLASSES, WIDE, page="softmax", keys=["space"] * 7) as driver:
        assert FULL not in driver.text
        assert "class 0: 7.3891 / 11.2125 = ?" in driver.text
        await driver.answer("0.659")
        lengths = [line_with(driver, f"  {score} ").count(FULL) for score in ("7.3891", "2.7183")]
        assert lengths[0] > 2 * lengths[1] > 0


async def test_the_slider_of_a_score_moves_with_the_arrow_keys():
    async with running(CLASSES, NARROW, page="differences", keys=["e"]) as driver:
        before = line_with(driver, "class 0     -5").index("●")
        await driver.press(*["right"] * 10)
        assert line_with(driver, "class 0     -5").index("●") > before
        assert "0.8808" in driver.text  # a lead of 2


@pytest.mark.parametrize("size", [NARROW, (100, 30), (200, 50)], ids=size_id)
async def test_losses_stand_on_their_curve_beside_the_accuracy_and_nothing_is_cut(size):
    async with running(CLASSES, size, page="sure", keys=["space"] * 3) as driver:
        assert driver.lesson.query_one("#curve", Plot).size.height >= 6
        assert line_with(driver, "2.9957  ").rstrip("│ ").endswith("wrong")
        assert "1.1727 accuracy 0.5" in driver.words


async def test_the_base_rate_is_hidden_until_it_is_answered():
    async with running(CLASSES, WIDE, page="base-rate", keys=["space"] * 4) as driver:
        assert "61.8" not in driver.text
        await driver.answer("61.8")
        assert "always say died: accuracy 61.8 %" in driver.text


@EACH_SIZE
async def test_bars_move_with_every_batch_and_back(size):
    async with running(CLASSES, size, page="train", keys=["space"]) as driver:
        first, text = bars(driver), line_with(driver, "row 2")
        assert len(first) == 5
        await driver.press("space", "space")
        assert line_with(driver, "row 2") != text
        await driver.press("b", "b")
        assert (bars(driver), line_with(driver, "row 2")) == (first, text)


async def test_a_shot_of_ones_own_is_edited_beside_its_bar():
    async with running(CLASSES, NARROW, page="train", keys=["space", "e"]) as driver:
        before = line_with(driver, "yours  ")
        await driver.press("down", "down", "down")
        await driver.write("1")
        await driver.press("enter")
        assert driver.said == "In your own row shot_dis is now 1."
        assert line_with(driver, "yours  ") != before


async def test_the_log_grows_by_an_epoch_and_only_then_are_the_plots_drawn_again():
    async with running(CLASSES, NARROW, page="titanic", keys=["r"]) as driver:
        await driver.run(30)
        assert "▸     1" in driver.text
        plots = [driver.lesson.query_one(name, Plot) for name in ("#losses", "#accuracies")]
        before = [plot.figure for plot in plots]
        await driver.run(20)
        assert all(plot.figure is one for plot, one in zip(plots, before, strict=True))
        await driver.run(10)
        assert all(plot.figure is not one for plot, one in zip(plots, before, strict=True))
        assert "▸     2" in driver.text


async def test_a_run_ends_where_another_view_comes():
    async with running(CLASSES, WIDE, page="titanic", keys=["r"]) as driver:
        await driver.run(5)
        assert driver.lab.dataset == "titanic"
        await driver.press("w")
        assert not driver.pane.runner.running
        assert (driver.lab.position, driver.lab.dataset) == (0, "shots")
        await driver.press("w")
        assert driver.lab.dataset == ""
        await driver.burst(*["w"] * 3)
        assert driver.lab.position == 5
