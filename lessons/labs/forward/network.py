"""The networks of the forward-propagation lab: how they are built, and in which steps computed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from engine import Dense, Input, Sequential, Trace

Matrix = tuple[tuple[float, ...], ...]
"""Weights of one layer, one row a node, as the course writes them."""


def build(weights: Sequence[Matrix], activation: str) -> Sequential:
    """The engine's network for weights given a row a node: no biases, linear output, float64."""
    model = Sequential([Input((len(weights[0][0]),))], dtype="float64")
    last = len(weights) - 1
    for depth, rows in enumerate(weights):
        name = activation if depth < last else "linear"
        model.add(Dense(len(rows), activation=name, use_bias=False))
    model.set_weights([np.array(rows, dtype=float).T for rows in weights])
    return model


@dataclass(frozen=True)
class Operation:
    """One step: a product, the sum or the activation of one node, or the node as a whole."""

    kind: Literal["product", "sum", "activation", "node"]
    layer: int
    node: int
    source: int = -1

    def uses(self, layer: int, target: int, source: int) -> bool:
        """Whether this step multiplies by the weight of that edge."""
        if (self.layer, self.node) != (layer, target):
            return False
        return self.kind == "node" or (self.kind == "product" and self.source == source)

    def reads(self, layer: int, index: int) -> bool:
        """Whether this step takes in the value of that node; layer -1 holds the inputs."""
        if self.layer - 1 != layer:
            return False
        return self.kind == "node" or (self.kind == "product" and self.source == index)


def plan(trace: Trace, *, by_node: bool) -> Iterator[Operation]:
    """The steps of a forward pass: a node at a time, or each of its products, sum, activation."""
    for layer, nodes in enumerate(trace.layers):
        for node in nodes:
            if by_node:
                yield Operation("node", layer, node.index)
                continue
            for source in range(len(node.products)):
                yield Operation("product", layer, node.index, source)
            yield Operation("sum", layer, node.index)
            if node.activation != "linear":
                yield Operation("activation", layer, node.index)
