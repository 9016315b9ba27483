"""Stages: the arrays of one pass, forward and back, as the layers made them.

The model's own `forward` and `backward` run, and all that they make is copied on the way. So what
a trace shows is what training computes, to the last bit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from engine import layers
from engine.activations import ActivationFunction

if TYPE_CHECKING:
    from engine.model import Sequential

Array = NDArray[Any]


@dataclass
class Stage:
    """A layer that makes numbers of its own, and the activation functions after it.

    All arrays are (rows, nodes), whatever shape the layer's rows have. `values` holds the
    pre-activation, then what each activation made of it. The slopes stay None without a target,
    and for layers before which nothing is learned.
    """

    kind: str
    layer: layers.Layer | None
    x: Array
    values: list[Array]
    activations: list[ActivationFunction] = field(default_factory=list)
    activation_slope: Array | None = None
    value_slope: Array | None = None
    pre_activation_slope: Array | None = None
    terms: dict[str, Array] = field(default_factory=dict)
    term_slopes: dict[str, Array] = field(default_factory=dict)
    gradients: dict[str, Array] = field(default_factory=dict)
    penalty_slopes: dict[str, Array] = field(default_factory=dict)

    def apply(self, activation: ActivationFunction, value: Array) -> None:
        """Add an activation that turned the last value into this one."""
        slope = activation.slope(self.values[-1], value)
        before = self.activation_slope
        self.activation_slope = slope if before is None else before * slope
        self.activations.append(activation)
        self.values.append(value)


@dataclass
class Pass:
    """One pass: its stages, and with a target its loss, of which `penalty` is a part."""

    stages: list[Stage]
    outputs: Array
    loss: float | None = None
    penalty: float = 0.0


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
            seen = Pass(watcher.stages, outputs)
            if y is not None:
                _, loss = model.need_compiled()
                # The shortcut of a loss with its activation leaves this one out.
                slope = loss.slope(y, outputs)
                watcher.stages[-1].value_slope = (
                    slope if weights is None else slope * weights[:, None]
                )
                seen.loss = model.backward(loss, y, outputs, weights)
                seen.penalty = model.penalty()
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
        self._stage_of: dict[layers.Layer, Stage] = {}
        self._last = _flat(x)

    def forward(self, layer: layers.Layer, output: Array) -> None:
        value = _flat(output)
        if isinstance(layer, layers.ActivationLayer):
            if not self.stages:
                self.stages.append(Stage("Activation", None, self._last, [self._last]))
                self.stages[-1].terms = {"input": self._last}
            self.stages[-1].apply(layer.activation, value)
        elif not isinstance(layer, layers.Flatten):
            self.stages.append(self._stage(layer, value))
        if self.stages:
            self._stage_of[layer] = self.stages[-1]
        self._last = value

    def _stage(self, layer: layers.Layer, value: Array) -> Stage:
        kind = type(layer).__name__
        if isinstance(layer, layers.Dense):
            stage = Stage(kind, layer, self._last, [layer.pre_activation(len(value)).copy()])
            stage.apply(layer.activation, value)
            return stage
        stage = Stage(kind, layer, self._last, [value])
        stage.terms = {"input": self._last} | {
            name: np.broadcast_to(np.tile(term, value.shape[1] // term.shape[-1]), value.shape)
            for name, term in layer.terms(len(value)).items()
        }
        return stage

    def backward(self, layer: layers.Layer, arrived: Array, at_pre_activation: bool) -> None:
        if isinstance(layer, layers.Flatten):
            return
        stage = self._stage_of[layer]
        slope = _flat(arrived)
        if stage.value_slope is None and not at_pre_activation:
            stage.value_slope = slope
        if isinstance(layer, layers.Dense):
            stage.pre_activation_slope = layer.pre_activation_slope().copy()
        elif stage.layer is layer:
            stage.pre_activation_slope = slope

    def read_gradients(self) -> None:
        """Copy what the layers found for their weights."""
        for stage in self.stages:
            if stage.layer is None or stage.pre_activation_slope is None:
                continue
            for name, wanted in stage.layer.trainable_wanted().items():
                stage.gradients[name] = getattr(stage.layer, f"{name}_gradient").copy()
                penalty = np.zeros_like(stage.gradients[name])
                if wanted.regularizer is not None:
                    wanted.regularizer.add_slope(getattr(stage.layer, name), penalty)
                stage.penalty_slopes[name] = penalty


def _flat(values: Array) -> Array:
    return values.reshape(len(values), -1).copy()


def names_of(stages: Sequence[Stage], input_names: Sequence[str]) -> list[list[str]]:
    """What the nodes of each stage are called.

    "node 0" in the only hidden Dense layer, "node 2.0" in the second of several, "output" at the
    end; a stage that is not Dense adds a word to the names that flow into it.
    """
    dense = [stage for stage in stages if stage.kind == "Dense"]
    names: list[list[str]] = []
    before = list(input_names)
    for stage in stages:
        if stage.kind == "Dense":
            size = stage.values[0].shape[1]
            before = _dense_names(dense.index(stage), len(dense), size)
        elif stage.kind != "Activation":
            word = {"Dropout": "after dropout", "BatchNormalization": "normalized"}[stage.kind]
            before = [f"{name} {word}" for name in before]
        names.append(before)
    return names


def _dense_names(layer: int, depth: int, size: int) -> list[str]:
    if layer == depth - 1:
        return ["output"] if size == 1 else [f"output {index}" for index in range(size)]
    prefix = "node " if depth == 2 else f"node {layer + 1}."
    return [f"{prefix}{index}" for index in range(size)]
