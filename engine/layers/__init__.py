"""Layers: each turns the values of the layer before into its own, and passes slopes back."""

from collections.abc import Mapping
from typing import Any

from engine.configs import named, resolve
from engine.layers.activation import ELU, Activation, ActivationLayer, LeakyReLU, ReLU, Softmax
from engine.layers.base import FlatVectors, Layer, Shape, Wanted, as_shape
from engine.layers.batch_normalization import BatchNormalization
from engine.layers.dense import Dense
from engine.layers.dropout import Dropout
from engine.layers.shaping import Flatten, Input

__all__ = [
    "ELU",
    "LAYERS",
    "Activation",
    "ActivationLayer",
    "BatchNormalization",
    "Dense",
    "Dropout",
    "FlatVectors",
    "Flatten",
    "Input",
    "Layer",
    "LeakyReLU",
    "ReLU",
    "Shape",
    "Softmax",
    "Wanted",
    "as_shape",
    "from_config",
]

#: every layer by the name that Keras's files have for it
LAYERS: dict[str, type[Layer]] = {
    "InputLayer": Input,
    "Dense": Dense,
    "Activation": Activation,
    "ReLU": ReLU,
    "LeakyReLU": LeakyReLU,
    "ELU": ELU,
    "Softmax": Softmax,
    "Dropout": Dropout,
    "Flatten": Flatten,
    "BatchNormalization": BatchNormalization,
}


def from_config(config: Mapping[str, Any]) -> Layer:
    """The layer of {"class_name": ..., "config": {...}}, Keras's JSON form of a layer.

    Raises:
        ValueError: the engine has no such layer, or not with these arguments.
    """
    example = "an object such as Dense(10), or a dict with its class_name and config"
    if not isinstance(config, Mapping):
        raise ValueError(f"A layer is {example}, not {named(config)}.")
    return resolve("layer", dict(config), LAYERS, Layer, example)
