"""A trace of any network, of a row or a batch: its numbers are training's own, to the last bit."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from engine import (
    SGD,
    Activation,
    BatchNormalization,
    Dense,
    Dropout,
    Flatten,
    Input,
    ReLU,
    Sequential,
    Softmax,
    Trace,
    Trainer,
    trace,
    trace_batch,
)
from engine.regularizers import L2

RNG = np.random.default_rng(0)
X = RNG.normal(size=(6, 4))

NETWORKS: dict[str, tuple[Any, str, Any]] = {
    "regression": (lambda: [Dense(3, "tanh"), Dense(2)], "mse", RNG.normal(size=(6, 2))),
    "classes": (
        lambda: [Dense(3, "relu"), Dense(3, "softmax")],
        "categorical_crossentropy",
        np.eye(3)[[0, 1, 2, 0, 1, 2]],
    ),
    "labels": (
        lambda: [Dense(3, "gelu"), Dense(3), Softmax()],
        "sparse_categorical_crossentropy",
        np.array([0, 1, 2, 0, 1, 2]),
    ),
    "two classes": (
        lambda: [Dense(3, "swish"), Dense(1, "sigmoid")],
        "binary_crossentropy",
        np.array([0.0, 1, 0, 1, 1, 0]),
    ),
    "activation layers": (
        lambda: [Activation("tanh"), Dense(3), ReLU(negative_slope=0.1), Dense(1)],
        "huber",
        RNG.normal(size=6),
    ),
    "batch normalization": (
        lambda: [Dense(3, use_bias=False), BatchNormalization(), Activation("elu"), Dense(1)],
        "mse",
        RNG.normal(size=6),
    ),
    "dropout": (lambda: [Dense(5, "relu"), Dropout(0.4), Dense(1)], "mae", RNG.normal(size=6)),
    "penalties": (
        lambda: [Dense(3, "tanh", kernel_regularizer=L2(0.1)), Dense(1, bias_regularizer="l1")],
        "mse",
        RNG.normal(size=6),
    ),
}


def network(name: str) -> tuple[Sequential, Any]:
    layers, loss, y = NETWORKS[name]
    model = Sequential([Input((4,)), *layers()], dtype="float64", seed=5)
    model.parameters += np.random.default_rng(1).normal(size=model.parameters.size) * 0.1
    model.compile(SGD(1.0), loss)
    return model, y


@pytest.mark.parametrize("training", [False, True])
@pytest.mark.parametrize("name", NETWORKS)
def test_slopes_are_those_of_training_to_the_bit(name: str, training: bool) -> None:
    model, y = network(name)
    seen = trace_batch(model, X, y, training=training)
    loss, predictions = model.compute_gradient(X, y, training=training)
    assert seen.loss == loss
    assert np.array_equal(seen.outputs, predictions)
    assert [weight.slope for weight in seen.weights()] == model.gradient.tolist()
    assert [weight.value for weight in seen.weights()] == model.parameters.tolist()


@pytest.mark.parametrize("name", NETWORKS)
def test_a_step_of_training_goes_down_these_slopes(name: str) -> None:
    model, y = network(name)
    trainer = Trainer(model, X, y, batch_size=6, shuffle=False, seed=7)
    model.make_noise(7, 0)  # what the first step will drop
    slopes = [weight.slope for weight in trace_batch(model, X, y, training=True).weights()]
    trainer.step()
    assert model.gradient.tolist() == slopes


@pytest.mark.parametrize("name", NETWORKS)
def test_one_row_has_the_slopes_of_a_batch_of_one(name: str) -> None:
    model, y = network(name)
    seen = trace(model, X[2], y[2])
    model.compute_gradient(X[2:3], y[2:3])
    slopes = [
        np.array([[product.slope for product in node.products] for node in nodes]).T
        for nodes in seen.layers
        if nodes[0].kind == "Dense"
    ]
    kernels = [layer.kernel_gradient for layer in model.layers if isinstance(layer, Dense)]
    for shown, kernel in zip(slopes, kernels, strict=True):
        assert shown.tolist() == kernel.tolist()


@pytest.mark.parametrize("name", sorted(set(NETWORKS) - {"batch normalization"}))
def test_the_rows_shares_add_up_to_the_slope_of_a_weight(name: str) -> None:
    model, y = network(name)
    seen = trace_batch(model, X, y)
    shares = np.sum([_kernel_slopes(row) for row in seen.rows], axis=0)
    penalties = [
        weight.slope or 0.0 for weight in seen.weights() if weight.name.startswith("weight ")
    ]
    without = np.array(penalties)
    if name == "penalties":
        first = model.layers[0]
        without[: first.kernel.size] -= 0.2 * first.kernel.ravel()
    np.testing.assert_allclose(shares, without, atol=1e-14)


def _kernel_slopes(row: Trace) -> Any:
    kernels = [
        np.array([[p.slope for p in node.products] for node in nodes]).T.ravel()
        for nodes in row.layers
        if nodes[0].kind == "Dense"
    ]
    return np.concatenate(kernels)


@pytest.mark.parametrize("training", [False, True])
@pytest.mark.parametrize("name", NETWORKS)
def test_slopes_agree_with_nudges(name: str, training: bool) -> None:
    model, y = network(name)
    slopes = [weight.slope for weight in trace_batch(model, X, y, training=training).weights()]
    for index, slope in enumerate(slopes):
        kept, losses = model.parameters[index], []
        for nudge in (1e-6, -1e-6):
            model.parameters[index] = kept + nudge
            losses.append(model.compute_gradient(X, y, training=training)[0])
        model.parameters[index] = kept
        assert slope == pytest.approx((losses[0] - losses[1]) / 2e-6, rel=1e-6, abs=1e-8)


def test_names_of_nodes_say_what_happened_to_them() -> None:
    model, y = network("dropout")
    layers = trace(model, X[0], y[0]).layers
    assert [nodes[0].name for nodes in layers] == ["node 0", "node 0 after dropout", "output"]
    assert layers[2][0].products[3].name == "weight 3 after dropout→output"


def test_dropout_shows_what_it_dropped() -> None:
    model, y = network("dropout")
    model.make_noise(3, 9)
    seen = trace_batch(model, X, y, training=True)
    factors = {term.value for row in seen.rows for node in row.layers[1] for term in node.terms[1:]}
    assert factors == {0.0, 1 / 0.6}


def test_a_picture_is_laid_in_one_line_and_its_inputs_keep_their_places() -> None:
    model = Sequential([Input((2, 2)), Flatten(), Dense(1)], dtype="float64", seed=0)
    seen = trace_batch(model, np.arange(8.0).reshape(2, 2, 2))
    assert seen.input_names == ("input 0,0", "input 0,1", "input 1,0", "input 1,1")
    assert seen.row(1).inputs == (4.0, 5.0, 6.0, 7.0)
    assert seen.row(1).layers[0][0].products[2].name == "weight 1,0→output"


def test_weights_of_rows_count() -> None:
    model, y = network("regression")
    weights = np.array([0.0, 2, 1, 0.5, 0, 3])
    seen = trace_batch(model, X, y, weights)
    model.compute_gradient(X, y, weights)
    assert [weight.slope for weight in seen.weights()] == model.gradient.tolist()
    assert seen.row(0).layers[1][0].value_slope == 0


@pytest.mark.parametrize("name", NETWORKS)
def test_the_model_is_left_as_it_was(name: str) -> None:
    model, y = network(name)
    model.compute_gradient(X, y)
    kept = [vector.copy() for vector in (model.parameters, model.gradient, model.statistics)]
    trace_batch(model, X[:3], y[:3], training=True)
    trace(model, X[0])
    for vector, was in zip((model.parameters, model.gradient, model.statistics), kept, strict=True):
        assert np.array_equal(vector, was)
    assert model.watch_forward is None
    assert model.watch_backward is None
