"""The experiments screen, by keys: sort, open, mark and compare, search, delete, save."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.lessons.experiments import experiment
from tests.tui.driving import NARROW, WIDE, Driver, running, size_id, static_text
from tui.experiments import ExperimentLog
from tui.screens.contents import ContentsScreen
from tui.screens.experiments import ExperimentsScreen
from tui.screens.experiments_rows import COLUMNS, ColumnOf, Row
from tui.widgets.plot import Plot
from tui.widgets.rows import Rows

LESSON = "capacity-and-experiments"

LOG = (
    experiment((1,), 1.2, seconds=0.1),
    experiment((25,), 0.6, seed=1, seconds=0.3),
    experiment((25,), 0.7, seed=2, seconds=0.5),
    experiment((100, 100), 24.5, data="wages", rate=0.5, seconds=2.0, epochs=60, rows=373),
)


@pytest.fixture
def log() -> ExperimentLog:
    """What the learner has done before: three settings, one of them with two seeds."""
    kept = ExperimentLog.load()
    for one in LOG:
        kept.add(one)
    return kept


def listed(driver: Driver) -> list[Row]:
    """The rows of the table, from the first to the last."""
    assert isinstance(driver.screen, ExperimentsScreen)
    return driver.screen._rows


def names(driver: Driver) -> list[str]:
    """The data and networks of the rows."""
    return [f"{row.one.data} {row.one.network}" for row in listed(driver)]


def drawn(driver: Driver) -> list[str]:
    """The networks whose curves are on the plot."""
    assert isinstance(driver.screen, ExperimentsScreen)
    return [row.one.network for row in driver.screen.shown]


def labels(driver: Driver) -> list[str]:
    """The labels of the curves on the plot."""
    curves = driver.screen.query_one(Plot).figure.curves
    return [curve.label for curve in curves if curve.label]


def told(driver: Driver) -> str:
    return static_text(driver.screen.query_one("#told"))


# getting there


@pytest.mark.parametrize("start", [None, LESSON], ids=["contents", "lesson"])
@pytest.mark.parametrize("size", [NARROW, WIDE], ids=size_id)
async def test_without_experiments_it_tells_what_to_do(start, size):
    async with running(start, size, keys=("E",)) as driver:
        assert driver.shows(ExperimentsScreen)
        assert "There is no experiment yet." in driver.text
        assert "lesson 4.5" in driver.words
        for key in ("f", "o", "O", "enter", "delete", "u", "S", "y", "down", "end", "slash"):
            await driver.press(key)
        await driver.press("escape", "E")
        if start is None:
            assert driver.shows(ContentsScreen)
        else:
            assert driver.lesson.lesson.id == LESSON
            assert not driver.shows(ExperimentsScreen)


async def test_what_a_lesson_has_run_is_there_and_survives_quitting():
    async with running(LESSON) as driver:
        driver.lab.set("epochs", "2")
        await driver.press("r")
        await driver.run(8)
        assert "it is in the log" in driver.said
        await driver.press("E")
        assert names(driver) == ["hills 1×5"]
    async with running(None, keys=("E",)) as driver:
        assert names(driver) == ["hills 1×5"]
        assert "1 in 1 setting" in driver.title_bar


@pytest.mark.usefixtures("log")
async def test_the_lab_compares_with_what_was_done_before():
    async with running(LESSON) as driver:
        like = driver.lab.snapshot().recipe
        ExperimentLog.load().add(experiment((5,), 0.61, recipe=like))
    async with running(LESSON) as driver:
        assert "0.610" in driver.text


# the table


@pytest.mark.usefixtures("log")
@pytest.mark.parametrize("size", [NARROW, WIDE, (200, 50)], ids=size_id)
async def test_a_row_for_each_setting_the_newest_first(size):
    async with running(None, size, keys=("E",)) as driver:
        assert names(driver) == ["wages 2×100", "hills 1×25", "hills 1×1"]
        assert "0.650 (0.600–0.700)" in driver.text
        assert "2 seeds" in driver.text
        assert "4 in 3 settings" in driver.title_bar
        assert all(len(line) <= size[0] for line in driver.text.splitlines())


def column_of(driver: Driver, column: ColumnOf) -> tuple[list[Any], list[Any]]:
    """What the rows are sorted by in a column, and the same upwards; those without are left out."""
    values = [column.order(row) for row in listed(driver)]
    known: list[Any] = [value for value in values if value is not None]
    return known, sorted(known)


@pytest.mark.usefixtures("log")
async def test_every_column_sorts_both_ways_and_comes_into_sight():
    async with running(None, NARROW, keys=("E",)) as driver:
        for column in COLUMNS:
            await driver.press("o")
            newest_first = column.name == "when"
            assert f"{column.head.text}{'▾' if newest_first else '▴'}" in driver.text
            values, upwards = column_of(driver, column)
            assert values == (upwards[::-1] if newest_first else upwards)
            await driver.press("O")
            values, upwards = column_of(driver, column)
            assert values == (upwards if newest_first else upwards[::-1])


@pytest.mark.usefixtures("log")
async def test_the_seeds_of_a_setting_open_and_close():
    async with running(None, keys=("E", "down", "enter")) as driver:
        assert names(driver) == ["wages 2×100", *["hills 1×25"] * 3, "hills 1×1"]
        assert "seed 2" in driver.text
        await driver.press("down", "enter")  # on one of the seeds
        assert names(driver) == ["wages 2×100", "hills 1×25", "hills 1×1"]
        assert driver.screen.query_one(Rows).cursor == 1
        await driver.press("up", "enter")
        assert told(driver).startswith("One seed only")


# comparing


@pytest.mark.usefixtures("log")
async def test_one_row_is_drawn_with_both_losses_and_advice():
    async with running(None, keys=("E", "down")) as driver:
        assert labels(driver) == ["training", "validation"]
        assert "Next: more capacity" in driver.words


@pytest.mark.usefixtures("log")
async def test_two_marked_ones_are_drawn_on_one_plot_in_different_styles():
    async with running(None, keys=("E", "f", "down")) as driver:
        assert labels(driver) == ["A training", "A validation", "B training", "B validation"]
        curves = driver.screen.query_one(Plot).figure.curves
        assert len({curve.drawn_as for curve in curves if curve.label}) == 4
        assert "B is unlike A: hills, 1×25" in driver.words
        await driver.press("f", "down")
        assert "A beside B" not in told(driver)
        assert drawn(driver) == ["2×100", "1×25"]
        await driver.press("f")  # a third mark takes the place of the first
        assert drawn(driver) == ["1×25", "1×1"]
        await driver.press("f")
        assert drawn(driver) == ["1×25", "1×1"]


@pytest.mark.usefixtures("log")
async def test_the_loss_axis_can_be_logarithmic():
    async with running(None, keys=("E", "y")) as driver:
        assert driver.screen.query_one(Plot).figure.log_y


async def test_what_an_open_question_asks_for_is_hidden_here_too():
    ExperimentLog.load().add(experiment((50, 50, 50), 0.8, loss=0.05))
    async with running(LESSON, page="large", keys=("E",)) as driver:
        assert "0.800" in driver.text
        assert "0.050" not in driver.text
        assert labels(driver) == ["validation"]
        assert "open question" in driver.words
    async with running(None, keys=("E",)) as driver:
        assert "0.050" in driver.text


# searching


@pytest.mark.usefixtures("log")
async def test_words_choose_rows():
    async with running(None, keys=("E", "/")) as driver:
        await driver.write("wages 0.5")
        assert names(driver) == ["wages 2×100"]
        await driver.write("zzz")
        assert names(driver) == []
        assert "Nothing has these words in it" in driver.words
        await driver.press("f", "enter", "escape")
        assert len(names(driver)) == 3


# deleting


@pytest.mark.usefixtures("log")
async def test_a_row_is_deleted_with_its_seeds_and_comes_back():
    async with running(None, keys=("E", "down", "delete")) as driver:
        assert names(driver) == ["wages 2×100", "hills 1×1"]
        assert told(driver) == "Deleted 2 experiments. u brings them back."
        assert len(ExperimentLog.load().all) == 2
        await driver.press("delete", "delete")
        assert "There is no experiment yet." in driver.text
        await driver.press("u", "u", "u")
        assert names(driver) == ["wages 2×100", "hills 1×25", "hills 1×1"]
        assert len(ExperimentLog.load().all) == 4
        await driver.press("u")
        assert told(driver) == "Nothing has been deleted here."


@pytest.mark.usefixtures("log")
async def test_one_seed_alone_can_be_deleted():
    async with running(None, keys=("E", "down", "enter", "down", "delete")) as driver:
        assert [one.val_loss for one in ExperimentLog.load().all] == [1.2, 0.7, 24.5]
        await driver.press("u")
        assert [one.val_loss for one in ExperimentLog.load().all] == [1.2, 0.6, 0.7, 24.5]


# saving


@pytest.mark.usefixtures("log")
async def test_it_is_saved_where_the_learner_says_and_never_over_a_file(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    async with running(None, keys=("E", "S")) as driver:
        await driver.press("enter")
        assert told(driver).startswith("Saved 4 experiments in ")
        assert len(Path("experiments.csv").read_text().splitlines()) == 5
        await driver.press("S", "enter")
        assert told(driver) == "experiments.csv is there already: choose another name."
        await driver.press(*["backspace"] * 3)
        await driver.write("tsv")
        await driver.press("enter")
        assert Path("experiments.tsv").exists()
        await driver.press("S", "escape")
        assert driver.shows(ExperimentsScreen)
        assert sorted(path.name for path in tmp_path.iterdir() if path.is_file()) == [
            "experiments.csv",
            "experiments.tsv",
        ]


# the rest


@pytest.mark.usefixtures("log")
async def test_help_lists_its_keys_and_the_palette_knows_it():
    async with running(None, keys=("E", "?")) as driver:
        assert "Save as CSV, where you say" in driver.words
    async with running(None) as driver:
        commands = list(driver.app.get_system_commands(driver.screen))
        assert "Experiments" in [command.title for command in commands]


async def test_a_long_log_scrolls_with_the_cursor():
    kept = ExperimentLog.load()
    kept.restore(experiment((nodes,), 1 / nodes, id=f"{nodes:08}") for nodes in range(1, 250))
    async with running(None, NARROW, keys=("E", "end")) as driver:
        assert "▸" in driver.text
        table = driver.screen.query_one(Rows)
        assert table.cursor == 248
        await driver.press("pageup", "home")
        assert table.cursor == 0
        await driver.resize(100, 30)
        await driver.press("down")
        assert table.cursor == 1


@pytest.mark.usefixtures("log")
async def test_it_is_told_to_the_lab_what_was_deleted():
    async with running(LESSON) as driver:
        driver.lab.set("epochs", "2")
        await driver.press("r")
        await driver.run(8)
        assert len(driver.lab.snapshot().log) == 1
        await driver.press("E", "delete", "escape")
        assert driver.lab.snapshot().log == ()


@pytest.mark.parametrize("size", [(100, 30), WIDE, (160, 40)], ids=size_id)
async def test_data_with_a_long_name_take_what_room_is_left(log, size):
    log.add(experiment(data="spiral, x1 x2"))
    async with running(size=size, keys=["E"]) as driver:
        heads = driver.screen.query_one(Rows)._heads
        spare = size[0] - 2 - 3 - sum(head.width for head in heads)
        cut = not any("spiral, x1 x2  " in line for line in driver.text.splitlines()[1:8])
        assert cut == (heads[0].width < len("spiral, x1 x2") + 2)
        assert not cut or spare == 0


async def test_where_there_is_no_experiment_both_ways_to_one_are_named():
    async with running(keys=["E"]) as driver:
        assert "lesson 4.5" in driver.words
        assert "when you press S there" in driver.words
