"""Rows in another order of columns: the same numbers as a copy, without the copy."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable

import numpy as np
import pytest

from engine import Dense, Input, Sequential, Trainer
from engine.reordered import Reordered

RNG = np.random.default_rng(4)
ROWS = RNG.normal(size=(300, 7)).astype(np.float32)
ORDER = RNG.permutation(7)
TARGETS = ROWS[:, :1] - ROWS[:, 3:4]


def test_parts_are_those_of_a_copy():
    copy, without = ROWS[:, ORDER], Reordered(ROWS, ORDER)
    places = np.array([4, 0, 299])

    assert len(without) == 300
    assert without.shape == copy.shape
    assert without.dtype == copy.dtype
    for key in (slice(3, 9), places, 5, (slice(None), 2), (slice(0, 4), slice(1, 3)), (7, 6)):
        np.testing.assert_array_equal(without[key], copy[key])
    np.testing.assert_array_equal(np.take(without, places, axis=0), copy[places])
    np.testing.assert_array_equal(np.asarray(without), copy)


def noting(logs: list[dict[str, float]]) -> Callable[[int, dict[str, float]], None]:
    return lambda _epoch, values: logs.append(values)


@pytest.mark.parametrize("shuffle", [True, False])
def test_training_on_them_is_to_the_bit_that_on_a_copy(shuffle):
    weights = []
    for x in (ROWS[:, ORDER].copy(), Reordered(ROWS, ORDER)):
        model = Sequential([Input((7,)), Dense(5, activation="relu"), Dense(1)], seed=2)
        model.compile(optimizer="adam", loss="mse")
        trainer = Trainer(model, x, TARGETS, shuffle=shuffle, seed=3, validation_data=(x, TARGETS))
        trainer.evaluates_training = True
        logs: list[dict[str, float]] = []
        trainer.on_epoch_end = noting(logs)
        for _ in range(25):
            trainer.step()
        weights.append((model.parameters.copy(), logs, model.predict(x, verbose=0)))

    (copied, copied_logs, said), (reordered, logs, also_said) = weights
    np.testing.assert_array_equal(reordered, copied)
    np.testing.assert_array_equal(also_said, said)
    assert logs == copied_logs
    assert len(logs) == 2


def test_a_trainer_makes_no_copy_of_them():
    rows = np.zeros((20_000, 100), dtype=np.float32)
    order = np.arange(100)[::-1]
    model = Sequential([Input((100,)), Dense(1)], seed=2)
    model.compile(optimizer="sgd", loss="mse")
    tracemalloc.start()
    try:
        trainer = Trainer(model, Reordered(rows, order), rows[:, :1])
        trainer.step()
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    assert peak < rows.nbytes / 2


def test_what_does_not_fit_is_told():
    for order in ([0, 1], [0] * 7, list(range(8))):
        with pytest.raises(ValueError, match="order must name each column of rows once"):
            Reordered(ROWS, np.array(order))
    with pytest.raises(ValueError, match="not along axis 1"):
        Reordered(ROWS, ORDER).take(np.array([0]), axis=1)
    model = Sequential([Input((4,)), Dense(1)], seed=2)
    model.compile(optimizer="sgd", loss="mse")
    with pytest.raises(ValueError, match=r"x has shape \(300, 7\)"):
        Trainer(model, Reordered(ROWS, ORDER), TARGETS)
    broken = ROWS.copy()
    broken[5, 2] = np.nan
    model = Sequential([Input((7,)), Dense(1)], seed=2)
    model.compile(optimizer="sgd", loss="mse")
    with pytest.raises(ValueError, match="row 5, column 2"):
        Trainer(model, Reordered(broken, ORDER), TARGETS)
