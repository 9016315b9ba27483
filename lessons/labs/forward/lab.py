"""Forward propagation, one product at a time: a small network whose every number can be edited.

A step is one product, then the sum of a node, then its activation where it has one. The network
is the engine's own `Sequential`, and every number comes out of the engine's `trace`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from engine import Node, Trace, trace
from lessons.labs.base import Action, Code, Explanation, Field, Lab, Refused, Scene
from lessons.labs.cases import of_case
from lessons.labs.forward.code import listings
from lessons.labs.forward.network import Matrix, Operation, build, plan
from lessons.labs.forward.state import EdgeState, ForwardSnapshot, NodeState, State
from lessons.labs.forward.words import Words
from lessons.numbers import exact, short

__all__ = ["ForwardLab", "ForwardScene", "build"]

T = TypeVar("T")

NAMES = {"linear": "No activation", "relu": "ReLU", "leaky_relu": "Leaky ReLU"}
"""How a sentence starts with an activation; others as they are called."""


@dataclass(frozen=True)
class ForwardScene(Scene):
    """A network, a row of inputs, and how far forward propagation has come."""

    inputs: tuple[float, ...] = ()
    weights: tuple[Matrix, ...] = ()
    activation: str = "linear"
    until: str = ""
    """Name of the node up to which all is computed; empty: nothing is yet."""
    by_node: bool = False
    """True: space computes a whole node. False: one product, sum or activation."""
    activations: tuple[str, ...] = ()
    """The activations to choose from; empty: there is no choice."""
    case: str = ""
    """Names what is hidden for this scene alone: ``output@swapped`` where it is "swapped"."""


class ForwardLab(Lab):
    """Steps through forward propagation, with every number open to editing."""

    kind = "forward"
    title = "a small network"
    pace = 2.0

    def __init__(self, scene: ForwardScene) -> None:
        super().__init__()
        self.show(scene)

    # -- where it stands ----------------------------------------------------------------------

    @property
    def setup(self) -> ForwardScene:
        """The scene as a ForwardScene."""
        if not isinstance(self.scene, ForwardScene):
            raise TypeError(f"a ForwardLab shows a ForwardScene, not a {type(self.scene).__name__}")
        return self.scene

    def _begin(self) -> None:
        scene = self.setup
        self._inputs, self._weights, self._activation = (
            scene.inputs,
            scene.weights,
            scene.activation,
        )
        self._recompute()
        self._position = self._farthest = 0
        self._asked = {node.name: node.value for node in self._nodes()}

    def _arrive(self) -> None:
        if self.setup.until:
            self.go(self._end_of(self.setup.until))

    def _keepsake(self) -> Callable[[], None]:
        kept = (self._inputs, self._weights, self._activation, self._position, self._farthest)

        def restore() -> None:
            self._inputs, self._weights, self._activation, *places = kept
            self._recompute()
            self._position, self._farthest = places

        return restore

    @property
    def position(self) -> int:
        return self._position

    @property
    def end(self) -> int:
        return self._farthest

    @property
    def trace(self) -> Trace:
        """Every number of this forward pass, from the engine."""
        return self._trace

    @property
    def hiding(self) -> tuple[str, ...]:
        # With other inputs or weights a node has another value, which nobody has asked for.
        here = self._concealed
        return tuple(
            name
            for name in super().hiding
            if name.partition("@")[2] != self.setup.case or name.partition("@")[0] in here
        )

    @property
    def _concealed(self) -> tuple[str, ...]:
        """Names of the nodes that are hidden in this scene, with the numbers of now."""
        names = of_case(super().hiding, self.setup.case)
        return tuple(name for name in names if self._value(name) == self._asked.get(name))

    def _value(self, name: str) -> float | None:
        return next((node.value for node in self._nodes() if node.name == name), None)

    @property
    def step_name(self) -> str:  # type: ignore[override]
        return self._operations[self._position].kind if self.can("step") else "step"

    def can(self, action: Action) -> bool:
        if action in ("step", "run"):
            return self._position < len(self._operations)
        return super().can(action)

    @property
    def why_not_run(self) -> str:
        done = not self.can("step")
        return "The output is computed. b takes a step back, 0 starts again." if done else ""

    # -- moving -------------------------------------------------------------------------------

    def step(self) -> None:
        if not self.can("step"):
            raise Refused(self.why_not_run)
        self.go(self._position + 1)

    def go(self, position: int) -> None:
        self._position = min(max(position, 0), len(self._operations))
        self._farthest = max(self._farthest, self._position)
        self.said = ""

    # -- editing ------------------------------------------------------------------------------

    def fields(self) -> tuple[Field, ...]:
        inputs = [
            Field(f"input {i}", f"input {i}", exact(value)) for i, value in enumerate(self._inputs)
        ]
        weights = [
            Field(edge.field, self._edge_name(edge), exact(self._weight(edge)))
            for edge in self._edges()
        ]
        return (*inputs, *weights, *self._choices())

    def _choices(self) -> Iterator[Field]:
        if choices := self.setup.activations:
            yield Field("activation", "activation", self._activation, choices)

    def _apply(self, field: Field, text: str) -> None:
        if field.id == "activation":
            self._choose(text)
            return
        value = field.read(text)
        kind, *place = field.id.split(" ")
        if kind == "input":
            at = int(place[0])
            self._inputs = _with(self._inputs, at, value)
        else:
            layer, node, source = (int(part) for part in place)
            rows = self._weights[layer]
            rows = _with(rows, node, _with(rows[node], source, value))
            self._weights = _with(self._weights, layer, rows)
        self._recompute()
        self.said = f"{field.label} is now {short(value)}: everything after it follows."

    def _choose(self, activation: str) -> None:
        """Another activation in every hidden node, with as much computed as before."""
        reached = [place.name for place in self._nodes() if self._known(place)]
        self._activation = activation
        self._recompute()
        self._position = self._end_of(reached[-1]) if reached else 0
        self._farthest = self._position
        self.said = f"{NAMES.get(activation, activation)} in every hidden node."

    def _recompute(self) -> None:
        self._model = build(self._weights, self._activation)
        self._trace = trace(self._model, np.array(self._inputs))
        self._operations = tuple(plan(self._trace, by_node=self.setup.by_node))

    def _nodes(self) -> Iterator[Node]:
        """Every node, in the order of their computation."""
        return (node for nodes in self._trace.layers for node in nodes)

    # -- painting -----------------------------------------------------------------------------

    def snapshot(self) -> ForwardSnapshot:
        done = self._operations[: self._position]
        return ForwardSnapshot(
            position=self._position,
            total=len(self._operations),
            layers=(self._input_states(), *(self._node_states(n) for n in self._trace.layers)),
            edges=tuple(self._edges()),
            lines=tuple(self._line(operation) for operation in done),
            said=self.said,
        )

    @property
    def _now(self) -> Operation | None:
        return self._operations[self._position - 1] if self._position else None

    def _input_states(self) -> tuple[NodeState, ...]:
        now = self._now
        return tuple(
            NodeState(name, short(value), "active" if now and now.reads(-1, i) else "plain")
            for i, (name, value) in enumerate(
                zip(self._trace.input_names, self._trace.inputs, strict=True)
            )
        )

    def _node_states(self, nodes: tuple[Node, ...]) -> tuple[NodeState, ...]:
        return tuple(
            NodeState(
                node.name,
                self._words.value(node) if self._known(node) else "",
                self._node_state(node),
                self._words.note(node, known=self._known(node)),
            )
            for node in nodes
        )

    def _node_state(self, node: Node) -> State:
        now = self._now
        here = (node.layer, node.index)
        if now and ((now.layer, now.node) == here or now.reads(*here)):
            return "active"
        return "done" if self._known(node) else "pending"

    def _known(self, node: Node) -> bool:
        return self._position >= self._end_of(node.name)

    def _end_of(self, name: str) -> int:
        """How many steps it takes until the node called `name` has its value."""
        for count in range(len(self._operations), 0, -1):
            operation = self._operations[count - 1]
            if self._trace.layers[operation.layer][operation.node].name == name:
                return count
        raise ValueError(f"no node is called {name}")

    def _edges(self) -> Iterator[EdgeState]:
        now = self._now
        done = self._operations[: self._position]
        for layer, rows in enumerate(self._weights):
            for target, row in enumerate(rows):
                for source, weight in enumerate(row):
                    place = (layer, target, source)
                    state: State = "done" if any(o.uses(*place) for o in done) else "pending"
                    yield EdgeState(
                        layer,
                        source,
                        target,
                        short(weight),
                        "active" if now and now.uses(*place) else state,
                        f"weight {layer} {target} {source}",
                    )

    def _weight(self, edge: EdgeState) -> float:
        return self._weights[edge.layer][edge.target][edge.source]

    def _edge_name(self, edge: EdgeState) -> str:
        node = self._trace.layers[edge.layer][edge.target]
        return f"weight {self._words.source(node.products[edge.source])} → {node.name}"

    @property
    def _words(self) -> Words:
        return Words(self._trace, self._concealed)

    def _line(self, operation: Operation) -> str:
        node = self._trace.layers[operation.layer][operation.node]
        match operation.kind:
            case "product":
                return self._words.product(node.products[operation.source])
            case "sum":
                return self._words.sum(node)
            case "activation":
                return self._words.activation(node)
            case "node":
                return self._words.node(node)

    # -- explaining ---------------------------------------------------------------------------

    def explainable(self) -> tuple[str, ...]:
        return tuple(node.name for node in self._nodes())

    def current(self) -> str:
        now = self._now or self._operations[0]
        return self._trace.layers[now.layer][now.node].name

    def explain(self, name: str) -> Explanation:
        return self._words.explain(name)

    def code(self) -> tuple[Code, ...]:
        return listings(self._inputs, self._weights, self._activation)


def _with(row: tuple[T, ...], at: int, value: T) -> tuple[T, ...]:
    """`row` with the item at one place replaced."""
    return (*row[:at], value, *row[at + 1 :])
