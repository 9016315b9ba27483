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
        self.query_one(Network).diagram = Diagram(
            layers=tuple(tuple(self._node(node) for node in layer) for layer in snapshot.layers),
            edges=tuple(self._edge(edge) for edge in snapshot.edges),
        )
        self.query_one(Lines).lines = snapshot.lines

    def _node(self, node: NodeState) -> DiagramNode:
        return DiagramNode(
            node.name,
            node.value,
            state=node.state,
            selected=node.name == self.selected,
            note=node.note,
        )

    def _edge(self, edge: EdgeState) -> DiagramEdge:
        return DiagramEdge(
            edge.layer,
            edge.source,
            edge.target,
            edge.weight,
            state=edge.state,
            selected=edge.field == self.selected,
        )
