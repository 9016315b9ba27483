"""The backpropagation lab: the network with values and slopes, and every line of arithmetic."""

from __future__ import annotations

from rich.text import Text
from textual.app import ComposeResult
from textual.widgets import Static

from lessons.labs.backprop.state import BackpropSnapshot, EdgeState, NodeState
from tui.labs.base import LabView
from tui.render.diagram_view import Diagram, DiagramEdge, DiagramNode
from tui.theme import palette
from tui.widgets.lines import Lines
from tui.widgets.network import Network

PHASES = {"forward": "▸ forward", "backward": "◂ backward", "update": "● updated"}
SHORT = {"open": "×1", "shut": "×0"}
"""How gates read where there is no room for words."""

TIGHT = 66
"""Columns below which there is none in a network with more than one hidden layer."""

LOW = 13
"""Rows below which a nudge has no room beside network and lines."""

PHASE_ROLES = {"forward": "accent", "backward": "slope", "update": "weight"}


class BackpropView(LabView):
    """Paints a BackpropSnapshot."""

    _tight = False

    def compose(self) -> ComposeResult:
        """Where it stands, the network, what a nudge does, the arithmetic."""
        yield Static(id="standing", markup=False)
        yield Network(id="network")
        yield Static(id="nudge", markup=False)
        yield Lines("space computes the first node", id="lines")

    def on_resize(self) -> None:
        """What fits into a node depends on the width, what fits below the network on the height."""
        self.set_class(self.size.height < LOW, "low")
        self.paint()

    def paint(self) -> None:
        """Draw the snapshot."""
        snapshot = self.snapshot
        if not isinstance(snapshot, BackpropSnapshot):
            return
        backward = snapshot.phase == "backward"
        self._tight = len(snapshot.layers) > 3 and self.size.width < TIGHT
        self.query_one(Network).diagram = Diagram(
            layers=tuple(tuple(self._node(node) for node in layer) for layer in snapshot.layers),
            edges=tuple(self._edge(edge) for edge in snapshot.edges),
            direction="backward" if backward else "forward",
            slope_room=snapshot.slope_room,
        )
        self.query_one("#standing", Static).update(self._standing(snapshot), layout=False)
        self.set_class(bool(snapshot.nudge), "nudging")
        self.query_one("#nudge", Static).update(self._nudge(snapshot.nudge), layout=False)
        self.query_one(Lines).lines = snapshot.lines

    def _node(self, node: NodeState) -> DiagramNode:
        gate = SHORT.get(node.gate, node.gate) if self._tight else node.gate
        note = f"∂ {node.slope} {gate}".rstrip() if node.slope else ""
        spared = 2 if self._tight and node.gated else 0
        return DiagramNode(
            node.name,
            node.value,
            state=node.state,
            selected=node.name == self.selected,
            note=note,
            note_room=node.room - spared,
        )

    def _edge(self, edge: EdgeState) -> DiagramEdge:
        return DiagramEdge(
            edge.layer,
            edge.source,
            edge.target,
            edge.weight,
            state=edge.state,
            selected=edge.field == self.selected,
            slope=edge.slope,
        )

    def _standing(self, snapshot: BackpropSnapshot) -> Text:
        """``step 0  ◂ backward  target 7  error 3  loss 9  rate 0.01``."""
        colors = palette(self.app)
        phase = snapshot.phase
        text = Text(f"step {snapshot.updates}  ", colors.style("node"), no_wrap=True)
        text.append(PHASES[phase], colors.style(PHASE_ROLES[phase], bold=True))
        for name, value, role in (
            ("target", snapshot.target, "node"),
            ("error", snapshot.error, "node"),
            ("loss", snapshot.loss, "train"),
            ("rate", snapshot.rate, "accent"),
        ):
            if value:
                text.append(f"  {name} ", colors.style("dim"))
                text.append(value, colors.style(role))
        return text

    def _nudge(self, lines: tuple[str, ...]) -> Text:
        """The change of the loss above what the slope says of it, with their = aligned."""
        colors = palette(self.app)
        if not lines:
            return Text()
        text = Text(lines[0], colors.style("weight"), no_wrap=True)
        for line, role in zip(lines[1:], ("train", "slope"), strict=True):
            text.append(f"\n  {line}", colors.style(role))
        return text
