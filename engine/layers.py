"""Layers: each turns the values of the layer before into its own, and passes slopes back.

Shapes leave out the rows: a layer of shape (units,) works on arrays (rows, units). Weights live
in the model's one flat parameter vector; a layer holds views into it, and into the flat gradient.
Names and arguments: keras/src/layers/core/dense.py, core/input_layer.py,
activations/activation.py, reshaping/flatten.py.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine import activations, initializers

Array = NDArray[Any]
Shape = tuple[int, ...]


class Layer:
    """What every layer has: a name, shapes, and a place in the flat vectors.

    Layers that learn also have, once built, `kernel`, `kernel_gradient` (views into the flat
    vectors) and `kernel_slice` (where in them), and the same three for `bias`.
    """

    kernel: Array
    kernel_gradient: Array
    kernel_slice: slice

    def __init__(self, *, name: str | None = None, input_shape: Shape | int | None = None) -> None:
        self.name = name
        self.given_input_shape = None if input_shape is None else as_shape(input_shape)
        self.input_shape: Shape = ()
        self.output_shape: Shape = ()
        self.is_first = False
        self.is_attached = False
        self._buffers: dict[int, tuple[Array, ...]] = {}
        self._dtype: np.dtype[Any] = np.dtype(np.float32)

    def build(self, input_shape: Shape) -> None:
        """Take the shape of one row of the input and work out the shape of one of the output."""
        self.input_shape = input_shape
        self.output_shape = input_shape

    def weights_wanted(self) -> dict[str, tuple[Shape, initializers.Initializer]]:
        """Name -> (shape, initializer) of the weights that this layer needs, in Keras's order."""
        return {}

    def attach(self, parameters: Array, gradient: Array, start: int) -> int:
        """Take views into the flat vectors from `start` on; return where the next layer starts."""
        self._dtype = parameters.dtype
        self._buffers = {}
        for name, (shape, _) in self.weights_wanted().items():
            place = slice(start, start + math.prod(shape))
            setattr(self, name, parameters[place].reshape(shape))
            setattr(self, f"{name}_gradient", gradient[place].reshape(shape))
            setattr(self, f"{name}_slice", place)
            start = place.stop
        self.is_attached = True
        return start

    @property
    def weights(self) -> list[Array]:
        """The layer's weight arrays, as views, in Keras's order."""
        return [getattr(self, name) for name in self.weights_wanted()]

    def count_params(self) -> int:
        """How many numbers this layer learns."""
        return sum(math.prod(shape) for shape, _ in self.weights_wanted().values())

    def forward(self, x: Array) -> Array:
        """(rows, *input_shape) -> (rows, *output_shape). The result is reused by the next call."""
        raise NotImplementedError

    def backward(self, value_slope: Array, *, at_pre_activation: bool = False) -> Array | None:
        """d loss / d output -> d loss / d input; fills in the gradient of the layer's weights.

        With `at_pre_activation` the slope that comes in is already d loss / d pre-activation.
        The first layer returns None: nobody needs the slope of the data.
        """
        raise NotImplementedError

    def get_config(self) -> dict[str, Any]:
        """The arguments that make the same layer again."""
        config: dict[str, Any] = {"name": self.name}
        if self.given_input_shape is not None:
            config["input_shape"] = self.given_input_shape
        return config

    def _buffer_shapes(self) -> tuple[Shape, ...]:
        """The shapes, without rows, of the working arrays that `_buffers_for` hands out."""
        return ()

    def _buffers_for(self, rows: int) -> tuple[Array, ...]:
        """Working arrays for that many rows, made once and used again in every step."""
        found = self._buffers.get(rows)
        if found is None:
            if len(self._buffers) >= 8:
                self._buffers.clear()
            found = tuple(
                np.empty((rows, *shape), dtype=self._dtype) for shape in self._buffer_shapes()
            )
            self._buffers[rows] = found
        return found


class Input(Layer):
    """Says what one row of the data looks like: Input(shape=(9,)). It computes nothing."""

    def __init__(self, shape: Shape | int, name: str | None = None) -> None:
        super().__init__(name=name, input_shape=shape)

    def forward(self, x: Array) -> Array:
        return x

    def backward(self, value_slope: Array, *, at_pre_activation: bool = False) -> Array | None:
        return value_slope

    def get_config(self) -> dict[str, Any]:
        return {"name": self.name, "shape": self.given_input_shape}


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
        input_shape: the shape of one row, (inputs,), where this is the first layer; `input_dim`
            is the same as a plain number.

    Raises:
        ValueError: units below 1, or an unknown name (with the nearest match).
    """

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
        *,
        input_shape: Shape | int | None = None,
        input_dim: int | None = None,
        name: str | None = None,
    ) -> None:
        super().__init__(name=name, input_shape=input_shape if input_dim is None else input_dim)
        if isinstance(units, bool) or not isinstance(units, int | np.integer) or units < 1:
            raise ValueError(f"Dense needs a whole number of units, 1 or more, not {units!r}.")
        self.units = int(units)
        self.activation = activations.get(activation)
        self.use_bias = use_bias
        self.kernel_initializer = initializers.get(kernel_initializer)
        self.bias_initializer = initializers.get(bias_initializer)
        self.bias = self.bias_gradient = self.bias_slice = None

    def build(self, input_shape: Shape) -> None:
        if len(input_shape) != 1:
            raise ValueError(
                f"Dense layer {self.name!r} needs rows of plain numbers, shape (inputs,), but one "
                f"row has shape {input_shape}. Put a Flatten layer before it."
            )
        self.input_shape = input_shape
        self.output_shape = (self.units,)

    def weights_wanted(self) -> dict[str, tuple[Shape, initializers.Initializer]]:
        wanted: dict[str, tuple[Shape, initializers.Initializer]] = {
            "kernel": ((self.input_shape[0], self.units), self.kernel_initializer)
        }
        if self.use_bias:
            wanted["bias"] = ((self.units,), self.bias_initializer)
        return wanted

    def forward(self, x: Array) -> Array:
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
        np.dot(self._x.T, dz, out=self.kernel_gradient)
        if self.bias_gradient is not None:
            np.dot(ones, dz, out=self.bias_gradient)
        return None if self.is_first else np.dot(dz, self.kernel.T, out=dx)

    def get_config(self) -> dict[str, Any]:
        return super().get_config() | {
            "units": self.units,
            "activation": self.activation.name,
            "use_bias": self.use_bias,
            "kernel_initializer": _initializer_config(self.kernel_initializer),
            "bias_initializer": _initializer_config(self.bias_initializer),
        }

    def _buffer_shapes(self) -> tuple[Shape, ...]:
        units = self.output_shape
        return units, units, units, self.input_shape, ()

    def _buffers_for(self, rows: int) -> tuple[Array, ...]:
        if rows not in self._buffers:
            super()._buffers_for(rows)[-1].fill(1)
        return self._buffers[rows]


class Activation(Layer):
    """An activation function as a layer of its own: a = f(x), the same shape as x."""

    def __init__(
        self,
        activation: str | activations.ActivationFunction,
        *,
        input_shape: Shape | int | None = None,
        name: str | None = None,
    ) -> None:
        super().__init__(name=name, input_shape=input_shape)
        self.activation = activations.get(activation)

    def forward(self, x: Array) -> Array:
        a, _ = self._buffers_for(len(x))
        self._x = x
        return self.activation.value(x, out=a)

    def backward(self, value_slope: Array, *, at_pre_activation: bool = False) -> Array | None:
        if self.is_first:
            return None
        if at_pre_activation:
            return value_slope
        a, dx = self._buffers_for(len(value_slope))
        return self.activation.backward(self._x, a, value_slope, out=dx)

    def get_config(self) -> dict[str, Any]:
        return super().get_config() | {"activation": self.activation.name}

    def _buffer_shapes(self) -> tuple[Shape, ...]:
        return self.input_shape, self.input_shape


class Flatten(Layer):
    """Lays the numbers of a row in one line: (28, 28) becomes (784,)."""

    def build(self, input_shape: Shape) -> None:
        self.input_shape = input_shape
        self.output_shape = (math.prod(input_shape),)

    def forward(self, x: Array) -> Array:
        return x.reshape(len(x), -1)

    def backward(self, value_slope: Array, *, at_pre_activation: bool = False) -> Array | None:
        return None if self.is_first else value_slope.reshape(-1, *self.input_shape)


def as_shape(shape: Any) -> Shape:
    """The shape of one row as a tuple of whole numbers; a plain number means one axis.

    Raises:
        ValueError: it is not a shape, or has an axis below 1.
    """
    axes = (shape,) if isinstance(shape, int | np.integer) else shape
    if not isinstance(axes, tuple | list) or not all(
        isinstance(axis, int | np.integer) and axis >= 1 for axis in axes
    ):
        raise ValueError(
            "An input shape is the shape of one row, without the number of rows, such as (9,); "
            f"got {shape!r}."
        )
    return tuple(int(axis) for axis in axes)


def _initializer_config(initializer: initializers.Initializer) -> dict[str, Any]:
    return {
        "class_name": type(initializer).__name__,
        "config": initializer.get_config(),
    }
