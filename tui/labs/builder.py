"""The building lab: the network's shape, its lines of code with their counts, and one remark."""

from __future__ import annotations

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.widgets import Static

from lessons.labs.builder.state import BuilderSnapshot, LayerRow
from tui.labs.base import LabView
from tui.render.shape import Shape, ShapeLayer
from tui.theme import palette
from tui.widgets.layers import LayerLine, LayerList, LayerTable
from tui.widgets.shape import ShapePicture


class BuilderView(LabView):
    """Paints a BuilderSnapshot."""

    def compose(self) -> ComposeResult:
        """The picture, the list of layers, what is said of the chosen one."""
        yield ShapePicture(id="shape")
        yield LayerTable(id="layers")
        yield Static(id="remark", markup=False)

    def paint(self) -> None:
        """Draw the snapshot."""
        snapshot = self.snapshot
        if not isinstance(snapshot, BuilderSnapshot):
            return
        self._places = tuple(row.name for row in snapshot.rows)
        self.query_one(ShapePicture).shape = _shape(snapshot)
        self.query_one(LayerTable).listed = LayerList(
            tuple(
                LayerLine(row.code, row.arithmetic, row.count, row.chosen, row.fresh)
                for row in snapshot.rows
            ),
            snapshot.total,
        )
        self.query_one("#remark", Static).update(self._remark(snapshot), layout=False)

    def _remark(self, snapshot: BuilderSnapshot) -> Text:
        colors = palette(self.app)
        text = Text(no_wrap=True, overflow="ellipsis")
        text.append(f"{snapshot.detail}\n", colors.style("node"))
        told = "   ".join(filter(None, (snapshot.depth, snapshot.compared)))
        text.append(told, colors.style("dim"))
        return text

    @on(LayerTable.Chosen)
    def _chosen(self, event: LayerTable.Chosen) -> None:
        event.stop()
        self.post_message(self.Wanted("set", ("layer", self._places[event.at])))

    @on(LayerTable.Widened)
    def _widened(self, event: LayerTable.Widened) -> None:
        event.stop()
        self.post_message(self.Wanted("act", "wider" if event.direction > 0 else "narrower"))


def _shape(snapshot: BuilderSnapshot) -> Shape:
    if snapshot.inputs_hidden:
        return ()
    return tuple(_layer(at, row) for at, row in enumerate(snapshot.rows))


def _layer(at: int, row: LayerRow) -> ShapeLayer:
    below = row.activation if at else "inputs"
    return ShapeLayer(row.nodes, f"{row.nodes:,}", below, row.chosen, row.fresh)
