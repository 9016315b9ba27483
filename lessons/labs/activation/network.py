"""The same small network with each activation, side by side."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from engine import Node, Trace, trace
from lessons.labs.activation.functions import NAMES
from lessons.labs.activation.state import Comparison, Result
from lessons.labs.forward.network import Matrix, build
from lessons.labs.forward.state import EdgeState, NodeState
from lessons.labs.forward.words import HIDDEN, Words
from lessons.numbers import exact, short


@dataclass(frozen=True)
class Side:
    """A network with one hidden layer, and what each activation makes of it."""

    inputs: tuple[float, ...]
    weights: tuple[Matrix, ...]
    traces: dict[str, Trace]

    @classmethod
    def of(cls, inputs: tuple[float, ...], weights: tuple[Matrix, ...]) -> Side:
        """Ask the engine about every activation."""
        row = np.array(inputs)
        return cls(inputs, weights, {n: trace(build(weights, n), row) for n in NAMES})

    def value(self, name: str) -> float | None:
        """The number of a hidden name, ``output tanh``; None where it names none of these."""
        node, _, activation = name.rpartition(" ")
        if activation not in self.traces:
            return None
        layers = self.traces[activation].layers
        return next((n.value for nodes in layers for n in nodes if n.name == node), None)

    def words(self, activation: str, hiding: tuple[str, ...]) -> Words:
        """The words for one activation, with its own hidden nodes."""
        split = [name.rpartition(" ") for name in hiding]
        return Words(self.traces[activation], tuple(n for n, _, a in split if a == activation))


def compare(side: Side, computed: int, hiding: tuple[str, ...]) -> Comparison:
    """What is seen after the first `computed` activations. `hiding` holds ``output tanh``."""
    now = NAMES[computed - 1] if computed else ""
    first = side.traces[NAMES[0]]
    hidden, out = first.layers
    # Without an activation a node is its sum, and hidden where that is.
    sums = tuple(side.words(NAMES[0], hiding).value(node) for node in hidden)
    rows = [Result("sum z", (*sums, *[""] * len(out)), now=not now)]
    for place, name in enumerate(NAMES):
        cells = (
            tuple(_cells(side, name, hiding)) if place < computed else ("",) * len(rows[0].cells)
        )
        rows.append(Result(name, cells, now=name == now))
    return Comparison(
        columns=tuple(node.name for node in (*hidden, *out)),
        results=tuple(rows),
        layers=tuple(_layers(side, now, hiding)),
        edges=tuple(_edges(side, bool(now))),
        lines=_lines(side, now, hiding),
    )


def _cells(side: Side, name: str, hiding: tuple[str, ...]) -> Iterator[str]:
    """The hidden nodes, then the output to its last digit."""
    words = side.words(name, hiding)
    hidden, out = side.traces[name].layers
    yield from (words.value(node) for node in hidden)
    for node in out:
        yield HIDDEN if words.value(node) == HIDDEN else exact(node.value)


def _lines(side: Side, now: str, hiding: tuple[str, ...]) -> tuple[str, ...]:
    if not now:
        words = side.words(NAMES[0], hiding)
        hidden = side.traces[NAMES[0]].layers[0]
        return tuple(words.sum(node).replace(" =", ", sum =", 1) for node in hidden)
    words = side.words(now, hiding)
    hidden, out = side.traces[now].layers
    linear = now == "linear"
    first = [words.sum(node) if linear else words.activation(node) for node in hidden]
    return (*first, *(words.sum(node) for node in out))


def _layers(side: Side, now: str, hiding: tuple[str, ...]) -> Iterator[tuple[NodeState, ...]]:
    seen = side.traces[now or NAMES[0]]
    words = side.words(now or NAMES[0], hiding)
    pairs = zip(seen.input_names, seen.inputs, strict=True)
    yield tuple(NodeState(name, short(value), "plain") for name, value in pairs)
    for layer, nodes in enumerate(seen.layers):
        yield tuple(_node(node, words, bool(now), hidden=layer == 0) for node in nodes)


def _node(node: Node, words: Words, known: bool, *, hidden: bool) -> NodeState:
    if not known:
        note = f"sum {words.value(node)}" if hidden else ""
        return NodeState(node.name, "", "pending", note)
    state = "active" if hidden and node.activation != "linear" else "done"
    return NodeState(node.name, words.value(node), state, words.note(node, known=True))  # type: ignore[arg-type]


def _edges(side: Side, known: bool) -> Iterator[EdgeState]:
    for layer, rows in enumerate(side.weights):
        for target, row in enumerate(rows):
            for source, weight in enumerate(row):
                state = "done" if known or layer == 0 else "pending"
                field = f"weight {layer} {target} {source}"
                yield EdgeState(layer, source, target, short(weight), state, field)  # type: ignore[arg-type]
