"""Where the numbers of training come from: every explanation holds when it is worked out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import pytest

from lessons import course
from lessons.labs.training.lab import TrainingLab
from lessons.labs.training.setup import TrainingScene
from lessons.learning.recipe import OPTIMIZERS
from tests.lessons.arithmetic import claims
from tests.lessons.training_labs import HIDDEN, small, take, wages

OPTIMIZER_NAMES = tuple(OPTIMIZERS)
SIZES = (2, *HIDDEN, 1)


def each_weight(lab: TrainingLab) -> Iterator[int]:
    """Points at every weight of the small network; yields its place in the flat vectors."""
    for layer, (rows, columns) in enumerate(pairwise(SIZES), start=1):
        lab.set("layer", str(layer))
        for row in range(rows):
            for column in range(columns):
                lab.point(row, column)
                yield lab.cursor_in_parameters()


def filled(lab: TrainingLab, name: str) -> str:
    return lab.explain(name).filled


@pytest.mark.parametrize("optimizer", OPTIMIZER_NAMES)
@pytest.mark.parametrize("steps", [0, 1, 2, 9])
def test_all_arithmetic_of_all_explanations_is_true(optimizer: str, steps: int) -> None:
    lab = take(small(optimizer), steps)
    for _ in each_weight(lab):
        for name in lab.explainable():
            told = lab.explain(name)
            assert [c for c in claims(told.filled) if not c.holds_rounded(6)] == []
            assert told.meaning
            assert told.formula


@pytest.mark.parametrize("optimizer", OPTIMIZER_NAMES)
def test_so_it_is_on_the_wages_where_many_slopes_are_0(optimizer: str) -> None:
    lab = take(wages(TrainingScene(optimizer=optimizer)), 1)
    for row in range(9):
        for column in range(0, 100, 9):
            lab.point(row, column)
            for name in ("weight", "slope", "change"):
                wrong = [c for c in claims(filled(lab, name)) if not c.holds_rounded(6)]
                assert wrong == []


def test_a_weight_is_the_one_before_plus_the_change() -> None:
    lab = take(small(), 4)
    before = lab.model.parameters.copy()
    lab.step()
    for at in each_weight(lab):
        weight, rest = filled(lab, "weight").split(" = ")
        old, change = (float(part.strip("()")) for part in rest.split(" + "))
        assert float(weight) == pytest.approx(lab.model.parameters[at], abs=1e-6)
        assert old == pytest.approx(before[at], abs=1e-6)
        assert change == pytest.approx(lab.model.parameters[at] - before[at], abs=1e-6)


def test_before_the_first_batch_a_weight_is_a_random_number() -> None:
    lab = small()
    for at in each_weight(lab):
        weight = float(filled(lab, "weight").removeprefix("weight = "))
        assert weight == pytest.approx(lab.model.parameters[at], abs=1e-6)


def test_a_slope_names_the_rows_of_its_batch() -> None:
    lab = small()
    assert filled(lab, "slope") == "no batch has been taken yet"
    rows = []
    for _ in range(6):
        lab.step()
        for at in each_weight(lab):
            slope, _, batch = filled(lab, "slope").removeprefix("slope = ").partition(", over the ")
            assert float(slope) == pytest.approx(lab.model.gradient[at], abs=1e-6)
        rows.append(batch)
    # Seven rows in batches of three leave a last batch of one.
    assert [text.split()[3] for text in rows] == ["3", "3", "1"] * 2


def test_a_change_of_gradient_descent_is_the_rate_times_the_slope() -> None:
    lab = take(small("sgd"), 5)
    for at in each_weight(lab):
        change, rest = filled(lab, "change").split(" = ")
        rate, slope = (float(part.strip("()")) for part in rest.split(" × "))
        assert float(change) == pytest.approx(lab.optimizer.change[at], abs=1e-6)
        assert rate == -0.01
        assert slope == pytest.approx(lab.model.gradient[at], abs=1e-6)


def test_after_a_change_of_the_rate_the_last_step_is_explained_with_its_own() -> None:
    lab = take(small("sgd"), 5)
    before = [filled(lab, "change") for _ in each_weight(lab)]
    lab.set("rate", "0.5")
    assert [filled(lab, "change") for _ in each_weight(lab)] == before
    lab.set("rate", "0.02")
    lab.step()
    assert "-0.02 × " in filled(lab, "change")
    lab.go(3)
    assert "-0.01 × " in filled(lab, "change")


def test_momentum_keeps_nine_tenths_of_the_last_change() -> None:
    lab = take(small("sgd, momentum 0.9"), 5)
    assert lab.explain("change").formula == "change = 0.9 × change before - rate × slope"
    before = lab.optimizer.change.copy()
    lab.step()
    slopes = lab.model.gradient
    np.testing.assert_allclose(lab.optimizer.change, 0.9 * before - 0.01 * slopes, atol=1e-7)


def test_nesterov_goes_one_step_further_than_its_velocity() -> None:
    lab = take(small("sgd, nesterov 0.9"), 6)
    assert lab.explain("change").formula == "change = 0.9 × velocity - rate × slope"
    velocity, slopes = lab.optimizer.slots["velocity"], lab.model.gradient
    np.testing.assert_allclose(lab.optimizer.change, 0.9 * velocity - 0.01 * slopes, atol=1e-7)


def test_the_loss_is_that_of_the_last_batch() -> None:
    lab = small()
    assert filled(lab, "loss") == "no batch has been taken yet"
    lab.step()
    assert lab.last_loss is not None
    assert float(filled(lab, "loss").removeprefix("loss = ")) == pytest.approx(
        lab.last_loss, abs=1e-4
    )


def test_an_epoch_is_the_rows_by_the_batch_rounded_up() -> None:
    assert filled(small(), "epoch") == "3 = 7 rows / batches of 3, rounded up"
    assert filled(wages(), "epoch") == "12 = 373 rows / batches of 32, rounded up"


def test_what_the_table_shows_is_what_is_explained_first() -> None:
    lab = small()
    named = []
    for shows in ("value", "slope", "change"):
        lab.set("shows", shows)
        named.append(lab.current())
    assert named == ["weight", "slope", "change"]


@pytest.mark.parametrize("name", ["weight", "change"])
def test_while_the_question_is_about_the_change_its_explanation_keeps_it_back(name: str) -> None:
    lab = small()
    lab.show(TrainingScene(shows="change", batch_size=3), ("change",))
    take(lab, 2)
    told = lab.explain(name)
    assert told.filled == "weight = ? + ?"
    assert "rate" not in told.meaning
    lab.hide(())
    assert "?" not in filled(lab, name)


@pytest.mark.parametrize("optimizer", OPTIMIZER_NAMES)
def test_a_weight_without_a_slope_has_an_explanation_too(optimizer: str) -> None:
    lab = take(wages(TrainingScene(optimizer=optimizer, batch_size=1)), 1)
    slopes = lab.model.layers[0].kernel_gradient
    row, column = (int(place) for place in np.argwhere(slopes == 0)[0])
    lab.point(row, column)
    assert filled(lab, "slope").startswith("slope = 0, ")
    assert re.match(r"0\b(?!\.)", filled(lab, "change"))
    assert all(claim.holds for claim in claims(filled(lab, "change")))


# what trains out of sight


def test_a_network_that_trains_out_of_sight_is_told_of_until_it_is_turned_to() -> None:
    lesson = course.find("4.3")
    lab = lesson.make_lab(1)
    assert isinstance(lab, TrainingLab)
    lab.show(next(page.scene for page in lesson.pages if page.id == "log"))
    assert lab.snapshot().said == "This log is from a course. w turns to your network."
    take(lab, 2)
    assert lab.snapshot().said == "Your own network is at step 2: w shows its curves."
    lab.turn("shows")
    assert lab.shows == "loss"
    assert lab.snapshot().said == ""
    lab.show(next(page.scene for page in lesson.pages if page.id == "pair"))
    assert lab.snapshot().said == ""
    take(lab, 1)
    assert lab.snapshot().said == "Your own network is at step 1: w shows its curves."
