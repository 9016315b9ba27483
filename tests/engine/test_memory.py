"""Training holds at most twice its data, plus its parameters."""

from __future__ import annotations

import tracemalloc

import numpy as np
import pytest

from engine import Dense, Input, Sequential

ROWS, INPUTS = 20_000, 100
#: parameters, gradient, Adam's two moments, its change and a vector to work in
VECTORS = 6
#: numbers to work with: activations of a batch or of the rows that are predicted at once
WORKING = 150_000


def network(dtype: str) -> Sequential:
    model = Sequential([Input((INPUTS,)), Dense(8, "relu"), Dense(1)], dtype=dtype, seed=0)
    model.compile("adam", "mse", metrics=["mae"])
    return model


def fit(model: Sequential, given: str, rows: int, **options) -> int:
    """Train for two epochs on rows of this dtype; returns the most bytes held, data included."""
    tracemalloc.start()
    try:
        rng = np.random.default_rng(0)
        x = rng.standard_normal((rows, INPUTS), dtype=np.dtype(given))
        y = x[:, :1] * 2
        model.fit(x, y, epochs=2, verbose=0, **{"batch_size": 64} | options)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    "options",
    [{}, {"shuffle": False}, {"validation_split": 0.25}, {"batch_size": 256}],
    ids=["shuffled", "in order", "validation", "larger batches"],
)
@pytest.mark.parametrize(
    ("given", "dtype"),
    [("float32", "float32"), ("float64", "float32"), ("float64", "float64")],
)
def test_training_holds_at_most_twice_its_data(given, dtype, options) -> None:
    model = network(dtype)
    fit(model, given, 100)  # what is made once for all
    data = ROWS * (INPUTS + 1) * np.dtype(given).itemsize
    working = WORKING * model.dtype.itemsize
    parameters = VECTORS * model.parameters.nbytes
    assert fit(model, given, ROWS, **options) <= 2 * data + parameters + working


@pytest.mark.parametrize("weighted", [False, True], ids=["plain", "weighted"])
@pytest.mark.parametrize("inputs", [1, 4])
def test_narrow_data_is_held_twice_at_most_too(inputs: int, weighted: bool) -> None:
    """Where a row is only a few numbers, the order of the rows counts as well."""
    model = Sequential([Input((inputs,)), Dense(1)], seed=0)
    model.compile("sgd", "mse")
    rows = 400_000

    def most_held(rows: int) -> int:
        tracemalloc.start()
        try:
            x = np.random.default_rng(0).standard_normal((rows, inputs), dtype=np.float32)
            y = x[:, :1] * 2
            weights = np.ones(rows, dtype=np.float32) if weighted else None
            model.fit(x, y, epochs=2, batch_size=1000, sample_weight=weights, verbose=0)
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    most_held(100)
    data = rows * (inputs + 1 + weighted) * 4
    assert most_held(rows) <= 2 * data + WORKING * 4
