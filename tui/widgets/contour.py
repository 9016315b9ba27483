"""The contour map as a widget: one figure in, painted line by line."""

from __future__ import annotations

from rich.segment import Segment
from textual.reactive import reactive
from textual.strip import Strip

from tui.render.contours import ContourFigure, Line, contours
from tui.theme import palette
from tui.widgets.painted import Painted

__all__ = ["Contour", "ContourFigure"]


class Contour(Painted):
    """Draws one `ContourFigure`; set `figure` to show the next."""

    DEFAULT_CSS = "Contour { width: 1fr; height: 1fr; }"

    figure: reactive[ContourFigure | None] = reactive(None, always_update=True)

    def watch_figure(self) -> None:
        """Draw the next figure."""
        self._repaint()

    def _lines(
        self, figure: ContourFigure, size: tuple[int, int], *, ascii_only: bool
    ) -> list[Line]:
        """The map in `size` cells; what is drawn over it comes on top of these lines."""
        return contours(figure, size, palette(self.app), ascii_only=ascii_only)

    def _paint(self) -> list[Strip]:
        if self.figure is None:
            return []
        ascii_only = bool(getattr(self.app, "ascii_mode", False))
        size = (self.size.width, self.size.height)
        lines = self._lines(self.figure, size, ascii_only=ascii_only)
        base, width = self.rich_style, self.size.width
        return [
            Strip(Segment.apply_style(line, base)).adjust_cell_length(width, base) for line in lines
        ]
