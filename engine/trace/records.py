"""What a trace is made of: products, nodes and numbers, each with its name and its formula."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from engine.activations import ActivationFunction
from engine.trace.formulas import activations as of_activations
from engine.trace.formulas.layers import OF_KIND
from engine.trace.formulas.text import product, weighted_sum


@dataclass(frozen=True)
class Number:
    """One number of a trace. `formula` has the values put in, such as "2 × 4 + 3 × (-5)"."""

    name: str
    value: float
    formula: str


@dataclass(frozen=True)
class Product:
    """One input of a node times its weight.

    `layer` counts from 0 as `Trace.layers` does; `node` is the node in that layer, `source` the
    input or node that the weight comes from. `slope` is dL/dweight, None without a target: of a
    row in a batch its share, else all of it. `node_slope` is dL/dz of the node, and
    `penalty_slope` what a regularizer adds to `slope`, with its formula.
    """

    name: str
    layer: int
    node: int
    source: int
    input: float
    weight: float
    value: float
    slope: float | None
    node_slope: float | None = None
    penalty_slope: float = 0.0
    penalty_formula: str = field(default="", repr=False)

    @property
    def formula(self) -> str:
        """How `value` came about."""
        return product(self.input, self.weight)

    @property
    def slope_formula(self) -> str:
        """How `slope` came about: the input times dL/dz of the node."""
        if self.node_slope is None:
            return ""
        return product(self.input, self.node_slope) + self.penalty_formula


@dataclass(frozen=True)
class Term:
    """A number of a node that is neither product nor bias, such as the mean that is taken off.

    `slope` is dL/dterm for what is learned, else None: of a row in a batch its share.
    """

    name: str
    value: float
    slope: float | None = None


@dataclass(frozen=True)
class Step:
    """One activation function of a node, which makes `value` of `input`.

    `activation_slope` is f'(input), for softmax its own share of it, a (1 - a). `input_slope`
    and `value_slope` are dL/dinput and dL/dvalue, None without a target. Softmax mixes the inputs
    `beside`, of which this node's is at `place`. `name` and `input_name` are unique in a trace.
    """

    name: str
    input_name: str
    activation: str
    input: float
    value: float
    activation_slope: float
    input_slope: float | None
    value_slope: float | None
    function: ActivationFunction = field(compare=False, repr=False)
    beside: tuple[float, ...] = field(default=(), repr=False)
    place: int = 0

    @property
    def formula(self) -> str:
        """How `value` came about."""
        return of_activations.value(self.function, self.input, self.beside, self.place)

    @property
    def activation_slope_formula(self) -> str:
        """How `activation_slope` came about."""
        return of_activations.slope(self.function, self.input, self.value, self.activation_slope)


@dataclass(frozen=True)
class Node:
    """One node: what flowed in, what it made of it, and the slopes that flow back.

    `kind` is the layer's: "Dense" nodes have `products` and perhaps a `bias`; those of
    "Dropout" and "BatchNormalization" have `terms`, the first of which is their input; a bare
    "Activation" has its input alone. `steps` are the activation functions one after the other;
    `activation` is what they are called together, `activation_slope` d value / d pre_activation;
    for softmax, whose nodes depend on each other, it is the share of the node's own
    pre-activation, a (1 - a). `value_slope` is dL/dvalue, `pre_activation_slope`
    dL/dpre_activation; these and `bias_slope` are None without a target. `beside` holds what
    softmax mixes. `bias_slope` is of a row in a batch its share.
    """

    name: str
    layer: int
    index: int
    products: tuple[Product, ...]
    bias: float | None
    bias_slope: float | None
    pre_activation: float
    activation: str
    value: float
    activation_slope: float
    value_slope: float | None
    pre_activation_slope: float | None
    kind: str = "Dense"
    terms: tuple[Term, ...] = ()
    steps: tuple[Step, ...] = ()

    @property
    def beside(self) -> tuple[float, ...]:
        """The numbers that the last activation mixes, none for those of one number."""
        return self.steps[-1].beside if self.steps else ()

    @property
    def pre_activation_formula(self) -> str:
        """How `pre_activation` came about."""
        if self.kind == "Dense":
            pairs = [(each.input, each.weight) for each in self.products]
            return weighted_sum(pairs, self.bias)
        return OF_KIND[self.kind](self.values_of_terms())

    @property
    def formula(self) -> str:
        """How `value` came about, from what was before the last activation."""
        return self.steps[-1].formula if self.steps else self.pre_activation_formula

    def values_of_terms(self) -> dict[str, float]:
        """The value of each term by its name."""
        return {term.name: term.value for term in self.terms}


@dataclass(frozen=True)
class Trace:
    """Everything about one row. `layers` are the hidden layers in order, then the output.

    `error` is predicted - actual for each output. `target`, `error` and `loss` are None when no
    target was given. `loss` is the row's own, times `sample_weight` where rows are weighted; where
    the row is all of its batch, `penalty` is what the regularizers added to it, else 0. The
    slopes are those of the batch's loss, the mean over its rows.
    """

    inputs: tuple[float, ...]
    input_names: tuple[str, ...]
    layers: tuple[tuple[Node, ...], ...]
    outputs: tuple[float, ...]
    target: tuple[float, ...] | None
    error: tuple[float, ...] | None
    loss: float | None
    loss_name: str = ""
    penalty: float = 0.0
    sample_weight: float | None = None
    _write: Callable[[Trace], Iterator[Number]] = field(
        default=lambda _: iter(()), compare=False, repr=False
    )

    def numbers(self) -> Iterator[Number]:
        """Every number, forward from the inputs to the loss, then backward to the weights."""
        return self._write(self)


@dataclass(frozen=True)
class Weight:
    """One number that the network learns, with dL/dweight over the whole batch and its formula."""

    name: str
    layer: int
    value: float
    slope: float | None
    slope_formula: str
