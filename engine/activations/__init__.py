"""Activation functions: the value of a node from its pre-activation, and the slope there.

Every function works on an array of floats of any shape, element by element; softmax alone works
on rows (the last axis). `z` is the pre-activation, `a` the value. Slopes are d a / d z. NaN stays
NaN, and no value of z that is not huge itself overflows, except in `exponential`.

Names and formulas: keras/src/activations/activations.py; slopes where the function has a corner:
JAX's. `ReLU`, `LeakyReLU`, `ELU` and `Softmax` are also layers in engine.layers, which hold such a
function and take the same parameters.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.activations.base import ActivationFunction
from engine.activations.rectified import (
    ELU,
    SELU,
    HardSigmoid,
    LeakyReLU,
    Linear,
    ReLU,
    ReLU6,
)
from engine.activations.smooth import (
    GELU,
    SIGMOID,
    SOFTPLUS,
    Exponential,
    Mish,
    Sigmoid,
    SiLU,
    Softplus,
    Softsign,
    Tanh,
)
from engine.activations.softmax import Softmax
from engine.configs import named, resolve
from engine.configs import serialize as as_json
from engine.names import look_up

__all__ = [
    "ACTIVATIONS",
    "ELU",
    "GELU",
    "SELU",
    "ActivationFunction",
    "Exponential",
    "HardSigmoid",
    "LeakyReLU",
    "Linear",
    "Mish",
    "ReLU",
    "ReLU6",
    "SiLU",
    "Sigmoid",
    "Softmax",
    "Softplus",
    "Softsign",
    "Tanh",
    "get",
    "serialize",
]

#: Keras's name -> the function with Keras's default parameters
ACTIVATIONS: dict[str, ActivationFunction] = {
    function.name: function
    for function in (
        Linear(),
        ReLU(),
        ReLU6(),
        LeakyReLU(),
        ELU(),
        SELU(),
        GELU(),
        SiLU(),
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
        f"An activation is a name such as 'relu', not {named(activation)}. "
        f"Known: {', '.join(sorted(ACTIVATIONS))}."
    )


def serialize(activation: ActivationFunction) -> str | dict[str, Any]:
    """What Keras writes for it in a layer's config: the name, such as "relu".

    A function with parameters of its own has no name in Keras. It is written as the layer that
    computes the same, which Keras takes as an activation too.
    """
    named = ACTIVATIONS.get(activation.name)
    if named is not None and named.get_config() == activation.get_config():
        return activation.name
    return as_json(activation)
