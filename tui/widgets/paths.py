"""The contour map with ways over it: one figure and its strokes in, painted line by line."""

from __future__ import annotations

from tui.render.contours import Line
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

    def _lines(
        self, figure: ContourFigure, size: tuple[int, int], *, ascii_only: bool
    ) -> list[Line]:
        lines = super()._lines(figure, size, ascii_only=ascii_only)
        colors = palette(self.app)
        return overlay(lines, figure, size, self._strokes, colors, ascii_only=ascii_only)
