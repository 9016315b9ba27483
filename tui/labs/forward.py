"""The forward-propagation lab: the network drawn, and every line of arithmetic so far."""

from __future__ import annotations

from textual.app import ComposeResult

from lessons.labs.forward.state import EdgeState, ForwardSnapshot, NodeState
from tui.labs.base import LabView
from tui.render.diagram_view import Diagram, DiagramEdge, DiagramNode
from tui.widgets.lines import Lines
from tui.widgets.network import Network


class ForwardView(LabView):
    """Paints a ForwardSnapshot."""

    def compose(self) -> ComposeResult:
        """The network above, the arithmetic below."""
        yield Network(id="network")
        yield Lines("space computes the first product", id="lines")

    def paint(self) -> None:
        """Draw the snapshot."""
        snapshot = self.snapshot
        if not isinstance(snapshot, ForwardSnapshot):
            return
        self.query_one(Network).diagram = diagram_of(snapshot.layers, snapshot.edges, self.selected)
        self.query_one(Lines).lines = snapshot.lines


def diagram_of(
    layers: tuple[tuple[NodeState, ...], ...], edges: tuple[EdgeState, ...], selected: str
) -> Diagram:
    """A network as it stands, with the field under the edit cursor marked."""
    return Diagram(
        layers=tuple(tuple(_node(node, selected) for node in layer) for layer in layers),
        edges=tuple(_edge(edge, selected) for edge in edges),
    )


def _node(node: NodeState, selected: str) -> DiagramNode:
    return DiagramNode(
        node.name, node.value, state=node.state, selected=node.name == selected, note=node.note
    )


def _edge(edge: EdgeState, selected: str) -> DiagramEdge:
    return DiagramEdge(
        edge.layer,
        edge.source,
        edge.target,
        edge.weight,
        state=edge.state,
        selected=edge.field == selected,
    )
