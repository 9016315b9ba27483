"""Gradient descent on one weight: three factors, the way down, and what a learning rate does."""

from __future__ import annotations

from dataclasses import FrozenInstanceError

import numpy as np
import pytest

from lessons.labs.base import Refused
from lessons.labs.one_weight.lab import OneWeightLab, OneWeightScene
from lessons.labs.one_weight.state import Row

FACTORS = (
    "prediction = 3 × 2 = 6",
    "error = 6 - 10 = -4",
    "slope at the prediction = 2 × (-4) = -8",
    "input = 3",
    "slope of the activation = 1",
    "slope = -8 × 3 × 1 = -24",
    "new weight = 2 - 0.01 × (-24) = 2.24",
)


@pytest.fixture
def lab() -> OneWeightLab:
    return OneWeightLab(OneWeightScene())


@pytest.fixture
def by_factor() -> OneWeightLab:
    return OneWeightLab(OneWeightScene(by_factor=True))


def take(lab: OneWeightLab, steps: int) -> OneWeightLab:
    for _ in range(steps):
        lab.step()
    return lab


def now(lab: OneWeightLab) -> Row:
    """The state that the lab shows as the present one."""
    return lab.snapshot().rows[-1]


# one update, factor by factor


def test_seven_lines_make_an_update(by_factor: OneWeightLab) -> None:
    for count in range(1, 8):
        by_factor.step()
        assert by_factor.snapshot().lines == FACTORS[:count]
    assert (by_factor.position, by_factor.updates) == (7, 1)
    assert now(by_factor).weight == pytest.approx(2.24, rel=1e-15)


def test_the_weight_moves_with_the_last_line_only(by_factor: OneWeightLab) -> None:
    take(by_factor, 6)
    assert now(by_factor).weight == 2.0
    by_factor.step()
    assert now(by_factor).weight == pytest.approx(2.24)


def test_the_first_row_of_the_table(lab: OneWeightLab) -> None:
    row = now(lab)
    assert (row.weight, row.prediction, row.error, row.loss) == (2, 6, -4, 16)
    assert (row.loss_slope, row.activation_slope, row.slope, row.rate) == (-8, 1, -24, 0.01)


def test_the_second_row_of_the_table(lab: OneWeightLab) -> None:
    row = now(take(lab, 1))
    assert row.weight == pytest.approx(2.24)
    assert row.prediction == pytest.approx(6.72)
    assert row.error == pytest.approx(-3.28)
    assert row.loss == pytest.approx(10.7584)


def test_the_next_line_is_named(by_factor: OneWeightLab, lab: OneWeightLab) -> None:
    assert by_factor.step_name == "prediction"
    assert take(by_factor, 5).step_name == "slope"
    assert take(by_factor, 1).step_name == "update"
    assert take(by_factor, 1).step_name == "prediction"
    assert lab.step_name == "update"


def test_going_back_by_factor_crosses_updates(by_factor: OneWeightLab) -> None:
    seen = [by_factor.snapshot().lines]
    for _ in range(20):
        by_factor.step()
        seen.append(by_factor.snapshot().lines)
    for position in range(19, -1, -1):
        by_factor.back()
        assert by_factor.position == position
        assert by_factor.snapshot().lines == seen[position]
    assert now(by_factor).weight == 2.0
    with pytest.raises(Refused, match="no step to take back"):
        by_factor.back()


def test_the_number_of_the_last_line_is_the_one_under_the_cursor(by_factor: OneWeightLab) -> None:
    seen = []
    for _ in range(8):
        by_factor.step()
        seen.append(by_factor.current())
    assert seen == [*by_factor.explainable(), "prediction"]


def test_an_explanation_has_the_formula_and_the_line(by_factor: OneWeightLab) -> None:
    told = by_factor.explain("slope")
    assert told.formula == "slope = slope at the prediction × input × slope of the activation"
    assert told.filled == "slope = -8 × 3 × 1 = -24"


# update by update


def test_the_errors_shrink_by_the_same_factor(lab: OneWeightLab) -> None:
    rows = take(lab, 3).snapshot().rows
    # error × (1 - 2 · rate · input²) = error × 0.82
    assert [row.error for row in rows] == pytest.approx([-4, -3.28, -2.6896, -2.205472])
    assert [row.step for row in rows] == [0, 1, 2, 3]


def test_the_lines_of_an_update_are_its_slope_and_its_weight(lab: OneWeightLab) -> None:
    assert lab.snapshot().lines == ()
    assert take(lab, 1).snapshot().lines == FACTORS[-2:]


def test_go_is_as_good_as_steps(lab: OneWeightLab) -> None:
    lab.go(9)
    other = take(OneWeightLab(OneWeightScene()), 9)
    assert lab.snapshot().rows == other.snapshot().rows
    lab.go(4)
    assert lab.snapshot().rows == other.snapshot().rows[:5]
    assert (lab.position, lab.end) == (4, 9)


def test_go_by_factor_is_as_good_as_steps(by_factor: OneWeightLab) -> None:
    by_factor.go(17)
    other = take(OneWeightLab(OneWeightScene(by_factor=True)), 17)
    assert by_factor.snapshot().lines == other.snapshot().lines
    assert by_factor.snapshot().rows == other.snapshot().rows


def test_a_scene_can_start_after_an_update_or_between_lines() -> None:
    assert now(OneWeightLab(OneWeightScene(updates=1))).prediction == pytest.approx(6.72)
    lab = OneWeightLab(OneWeightScene(by_factor=True, lines=2))
    assert lab.snapshot().lines == FACTORS[:2]


def test_scrubbing_moves_along_what_is_recorded(lab: OneWeightLab) -> None:
    lab.go(80)
    lab.scrub(-1)
    assert lab.position == 78  # a fortieth of 80
    lab.scrub(1)
    lab.scrub(1)
    assert lab.position == 80


def test_reset_starts_again_with_the_rate_of_the_scene_and_can_be_undone(
    lab: OneWeightLab,
) -> None:
    start = lab.snapshot().rows
    lab.set("input", "5")
    lab.change_rate(1)
    walked = take(lab, 3).snapshot().rows
    lab.reset()
    assert lab.snapshot().rows == start
    assert lab.rate == 0.01
    lab.undo()
    assert lab.snapshot().rows == walked
    assert lab.rate == 0.02
    take(lab, 1)
    assert len(lab.snapshot().rows) == 5


def test_reset_takes_no_step_even_where_the_scene_opens_further_on() -> None:
    lab = OneWeightLab(OneWeightScene(updates=1))
    lab.reset()
    assert (lab.position, now(lab).weight) == (0, 2)


def test_a_snapshot_is_frozen_and_stays_as_it_was(lab: OneWeightLab) -> None:
    view = take(lab, 2).snapshot()
    rows, losses = view.rows, view.curve[1].copy()
    with pytest.raises(FrozenInstanceError):
        view.rate = "1"  # type: ignore[misc]
    take(lab, 30)
    assert view.rows == rows
    assert len(view.rows) == 3
    np.testing.assert_array_equal(view.curve[1], losses)


def test_the_curve_is_the_parabola_and_holds_the_path(lab: OneWeightLab) -> None:
    view = take(lab, 5).snapshot()
    weights, losses = view.curve
    np.testing.assert_allclose(losses, (3 * weights - 10) ** 2)
    assert weights[0] < min(row.weight for row in view.rows)
    assert weights[-1] > max(row.weight for row in view.rows)
    assert view.best == pytest.approx(10 / 3)


# edits


def test_an_edit_starts_again_with_the_new_number(lab: OneWeightLab) -> None:
    take(lab, 4)
    lab.set("target", "7")
    assert (lab.position, now(lab).error, now(lab).slope) == (0, -1, -6)
    lab.set("weight", "2.5")
    assert now(lab).prediction == 7.5
    lab.undo()
    assert (now(lab).error, now(lab).slope) == (-1, -6)
    lab.undo()
    assert lab.position == 4
    assert now(lab).error == pytest.approx(-4 * 0.82**4)
    lab.go(0)
    assert (now(lab).error, now(lab).slope) == (-4, -24)


def test_without_the_2_the_step_is_half_as_long_and_twice_the_rate_mends_it() -> None:
    half = OneWeightLab(OneWeightScene(rate=0.005))
    assert now(take(half, 1)).weight == pytest.approx(2.12)


def test_an_input_of_0_cannot_move_the_weight(lab: OneWeightLab) -> None:
    lab.set("input", "0")
    view = take(lab, 3).snapshot()
    assert {row.weight for row in view.rows} == {2.0}
    assert {row.slope for row in view.rows} == {0.0}
    assert view.best is None
    assert view.verdict == "The input is 0, so the slope is 0: this weight cannot move."
    assert np.isfinite(view.curve[1]).all()


@pytest.mark.parametrize("text", ["1e-200", "5e-324", "-1e-9", "0.0009"])
def test_an_input_too_close_to_0_is_refused(lab: OneWeightLab, text: str) -> None:
    with pytest.raises(Refused, match=r"0, or at least 0\.001"):
        lab.set("input", text)
    assert now(lab).prediction == 6


@pytest.mark.parametrize("field", ["input", "weight", "target", "rate"])
@pytest.mark.parametrize("text", ["nan", "-inf", "1e999", "three", "", "1e5"])
def test_a_refused_edit_changes_nothing(lab: OneWeightLab, field: str, text: str) -> None:
    before = take(lab, 2).snapshot().rows
    with pytest.raises(Refused, match=r"\.$|please"):
        lab.set(field, text)
    assert lab.snapshot().rows == before
    assert not lab.can("undo")


@pytest.mark.parametrize(("input_", "weight"), [("100", "1000"), ("-100", "-1000"), ("0.001", "5")])
def test_extremes_that_are_accepted_can_be_shown(
    lab: OneWeightLab, input_: str, weight: str
) -> None:
    lab.set("input", input_)
    lab.set("weight", weight)
    lab.set("target", "-1000")
    view = take(lab, 3).snapshot()
    assert np.isfinite(view.curve).all()
    assert all(field.low <= rate <= field.high for field in lab.fields() for rate in field.ladder)
