"""A Trainer takes one optimizer step at a time, and (seed, step) names where it stands."""

from __future__ import annotations

import numpy as np
import pytest

from engine import SGD, Dense, Diverged, Input, Sequential, Trainer


def test_a_step_moves_against_the_slope_and_returns_the_loss_before(make_trainer) -> None:
    trainer = make_trainer(SGD(0.1), dtype="float64")
    model = trainer.model
    before, rows = model.parameters.copy(), trainer.next_rows
    x, y = (data[rows] for data in trainer._batches._data)
    expected = model.evaluate(x, y)[0]

    loss = trainer.step()

    assert loss == trainer.last_loss == pytest.approx(expected, rel=1e-12)
    assert np.array_equal(model.optimizer.change, -0.1 * model.gradient)
    assert np.array_equal(model.parameters, before + model.optimizer.change)
    assert trainer.batch_rows.tolist() == rows.tolist()


def test_where_training_stands(make_trainer) -> None:
    trainer = make_trainer()
    assert trainer.steps_per_epoch == 4, "26 rows in batches of 8: the last has 2"
    assert (trainer.step_count, trainer.epoch, trainer.batch_in_epoch) == (0, 0, 0)
    assert trainer.batch_rows is None
    assert trainer.last_loss is None
    for _ in range(7):
        trainer.step()
    assert (trainer.step_count, trainer.epoch, trainer.batch_in_epoch) == (7, 1, 3)
    assert len(trainer.next_rows) == 2


def test_every_row_comes_once_an_epoch_in_the_order_of_seed_and_epoch(make_trainer) -> None:
    trainer = make_trainer()
    for epoch in range(3):
        seen = []
        for _ in range(trainer.steps_per_epoch):
            coming = trainer.next_rows
            trainer.step()
            assert np.array_equal(trainer.batch_rows, coming)
            seen.extend(coming)
        assert seen == np.random.default_rng([3, epoch]).permutation(26).tolist()


def test_without_shuffling_the_rows_come_as_they_stand(make_trainer) -> None:
    trainer = make_trainer(shuffle=False)
    trainer.step()
    trainer.step()
    assert trainer.batch_rows.tolist() == list(range(8, 16))


def test_the_data_given_are_left_alone() -> None:
    x, y = np.arange(12.0).reshape(6, 2), np.arange(6.0)
    kept = x.copy(), y.copy()
    model = Sequential([Input((2,)), Dense(1)], dtype="float64", seed=0)
    model.compile("sgd", "mse")
    trainer = Trainer(model, x, y, batch_size=2)
    for _ in range(3):
        trainer.step()
    assert np.array_equal(x, kept[0])
    assert np.array_equal(y, kept[1])


def test_an_epoch_reports_the_mean_loss_of_its_rows_and_the_held_out_loss(make_trainer) -> None:
    rng = np.random.default_rng(0)
    held_out = rng.normal(size=(5, 3)), rng.normal(size=5)
    trainer = make_trainer(dtype="float64", validation_data=held_out)
    reports = []
    trainer.on_epoch_end = lambda epoch, logs: reports.append((epoch, logs))
    weighted = 0.0
    for _ in range(trainer.steps_per_epoch):
        weighted += trainer.step() * len(trainer.batch_rows)
    ((epoch, logs),) = reports
    assert epoch == 0
    assert list(logs) == ["loss", "mae", "val_loss", "val_mae"]
    assert logs["loss"] == pytest.approx(weighted / 26, rel=1e-12)
    assert [logs["val_loss"], logs["val_mae"]] == trainer.model.evaluate(*held_out)


@pytest.mark.parametrize("optimizer", ["sgd", "adam", "rmsprop", SGD(0.01, 0.9, nesterov=True)])
def test_a_restored_state_goes_on_to_the_same_bits(make_trainer, optimizer) -> None:
    trainer = make_trainer(optimizer)
    logs = []
    trainer.on_epoch_end = lambda epoch, of_epoch: logs.append(of_epoch)
    for _ in range(6):
        trainer.step()
    state = trainer.state()
    losses = [trainer.step() for _ in range(9)]
    parameters, first_logs = trainer.model.parameters.copy(), logs[1:]
    del logs[:]
    trainer.restore(state)
    assert (trainer.step_count, trainer.last_loss) == (6, state.last_loss)
    assert [trainer.step() for _ in range(9)] == losses
    assert np.array_equal(trainer.model.parameters, parameters)
    assert logs == first_logs, "the sums of the running epoch are part of the state"


def test_a_state_is_a_copy(make_trainer) -> None:
    trainer = make_trainer("adam")
    state = trainer.state()
    parameters = state.parameters.copy()
    trainer.step()
    assert np.array_equal(state.parameters, parameters)
    assert not state.slots["m"].any()


def test_the_learning_rate_may_change_between_steps(make_trainer) -> None:
    trainer = make_trainer(SGD(0.1), dtype="float64")
    trainer.step()
    trainer.learning_rate = 0.5
    trainer.step()
    assert trainer.learning_rate == 0.5
    assert np.array_equal(trainer.optimizer.change, -0.5 * trainer.model.gradient)


def one_weight(rate: float, dtype: str = "float64") -> Trainer:
    model = Sequential([Input((1,)), Dense(1, use_bias=False)], dtype=dtype)
    model.set_weights([[[2.0]]])
    model.compile(SGD(rate), "mse")
    return Trainer(model, [[3.0]], [10.0])


def take_steps(trainer: Trainer, steps: int) -> None:
    for _ in range(steps):
        trainer.step()


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_divergence_is_named_and_never_printed_as_inf(dtype: str) -> None:
    trainer = one_weight(1.0, dtype)
    with pytest.raises(Diverged, match="Training diverged at step") as raised:
        take_steps(trainer, 1000)
    assert raised.value.step == trainer.step_count + 1
    assert trainer.last_loss is not None
    assert np.isfinite(trainer.last_loss)
    assert "learning rate is 1." in str(raised.value)
    assert isinstance(raised.value, FloatingPointError)


def test_a_loss_that_is_not_finite_stops_before_the_weights_change() -> None:
    trainer = one_weight(0.01)
    trainer.model.parameters[0] = 1e200
    with pytest.raises(Diverged, match="the loss of its batch is inf"):
        trainer.step()
    assert trainer.model.parameters[0] == 1e200


def test_an_update_that_is_not_finite_is_noticed() -> None:
    trainer = one_weight(1e308)
    with pytest.raises(Diverged, match="weights that are not finite"):
        trainer.step()


def test_weights_too_large_to_square_but_finite_are_no_divergence() -> None:
    model = Sequential([Input((2,)), Dense(1, use_bias=False)])
    model.set_weights([[[1e30], [0]]])
    model.compile("sgd", "mse")
    trainer = Trainer(model, [[0.0, 1.0]], [1.0])
    assert trainer.step() == 1
    assert model.parameters[0] == np.float32(1e30)


def test_bouncing_for_ever_at_one_ninth_is_not_divergence() -> None:
    trainer = one_weight(1 / 9)
    losses = [trainer.step() for _ in range(200)]
    assert losses == pytest.approx([16] * 200)
