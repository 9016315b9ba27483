"""What is wrong gets a message: what was expected, what came, what to do."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from engine import Activation, Dense, Flatten, Input, Sequential, Trainer
from engine.activations import get as activation
from engine.initializers import get as initializer
from engine.names import nearest

X, Y = np.ones((6, 3)), np.ones(6)


def anything(value: object) -> Any:
    """Hand a value of the wrong type past the type checker."""
    return value


def compiled(outputs: int = 1, loss: str = "mse", last: str | None = None) -> Sequential:
    model = Sequential([Input((3,)), Dense(outputs, last)])
    model.compile("sgd", loss)
    return model


def with_value(array: np.ndarray, place, value: float) -> np.ndarray:
    changed = array.astype(float)
    changed[place] = value
    return changed


@pytest.mark.parametrize(
    ("attempt", "message"),
    [
        (
            lambda: activation("rellu"),
            "There is no activation called 'rellu'. Did you mean 'relu'?",
        ),
        (
            lambda: activation("zzz"),
            "There is no activation called 'zzz'. Known: elu, exponential, gelu",
        ),
        (lambda: activation(anything(3)), "An activation is a name such as 'relu', not 3"),
        (lambda: initializer("he_norm"), "Did you mean 'he_normal'?"),
        (lambda: compiled(loss="mean_square_error"), "Did you mean 'mean_squared_error'?"),
        (lambda: compiled().compile("adamm", "mse"), "Did you mean 'adam'?"),
        (
            lambda: compiled().compile("adam", "mse", metrics=["acuracy"]),
            "Did you mean 'accuracy'?",
        ),
        (
            lambda: compiled().compile("adam", "mse", metrics="mae"),
            "metrics must be a list: metrics=['mae']",
        ),
        (lambda: compiled().compile("adam"), "compile needs a loss"),
    ],
)
def test_unknown_names(attempt: Callable[[], object], message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        attempt()


@pytest.mark.parametrize(
    ("attempt", "message"),
    [
        (lambda: Dense(0), "Dense needs a whole number of units, 1 or more, not 0"),
        (lambda: Dense(anything(2.5)), "not 2.5"),
        (lambda: Dense(1, input_shape=(0,)), "such as (9,); got (0,)"),
        (lambda: Sequential([anything(Dense)]), "made of layers such as Dense(10)"),
        (lambda: Sequential([anything("relu")]), "made of layers such as Dense(10), not 'relu'"),
        (lambda: Sequential([Dense(1), Input((3,))]), "so it must come first"),
        (lambda: Sequential(dtype="float16"), "dtype must be 'float32' or 'float64'"),
        (
            lambda: Sequential([Input((2, 2)), Dense(1)]),
            "one row has shape (2, 2). Put a Flatten layer before it",
        ),
        (lambda: Sequential([Dense(1, name="a"), Dense(1, name="a")]), "already a layer called"),
        (lambda: Sequential([Input((3,)), Dense(1)]).build((4,)), "expects rows of shape (3,)"),
    ],
)
def test_networks_that_cannot_be(attempt: Callable[[], object], message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        attempt()


def test_one_layer_in_two_places() -> None:
    layer = Dense(1)
    with pytest.raises(ValueError, match="already in this model"):
        Sequential([layer, layer])


def test_a_layer_that_does_not_fit_is_not_added() -> None:
    model = Sequential([Input((2, 2)), Activation("relu")])
    with pytest.raises(ValueError, match="Flatten"):
        model.add(Dense(1))
    model.add(Flatten())
    model.add(Dense(1))
    assert model.predict(np.ones((5, 2, 2))).shape == (5, 1)


@pytest.mark.parametrize(
    ("x", "y", "message"),
    [
        (
            np.ones((6, 4)),
            Y,
            "x has shape (6, 4), but the model expects (rows, 3). "
            "It has 4 columns where 3 are needed",
        ),
        (np.ones(3), Y, "This is a single row: pass it as shape (1, 3)"),
        (X, np.ones(5), "y has 5 rows, but x has 6"),
        (
            X,
            np.ones((6, 2)),
            "y has shape (6, 2), but mean_squared_error needs (rows, 1) for this model's 1 output. "
            "Give the last layer 2 units, or y 1 column",
        ),
        (
            with_value(X, (4, 1), np.nan),
            Y,
            "x must hold finite numbers only, but 1 of its 18 are not: "
            "the first is nan in row 4, column 1",
        ),
        (X, with_value(Y, 2, np.inf), "y must hold finite numbers only"),
        ([["1", "one", "2"]], Y, "x must hold numbers only"),
        ([[1, 2, 3], [4, 5]], Y, "its rows have different lengths"),
        (X[:0], Y[:0], "x has no rows"),
    ],
)
def test_data_that_does_not_fit(x, y, message: str) -> None:
    for use in (compiled().fit, compiled().evaluate, lambda x, y: Trainer(compiled(), x, y)):
        with pytest.raises(ValueError, match=re.escape(message)):
            use(x, y)


def test_a_number_too_large_for_float32_is_no_finite_number() -> None:
    with pytest.raises(ValueError, match=r"first is 1e\+300, too large for float32, in row 0"):
        compiled().predict(with_value(X, (0, 0), 1e300))


def test_labels_for_a_classifier() -> None:
    model = compiled(3, "categorical_crossentropy", "softmax")
    with pytest.raises(ValueError, match=r"with to_categorical\(y\)"):
        model.fit(X, np.array([0, 1, 2, 0, 1, 2]))
    with pytest.raises(ValueError, match=r"row 0 is \[1, 1, 1\]"):
        model.fit(X, np.ones((6, 3)))
    with pytest.raises(ValueError, match="one target column per class"):
        compiled(1, "cce").fit(X, Y)
    with pytest.raises(ValueError, match="they run from 1 to 2"):
        compiled(1, "bce", "sigmoid").fit(X, Y + np.arange(6) % 2)


def test_validation_data_are_checked_too() -> None:
    with pytest.raises(ValueError, match=r"validation x has shape \(2, 5\)"):
        compiled().fit(X, Y, validation_data=(np.ones((2, 5)), np.ones(2)), verbose=0)
    with pytest.raises(ValueError, match="must be a pair"):
        compiled().fit(X, Y, validation_data=anything(X), verbose=0)
    with pytest.raises(ValueError, match="leaves 0 to train on"):
        compiled().fit(X, Y, validation_split=0.99, verbose=0)
    with pytest.raises(ValueError, match="between 0 and 1"):
        compiled().fit(X, Y, validation_split=30, verbose=0)


def test_things_in_the_wrong_order() -> None:
    model = Sequential([Dense(1)])
    for early in (model.count_params, model.get_weights, lambda: model.output_shape):
        with pytest.raises(RuntimeError, match="does not know yet how many inputs it has"):
            early()
    for use in (model.fit, model.evaluate, lambda x, y: Trainer(model, x, y)):
        with pytest.raises(RuntimeError, match=r"call compile\(optimizer=..., loss=...\) first"):
            use(X, Y)
    with pytest.raises(RuntimeError, match="no layers yet"):
        Sequential().predict(X)


def test_weights_that_do_not_fit_change_nothing() -> None:
    model = compiled()
    before = model.parameters.copy()
    kernel, bias = model.get_weights()
    for bad, message in (
        ([kernel], r"shapes \(3, 1\), \(1,\), but got \(3, 1\)"),
        ([kernel.T, bias], r"but got \(1, 3\), \(1,\)"),
        ([kernel + 1, bias * np.nan], "finite numbers that fit float32"),
        ([kernel + 1, np.array([1e300])], "finite numbers that fit float32"),
    ):
        with pytest.raises(ValueError, match=message):
            model.set_weights(bad)
        assert np.array_equal(model.parameters, before)


def test_a_failed_compile_changes_nothing() -> None:
    model = compiled()
    optimizer, loss = model.optimizer, model.loss
    with pytest.raises(ValueError, match="There is no metric called"):
        model.compile("adam", "mae", metrics=["none"])
    assert (model.optimizer, model.loss) == (optimizer, loss)


def test_the_nearest_name() -> None:
    assert nearest("ReLu", ["relu", "tanh"]) == "relu"
    assert nearest("qqqq", ["relu", "tanh"]) is None
