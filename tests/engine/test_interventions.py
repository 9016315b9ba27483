"""Weights set and frozen in the middle of a training, and every step again to the bit."""

from __future__ import annotations

import numpy as np
import pytest

from engine import SGD, Dense, Diverged, Input, Sequential, Timeline, Trainer
from tests.engine.timelines import OPTIMIZERS, curves, picture

STEPS = 60


def trained(timeline: Timeline, steps: int) -> Timeline:
    for _ in range(steps):
        timeline.forward()
    return timeline


def test_a_weight_that_is_set_is_what_the_next_step_starts_from() -> None:
    """One weight, one row, slope 2 × error × input: from 3 instead of 2 by hand."""
    model = Sequential([Input((1,)), Dense(1, use_bias=False)], dtype="float64")
    model.compile(SGD(0.01), loss="mean_squared_error")
    model.set_weights([np.array([[2.0]])])
    timeline = Timeline(Trainer(model, [[3.0]], [[10.0]]))
    timeline.interventions.set(0, 3.0)
    timeline.forward()
    assert model.parameters[0] == pytest.approx(3 - 0.01 * 2 * (9 - 10) * 3)


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_any_step_before_and_after_comes_back_to_the_bit(make_trainer, optimizer) -> None:
    timeline = Timeline(make_trainer(OPTIMIZERS[optimizer]()))
    seen = []
    for step in range(STEPS):
        if step == 20:
            timeline.interventions.set(1, 0.75)
        if step == 33:
            timeline.interventions.freeze([0, 2])
        if step == 47:
            timeline.interventions.freeze([])
        seen.append(picture(timeline))
        timeline.forward()
    for step in (59, 0, 33, 32, 20, 19, 46, 47, 48, 5):
        timeline.go(step)
        assert picture(timeline) == seen[step], step
    for step in range(5, STEPS):
        assert picture(timeline) == seen[step], step
        timeline.forward()


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_a_frozen_weight_stays_and_gathers_no_momentum(make_trainer, optimizer) -> None:
    timeline = Timeline(make_trainer(OPTIMIZERS[optimizer]()))
    trained(timeline, 5)
    before = timeline.trainer.model.parameters.copy()
    timeline.interventions.freeze([0, 3])
    trained(timeline, 20)
    after = timeline.trainer.model.parameters
    assert after[[0, 3]].tolist() == before[[0, 3]].tolist()
    assert np.count_nonzero(after != before) > 0
    assert timeline.trainer.optimizer.change[[0, 3]].tolist() == [0, 0]
    assert timeline.interventions.frozen == {0, 3}


def test_slopes_of_frozen_weights_can_still_be_seen(make_trainer) -> None:
    free, held = (Timeline(make_trainer(SGD(0.1))) for _ in range(2))
    held.interventions.freeze([0])
    free.forward()
    held.forward()
    assert np.array_equal(free.trainer.model.gradient, held.trainer.model.gradient)


def test_with_all_weights_frozen_nothing_moves(make_trainer) -> None:
    timeline = Timeline(make_trainer("adam"))
    before = timeline.trainer.model.parameters.copy()
    timeline.interventions.freeze(range(len(before)))
    trained(timeline, 10)
    assert np.array_equal(timeline.trainer.model.parameters, before)


def test_what_was_recorded_after_it_is_forgotten(make_trainer) -> None:
    timeline = trained(Timeline(make_trainer(SGD(0.1))), 12)
    timeline.go(6)
    timeline.interventions.set(0, 1.0)
    assert timeline.end == 6
    assert timeline.step_loss.arrays()[0][-1] == 6


def test_what_was_done_later_is_forgotten_with_the_steps_that_followed(make_trainer) -> None:
    timeline = trained(Timeline(make_trainer(SGD(0.1))), 10)
    timeline.interventions.set(0, 5.0)
    timeline.interventions.freeze([1])
    trained(timeline, 5)
    timeline.go(4)
    timeline.set_learning_rate(0.2)
    assert list(timeline.interventions.by_step) == []
    assert timeline.interventions.frozen == frozenset()
    straight = trained(Timeline(make_trainer(SGD(0.1))), 4)
    straight.set_learning_rate(0.2)
    assert picture(trained(timeline, 20)) == picture(trained(straight, 20))


def test_the_last_of_several_at_one_step_counts_and_all_are_told(make_trainer) -> None:
    timeline = trained(Timeline(make_trainer(SGD(0.1), dtype="float64")), 3)
    for value in (1.0, 2.0):
        timeline.interventions.set(0, value)
    timeline.interventions.set(1, -1.0)
    timeline.interventions.freeze([1])
    done = timeline.interventions.by_step[3]
    assert dict(done.values) == {0: 2.0, 1: -1.0}
    assert done.frozen == {1}
    assert timeline.trainer.model.parameters[:2].tolist() == [2.0, -1.0]


def test_the_losses_of_an_epoch_are_those_of_its_own_weights(make_trainer) -> None:
    """The weights are set between the last batch and the evaluation that was put off."""
    at_once, put_off = (Timeline(make_trainer(SGD(0.1))) for _ in range(2))
    per_epoch = at_once.trainer.steps_per_epoch
    for _ in range(per_epoch):
        at_once.forward()
        put_off.forward(evaluate=False)
    put_off.interventions.set(0, 9.0)
    assert put_off.val_loss.last == at_once.val_loss.last


@pytest.mark.parametrize("place", [-1, 10_000, 1.5, None])
def test_there_is_no_such_weight(make_trainer, place) -> None:
    timeline = Timeline(make_trainer("adam"))
    before = picture(timeline)
    with pytest.raises(ValueError, match="has the parameters 0 to"):
        timeline.interventions.set(place, 1.0)
    with pytest.raises(ValueError, match="has the parameters 0 to"):
        timeline.interventions.freeze([0, place])
    assert picture(timeline) == before
    assert timeline.interventions.by_step == {}


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 1e300])
def test_a_weight_is_a_finite_number(make_trainer, value) -> None:
    timeline = Timeline(make_trainer("adam"))
    with pytest.raises(ValueError, match="finite number of float32"):
        timeline.interventions.set(0, value)


# -- taking back what was forgotten --------------------------------------------------------------


def _edited(timeline: Timeline) -> None:
    """50 steps, with a weight frozen and another rate on the way."""
    trained(timeline, 12)
    timeline.interventions.freeze([1])
    trained(timeline, 13)
    _change_rate(timeline, 0.02)
    trained(timeline, 25)


def _change_rate(timeline: Timeline, rate: float) -> None:
    if isinstance(timeline.trainer.rate_setting, float):  # a schedule lets nobody else set it
        timeline.set_learning_rate(rate)


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize("step", [0, 12, 18, 25, 50])
def test_a_history_is_there_again_after_a_part_was_forgotten(make_trainer, optimizer, step) -> None:
    timeline = Timeline(make_trainer(OPTIMIZERS[optimizer]()))
    _edited(timeline)
    seen = []
    for at in range(51):
        timeline.go(at)
        seen.append((picture(timeline), timeline.interventions.frozen))
    lines = curves(timeline)
    timeline.go(step)
    recorded = timeline.recorded()

    timeline.go(5)
    timeline.interventions.set(0, 3.0)
    timeline.interventions.freeze([0, 2])
    trained(timeline, 40)
    _change_rate(timeline, 0.5)
    trained(timeline, 40)
    timeline.restore(recorded)

    assert (timeline.position, timeline.end) == (step, 50)
    assert curves(timeline) == lines
    for at in (step, 50, 0, 33, 5, 12, 13, 18, 49):
        timeline.go(at)
        assert (picture(timeline), timeline.interventions.frozen) == seen[at], at
    for at in (50, 3):
        timeline.go(at)
    timeline.restore(recorded)
    assert (picture(timeline), timeline.end) == (seen[step][0], 50)


def test_where_nothing_was_done_nothing_is_frozen_again(make_trainer) -> None:
    timeline = Timeline(make_trainer("adam"))
    trained(timeline, 12)
    recorded = timeline.recorded()
    trained(timeline, 12)
    seen = picture(timeline)
    timeline.go(12)
    timeline.interventions.freeze([0, 1])
    trained(timeline, 3)
    timeline.restore(recorded)
    assert timeline.interventions.frozen == frozenset()
    trained(timeline, 12)
    assert picture(timeline) == seen


def test_where_it_had_diverged_it_has_diverged_again(make_trainer) -> None:
    timeline = Timeline(make_trainer(SGD(1e30)))
    with pytest.raises(Diverged):
        trained(timeline, 50)
    recorded = timeline.recorded()
    timeline.go(0)
    timeline.set_learning_rate(0.01)
    trained(timeline, 9)
    timeline.restore(recorded)
    assert timeline.position == timeline.end == recorded.end
    with pytest.raises(Diverged):
        timeline.forward()
