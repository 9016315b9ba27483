"""Training, batch by batch: forwards and back to the bit, and what each setting does."""

from __future__ import annotations

from dataclasses import FrozenInstanceError

import numpy as np
import pytest

from lessons.labs.base import Refused
from lessons.labs.training.setup import TrainingScene
from lessons.learning.recipe import OPTIMIZERS
from tests.lessons.training_labs import bits, run_out, small, take, wages

OPTIMIZER_NAMES = tuple(OPTIMIZERS)


# the network and the rows of the course


def test_the_network_of_the_course() -> None:
    view = wages().snapshot()
    assert view.parameters == 11_201  # 9 inputs, 100 and 100 nodes, 1 output
    assert (view.rows, view.held_out, view.steps_per_epoch) == (373, 161, 12)
    assert view.recipe.rate == 0.001


def test_adams_first_step_is_as_long_as_its_rate_whatever_the_slope() -> None:
    lab = take(wages(), 1)
    slopes = np.abs(lab.model.gradient)
    change = np.abs(lab.optimizer.change)
    np.testing.assert_allclose(change[slopes > 0.01], 0.001, rtol=1e-3)
    assert np.all(change <= 0.001 * (1 + 1e-6))
    assert slopes.max() > 100 * slopes[slopes > 0.01].min()  # as different as that


def test_after_ten_epochs_it_is_better_than_guessing_the_mean() -> None:
    view = take(wages(), 120).snapshot()
    assert view.epoch == 10
    assert view.curves.train[1][-1] < 26.36


# forwards and back


@pytest.mark.parametrize("optimizer", OPTIMIZER_NAMES)
def test_forwards_and_back_gives_the_same_bits(optimizer: str) -> None:
    lab = small(optimizer)
    seen = [bits(lab)]
    for _ in range(40):
        lab.step()
        seen.append(bits(lab))
    assert len(set(seen)) == 41
    for position in range(39, -1, -1):
        lab.back()
        assert (lab.position, bits(lab)) == (position, seen[position])
    for position in range(1, 41):
        lab.step()
        assert bits(lab) == seen[position]
    for position in (7, 33, 0, 40, 12):
        lab.go(position)
        assert bits(lab) == seen[position]


def test_at_the_start_there_is_no_step_to_take_back() -> None:
    with pytest.raises(Refused, match="This is the start"):
        small().back()


def test_home_and_end_are_the_ends_of_what_is_recorded() -> None:
    lab = take(small(), 10)
    lab.go(0)
    assert (lab.position, lab.end) == (0, 10)
    lab.go(lab.end)
    assert lab.position == 10
    lab.go(1000)
    assert lab.position == 10


def test_scrubbing_goes_a_fortieth_at_a_time() -> None:
    lab = take(small(), 80)
    lab.scrub(-1)
    assert lab.position == 78
    lab.scrub(-1)
    lab.scrub(1)
    assert lab.position == 78
    for _ in range(50):
        lab.scrub(-1)
    assert lab.position == 0


def test_stepping_on_after_going_back_adds_nothing_to_the_curves() -> None:
    lab = take(small(), 30)
    before = lab.snapshot().curves
    lab.go(5)
    take(lab, 25)
    np.testing.assert_array_equal(lab.snapshot().curves.train, before.train)
    np.testing.assert_array_equal(lab.snapshot().curves.validation, before.validation)


def test_the_same_seed_gives_the_same_training_and_another_seed_another() -> None:
    first, again, other = (take(small(seed=seed), 12) for seed in (4, 4, 5))
    assert bits(first) == bits(again)
    assert bits(first) != bits(other)


# the curves


def test_curves_are_drawn_over_epochs() -> None:
    lab = take(small(), 12)
    view = lab.snapshot()
    assert (view.steps_per_epoch, view.epoch, view.batch) == (3, 4, 0)
    assert view.curves.train[0].tolist() == [1, 2, 3, 4]
    assert view.curves.validation[0].tolist() == [1, 2, 3, 4]


def test_single_batches_are_drawn_until_there_are_three_epochs() -> None:
    lab = take(small(), 8)
    x, losses = lab.snapshot().curves.batches
    np.testing.assert_allclose(x, np.arange(1, 9) / 3)
    assert losses[-1] == lab.last_loss
    take(lab, 1)
    assert lab.snapshot().curves.batches[0].size == 0


def test_the_validation_loss_is_that_of_the_epoch_finished_last() -> None:
    lab = small()
    assert lab.snapshot().validation_loss is None
    take(lab, 11)
    _, losses = lab.snapshot().curves.validation
    for position, epoch in ((11, 3), (9, 3), (8, 2), (6, 2), (5, 1), (3, 1)):
        lab.go(position)
        assert lab.snapshot().validation_loss == losses[epoch - 1]
    lab.go(2)
    assert lab.snapshot().validation_loss is None


def test_the_validation_loss_is_the_mean_squared_error_of_the_held_out_rows() -> None:
    lab = take(small(), 3)
    x, y = lab.problem.x_validation, lab.problem.y_validation
    scaled = (x - lab.problem.x_train.mean(axis=0)) / lab.problem.x_train.std(axis=0)
    errors = lab.model.predict(scaled, verbose=0).ravel() - np.ravel(y)
    assert lab.snapshot().validation_loss == pytest.approx(float((errors**2).mean()), rel=1e-5)


def test_curves_stay_bounded_however_long_it_runs() -> None:
    lab = take(small(batch_size=7), 5000)  # one batch an epoch
    view = lab.snapshot()
    assert view.epoch == 5000
    for x, losses in (view.curves.train, view.curves.validation):
        assert 1000 < len(x) == len(losses) <= 4096
        assert (np.diff(x) >= 0).all()
        assert x[-1] == 5000
    early = take(small(batch_size=7), 1)
    assert view.curves.train[1].max() >= early.snapshot().curves.train[1][0]


def test_a_snapshot_is_frozen_and_later_steps_do_not_reach_it() -> None:
    lab = take(small(), 7)
    view = lab.snapshot()
    with pytest.raises(FrozenInstanceError):
        view.position = 0  # type: ignore[misc]
    weights, losses = view.weights.values.copy(), view.curves.train[1].copy()
    take(lab, 20)
    lab.set("batch", "1")
    take(lab, 5)
    np.testing.assert_array_equal(view.weights.values, weights)
    np.testing.assert_array_equal(view.curves.train[1], losses)
    assert view.position == 7


# the table


@pytest.mark.parametrize("layer", ["1", "2", "3"])
def test_the_table_shows_what_the_model_has(layer: str) -> None:
    lab = small("sgd")
    before = [one.kernel.copy() for one in lab.model.layers]
    take(lab, 1)
    lab.set("layer", layer)
    dense = lab.model.layers[int(layer) - 1]
    shown = {}
    for shows in ("value", "slope", "change"):
        lab.set("shows", shows)
        shown[shows] = lab.snapshot().weights.values
    np.testing.assert_array_equal(shown["value"], dense.kernel)
    np.testing.assert_array_equal(shown["slope"], dense.kernel_gradient)
    np.testing.assert_allclose(shown["change"], -0.01 * dense.kernel_gradient, rtol=1e-6)
    np.testing.assert_allclose(
        before[int(layer) - 1] + shown["change"], dense.kernel, rtol=1e-6, atol=1e-7
    )


def test_the_table_names_its_rows_and_columns() -> None:
    lab = small()
    names = []
    for layer in ("1", "2", "3"):
        lab.set("layer", layer)
        weights = lab.snapshot().weights
        assert weights.values.shape == (len(weights.rows), len(weights.columns))
        names.append((len(weights.rows), weights.columns))
    assert lab.snapshot().weights.layer == 2
    assert names == [
        (2, ("node 0", "node 1", "node 2")),
        (3, ("node 0", "node 1")),
        (2, ("output",)),
    ]


def test_before_the_first_batch_there_are_no_slopes_and_no_changes() -> None:
    lab = small()
    for shows in ("slope", "change"):
        lab.set("shows", shows)
        assert not lab.snapshot().weights.values.any()


def test_the_table_is_hidden_while_the_question_is_about_it() -> None:
    lab = small()
    scene = TrainingScene(conceal=("change",), shows="change", batch_size=3)
    lab.show(scene, scene.conceal)
    lab.step()
    assert lab.snapshot().weights.hidden
    lab.set("shows", "value")
    assert not lab.snapshot().weights.hidden
    lab.set("shows", "change")
    lab.hide(())
    assert not lab.snapshot().weights.hidden


def test_a_new_page_puts_the_cursor_where_its_layer_has_a_weight() -> None:
    lab = small()
    lab.set("layer", "2")
    lab.point(2, 1)
    lab.show(TrainingScene(batch_size=3))
    assert lab.explain("weight").name == "weight a → node 0"


# the end of the numbers


def test_without_scaling_plain_gradient_descent_diverges_within_ten_batches() -> None:
    lab = wages(TrainingScene(scaling=False, optimizer="sgd"))
    assert lab.recipe.rate == 0.01
    said = run_out(lab, 10)
    last = lab.position
    assert said.startswith(f"Stopped after step {last}: ")
    assert "b goes back, [ lowers the rate" in said
    view = lab.snapshot()
    assert view.stopped
    assert view.said == said
    assert np.isfinite(lab.model.parameters).all()
    assert view.loss is not None
    assert np.isfinite(view.loss)
    assert not lab.can("run")
    with pytest.raises(Refused, match="Stopped after step"):
        lab.step()


def test_from_there_b_goes_back_and_the_same_end_comes_again() -> None:
    lab = wages(TrainingScene(scaling=False, optimizer="sgd"))
    said = run_out(lab, 10)
    last, kept = lab.position, bits(lab)
    lab.back()
    assert not lab.snapshot().stopped
    lab.step()
    assert (lab.position, bits(lab)) == (last, kept)
    assert run_out(lab, 1) == said


def test_from_there_scaling_mends_it() -> None:
    lab = wages(TrainingScene(scaling=False, optimizer="sgd"))
    run_out(lab, 10)
    lab.set("scaling", "on")
    assert lab.position == 0
    losses = take(lab, 60).snapshot().curves.train[1]
    assert losses[-1] < losses[0]
