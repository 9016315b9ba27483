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

NAME = 15
"""Cells for the name of an activation with its mark."""

BEFORE, AFTER = 5, 6
"""Cells before the decimal point, and after it. The output takes all that are left."""

NAMES = {"linear": "none (linear)"}
"""How an activation is called where its own name says little."""


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
            *nodes, output = [name.rjust(BEFORE + 2) for name in seen.columns]
            columns = "".join(name.ljust(BEFORE + AFTER) for name in nodes) + output
            return self._strip([Segment(" " * NAME + columns, palette(self.app).style("dim"))])
        return self._row(seen.results[y - 1])

    def _row(self, result: Result) -> Strip:
        colors, now = palette(self.app), result.now
        known = any(result.cells)
        mark = MARK if now else " "
        role = "mark" if now else "node" if known else "dim"
        name = NAMES.get(result.activation, result.activation)
        segments = [Segment(f"{mark} {name:<{NAME - 2}}", colors.style(role, bold=now))]
        style = colors.style("mark" if now else "node", bold=now)
        room = self.size.width - NAME
        for at, cell in enumerate(result.cells):
            last = at == len(result.cells) - 1
            text = _on_the_point(cell, room - 1 if last else BEFORE + AFTER - 1)
            segments.append(Segment(f"{text} ", style))
            room -= BEFORE + AFTER
        return self._strip(segments)

    def _strip(self, segments: list[Segment]) -> Strip:
        strip = Strip(list(Segment.apply_style(segments, self.rich_style)))
        return strip.adjust_cell_length(self.size.width, self.rich_style)


def _on_the_point(cell: str, width: int) -> str:
    """A number with its point, or its end where it has none, after the fifth cell."""
    whole, point, decimals = cell.partition(".")
    return shorten(f"{whole.rjust(BEFORE)}{point}{decimals}", width).ljust(width)
