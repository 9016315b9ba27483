"""The lines lab on the screen: what is seen with no model, with one, with two."""

from __future__ import annotations

import pytest

from tests.tui.driving import NARROW, SIZES, WIDE, running, size_id

LESSON = "interactions"
LAB_SIDE = {NARROW: ("v",), WIDE: ()}

each_size = pytest.mark.parametrize("size", SIZES, ids=size_id)


@each_size
async def test_rows_alone_are_named_and_said_to_be_generated(size):
    async with running(LESSON, size, page="prediction", keys=LAB_SIDE[size]) as driver:
        assert "● working" in driver.text
        assert "∴ retired" in driver.text
        assert "200 customers, generated" in driver.text
        assert "gap at" not in driver.text
        await driver.press("space")
        assert "only the rows" in driver.said or driver.lab.position == 0


@each_size
async def test_one_model_is_drawn_with_its_loss_and_hidden_gaps(size):
    async with running(LESSON, size, page="training", keys=LAB_SIDE[size]) as driver:
        await driver.press("space")
        lab = driver.text[driver.text.index("Lab") :]
        assert "epoch 1 " in lab
        assert "straight model" in lab
        assert "network" not in lab
        loss = driver.lab.snapshot().models[0].loss
        row = next(line for line in lab.splitlines() if f"{loss:.2f}" in line)
        assert row.count("?") == 2


@each_size
async def test_both_models_stand_side_by_side_over_one_table(size):
    async with running(LESSON, size, page="try", keys=LAB_SIDE[size]) as driver:
        text = driver.text
        assert text.count("working") >= 2
        assert text.count("retired") >= 2
        for model in driver.lab.snapshot().models:
            assert f"{model.loss:.2f}" in text
        network = driver.lab.snapshot().models[1]
        assert all(f"{gap:.1f}" in text for gap in network.gaps)
        assert "epoch 100  rate 0.02  8 hidden nodes, activation relu  seed 1" in text
        assert "…" not in text.split("Lab", 1)[1]


@each_size
async def test_a_moved_place_is_in_the_head_of_the_table(size):
    async with running(LESSON, size, page="try", keys=LAB_SIDE[size]) as driver:
        driver.lab.set("near", "40")
        driver.pane.refresh_view()
        await driver.settle()
        assert "gap at 40" in driver.text


@each_size
async def test_numbers_that_explode_stay_in_their_columns(size):
    async with running(LESSON, size, page="network", keys=LAB_SIDE[size]) as driver:
        driver.lab.set("rate", "10")
        await driver.press("r")
        await driver.run(1000)
        assert driver.lab.snapshot().stopped
        assert "Stopped" in driver.words
        assert "e+" in driver.text


@each_size
async def test_it_can_be_read_without_braille(size):
    async with running(LESSON, size, page="try", keys=LAB_SIDE[size], ascii=True) as driver:
        assert driver.text.isascii()
        assert "working" in driver.text


async def test_while_a_setting_is_edited_the_lines_stay_in_sight():
    async with running(LESSON, NARROW, page="try", keys=("v", "e")) as driver:
        assert "gap at" in driver.text
        assert driver.text.count("balance") >= 3  # both axes and the setting
        await driver.press("right")
        assert driver.lab.snapshot().axis == "accounts"
        assert "Input accounts: starts again" in driver.words


async def test_on_a_low_terminal_the_lines_keep_their_room_beside_a_short_list_of_settings():
    async with running(LESSON, NARROW, page="try", keys=("e",)) as driver:
        assert driver.pane.view.query_one("#models").size.height >= 8
        assert "1 of 7" in driver.text
        await driver.press("down", "down", "down")
        assert "▸ learning rate" in driver.text
        assert "4 of 7" in driver.text


@pytest.mark.parametrize(("size", "plotted"), [(NARROW, False), (WIDE, True)], ids=["low", "high"])
async def test_the_losses_are_plotted_only_where_the_plot_can_be_read(size, plotted):
    async with running(LESSON, size, page="training", keys=(*LAB_SIDE[size], "space")) as driver:
        losses = driver.pane.view.query_one("#losses")
        assert losses.display == plotted
        assert not plotted or losses.size.height >= 7
        assert f"{driver.lab.snapshot().models[0].loss:.2f}" in driver.text
