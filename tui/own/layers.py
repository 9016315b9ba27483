"""What each layer of a network computes, in a few words."""

from __future__ import annotations

from collections.abc import Iterator

from engine import Sequential, activations, layers
from engine.activations import ActivationFunction
from engine.regularizers import Regularizer

SHAPED = ("leaky_relu", "elu")
"""Functions whose parameter is always told: as a layer its default is another one."""


def layer_lines(model: Sequential) -> Iterator[str]:
    """A line for each layer, its name first."""
    width = max((len(layer.name or "") for layer in model.layers), default=0)
    for layer in model.layers:
        yield f"  {layer.name:<{width}}  {does(layer)}"


def does(layer: layers.Layer) -> str:
    """The activation of a layer, or what else it does, and how it is set."""
    match layer:
        case layers.Dense():
            return "; ".join([_function(layer.activation), *_of_weights(layer)])
        case layers.ActivationLayer():
            return _function(layer.activation)
        case layers.Dropout():
            return f"leaves out {100 * layer.rate:g} % of the numbers while it is trained"
        case layers.Flatten():
            return "lays the numbers of a row in one line"
        case layers.BatchNormalization():
            told = f"momentum {layer.momentum:g}, epsilon {layer.epsilon:g}"
            missing = [] if layer.scale else ["no gamma"]
            missing += [] if layer.center else ["no beta"]
            return ", ".join(["takes each node's mean and spread out; " + told, *missing])
    return type(layer).__name__


def _function(function: ActivationFunction) -> str:
    """The name of a function, with the parameters that are not the usual ones."""
    usual = activations.get(function.name).get_config() if function.name not in SHAPED else {}
    told = (
        f"{name} {value:g}"
        for name, value in function.get_config().items()
        if value is not None and value != usual.get(name)
    )
    return ", ".join([function.name, *told])


def _of_weights(layer: layers.Dense) -> Iterator[str]:
    if not layer.use_bias:
        yield "no bias"
    for what in ("kernel", "bias"):
        if (penalty := getattr(layer, f"{what}_regularizer")) is not None:
            yield f"{_penalty(penalty)} on the {what}"


def _penalty(penalty: Regularizer) -> str:
    factors = (f"{name} {value:g}" for name, value in penalty.get_config().items() if value)
    return " and ".join(factors) or "no penalty"
