"""Stages: the arrays of one pass, forward and back, as the layers made them.

The model's own `forward` and `backward` run, and all that they make is copied on the way. So what
a trace shows is what training computes, to the last bit.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from engine import layers
from engine.activations import ActivationFunction
from engine.regularizers import Regularizer

if TYPE_CHECKING:
    from engine.model import Sequential

Array = NDArray[Any]


@dataclass
class Stage:
    """A layer that makes numbers of its own, and the activation functions after it.

    All arrays are (rows, nodes), whatever shape the layer's rows have, which is `shape`. `values`
    holds the pre-activation, then what each activation made of it; `slopes` dL/dvalue of each,
    None without a target and for layers before which nothing is learned; `rates` f'(z) of each
    activation. Linear activations leave their numbers as they are and are left out.
    """

    kind: str
    layer: layers.Layer | None
    shape: tuple[int, ...]
    x: Array
    values: list[Array]
    slopes: list[Array | None] = field(default_factory=lambda: [None])
    activations: list[ActivationFunction] = field(default_factory=list)
    rates: list[Array] = field(default_factory=list)
    terms: dict[str, Array] = field(default_factory=dict)
    weights: dict[str, Array] = field(default_factory=dict)
    gradients: dict[str, Array] = field(default_factory=dict)
    regularizers: dict[str, Regularizer] = field(default_factory=dict)

    @property
    def value_slope(self) -> Array | None:
        """dL/dvalue of the nodes, (rows, nodes)."""
        return self.slopes[-1]

    @property
    def pre_activation_slope(self) -> Array | None:
        """dL/dpre-activation of the nodes, (rows, nodes)."""
        return self.slopes[0]

    def apply(self, activation: ActivationFunction, value: Array) -> None:
        """Add an activation that turned the last value into this one."""
        if activation.name == "linear":
            return
        self.rates.append(activation.slope(self.values[-1], value))
        self.activations.append(activation)
        self.values.append(value)
        self.slopes.append(None)

    def steps(self) -> list[int]:
        """The places in `activations`; a Dense layer without one has linear, at place -1."""
        return list(range(len(self.activations))) or ([-1] if self.kind == "Dense" else [])

    def mixed_with(self, activation: ActivationFunction, node: int) -> tuple[list[int], int]:
        """The nodes that softmax mixes with this one, and its own place among them."""
        places = np.arange(math.prod(self.shape)).reshape(self.shape)
        axis = getattr(activation, "axis", -1)
        axis = axis - 1 if axis > 0 else axis  # it counts the rows as axis 0
        along = np.moveaxis(places, axis, -1).reshape(-1, self.shape[axis])
        line, place = np.argwhere(along == node)[0]
        return along[line].tolist(), int(place)

    def same_weight(self, node: int, name: str) -> list[int]:
        """The nodes that have this node's gamma or beta: axes before the last are only rows."""
        width = len(self.weights[name])
        return list(range(node % width, self.values[0].shape[1], width))


@dataclass
class Pass:
    """One pass: its stages, and with a target its loss, of which `penalty` is a part.

    `row_losses` are those of each row, times its weight, without penalty; `partners` says that
    the loss and the last activation went back in one step, with a slope such as p - y.
    """

    stages: list[Stage]
    outputs: Array
    training: bool
    loss: float | None = None
    penalty: float = 0.0
    row_losses: Array | None = None
    partners: bool = False


def watch(
    model: Sequential, x: Array, y: Array | None, weights: Array | None, training: bool
) -> Pass:
    """Run rows x through the model, with targets y back again, and copy everything.

    The model is left as it was: weights, gradient and statistics.
    """
    kept = model.gradient.copy(), model.statistics.copy()
    watcher = _Watcher(x)
    model.watch_forward, model.watch_backward = watcher.forward, watcher.backward
    # Numbers beyond the range of the dtype come out as inf: a warning would land on the screen.
    with np.errstate(all="ignore"):
        try:
            outputs = model.forward(x, training).copy()
            seen = Pass(watcher.stages, outputs, training)
            if y is not None:
                _, loss = model.need_compiled()
                each, slope = loss.per_row(y, outputs), loss.slope(y, outputs)
                if weights is not None:
                    each, slope = each * weights, slope * weights[:, None]
                if watcher.stages:
                    # The shortcut of a loss with its activation leaves this one out.
                    watcher.stages[-1].slopes[-1] = slope
                seen.row_losses = each
                seen.loss = model.backward(loss, y, outputs, weights)
                seen.penalty, seen.partners = model.penalty(), watcher.partners
                watcher.read_gradients()
        finally:
            model.watch_forward = model.watch_backward = None
            np.copyto(model.gradient, kept[0])
            np.copyto(model.statistics, kept[1])
    return seen


class _Watcher:
    """Sorts what the passes of the layers made into stages."""

    def __init__(self, x: Array) -> None:
        self.stages: list[Stage] = []
        self.partners = False
        #: the stage of a layer, and which of its values the layer made
        self._made: dict[layers.Layer, tuple[Stage, int]] = {}
        self._last = _flat(x)

    def forward(self, layer: layers.Layer, output: Array) -> None:
        value = _flat(output)
        if isinstance(layer, layers.ActivationLayer):
            if not self.stages:
                self.stages.append(
                    Stage("Activation", None, layer.input_shape, self._last, [self._last])
                )
                self.stages[-1].terms = {"input": self._last}
            self.stages[-1].apply(layer.activation, value)
        elif not isinstance(layer, layers.Flatten):
            self.stages.append(self._stage(layer, value))
        if self.stages:
            self._made[layer] = self.stages[-1], len(self.stages[-1].values) - 1
        self._last = value

    def _stage(self, layer: layers.Layer, value: Array) -> Stage:
        first = (
            layer.pre_activation(len(value)).copy() if isinstance(layer, layers.Dense) else value
        )
        stage = Stage(type(layer).__name__, layer, layer.output_shape, self._last, [first])
        for name, wanted in layer.trainable_wanted().items():
            stage.weights[name] = getattr(layer, name).copy()
            if wanted.regularizer is not None:
                stage.regularizers[name] = wanted.regularizer
        if isinstance(layer, layers.Dense):
            stage.apply(layer.activation, value)
            return stage
        stage.terms = {"input": self._last}
        for name, term in layer.terms(len(value)).items():
            tiled = np.tile(term, value.shape[1] // term.shape[-1])
            stage.terms[name] = np.broadcast_to(tiled, value.shape)
        if isinstance(layer, layers.BatchNormalization):
            _normalize(stage, layer.epsilon)
        return stage

    def backward(self, layer: layers.Layer, arrived: Array, at_pre_activation: bool) -> None:
        if isinstance(layer, layers.Flatten) or layer not in self._made:
            return
        stage, place = self._made[layer]
        self.partners |= at_pre_activation
        stage.slopes[place - at_pre_activation] = _flat(arrived)
        if isinstance(layer, layers.Dense):
            stage.slopes[0] = layer.pre_activation_slope().copy()

    def read_gradients(self) -> None:
        """Copy what the layers found for their weights."""
        for stage in self.stages:
            if stage.layer is None or stage.pre_activation_slope is None:
                continue
            for name in stage.weights:
                stage.gradients[name] = getattr(stage.layer, f"{name}_gradient").copy()


def _normalize(stage: Stage, epsilon: float) -> None:
    """Add what BatchNormalization made before gamma and beta, with its own arithmetic."""
    learned = {name: stage.terms.pop(name) for name in stage.weights}
    terms = stage.terms
    deviation = np.sqrt(terms["variance"] + epsilon)
    terms["normalized input"] = (terms["input"] - terms["mean"]) / deviation
    terms.update(learned)


def _flat(values: Array) -> Array:
    return values.reshape(len(values), -1).copy()
