"""Every number of a trace has a name of its own and a formula, which gives that number."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable
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
    activations,
    losses,
    trace,
    trace_batch,
)
from engine.activations import ACTIVATIONS
from engine.regularizers import L1L2
from engine.trace import Number

RNG = np.random.default_rng(0)
X = RNG.normal(size=(6, 4))
LABELS = np.array([0, 1, 2, 0, 1, 2])
ONE_HOT, ZERO_ONE, TARGETS = np.eye(3)[LABELS], LABELS % 2 * 1.0, RNG.normal(size=(6, 2))
BOTH = L1L2(0.01, 0.1)

NETWORKS: dict[str, tuple[Any, Any, Any]] = {
    "mse": (lambda: [Dense(3, "tanh"), Dense(2)], "mse", TARGETS),
    "mae": (lambda: [Dense(3, "relu"), Dropout(0.4), Dense(2)], "mae", TARGETS),
    "huber": (lambda: [Dense(2)], losses.Huber(0.8), TARGETS),
    "hinge": (lambda: [Dense(3, "elu"), Dense(1, "tanh")], "hinge", ZERO_ONE),
    "two classes": (lambda: [Dense(1, "sigmoid")], "binary_crossentropy", ZERO_ONE),
    "two labels": (lambda: [Dense(2, "sigmoid")], "bce", ONE_HOT[:, :2]),
    "chances": (
        lambda: [Dense(2, "sigmoid")],
        losses.BinaryCrossentropy(label_smoothing=0.1),
        ONE_HOT[:, :2],
    ),
    "no partner": (lambda: [Dense(1, "sigmoid"), Flatten()], "bce", ZERO_ONE),
    "logit": (lambda: [Dense(1)], losses.BinaryCrossentropy(from_logits=True), ZERO_ONE),
    "classes": (lambda: [Dense(3), Dense(3, "softmax")], "categorical_crossentropy", ONE_HOT),
    "smoothed classes": (
        lambda: [Dense(3, "softmax")],
        losses.CategoricalCrossentropy(label_smoothing=0.2),
        ONE_HOT,
    ),
    "logits": (lambda: [Dense(3)], losses.CategoricalCrossentropy(from_logits=True), ONE_HOT),
    "smoothed logits": (
        lambda: [Dense(3)],
        losses.CategoricalCrossentropy(from_logits=True, label_smoothing=0.2),
        ONE_HOT,
    ),
    "classes that do not sum to 1": (lambda: [Dense(3, "sigmoid")], "cce", ONE_HOT),
    "labels": (lambda: [Dense(3, "relu"), Softmax()], "scce", LABELS),
    "labels from logits": (
        lambda: [Dense(3, "gelu")],
        losses.SparseCategoricalCrossentropy(from_logits=True),
        LABELS,
    ),
    "softmax by itself": (lambda: [Dense(4, "softmax"), Dense(2)], "mse", TARGETS),
    "activation first": (
        lambda: [Activation("tanh"), Dense(3), ReLU(negative_slope=0.1), ReLU(), Dense(2)],
        "mse",
        TARGETS,
    ),
    "penalties": (
        lambda: [
            Dense(3, "tanh", kernel_regularizer=BOTH, bias_regularizer="l1"),
            BatchNormalization(gamma_regularizer=BOTH, beta_regularizer="l2"),
            Dense(2),
        ],
        "mse",
        TARGETS,
    ),
    "normalized first": (
        lambda: [BatchNormalization(scale=False), Dropout(0.3), Dense(2)],
        "mse",
        TARGETS,
    ),
}


def network(name: str) -> tuple[Sequential, Any]:
    layers, loss, y = NETWORKS[name]
    model = Sequential([Input((4,)), *layers()], dtype="float64", seed=5)
    model.parameters += np.random.default_rng(1).normal(size=model.parameters.size) * 0.1
    model.compile(SGD(1.0), loss)
    return model, y


def work_out(formula: str) -> float:
    """What Python makes of a formula; a SyntaxError for one in words."""
    text = formula.partition(" because ")[0]
    for sign, python in {"×": "*", "÷": "/", "√": "sqrt", "²": "**2"}.items():
        text = text.replace(sign, python)
    text = re.sub(r"\|([^|]*)\|", r"abs(\1)", text)
    text = re.sub(r"(\w+)'\(", r"slope_of_\1(", text)
    functions: dict[str, Any] = {"sqrt": math.sqrt, "exp": math.exp, "log": math.log}
    functions |= {"abs": abs, "max": max}
    for name, function in ACTIVATIONS.items():
        functions[name] = _value_of(function)
        functions[f"slope_of_{name}"] = _slope_of(function)
    return float(eval(text, {"__builtins__": {}, **functions}))


def _value_of(function: Any) -> Any:
    return lambda z, **options: type(function)(**options).value(np.array([[z * 1.0]]))[0, 0]


def _slope_of(function: Any) -> Any:
    def slope(z: float) -> Any:
        row = np.array([[z]])
        return function.slope(row, function.value(row))[0, 0]

    return slope


#: what the data and the model give, and nothing works out
GIVEN = (
    "given",
    "a weight of the model",
    "a bias of the model",
    "the moving mean of the model",
    "the moving variance of the model",
)


def check(numbers: Iterable[Number]) -> Counter[str]:
    """Work out the formulas and compare; returns how many say that the number is given."""
    names, given = [], Counter[str]()
    for number in numbers:
        names.append(number.name)
        if number.formula in GIVEN:
            given[number.formula] += 1
        else:
            value = work_out(number.formula)
            assert number.value == pytest.approx(value, rel=1e-4, abs=2e-5), number
    assert [name for name, times in Counter(names).items() if times > 1] == []
    return given


def given_in(model: Sequential, row: Trace, training: bool) -> Counter[str]:
    """How many numbers of a row come from the data and the model."""
    normalized = sum(n.kind == "BatchNormalization" for nodes in row.layers for n in nodes)
    biases = sum(node.bias is not None for nodes in row.layers for node in nodes)
    return +Counter(
        {
            "given": len(row.inputs) + len(row.target or ()) + normalized,  # an epsilon for each
            "a weight of the model": model.parameters.size - biases,
            "a bias of the model": biases,
            "the moving mean of the model": 0 if training else normalized,
            "the moving variance of the model": 0 if training else normalized,
        }
    )


@pytest.mark.parametrize("training", [False, True])
@pytest.mark.parametrize("name", NETWORKS)
def test_every_formula_with_the_values_put_in_gives_its_number(name: str, training: bool) -> None:
    """Worked out by Python itself, from six digits. Only what is given has words instead."""
    model, y = network(name)
    batch = trace_batch(model, X, y, training=training)
    for row in batch.rows:
        assert check(row.numbers()) == given_in(model, row, training)
    assert not check(batch.numbers())
    alone = trace(model, X[1], y[1], training=training)
    assert check(alone.numbers()) == given_in(model, alone, training)


@pytest.mark.parametrize("training", [False, True])
@pytest.mark.parametrize("name", NETWORKS)
def test_slopes_are_those_of_training_to_the_bit(name: str, training: bool) -> None:
    model, y = network(name)
    seen = trace_batch(model, X, y, training=training)
    loss, _ = model.compute_gradient(X, y, training=training)
    assert seen.loss == loss
    assert [weight.slope for weight in seen.weights()] == model.gradient.tolist()


@pytest.mark.parametrize("name", sorted(set(ACTIVATIONS) - {"softmax", "swish"}))
def test_the_formulas_of_an_activation(name: str) -> None:
    model = Sequential([Input((1,)), Dense(1, name)], dtype="float64")
    model.set_weights([[[1.0]], [0.0]])
    model.compile("sgd", "mse")
    for z in (-7.0, -1.2, 0.0, 0.7, 2.5, 7.0):
        check(trace(model, [z], [0.3]).numbers())


@pytest.mark.parametrize("options", [{"max_value": 2.0}, {"threshold": 1.0}, {"max_value": 6.0}])
def test_the_formulas_of_a_relu_with_parameters(options: dict[str, float]) -> None:
    model = Sequential([Input((1,)), Dense(1), ReLU(negative_slope=0.1, **options)])
    model.set_weights([[[1.0]], [0.0]])
    model.compile("sgd", "mse")
    for z in (-1.2, 0.0, 1.0, 2.0, 2.5, 6.0, 7.0):
        check(trace(model, [z], [0.3]).numbers())


# --- what they look like -----------------------------------------------------------------------


def formulas(seen: Trace) -> dict[str, str]:
    return {number.name: number.formula for number in seen.numbers()}


def small(activation: str, loss: Any, weights: Any, **options: Any) -> Sequential:
    kernel = np.array(weights, dtype=float)
    model = Sequential([Input((len(kernel),))], dtype="float64")
    model.add(Dense(kernel.shape[1], activation, **options))
    model.set_weights([kernel, np.zeros(kernel.shape[1])])
    model.compile("sgd", loss)
    return model


def test_a_row_is_written_out() -> None:
    said = formulas(trace(small("tanh", "mse", [[1.5]]), [2], [0.5]))
    assert said["pre-activation of output"] == "2 × 1.5 + 0"
    assert said["output"] == "tanh(3)"
    assert said["loss"] == "(0.995055 - 0.5)²"
    assert said["slope of output"] == "2 × (0.995055 - 0.5)"
    assert said["slope of tanh at pre-activation of output"] == "1 - 0.995055 × 0.995055"
    assert said["slope of pre-activation of output"] == "0.99011 × 0.00986604"
    assert said["slope of weight 0→output"] == "2 × 0.00976846"


def test_a_slope_of_a_batch_is_divided_by_its_rows_and_outputs() -> None:
    seen = trace_batch(small("linear", "mse", [[1, 2]]), [[1], [2]], [[0, 0], [0, 0]])
    assert formulas(seen.row(1))["slope of output 1"] == "2 × (4 - 0) ÷ (2 × 2)"
    weighted = trace_batch(small("linear", "mae", [[1]]), [[1], [2]], [0, 0], [3, 1])
    assert formulas(weighted.row(0))["slope of output"] == "3 × 1 ÷ 2 because 1 > 0"
    assert formulas(weighted.row(0))["loss"] == "3 × (|1 - 0|)"


def test_relu_says_which_side_of_0_it_is_on() -> None:
    model = small("relu", "mse", [[1, -1]])
    said = formulas(trace(model, [2], [0, 0]))
    assert said["slope of relu at pre-activation of output 0"] == "1 because 2 > 0"
    assert said["slope of relu at pre-activation of output 1"] == "0 because -2 < 0"


def test_cross_entropy_and_its_partner() -> None:
    said = formulas(trace(small("sigmoid", "bce", [[1]]), [0], [1]))
    assert said["loss"] == "-log(0.5)"
    assert said["slope of output"] == "(0.5 - 1) ÷ (0.5 × (1 - 0.5))"
    assert said["slope of pre-activation of output"] == "(0.5 - 1)"
    said = formulas(trace(small("softmax", "scce", [[0, 0]]), [1], [1]))
    assert said["output 0"] == "exp(0) ÷ (exp(0) + exp(0))"
    assert said["loss"] == "-log(0.5)"
    assert said["slope of output 1"] == "(1 - 1 ÷ 0.5)"
    assert said["slope of pre-activation of output 1"] == "(0.5 - 1)"


@pytest.mark.parametrize(
    ("activation", "loss", "weights", "y"),
    [
        ("sigmoid", "bce", [[40]], [0]),
        ("sigmoid", "bce", [[-40]], [1]),
        ("softmax", "cce", [[40, 0]], [0, 1]),
        ("softmax", "cce", [[40, 0]], [0.5, 0.5]),
        ("softmax", "scce", [[40, 0]], [1]),
        ("linear", "cce", [[40, 1e-7]], [0, 1]),
    ],
)
def test_a_clipped_probability_is_said(activation: str, loss: str, weights: Any, y: Any) -> None:
    seen = trace(small(activation, loss, weights), [1], y)
    check(seen.numbers())
    said = formulas(seen)
    assert " is held at " in said["loss"]
    assert " is held at " in list(said.values())[list(said).index("loss") + 1]


def test_softmax_passes_back_what_all_its_nodes_get() -> None:
    model = Sequential([Input((1,)), Dense(2, "softmax", use_bias=False)], dtype="float64")
    model.set_weights([[[0.0, 0.0]]])
    model.compile("sgd", "mse")
    said = formulas(trace(model, [1], [0, 1]))
    passed = "0.5 × (0.5 - (0.5 × 0.5 + (-0.5) × 0.5))"
    assert said["slope of pre-activation of output 0"] == passed


def test_logits_beyond_the_range_of_exp() -> None:
    logits = losses.CategoricalCrossentropy(from_logits=True)
    check(trace(small("linear", logits, [[900, 899]]), [1], [0, 1]).numbers())
    check(trace(small("softmax", "mse", [[900, 899]]), [1], [0, 1]).numbers())


def test_each_activation_has_a_number_of_its_own() -> None:
    model, y = network("labels")
    seen = trace(model, X[0], y[0])
    numbers = {number.name: number.value for number in seen.numbers()}
    kernel, bias = model.get_weights()
    z = X[0] @ kernel + bias
    for node, value in enumerate(z):
        assert numbers[f"pre-activation of output {node}"] == pytest.approx(value)
        assert numbers[f"output {node} after relu"] == pytest.approx(max(value, 0))
    bent = np.exp(np.maximum(z, 0))
    assert seen.outputs == pytest.approx(tuple(bent / bent.sum()))
    assert [step.activation for step in seen.layers[0][0].steps] == ["relu", "softmax"]
    passed = numbers["slope of output 0 after relu"]
    assert passed == pytest.approx(seen.outputs[0] - (y[0] == 0))


def test_softmax_mixes_one_axis_alone() -> None:
    model = Sequential([Input((2, 3)), Activation(activations.Softmax(axis=1))], dtype="float64")
    model.add(Flatten())
    check(trace(model, np.arange(6.0).reshape(2, 3) / 3).numbers())
    model = Sequential([Input((2, 3)), Softmax(), Flatten()], dtype="float64")
    check(trace(model, np.arange(6.0).reshape(2, 3) / 3).numbers())


# --- rows and their batch ----------------------------------------------------------------------


@pytest.mark.parametrize("weights", [None, np.array([0.0, 2, 1, 0.5, 0, 3])])
def test_a_row_has_its_own_loss_and_the_batch_the_mean(weights: Any) -> None:
    model, y = network("penalties")
    seen = trace_batch(model, X, y, weights)
    each = [row.loss or 0.0 for row in seen.rows]
    own = [float(np.square(model.predict(X[k : k + 1])[0] - y[k]).mean()) for k in range(6)]
    factors = np.ones(6) if weights is None else weights
    assert each == pytest.approx(list(factors * own))
    assert [row.penalty for row in seen.rows] == [0] * 6
    assert seen.penalty > 0
    assert seen.loss == pytest.approx(np.mean(each) + seen.penalty)
    assert work_out(seen.loss_formula) == pytest.approx(seen.loss, rel=1e-5)
    for row in seen.rows:
        check(row.numbers())


def test_a_single_row_has_the_penalty_in_its_loss() -> None:
    model, y = network("penalties")
    seen = trace(model, X[0], y[0])
    assert seen.penalty == model.penalty()
    assert seen.loss == model.compute_gradient(X[:1], y[:1])[0]
    assert formulas(seen)["loss"].endswith(f" + {seen.penalty:.6g}")


def test_the_penalty_is_in_the_slopes_of_all_that_has_one() -> None:
    model = small("linear", "mse", [[1]], bias_regularizer=BOTH)
    model.set_weights([[[1.0]], [0.5]])
    said = formulas(trace(model, [2], [0]))
    assert said["slope of bias of output"] == "5 + 0.01 + 2 × 0.1 × 0.5"


def test_normalization_over_the_places_of_a_picture() -> None:
    model = Sequential([Input((2, 3)), Activation("tanh")], dtype="float64", seed=2)
    for layer in (BatchNormalization(gamma_regularizer="l2"), BatchNormalization(), Flatten()):
        model.add(layer)
    model.add(Dense(1))
    model.compile("sgd", "mse")
    x = RNG.normal(size=(4, 2, 3))
    batch = trace_batch(model, x, np.ones(4), training=True)
    assert not check(batch.numbers())
    for row in batch.rows:
        check(row.numbers())
    for training in (False, True):
        check(trace(model, x[0], 1, training=training).numbers())


def test_a_trace_keeps_its_numbers_when_training_goes_on() -> None:
    model, y = network("penalties")
    batch = trace_batch(model, X, y)
    before = batch.row(0), list(batch.weights())
    model.parameters += 1
    assert (batch.row(0), list(batch.weights())) == before


def test_a_loss_of_your_own_is_said_in_words() -> None:
    class Cubed(losses.MeanSquaredError):
        default_name = "mean_cubed_error"

    said = formulas(trace(small("linear", Cubed(), [[1]]), [2], [0]))
    assert said["loss"] == "mean cubed error of predicted (2) and actual (0)"
    assert said["slope of output"] == "the slope of mean cubed error"
