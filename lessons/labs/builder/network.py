"""A network that is being specified: inputs and dense layers, and what the engine counts in it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

from engine import Dense, Input, Sequential

ACTIVATIONS = ("linear", "relu", "tanh", "sigmoid", "softmax")
"""The activations to choose from; linear is none."""

MOST_LAYERS = 6
"""Dense layers of the deepest network that is built here."""

MOST_NODES = 1000
"""Nodes of the widest layer, and inputs of the widest row."""

LADDER = tuple(
    float(count)
    for count in (
        *(1, 2, 3, 4, 5, 6, 8, 9, 10, 12, 15, 20, 25, 32, 40, 50, 64, 75, 100, 128, 150, 200, 250),
        *(300, 400, 500, 600, 784, 800, 1000),
    )
)
"""Widths that an arrow key goes through."""


@dataclass(frozen=True)
class LayerSpec:
    """A dense layer as it is specified."""

    units: int
    activation: str = "linear"

    @property
    def code(self) -> str:
        """The layer in Keras's words."""
        if self.activation == "linear":
            return f"Dense({self.units})"
        return f'Dense({self.units}, activation="{self.activation}")'


@dataclass(frozen=True)
class NetworkSpec:
    """Inputs and layers; the last layer is the output."""

    inputs: int
    layers: tuple[LayerSpec, ...] = ()

    @property
    def name(self) -> str:
        """Its numbers of nodes: 9-100-100-1."""
        return "-".join(str(size) for size in self.sizes)

    @property
    def sizes(self) -> tuple[int, ...]:
        """Inputs, then the nodes of each layer."""
        return (self.inputs, *(layer.units for layer in self.layers))

    @property
    def hidden_layers(self) -> int:
        """Layers between the inputs and the output."""
        return max(len(self.layers) - 1, 0)

    @property
    def pairs(self) -> tuple[tuple[int, int], ...]:
        """For each layer, how many values come in and how many nodes it has."""
        return tuple(zip(self.sizes[:-1], self.sizes[1:], strict=True))

    def first(self, count: int) -> NetworkSpec:
        """The network as it is after `count` layers."""
        return replace(self, layers=self.layers[:count])

    def with_layer(self, at: int, layer: LayerSpec) -> NetworkSpec:
        """The same with another layer in place `at`."""
        return replace(self, layers=(*self.layers[:at], layer, *self.layers[at + 1 :]))

    def with_more(self, at: int, layer: LayerSpec) -> NetworkSpec:
        """The same with one more layer before place `at`."""
        return replace(self, layers=(*self.layers[:at], layer, *self.layers[at:]))

    def without(self, at: int) -> NetworkSpec:
        """The same without the layer in place `at`."""
        return replace(self, layers=(*self.layers[:at], *self.layers[at + 1 :]))


LISTING = NetworkSpec(9, (LayerSpec(100, "relu"), LayerSpec(100, "relu"), LayerSpec(1)))
"""The network of the lesson's listing, for the nine features of the wages."""


def names_of(spec: NetworkSpec) -> tuple[str, ...]:
    """What the inputs and the layers are called."""
    return ("inputs", *(f"layer {at}" for at in range(1, len(spec.layers) + 1)))


@lru_cache(maxsize=64)
def counts(spec: NetworkSpec) -> tuple[int, ...]:
    """The parameters of each layer, as the engine counts them.

    The network is made with weights of 0: only how many there are is asked for.
    """
    return tuple(layer.count_params() for layer in _built(spec).layers)


@lru_cache(maxsize=64)
def count(spec: NetworkSpec) -> int:
    """The parameters of the whole network, as the engine counts them; 0 before the first layer."""
    return _built(spec).count_params() if spec.layers else 0


def _built(spec: NetworkSpec) -> Sequential:
    model = Sequential([Input((spec.inputs,))])
    for layer in spec.layers:
        model.add(Dense(layer.units, activation=layer.activation, kernel_initializer="zeros"))
    return model
