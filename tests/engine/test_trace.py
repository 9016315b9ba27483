"""The trace of one row against the course's numbers, training and finite differences."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import Activation, Dense, Flatten, Input, Sequential, Trace, trace

Rows = list[list[float]]


def network(
    *weights: Rows, hidden: str = "relu", output: str = "linear", loss: str | None = "mse"
) -> Sequential:
    """A float64 network without biases from weights written as in the course, a row per node."""
    model = Sequential([Input((len(weights[0][0]),))], dtype="float64")
    for rows in weights:
        last = rows is weights[-1]
        model.add(Dense(len(rows), activation=output if last else hidden, use_bias=False))
    model.set_weights([np.array(rows, dtype=float).T for rows in weights])
    if loss is not None:
        model.compile(optimizer="sgd", loss=loss)
    return model


def values(traced: Trace) -> list[list[float]]:
    return [[node.value for node in layer] for layer in traced.layers]


def slopes(traced: Trace) -> list[list[list[float | None]]]:
    """dL/dweight as the course writes weights: layers, nodes, sources."""
    return [[[p.slope for p in node.products] for node in layer] for layer in traced.layers]


def number(value: float | None) -> float:
    """A slope or a loss that has to be there."""
    assert value is not None
    return value


# --- the course's numbers ----------------------------------------------------------------------

BANK: tuple[Rows, Rows] = ([[1, 1], [-1, 1]], [[2, -1]])


def test_forward_propagation() -> None:
    traced = trace(network(*BANK, hidden="linear", loss=None), [2, 3])
    assert values(traced) == [[5, 1], [9]]
    assert list(traced.inputs) == [2, 3]
    assert list(traced.outputs) == [9]
    top = traced.layers[0][0]
    assert [(p.input, p.weight, p.value) for p in top.products] == [(2, 1, 2), (3, 1, 3)]
    assert (top.pre_activation, top.activation, top.activation_slope) == (5, "linear", 1)
    assert top.bias is None


def test_without_a_target_there_are_no_slopes() -> None:
    traced = trace(network(*BANK, loss=None), [2, 3])
    assert (traced.target, traced.error, traced.loss) == (None, None, None)
    node = traced.layers[0][0]
    assert (node.value_slope, node.pre_activation_slope, node.bias_slope) == (None, None, None)
    assert node.products[0].slope is None


def test_tanh_to_the_last_digit() -> None:
    traced = trace(network(*BANK, hidden="tanh", loss=None), [2, 3])
    assert traced.outputs == (1.2382242525694254,)
    assert traced.layers[0][0].activation_slope == pytest.approx(1 - math.tanh(5) ** 2)


def test_a_deeper_network() -> None:
    model = network([[2, 4], [4, -5]], [[-1, 1], [2, 2]], [[-3, 7]], loss=None)
    traced = trace(model, [3, 5])
    assert values(traced) == [[26, 0], [0, 52], [364]]
    assert traced.layers[0][1].pre_activation == -13
    assert traced.layers[1][0].pre_activation == -26


def test_the_slope_of_one_weight_and_its_factors() -> None:
    traced = trace(network([[2]]), [3], 10)
    output = traced.layers[0][0]
    assert list(traced.error or ()) == [-4]
    assert traced.loss == 16
    assert output.value_slope == 2 * -4
    assert output.activation_slope == 1
    assert output.products[0].input == 3
    assert output.products[0].slope == -24


def test_two_weights_at_once() -> None:
    traced = trace(network([[1, 2]]), [3, 4], 6)
    assert list(traced.error or ()) == [5]
    assert slopes(traced) == [[[30, 40]]]


def test_backpropagation_by_numbers() -> None:
    traced = trace(network([[0, 1], [2, 3]], [[1, 3]]), [0, 1], 7)
    assert values(traced) == [[1, 3], [10]]
    assert (traced.error, traced.loss) == ((3,), 9)
    assert slopes(traced) == [[[0, 6], [0, 18]], [[6, 18]]]
    assert [node.value_slope for node in traced.layers[0]] == [6, 18]
    assert traced.layers[1][0].pre_activation_slope == 6


def test_the_slope_of_a_node_adds_weight_times_slope() -> None:
    """60, not 24: weights 1 and 3 lead into nodes of slope 6 and 18."""
    traced = trace(network([[2, -2], [4, -1]], [[0, 1], [2, 3]], [[1, 3]]), [0.5, 1], 7)
    assert values(traced) == [[0, 1], [1, 3], [10]]
    assert traced.layers[0][1].value_slope == 60
    # The first node's sum is -1, so ReLU lets nothing through: 0, 0 for it and 30, 60 beside it.
    assert slopes(traced)[0] == [[0, 0], [30, 60]]


def test_the_gate_of_relu() -> None:
    traced = trace(network([[1], [-1], [0]], [[1, 1, 1]]), [1], 0)
    assert [node.activation_slope for node in traced.layers[0]] == [1, 0, 0]


def test_softmax_and_cross_entropy() -> None:
    model = network([[2], [1], [0.1]], output="softmax", loss="categorical_crossentropy")
    traced = trace(model, [1], [1, 0, 0])
    assert traced.outputs[0] == pytest.approx(0.659, abs=0.0005)
    assert sum(traced.outputs) == pytest.approx(1)
    assert traced.loss == pytest.approx(-math.log(traced.outputs[0]))
    first, second, _ = traced.layers[0]
    assert first.pre_activation_slope == traced.outputs[0] - 1
    assert second.pre_activation_slope == traced.outputs[1]
    assert first.value_slope == pytest.approx(1 - 1 / traced.outputs[0])
    assert first.activation_slope == pytest.approx(traced.outputs[0] * (1 - traced.outputs[0]))


# --- names -------------------------------------------------------------------------------------


def node_names(traced: Trace) -> list[list[str]]:
    return [[node.name for node in layer] for layer in traced.layers]


def weight_names(traced: Trace) -> list[str]:
    return [p.name for layer in traced.layers for node in layer for p in node.products]


def test_names_with_one_hidden_layer() -> None:
    traced = trace(network(*BANK), [2, 3])
    assert traced.input_names == ("input 0", "input 1")
    assert node_names(traced) == [["node 0", "node 1"], ["output"]]
    assert weight_names(traced) == [
        *("weight 0→0", "weight 1→0", "weight 0→1", "weight 1→1"),
        *("weight 0→output", "weight 1→output"),
    ]


def test_names_with_more_layers_and_outputs() -> None:
    traced = trace(network([[1]], [[1], [1]], [[1, 1], [1, 1]]), [1])
    assert node_names(traced) == [["node 1.0"], ["node 2.0", "node 2.1"], ["output 0", "output 1"]]
    assert weight_names(traced) == [
        *("weight 0→1.0", "weight 1.0→2.0", "weight 1.0→2.1"),
        *("weight 2.0→output 0", "weight 2.1→output 0"),
        *("weight 2.0→output 1", "weight 2.1→output 1"),
    ]


def test_places_are_counted_from_0() -> None:
    node = trace(network(*BANK), [2, 3]).layers[0][1]
    assert (node.layer, node.index) == (0, 1)
    assert [(p.layer, p.node, p.source) for p in node.products] == [(0, 1, 0), (0, 1, 1)]


def test_zero_has_no_sign() -> None:
    product = trace(network([[-1]], loss=None), [0]).layers[0][0].products[0]
    assert math.copysign(1, product.value) == 1


# --- the same numbers as training --------------------------------------------------------------

LOSSES = {
    "linear": ("mse", "mae"),
    "tanh": ("mse",),
    "sigmoid": ("binary_crossentropy", "mse"),
    "softmax": ("categorical_crossentropy", "mse"),
}
ELEMENTWISE = ["linear", "relu", "leaky_relu", "elu", "selu", "sigmoid", "softplus", "tanh"]


@st.composite
def cases(draw: st.DrawFn) -> tuple[Sequential, np.ndarray, np.ndarray]:
    """A small random network with random weights, one row and a target that suits its loss."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    output = draw(st.sampled_from(sorted(LOSSES)))
    outputs = draw(st.integers(2, 3) if output == "softmax" else st.integers(1, 3))
    model = Sequential([Input((draw(st.integers(1, 4)),))], dtype="float64")
    for units in draw(st.lists(st.integers(1, 5), max_size=3)):
        use_bias = draw(st.booleans())
        if draw(st.booleans()):
            model.add(Dense(units, draw(st.sampled_from(ELEMENTWISE)), use_bias))
        else:
            model.add(Dense(units, use_bias=use_bias))
            model.add(Activation(draw(st.sampled_from(ELEMENTWISE))))
    if draw(st.booleans()):
        model.add(Dense(outputs, output))
    else:
        model.add(Dense(outputs))
        model.add(Activation(output))
    model.set_weights([rng.normal(size=weight.shape) for weight in model.get_weights()])
    model.compile("sgd", draw(st.sampled_from(LOSSES[output])))
    x = rng.normal(size=model.input_shape)
    y = np.eye(outputs)[0] if output in ("softmax", "sigmoid") else rng.normal(size=outputs)
    return model, x, y


def flat(traced: Trace) -> np.ndarray:
    """All weights' slopes in the order of the model's flat gradient: kernel, then bias."""
    numbers: list[Any] = []
    for layer in traced.layers:
        numbers += [n.products[i].slope for i in range(len(layer[0].products)) for n in layer]
        numbers += [node.bias_slope for node in layer if node.bias is not None]
    return np.array(numbers)


@given(cases())
def test_a_trace_has_the_very_bits_of_training(case) -> None:
    model, x, y = case
    traced = trace(model, x, y)
    loss, predictions = model.compute_gradient(x[None], y[None])
    assert traced.outputs == tuple(predictions[0])
    assert traced.loss == loss
    assert np.array_equal(flat(traced), model.gradient)


@given(cases())
def test_a_trace_changes_nothing(case) -> None:
    model, x, y = case
    model.compute_gradient(x[None] + 1, y[None])
    weights, gradient = model.parameters.copy(), model.gradient.copy()
    first = trace(model, x, y)
    assert np.array_equal(model.parameters, weights)
    assert np.array_equal(model.gradient, gradient)
    assert trace(model, x, y) == first


@given(cases())
def test_sums_and_chains_hold_together(case) -> None:
    model, x, y = case
    traced = trace(model, x, y)
    for node in (node for layer in traced.layers for node in layer):
        total = sum(p.value for p in node.products) + (node.bias or 0)
        assert node.pre_activation == pytest.approx(total, rel=1e-12, abs=1e-12)
        slope = number(node.pre_activation_slope)
        for product in node.products:
            assert product.slope == pytest.approx(product.input * slope, rel=1e-12)
        # Softmax mixes its nodes, and cross-entropy clips probabilities next to 0 and 1.
        if "softmax" not in node.activation and model.loss.name != "binary_crossentropy":
            chain = number(node.value_slope) * node.activation_slope
            assert slope == pytest.approx(chain, rel=1e-12)


SMOOTH = ["linear", "sigmoid", "softplus", "tanh"]


@settings(deadline=None)  # some fifty traces each time: a busy machine takes a while for them
@given(st.integers(0, 10_000), st.sampled_from(SMOOTH), st.sampled_from(sorted(LOSSES)))
def test_slopes_against_finite_differences(seed: int, hidden: str, output: str) -> None:
    """Nudge each weight by h both ways: (L(w + h) - L(w - h)) / 2h is its slope, to about h²."""
    rng = np.random.default_rng(seed)
    model = Sequential([Input((3,)), Dense(4, hidden), Dense(2, output)], dtype="float64")
    # Small weights: where a sigmoid or softmax is saturated, the difference of two losses is
    # rounding, and where it is clipped the loss does not answer a nudge at all.
    small = [0.4 * rng.normal(size=weight.shape) for weight in model.get_weights()]
    model.set_weights(small)
    model.compile("sgd", LOSSES[output][0])
    x, y = rng.normal(size=3), np.array([0.0, 1.0])
    found = flat(trace(model, x, y))
    h = 1e-5

    def loss_with(index: int, value: float) -> float:
        model.parameters[index] = value
        return number(trace(model, x, y).loss)

    for index in range(model.parameters.size):
        kept = model.parameters[index]
        nudged = (loss_with(index, kept + h) - loss_with(index, kept - h)) / (2 * h)
        model.parameters[index] = kept
        assert found[index] == pytest.approx(nudged, rel=1e-6, abs=1e-6)


def test_single_precision_is_that_of_the_model() -> None:
    model = Sequential([Dense(3, "relu", input_shape=(4,)), Dense(1)], seed=1)
    x = np.random.default_rng(0).normal(size=4)
    assert trace(model, x).outputs == (float(model.predict(x[None])[0, 0]),)


def test_activations_in_a_row() -> None:
    model = Sequential([Input((1,)), Dense(1, "tanh"), Activation("relu")], dtype="float64")
    model.set_weights([[[2.0]], [0.5]])
    node = trace(model, [1]).layers[0][0]
    assert node.activation == "tanh, then relu"
    assert node.bias == 0.5
    assert node.value == math.tanh(2.5)
    assert node.activation_slope == pytest.approx(1 - math.tanh(2.5) ** 2)


def test_numbers_out_of_range_come_without_a_warning() -> None:
    assert trace(network([[1e308]]), [1e308], 0).outputs == (math.inf,)


# --- what is refused ---------------------------------------------------------------------------


@pytest.mark.parametrize("x", [[2], [2, 3, 4], [[2, 3]], 2])
def test_x_is_one_row(x: Any) -> None:
    with pytest.raises(ValueError, match=r"one row: expected x of shape \(2,\)"):
        trace(network(*BANK), x)


def test_y_is_one_row() -> None:
    with pytest.raises(ValueError, match=r"expected y of shape \(1,\)"):
        trace(network(*BANK), [2, 3], [1, 2])


def test_numbers_have_to_be_finite() -> None:
    with pytest.raises(ValueError, match="of x has to be finite"):
        trace(network(*BANK), [2, math.nan])
    with pytest.raises(ValueError, match="of y has to be finite"):
        trace(network(*BANK), [2, 3], math.inf)
    with pytest.raises(ValueError, match="x must hold numbers only"):
        trace(network(*BANK), ["two", "three"])


def test_targets_have_to_suit_the_loss() -> None:
    model = network([[1], [1]], output="softmax", loss="categorical_crossentropy")
    with pytest.raises(ValueError, match="sum to 1"):
        trace(model, [1], [1, 1])


def test_a_target_needs_a_loss() -> None:
    with pytest.raises(RuntimeError, match="compile"):
        trace(network(*BANK, loss=None), [2, 3], 13)


def test_a_model_needs_weights() -> None:
    with pytest.raises(RuntimeError, match="input_shape"):
        trace(Sequential([Dense(1)]), [1])


def test_a_row_has_the_shape_that_the_model_takes() -> None:
    model = Sequential([Input((2, 2)), Flatten(), Dense(1)])
    with pytest.raises(ValueError, match=r"expected x of shape \(2, 2\).*got shape \(4,\)"):
        trace(model, [1, 2, 3, 4])
    assert trace(model, [[1, 2], [3, 4]]).inputs == (1, 2, 3, 4)
