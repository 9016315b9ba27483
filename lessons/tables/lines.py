"""Lines of a file that are no row like the others: blank, too short or too long."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from lessons.tables.dialect import Dialect

PIECE = 2**20
"""Bytes that are looked at together."""


@dataclass(frozen=True)
class OddLines:
    """How many lines are odd, and in which way."""

    blank: int = 0
    """Lines without anything, with a row somewhere below them."""
    short: int = 0
    """Rows with fewer cells than there are columns."""
    long: tuple[int, int] | None = None
    """The first row with something in a cell beyond the last column: its line, and its cells."""

    def notes(self) -> tuple[str, ...]:
        """What there is to say about them, for people."""
        said = []
        if self.blank:
            lines = "1 blank line is" if self.blank == 1 else f"{self.blank:,} blank lines are"
            said.append(f"{lines} skipped, not counted as a row.")
        if self.short:
            rows = "1 row has" if self.short == 1 else f"{self.short:,} rows have"
            said.append(f"{rows} fewer cells than there are columns: the last ones count as empty.")
        return tuple(said)


def odd_lines(path: Path, dialect: Dialect, columns: int) -> OddLines:
    """Look at every line of a file whose first one has so many columns."""
    blank = waiting = short = 0
    long = None
    begun = False
    with path.open(encoding=dialect.encoding, errors="replace", newline="") as file:
        reader = csv.reader(file, delimiter=dialect.separator, skipinitialspace=True)
        try:
            for cells in reader:
                if not cells or (columns > 1 and len(cells) == 1 and not cells[0].strip()):
                    waiting += begun
                    continue
                blank, waiting, begun = blank + waiting, 0, True
                short += len(cells) < columns
                if long is None and any(cell.strip() for cell in cells[columns:]):
                    long = reader.line_num, len(cells)
        except csv.Error:  # a cell of 128 KB and more: what has been seen is told
            pass
    return OddLines(blank, short, long)


def more_lines_than(path: Path, rows: int) -> bool:
    """Whether a file has more lines than that, which is soon seen."""
    found = 0
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            found += piece.count(b"\n")
    return found > rows
