"""What prepares data and looks at training, given what it cannot use."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from engine import (
    CSVLogger,
    Dense,
    EarlyStopping,
    Input,
    LearningRateScheduler,
    ModelCheckpoint,
    ReduceLROnPlateau,
    Sequential,
    StandardScaler,
    Table,
    Trainer,
    read_csv,
    split,
    to_categorical,
    trace,
    trace_batch,
    train_test_split,
)

X, Y = np.arange(18.0).reshape(6, 3) / 10, np.arange(6.0) / 6
TABLE = Table(("a", "b", "c"), X)
MASKED = np.ma.masked_array(X, X > 1)


def anything(value: object) -> Any:
    """Hand a value of the wrong type past the type checker."""
    return value


def network() -> Sequential:
    model = Sequential([Input((3,)), Dense(1)])
    model.compile("sgd", "mse")
    return model


def refused(attempt: Callable[[], object], message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)) as caught:
        attempt()
    assert "inhomogeneous" not in str(caught.value)
    assert "float()" not in str(caught.value)


@pytest.mark.parametrize(
    ("labels", "classes", "message"),
    [
        (None, None, "labels is missing"),
        ("abc", None, "labels must hold numbers only"),
        (["0", "1"], None, "Turn digits into numbers"),
        (np.array(["2020"], "M8[Y]"), None, "Turn dates into numbers first"),
        ([1j], None, "Pass real numbers"),
        ({0: 1}, None, "not a dict"),
        ([[0], [1, 2]], None, "different lengths"),
        ([10**400], None, "too large"),
        ([0, 10**15], None, "need more memory than there is"),
        ([0, 1], "3", "num_classes must be a whole number, 1 or more, not '3'"),
        ([0, 1], 0, "num_classes must be a whole number, 1 or more, not 0"),
        ([0, 1], -1, "num_classes must be a whole number, 1 or more, not -1"),
        ([0, 1], 2.5, "num_classes must be a whole number, 1 or more, not 2.5"),
    ],
)
def test_to_categorical(labels: Any, classes: Any, message: str) -> None:
    refused(lambda: to_categorical(labels, classes), message)


@pytest.mark.parametrize(
    ("attempt", "message"),
    [
        (lambda: train_test_split({1: 2}), "Only lists, arrays and tables can be split, not {1"),
        (lambda: train_test_split({1, 2}), "Only lists, arrays and tables can be split"),
        (lambda: train_test_split("abcd"), "Only lists, arrays and tables can be split"),
        (lambda: train_test_split(X, shuffle=anything("no")), "shuffle must be True or False"),
        (lambda: train_test_split(X, stratify=anything([None, 1] * 3)), "one class per row"),
        (lambda: train_test_split(X, stratify=anything([[0], [1, 2]])), "one class per row"),
        (lambda: split(anything([1, 2]), 0.5), "split takes a Table or an array"),
        (lambda: split(anything(5), 0.5), "split takes a Table or an array"),
        (lambda: split(X, anything("a")), "between 0 and 1, such as 0.3, got 'a'"),
        (lambda: split(X, 0.5, anything("a")), "seed must be a whole number"),
        (lambda: split(X, 0.5, -1), "seed must be a whole number, 0 or more, not -1"),
        (lambda: Table(("a",), anything("x")), "values must hold numbers only"),
        (lambda: Table(("a",), anything(None)), "values is missing"),
        (lambda: Table(anything(5), X), "columns must be a list of names, not 5"),
        (lambda: Table(anything("abc"), X), "columns must be a list of names, not 'abc'"),
        (lambda: Table(anything((1, 2, 3)), X), "A column's name must be text, not 1"),
        (lambda: Table(("a", "b", "c"), anything(X + 1j)), "Pass real numbers"),
        (lambda: TABLE.rows([99]), "There are 6 rows, counted from 0"),
        (lambda: TABLE.rows([0.5]), "rows takes the numbers of rows"),
        (lambda: TABLE.rows(["a"]), "rows takes the numbers of rows"),
        (lambda: TABLE.column(anything(5)), "A column's name must be text, not 5"),
        (lambda: read_csv(anything(None)), "read_csv takes the path of a file, not None"),
    ],
)
def test_tables_and_splits(attempt: Callable[[], object], message: str) -> None:
    refused(attempt, message)


@pytest.mark.parametrize(
    ("values", "message"),
    [
        (None, "The table is missing"),
        ([["1", "2"]], "Turn digits into numbers"),
        (X + 1j, "Pass real numbers"),
        (np.array([["2020"]], "M8[Y]"), "Turn dates into numbers"),
        (MASKED, "masked"),
        ([[1, 2], [3]], "different lengths"),
        ([[10**400]], "too large"),
        (X[:, :0], "without columns"),
        (3.0, "Expected (rows, columns) or (rows,), got the shape ()"),
    ],
)
def test_scaling(values: Any, message: str) -> None:
    scaler = StandardScaler().fit(X)
    mean = scaler.mean_.copy()
    refused(lambda: scaler.fit(values), message)
    assert np.array_equal(scaler.mean_, mean)


def test_scaling_past_all_numbers() -> None:
    scaler = StandardScaler().fit(X * 1e-3)
    refused(lambda: scaler.transform(np.full((1, 3), 1e308)), "the result overflows")
    scaler = StandardScaler().fit(X * 1e3)
    refused(lambda: scaler.inverse_transform(np.full((1, 3), 1e308)), "the result overflows")


@pytest.mark.parametrize(
    ("attempt", "message"),
    [
        (lambda m: trace(m, anything(None)), "x is missing"),
        (lambda m: trace(m, MASKED[5]), "masked"),
        (lambda m: trace(m, X[0] * 1e300), "has to be finite"),
        (lambda m: trace(m, X[0], 1e300), "has to be finite"),
        (lambda m: trace(m, anything([1, 2, 10**400])), "too large"),
        (lambda m: trace_batch(m, X, sample_weight=np.ones(6)), "give y too"),
        (lambda m: trace_batch(m, X).row(99), "There is no row 99: this batch has rows 0 to 5"),
        (lambda m: trace_batch(m, X).row(anything("a")), "There is no row 'a'"),
        (lambda m: Trainer(m, X, Y, batch_size=anything("a")), "batch_size must be a whole"),
        (lambda m: Trainer(m, X, Y, seed=anything(None)), "seed must be a whole number"),
        (lambda m: Trainer(m, X, Y, shuffle=anything("no")), "shuffle must be True or False"),
        (lambda m: Trainer(m, X, Y, validation_data=anything(X)), "validation_data must be a pair"),
    ],
)
def test_trace_and_trainer(attempt: Callable[[Sequential], object], message: str) -> None:
    refused(lambda: attempt(network()), message)


@pytest.mark.parametrize("use", [trace, trace_batch, Trainer])
def test_what_is_no_model(use: Any) -> None:
    with pytest.raises(TypeError, match=r"Sequential.*, not 5"):
        use(5, X, Y)


@pytest.mark.parametrize(
    ("kind", "arguments", "message"),
    [
        (EarlyStopping, {"patience": -1}, "patience must be a whole number, 0 or more, not -1"),
        (EarlyStopping, {"patience": "a"}, "patience must be a whole number, 0 or more, not 'a'"),
        (EarlyStopping, {"min_delta": "a"}, "min_delta must be a number, not 'a'"),
        (EarlyStopping, {"min_delta": np.nan}, "min_delta must be a number, not nan"),
        (EarlyStopping, {"baseline": "a"}, "baseline must be a number, not 'a'"),
        (EarlyStopping, {"start_from_epoch": -1}, "start_from_epoch must be a whole number"),
        (EarlyStopping, {"restore_best_weights": "no"}, "restore_best_weights must be True or"),
        (EarlyStopping, {"mode": "mx"}, "There is no mode called 'mx'. Did you mean 'max'?"),
        (ReduceLROnPlateau, {"factor": "a"}, "factor must be a number, from 0 to below 1"),
        (ReduceLROnPlateau, {"patience": -1}, "patience must be a whole number"),
        (ReduceLROnPlateau, {"cooldown": "a"}, "cooldown must be a whole number"),
        (ReduceLROnPlateau, {"min_lr": -1}, "min_lr must be a number, 0 or more, not -1"),
        (ModelCheckpoint, {"filepath": "a.keras", "save_best_only": "no"}, "save_best_only must"),
        (ModelCheckpoint, {"filepath": "a.txt"}, "must end in .keras or .h5"),
        (
            ModelCheckpoint,
            {"filepath": "a.keras", "initial_value_threshold": "x"},
            "must be a number",
        ),
        (CSVLogger, {"filename": "a.csv", "append": "no"}, "append must be True or False"),
    ],
)
def test_callbacks(kind: Any, arguments: dict[str, Any], message: str) -> None:
    refused(lambda: kind(**arguments), message)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: ModelCheckpoint(anything(5)), "filepath must be the path of a file, not 5"),
        (lambda: CSVLogger(anything(None)), "filename must be the path of a file, not None"),
        (lambda: CSVLogger(""), "filename must be the path of a file, not ''"),
        (lambda: LearningRateScheduler(anything(0.1)), "needs a function such as"),
        (lambda: LearningRateScheduler(lambda: 0.1), "(epoch, rate) or with the epoch alone"),
        (lambda: LearningRateScheduler(lambda a, b, c: 0.1), "(epoch, rate) or with the epoch"),
    ],
)
def test_callbacks_of_the_wrong_kind(make: Callable[[], object], message: str) -> None:
    with pytest.raises(TypeError, match=re.escape(message)):
        make()
