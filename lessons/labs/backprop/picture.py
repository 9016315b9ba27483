"""The network of a pass as it stands: what is known, what is active, what is still to come."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from engine import Node, Product, Trace
from lessons.labs.backprop.plan import Operation, gated, outgoing, weight_name
from lessons.labs.backprop.state import EdgeState, NodeState, State
from lessons.labs.backprop.words import Words
from lessons.numbers import short

DECIMALS = 3
"""Of the numbers in the picture; the lines below it have four."""


@dataclass(frozen=True)
class Picture:
    """What the diagram shows after the steps `done` of a pass."""

    trace: Trace
    words: Words
    operations: tuple[Operation, ...]
    done: tuple[Operation, ...]

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset(operation.name for operation in self.done)

    @cached_property
    def _backward(self) -> bool:
        return any(operation.kind == "output slope" for operation in self.done)

    # -- nodes --------------------------------------------------------------------------------

    def layers(self, stepped: bool) -> tuple[tuple[NodeState, ...], ...]:
        """The nodes, layer by layer, inputs first; only what is stepped through has a mark."""
        inputs = tuple(
            NodeState(name, short(value, DECIMALS), "", "", "plain")
            for name, value in zip(self.trace.input_names, self.trace.inputs, strict=True)
        )
        if stepped and (edge := self._edge_in_use) and edge.layer == 0:
            inputs = (
                *inputs[: edge.source],
                _active(inputs[edge.source]),
                *inputs[edge.source + 1 :],
            )
        hidden = (tuple(self._node(node, stepped) for node in nodes) for nodes in self.trace.layers)
        return (inputs, *hidden)

    def _node(self, node: Node, stepped: bool) -> NodeState:
        known = self._known
        return NodeState(
            name=node.name,
            value=self.words.value(node, DECIMALS) if node.name in known else "",
            slope=self.words.slope(node, DECIMALS) if f"∂ {node.name}" in known else "",
            gate=self.words.gate(node) if f"gate of {node.name}" in known else "",
            state=self._node_state(node) if stepped else "done",
            gated=gated(node),
            room=len(f"∂ {self.words.slope(node, DECIMALS)} {self.words.gate(node)}".rstrip()),
        )

    def _node_state(self, node: Node) -> State:
        if self._in_use(node):
            return "active"
        needed = f"∂ {node.name}" if self._backward else node.name
        return "done" if needed in self._known else "pending"

    def _in_use(self, node: Node) -> bool:
        """Whether the step just taken is about this node, or a weight that it is an end of."""
        if not self.done:
            return False
        now = self.done[-1]
        if (now.layer, now.node) == (node.layer, node.index):
            return True
        edge = self._edge_in_use
        return edge is not None and (edge.layer - 1, edge.source) == (node.layer, node.index)

    @property
    def _edge_in_use(self) -> Product | None:
        """The weight whose slope was just computed."""
        if not self.done or self.done[-1].kind != "weight":
            return None
        now = self.done[-1]
        return self.trace.layers[now.layer][now.node].products[now.source]

    # -- weights ------------------------------------------------------------------------------

    def edges(self, stepped: bool) -> tuple[EdgeState, ...]:
        """The weights with their slopes."""
        found = []
        for nodes in self.trace.layers:
            for node in nodes:
                for item in node.products:
                    name = weight_name(self.trace, item)
                    known = f"∂ {name}" in self._known
                    slope = self.words.weight_slope(item, DECIMALS) if known else ""
                    state = self._edge_state(item, node) if stepped else "done"
                    weight = self.words.weight(item, DECIMALS)
                    found.append(
                        EdgeState(item.layer, item.source, item.node, weight, slope, state, name)
                    )
        return tuple(found)

    def _edge_state(self, item: Product, node: Node) -> State:
        now = self.done[-1] if self.done else None
        if now is not None and self._uses(now, item):
            return "active"
        name = f"∂ {weight_name(self.trace, item)}"
        needed = name if self._backward else node.name
        return "done" if needed in self._known else "pending"

    def _uses(self, now: Operation, item: Product) -> bool:
        """Whether a step goes over this weight."""
        if now.kind == "node":
            return (item.layer, item.node) == (now.layer, now.node)
        if now.kind == "weight":
            return (item.layer, item.node, item.source) == (now.layer, now.node, now.source)
        if now.kind == "slope":
            node = self.trace.layers[now.layer][now.node]
            return item in [way for way, _ in outgoing(self.trace, node)]
        return False

    # -- room ---------------------------------------------------------------------------------

    @property
    def slope_room(self) -> int:
        """Cells of the longest slope of a weight."""
        items = (i for nodes in self.trace.layers for node in nodes for i in node.products)
        return max(len(self.words.weight_slope(item, DECIMALS)) for item in items)


def _active(node: NodeState) -> NodeState:
    return replace(node, state="active")
