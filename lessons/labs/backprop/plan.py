"""The order of one pass: forward node by node, then back one slope at a time."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Literal

from engine import Node, Product, Trace

Kind = Literal["node", "error", "loss", "output slope", "weight", "slope", "gate"]


@dataclass(frozen=True)
class Operation:
    """One step: one number, called `name`, worked out from the numbers named in `needs`."""

    kind: Kind
    name: str
    needs: tuple[str, ...]
    layer: int
    node: int
    source: int = -1


def source_name(trace: Trace, item: Product) -> str:
    """The name of what goes in over a weight."""
    if item.layer == 0:
        return trace.input_names[item.source]
    return trace.layers[item.layer - 1][item.source].name


def weight_name(trace: Trace, item: Product) -> str:
    """``weight input 0→node 1``."""
    return f"weight {source_name(trace, item)}→{trace.layers[item.layer][item.node].name}"


def outgoing(trace: Trace, node: Node) -> tuple[tuple[Product, Node], ...]:
    """The weights that lead out of a node, each with the node that it feeds."""
    if node.layer + 1 == len(trace.layers):
        return ()
    return tuple((fed.products[node.index], fed) for fed in trace.layers[node.layer + 1])


def gated(node: Node) -> bool:
    """Whether a node has an activation that can hold a slope up."""
    return node.activation != "linear"


def plan(trace: Trace) -> tuple[Operation, ...]:
    """All steps of one pass, without the update that ends it."""
    return (*_forward(trace), *_at_the_output(trace), *_backward(trace))


def _forward(trace: Trace) -> Iterator[Operation]:
    for layer, nodes in enumerate(trace.layers):
        for node in nodes:
            before = [source_name(trace, item) for item in node.products]
            weights = [weight_name(trace, item) for item in node.products]
            yield Operation("node", node.name, (*before, *weights), layer, node.index)


def _at_the_output(trace: Trace) -> Iterator[Operation]:
    last = len(trace.layers) - 1
    output = trace.layers[last][0].name
    yield Operation("error", "error", (output,), last, 0)
    yield Operation("loss", "loss", ("error",), last, 0)
    yield Operation("output slope", f"∂ {output}", ("error",), last, 0)


def _backward(trace: Trace) -> Iterator[Operation]:
    last = len(trace.layers) - 1
    for layer in range(last, -1, -1):
        if layer < last:
            for node in trace.layers[layer]:
                yield from _into(trace, node)
        for node in trace.layers[layer]:
            arriving = _arriving(node)
            for item in node.products:
                name = weight_name(trace, item)
                needs = (source_name(trace, item), *arriving)
                yield Operation("weight", f"∂ {name}", needs, layer, node.index, item.source)


def _into(trace: Trace, node: Node) -> Iterator[Operation]:
    """The slope of a hidden node, and its gate."""
    needs: list[str] = []
    for item, fed in outgoing(trace, node):
        needs += [weight_name(trace, item), *_arriving(fed)]
    yield Operation("slope", f"∂ {node.name}", tuple(needs), node.layer, node.index)
    if gated(node):
        yield Operation("gate", f"gate of {node.name}", (node.name,), node.layer, node.index)


def _arriving(node: Node) -> tuple[str, ...]:
    """What is needed of a node to go on backwards from it."""
    return (f"∂ {node.name}", *([f"gate of {node.name}"] if gated(node) else []))


def concealed(operations: tuple[Operation, ...], hidden: Collection[str]) -> frozenset[str]:
    """`hidden` and all that could only be worked out with it."""
    found = set(hidden)
    for operation in operations:
        if found.intersection(operation.needs):
            found.add(operation.name)
    return frozenset(found)
