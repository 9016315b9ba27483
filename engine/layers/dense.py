"""Dense: the layer in which every node takes every input (keras/src/layers/core/dense.py)."""

from __future__ import annotations

from typing import Any

import numpy as np

from engine import activations, initializers, regularizers
from engine.arguments import flag
from engine.configs import serialize
from engine.layers.base import Array, Layer, Shape, Wanted


class Dense(Layer):
    """Every node takes every input: a = f(x W + b).

    x is (rows, inputs), W = `kernel` (inputs, units), b = `bias` (units,), a is (rows, units).
    Backwards, with dz = d loss / d (x W + b) of shape (rows, units):
    dW = x' dz, db = the sum of dz over the rows, dx = dz W'.

    Args:
        units: how many nodes; 1 or more.
        activation: a name such as "relu"; None is linear.
        use_bias: whether there is a bias per node.
        kernel_initializer, bias_initializer: names or objects from engine.initializers.
        kernel_regularizer, bias_regularizer: None, or names or objects from engine.regularizers.
        name, input_shape, input_dim: see Layer.

    Raises:
        ValueError: units below 1, or an unknown name (with the nearest match).
    """

    off = Layer.off | {
        "kernel_constraint": None,
        "bias_constraint": None,
        "lora_rank": None,
        "lora_alpha": None,
        "quantization_config": None,
        "quantization_mode": None,
    }
    kernel: Array
    kernel_gradient: Array
    kernel_slice: slice
    bias: Array | None
    bias_gradient: Array | None
    bias_slice: slice | None

    def __init__(
        self,
        units: int,
        activation: str | activations.ActivationFunction | None = None,
        use_bias: bool = True,
        kernel_initializer: str | initializers.Initializer = "glorot_uniform",
        bias_initializer: str | initializers.Initializer = "zeros",
        kernel_regularizer: str | regularizers.Regularizer | None = None,
        bias_regularizer: str | regularizers.Regularizer | None = None,
        *,
        input_shape: Shape | int | None = None,
        input_dim: int | None = None,
        name: str | None = None,
    ) -> None:
        super().__init__(name=name, input_shape=input_shape, input_dim=input_dim)
        if isinstance(units, bool) or not isinstance(units, int | np.integer) or units < 1:
            raise ValueError(f"Dense needs a whole number of units, 1 or more, not {units!r}.")
        self.units = int(units)
        self.activation = activations.get(activation)
        self.use_bias = flag("use_bias", use_bias)
        self.kernel_initializer = initializers.get(kernel_initializer)
        self.bias_initializer = initializers.get(bias_initializer)
        self.kernel_regularizer = regularizers.get(kernel_regularizer)
        self.bias_regularizer = regularizers.get(bias_regularizer)
        self.bias = self.bias_gradient = self.bias_slice = None

    def build(self, input_shape: Shape) -> None:
        if len(input_shape) != 1:
            raise ValueError(
                f"Dense layer {self.name!r} needs rows of plain numbers, shape (inputs,), but one "
                f"row has shape {input_shape}. Put a Flatten layer before it."
            )
        self.input_shape = input_shape
        self.output_shape = (self.units,)

    def trainable_wanted(self) -> dict[str, Wanted]:
        shape = (self.input_shape[0], self.units)
        wanted = {"kernel": Wanted(shape, self.kernel_initializer, self.kernel_regularizer)}
        if self.use_bias:
            wanted["bias"] = Wanted((self.units,), self.bias_initializer, self.bias_regularizer)
        return wanted

    def forward(self, x: Array, training: bool = False) -> Array:
        z, a, *_ = self._buffers_for(len(x))
        self._x = x
        np.dot(x, self.kernel, out=z)
        if self.bias is not None:
            np.add(z, self.bias, out=z)
        return self.activation.value(z, out=a)

    def backward(self, value_slope: Array, *, at_pre_activation: bool = False) -> Array | None:
        z, a, dz, dx, ones = self._buffers_for(len(value_slope))
        if at_pre_activation:
            dz = value_slope
        else:
            dz = self.activation.backward(z, a, value_slope, out=dz)
        self._dz = dz
        np.dot(self._x.T, dz, out=self.kernel_gradient)
        if self.bias_gradient is not None:
            np.dot(ones, dz, out=self.bias_gradient)  # a product with ones: quicker than a sum
        return np.dot(dz, self.kernel.T, out=dx) if self.passes_slope else None

    def pre_activation(self, rows: int) -> Array:
        """x W + b of the last pass with that many rows, (rows, units)."""
        return self._buffers_for(rows)[0]

    def pre_activation_slope(self) -> Array:
        """d loss / d (x W + b) of the last pass back, (rows, units)."""
        return self._dz

    def get_config(self) -> dict[str, Any]:
        return super().get_config() | {
            "units": self.units,
            "activation": activations.serialize(self.activation),
            "use_bias": self.use_bias,
            "kernel_initializer": serialize(self.kernel_initializer),
            "bias_initializer": serialize(self.bias_initializer),
            "kernel_regularizer": regularizers.serialize(self.kernel_regularizer),
            "bias_regularizer": regularizers.serialize(self.bias_regularizer),
        }

    def _buffer_shapes(self) -> tuple[Shape, ...]:
        units = self.output_shape
        return units, units, units, self.input_shape if self.passes_slope else (), ()

    def _buffers_for(self, rows: int) -> tuple[Array, ...]:
        if rows not in self._buffers:
            super()._buffers_for(rows)[-1].fill(1)
        return self._buffers[rows]
