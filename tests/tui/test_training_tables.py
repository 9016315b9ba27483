"""What stands below the curves of the training lab, and what is drawn anew in a frame."""

from __future__ import annotations

import numpy as np
import pytest

from engine import Series
from lessons.learning.curves import points
from tests.lessons.training_labs import classes, take
from tests.tui.driving import NARROW, WIDE, running, size_id
from tests.tui.test_plot import canvas, drawn
from tui.labs.training_tables import beside, records_of_pair
from tui.widgets.cells import Cells
from tui.widgets.plot import Curve, Figure, Plot

VALIDATION = "validation"


def test_the_printed_log_stands_beside_the_learners_own_epoch_by_epoch() -> None:
    logs = take(classes(), 3 * 4).snapshot().logs
    _, records = beside(logs, "loss")
    texts = {record.texts[0]: record.texts for record in records}
    assert list(texts) == ["1", "2", "3", "8", "9", "10"]
    assert texts["2"] == ("2", "0.6670", "0.6580", f"{logs[1].loss:.4f}", f"{logs[1].val_loss:.4f}")
    assert texts["3"][1:3] == ("·", "·")
    assert texts["8"] == ("8", "0.6578", "0.6594", "·", "·")
    assert [record.texts[0] for record in records if record.marked] == ["3"]
    _, records = beside(logs, "accuracy")
    assert records[0].texts[1:3] == ("0.5775", "0.5561")


async def test_the_pair_shows_what_follows_only_after_the_question() -> None:
    async with running(VALIDATION, page="pair") as driver:
        hidden = records_of_pair(driver.lab.snapshot().pair)
        assert {record.texts[-1] for record in hidden} == {"?"}
        await driver.answer("3")
        assert "0.511" in driver.text
        assert "0.592" in driver.text


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=size_id)
async def test_each_page_has_its_table_in_sight(size) -> None:
    heads = {
        "curves": "val_loss",
        "log": "0.6557",
        "after": "acc after",
        "beside": "printed loss",
        "pair": "right class got",
    }
    async with running(VALIDATION, size) as driver:
        for page in driver.lesson.lesson.pages:
            if page.id in heads:
                if size == NARROW:
                    await driver.press("v")
                assert heads[page.id] in driver.text, page.id
            await driver.press("n")


async def test_w_turns_to_the_accuracy() -> None:
    async with running(VALIDATION, page="curves", keys=("w",)) as driver:
        figure = driver.lesson.query_one(Plot).figure
        assert figure.y_label == "accuracy"
        assert figure.empty == "no batch yet: space takes one, r runs"


async def test_a_curve_and_a_log_that_stand_still_are_not_drawn_again() -> None:
    """Between two epochs of thousands of batches the time of a frame is for training."""
    async with running(VALIDATION, page="curves") as driver:
        lab, view = driver.lab, driver.pane.view
        for _ in range(3):
            lab.step()
        driver.pane.refresh_view()
        await driver.settle()
        plot, log = view.query_one(Plot), view.query_one("#log", Cells)
        driver.lab.go(0)
        driver.pane.refresh_view()
        await driver.settle()
        strips, records = plot._strips, log._records
        driver.pane.refresh_view()
        await driver.settle()
        assert plot._strips is strips
        assert log._records is records
        driver.lab.go(2)
        driver.pane.refresh_view()
        await driver.settle()
        assert plot._strips is not strips


async def test_one_spike_in_a_million_batches_reaches_the_screen() -> None:
    series = Series()
    for step in range(1, 1_000_001):
        series.append(step, 1.0 if step == 654_321 else 0.1)
    x, y = points(series, per_epoch=1000)
    assert len(x) <= 2 * series.capacity, "a million points cost no more than a few thousand"
    body = canvas(await drawn(Figure((Curve(x, y, "train"),), x_range=(0, 1000))))
    (column,) = [at for at, sign in enumerate(body[0]) if sign.strip()]
    assert column == pytest.approx(0.654 * len(body[0]), abs=1.5)


def test_figures_are_told_apart_by_every_point_and_by_the_rest() -> None:
    def figure(y: list[float], label: str = "") -> Figure:
        return Figure((Curve(np.arange(3), y, "train"),), x_label=label)

    assert figure([1, 2, 3]).looks_like(figure([1, 2, 3]))
    assert not figure([1, 2, 3]).looks_like(figure([1, 2, 4]))
    assert not figure([1, 2, 3]).looks_like(figure([1, 2, 3], "epoch"))
    assert not figure([1, 2, 3]).looks_like(Figure())


async def test_no_epoch_of_the_printed_log_is_marked_while_one_is_asked_for() -> None:
    async with running(VALIDATION, page="log") as driver:
        log = [line for line in driver.text.splitlines() if "0.6126" in line]
        assert len(log) == 1
        assert "▸" not in log[0]
