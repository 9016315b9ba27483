"""What is seen of two weights: the table, the network, and the contour map."""

from __future__ import annotations

import numpy as np
import pytest

from lessons.course import find
from lessons.labs.two_weights.lab import TwoWeightsLab
from lessons.numbers import short
from tests.tui.driving import NARROW, SIZES, running, size_id
from tui.app import DLTutor
from tui.labs.two_weights import _figure
from tui.render.contour_dots import levels_of
from tui.render.contours import ContourFigure, contours
from tui.theme import palette

LESSONS = ("errors-and-weights", "loss", "several-weights")


def text_of(lines) -> list[str]:
    return ["".join(segment.text for segment in line) for line in lines]


def valley(lab_steps: int = 3) -> ContourFigure:
    lab = find("2.5").make_lab(1)
    assert isinstance(lab, TwoWeightsLab)
    for _ in range(lab_steps):
        lab.step()
    return _figure(lab.snapshot())


# the map itself


@pytest.mark.parametrize("size", [(60, 12), (62, 18), (76, 9), (24, 6)])
@pytest.mark.parametrize("ascii_only", [False, True])
async def test_a_map_fills_its_cells_and_no_more(size, ascii_only):
    app = DLTutor(manual=True)
    async with app.run_test():
        lines = text_of(contours(valley(), size, palette(app), ascii_only=ascii_only))
    assert len(lines) == size[1]
    assert {len(line) for line in lines} == {size[0]}
    if ascii_only:
        body = "".join(line[line.find("│") + 1 :] for line in lines[1:-2])
        assert set(body) <= set(" .+@o┤0123456789k-")


@pytest.mark.parametrize("ascii_only", [False, True])
async def test_in_60_by_12_place_path_valley_and_values_are_there(ascii_only):
    app = DLTutor(manual=True)
    async with app.run_test():
        lines = text_of(contours(valley(), (60, 12), palette(app), ascii_only=ascii_only))
    place, path = ("@", "o") if ascii_only else ("●", "•")
    body = "\n".join(line[5:] for line in lines[1:-2])
    assert body.count(place) == 1
    assert body.count(path) >= 2
    assert body.count("+") >= 20
    assert "36" in body
    assert "weight 1" in lines[0]
    assert lines[-1].endswith("weight 0")


def test_lines_stand_at_squares_so_that_they_are_evenly_apart():
    errors = np.linspace(-13, 13, 53)
    assert levels_of(errors**2) == (9, 36, 81, 144)


def test_a_flat_surface_has_no_lines():
    assert levels_of(np.zeros((3, 3))) == ()


def test_lines_of_a_bowl_begin_above_its_lowest_loss():
    values = 6.3 + np.linspace(0, 10, 40) ** 2
    levels = levels_of(values)
    assert all(6.3 < level < values.max() for level in levels)
    assert len(levels) >= 4


# on the screen


@pytest.mark.parametrize("size", SIZES, ids=size_id)
async def test_a_step_moves_the_place_and_fills_the_table(size):
    async with running("several-weights", size, page="walk", keys=("space",)) as driver:
        assert "0.7000" in driver.text
        assert "[0.7 1.6]" in driver.text
        assert driver.text.count("●") >= 1
        assert "Converges: each step leaves 0.5 of the error." in driver.words


@pytest.mark.parametrize("size", SIZES, ids=size_id)
async def test_arrow_keys_walk_over_the_map(size):
    async with running("loss", size, page="bowl", keys=("e", "right", "up", "up")) as driver:
        assert isinstance(driver.lab, TwoWeightsLab)
        assert driver.lab.weights == (1.25, 1.5)
        assert driver.edit_bar.field.id == "weight 1"
        assert "move on the map" in driver.key_bar
        await driver.press("down", "left", "escape")
        assert driver.lab.weights == (1.0, 1.25)
        await driver.press("b", "b", "b", "b", "b")
        assert driver.lab.position == 0


@pytest.mark.parametrize("size", SIZES, ids=size_id)
async def test_the_network_shows_what_a_turn_does(size):
    async with running("errors-and-weights", size, page="raise", keys=("e", "right")) as driver:
        assert "The prediction is 1 too high." in driver.words
        assert "14" in driver.text


@pytest.mark.parametrize("size", SIZES, ids=size_id)
async def test_the_table_shows_every_row_with_total_and_mean(size):
    async with running("loss", size, page="four", keys=("space",) * 14) as driver:
        table = driver.words
        for word in ("prediction", "target", "error²", "total", "mean"):
            assert word in table
        assert "?" in driver.text
        assert "37.5" not in table
        driver.pane.hide(())
        await driver.settle()
        assert "37.5" in driver.words


async def test_all_rows_of_a_longer_table_are_in_sight_on_the_next_page():
    async with running("loss", NARROW, page="rmse", keys=("v", "right", "v")) as driver:
        lines = [line for line in driver.text.splitlines() if "·" in line]
        assert len(lines) == 6


@pytest.mark.parametrize("lesson", LESSONS)
@pytest.mark.parametrize("size", SIZES, ids=size_id)
async def test_no_line_of_the_lab_is_cut(lesson, size):
    async with running(lesson, size) as driver:
        pages = len(driver.lesson.lesson.pages)
        for _ in range(pages - 1):
            await driver.press("right", "space")
            assert "…" not in driver.text.partition("\n")[2]


async def test_ascii_needs_nothing_else():
    async with running("several-weights", page="walk", ascii=True, keys=("space",)) as driver:
        assert driver.text.isascii()
        assert "@" in driver.text


TALL = (100, 28)


@pytest.mark.parametrize("size", [*SIZES, TALL], ids=size_id)
async def test_numbers_keep_their_digits_when_it_diverges(size):
    keys = ("right_square_bracket",) * 3 + ("space",) * 2
    async with running("several-weights", size, page="bounce", keys=keys) as driver:
        seen = driver.text
        assert "6400.0" in seen
        assert "e+" not in seen
        assert "weight 0 " in seen
        assert "weight 0weight" not in seen
        await driver.press(*["space"] * 6)
        assert "…" not in driver.text.partition("\n")[2]


async def test_what_a_learning_rate_does_is_read_to_its_end_beside_a_page():
    async with running("several-weights", TALL, page="walk", keys=("space",)) as driver:
        assert "error." in driver.text
        assert "[0.7 1.6]" in driver.text


async def test_squared_errors_stay_in_sight_while_a_weight_is_turned():
    async with running("loss", NARROW, page="bowl", keys=("e", "right")) as driver:
        assert isinstance(driver.lab, TwoWeightsLab)
        squares = ", ".join(short(square, 2) for square in driver.lab.standing.squares)
        assert f"Squared errors {squares}: loss" in driver.words
