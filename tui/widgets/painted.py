"""A widget that paints all of its lines together, and keeps them until something changes."""

from __future__ import annotations

from abc import abstractmethod

from textual.strip import Strip
from textual.widget import Widget

from tui.follow import follow_theme


class Painted(Widget):
    """Asks `_paint` for its lines when the first of them is wanted; `_repaint` forgets them."""

    _strips: list[Strip] | None = None

    def on_mount(self) -> None:
        """Repaint in the colours of a theme when it is chosen."""
        follow_theme(self, self._repaint)

    def on_resize(self) -> None:
        """Repaint in the new size."""
        self._repaint()

    def _repaint(self) -> None:
        self._strips = None
        self.refresh()

    @abstractmethod
    def _paint(self) -> list[Strip]:
        """The lines from the top; those that are missing are blank."""

    def render_line(self, y: int) -> Strip:
        """One line; all are painted together, when the first is asked for."""
        if self._strips is None:
            self._strips = self._paint()
        if y < len(self._strips):
            return self._strips[y]
        return Strip.blank(self.size.width, self.rich_style)
