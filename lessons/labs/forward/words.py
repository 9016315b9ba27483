"""The lines of arithmetic of forward propagation, with what is hidden written as ?."""

from __future__ import annotations

from dataclasses import dataclass

from engine import Node, Product, Trace
from lessons.labs.base import Explanation
from lessons.numbers import operand, short, total

HIDDEN = "?"


@dataclass(frozen=True)
class Words:
    """Writes out a trace. `hiding` names the nodes whose values are not to be seen yet."""

    trace: Trace
    hiding: tuple[str, ...] = ()

    def value(self, node: Node) -> str:
        """The value of a node."""
        return HIDDEN if self._conceals(node) else short(node.value)

    def product(self, item: Product) -> str:
        """The line of one product: ``2 × 1 = 2``."""
        factor, term = self._factor(item), self._term(item)
        return f"{term} = {HIDDEN if factor == HIDDEN else short(item.value)}"

    def sum(self, node: Node) -> str:
        """The line of a node's sum: ``node 0 = 2 × 1 + 3 × 1 = 5``."""
        name = node.name if node.activation == "linear" else f"{node.name}, sum"
        result = HIDDEN if self._conceals(node) else short(node.pre_activation)
        return f"{name} = {self._terms(node)} = {result}"

    def activation(self, node: Node) -> str:
        """The line of a node's activation: ``node 0 = tanh(5) = 0.9999``."""
        return f"{node.name} = {self._applied(node)} = {self.value(node)}"

    def node(self, node: Node) -> str:
        """A node in one line: ``node 0 = relu(2 × 1 + 3 × (-1)) = relu(-1) = 0``."""
        if node.activation == "linear":
            return self.sum(node)
        inside = f"{node.activation}({self._terms(node)})"
        return f"{node.name} = {inside} = {self._applied(node)} = {self.value(node)}"

    def note(self, node: Node, *, known: bool) -> str:
        """What the activation of a node is put on; nothing where there is no activation."""
        if node.activation == "linear":
            return ""
        # As wide as most of what will stand there: the drawing should not move.
        return self._applied(node) if known else f"{node.activation}(sum)"

    def source(self, item: Product) -> str:
        """The name of what comes in over an edge."""
        if item.layer == 0:
            return self.trace.input_names[item.source]
        return self.trace.layers[item.layer - 1][item.source].name

    def explain(self, name: str) -> Explanation:
        """Where the value of the node called `name` comes from."""
        node = next(n for nodes in self.trace.layers for n in nodes if n.name == name)
        formula = total([f"{self.source(item)} × its weight" for item in node.products])
        filled = self._terms(node)
        if node.activation != "linear":
            formula, filled = f"{node.activation}({formula})", f"{node.activation}({filled})"
        meaning = "Each value that comes in is multiplied by the weight of its line. All are added."
        if node.activation != "linear":
            meaning += f" On that sum {node.activation} is put."
        if self._conceals(node):
            meaning += " The result stays hidden until you have answered the question."
        return Explanation(
            name=name,
            meaning=meaning,
            formula=f"{name} = {formula}",
            filled=f"{name} = {filled} = {self.value(node)}",
            where=tuple((self.source(item), self._part(node, item)) for item in node.products),
        )

    def _part(self, node: Node, item: Product) -> str:
        """A product of a node. One alone can be all of a hidden sum, so it is not worked out."""
        return self._term(item) if self._conceals(node) else self.product(item)

    def _conceals(self, node: Node) -> bool:
        """A node is hidden when it is named, or when it is fed by one that is."""
        if node.name in self.hiding:
            return True
        return node.layer > 0 and any(
            self._conceals(self.trace.layers[node.layer - 1][item.source]) for item in node.products
        )

    def _applied(self, node: Node) -> str:
        inside = HIDDEN if self._conceals(node) else short(node.pre_activation)
        return f"{node.activation}({inside})"

    def _terms(self, node: Node) -> str:
        return total([self._term(item) for item in node.products])

    def _term(self, item: Product) -> str:
        return f"{self._factor(item)} × {operand(item.weight)}"

    def _factor(self, item: Product) -> str:
        if item.layer == 0:
            return short(item.input)
        return self.value(self.trace.layers[item.layer - 1][item.source])
