"""The table of one network with each activation: rows in columns, the newest row marked."""

from __future__ import annotations

from rich.segment import Segment
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from lessons.labs.activation.state import Comparison, Result
from tui.render.glyphs import MARK
from tui.render.table import shorten
from tui.theme import palette

NAME = 13
"""Cells for the name of an activation with its mark."""

BEFORE, NODE_AFTER, LAST_AFTER = 6, 6, 18
"""Cells before the decimal point, and after it: a hidden node is cut, the output is not."""


class ComparisonTable(Widget):
    """One row for the sums and one for each activation, aligned on the decimal point."""

    DEFAULT_CSS = """
    ComparisonTable { width: 1fr; height: 8; }
    """

    comparison: reactive[Comparison | None] = reactive(None)
    """What is shown."""

    def render_line(self, y: int) -> Strip:
        """The heading, or a row of the table."""
        seen = self.comparison
        if seen is None or y > len(seen.results):
            return Strip.blank(self.size.width, self.rich_style)
        if y == 0:
            columns = "".join(
                name.rjust(BEFORE).ljust(width)
                for name, width in zip(seen.columns, _widths(len(seen.columns)), strict=True)
            )
            return self._strip([Segment(" " * NAME + columns, palette(self.app).style("dim"))])
        return self._row(seen.results[y - 1])

    def _row(self, result: Result) -> Strip:
        colors, now = palette(self.app), result.now
        known = any(result.cells)
        mark = MARK if now else " "
        role = "mark" if now else "accent" if known else "dim"
        segments = [
            Segment(f"{mark} {result.activation:<{NAME - 2}}", colors.style(role, bold=now))
        ]
        for cell, width in zip(result.cells, _widths(len(result.cells)), strict=True):
            style = colors.style("mark" if now else "node", bold=now)
            segments.append(Segment(_on_the_point(cell, width), style))
        return self._strip(segments)

    def _strip(self, segments: list[Segment]) -> Strip:
        strip = Strip(list(Segment.apply_style(segments, self.rich_style)))
        return strip.adjust_cell_length(self.size.width, self.rich_style)


def _widths(count: int) -> list[int]:
    return [BEFORE + NODE_AFTER] * (count - 1) + [BEFORE + LAST_AFTER]


def _on_the_point(cell: str, width: int) -> str:
    """A number with its point, or its end where it has none, after the sixth cell."""
    whole, point, decimals = cell.partition(".")
    return shorten(f"{whole.rjust(BEFORE)}{point}{decimals}", width - 1).ljust(width)
