"""Unusual data that has a right answer: it comes out, and it is the right one."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from engine import SGD, Dense, Input, Sequential, StandardScaler, train_test_split

X, Y = np.arange(18.0).reshape(6, 3) / 10, np.arange(6.0) / 6


class Frame:
    """What pandas looks like from here: it turns into an array when asked."""

    def __init__(self, values: Any) -> None:
        self.values = values

    def __array__(self, dtype: Any = None, copy: Any = None) -> Any:
        return np.array(self.values, dtype)

    def __len__(self) -> int:
        return len(self.values)


def model(loss: str = "mse", outputs: int = 1, last: str | None = None) -> Sequential:
    made = Sequential([Input((3,)), Dense(outputs, last)], seed=1, dtype="float64")
    made.compile(SGD(0.1), loss, metrics=["accuracy"] if loss != "mse" else ["mae"])
    return made


def fitted(x: Any, y: Any, **options: Any) -> tuple[np.ndarray, dict[str, list[float]]]:
    made = model()
    history = made.fit(x, y, **({"epochs": 3, "verbose": 0, "batch_size": 2} | options))
    return made.parameters, history.history


def read_only(array: np.ndarray) -> np.ndarray:
    array = array.copy()
    array.flags.writeable = False
    return array


@pytest.mark.parametrize(
    "form",
    [
        np.ndarray.tolist,
        lambda a: tuple(map(tuple, a)) if a.ndim == 2 else tuple(a),
        list,
        Frame,
        read_only,
        np.asfortranarray,
        lambda a: np.repeat(a, 2, axis=0)[::2],
        lambda a: a[::-1].copy()[::-1],
        lambda a: a.astype(object),
        lambda a: a.astype(np.longdouble),
        lambda a: a.astype(">f8"),
        lambda a: np.ma.masked_array(a),
    ],
)
def test_the_same_numbers_in_another_form_train_the_same(form: Any) -> None:
    weights, history = fitted(X, Y)
    others, other_history = fitted(form(X), form(Y))
    assert np.array_equal(weights, others)
    assert history == other_history


def test_a_file_mapped_into_memory_is_data_and_stays_as_it_is(tmp_path) -> None:
    np.save(tmp_path / "x.npy", X)
    mapped = np.load(tmp_path / "x.npy", mmap_mode="r")
    assert np.array_equal(fitted(mapped, Y)[0], fitted(X, Y)[0])
    assert np.array_equal(np.load(tmp_path / "x.npy"), X)


@pytest.mark.parametrize("kind", [bool, np.uint8, np.int64, np.float16])
def test_whole_numbers_and_bits_are_numbers(kind: type) -> None:
    x: np.ndarray = (X > 0.8).astype(kind)
    assert np.array_equal(fitted(x, x[:, 0])[0], fitted(x.astype(float), x[:, 0].astype(float))[0])


def test_one_column_of_targets_may_be_flat() -> None:
    assert np.array_equal(fitted(X, Y)[0], fitted(X, Y[:, None])[0])
    assert np.array_equal(fitted(X, Y, sample_weight=np.ones(6))[0], fitted(X, Y)[0])
    assert np.array_equal(fitted(X, Y, sample_weight=np.ones((6, 1)))[0], fitted(X, Y)[0])


def test_a_single_row() -> None:
    made = model()
    before = made.predict(X[:1])
    history = made.fit(X[:1], Y[:1] + 1, verbose=0)
    assert history.history["loss"] == [pytest.approx((before[0, 0] - 1) ** 2, rel=1e-12)]
    assert abs(made.predict(X[:1])[0, 0] - 1) < abs(before[0, 0] - 1)
    assert np.array_equal(StandardScaler().fit(X[:1]).scale_, [1, 1, 1])


def test_a_batch_larger_than_the_data_is_all_of_it() -> None:
    large, exact = (fitted(X, Y, batch_size=size, shuffle=False)[0] for size in (1000, 6))
    assert np.array_equal(large, exact)
    made = model()
    assert np.array_equal(made.predict(X, batch_size=1000), made.predict(X))
    assert made.evaluate(X, Y, batch_size=1000) == made.evaluate(X, Y)


@pytest.mark.parametrize(
    ("loss", "outputs", "last", "y"),
    [
        ("bce", 1, "sigmoid", np.ones(6)),
        ("bce", 1, "sigmoid", np.zeros(6)),
        ("scce", 3, "softmax", np.full(6, 2)),
        ("cce", 3, "softmax", np.tile([0.0, 1.0, 0.0], (6, 1))),
    ],
)
def test_one_class_only_is_learned(loss: str, outputs: int, last: str, y: np.ndarray) -> None:
    made = model(loss, outputs, last)
    history = made.fit(X, y, epochs=300, verbose=0).history
    assert history["loss"][-1] < 0.1 * history["loss"][0]
    assert history["accuracy"][-1] == 1.0
    assert np.isfinite(made.predict(X)).all()


def test_equal_targets_are_learned() -> None:
    made = model()
    assert made.fit(X, np.full(6, 3.0), epochs=500, verbose=0).history["loss"][-1] < 1e-3


def test_weights_of_0_count_for_nothing() -> None:
    made = model()
    before = made.parameters.copy()
    assert made.fit(X, Y, sample_weight=np.zeros(6), verbose=0).history["loss"] == [0.0]
    assert np.array_equal(made.parameters, before)


def test_a_learning_rate_of_0_learns_nothing() -> None:
    made = model()
    made.compile(SGD(0), "mse")
    before = made.parameters.copy()
    losses = made.fit(X, Y, epochs=2, verbose=0, batch_size=6).history["loss"]
    assert losses == [pytest.approx(losses[0], rel=1e-14)] * 2
    assert np.array_equal(made.parameters, before)


def test_what_overflows_in_a_prediction_is_infinite_and_silent() -> None:
    made = Sequential([Input((1,)), Dense(1, kernel_initializer="ones"), Dense(1, "exponential")])
    made.compile("sgd", "mse")
    made.set_weights([[[1e30]], [0], [[1e30]], [0]])
    assert made.predict([[1.0]]) == np.inf
    assert made([[1.0]], training=True) == np.inf
    assert made.evaluate([[1.0]], [0.0]) == np.inf
    assert made.compute_gradient([[1.0]], [0.0])[0] == np.inf


def test_nothing_to_train_with_on_one_side() -> None:
    for rows in (0, 1):
        with pytest.raises(ValueError, match="Both need a row"):
            train_test_split(X[:rows])
