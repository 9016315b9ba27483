"""Activation functions: the value of a node from its pre-activation, and the slope there.

Every function works on an array of floats of any shape, element by element; softmax alone works
on rows (the last axis). `z` is the pre-activation, `a` the value. Slopes are d a / d z. NaN stays
NaN, and no value of z that is not huge itself overflows, except in `exponential`.

Names and formulas: keras/src/activations/activations.py; slopes where the function has a corner:
JAX's. The classes are written like Keras's functions, `Relu` and `LeakyRelu`, which tells them
from the layers `ReLU` and `LeakyReLU`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.activations.base import ActivationFunction
from engine.activations.rectified import (
    Elu,
    HardSigmoid,
    LeakyRelu,
    Linear,
    Relu,
    Relu6,
    Selu,
)
from engine.activations.smooth import (
    SIGMOID,
    SOFTPLUS,
    Exponential,
    Gelu,
    Mish,
    Sigmoid,
    Silu,
    Softplus,
    Softsign,
    Tanh,
)
from engine.activations.softmax import Softmax
from engine.configs import resolve
from engine.names import look_up

__all__ = [
    "ACTIVATIONS",
    "ActivationFunction",
    "Elu",
    "Exponential",
    "Gelu",
    "HardSigmoid",
    "LeakyRelu",
    "Linear",
    "Mish",
    "Relu",
    "Relu6",
    "Selu",
    "Sigmoid",
    "Silu",
    "Softmax",
    "Softplus",
    "Softsign",
    "Tanh",
    "get",
]

#: Keras's name -> the function with Keras's default parameters
ACTIVATIONS: dict[str, ActivationFunction] = {
    function.name: function
    for function in (
        Linear(),
        Relu(),
        Relu6(),
        LeakyRelu(),
        Elu(),
        Selu(),
        Gelu(),
        Silu(),
        Mish(),
        SOFTPLUS,
        Softsign(),
        SIGMOID,
        HardSigmoid(),
        Tanh(),
        Exponential(),
        Softmax(),
    )
}
ACTIVATIONS["swish"] = ACTIVATIONS["silu"]


def get(activation: str | Mapping[str, Any] | ActivationFunction | None) -> ActivationFunction:
    """The activation function of that name; None is linear, as in Keras.

    Raises:
        ValueError: the name is unknown; the message has the nearest match.
    """
    if activation is None:
        return ACTIVATIONS["linear"]
    if isinstance(activation, str):
        return look_up("activation", activation, ACTIVATIONS)
    if isinstance(activation, ActivationFunction | Mapping):
        kinds = {name: type(function) for name, function in ACTIVATIONS.items()}
        return resolve("activation", activation, kinds, ActivationFunction, "a name")
    raise ValueError(
        f"An activation is a name such as 'relu', not {activation!r}. "
        f"Known: {', '.join(sorted(ACTIVATIONS))}."
    )
