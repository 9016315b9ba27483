"""Layer: what every layer has, and where its weights live.

Shapes leave out the rows: a layer of shape (units,) works on arrays (rows, units). What a layer
learns lives in the model's one flat parameter vector, and what it only keeps count of (the moving
numbers of BatchNormalization) in the flat statistics vector; a layer holds views into them.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any, ClassVar, NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.configs import Configured
from engine.initializers import Initializer
from engine.regularizers import Regularizer
from engine.weights import put

Array = NDArray[Any]
Shape = tuple[int, ...]


class Wanted(NamedTuple):
    """One array of weights that a layer asks for."""

    shape: Shape
    initializer: Initializer
    regularizer: Regularizer | None = None

    @property
    def size(self) -> int:
        """How many numbers it has."""
        return math.prod(self.shape)


class FlatVectors(NamedTuple):
    """The model's vectors in which all weights lie: (parameters,), the same, (statistics,)."""

    parameters: Array
    gradient: Array
    statistics: Array


class Layer(Configured):
    """What every layer has: a name, shapes, and a place in the flat vectors.

    Once attached, each array called NAME that a layer learns is there as `NAME`, its slopes as
    `NAME_gradient` (both views) and its place in the flat vectors as `NAME_slice`.

    Args:
        name: how `summary` and files call it; given by the model when left out.
        input_shape: the shape of one row, (inputs,), where this is the first layer; `input_dim`
            is the same as a plain number.
    """

    keras_module = "keras.layers"
    kernel: Array
    kernel_gradient: Array
    kernel_slice: slice
    off: ClassVar[dict[str, Any]] = {
        "activity_regularizer": None,
        "autocast": True,
        "dtype": "float32",
        "trainable": True,
    }
    #: whether the layer computes something else while it is trained
    differs_in_training = False

    def __init__(
        self,
        *,
        name: str | None = None,
        input_shape: Shape | int | None = None,
        input_dim: int | None = None,
    ) -> None:
        if name is not None and (not isinstance(name, str) or not name):
            raise ValueError(f"A layer's name must be text, such as 'hidden', not {name!r}.")
        if input_shape is not None and input_dim is not None:
            raise ValueError(
                f"Give input_shape or input_dim, not both: {input_shape!r} and {input_dim!r}."
            )
        given = input_shape if input_dim is None else input_dim
        self.name = name
        self.given_input_shape = None if given is None else as_shape(given)
        self.input_shape: Shape = ()
        self.output_shape: Shape = ()
        self.passes_slope = True
        self.is_attached = False
        self.in_model = False
        self.came_with_weights = False
        self._places: dict[str, slice] = {}
        self._buffers: dict[int, tuple[Array, ...]] = {}
        self._dtype: np.dtype[Any] = np.dtype(np.float32)

    def build(self, input_shape: Shape) -> None:
        """Take the shape of one row of the input and work out the shape of one of the output."""
        self.input_shape = input_shape
        self.output_shape = input_shape

    def check_shape(self, shape: Shape) -> None:
        """Raise ValueError when the layer was told, or has weights for, rows of another shape."""
        if self.given_input_shape not in (None, shape):
            raise ValueError(
                f"Layer {self.name!r} is told to take rows of shape {self.given_input_shape}, but "
                f"it gets {shape}. Leave input_shape out after the first layer."
            )
        if self.is_attached and self.weights and self.input_shape != shape:
            raise ValueError(
                f"Layer {self.name!r} has weights for rows of shape {self.input_shape}, but it "
                f"gets {shape}. Make a new layer."
            )

    # -- weights -----------------------------------------------------------------------------

    def trainable_wanted(self) -> dict[str, Wanted]:
        """Name -> array that this layer learns, in Keras's order."""
        return {}

    def statistics_wanted(self) -> dict[str, Wanted]:
        """Name -> array that this layer keeps up to date without learning it."""
        return {}

    def attach(self, vectors: FlatVectors, start: int, statistics_start: int) -> tuple[int, int]:
        """Take views into the flat vectors; returns where the next layer starts in the two."""
        self._dtype = vectors.parameters.dtype
        self._buffers = {}
        self._places = {}
        for name, wanted in self.trainable_wanted().items():
            place = slice(start, start + wanted.size)
            self._places[name] = place
            setattr(self, name, vectors.parameters[place].reshape(wanted.shape))
            setattr(self, f"{name}_gradient", vectors.gradient[place].reshape(wanted.shape))
            setattr(self, f"{name}_slice", place)
            start = place.stop
        for name, wanted in self.statistics_wanted().items():
            place = slice(statistics_start, statistics_start + wanted.size)
            setattr(self, name, vectors.statistics[place].reshape(wanted.shape))
            statistics_start = place.stop
        self.is_attached = True
        return start, statistics_start

    def wanted(self) -> dict[str, Wanted]:
        """All arrays of the layer by name, in Keras's order: learned first, then statistics."""
        return self.trainable_wanted() | self.statistics_wanted()

    def first(self, wanted: Wanted, rng: np.random.Generator) -> Array:
        """What the initializer says that an array of weights starts from, in the model's dtype.

        Raises:
            ValueError: a number is too large for that.
        """
        numbers = wanted.initializer(wanted.shape, rng)
        with np.errstate(over="ignore"):  # a number too large for the dtype is caught as inf
            first = numbers.astype(self._dtype)
        if not np.isfinite(first).all():
            raise ValueError(
                f"{type(wanted.initializer).__name__} starts the weights of layer {self.name!r} "
                f"with numbers that are too large for {self._dtype.name}. Choose smaller ones."
            )
        return first

    @property
    def weights(self) -> list[Array]:
        """All arrays of the layer, as views, in Keras's order: learned first, then statistics."""
        return [getattr(self, name) for name in self.wanted()]

    @property
    def trainable_weights(self) -> list[Array]:
        """Those of them that the layer learns; none before it is part of a built model."""
        return [getattr(self, name) for name in self._places]

    @property
    def non_trainable_weights(self) -> list[Array]:
        """Those of them that it only keeps up to date."""
        return self.weights[len(self._places) :] if self.is_attached else []

    def get_weights(self) -> list[Array]:
        """Copies of the layer's arrays, in Keras's order; none before they exist."""
        return [weight.copy() for weight in self.weights] if self.is_attached else []

    def set_weights(self, weights: Sequence[Any]) -> None:
        """Put these weights in place, in the order of `get_weights`.

        Raises:
            ValueError: their number, a shape or a value does not fit. Nothing is changed then.
        """
        put(self.weights if self.is_attached else [], weights, "layer")

    @property
    def slices(self) -> dict[str, slice]:
        """Name -> place in the flat parameter vector of each array that the layer learns."""
        return dict(self._places)

    def regularized(self) -> Iterator[tuple[Regularizer, Array, Array]]:
        """(regularizer, weights, their gradient) of each array that has a penalty."""
        for name, wanted in self.trainable_wanted().items():
            if wanted.regularizer is not None:
                yield wanted.regularizer, getattr(self, name), getattr(self, f"{name}_gradient")

    def count_params(self) -> int:
        """How many numbers this layer has, learned or kept."""
        return sum(wanted.size for wanted in self.wanted().values())

    # -- forward and back --------------------------------------------------------------------

    def forward(self, x: Array, training: bool = False) -> Array:
        """(rows, *input_shape) -> (rows, *output_shape). The result is reused by the next call."""
        raise NotImplementedError

    def backward(self, value_slope: Array, *, at_pre_activation: bool = False) -> Array | None:
        """d loss / d output -> d loss / d input; fills in the gradient of the layer's weights.

        With `at_pre_activation` the slope that comes in is already d loss / d pre-activation.
        Without `passes_slope` the result is None: no layer before this one learns anything.
        """
        raise NotImplementedError

    def terms(self, rows: int) -> dict[str, Array]:
        """Name -> numbers, (nodes,) or (rows, nodes), by which the last pass made its values.

        For `trace`: what a layer without a kernel worked with, such as the mean it took off.
        """
        return {}

    def get_config(self) -> dict[str, Any]:
        """The arguments that make the same layer again."""
        return {"name": self.name}

    # -- working arrays ----------------------------------------------------------------------

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


def as_shape(shape: Any) -> Shape:
    """The shape of one row as a tuple of whole numbers; a plain number means one axis.

    Raises:
        ValueError: it is not a shape, or has an axis below 1.
    """
    axes = (shape,) if isinstance(shape, int | np.integer) else shape
    if not isinstance(axes, tuple | list) or not all(
        isinstance(axis, int | np.integer) and not isinstance(axis, bool) and axis >= 1
        for axis in axes
    ):
        raise ValueError(
            "An input shape is the shape of one row, without the number of rows, such as (9,); "
            f"got {shape!r}."
        )
    return tuple(int(axis) for axis in axes)
