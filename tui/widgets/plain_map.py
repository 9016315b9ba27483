"""One map as large as there is room, with the points on it."""

from __future__ import annotations

from rich.segment import Segment
from textual.reactive import reactive
from textual.strip import Strip

from lessons.labs.maps.state import NodeMap
from tui.render.heat import Dots, heat
from tui.theme import palette
from tui.widgets.painted import Painted


class PlainMap(Painted):
    """One map as large as there is room, with the points on it."""

    DEFAULT_CSS = "PlainMap { width: 1fr; height: 1fr; }"

    shown: reactive[tuple[NodeMap, Dots] | None] = reactive(None, always_update=True, repaint=False)

    def watch_shown(self) -> None:
        """Paint the next snapshot."""
        self._repaint()

    def _paint(self) -> list[Strip]:
        width, height, base = self.size.width, self.size.height, self.rich_style
        if self.shown is None:
            words = "These data are no points of a plane: there is no map of them."
            return [Strip([Segment(words[:width], base)]).adjust_cell_length(width, base)]
        node, dots = self.shown
        rows = min(height, width // 2)
        signs = bool(self.app.no_color or getattr(self.app, "ascii_mode", False))
        lines = heat(
            node.values, (2 * rows, rows), palette(self.app), strength=0.6, signs=signs, dots=dots
        )
        margin = Segment(" " * ((width - 2 * rows) // 2), base)
        return [
            Strip([margin, *Segment.apply_style(line, base)]).adjust_cell_length(width, base)
            for line in lines
        ]
