"""Stack: layers one after the other, all their weights in ONE flat vector.

Each layer's kernel and bias are views into `parameters`, and their slopes views into `gradient`,
so that an optimizer step, a copy or a comparison of all weights is one operation on one array.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.arguments import whole
from engine.configs import named
from engine.layers import Dropout, FlatVectors, Input, Layer, Shape, as_shape
from engine.names import look_up, snake_case
from engine.regularizers import Regularizer
from engine.weights import put

Array = NDArray[Any]


class Stack:
    """Layers that follow each other, and their weights; `Network` adds forward and back.

    Args:
        layers: the layers in order; more can be added with `add`.
        dtype: "float32", or "float64" for work whose last digits matter (not in Keras).
        seed: makes the initial weights repeatable (not in Keras).
        name: shown by `summary`.

    Attributes:
        layers: the layers, Input left out, as in Keras.
        parameters: all weights that are learned, in one flat vector.
        gradient: d loss / d parameters of the last training step, flat in the same order.
        statistics: all numbers that layers keep without learning them, flat.
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
        if layers is not None and not isinstance(layers, list | tuple):
            example = "Sequential([Input((9,)), Dense(1)])"
            raise ValueError(f"A model takes a list of layers, {example}, not {named(layers)}.")
        if name is not None and not isinstance(name, str):
            raise ValueError(f"A model's name must be text, not {name!r}.")
        self.dtype: np.dtype[Any] = np.dtype(str(dtype))
        self.seed = None if seed is None else whole("seed", seed, low=0)
        self.name = name or "sequential"
        self.layers: list[Layer] = []
        self.built = False
        self._input_shape: Shape | None = None
        self._seeds = np.random.SeedSequence(self.seed)
        self._shuffle_seeds = np.random.default_rng(self._seeds.spawn(1)[0])
        self.parameters: Array = np.zeros(0, dtype=self.dtype)
        self.gradient: Array = np.zeros(0, dtype=self.dtype)
        self.statistics: Array = np.zeros(0, dtype=self.dtype)
        self._make_vectors(0, 0)
        with self._all_or_nothing():
            for layer in layers or ():
                self.add(layer)

    # -- making the network ------------------------------------------------------------------

    def add(self, layer: Layer) -> None:
        """Append a layer. The weights exist as soon as the shape of a row is known.

        Raises:
            ValueError: not a layer, one that is in the model already, or an Input that is late.
        """
        if not isinstance(layer, Layer):
            raise ValueError(f"A model is made of layers such as Dense(10), not {named(layer)}.")
        if any(layer is present for present in self.layers):
            raise ValueError(f"Layer {layer.name!r} is already in this model; make a new one.")
        if layer.in_model:
            raise ValueError(
                f"Layer {layer.name!r} is in another model, and a layer's weights belong to one "
                "model. Make a new layer, and copy weights with get_weights and set_weights."
            )
        if isinstance(layer, Input):
            if self.layers or self._input_shape:
                raise ValueError("Input says what the data looks like, so it must come first.")
            self._input_shape = layer.given_input_shape
            return
        with self._all_or_nothing():
            if not self.layers and self._input_shape is None:
                self._input_shape = layer.given_input_shape
            self._give_name(layer)
            self.layers.append(layer)
            layer.in_model, layer.came_with_weights = True, layer.is_attached
            self.built = False
            if self._input_shape is not None:
                self._build(self._input_shape)

    def pop(self) -> Layer:
        """Take the last layer out and return it; the others keep their weights.

        Raises:
            RuntimeError: there is no layer.
        """
        if not self.layers:
            raise RuntimeError("There is no layer to take out: the model has none.")
        layer = self.layers.pop()
        layer.in_model = False
        if not self.layers:
            self._make_vectors(0, 0)
        elif self._input_shape is not None:
            self._build(self._input_shape)
        return layer

    def build(self, input_shape: tuple[int | None, ...] | int) -> None:
        """Create the weights for rows of this shape, such as (9,).

        A leading None for the number of rows, as Keras writes it, is dropped.

        Raises:
            ValueError: not a shape, or one that a layer cannot take.
        """
        if isinstance(input_shape, tuple | list) and input_shape and input_shape[0] is None:
            input_shape = input_shape[1:]
        shape = as_shape(input_shape)
        if self._input_shape not in (None, shape):
            raise ValueError(
                f"This model already expects rows of shape {self._input_shape}, not {shape}."
            )
        with self._all_or_nothing():
            if self.layers and not self.built:
                self._build(shape)
            self._input_shape = shape

    @contextmanager
    def _all_or_nothing(self) -> Iterator[None]:
        """Whatever is raised inside leaves layers, shapes and weights as they were before."""
        layers = list(self.layers)
        had_weights = [layer.is_attached for layer in layers]
        vectors = self.parameters, self.gradient, self.statistics
        shape, built, drawn = self._input_shape, self.built, self._seeds.n_children_spawned
        try:
            yield
        except BaseException:
            for layer in self.layers[len(layers) :]:
                layer.in_model, layer.is_attached = False, layer.came_with_weights
            for layer, attached in zip(layers, had_weights, strict=True):
                layer.is_attached = attached
            self.layers[:] = layers
            self._input_shape, self.built = shape, False
            self.parameters, self.gradient, self.statistics = vectors
            if built and shape is not None:
                self._build(shape)
            self._seeds = np.random.SeedSequence(self._seeds.entropy, n_children_spawned=drawn)
            raise

    def _build(self, input_shape: Shape) -> None:
        """Lay all weights out in flat vectors; weights that exist keep their values."""
        kept = [
            [weight.copy() for weight in layer.weights] if layer.is_attached else []
            for layer in self.layers
        ]
        shape, learns = input_shape, False
        for layer in self.layers:
            layer.check_shape(shape)
            layer.build(shape)
            shape = layer.output_shape
            # Nobody needs the slope of the data, nor of layers that have nothing to learn.
            layer.passes_slope, learns = learns, learns or bool(layer.trainable_wanted())
        learned = sum(
            wanted.size for layer in self.layers for wanted in layer.trainable_wanted().values()
        )
        counted = sum(
            wanted.size for layer in self.layers for wanted in layer.statistics_wanted().values()
        )
        vectors = self._make_vectors(learned, counted)
        places = (0, 0)
        for layer, old in zip(self.layers, kept, strict=True):
            places = layer.attach(vectors, *places)
            for view, wanted in zip(layer.weights, layer.wanted().values(), strict=True):
                view[...] = old.pop(0) if old else layer.first(wanted, self._generator())
            self._regularized.extend(layer.regularized())
            if isinstance(layer, Dropout):
                layer.noise = (0, 0, len(self._noisy))
                self._noisy.append(layer)
        self.built = True

    def _make_vectors(self, learned: int, counted: int) -> FlatVectors:
        try:
            # Vectors of the same size are kept: an optimizer knows by them whose they are.
            if learned != self.parameters.size:
                self.parameters = np.zeros(learned, dtype=self.dtype)
                self.gradient = np.zeros(learned, dtype=self.dtype)
            if counted != self.statistics.size:
                self.statistics = np.zeros(counted, dtype=self.dtype)
        except (MemoryError, ValueError) as error:
            raise ValueError(
                f"A network with {learned + counted:,} parameters needs more memory than there is. "
                "Give its layers fewer units."
            ) from error
        self._regularized: list[tuple[Regularizer, Array, Array]] = []
        self._noisy: list[Dropout] = []
        self.built = False
        return FlatVectors(self.parameters, self.gradient, self.statistics)

    def _generator(self) -> np.random.Generator:
        """A generator for the next array of weights: each has a stream of random numbers of its
        own, so that adding a layer leaves the numbers of those before it alone."""
        return np.random.default_rng(self._seeds.spawn(1)[0])

    def next_shuffle_seed(self) -> int:
        """A new seed for each `fit`: the same sequence of seeds for the same model seed."""
        return int(self._shuffle_seeds.integers(2**31))

    def _give_name(self, layer: Layer) -> None:
        taken = {present.name for present in self.layers}
        if layer.name is None:
            kind = snake_case(type(layer).__name__)
            names = [kind, *(f"{kind}_{number}" for number in range(1, len(taken) + 1))]
            layer.name = next(name for name in names if name not in taken)
        elif layer.name in taken:
            raise ValueError(f"There is already a layer called {layer.name!r} in this model.")

    # -- looking at it -----------------------------------------------------------------------

    @property
    def given_input_shape(self) -> Shape | None:
        """The shape of one row of the data, when anyone has said it."""
        return self._input_shape

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

    @property
    def slices(self) -> list[slice]:
        """Where in `parameters` each array of weights lies, in their order."""
        return [place for layer in self.layers for place in layer.slices.values()]

    def get_layer(self, name: str | None = None, index: int | None = None) -> Layer:
        """The layer of that name, or at that place from 0 on.

        Raises:
            ValueError: there is no such layer; the message names those that there are.
        """
        if (name is None) == (index is None):
            raise ValueError("get_layer takes a name or an index, one of them.")
        if index is not None:
            if not -len(self.layers) <= index < len(self.layers):
                raise ValueError(f"There is no layer {index}: there are {len(self.layers)}.")
            return self.layers[index]
        return look_up("layer", str(name), {str(layer.name): layer for layer in self.layers})

    @property
    def weights(self) -> list[Array]:
        """All arrays of weights, as views, in the order of `get_weights`; none before `build`."""
        return [w for layer in self.layers if layer.is_attached for w in layer.weights]

    @property
    def trainable_weights(self) -> list[Array]:
        """Those of them that are learned."""
        return [w for layer in self.layers for w in layer.trainable_weights]

    @property
    def non_trainable_weights(self) -> list[Array]:
        """Those that layers only keep count of, such as BatchNormalization's moving mean."""
        return [w for layer in self.layers for w in layer.non_trainable_weights]

    def count_params(self) -> int:
        """How many numbers the network has, learned or kept as statistics."""
        self.need_weights()
        return int(self.parameters.size + self.statistics.size)

    def get_weights(self) -> list[Array]:
        """Copies of all weights: kernel (inputs, units), bias (units,), layer by layer."""
        self.need_weights()
        return [weight.copy() for weight in self.weights]

    def set_weights(self, weights: Sequence[Any]) -> None:
        """Put these weights in place, in the order of `get_weights`.

        Raises:
            ValueError: their number, a shape or a value does not fit. Nothing is changed then.
        """
        self.need_weights()
        put(self.weights, weights, "model")

    def __setstate__(self, state: dict[str, Any]) -> None:
        """For deepcopy and pickle, which copy each array alone: weights become views again."""
        self.__dict__.update(state)
        if self.built and self._input_shape is not None:
            self._build(self._input_shape)

    def need_weights(self) -> None:
        """Raise RuntimeError, saying what to do, when the weights do not exist yet."""
        if not self.layers:
            raise RuntimeError("The model has no layers yet: add some first.")
        if not self.built:
            raise RuntimeError(
                "The model does not know yet how many inputs it has, so it has no weights. "
                "Give the first layer an input_shape, start with Input(shape=...), or fit it."
            )
