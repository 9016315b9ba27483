"""A small table of texts in columns, with a heading and marked cells."""

from __future__ import annotations

from dataclasses import dataclass

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from tui.render.glyphs import MARK
from tui.render.table import shorten
from tui.theme import Palette, palette
from tui.widgets.painted import Painted


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


class Cells(Painted):
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
        self._repaint()
        if taller and auto:
            self.refresh(layout=True)

    def get_content_height(self, *_: object) -> int:
        """A row for the heading, if there is one, and one for each record."""
        return len(self._records) + self._heads

    def _paint(self) -> list[Strip]:
        colors, base, width = palette(self.app), self.rich_style, self.size.width
        room = max(self.size.height - self._heads, 0)
        lines = [self._record(record, colors) for record in self._records[-room:] if room]
        if self._heads:
            lines.insert(0, [Segment(" "), *(_heading(one, colors) for one in self._columns)])
        return [_strip(line, width, base) for line in lines]

    def _record(self, record: Record, colors: Palette) -> list[Segment]:
        mark = MARK if record.marked else " "
        segments = [Segment(mark, colors.style("mark", bold=True))]
        for place, (column, text) in enumerate(zip(self._columns, record.texts, strict=True)):
            bold = place == record.fresh or (record.marked and record.fresh < 0)
            role = "dim" if record.dim and place == 0 else column.role
            text = shorten(text, column.width - 1).rjust(column.width)
            segments.append(Segment(text, colors.style(role, bold=bold)))
        return segments


def _heading(column: Column, colors: Palette) -> Segment:
    return Segment(
        column.heading.rjust(column.width), colors.style(column.role if column.lit else "dim")
    )


def _strip(segments: list[Segment], width: int, base: Style) -> Strip:
    return Strip(list(Segment.apply_style(segments, base))).adjust_cell_length(width, base)
