"""A widget that paints all of its lines together, and keeps them until something changes."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Collection, Sequence

from textual.filter import ANSIToTruecolor
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.widget import Widget

from tui.follow import follow_theme

SOME_LINES = Region()
"""Asks for a repaint of the lines that will turn out to be others: it is nowhere itself."""


class Painted(Widget):
    """Asks `_paint` for its lines when the first of them is wanted; `_repaint` forgets them.

    In a new size it is asked again. Of lines that were painted anew only those that look different
    go to the terminal: many a picture moves in a few lines only.
    """

    true_colors = False
    """Whether what is painted is known to have no colour that is left to the terminal."""

    _strips: list[Strip] | None = None
    _seen: Sequence[Strip | None] | None = None
    """While lines are to be painted anew: those that the terminal still shows; None: unknown."""
    _painted_for: Size | None = None

    def on_mount(self) -> None:
        """Repaint in the colours of a theme when it is chosen."""
        follow_theme(self, self._repaint)

    def _repaint(self) -> None:
        if self._plain and self._painted_for == self.size:
            self._seen = self._surely_seen()
        self._strips = None
        if self._seen is None:
            self.refresh()
        else:
            self.refresh(SOME_LINES)

    def _surely_seen(self) -> Sequence[Strip | None] | None:
        """What the terminal shows. Behind a panel it may have been drawn anew without our being
        asked which lines are others: then it shows the older ones, or the newer."""
        older, newer = self._seen, self._strips
        if older is None or newer is None:
            return older or newer
        older = [*older, *[None] * (len(newer) - len(older))]  # it was lower then
        pairs = zip(older, newer, strict=False)
        return [then if then is now or then == now else None for then, now in pairs]

    def _exchange_repaint_regions(self) -> Collection[Region]:
        """What Textual has to draw again."""
        regions = {region for region in super()._exchange_repaint_regions() if region}
        seen, self._seen = self._seen, None
        if regions or seen is None:
            return regions
        if self._painted_for != self.size:
            return {self.size.region}
        width = self.size.width
        lines = enumerate(zip(self._painted_lines, seen, strict=False))  # both reach to the bottom
        return {
            Region(0, y, width, 1) for y, (now, then) in lines if now is not then and now != then
        }

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
        if not self._plain:
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

    @property
    def _plain(self) -> bool:
        """Whether it has no border and the like, so that its lines are right as they are."""
        return self.gutter.totals == (0, 0) and self.opacity == 1
