"""Losses: by hand, as Keras on JAX has them, and what targets they refuse."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from engine import activations, losses
from engine.configs import serialize

KERAS = json.loads((Path(__file__).parent / "keras_functions" / "values.json").read_text())


def id_of(case: dict[str, Any]) -> str:
    return "-".join([case["name"], *(f"{key}={value}" for key, value in case["config"].items())])


def loss_of(case: dict[str, Any]) -> losses.Loss:
    return losses.get({"class_name": case["name"], "config": case["config"]})


@pytest.mark.parametrize(
    ("name", "y", "p", "expected"),
    [
        ("mse", [[1], [1], [1]], [[-9], [6], [6]], 50),
        ("mae", [[1], [1], [1]], [[-9], [6], [6]], 20 / 3),
        ("mse", [[0, 0], [0, 0]], [[1, 2], [3, 4]], 7.5),
        ("huber", [[0], [0]], [[0.5], [-3]], (0.125 + 2.5) / 2),
        ("hinge", [[1], [-1]], [[0.25], [0.5]], (0.75 + 1.5) / 2),
        ("hinge", [[1], [0]], [[0.25], [0.5]], (0.75 + 1.5) / 2),
        ("bce", [[1], [0]], [[0.8], [0.4]], -(math.log(0.8) + math.log(0.6)) / 2),
        ("cce", [[0, 1], [1, 0]], [[0.5, 0.5], [0.9, 0.1]], -(math.log(0.5) + math.log(0.9)) / 2),
        ("cce", [[0, 1]], [[3, 1]], -math.log(0.25)),
        ("cce", [[0, 1]], [[1, 0]], -math.log(1e-7)),
        ("scce", [[1], [0]], [[0.5, 0.5], [0.9, 0.1]], -(math.log(0.5) + math.log(0.9)) / 2),
        ("bce", [[1]], [[0]], -math.log(1e-7)),
    ],
)
def test_loss_by_hand(name: str, y, p, expected: float) -> None:
    loss = losses.get(name)
    assert loss.value(np.array(y, float), np.array(p, float)) == pytest.approx(expected)


# -- as Keras on JAX has them --------------------------------------------------------------------


@pytest.mark.parametrize("case", KERAS["losses"], ids=id_of)
def test_values_and_slopes_are_those_of_keras(case: dict[str, Any]) -> None:
    loss, y, p = loss_of(case), np.array(case["y"], float), np.array(case["p"])
    assert loss.value(y, p) == pytest.approx(case["value"], rel=1e-14)
    np.testing.assert_allclose(loss.per_row(y, p), case["per_row"], rtol=1e-13, atol=1e-15)
    np.testing.assert_allclose(loss.slope(y, p), case["slope"], rtol=1e-9, atol=1e-15)


@pytest.mark.parametrize("case", KERAS["partners"], ids=id_of)
def test_with_its_partner_a_loss_has_keras_slopes_clipped_or_not(case: dict[str, Any]) -> None:
    loss, y = loss_of(case), np.array(case["y"], float)
    assert loss.partner == case["activation"]
    p = activations.get(case["activation"]).value(np.array(case["z"]))
    assert loss.partner_value(y, p) == pytest.approx(case["value"], rel=1e-13)
    slope, expected = loss.partner_slope(y, p), np.array(case["slope"])
    np.testing.assert_allclose(slope, expected, rtol=0, atol=3e-16)
    assert (slope[expected == 0] == 0).all()


@pytest.mark.parametrize("case", KERAS["edges"], ids=lambda case: f"y={case['y']:g}")
def test_on_the_limits_of_float32_the_slope_counts_half(case: dict[str, Any]) -> None:
    loss = losses.get("bce")
    y: np.ndarray = np.full((1, 1), case["y"], np.float32)
    ps = [np.full((1, 1), p, np.float32) for p in case["p"]]
    expected = np.array(case["slope"])
    found = [loss.slope(y, p)[0, 0] for p in ps]
    np.testing.assert_allclose(found, expected, rtol=1e-6)
    # dp/dz = p (1 - p) is what the sigmoid puts in; the partner slope has it already.
    through = [loss.partner_slope(y, p)[0, 0] for p in ps]
    inner = [float(p[0, 0]) * (1 - float(p[0, 0])) for p in ps]
    np.testing.assert_allclose(through, expected * inner, rtol=1e-6)


@pytest.mark.parametrize("name", ["cce", "scce"])
def test_the_limits_count_half_for_classes_too(name: str) -> None:
    p: np.ndarray = np.array([[1 - 1e-7, 1e-7], [0.5, 0.5]], np.float32)
    y = np.array([[0.0], [1.0]], np.float32)
    targets = y if name == "scce" else np.eye(2, dtype=np.float32)[[0, 1]]
    slope = losses.get(name).partner_slope(targets, p)
    whole = (p[0, 0] - np.float32(1)) / 2
    assert slope[0, 0] == pytest.approx(whole / 2, rel=0.01)
    assert slope[1].tolist() == [0.25, -0.25]


@pytest.mark.parametrize("name", ["bce", "cce", "scce"])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_a_sure_mistake_is_finite_and_has_no_slope(name: str, dtype: type) -> None:
    y: np.ndarray = np.array([[1.0]] if name == "scce" else [[0, 1]], dtype)
    p: np.ndarray = np.array([[1, 0]], dtype)
    loss = losses.get(name)
    assert 15 < loss.value(y, p) < 17
    assert 15 < loss.partner_value(y, p) < 17
    assert loss.slope(y, p).tolist() == loss.partner_slope(y, p).tolist() == [[0, 0]]


# -- what all of them have to keep ---------------------------------------------------------------


@pytest.mark.parametrize("case", KERAS["losses"], ids=id_of)
def test_the_loss_is_the_mean_of_its_rows(case: dict[str, Any]) -> None:
    loss, y, p = loss_of(case), np.array(case["y"], float), np.array(case["p"])
    rows = [loss.value(y[i : i + 1], p[i : i + 1]) for i in range(len(y))]
    np.testing.assert_allclose(loss.per_row(y, p), rows, rtol=1e-12, atol=1e-15)
    assert loss.value(y, p) == pytest.approx(np.mean(rows), rel=1e-13)


@pytest.mark.parametrize("case", KERAS["losses"], ids=id_of)
def test_results_go_where_they_are_told_and_keep_their_kind(case: dict[str, Any]) -> None:
    loss = loss_of(case)
    y: np.ndarray = np.array(case["y"], np.float32)
    p: np.ndarray = np.array(case["p"], np.float32)
    for slope in (loss.slope, loss.partner_slope) if loss.partner else (loss.slope,):
        out = np.full_like(p, 7)
        assert slope(y, p, out=out) is out
        assert np.array_equal(out, slope(y, p), equal_nan=True)
        assert slope(y, p).dtype == np.float32
    assert np.array_equal(p, np.array(case["p"], np.float32))
    assert loss.per_row(y, p).dtype == np.float32
    assert type(loss.value(y, p)) is float


@pytest.mark.parametrize(
    ("loss", "activation"), [("bce", "sigmoid"), ("cce", "softmax"), ("scce", "softmax")]
)
def test_a_loss_and_its_partner_have_a_short_slope(loss: str, activation: str) -> None:
    function, measure = activations.get(activation), losses.get(loss)
    rng = np.random.default_rng(0)
    labels = np.array([0, 1, 2, 1, 0])
    z, y = rng.normal(size=(5, 3)), labels[:, None] * 1.0 if loss == "scce" else np.eye(3)[labels]
    p = function.value(z)
    long_way = function.backward(z, p, measure.slope(y, p))
    np.testing.assert_allclose(measure.partner_slope(y, p), long_way, atol=1e-12)
    np.testing.assert_allclose(measure.partner_slope(y, p), (p - np.eye(3)[labels]) / p[:, 0].size
                               if loss != "bce" else (p - y) / p.size, atol=1e-15)  # fmt: skip
    assert measure.partner_value(y, p) == pytest.approx(measure.value(y, p))


def test_sparse_labels_and_one_hot_rows_are_one_loss() -> None:
    rng = np.random.default_rng(0)
    labels, p = rng.integers(0, 4, (6, 1)), rng.dirichlet(np.ones(4), 6)
    sparse, dense, one_hot = losses.get("scce"), losses.get("cce"), np.eye(4)[labels[:, 0]]
    assert sparse.value(labels * 1.0, p) == pytest.approx(dense.value(one_hot, p))
    np.testing.assert_allclose(sparse.slope(labels * 1.0, p), dense.slope(one_hot, p), atol=1e-14)
    assert (sparse.target_width(4), dense.target_width(4)) == (1, 4)


def test_logits_have_no_limits() -> None:
    z, y = np.array([[-200.0, 200.0]]), np.array([[1.0, 0.0]])
    for kind in (losses.BinaryCrossentropy, losses.CategoricalCrossentropy):
        loss = kind(from_logits=True)
        assert loss.partner is None
        assert loss.value(y, z) == pytest.approx(400 if kind.partner == "softmax" else 200)
        assert np.abs(loss.slope(y, z)).max() > 0.4


# -- names, arguments, targets -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("names", "kind"),
    [
        (("mse", "MSE", "mean_squared_error", "MeanSquaredError"), losses.MeanSquaredError),
        (("mae", "MAE", "mean_absolute_error", "MeanAbsoluteError"), losses.MeanAbsoluteError),
        (("huber", "Huber"), losses.Huber),
        (("bce", "BCE", "binary_crossentropy", "BinaryCrossentropy"), losses.BinaryCrossentropy),
        (("cce", "categorical_crossentropy"), losses.CategoricalCrossentropy),
        (("scce", "sparse_categorical_crossentropy"), losses.SparseCategoricalCrossentropy),
        (("hinge", "Hinge"), losses.Hinge),
    ],
)
def test_every_name_of_a_loss_is_the_same_loss(names: tuple[str, ...], kind: type) -> None:
    assert {type(losses.get(name)) for name in names} == {kind}


@pytest.mark.parametrize("case", KERAS["losses"], ids=id_of)
def test_a_loss_is_made_again_from_its_config(case: dict[str, Any]) -> None:
    loss = loss_of(case)
    again = losses.get(serialize(loss))
    assert type(again) is type(loss)
    assert again.get_config() == loss.get_config()
    assert case["config"].items() <= loss.get_config().items()


def test_keras_arguments_that_change_nothing_are_read() -> None:
    config = {"axis": -1, "reduction": "sum_over_batch_size", "name": "mine", "dtype": "float32"}
    loss = losses.get({"class_name": "BinaryCrossentropy", "config": config})
    assert loss.name == "mine"


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: losses.MeanSquaredError(reduction="sum"), "has reduction='sum', but this engine"),
        (lambda: losses.Huber(delta=0), "Huber: delta must be a number above 0, not 0"),
        (lambda: losses.BinaryCrossentropy(label_smoothing=2), "label_smoothing must be a number"),
        (
            lambda: losses.get(
                {
                    "class_name": "SparseCategoricalCrossentropy",
                    "config": {"ignore_class": 0},
                }
            ),
            "ignore_class=0",
        ),
    ],
)
def test_arguments_that_make_no_sense(make: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        make()


@pytest.mark.parametrize(
    ("name", "y", "outputs", "message"),
    [
        ("bce", [[0], [2]], 1, "they run from 0 to 2. Code the two classes as 0 and 1"),
        ("cce", [[0], [1]], 1, "Use to_categorical on the labels, or binary_crossentropy"),
        ("cce", [[0, 1], [0.5, 0.6]], 2, r"row 1 is \[0.5, 0.6\]"),
        ("cce", [[0, 1], [-1, 2]], 2, r"row 1 is \[-1, 2\]"),
        ("scce", [[0], [3]], 3, "whole numbers from 0 to 2, .* row 1 has 3. Number the classes"),
        ("scce", [[0], [-1]], 3, "row 1 has -1"),
        ("scce", [[0.5], [1]], 3, "row 0 has 0.5"),
        ("hinge", [[1], [2]], 1, "there is a 2. Code the two classes as -1 and 1"),
        ("hinge", [[1], [0], [-1]], 1, "targets of -1 and 1, or of 0 and 1, but there is a 0"),
    ],
)
def test_targets_that_make_no_sense(name: str, y: Any, outputs: int, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        losses.get(name).check_targets(np.array(y, float), outputs)


@pytest.mark.parametrize(
    ("name", "y", "outputs"),
    [
        ("bce", [[0.0, 0.3, 1.0]], 3),
        ("cce", [[0.25, 0.75], [1, 0]], 2),
        ("scce", [[0], [2], [1]], 3),
        ("hinge", [[1], [-1]], 1),
        ("hinge", [[0], [1]], 1),
        ("hinge", [[1], [1]], 1),
        ("hinge", [[-1], [-1]], 1),
        ("mse", [[-1e9]], 1),
    ],
)
def test_targets_that_make_sense(name: str, y: Any, outputs: int) -> None:
    losses.get(name).check_targets(np.array(y, float), outputs)
