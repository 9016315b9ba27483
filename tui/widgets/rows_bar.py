"""A bar that stands for all rows of a table: used in this epoch, waiting, and held out."""

from __future__ import annotations

from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget

from lessons.labs.training.state import Rows
from tui.theme import palette

USED, WAITING, HELD_OUT = "█", "░", "▒"


class RowsBar(Widget):
    """One line, as wide as there is room, with how many rows there are of each kind."""

    DEFAULT_CSS = """
    RowsBar { width: 1fr; height: 1; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._rows: Rows | None = None

    def show(self, rows: Rows | None) -> None:
        """Show these rows; None shows nothing."""
        if rows != self._rows:
            self._rows = rows
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """Training rows on the left, as far as they are used; the held-out rows on the right."""
        width, base, rows = self.size.width, self.rich_style, self._rows
        if rows is None or y:
            return Strip.blank(width, base)
        colors = palette(self.app)
        train, validation = base + colors.style("train"), base + colors.style("validation")
        counts = (rows.used + rows.waiting, rows.held_out)
        left, right = ("?" if rows.hidden else f"{count:,}" for count in counts)
        names = (f"{left} train ", f" {right} held out")
        room = max(width - sum(map(len, names)) - 1, 2)
        cells = min(max(round(room * counts[0] / sum(counts)), 1), room - 1)
        used = cells * rows.used // counts[0]
        segments = [
            Segment(names[0], train),
            Segment(USED * used + WAITING * (cells - used), train),
            Segment("│", base + colors.style("line")),
            Segment((USED if rows.looked_at else HELD_OUT) * (room - cells), validation),
            Segment(names[1], validation),
        ]
        return Strip(segments).adjust_cell_length(width, base)
