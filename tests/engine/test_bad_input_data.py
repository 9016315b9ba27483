"""Data that is not what it should be: every call that takes data says so, and changes nothing."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from engine import Dense, Input, Sequential, Table, Trainer, to_categorical, trace_batch

X, Y = np.arange(18.0).reshape(6, 3) / 10, np.arange(6.0) / 6
LABELS = np.array([0, 1, 2, 0, 1, 2])

#: every way to hand rows and targets to a model
USES: dict[str, Callable[[Sequential, Any, Any], Any]] = {
    "fit": lambda model, x, y: model.fit(x, y, verbose=0),
    "fit with a split": lambda model, x, y: model.fit(x, y, verbose=0, validation_split=0.5),
    "validation": lambda model, x, y: model.fit(X, Y, verbose=0, validation_data=(x, y)),
    "train_on_batch": lambda model, x, y: model.train_on_batch(x, y),
    "evaluate": lambda model, x, y: model.evaluate(x, y),
    "compute_gradient": lambda model, x, y: model.compute_gradient(x, y),
    "trace_batch": trace_batch,
    "Trainer": Trainer,
}


def compiled(outputs: int = 1, loss: str = "mse", last: str | None = None) -> Sequential:
    model = Sequential([Input((3,)), Dense(outputs, last)], seed=1)
    model.compile("adam", loss, metrics=["mae"] if loss == "mse" else None)
    return model


def refused(use: Callable[[], Any], model: Sequential, message: str) -> None:
    """`use` raises a ValueError with that in it, and leaves weights, optimizer and history."""
    before = model.parameters.copy(), model.optimizer, model.loss, model.history
    shuffling = model._shuffle_seeds.bit_generator.state
    with pytest.raises(ValueError, match=re.escape(message)) as caught:
        use()
    assert np.array_equal(model.parameters, before[0])
    assert (model.optimizer, model.loss, model.history) == before[1:]
    assert model.optimizer is not None
    assert model.optimizer.iterations == 0
    assert model._shuffle_seeds.bit_generator.state == shuffling
    assert "inhomogeneous" not in str(caught.value)
    assert "float()" not in str(caught.value)


def with_one(value: object) -> list[list[object]]:
    rows: list[list[object]] = X.tolist()
    rows[2][1] = value
    return rows


BAD_X = {
    "nothing": (None, "x is missing: an array or a list of numbers is needed, not None"),
    "a number": (3.0, "shape ()"),
    "no rows": (X[:0], " rows"),
    "an empty list": ([], " rows"),
    "no columns": (X[:, :0], "shape (6, 0)"),
    "transposed": (X.T, "shape (3, 6)"),
    "one axis too many": (X[..., None], "shape (6, 3, 1)"),
    "one row": (X[0], "shape (3,)"),
    "text": (with_one("1"), "numbers only"),
    "text among objects": (np.array(with_one("1"), object), "the text '1'. Turn digits into"),
    "bytes": (np.full((6, 3), b"1"), "numbers only"),
    "complex": (X + 1j, "type complex128. Pass real numbers"),
    "dates": (np.full((6, 3), np.datetime64("2020-01-01")), "Turn dates into numbers first"),
    "dates among objects": (
        np.array(with_one(datetime.date(2020, 1, 1)), object),
        "values of type date, float",
    ),
    "another length": ([[1, 2, 3], [4, 5]], "different lengths"),
    "a set": ({1, 2}, "must be an array or a list of numbers, not a set"),
    "a dict": ({"a": [1]}, "must be an array or a list of numbers, not a dict"),
    "a generator": ((i for i in range(3)), "not a generator"),
    "a table": (Table(("a", "b", "c"), X), "not a Table"),
    "a function": (len, "not a builtin_function_or_method"),
    "structured": (np.zeros(6, [("a", float), ("b", float)]), "Pass real numbers"),
    "NaN": (with_one(np.nan), "1 of its 18 are not: the first is nan in row 2, column 1"),
    "infinity": (with_one(-np.inf), "the first is -inf in row 2, column 1"),
    "None inside": (with_one(None), "the first is nan in row 2, column 1"),
    "too large": (with_one(1e39), "too large for float32"),
    "far too large": (with_one(10**400), "a whole number that is too large"),
    "masked": (np.ma.masked_array(X, X > 1), "masked"),
}


@pytest.mark.parametrize("use", sorted(set(USES) - {"fit with a split"}))
@pytest.mark.parametrize("name", BAD_X)
def test_bad_x(name: str, use: str) -> None:
    x, message = BAD_X[name]
    model = compiled()
    refused(lambda: USES[use](model, x, Y), model, message)


@pytest.mark.parametrize("name", BAD_X)
def test_bad_x_in_predict_and_call(name: str) -> None:
    x, message = BAD_X[name]
    model = compiled()
    refused(lambda: model.predict(x), model, message)
    refused(lambda: model(x, training=True), model, message)


BAD_Y = {
    "nothing": (None, "y is missing"),
    "one number": (1.0, "shape ()"),
    "a row too few": (Y[:5], "y "),
    "a row of targets": (Y[None], "y "),
    "no columns": (np.ones((6, 0)), "(6, 0)"),
    "two columns": (np.ones((6, 2)), "Give the last layer 2 units, or y 1 column"),
    "one axis too many": (Y[:, None, None], "(6, 1, 1)"),
    "text": (["no", "yes"] * 3, "words into columns"),
    "NaN": (np.where(Y > 0.5, np.nan, Y), "the first is nan in row"),
    "infinity": (np.where(Y > 0.5, np.inf, Y), "the first is inf in row"),
    "masked": (np.ma.masked_array(Y, Y > 0.5), "masked"),
    "complex": (Y + 1j, "Pass real numbers"),
    "a dict": ({0: 1}, "not a dict"),
}


@pytest.mark.parametrize("use", sorted(set(USES) - {"trace_batch", "fit with a split"}))
@pytest.mark.parametrize("name", BAD_Y)
def test_bad_y(name: str, use: str) -> None:
    y, message = BAD_Y[name]
    model = compiled()
    refused(lambda: USES[use](model, X, y), model, message)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("a number", "one target per row of x"),
        ("no rows", "one target per row of x"),
        ("NaN", "x must hold finite numbers only"),
        ("text", "numbers only"),
        ("a dict", "not a dict"),
        ("nothing", "x is missing"),
    ],
)
def test_bad_x_before_a_split(name: str, message: str) -> None:
    model = compiled()
    refused(lambda: USES["fit with a split"](model, BAD_X[name][0], Y), model, message)


@pytest.mark.parametrize(
    ("weights", "message"),
    [
        ([1] * 5, "shape (5,), but there are 6 rows"),
        (np.ones((6, 2)), "give one number per row"),
        (2.0, "give one number per row"),
        ([-1] + [1] * 5, "0 or more for each row, but one is -1"),
        ([np.nan] * 6, "finite numbers only"),
        ("balanced", "numbers only"),
        ({0: 1}, "not a dict"),
    ],
)
@pytest.mark.parametrize("use", ["fit", "train_on_batch", "evaluate", "compute_gradient"])
def test_bad_sample_weights(use: str, weights: Any, message: str) -> None:
    model = compiled()
    refused(lambda: getattr(model, use)(X, Y, sample_weight=weights), model, message)


@pytest.mark.parametrize("use", ["fit", "train_on_batch"])
def test_class_weights_need_classes(use: str) -> None:
    model = compiled()
    for y, of_class, message in (
        (3.0, {0: 1.0}, "the class of each row in y"),
        (Y[:0], {0: 1.0}, "there is no class in it"),
        (None, {0: 1.0}, "y is missing"),
        (Y, "balanced", "class_weight must be a dict"),
        (LABELS, {0: 10**400}, "must be a finite number"),
    ):
        refused(
            lambda y=y, w=of_class: getattr(model, use)(X, y, class_weight=w),  # type: ignore[misc]
            model,
            message,
        )


@pytest.mark.parametrize(
    ("loss", "outputs", "last", "y", "message"),
    [
        ("cce", 3, "softmax", LABELS[:, None], "with to_categorical(y)"),
        ("cce", 3, "softmax", to_categorical(LABELS) * 2, "row 0 is [2, 0, 0]"),
        ("cce", 3, "softmax", to_categorical(LABELS).T, "Give the last layer 6 units, or y 3"),
        ("scce", 3, "softmax", to_categorical(LABELS), "one-hot rows use categorical_crossent"),
        ("scce", 3, "softmax", LABELS + 1, "whole numbers from 0 to 2"),
        ("scce", 3, "softmax", LABELS - 1, "row 0 has -1"),
        ("scce", 3, "softmax", LABELS + 0.5, "row 0 has 0.5"),
        ("bce", 1, "sigmoid", LABELS, "they run from 0 to 2. Code the two classes as 0 and 1"),
        ("bce", 1, "sigmoid", np.array([-1, 1] * 3), "they run from -1 to 1"),
        ("bce", 3, "sigmoid", LABELS[:, None], "to_categorical"),
        ("mse", 3, None, Y[:, None], "mean_squared_error needs (rows, 3)"),
        ("mse", 6, None, Y, "mean_squared_error needs (rows, 6)"),
        ("hinge", 1, "tanh", LABELS, "hinge"),
    ],
)
def test_targets_that_do_not_match_the_loss(loss, outputs, last, y, message: str) -> None:
    model = compiled(outputs, loss, last)
    for use in ("fit", "train_on_batch", "evaluate", "compute_gradient", "Trainer"):
        refused(lambda use=use: USES[use](model, X, y), model, message)  # type: ignore[misc]


@pytest.mark.parametrize("size", [0, -1, 2.5, "32", True, np.nan])
def test_batch_sizes(size: Any) -> None:
    model = compiled()
    message = "batch_size must be a whole number, 1 or more"
    refused(lambda: model.predict(X, batch_size=size), model, message)
    refused(lambda: model.evaluate(X, Y, batch_size=size), model, message)
    refused(lambda: model.fit(X, Y, batch_size=size), model, message)
    refused(lambda: model.fit(X, Y, validation_batch_size=size), model, message)


@pytest.mark.parametrize(
    ("argument", "value", "message"),
    [
        ("epochs", "3", "epochs must be a whole number, 0 or more, not '3'"),
        ("epochs", -1, "epochs must be a whole number"),
        ("initial_epoch", 1.5, "initial_epoch must be a whole number"),
        ("validation_split", "0.2", "a number between 0 and 1, such as 0.3, got '0.2'"),
        ("validation_split", float("nan"), "between 0 and 1"),
        ("validation_split", -0.1, "between 0 and 1"),
        ("validation_split", 1, "between 0 and 1"),
        ("validation_data", (X,), "must be a pair"),
        ("validation_data", "xy", "must be a pair"),
        ("validation_data", (X, Y[:2]), "validation y has 2 rows"),
        ("validation_freq", (1, 2), "validation_freq must be a whole number"),
        ("epochs", 1.5, "epochs must be a whole number, 0 or more, not 1.5"),
        ("verbose", "loud", "verbose must be 0, 1, 2 or 'auto', not 'loud'"),
        ("verbose", 3, "verbose must be 0, 1, 2 or 'auto', not 3"),
        ("shuffle", "batch", "shuffle must be True or False, not 'batch'"),
        ("shuffle", None, "shuffle must be True or False, not None"),
    ],
)
def test_arguments_of_fit(argument: str, value: Any, message: str) -> None:
    model = compiled()
    refused(lambda: model.fit(X, Y, **{"verbose": 0, argument: value}), model, message)
