"""A small table of texts in columns, with a heading and marked cells."""

from __future__ import annotations

from dataclasses import dataclass, replace

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from tui.render.glyphs import MARK
from tui.render.table import shorten
from tui.theme import Palette, palette
from tui.widgets.painted import Painted

BAR = "■"
LONGEST_BAR = 24


@dataclass(frozen=True)
class Column:
    """A heading, the role that colours what is below it, and how many cells it takes."""

    heading: str
    role: str
    width: int
    lit: bool = False
    """Whether the heading has the colour of the column, not that of headings."""
    bar: bool = False
    """Whether its texts are numbers from 0 to 1, drawn as bars in the room that others leave, if
    that is more than its width."""


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
        columns = _fitted(self._columns, width - 1)
        lines = [_cells(record, columns, colors) for record in self._records[-room:] if room]
        if self._heads:
            lines.insert(0, [Segment(" "), *(_heading(one, colors) for one in columns)])
        return [_strip(line, width, base) for line in lines]


def _fitted(columns: tuple[Column, ...], width: int) -> tuple[Column, ...]:
    """The columns with the one of bars as wide as the others let it be."""
    room = min(width - sum(one.width for one in columns if not one.bar), LONGEST_BAR + 2)
    return tuple(replace(one, width=max(one.width, room)) if one.bar else one for one in columns)


def _cells(record: Record, columns: tuple[Column, ...], colors: Palette) -> list[Segment]:
    segments = [Segment(MARK if record.marked else " ", colors.style("mark", bold=True))]
    for place, (column, text) in enumerate(zip(columns, record.texts, strict=True)):
        bold = place == record.fresh or (record.marked and record.fresh < 0)
        role = "dim" if record.dim and place == 0 else column.role
        segments.append(Segment(_written(column, text), colors.style(role, bold=bold)))
    return segments


def _written(column: Column, text: str) -> str:
    if not column.bar:
        return shorten(text, column.width - 1).rjust(column.width)
    lead = _lead(column)
    bar = BAR * round((column.width - lead) * min(max(float(text or 0), 0), 1))
    return f"{' ' * lead}{bar}".ljust(column.width)


def _lead(column: Column) -> int:
    """Blanks before a bar: two, or one where its heading needs the room."""
    return 2 if column.width > len(column.heading) + 1 else 1


def _heading(column: Column, colors: Palette) -> Segment:
    style = colors.style(column.role if column.lit else "dim")
    if column.bar:
        return Segment(f"{' ' * _lead(column)}{column.heading}".ljust(column.width), style)
    return Segment(column.heading.rjust(column.width), style)


def _strip(segments: list[Segment], width: int, base: Style) -> Strip:
    return Strip(list(Segment.apply_style(segments, base))).adjust_cell_length(width, base)
