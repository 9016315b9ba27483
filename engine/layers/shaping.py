"""Layers that compute nothing: Input and Flatten.

Names and arguments: keras/src/layers/core/input_layer.py and layers/reshaping/flatten.py.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, Self

from engine.layers.base import Array, Layer, Shape, as_shape


class Input(Layer):
    """Says what one row of the data looks like: Input(shape=(9,)). It computes nothing."""

    class_name = "InputLayer"  # what Keras calls it in files

    def __init__(self, shape: Shape | int, name: str | None = None) -> None:
        super().__init__(name=name, input_shape=as_shape(shape))

    def forward(self, x: Array, training: bool = False) -> Array:
        return x

    def backward(self, value_slope: Array, *, at_pre_activation: bool = False) -> Array | None:
        return value_slope

    def get_config(self) -> dict[str, Any]:
        return {"batch_shape": [None, *(self.given_input_shape or ())], "name": self.name}

    @classmethod
    def from_config(cls, config: Mapping[str, Any]) -> Self:
        """From Keras's config of an InputLayer, whose shape may stand under one of three names."""
        for key in ("batch_shape", "batch_input_shape", "shape"):
            if config.get(key) is not None:
                shape = tuple(config[key])
                return cls(shape if key == "shape" else shape[1:], name=config.get("name"))
        raise ValueError(f"An InputLayer needs a batch_shape such as (None, 9), not {config!r}.")


class Flatten(Layer):
    """Lays the numbers of a row in one line: (28, 28) becomes (784,)."""

    off = Layer.off | {"data_format": "channels_last"}

    def build(self, input_shape: Shape) -> None:
        self.input_shape = input_shape
        self.output_shape = (math.prod(input_shape),)

    def forward(self, x: Array, training: bool = False) -> Array:
        return x.reshape(len(x), -1)

    def backward(self, value_slope: Array, *, at_pre_activation: bool = False) -> Array | None:
        return value_slope.reshape(-1, *self.input_shape) if self.passes_slope else None
