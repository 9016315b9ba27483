"""One row through the network, number by number: every product, sum, activation and slope.

`trace` does for a single row what the layers do for a batch, with the same functions and in the
same order of arithmetic, and keeps everything that a batch throws away. It changes nothing in the
model: neither weights nor gradient.

For a node with inputs x, weights w, bias b and activation f, and L the loss of the row:

    pre-activation  z = x₀ w₀ + x₁ w₁ + … + b          value  a = f(z)
    dL/dz = dL/da · f'(z)     dL/dw = x · dL/dz     dL/db = dL/dz
    dL/da of a node before = Σ w · dL/dz over the nodes that it feeds
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from engine import layers, losses
from engine.activations import ActivationFunction
from engine.checks import as_numbers

if TYPE_CHECKING:
    from engine.model import Sequential

Array = npt.NDArray[Any]


@dataclass(frozen=True)
class Product:
    """One input of a node times its weight.

    `layer` counts from 0 through the hidden layers to the output, as `Trace.layers` does; `node`
    is the node in that layer, `source` the input or node that the weight comes from. `slope` is
    dL/dweight, None without a target.
    """

    name: str
    layer: int
    node: int
    source: int
    input: float
    weight: float
    value: float
    slope: float | None


@dataclass(frozen=True)
class Node:
    """One node: what flowed in, what it made of it, and the slopes that flow back.

    `bias` is None for a layer without biases. `activation_slope` is d value / d pre_activation;
    for softmax, whose nodes depend on each other, it is the share of the node's own pre-activation,
    a (1 - a). `value_slope` is dL/dvalue, `pre_activation_slope` dL/dpre_activation; these and
    `bias_slope` are None without a target.
    """

    name: str
    layer: int
    index: int
    products: tuple[Product, ...]
    bias: float | None
    bias_slope: float | None
    pre_activation: float
    activation: str
    value: float
    activation_slope: float
    value_slope: float | None
    pre_activation_slope: float | None


@dataclass(frozen=True)
class Trace:
    """Everything about one row. `layers` are the hidden layers in order, then the output.

    `error` is predicted - actual for each output. `target`, `error` and `loss` are None when no
    target was given.
    """

    inputs: tuple[float, ...]
    input_names: tuple[str, ...]
    layers: tuple[tuple[Node, ...], ...]
    outputs: tuple[float, ...]
    target: tuple[float, ...] | None
    error: tuple[float, ...] | None
    loss: float | None


def trace(model: Sequential, x: npt.ArrayLike, y: npt.ArrayLike | None = None) -> Trace:
    """Trace one row `x`, shape (inputs,), and with a target `y`, shape (outputs,), its slopes too.

    `y` may be a plain number for a network with one output; the model then has to be compiled,
    because the slopes are those of its loss. All numbers are computed in the model's dtype.

    Raises ValueError when x or y is not one row of finite numbers that fits the model, or a layer
    is neither Dense nor Activation; RuntimeError when the model has no weights yet, or a target is
    given to a model without a loss.
    """
    steps = _steps(model)
    inputs = _row("x", "inputs", x, len(steps[0].dense.kernel), model.dtype)
    target, loss = None, None
    # Numbers beyond the range of the dtype come out as inf: a warning would land on the screen.
    with np.errstate(all="ignore"):
        outputs = inputs
        for step in steps:
            outputs = step.forward(outputs)
        if y is not None:
            target = _row("y", "outputs", y, outputs.shape[1], model.dtype)
            loss = _backward(steps, model.loss, target)

    return Trace(
        inputs=_numbers(inputs),
        input_names=tuple(f"input {index}" for index in range(inputs.shape[1])),
        layers=_nodes(steps),
        outputs=_numbers(outputs),
        target=None if target is None else _numbers(target),
        error=None if target is None else _numbers(outputs - target),
        loss=loss,
    )


# --- the arithmetic ----------------------------------------------------------------------------


@dataclass
class _Step:
    """A Dense layer and the activations after it, with the arrays of this row, all (1, nodes)."""

    dense: layers.Dense
    activations: list[ActivationFunction]
    x: Array = field(init=False)
    products: Array = field(init=False)  # (inputs, nodes)
    # Before the first activation, between them, after the last: one array more than activations.
    values: list[Array] = field(init=False)
    activation_slope: Array = field(init=False)
    value_slope: Array | None = None
    pre_activation_slope: Array | None = None
    kernel_slope: Array | None = None

    def forward(self, x: Array) -> Array:
        """(1, inputs) -> (1, nodes)."""
        z = np.dot(x, self.dense.kernel)
        if self.dense.bias is not None:
            z = z + self.dense.bias
        self.x, self.products, self.values = x, x.T * self.dense.kernel, [z]
        self.activation_slope = np.ones_like(z)
        for activation in self.activations:
            before = self.values[-1]
            self.values.append(activation.value(before))
            slope = activation.slope(before, self.values[-1])
            self.activation_slope = self.activation_slope * slope
        return self.values[-1]

    def backward(self, value_slope: Array, at_output: Array | None = None) -> Array:
        """dL/dvalue (1, nodes) -> dL/dx (1, inputs).

        `at_output` is dL/d(what goes into the last activation), where the loss knows it directly.
        """
        self.value_slope = slope = value_slope
        for index in reversed(range(len(self.activations))):
            if at_output is not None and index == len(self.activations) - 1:
                slope = at_output
                continue
            before, after = self.values[index], self.values[index + 1]
            slope = self.activations[index].backward(before, after, slope)
        self.pre_activation_slope = slope
        self.kernel_slope = np.dot(self.x.T, slope)
        into: Array = np.dot(slope, self.dense.kernel.T)
        return into


def _backward(steps: Sequence[_Step], loss: losses.Loss | None, target: Array) -> float:
    """Fill in the slopes of every step; returns the loss of the row."""
    if loss is None:
        raise RuntimeError(
            "Slopes are slopes of a loss, and the model has none yet. "
            "Call compile(loss='mean_squared_error') or leave the target out."
        )
    loss.check_targets(target)
    outputs = steps[-1].values[-1]
    # Cross-entropy after its own activation has the short slope p - y, as in training: going
    # through the logarithm and back would lose digits.
    partners = steps[-1].activations[-1].name == loss.partner
    at_output = loss.partner_slope(target, outputs) if partners else None
    slope = steps[-1].backward(loss.slope(target, outputs), at_output)
    for step in reversed(steps[:-1]):
        slope = step.backward(slope)
    return (loss.partner_value if partners else loss.value)(target, outputs)


# --- reading the model and the row -------------------------------------------------------------


def _steps(model: Sequential) -> list[_Step]:
    model.need_weights()
    steps: list[_Step] = []
    for layer in model.layers:
        if isinstance(layer, layers.Dense):
            steps.append(_Step(layer, [layer.activation]))
        elif isinstance(layer, layers.Activation) and steps:
            steps[-1].activations.append(layer.activation)
        else:
            raise ValueError(
                f"trace follows Dense layers and the activations after them, not the "
                f"{type(layer).__name__} layer {layer.name!r}."
            )
    return steps


def _row(name: str, kind: str, given: Any, size: int, dtype: np.dtype[Any]) -> Array:
    row = np.atleast_1d(as_numbers(given, name)).astype(dtype)
    if row.shape != (size,):
        raise ValueError(
            f"trace takes one row: expected {name} of shape ({size},), one number for each of the "
            f"model's {kind}, got shape {row.shape}."
        )
    if not np.isfinite(row).all():
        raise ValueError(f"Every number of {name} has to be finite, got {row.tolist()}.")
    return row[None, :]


# --- names and numbers -------------------------------------------------------------------------


def _nodes(steps: Sequence[_Step]) -> tuple[tuple[Node, ...], ...]:
    sources = [str(index) for index in range(steps[0].x.shape[1])]
    traced = []
    for layer, step in enumerate(steps):
        names = _node_names(layer, len(steps), step.dense.units)
        labels = [name.removeprefix("node ") for name in names]
        traced.append(
            tuple(
                _node(step, layer, index, names[index], _products(step, layer, index, sources, to))
                for index, to in enumerate(labels)
            )
        )
        sources = labels
    return tuple(traced)


def _node_names(layer: int, depth: int, size: int) -> list[str]:
    """ "node 0" in the only hidden layer, "node 2.0" in the second of several, then "output"."""
    if layer == depth - 1:
        return ["output"] if size == 1 else [f"output {index}" for index in range(size)]
    prefix = "node " if depth == 2 else f"node {layer + 1}."
    return [f"{prefix}{index}" for index in range(size)]


def _products(
    step: _Step, layer: int, node: int, sources: Sequence[str], label: str
) -> tuple[Product, ...]:
    kernel, slopes = step.dense.kernel, step.kernel_slope
    return tuple(
        Product(
            name=f"weight {source_label}→{label}",
            layer=layer,
            node=node,
            source=source,
            input=_number(step.x[0, source]),
            weight=_number(kernel[source, node]),
            value=_number(step.products[source, node]),
            slope=None if slopes is None else _number(slopes[source, node]),
        )
        for source, source_label in enumerate(sources)
    )


def _node(step: _Step, layer: int, index: int, name: str, products: tuple[Product, ...]) -> Node:
    bias, slope = step.dense.bias, _at(step.pre_activation_slope, index)
    names = [activation.name for activation in step.activations if activation.name != "linear"]
    return Node(
        name=name,
        layer=layer,
        index=index,
        products=products,
        bias=None if bias is None else _number(bias[index]),
        bias_slope=None if bias is None else slope,
        pre_activation=_number(step.values[0][0, index]),
        activation=", then ".join(names) or "linear",
        value=_number(step.values[-1][0, index]),
        activation_slope=_number(step.activation_slope[0, index]),
        value_slope=_at(step.value_slope, index),
        pre_activation_slope=slope,
    )


def _at(slopes: Array | None, index: int) -> float | None:
    return None if slopes is None else _number(slopes[0, index])


def _numbers(row: Array) -> tuple[float, ...]:
    return tuple(_number(value) for value in row[0])


def _number(value: Any) -> float:
    """A plain float; adding 0 turns -0.0, which would show as "-0", into 0."""
    return float(value) + 0.0
