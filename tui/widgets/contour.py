"""The contour map as a widget: one figure in, painted line by line."""

from __future__ import annotations

from rich.segment import Segment
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from tui.follow import follow_theme
from tui.render.contours import ContourFigure, contours
from tui.theme import palette

__all__ = ["Contour", "ContourFigure"]


class Contour(Widget):
    """Draws one `ContourFigure`; set `figure` to show the next."""

    DEFAULT_CSS = "Contour { width: 1fr; height: 1fr; }"

    figure: reactive[ContourFigure | None] = reactive(None, always_update=True)

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._strips: list[Strip] | None = None

    def on_mount(self) -> None:
        """Draw again in the colours of a theme when it is chosen."""
        follow_theme(self, self._redraw)

    def watch_figure(self) -> None:
        """Draw the next figure."""
        self._redraw()

    def on_resize(self) -> None:
        """Draw in the new size."""
        self._redraw()

    def _redraw(self) -> None:
        self._strips = None
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """One line of the map; the whole is drawn when a line is first asked for."""
        if self._strips is None:
            self._strips = self._draw()
        if y < len(self._strips):
            return self._strips[y]
        return Strip.blank(self.size.width, self.rich_style)

    def _draw(self) -> list[Strip]:
        if self.figure is None:
            return []
        ascii_only = bool(getattr(self.app, "ascii_mode", False))
        size = (self.size.width, self.size.height)
        lines = contours(self.figure, size, palette(self.app), ascii_only=ascii_only)
        base, width = self.rich_style, self.size.width
        return [
            Strip(Segment.apply_style(line, base)).adjust_cell_length(width, base) for line in lines
        ]
