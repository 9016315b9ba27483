"""A Timeline through changes of the learning rate, and when a rate was too large."""

from __future__ import annotations

import numpy as np
import pytest

from engine import SGD, Diverged, Timeline
from tests.engine.timelines import one_weight, picture


def test_a_new_rate_counts_from_here_and_the_old_future_is_forgotten(make_trainer) -> None:
    timeline = Timeline(make_trainer(SGD(0.1), dtype="float64"))
    for _ in range(12):
        timeline.forward()
    timeline.go(6)
    timeline.set_learning_rate(0.5)
    assert timeline.end == 6
    assert timeline.step_loss.arrays()[0][-1] == 6
    assert timeline.train_loss.arrays()[0][-1] == 4
    for _ in range(6):
        timeline.forward()
    timeline.go(6)
    assert timeline.trainer.learning_rate == 0.5, "the rate of the next step is shown"
    assert np.array_equal(
        timeline.trainer.optimizer.change, -0.1 * timeline.trainer.model.gradient
    ), "the last step was taken with the old one"
    timeline.back()
    assert timeline.trainer.learning_rate == 0.1


def test_no_checkpoint_of_the_old_future_survives(make_trainer) -> None:
    timeline, straight = (Timeline(make_trainer("adam")) for _ in range(2))
    for _ in range(200):
        timeline.forward()
    timeline.go(10)
    timeline.set_learning_rate(0.1)
    for step in range(200):
        if step == 10:
            straight.set_learning_rate(0.1)
        straight.forward()
        if step >= 10:
            timeline.forward()
    shown = picture(straight)
    assert picture(timeline) == shown
    for step in (150, 100, 50, 200):
        timeline.go(step)
    assert picture(timeline) == shown


def test_a_rate_set_on_the_trainer_is_recorded_as_well(make_trainer) -> None:
    timeline = Timeline(make_trainer(SGD(0.1)))
    for step in range(10):
        if step == 5:
            timeline.trainer.learning_rate = 0.02
        timeline.forward()
    shown = picture(timeline)
    timeline.go(3)
    assert timeline.trainer.learning_rate == 0.1
    timeline.go(10)
    assert picture(timeline) == shown


def test_a_bad_rate_changes_nothing(make_trainer) -> None:
    timeline = Timeline(make_trainer(SGD(0.1)))
    for _ in range(5):
        timeline.forward()
    timeline.go(3)
    with pytest.raises(ValueError, match="learning_rate must be a"):
        timeline.set_learning_rate(float("nan"))
    assert (timeline.end, timeline.trainer.learning_rate) == (5, 0.1)


# -- divergence ----------------------------------------------------------------------------------


def until_it_diverges(timeline: Timeline) -> Diverged:
    for _ in range(10_000):
        try:
            timeline.forward()
        except Diverged as diverged:
            return diverged
    raise AssertionError("10,000 steps and no divergence")


def test_divergence_stops_at_the_last_finite_step() -> None:
    timeline = one_weight(1.0)
    diverged = until_it_diverges(timeline)
    trainer = timeline.trainer
    assert timeline.diverged is diverged
    assert timeline.position == timeline.end == diverged.step - 1
    assert np.isfinite(trainer.model.parameters).all()
    assert np.isfinite(trainer.model.gradient).all()
    shown = picture(timeline)
    assert until_it_diverges(timeline) is diverged, "nothing is computed again"
    timeline.go(timeline.end - 1)
    cleared: Diverged | None = timeline.diverged
    assert cleared is None
    timeline.forward()
    assert picture(timeline) == shown
    assert until_it_diverges(timeline).step == diverged.step


def test_weights_that_blow_up_in_an_update_are_taken_back() -> None:
    timeline = one_weight(0.01)
    timeline.forward()
    shown = picture(timeline)
    timeline.set_learning_rate(1e308)
    until_it_diverges(timeline)
    timeline.set_learning_rate(0.01)
    assert picture(timeline) == shown
    assert timeline.diverged is None


def test_divergence_at_the_very_first_step() -> None:
    timeline = one_weight(1e308)
    assert until_it_diverges(timeline).step == 1
    assert timeline.position == timeline.end == 0
    assert timeline.trainer.model.parameters.tolist() == [2.0]
    assert timeline.trainer.model.gradient.tolist() == [0.0]


def test_a_smaller_rate_gets_on_after_divergence() -> None:
    timeline = one_weight(1.0)
    until_it_diverges(timeline)
    timeline.go(2)
    timeline.set_learning_rate(0.05)
    for _ in range(100):
        timeline.forward()
    assert timeline.trainer.model.parameters[0] == pytest.approx(10 / 3)
