"""A widget that paints all of its lines together, and keeps them until something changes."""

from __future__ import annotations

from abc import abstractmethod

from textual.filter import ANSIToTruecolor
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.widget import Widget

from tui.follow import follow_theme


class Painted(Widget):
    """Asks `_paint` for its lines when the first of them is wanted; `_repaint` forgets them.

    In a new size it is asked again.
    """

    true_colors = False
    """Whether what is painted is known to have no colour that is left to the terminal."""

    _strips: list[Strip] | None = None
    _painted_for: Size | None = None

    def on_mount(self) -> None:
        """Repaint in the colours of a theme when it is chosen."""
        follow_theme(self, self._repaint)

    def _repaint(self) -> None:
        self._strips = None
        self.refresh()

    @abstractmethod
    def _paint(self) -> list[Strip]:
        """The lines from the top, as wide as the widget; those that are missing are blank."""

    def render_line(self, y: int) -> Strip:
        """One line; all are painted together, when the first is asked for."""
        return self._painted_lines[y]

    @property
    def _painted_lines(self) -> list[Strip]:
        # Asked here, because lines are wanted in a new size before the widget is told of it.
        if self._strips is None or self._painted_for != self.size:
            painted, self._painted_for = self._paint(), self.size
            blank = Strip.blank(self.size.width, self.rich_style)
            self._strips = [*painted, *[blank] * (self.size.height - len(painted))]
        return self._strips

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines of a part of the widget.

        Without a border and the like they are right as they were painted, and what Textual does to
        each of them for the sake of borders would cost more than the painting.
        """
        if self.gutter.totals != (0, 0) or self.opacity != 1:
            return super().render_lines(crop)
        lines = self._painted_lines[crop.y : crop.bottom]
        for line_filter in self.get_line_filters():
            if self.true_colors and isinstance(line_filter, ANSIToTruecolor):
                continue  # it would find nothing, segment by segment
            ground = self.background_colors[1]
            lines = [line.apply_filter(line_filter, ground) for line in lines]
        if crop.column_span == (0, self.size.width):
            return lines
        return [line.crop(*crop.column_span) for line in lines]
