"""Tables of numbers with named columns, and reading them from a CSV file.

A table is `columns`, the names, and `values`, a float64 array of shape (rows, columns). Reading
refuses a cell that is missing, a word, NaN or infinity, because one NaN in the data turns every
weight into NaN at the first step.
"""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from engine.checks import as_numbers
from engine.names import nearest

FloatArray = npt.NDArray[np.float64]

MOST_NAMES = 30
"""Names that a message lists; a table may have thousands of columns."""


class DataError(ValueError):
    """Data that cannot be used; the message says where, what came and what to do."""


@dataclass(frozen=True, eq=False)
class Table:
    """Named columns of numbers.

    `columns`: one name per column, all different. `values`: float64 (rows, columns), a copy that
    cannot be written to. Raises DataError when the names do not fit the values.
    """

    columns: tuple[str, ...]
    values: FloatArray

    def __post_init__(self) -> None:
        given: Any = self.columns
        if isinstance(given, str) or not isinstance(given, Iterable):
            raise DataError(f"columns must be a list of names, not {given!r}.")
        columns = tuple(given)
        for name in columns:
            if not isinstance(name, str):
                raise DataError(f"A column's name must be text, not {name!r}.")
        values = to_floats(self.values, "values").copy()
        if values.ndim != 2 or values.shape[1] != len(columns):
            raise DataError(
                f"A table with {len(columns)} columns needs values of shape "
                f"(rows, {len(columns)}), got {values.shape}."
            )
        for name in columns:
            if columns.count(name) > 1:
                raise DataError(f"Two columns are called {name!r}. Give each its own name.")
        values.flags.writeable = False
        object.__setattr__(self, "columns", columns)
        object.__setattr__(self, "values", values)

    def __len__(self) -> int:
        """The number of rows."""
        return len(self.values)

    def column(self, name: str) -> FloatArray:
        """One column, shape (rows,). Raises DataError for an unknown name."""
        column: FloatArray = self.values[:, self._index(name)]
        return column

    def select(self, *names: str) -> Table:
        """The table of these columns, in this order. Raises DataError for an unknown name."""
        return Table(names, self.values[:, [self._index(name) for name in names]])

    def without(self, *names: str) -> Table:
        """The table of all the other columns. Raises DataError for an unknown name."""
        left_out = {self._index(name) for name in names}
        kept = [index for index in range(len(self.columns)) if index not in left_out]
        return Table(tuple(self.columns[index] for index in kept), self.values[:, kept])

    def rows(self, indices: npt.ArrayLike) -> Table:
        """The table of these rows, in this order; a row may come more than once."""
        places = np.asarray(indices)
        if places.dtype.kind not in "iu" and places.size:
            raise DataError(f"rows takes the numbers of rows, counted from 0, not {indices!r}.")
        try:
            return Table(self.columns, self.values[places.astype(np.intp)])
        except IndexError as error:
            raise DataError(f"There are {len(self)} rows, counted from 0: {error}.") from error

    def _index(self, name: str) -> int:
        if not isinstance(name, str):
            raise DataError(f"A column's name must be text, not {name!r}.")
        if name not in self.columns:
            raise DataError(unknown_name("column", name, self.columns))
        return self.columns.index(name)


def to_floats(values: object, what: str) -> FloatArray:
    """`values` as float64, which may be themselves. DataError when something is no number."""
    try:
        return as_numbers(values, what).astype(np.float64, copy=False)
    except ValueError as error:
        raise DataError(str(error)) from error


def unknown_name(kind: str, name: str, known: Sequence[str]) -> str:
    """The message for a name that does not exist, with the nearest one that does."""
    near = nearest(name, known)
    guess = f" Did you mean {near!r}?" if near else ""
    more = f" and {len(known) - MOST_NAMES:,} more" if len(known) > MOST_NAMES else ""
    return f"There is no {kind} {name!r}.{guess} There are: {', '.join(known[:MOST_NAMES])}{more}."


def read_csv(path: str | PathLike[str], columns: Sequence[str] | None = None) -> Table:
    """Read a file of comma-separated numbers whose first line names the columns.

    Commas, semicolons (then `3,5` is a decimal too) and tabs are recognised by the first line;
    a byte order mark, quotes and blank lines are fine. `columns` reads these columns only, so that
    a file with words in the others can be used.

    Raises DataError, which names the file, the line and the column, for a file that is missing,
    empty or not UTF-8, a line with too many or too few cells, and a cell that is not a finite
    number.
    """
    if not isinstance(path, str | PathLike):
        raise DataError(f"read_csv takes the path of a file, not {path!r}.")
    path = Path(path)
    text = _read_text(path)
    delimiter = _delimiter(text)
    records = _records(path, text, delimiter)
    names = _column_names(path, next(records, None), delimiter)
    wanted = tuple(names if columns is None else columns)
    for name in wanted:
        if name not in names:
            raise DataError(f"{path.name}: {unknown_name('column', name, names)}")
    places = [names.index(name) for name in wanted]

    rows: list[list[float]] = []
    for line, cells in records:
        if len(cells) != len(names):
            raise DataError(
                f"{path.name}, line {line}: expected {len(names)} cells, one for each column, "
                f"got {len(cells)}."
            )
        rows.append([_number(path, line, names[i], cells[i], delimiter) for i in places])
    if not rows:
        raise DataError(f"{path.name} has column names but no rows of numbers below them.")
    return Table(wanted, np.array(rows))


def _read_text(path: Path) -> str:
    try:
        # newline="" keeps line ends inside quotes as they are, as the csv module asks for.
        with path.open(encoding="utf-8-sig", newline="") as file:
            return file.read()
    except UnicodeDecodeError as error:
        raise DataError(f"{path.name} is not UTF-8 text. Save it as a UTF-8 CSV file.") from error
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise DataError(f"Cannot read {path}: {reason}.") from error


def _delimiter(text: str) -> str:
    """The one of comma, semicolon and tab that cuts the first line into the most cells."""
    first = next((line for line in io.StringIO(text) if line.strip()), "")
    return max(",;\t", key=lambda mark: len(next(csv.reader([first], delimiter=mark), [])))


def _records(path: Path, text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Every record that has something in it, with the number of the line it begins on."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield line, [cell.strip() for cell in cells]
            line = reader.line_num + 1
    except csv.Error as error:
        raise DataError(f"{path.name}, line {line}: cannot be read as CSV ({error}).") from error


def _column_names(
    path: Path, record: tuple[int, list[str]] | None, delimiter: str
) -> tuple[str, ...]:
    if record is None:
        raise DataError(f"{path.name} is empty. The first line has to name the columns.")
    line, names = record
    if all(_parse(name, delimiter) is not None for name in names):
        raise DataError(
            f"{path.name}, line {line}: expected the names of the columns, got the numbers "
            f"{', '.join(names)}. Add a first line with names."
        )
    for place, name in enumerate(names, start=1):
        if not name:
            raise DataError(f"{path.name}, line {line}: column {place} has no name. Give it one.")
        if names.count(name) > 1:
            raise DataError(
                f"{path.name}, line {line}: two columns are called {name!r}. Rename one of them."
            )
    return tuple(names)


def _number(path: Path, line: int, column: str, cell: str, delimiter: str) -> float:
    number = _parse(cell, delimiter)
    if number is not None and math.isfinite(number):
        return number
    came = repr(cell) if cell else "an empty cell"
    advice = (
        "Fill it in or leave the row out."
        if not cell or number is not None
        else "Write words as numbers (0 and 1, say) or read only the columns of numbers."
    )
    raise DataError(
        f"{path.name}, line {line}, column {column!r}: expected a number, got {came}. {advice}"
    )


def _parse(cell: str, delimiter: str) -> float | None:
    """The number in a cell, NaN and infinity included, or None when there is none."""
    # Where semicolons part the cells, the comma is free to be the decimal mark.
    if delimiter == ";" and "." not in cell:
        cell = cell.replace(",", ".", 1)
    if "_" in cell:  # Python reads 1_000 as a number; a spreadsheet never means that.
        return None
    try:
        return float(cell)
    except ValueError:
        return None
