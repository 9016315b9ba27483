"""A small table of texts in columns, with a heading and marked cells."""

from __future__ import annotations

from dataclasses import dataclass

from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget

from tui.render.glyphs import MARK
from tui.render.table import shorten
from tui.theme import palette


@dataclass(frozen=True)
class Column:
    """A heading, the role that colours what is below it, and how many cells it takes."""

    heading: str
    role: str
    width: int
    lit: bool = False
    """Whether the heading has the colour of the column, not that of headings."""


@dataclass(frozen=True)
class Record:
    """The texts of a row. `marked` puts ▸ before it; `fresh` is the column that is new, or -1."""

    texts: tuple[str, ...]
    marked: bool = False
    fresh: int = -1
    dim: bool = False


class Cells(Widget):
    """Shows as many of the last records as there is room for, below a heading where it has one."""

    DEFAULT_CSS = """
    Cells { width: 1fr; height: auto; }
    """

    def __init__(self, *, headed: bool = True, id: str | None = None) -> None:
        super().__init__(id=id)
        self._heads = 1 if headed else 0
        self._columns: tuple[Column, ...] = ()
        self._records: tuple[Record, ...] = ()

    def show(self, columns: tuple[Column, ...], records: tuple[Record, ...]) -> None:
        """Show these records, newest last."""
        if (columns, records) == (self._columns, self._records):
            return
        taller = len(records) != len(self._records)
        self._columns, self._records = columns, records
        # Only where its styles leave the height to the table is the screen laid out anew.
        auto = self.styles.height is not None and self.styles.height.is_auto
        self.refresh(layout=taller and auto)

    def get_content_height(self, *_: object) -> int:
        """A row for the heading, if there is one, and one for each record."""
        return len(self._records) + self._heads

    def render_line(self, y: int) -> Strip:
        """The heading, or a record."""
        colors = palette(self.app)
        if y < self._heads:
            return self._strip([Segment(" "), *(self._heading(one) for one in self._columns)])
        first = max(len(self._records) - (self.size.height - self._heads), 0)
        at = first + y - self._heads
        if at >= len(self._records):
            return Strip.blank(self.size.width, self.rich_style)
        record = self._records[at]
        mark = MARK if record.marked else " "
        segments = [Segment(mark, colors.style("mark", bold=True))]
        for place, (column, text) in enumerate(zip(self._columns, record.texts, strict=True)):
            bold = place == record.fresh or (record.marked and record.fresh < 0)
            role = "dim" if record.dim and place == 0 else column.role
            text = shorten(text, column.width - 1).rjust(column.width)
            segments.append(Segment(text, colors.style(role, bold=bold)))
        return self._strip(segments)

    def _heading(self, column: Column) -> Segment:
        style = palette(self.app).style(column.role if column.lit else "dim")
        return Segment(column.heading.rjust(column.width), style)

    def _strip(self, segments: list[Segment]) -> Strip:
        base = self.rich_style
        strip = Strip(list(Segment.apply_style(segments, base)))
        return strip.adjust_cell_length(self.size.width, base)
