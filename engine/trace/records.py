"""What a trace is made of: products, nodes and numbers, each with its name and its formula."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from engine.trace import formulas


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
    `penalty_slope` what a regularizer adds to `slope`.
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

    @property
    def formula(self) -> str:
        """How `value` came about."""
        return formulas.product(self.input, self.weight)

    @property
    def slope_formula(self) -> str:
        """How `slope` came about: the input times dL/dz of the node."""
        if self.node_slope is None:
            return ""
        return formulas.product(self.input, self.node_slope) + formulas.plus(self.penalty_slope)


@dataclass(frozen=True)
class Term:
    """A number of a node that is neither product nor bias, such as the mean that is taken off.

    `slope` is dL/dterm for what is learned, else None.
    """

    name: str
    value: float
    slope: float | None = None


@dataclass(frozen=True)
class Node:
    """One node: what flowed in, what it made of it, and the slopes that flow back.

    `kind` is the layer's: "Dense" nodes have `products` and perhaps a `bias`; those of
    "Dropout" and "BatchNormalization" have `terms`, the first of which is their input; a bare
    "Activation" has its input alone. `activation_slope` is d value / d pre_activation; for
    softmax, whose nodes depend on each other, it is the share of the node's own pre-activation,
    a (1 - a). `value_slope` is dL/dvalue, `pre_activation_slope` dL/dpre_activation; these and
    `bias_slope` are None without a target. `beside` holds the pre-activations of the whole layer
    where the activation mixes them.
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
    beside: tuple[float, ...] = field(default=(), repr=False)

    @property
    def pre_activation_formula(self) -> str:
        """How `pre_activation` came about."""
        if self.kind == "Dense":
            pairs = [(product.input, product.weight) for product in self.products]
            return formulas.weighted_sum(pairs, self.bias)
        values = {term.name: term.value for term in self.terms}
        return formulas.OF_KIND[self.kind](values)

    @property
    def formula(self) -> str:
        """How `value` came about from `pre_activation`."""
        return formulas.activation(self.activation, self.pre_activation, self.beside, self.index)

    def numbers(self) -> Iterator[Number]:
        """Every number of the node, in the order in which they are computed, slopes last."""
        for product in self.products:
            yield Number(product.name, product.weight, "a weight of the model")
            yield Number(f"{product.name} × its input", product.value, product.formula)
        for term in self.terms:
            yield Number(f"{term.name} of {self.name}", term.value, formulas.TERMS[term.name])
        if self.bias is not None:
            yield Number(f"bias of {self.name}", self.bias, "a bias of the model")
        before = f"pre-activation of {self.name}"
        yield Number(before, self.pre_activation, self.pre_activation_formula)
        yield Number(self.name, self.value, self.formula)

    def slopes(self, value_slope_formula: str) -> Iterator[Number]:
        """The slopes of the node, in the order in which they are computed."""
        if self.value_slope is None or self.pre_activation_slope is None:
            return
        yield Number(f"slope of {self.name}", self.value_slope, value_slope_formula)
        through = formulas.product(self.value_slope, self.activation_slope)
        if self.beside:
            through = f"{self.activation}: its nodes depend on each other"
        before = f"slope of pre-activation of {self.name}"
        yield Number(before, self.pre_activation_slope, through)
        for product in self.products:
            if product.slope is not None:
                yield Number(f"slope of {product.name}", product.slope, product.slope_formula)
        if self.bias is not None and self.bias_slope is not None:
            formula = f"the slope of the pre-activation of {self.name}"
            yield Number(f"slope of bias of {self.name}", self.bias_slope, formula)
        for term in self.terms:
            if term.slope is not None:
                formula = formulas.TERM_SLOPES[term.name]
                yield Number(f"slope of {term.name} of {self.name}", term.slope, formula)


@dataclass(frozen=True)
class Trace:
    """Everything about one row. `layers` are the hidden layers in order, then the output.

    `error` is predicted - actual for each output. `target`, `error` and `loss` are None when no
    target was given; `penalty` is what the regularizers added to `loss`.
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

    def numbers(self) -> Iterator[Number]:
        """Every number, forward from the inputs to the loss, then backward to the weights."""
        for name, value in zip(self.input_names, self.inputs, strict=True):
            yield Number(name, value, "given")
        for nodes in self.layers:
            for node in nodes:
                yield from node.numbers()
        if self.loss is None or self.target is None:
            return
        formula = formulas.loss(self.loss_name, self.outputs, self.target)
        yield Number("loss", self.loss, formula + formulas.plus(self.penalty))
        for layer in reversed(range(len(self.layers))):
            for node in self.layers[layer]:
                yield from node.slopes(self._value_slope_formula(layer, node.index))

    def _value_slope_formula(self, layer: int, index: int) -> str:
        if layer == len(self.layers) - 1:
            return f"the slope of {self.loss_name.replace('_', ' ')}"
        after = self.layers[layer + 1]
        if after[0].kind != "Dense":
            return f"passed back through {after[0].kind}"
        pairs = [
            (product.weight, product.node_slope or 0.0)
            for node in after
            for product in node.products
            if product.source == index
        ]
        return formulas.weighted_sum(pairs, None)
