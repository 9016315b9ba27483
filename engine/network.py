"""Network: layers one after the other, all their weights in ONE flat vector.

Each layer's kernel and bias are views into `parameters`, and their slopes views into `gradient`,
so that an optimizer step, a copy or a comparison of all weights is one operation on one array.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.activations import ActivationFunction
from engine.checks import as_numbers
from engine.layers import Input, Layer, Shape, as_shape
from engine.losses import Loss

Array = NDArray[Any]


class Network:
    """Layers that follow each other, forward and back; `Sequential` adds how it learns.

    Args:
        layers: the layers in order; more can be added with `add`.
        dtype: "float32", or "float64" for work whose last digits matter (not in Keras).
        seed: makes the initial weights repeatable (not in Keras).
        name: shown by `summary`.

    Attributes:
        layers: the layers, Input left out, as in Keras.
        parameters: all weights in one flat vector, in the order of `get_weights`.
        gradient: d loss / d parameters of the last training step, flat in the same order.
        built: whether the weights exist, which they do once the shape of a row is known.
    """

    def __init__(
        self,
        layers: Sequence[Layer] | None = None,
        *,
        dtype: str = "float32",
        seed: int | None = None,
        name: str | None = None,
    ) -> None:
        if str(dtype) not in ("float32", "float64"):
            raise ValueError(f"dtype must be 'float32' or 'float64', not {dtype!r}.")
        self.dtype: np.dtype[Any] = np.dtype(str(dtype))
        self.seed = seed
        self.name = name or "sequential"
        self.layers: list[Layer] = []
        self.parameters: Array = np.zeros(0, dtype=self.dtype)
        self.gradient: Array = np.zeros(0, dtype=self.dtype)
        self.built = False
        self._input_shape: Shape | None = None
        self._seeds = np.random.SeedSequence(seed)
        self._shuffle_seeds = np.random.default_rng(self._seeds.spawn(1)[0])
        for layer in layers or ():
            self.add(layer)

    # -- making the network ------------------------------------------------------------------

    def add(self, layer: Layer) -> None:
        """Append a layer. The weights exist as soon as the shape of a row is known.

        Raises:
            ValueError: not a layer, one that is in the model already, or an Input that is late.
        """
        _check_layer(layer)
        if any(layer is present for present in self.layers):
            raise ValueError(f"Layer {layer.name!r} is already in this model; make a new one.")
        if isinstance(layer, Input):
            if self.layers or self._input_shape:
                raise ValueError("Input says what the data looks like, so it must come first.")
            self._input_shape = layer.given_input_shape
            return
        if not self.layers and self._input_shape is None:
            self._input_shape = layer.given_input_shape
        self._give_name(layer)
        self.layers.append(layer)
        self.built = False
        if self._input_shape is not None:
            try:
                self._build(self._input_shape)
            except ValueError:
                self.layers.pop()
                raise

    def build(self, input_shape: tuple[int | None, ...] | int) -> None:
        """Create the weights for rows of this shape, such as (9,).

        A leading None for the number of rows, as Keras writes it, is dropped.

        Raises:
            ValueError: not a shape, or one that a layer cannot take.
        """
        if isinstance(input_shape, tuple) and input_shape and input_shape[0] is None:
            input_shape = input_shape[1:]
        shape = as_shape(input_shape)
        if self._input_shape not in (None, shape):
            raise ValueError(
                f"This model already expects rows of shape {self._input_shape}, not {shape}."
            )
        if self.layers and not self.built:
            self._build(shape)
        self._input_shape = shape

    def _build(self, input_shape: Shape) -> None:
        """Lay all weights out in one flat vector; weights that exist keep their values."""
        kept = [weight.copy() for weight in self._weights()] if self.parameters.size else []
        shape = input_shape
        for index, layer in enumerate(self.layers):
            layer.is_first = index == 0
            layer.build(shape)
            shape = layer.output_shape
        size = sum(layer.count_params() for layer in self.layers)
        self.parameters = np.zeros(size, dtype=self.dtype)
        self.gradient = np.zeros(size, dtype=self.dtype)
        start = 0
        for layer in self.layers:
            start = layer.attach(self.parameters, self.gradient, start)
            for view, (wanted, initializer) in zip(
                layer.weights, layer.weights_wanted().values(), strict=True
            ):
                view[...] = kept.pop(0) if kept else initializer(wanted, self._next_generator())
        self.built = True

    def _next_generator(self) -> np.random.Generator:
        """A generator for the next array of weights: each has a stream of random numbers of its
        own, so that adding a layer leaves the numbers of those before it alone."""
        return np.random.default_rng(self._seeds.spawn(1)[0])

    def next_shuffle_seed(self) -> int:
        """A new seed for each `fit`: the same sequence of seeds for the same model seed."""
        return int(self._shuffle_seeds.integers(2**31))

    def _give_name(self, layer: Layer) -> None:
        taken = {present.name for present in self.layers}
        if layer.name is None:
            kind = type(layer).__name__.lower()
            names = [kind, *(f"{kind}_{number}" for number in range(1, len(taken) + 1))]
            layer.name = next(name for name in names if name not in taken)
        elif layer.name in taken:
            raise ValueError(f"There is already a layer called {layer.name!r} in this model.")

    # -- forward and back --------------------------------------------------------------------

    def forward(self, x: Array) -> Array:
        """(rows, *input_shape) -> (rows, *output_shape), in an array that the next call reuses.

        x must be an array of the model's dtype; `predict` takes anything.
        """
        for layer in self.layers:
            x = layer.forward(x)
        return x

    def backward(self, loss: Loss, y: Array, p: Array) -> float:
        """Fill `gradient` for the batch that `forward` has just turned into p; returns its loss.

        y and p are (rows, outputs). No weight is changed.
        """
        last = self.layers[-1]
        activation: ActivationFunction | None = getattr(last, "activation", None)
        # Cross-entropy and softmax cancel: together their slope is p - y, shorter and exact.
        partners = activation is not None and activation.name == loss.partner
        out = self._slope_buffer(p)
        if partners:
            value, slope = loss.partner_value(y, p), loss.partner_slope(y, p, out=out)
        else:
            value, slope = loss.value(y, p), loss.slope(y, p, out=out)
        passed = last.backward(slope, at_pre_activation=partners)
        for layer in reversed(self.layers[:-1]):
            assert passed is not None
            passed = layer.backward(passed)
        return value

    def _slope_buffer(self, p: Array) -> Array:
        buffer: Array | None = getattr(self, "_slope", None)
        if buffer is None or buffer.shape != p.shape or buffer.dtype != p.dtype:
            buffer = self._slope = np.empty_like(p)
        return buffer

    # -- looking at it -----------------------------------------------------------------------

    @property
    def input_shape(self) -> Shape:
        """The shape of one row of the data."""
        self.need_weights()
        return self.layers[0].input_shape

    @property
    def output_shape(self) -> Shape:
        """The shape of the prediction for one row."""
        self.need_weights()
        return self.layers[-1].output_shape

    def count_params(self) -> int:
        """How many numbers the network learns."""
        self.need_weights()
        return int(self.parameters.size)

    def get_weights(self) -> list[Array]:
        """Copies of all weights: kernel (inputs, units), bias (units,), layer by layer."""
        self.need_weights()
        return [weight.copy() for weight in self._weights()]

    def set_weights(self, weights: Sequence[Any]) -> None:
        """Put these weights in place, in the order of `get_weights`.

        Raises:
            ValueError: their number, a shape or a value does not fit. Nothing is changed then.
        """
        self.need_weights()
        views = self._weights()
        arrays = [as_numbers(weight, f"weights[{i}]") for i, weight in enumerate(weights)]
        if [a.shape for a in arrays] != [v.shape for v in views]:
            raise ValueError(
                f"This model has weights of shapes {_shapes(views)}, but got {_shapes(arrays)}."
            )
        with np.errstate(over="ignore"):  # a number too large for the dtype is caught as inf
            arrays = [array.astype(self.dtype) for array in arrays]
        if not all(np.isfinite(array).all() for array in arrays):
            raise ValueError(
                f"Weights must be finite numbers that fit {self.dtype.name}; at least one is not."
            )
        for view, array in zip(views, arrays, strict=True):
            view[...] = array

    def _weights(self) -> list[Array]:
        return [w for layer in self.layers if layer.is_attached for w in layer.weights]

    def need_weights(self) -> None:
        """Raise RuntimeError, saying what to do, when the weights do not exist yet."""
        if not self.layers:
            raise RuntimeError("The model has no layers yet: add some first.")
        if not self.built:
            raise RuntimeError(
                "The model does not know yet how many inputs it has, so it has no weights. "
                "Give the first layer an input_shape, start with Input(shape=...), or fit it."
            )


def _check_layer(layer: object) -> None:
    if not isinstance(layer, Layer):
        raise ValueError(f"A model is made of layers such as Dense(10), not {layer!r}.")


def _shapes(arrays: Sequence[Array]) -> str:
    return ", ".join(str(array.shape) for array in arrays) or "none"
