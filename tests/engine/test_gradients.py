"""Every slope that backpropagation gives agrees with nudging the weight and looking."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from engine import Activation, Dense, Flatten, Input, Sequential
from engine.activations import ACTIVATIONS
from engine.losses import LOSSES

OUTPUTS = {
    "mean_squared_error": ("linear", "tanh", "sigmoid", "softmax"),
    "mean_absolute_error": ("linear", "tanh", "softmax"),
    "huber": ("linear", "softsign", "gelu"),
    "hinge": ("linear", "tanh", "mish"),
    "binary_crossentropy": ("sigmoid", "softmax", "hard_sigmoid"),
    "categorical_crossentropy": ("softmax", "sigmoid"),
}
NUDGE = 1e-6


@st.composite
def problems(draw: st.DrawFn) -> tuple[Sequential, np.ndarray, np.ndarray]:
    loss = draw(st.sampled_from(sorted(OUTPUTS)))
    inputs, rows = draw(st.integers(1, 4)), draw(st.integers(1, 5))
    outputs = draw(st.integers(2 if loss == "categorical_crossentropy" else 1, 3))
    seed = draw(st.integers(0, 10_000))
    model = Sequential([Input((inputs,))], dtype="float64", seed=seed)
    for _ in range(draw(st.integers(0, 3))):
        activation = draw(st.sampled_from(sorted(ACTIVATIONS)))
        as_layer, bias = draw(st.booleans()), draw(st.booleans())
        units = draw(st.integers(1, 5))
        options: dict[str, Any] = {"use_bias": bias, "bias_initializer": "random_normal"}
        model.add(Dense(units, activation=None if as_layer else activation, **options))
        if as_layer:
            model.add(Activation(activation))
    model.add(Dense(outputs, activation=draw(st.sampled_from(OUTPUTS[loss]))))
    model.compile("sgd", loss=loss)
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(rows, inputs))
    y = rng.uniform(size=(rows, outputs))
    if loss == "categorical_crossentropy":
        y /= y.sum(axis=1, keepdims=True)
    if loss == "hinge":
        y = np.where(y < 0.5, -1.0, 1.0)
    return model, x, y


@settings(max_examples=150, deadline=None)
@given(problems())
def test_slopes_agree_with_nudges(problem: tuple[Sequential, np.ndarray, np.ndarray]) -> None:
    model, x, y = problem
    loss, _ = model.compute_gradient(x, y)
    gradient = model.gradient.copy()
    for index in range(model.parameters.size):
        weight, at = model.parameters[index], {}
        for nudge in (NUDGE, NUDGE / 2, -NUDGE / 2, -NUDGE):
            model.parameters[index] = weight + nudge
            at[nudge] = model.evaluate(x, y)
        model.parameters[index] = weight
        # The slopes on the two sides differ by the curve, which halves with the nudge, or by a
        # kink, which does not: there is nothing to compare with at a kink.
        bend, half = ((at[nudge] - 2 * loss + at[-nudge]) / nudge for nudge in (NUDGE, NUDGE / 2))
        assume(abs(bend - 2 * half) < 1e-7)
        slope = (at[NUDGE] - at[-NUDGE]) / (2 * NUDGE)
        assert gradient[index] == pytest.approx(slope, rel=1e-5, abs=1e-7)


@pytest.mark.parametrize("name", sorted(ACTIVATIONS))
def test_the_slope_of_an_activation_agrees_with_nudges(name: str) -> None:
    function = ACTIVATIONS[name]
    z = np.array([[-4.0, -1.5, -0.3, 0.2, 1.0, 5.0]])
    slope = function.slope(z, function.value(z))
    for column in range(z.shape[1]):
        nudge = np.zeros_like(z)
        nudge[0, column] = NUDGE
        change = function.value(z + nudge) - function.value(z - nudge)
        expected = pytest.approx(change[0, column] / (2 * NUDGE), rel=1e-8, abs=1e-8)
        assert slope[0, column] == expected


@pytest.mark.parametrize(
    ("name", "options"),
    [(name, {}) for name in sorted(LOSSES)]
    + [(name, {"from_logits": True}) for name in ("bce", "cce", "scce")],
)
def test_the_slope_of_a_loss_agrees_with_nudges(name: str, options: dict[str, Any]) -> None:
    loss = LOSSES[name](**options)
    rng = np.random.default_rng(1)
    p: np.ndarray = rng.uniform(0.1, 0.9, (4, 3))
    y: np.ndarray = rng.uniform(size=(4, 3))
    if loss.target_width(3) == 1:
        y = rng.integers(0, 3, (4, 1)) * 1.0
    slope, weights = loss.slope(y, p), rng.uniform(size=4)
    for place in np.ndindex(p.shape):
        nudge = np.zeros_like(p)
        nudge[place] = NUDGE
        change = loss.value(y, p + nudge) - loss.value(y, p - nudge)
        assert slope[place] == pytest.approx(change / (2 * NUDGE), rel=1e-6, abs=1e-8)
        rows = loss.per_row(y, p + nudge) - loss.per_row(y, p - nudge)
        weighted = weights @ rows / len(p) / (2 * NUDGE)
        assert slope[place] * weights[place[0]] == pytest.approx(weighted, rel=1e-6, abs=1e-8)


def test_slopes_pass_through_flatten() -> None:
    model = Sequential([Input((2, 3)), Activation("tanh"), Flatten(), Dense(1)], dtype="float64")
    flat = Sequential([Input((6,)), Activation("tanh"), Dense(1)], dtype="float64")
    flat.set_weights(model.get_weights())
    x, y = np.random.default_rng(0).normal(size=(4, 2, 3)), np.arange(4.0)
    for network, rows in ((model, x), (flat, x.reshape(4, 6))):
        network.compile("sgd", "mse")
        network.compute_gradient(rows, y)
    assert np.array_equal(model.gradient, flat.gradient)
