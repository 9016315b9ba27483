"""Early stopping on the screen: the counter, the reason at the stop, what was never seen."""

from __future__ import annotations

import textwrap

import pytest

from tests.tui.driving import NARROW, SIZES, WIDE, Driver, running, size_id

LESSON = "early-stopping"
LAB_SIDE = {NARROW: ("v",), WIDE: ()}

each_size = pytest.mark.parametrize("size", SIZES, ids=size_id)


@each_size
async def test_the_stop_is_explained_at_its_epoch_and_the_run_pauses(size):
    async with running(LESSON, size, page="restored", keys=LAB_SIDE[size]) as driver:
        driver.pane.hide(())
        await driver.press("home", "r")
        await driver.run(20)
        assert driver.lab.position == 6
        assert not driver.pane.runner.running
        assert "●●  2 of 2" in driver.text
        assert "It stops here, after epoch 6: 0.66 does not beat 0.65 of epoch 4" in driver.words
        assert "Weights kept: of epoch 4, put back; val_loss 0.65." in driver.words
        row = next(line for line in driver.text.splitlines() if "▸" in line and "0.66" in line)
        assert "stops here" in row
        await driver.press("r")
        assert "space goes on all the same" in driver.words
        await driver.press("space")
        assert "0.64 would have been a new best" in driver.words
        assert "never seen" in driver.text
        await driver.press("b")
        assert "It stops here" in driver.words


async def test_counter_and_stop_are_hidden_while_they_are_asked_for():
    async with running(LESSON, page="patience", keys=[" "] * 7) as driver:
        assert driver.lab.position == 7
        assert "without a new best  ?" in driver.text
        assert "stops" not in driver.text.split("Lab", 1)[1]
        await driver.answer("6")
        assert "stops" in driver.text.split("Lab", 1)[1]


@each_size
async def test_a_real_run_shows_both_losses_and_the_weights_that_stay(size):
    async with running(LESSON, size, page="real", keys=LAB_SIDE[size]) as driver:
        driver.pane.hide(())
        await driver.press("r")
        await driver.run(30)
        view = driver.lab.snapshot()
        assert view.stopped == view.position
        assert "training" in driver.text
        assert f"Weights kept: of epoch {view.best_epoch}, put back" in driver.words
        driver.lab.set("restore", "off")
        driver.pane.refresh_view()
        await driver.settle()
        assert f"Weights kept: of epoch {view.stopped}, the last one's" in driver.words


async def test_m_adds_an_epoch_and_asks_for_its_loss():
    async with running(LESSON, page="recap") as driver:
        await driver.press("m")
        assert driver.edit_bar.field.id == "loss 7"
        await driver.write("0,5")
        await driver.press("enter", "escape", "space")
        assert "0.50" in driver.text
        await driver.press("delete")
        assert "Epoch 8 is gone" in driver.words


async def test_it_can_be_read_without_braille():
    async with running(LESSON, page="recap", ascii=True) as driver:
        assert driver.text.isascii()
        assert "without a new best" in driver.text


@each_size
async def test_all_settings_are_on_the_screen_where_min_delta_is_set(size):
    async with running(LESSON, size, page="delta", keys=LAB_SIDE[size]) as driver:
        for answered in (False, True):
            if answered:
                driver.pane.hide(())
            await driver.press("space", "space", "space", "space")
            assert "restore_best_weights off" in driver.text
            assert "min_delta 0.015" in driver.text
            await driver.press("home")
        await driver.press("end")
        assert "not by more than min_delta (0.015). Second in a row" in driver.lab.snapshot().reason


@pytest.mark.parametrize("page", ["delta", "kept"])
async def test_axis_counter_and_table_are_in_sight_beside_a_question(page):
    async with running(LESSON, NARROW, page=page, keys=("v", " ", " ")) as driver:
        assert "without a new best" in driver.text
        assert "epoch val_loss     best  counter" in driver.text
        axis = next(
            line for line in driver.text.splitlines() if line.rstrip(" │").endswith("epoch")
        )
        assert "1 " in axis
        assert reads_reason(driver)


async def test_the_reason_is_in_sight_below_a_wrong_answer_too():
    async with running(LESSON, NARROW, page="kept", keys=("v", "b", "1")) as driver:
        assert "2 tries left" in " ".join(driver.feedback.split())
        assert reads_reason(driver)
        assert "▸     5" in driver.text


def reads_reason(driver: Driver) -> bool:
    """Whether every line of the reason is on the screen."""
    return all(line in driver.text for line in textwrap.wrap(driver.lab.snapshot().reason, 76))
