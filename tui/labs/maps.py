"""The maps lab: where training stands, a map for every node, and the one that is pointed at."""

from __future__ import annotations

import numpy as np
from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.widgets import Static

from lessons.datasets import plane
from lessons.labs.maps.state import MapsSnapshot, NodeMap, Points
from lessons.numbers import short
from tui.labs.base import LabView
from tui.render.heat import Dots
from tui.render.spark import spark
from tui.theme import palette
from tui.widgets.maps import Maps, MapsView

LOW = 12
"""Rows below which maps need the room of the legend."""
SPARK = 16
OTHERS = "   tab: other maps"


class MapsLabView(LabView):
    """Paints a MapsSnapshot."""

    def compose(self) -> ComposeResult:
        """Where training stands, the maps, the node pointed at, what the colours mean."""
        yield Static(id="standing", markup=False)
        yield Maps(id="maps")
        yield Static(id="pointed", markup=False)
        yield Static(id="legend", markup=False)

    def on_resize(self) -> None:
        """Small maps say more than a legend."""
        self.set_class(self.size.height < LOW, "low")

    def paint(self) -> None:
        """Draw the snapshot."""
        snapshot = self.snapshot
        if not isinstance(snapshot, MapsSnapshot):
            return
        maps = self.query_one(Maps)
        maps.set_reactive(Maps.cursor, snapshot.cursor)
        maps.view = MapsView(snapshot.layers, snapshot.decision, _dots(snapshot.points))
        # Their heights are fixed: without a layout only their lines are painted again.
        self.query_one("#standing", Static).update(self._standing(snapshot), layout=False)
        self.query_one("#legend", Static).update(self._legend(maps.in_signs), layout=False)
        self._show_pointed(*snapshot.cursor)

    def _standing(self, snapshot: MapsSnapshot) -> Text:
        colors, settings = palette(self.app), snapshot.settings
        text = Text(no_wrap=True, overflow="ellipsis")
        text.append(settings.data, colors.style("accent", bold=True))
        text.append(f"  {settings.network} {settings.activation}  rate {short(settings.rate, 6)}")
        text.append(f"  seed {settings.seed}\n", colors.style("dim"))
        text.append(f"epoch {snapshot.position:>3}", colors.style("mark", bold=True))
        if snapshot.loss is None or snapshot.accuracy is None:
            text.append("  accuracy ?  loss ?", colors.style("train"))
            return text
        text.append(f"  accuracy {100 * snapshot.accuracy:5.1f} %", colors.style("node"))
        text.append(f"  loss {snapshot.loss:.4f}", colors.style("train"))
        if snapshot.position > 1:
            done = snapshot.losses[: snapshot.position]
            text.append(f" {spark(done, SPARK)}", colors.style("train"))
        return text

    def _legend(self, in_signs: bool) -> Text:
        colors = palette(self.app)
        text = Text(no_wrap=True, overflow="ellipsis")
        above, below = ("#+", "=-") if in_signs else ("▀", "▀")
        text.append(above, colors.style("positive"))
        text.append(" above 0  " if in_signs else " above 0 (output 0.5)  ", colors.style("dim"))
        text.append(below, colors.style("negative"))
        text.append(" below  ", colors.style("dim"))
        text.append("● class 1  ○ class 0  ", colors.style("dim"))
        text.append("●", colors.style("mark", reverse=True))
        text.append(" wrong", colors.style("dim"))
        return text

    def _show_pointed(self, layer: int, node: int) -> None:
        """The line about the map that is pointed at."""
        node_map = self._map_at(layer, node)
        colors = palette(self.app)
        text = Text(no_wrap=True, overflow="ellipsis")
        output = layer == len(self.snapshot.layers)
        name = "output" if output else f"layer {node_map.layer} node {node}"
        text.append(name, colors.style("accent", bold=True))
        text.append(f"  {node_map.told}", colors.style("weight"))
        if node_map.largest != 1 and not node_map.hidden:
            text.append(f"  full colour: {node_map.largest:.3g}", colors.style("dim"))
        line = self.query_one("#pointed", Static)
        if text.cell_len + len(OTHERS) <= line.size.width:
            text.append(OTHERS, colors.style("dim"))
        line.update(text, layout=False)

    def _map_at(self, layer: int, node: int) -> NodeMap:
        layers = self.snapshot.layers
        found: NodeMap = self.snapshot.decision if layer == len(layers) else layers[layer][node]
        return found

    @on(Maps.CursorMoved)
    def _moved(self, event: Maps.CursorMoved) -> None:
        event.stop()
        self.post_message(self.Pointed(event.layer, event.node))
        self._show_pointed(event.layer, event.node)


def _dots(points: Points) -> Dots:
    span = 2 * plane.EDGE
    return Dots(
        across=(points.x + plane.EDGE) / span,
        up=(points.y + plane.EDGE) / span,
        kind=np.asarray(points.kind),
        stressed=~points.right,
    )
