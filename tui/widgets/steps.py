"""The table of steps on one weight: numbers in columns, the present step marked."""

from __future__ import annotations

from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget

from lessons.labs.one_weight.state import Row
from tui.render.glyphs import MARK
from tui.theme import palette

COLUMNS = (
    ("weight", "weight", "weight"),
    ("prediction", "prediction", "node"),
    ("error", "error", "node"),
    ("slope", "slope ∂", "slope"),
    ("loss", "loss", "train"),
)
"""Attribute of a row, heading, and the role that colours the column."""

NARROW, WIDE = 8, 12


def widths(width: int) -> list[int]:
    """Cells of each column in a table of this width; the step takes five."""
    column = min(max((width - 8) // len(COLUMNS), NARROW), WIDE)
    # Slopes and losses are the longest numbers, and "prediction" is the longest heading.
    wider = {"prediction": max(column, 11), "slope": max(column, 9), "loss": max(column, 9)}
    return [wider.get(name, column) for name, _, _ in COLUMNS]


def cell(value: float, width: int, decimals: int = 4) -> str:
    """A number with that many decimals, or in scientific notation where that has no room."""
    smallest = 0.5 * 10.0**-decimals
    text = f"{value + 0.0 if abs(value) >= smallest else 0.0:.{decimals}f}"  # never -0.0000
    if len(text) >= width:
        text = f"{value:.{max(width - 9, 0)}e}"
    return text.rjust(width)


class Steps(Widget):
    """The newest rows that have room, below a heading; hidden numbers read ?."""

    DEFAULT_CSS = """
    Steps { width: 1fr; height: auto; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._rows: tuple[Row, ...] = ()
        self._hidden: tuple[frozenset[str], ...] = ()

    def show(self, rows: tuple[Row, ...], hidden: tuple[frozenset[str], ...]) -> None:
        """Show these rows, newest last."""
        self._rows, self._hidden = rows, hidden
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """The heading, or a row of the table."""
        base, colors = self.rich_style, palette(self.app)
        columns = list(zip(COLUMNS, widths(self.size.width), strict=True))
        if y == 0:
            names = "".join(heading.rjust(width) for (_, heading, _), width in columns)
            return self._strip([Segment(f" step{names}", colors.style("dim"))])
        first = max(len(self._rows) - (self.size.height - 1), 0)
        at = first + y - 1
        if at >= len(self._rows):
            return Strip.blank(self.size.width, base)
        row, hidden, now = self._rows[at], self._hidden[at], at == len(self._rows) - 1
        mark = MARK if now else " "
        segments = [Segment(f"{mark}{row.step:>4}", colors.style("mark", bold=now))]
        for (name, _, role), width in columns:
            text = "?".rjust(width) if name in hidden else cell(getattr(row, name), width)
            segments.append(Segment(text, colors.style(role, bold=now)))
        return self._strip(segments)

    def _strip(self, segments: list[Segment]) -> Strip:
        strip = Strip(list(Segment.apply_style(segments, self.rich_style)))
        return strip.adjust_cell_length(self.size.width, self.rich_style)
