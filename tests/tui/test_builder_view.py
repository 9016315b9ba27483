"""The building lab on the screen: its list takes the arrow keys, its picture fits."""

from __future__ import annotations

import pytest

from lessons.labs.builder.lab import BuilderLab
from tests.tui.driving import NARROW, Driver, running
from tui.files import NotWritten, write_new
from tui.render.diagram import plain
from tui.render.shape import ShapeLayer, draw_shape
from tui.widgets.layers import LayerTable

LESSON = "specify-a-model"


def network(driver: Driver) -> str:
    assert isinstance(driver.lab, BuilderLab)
    return driver.lab.network.name


async def test_a_network_is_built_from_the_keyboard():
    async with running(LESSON, NARROW, page="build") as driver:
        await driver.press("v", "tab")
        assert isinstance(driver.lesson.focused, LayerTable)
        await driver.press("up", "up", "right", "m", "left", "left")
        assert network(driver) == "9-128-75-100-1"
        assert "9 × 128 + 128 = 1,280" in driver.words
        assert "128 × 75 + 75 = 9,675" in driver.words
        await driver.press("delete", "a")
        assert network(driver) == "9-128-100-1"
        assert 'Dense(100, activation="tanh")' in driver.text
        await driver.press("u", "u", "u", "u", "u", "u")
        assert network(driver) == "9-100-100-1"
        await driver.press("escape")
        assert driver.lesson.focused is None


async def test_the_keys_of_the_list_are_in_the_bar():
    async with running(LESSON, page="build", keys=["tab"]) as driver:
        for words in ("↑ ↓ layer", "← → narrower, wider", "m add", "del remove"):
            assert words in driver.key_bar


async def test_a_click_chooses_a_layer():
    async with running(LESSON, page="build") as driver:
        await driver.pilot.click(LayerTable, offset=(6, 3))
        await driver.settle()
        assert isinstance(driver.lab, BuilderLab)
        assert driver.lab.chosen == 1


async def test_the_deepest_network_is_in_sight_line_by_line():
    async with running(LESSON, NARROW, page="build") as driver:
        await driver.press("m", "m", "m")
        assert network(driver) == "9-100-100-100-100-100-1"
        assert driver.text.count('Dense(100, activation="relu"),') == 5
        assert "41,501" in driver.text
        assert "5 hidden layers" in driver.text


async def test_the_code_is_saved_to_a_new_file_each_time(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    async with running(LESSON, page="code", keys=["c", "S", "S"]) as driver:
        wanted = f"{driver.lab.code()[0].source}\n"
        for name in ("listing-keras.py", "listing-keras-2.py"):
            assert (tmp_path / name).read_text() == wanted
        assert not list(tmp_path.glob("*.part"))
        assert "listing-keras-2.py" in driver.words.replace(" ", "")


def test_a_file_that_cannot_be_written_says_so_and_leaves_nothing(tmp_path):
    with pytest.raises(NotWritten, match="no such file or directory"):
        write_new("listing", ".py", "x = 1", tmp_path / "missing")


def test_a_full_disk_leaves_neither_the_file_nor_a_part_of_it(tmp_path, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(NotWritten, match="no space left"):
        write_new("listing", ".py", "x = 1", tmp_path)
    assert list(tmp_path.iterdir()) == []


def shape(*sizes: int) -> tuple[ShapeLayer, ...]:
    return tuple(ShapeLayer(size, f"{size:,}", "relu") for size in sizes)


@pytest.mark.parametrize("ascii_mode", [False, True], ids=["braille", "ascii"])
@pytest.mark.parametrize("sizes", [(9, 100, 100, 1), (1000,) * 7, (1, 1), (3,)])
@pytest.mark.parametrize("area", [(76, 9), (62, 20), (51, 4), (10, 2), (3, 1), (0, 0)])
def test_a_shape_fills_any_area_exactly(sizes, area, ascii_mode):
    width, height = area
    rows = plain(draw_shape(shape(*sizes), width, height, ascii_mode=ascii_mode))
    assert [len(row) for row in rows] == [width] * height


def test_a_large_layer_is_drawn_as_few_dots_with_its_count_above():
    rows = plain(draw_shape(shape(3, 100, 1), 60, 12))
    column = [row[rows[0].index("100") + 1] for row in rows[1:-1]]
    assert "100" in rows[0]
    assert column.count("●") == 7
    assert column.count("⋮") == 1
    assert sum(row.count("○") for row in rows) == 3


def test_layers_of_eight_are_drawn_in_full():
    rows = plain(draw_shape(shape(8, 8), 40, 20))
    assert sum(row.count("○") for row in rows) == sum(row.count("●") for row in rows) == 8
    assert not any("⋮" in row for row in rows)


async def test_a_key_that_takes_a_layer_out_while_it_is_edited_leaves_what_can_be_edited():
    async with running(LESSON, page="build", keys=["up", "e", "up"]) as driver:
        assert driver.edit_bar.field.id == "inputs"
        await driver.press("delete", "delete", "delete")
        assert network(driver) == "9"
        assert [field.id for field in driver.edit_bar.fields] == ["layer", "inputs"]
        assert driver.edit_bar.field.id == "inputs"
        await driver.press("right", "enter")
        assert network(driver) == "10"
