"""A learner's own table in words and tables: what was understood of it, its first rows."""

from __future__ import annotations

from rich.cells import cell_len, set_cell_size
from rich.text import Text

from lessons.tables.overview import OwnColumn, OwnOverview
from tui.own.words import about_column, counted, problem_lines
from tui.render.data import GAP, RowsTable, wrapped
from tui.render.glyphs import MARK
from tui.render.words import shorten
from tui.theme import Palette

NAME, CELL = 22, 18
"""Cells for a name, and for what stands in a row of a column."""
ROOM = 50
"""Columns from which what is in a column stands beside its name, and not below it."""
HEADS = ("column", "holds", "missing", "used as")


def about(overview: OwnOverview, colors: Palette) -> Text:
    """How the file was read, what is to be predicted, and what comes of it."""
    text = Text()
    for note in overview.notes:
        text.append(f"{note}\n", colors.style("dim"))
    text.append(
        f"{MARK} To predict: {overview.own.target.name}. ", colors.style("accent", bold=True)
    )
    text.append("\n".join(problem_lines(overview.own)), colors.style("node"))
    scaled = (
        "Inputs are scaled: less their mean, divided by their spread, over the rows learned from."
        if overview.scaled
        else "Inputs are not scaled."
    )
    return text.append(f"\n{scaled}", colors.style("node"))


def columns(overview: OwnOverview, width: int, colors: Palette) -> Text:
    """A line for each column: what it holds, how it is used, and how the network gets it."""
    cells = [
        (
            shorten(one.column.name, NAME),
            one.column.kind,
            f"{one.column.missing:,}" if one.column.missing else "",
            one.used,
        )
        for one in overview.columns
    ]
    widths = [max(map(cell_len, lines)) for lines in zip(HEADS, *cells, strict=True)]
    before = 2 + sum(widths) + len(GAP) * len(widths)
    beside = width - before >= ROOM
    text = Text(f"  {_line(HEADS, widths)}\n", colors.style("dim"))
    for one, line in zip(overview.columns, cells, strict=True):
        is_target = one.used == "target"
        text.append(f"{MARK} " if is_target else "  ", colors.style("accent", bold=True))
        role = "accent" if is_target else "dim" if one.used == "drop" else "node"
        text.append(_line(line, widths), colors.style(role))
        indent = before if beside else 4
        if not beside:
            text.append("\n" + " " * indent)
        text.append_text(wrapped(_meaning(one), width - indent, indent, colors))
    if left := overview.width - len(overview.columns):
        text.append(f"  … and {counted(left, 'more column')}", colors.style("dim"))
    text.rstrip()
    return text


def _line(cells: tuple[str, ...], widths: list[int]) -> str:
    name, holds, missing, used = (
        set_cell_size(cell, width) for cell, width in zip(cells, widths, strict=True)
    )
    return GAP.join((name, holds, f"{missing.strip():>{widths[2]}}", used)) + GAP


def _meaning(one: OwnColumn) -> str:
    words = about_column(one.column, one.used == "target")
    return "; ".join(part for part in (words, one.enters) if part)


def rows_table(overview: OwnOverview) -> RowsTable:
    """The first rows as they stand in the file; the target stays in sight."""
    target = next(at for at, one in enumerate(overview.columns) if one.used == "target")
    drawn = [
        _column(f"{MARK} {one.column.name}" if at == target else one.column.name, cells, one)
        for at, (one, cells) in enumerate(zip(overview.columns, overview.first, strict=True))
    ]
    count = len(overview.first[target])
    wide = len(str(count))
    numbers = tuple(f"{row:>{max(wide, 3)}}" for row in ("row", *range(1, count + 1)))
    others = (*drawn[:target], *drawn[target + 1 :])
    return RowsTable((numbers, drawn[target]), others)


def _column(heading: str, cells: tuple[str, ...], one: OwnColumn) -> tuple[str, ...]:
    """The cells, all of one width: numbers at the right, as they are compared by their ends."""
    lines = [shorten(cell, CELL) for cell in (heading, *cells)]
    width = max(map(cell_len, lines))
    if one.column.kind == "number":
        return tuple(" " * (width - cell_len(line)) + line for line in lines)
    return tuple(set_cell_size(line, width) for line in lines)
