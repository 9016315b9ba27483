"""What is seen of the activation lab, and of a deep network, in small and large terminals."""

from __future__ import annotations

import pytest

from lessons.labs.activation.lab import ActivationLab
from tests.tui.driving import NARROW, SIZES, WIDE, Driver, running, size_id
from tui.widgets.comparison import ComparisonTable
from tui.widgets.network import Network
from tui.widgets.plot import Plot

ACTIVATION, DEEP = "activation-functions", "deeper-networks"
EACH_SIZE = pytest.mark.parametrize("size", SIZES, ids=size_id)


def line_with(driver: Driver, text: str) -> str:
    return next(line for line in driver.text.splitlines() if text in line)


def columns_of_points(driver: Driver, names: tuple[str, ...]) -> set[int]:
    return {line_with(driver, name).rindex(".") for name in names}


@EACH_SIZE
async def test_curves_numbers_and_what_the_slope_says(size):
    async with running(ACTIVATION, size, page="corner", keys=["space"] * 2) as driver:
        assert driver.lesson.query_one(Plot).size.height >= 8
        assert "value" in line_with(driver, "slope ∂")
        for shown in (" z ", "f(z)", "f'(z) ∂", "0.000000", "a convention, 0 in Keras."):
            assert shown in driver.text
        await driver.press("b", "b")
        assert "Flat: slope 0. No change of z gets through." in driver.words


@EACH_SIZE
async def test_the_comparison_shows_every_digit_of_the_output(size):
    async with running(ACTIVATION, size, page="compare", keys=["space"]) as driver:
        assert "1.2382242525694254" in line_with(driver, "tanh  ")
        assert "▸ relu" in driver.text
        assert driver.lesson.query_one(ComparisonTable).size.height == 8
        assert driver.lesson.query_one(Network).size.height >= 7
        assert "relu(5)" in driver.text
        assert "output = 5 × 2 + 1 × (-1) = 9" in driver.text


async def test_the_outputs_stand_on_one_point():
    async with running(ACTIVATION, WIDE, page="compare", keys=["end", "r"]) as driver:
        await driver.run(6)
        assert len(columns_of_points(driver, ("tanh  ", "sigmoid  ", "softplus  "))) == 1


@EACH_SIZE
async def test_beside_a_question_the_table_and_its_lines_are_whole(size):
    async with running(ACTIVATION, size, page="tanh", keys=["space", "space"]) as driver:
        assert driver.lesson.query_one(Network).display == (size == WIDE)
        assert "softplus" in driver.text
        assert "node 0 = tanh(5) = 0.9999" in driver.text
        assert "output = 0.9999 × 2 + 0.7616 × (-1) = ?" in driver.text


async def test_an_output_that_is_cut_says_so():
    async with running(ACTIVATION, (100, 30), page="compare", keys=["space"]) as driver:
        assert "1.23822" in line_with(driver, "tanh  ")
        assert "…" in line_with(driver, "tanh  ")


@EACH_SIZE
async def test_a_and_w_turn_the_activation_and_the_view(size):
    async with running(ACTIVATION, size, page="corner", keys=["a"]) as driver:
        assert "leaky_relu" in driver.text
        assert driver.said.startswith("leaky_relu: A negative sum shrinks to a fifth.")
        await driver.press("w")
        assert "none (linear)" in driver.text
        assert not driver.lesson.query_one(Plot).display
        await driver.press("w")
        assert driver.lesson.query_one(Plot).display


@EACH_SIZE
async def test_editing_z_leaves_the_numbers_in_sight(size):
    async with running(ACTIVATION, size, page="recap", keys=["e", "right"]) as driver:
        assert isinstance(driver.lab, ActivationLab)
        assert driver.lab.z == -2.75
        assert "-2.750000" in driver.text
        await driver.write("5")
        await driver.press("enter")
        assert "0.999909" in driver.text


async def test_editing_the_network_in_a_small_terminal_leaves_the_table():
    async with running(ACTIVATION, NARROW, page="compare", keys=["e", "right"]) as driver:
        assert "input 0" in driver.text
        assert line_with(driver, "none (linear)").split()[3:6] == ["6", "0", "12"]
        assert "softplus" in driver.text


async def test_a_hidden_slope_is_drawn_nowhere():
    async with running(ACTIVATION, WIDE, page="sigmoid", keys=["space"]) as driver:
        assert "slope ∂" not in driver.text
        assert line_with(driver, "f'(z) ∂").count("?") == 1
        await driver.answer("0.25")
        assert "slope ∂" in driver.text


async def test_it_draws_with_plain_characters_alone():
    async with running(ACTIVATION, NARROW, page="corner", ascii=True, keys=["space"]) as driver:
        assert driver.text.isascii()
        await driver.press("w", "space")
        assert driver.text.isascii()


# a deep network


@EACH_SIZE
async def test_every_node_and_weight_of_a_deep_network_is_drawn(size):
    async with running(DEEP, size, page="edit", keys=["b", "space"]) as driver:
        rows = driver.text.split("output = ")[0]
        for shown in ("relu(26)", "relu(-13)", "relu(-26)", "relu(52)", "364", "-5", "-3", "7"):
            assert shown in rows
        for name in ("1.0", "1.1", "2.0", "2.1"):
            assert name in rows
        assert "▸ output = 0 × (-3) + 52 × 7 = 364" in driver.text


@EACH_SIZE
async def test_a_takes_relu_out_of_a_deep_network(size):
    async with running(DEEP, size, page="edit", keys=["a"]) as driver:
        assert "= 299" in driver.text
        assert driver.said == "No activation in every hidden node."
        await driver.press("u")
        assert "= 364" in driver.text
