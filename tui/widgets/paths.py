"""The contour map with ways over it: one figure and its strokes in, painted line by line."""

from __future__ import annotations

from rich.segment import Segment
from textual.strip import Strip

from tui.render.contours import contours
from tui.render.strokes import Stroke, overlay
from tui.theme import palette
from tui.widgets.contour import Contour, ContourFigure

__all__ = ["ContourFigure", "Paths", "Stroke"]


class Paths(Contour):
    """Draws a `ContourFigure` with strokes; `show` takes the next."""

    DEFAULT_CSS = "Paths { width: 1fr; height: 1fr; }"

    _strokes: tuple[Stroke, ...] = ()

    def show(self, figure: ContourFigure, strokes: tuple[Stroke, ...]) -> None:
        """Show this map with these ways."""
        self._strokes = strokes
        self.figure = figure

    def _draw(self) -> list[Strip]:
        if self.figure is None:
            return []
        ascii_only = bool(getattr(self.app, "ascii_mode", False))
        size, colors = (self.size.width, self.size.height), palette(self.app)
        lines = contours(self.figure, size, colors, ascii_only=ascii_only)
        lines = overlay(lines, self.figure, size, self._strokes, colors, ascii_only=ascii_only)
        base, width = self.rich_style, self.size.width
        return [
            Strip(Segment.apply_style(line, base)).adjust_cell_length(width, base) for line in lines
        ]
