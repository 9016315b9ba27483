"""What is evaluated at the end of an epoch, all at once or a part at a time between the steps."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from engine import Dense, Input, Sequential, Timeline, Trainer
from tests.engine.timelines import picture

ROWS, HELD_OUT = 60, 3000
EPOCHS = 3


def trainer(**options: Any) -> Trainer:
    """60 rows in batches of 16 and so many held out that they are evaluated in three parts."""
    rng = np.random.default_rng(4)
    x, x_held_out = rng.normal(size=(ROWS, 3)), rng.normal(size=(HELD_OUT, 3))
    classes = np.eye(2)
    model = Sequential([Input((3,)), Dense(8, "relu"), Dense(2, "softmax")], seed=1)
    model.compile("adam", "categorical_crossentropy", metrics=["accuracy"])
    held_out = (x_held_out, classes[(x_held_out[:, 0] > 0.2).astype(int)])
    targets = classes[(x[:, 0] > 0).astype(int)]
    return Trainer(model, x, targets, batch_size=16, validation_data=held_out, **options)


def reports(one: Trainer) -> list[dict[str, float]]:
    """The logs of each epoch, as they come."""
    found: list[dict[str, float]] = []
    one.on_epoch_end = lambda _, logs: found.append(logs)
    return found


def take(one: Trainer, steps: int) -> None:
    """Steps as the app takes them while it runs: at the end of an epoch, evaluating by parts."""
    for _ in range(steps):
        one.step(evaluate=False)
        while one.evaluates:
            one.evaluate_some()


def test_by_parts_it_comes_to_the_same_numbers_to_the_bit() -> None:
    at_once, by_parts = trainer(), trainer()
    wanted, found = reports(at_once), reports(by_parts)
    for _ in range(EPOCHS * at_once.steps_per_epoch):
        at_once.step()
    take(by_parts, EPOCHS * by_parts.steps_per_epoch)
    assert len(wanted) == EPOCHS
    assert found == wanted
    assert list(wanted[0]) == ["accuracy", "loss", "val_accuracy", "val_loss"]
    np.testing.assert_array_equal(by_parts.model.parameters, at_once.model.parameters)


def test_a_part_is_a_thousand_rows_and_the_report_comes_after_the_last() -> None:
    one = trainer()
    found = reports(one)
    for _ in range(one.steps_per_epoch):
        assert not one.evaluates
        one.step(evaluate=False)
    parts = 0
    while one.evaluates:
        assert found == []
        one.evaluate_some()
        parts += 1
    assert parts == 4  # 1024, 1024 and 952 rows, and one to find that there are no more
    assert len(found) == 1
    one.evaluate_some()  # nothing is left, and nothing happens
    assert len(found) == 1


@pytest.mark.parametrize("what", ["step", "replay", "restore"])
def test_what_changes_the_weights_evaluates_the_rest_first(what: str) -> None:
    at_once, one = trainer(), trainer()
    wanted, found = reports(at_once), reports(one)
    start = one.state()
    for _ in range(one.steps_per_epoch):
        at_once.step()
        one.step(evaluate=False)
    one.evaluate_some()
    if what == "restore":
        one.restore(start)
    else:
        getattr(one, what)()
    assert not one.evaluates
    assert found == wanted


def test_a_state_taken_before_the_evaluation_goes_on_like_one_taken_after_it() -> None:
    early, late = trainer(), trainer()
    for _ in range(early.steps_per_epoch):
        early.step(evaluate=False)
        late.step()
    assert early.evaluates
    assert early.state().loss_sum == late.state().loss_sum == 0.0
    assert early.state().metric_sums == late.state().metric_sums


def test_a_timeline_records_an_epoch_that_is_evaluated_later() -> None:
    at_once, later = Timeline(trainer()), Timeline(trainer())
    for _ in range(2 * at_once.trainer.steps_per_epoch):
        at_once.forward()
        later.forward(evaluate=False)
    assert len(later.val_loss) == 1, "the first epoch's came with the step after it"
    later.go(3)
    at_once.go(3)
    assert picture(later) == picture(at_once)
    for series, same in (
        (later.val_loss, at_once.val_loss),
        (later.train_loss, at_once.train_loss),
    ):
        np.testing.assert_array_equal(series.arrays(), same.arrays())


def test_a_timeline_has_a_curve_of_them_with_a_gap_where_they_were_left_out() -> None:
    one = trainer()
    one.evaluates_training = True
    timeline = Timeline(one)
    for epoch in range(3):
        one.evaluates_training = epoch != 1
        for _ in range(one.steps_per_epoch):
            timeline.forward()
    ends = [one.steps_per_epoch, 3 * one.steps_per_epoch]
    assert timeline.logs["end_loss"].arrays()[0].tolist() == ends
    assert len(timeline.logs["end_accuracy"]) == 2
    assert len(timeline.train_loss) == 3


def test_training_rows_can_be_evaluated_with_the_weights_after_the_epoch() -> None:
    one = trainer()
    found = reports(one)
    one.evaluates_training = True
    before = one.model.evaluate(*one._training[:2])[0]
    for _ in range(one.steps_per_epoch):
        one.step()
    loss, accuracy = one.model.evaluate(*one._training[:2])
    assert found[0]["end_loss"] == loss
    assert found[0]["end_accuracy"] == accuracy
    assert loss < found[0]["loss"] < before, "the mean over the epoch has older weights in it"
    one.evaluates_training = False
    for _ in range(one.steps_per_epoch):
        one.step()
    assert "end_loss" not in found[1]
