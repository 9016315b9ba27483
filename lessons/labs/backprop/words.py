"""The lines of arithmetic of a pass and of its update, with what is hidden written as ?."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from engine import Node, Product, Trace
from lessons.labs.backprop.plan import (
    Operation,
    gated,
    outgoing,
    source_name,
    weight_name,
)
from lessons.labs.base import Explanation
from lessons.numbers import operand, short, total

HIDDEN = "?"
UPDATE = "update"

RULES = {
    "node": "Value × weight, added up, then the activation.",
    "error": "Prediction minus target.",
    "loss": "The error, squared.",
    "output slope": "2 × error.",
    "weight": "Value in × ∂ of the node fed × slope of its activation.",
    "slope": "Sum of weight × ∂ of the node fed × slope of its activation.",
    "gate": "ReLU has slope 1 where its sum is above 0, else 0.",
    UPDATE: "Weight - learning rate × slope, for all weights at once.",
}
"""What each kind of step does, in a line."""

_OTHER_GATE = "The slope of the activation at the sum of this node."

_MEANINGS = {
    "node": "Forward: what this node makes of the values that come in.",
    "error": "How far off the prediction is. Below 0 means too low.",
    "loss": "The one number that training wants to be small.",
    "output slope": "How fast the loss changes when the output grows.",
    "weight": "How fast the loss changes when this weight grows. The weight itself is no factor.",
    "slope": "How fast the loss changes when this node's value grows: by all ways on.",
    "gate": "What this node's activation lets through on the way back.",
    UPDATE: "Gradient descent moves every weight against its slope. Only this changes weights.",
}

_FORMULAS = {
    "error": "error = prediction - target",
    "loss": "loss = error × error",
    "output slope": "∂ output = 2 × error",
    "weight": "∂ weight = value in × ∂ of the node it feeds × slope of its activation",
    "slope": "∂ node = sum of weight × ∂ of the node it feeds × slope of its activation",
    UPDATE: "new weight = weight - learning rate × ∂ weight",
}


def rule(operation: Operation, activation: str) -> str:
    """What a step does, in a line."""
    if operation.kind == "gate" and activation != "relu":
        return _OTHER_GATE
    return RULES[operation.kind]


@dataclass(frozen=True)
class Words:
    """Writes out one pass."""

    trace: Trace
    rate: float
    """Of the update that ends the pass."""
    hidden: frozenset[str]
    """Names of the numbers that are not to be seen, with all that would give them away."""

    # -- numbers ------------------------------------------------------------------------------

    def value(self, node: Node, decimals: int = 4) -> str:
        """The value of a node."""
        return self._show(node.name, node.value, decimals)

    def slope(self, node: Node, decimals: int = 4) -> str:
        """The slope of a node."""
        return self._show(f"∂ {node.name}", node.value_slope or 0.0, decimals)

    def gate(self, node: Node) -> str:
        """What its activation does to the slope: open, shut, or the number by which it goes."""
        if not gated(node):
            return ""
        if f"gate of {node.name}" in self.hidden:
            return HIDDEN
        words = {0.0: "shut", 1.0: "open"} if node.activation == "relu" else {}
        return words.get(node.activation_slope, f"× {short(node.activation_slope, 3)}")

    def weight(self, item: Product, decimals: int = 4) -> str:
        """A weight."""
        return self._show(weight_name(self.trace, item), item.weight, decimals)

    def weight_slope(self, item: Product, decimals: int = 4) -> str:
        """The slope of a weight."""
        return self._show(f"∂ {weight_name(self.trace, item)}", item.slope or 0.0, decimals)

    def error(self) -> str:
        """The error."""
        return self._show("error", (self.trace.error or (0.0,))[0], 4)

    def loss(self) -> str:
        """The loss."""
        return self._show("loss", self.trace.loss or 0.0, 4)

    def _show(self, name: str, value: float, decimals: int) -> str:
        return HIDDEN if name in self.hidden else short(value, decimals)

    # -- lines --------------------------------------------------------------------------------

    def line(self, operation: Operation) -> str:
        """One step, with the values put in."""
        node = self.trace.layers[operation.layer][operation.node]
        match operation.kind:
            case "node":
                return self._node(node)
            case "error":
                target = operand((self.trace.target or (0.0,))[0])
                return f"error = {self.value(node)} - {target} = {self.error()}"
            case "loss":
                error = _factor(self.error())
                return f"loss = {error} × {error} = {self.loss()}"
            case "output slope":
                return f"∂ {node.name} = 2 × {_factor(self.error())} = {self.slope(node)}"
            case "weight":
                item = node.products[operation.source]
                factors = f"{self._source(item)} × {self._arriving(node)}"
                return f"{operation.name} = {factors} = {self.weight_slope(item)}"
            case "slope":
                ways = [
                    f"{_factor(self.weight(item), first=True)} × {self._arriving(fed)}"
                    for item, fed in outgoing(self.trace, node)
                ]
                return f"{operation.name} = {total(ways)} = {self.slope(node)}"
            case "gate":
                return self._gate(operation.name, node)

    def summary(self, number: int) -> str:
        """A whole pass in a line, when going by update."""
        output = self.value(self.trace.layers[-1][0])
        return f"step {number}: output {output}, error {self.error()}, loss {self.loss()}"

    def _node(self, node: Node) -> str:
        terms = [f"{self._source(item)} × {_factor(self.weight(item))}" for item in node.products]
        result = self.value(node)
        if not gated(node):
            return f"{node.name} = {total(terms)} = {result}"
        inside = HIDDEN if node.name in self.hidden else short(node.pre_activation)
        name = node.activation
        return f"{node.name} = {name}({total(terms)}) = {name}({inside}) = {result}"

    def _source(self, item: Product) -> str:
        return self._show(source_name(self.trace, item), item.input, 4)

    def _arriving(self, node: Node) -> str:
        """``18 × 1``: the slope of a node and the slope of its activation."""
        return f"{_factor(self.slope(node))} × {_factor(self._activation_slope(node))}"

    def _activation_slope(self, node: Node) -> str:
        return self._show(f"gate of {node.name}", node.activation_slope, 4)

    def _gate(self, name: str, node: Node) -> str:
        result = self._activation_slope(node)
        if result == HIDDEN:
            return f"{name} = {HIDDEN}"
        inside = short(node.pre_activation)
        if node.activation != "relu":
            return f"{name} = slope of {node.activation} at {inside} = {result}"
        above = "above" if node.pre_activation > 0 else "not above"
        return f"{name} = {result}, {self.gate(node)}: the sum, {inside}, is {above} 0"

    # -- the update ---------------------------------------------------------------------------

    def update_lines(self, known_after: frozenset[str] = frozenset()) -> Iterator[str]:
        """A line for every weight; those named in `known_after` have a new value that is hidden."""
        for nodes in self.trace.layers:
            for node in nodes:
                for item in node.products:
                    yield self._update(item, known_after)

    def _update(self, item: Product, hidden_after: frozenset[str]) -> str:
        name = weight_name(self.trace, item)
        slope = self.weight_slope(item)
        unknown = name in hidden_after or HIDDEN in (slope, self.weight(item))
        new = HIDDEN if unknown else short(item.weight - self.rate * (item.slope or 0.0))
        step = f"{short(self.rate, 6)} × {_factor(slope)}"
        return f"{name} = {self.weight(item)} - {step} = {new}"

    # -- explaining ---------------------------------------------------------------------------

    def explain(self, operation: Operation) -> Explanation:
        """Where the number of a step comes from."""
        node = self.trace.layers[operation.layer][operation.node]
        meaning = _MEANINGS[operation.kind]
        if operation.name in self.hidden:
            meaning += " The result stays hidden until you have answered the question."
        return Explanation(
            name=operation.name,
            meaning=meaning,
            formula=self._formula(operation, node),
            filled=self.line(operation),
            where=tuple(self._where(operation, node)),
        )

    def _formula(self, operation: Operation, node: Node) -> str:
        if operation.kind == "node":
            terms = total([f"{source_name(self.trace, i)} × its weight" for i in node.products])
            return f"{node.name} = {f'{node.activation}({terms})' if gated(node) else terms}"
        if operation.kind == "gate":
            rule = RULES["gate"] if node.activation == "relu" else _OTHER_GATE
            return f"slope of the activation: {rule}"
        return _FORMULAS[operation.kind]

    def _where(self, operation: Operation, node: Node) -> Iterator[tuple[str, str]]:
        if operation.kind == "weight":
            item = node.products[operation.source]
            yield "value in", f"{source_name(self.trace, item)} = {self._source(item)}"
            yield "slope of the node it feeds", f"∂ {node.name} = {self.slope(node)}"
            yield "slope of its activation", self._gate_or_none(node)
        if operation.kind == "slope":
            for item, fed in outgoing(self.trace, node):
                way = f"{_factor(self.weight(item), first=True)} × {self._arriving(fed)}"
                yield f"through {fed.name}", way

    def _gate_or_none(self, node: Node) -> str:
        if not gated(node):
            return "1: it has no activation"
        slope, gate = self._activation_slope(node), self.gate(node)
        return f"{slope}, {gate}" if gate in ("open", "shut") else slope

    def explain_update(self, hidden_after: frozenset[str] = frozenset()) -> Explanation:
        """What an update does to every weight."""
        lines = tuple(self.update_lines(hidden_after))
        pairs = (line.partition(" = ") for line in lines)
        return Explanation(
            name=UPDATE,
            meaning=_MEANINGS[UPDATE],
            formula=_FORMULAS[UPDATE],
            filled=lines[-1],
            where=tuple((name, f"{rest}") for name, _, rest in pairs),
        )


def _factor(text: str, first: bool = False) -> str:
    """A written number inside a product; a negative one in parentheses, unless it comes first."""
    return f"({text})" if text.startswith("-") and not first else text
