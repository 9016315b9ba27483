"""Reading a table from a file, and saying what had to be guessed."""

from __future__ import annotations

import re
import warnings
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from lessons.tables.dialect import SEPARATORS, Dialect, guess
from lessons.tables.errors import TableError
from lessons.tables.lines import OddLines, more_lines_than, odd_lines

if TYPE_CHECKING:
    import numpy as np
    import pandas

HEAD = 2**18
"""Bytes that are looked at to see how a file is written."""

MISSING = ("", "?", "-", "--", ".", "…", "n/a", "N/A", "NA", "NaN", "nan", "null", "NULL", "None")
"""Cells that say that nothing is known."""

MOST_NUMBERS = 5
"""Row numbers that are listed of rows that are odd."""


@dataclass(frozen=True, eq=False)
class RawTable:
    """A table as it stands in its file: a pandas frame, how it was read, and notes about that."""

    name: str
    frame: pandas.DataFrame
    dialect: Dialect
    notes: tuple[str, ...]
    path: str = ""
    """Where it was read from."""
    warnings: tuple[str, ...] = ()
    """What is odd about some of its rows."""

    def __len__(self) -> int:
        """The number of rows."""
        return len(self.frame)


def read_table(
    path: str | PathLike[str], *, header: bool | None = None, keep_empty: bool = False
) -> RawTable:
    """The table in a file of cells between commas, semicolons, tabs or bars.

    `header` says whether the first line names the columns; None finds out. Without names the
    columns are called "column 1" and so on. Rows whose cells are all empty are left out, unless
    `keep_empty` wants row i of the table to be row i of the file. Blank lines are no rows.

    Raises TableError for a file that cannot be read, is empty, is no text, changes while it is
    read, or has a line with more cells than the first one.
    """
    import pandas

    path = Path(path)
    before, head = _look(path)
    dialect = guess(path.name, head, whole=len(head) < HEAD, header=header)
    frame, odd = _read(path, dialect)
    if _stamp(path) != before:
        raise TableError(f"{path.name} changed while it was read. Read it again when it is whole.")
    empty = frame.isna().all(axis=1).to_numpy()
    if len(frame) == 0 or (empty.all() and not keep_empty):
        raise TableError(f"{path.name} names columns but has no row below them.")
    warned = odd.notes()
    if empty.any():
        warned = (*warned, _empty_rows(empty.nonzero()[0] + 1, keep_empty))
        if not keep_empty:
            frame = frame[~empty].reset_index(drop=True)
    names, renamed = _names(list(frame.columns), dialect.header)
    frame.columns = pandas.Index(names)
    notes = (*_said(dialect), *renamed)
    return RawTable(path.name, frame, dialect, notes, str(path), warned)


def _read(path: Path, dialect: Dialect) -> tuple[pandas.DataFrame, OddLines]:
    """The cells of a file, and which of its lines are odd."""
    import pandas

    try:
        with warnings.catch_warnings():
            # A first row that is longer than the names: pandas would cut every row.
            warnings.simplefilter("error", pandas.errors.ParserWarning)
            frame = pandas.read_csv(
                path,
                sep=dialect.separator,
                decimal=dialect.decimal,
                encoding=dialect.encoding,
                header=0 if dialect.header else None,
                na_values=list(MISSING),
                keep_default_na=False,
                skipinitialspace=True,
                index_col=False,
                low_memory=False,
            )
        return frame, _odd(path, dialect, frame)
    except pandas.errors.ParserWarning:
        raise TableError(_too_long(path, dialect)) from None
    except (pandas.errors.ParserError, pandas.errors.EmptyDataError) as problem:
        raise TableError(_unreadable(path.name, str(problem))) from None
    except UnicodeDecodeError:
        raise TableError(
            f"{path.name} is not {dialect.encoding.upper()} to its end. Save it as UTF-8."
        ) from None
    except (OSError, MemoryError) as problem:
        raise TableError(f"Cannot read {path.name}: {_reason(problem)}.") from None


def _odd(path: Path, dialect: Dialect, frame: pandas.DataFrame) -> OddLines:
    """The odd lines, looked for only where there can be any: that takes as long as reading."""
    short = len(frame.columns) > 1 and bool(frame.iloc[:, -1].isna().any())
    if short or more_lines_than(path, len(frame) + dialect.header):
        return odd_lines(path, dialect, len(frame.columns))
    return OddLines()


def _too_long(path: Path, dialect: Dialect) -> str:
    import pandas

    first = pandas.read_csv(
        path, sep=dialect.separator, encoding=dialect.encoding, header=None, nrows=1
    )
    columns = len(first.columns)
    line, came = odd_lines(path, dialect, columns).long or (2, columns + 1)
    return _longer(path.name, line, f"{columns} cells as in the first line", came)


def _longer(name: str, line: int | str, wanted: str, came: int | str) -> str:
    return (
        f"{name}, line {line}: expected {wanted}, got {came}. "
        "A text with a separator in it needs quotes around it."
    )


def _empty_rows(rows: np.ndarray, kept: bool) -> str:
    """A sentence about the rows, numbered from 1, whose cells are all empty."""
    shown = ", ".join(f"{row:,}" for row in rows[:MOST_NUMBERS])
    more = f" and {len(rows) - MOST_NUMBERS:,} more" if len(rows) > MOST_NUMBERS else ""
    one = len(rows) == 1
    count = "1 row is" if one else f"{len(rows):,} rows are"
    where = f"{count} empty (row{'' if one else 's'} {shown}{more})"
    if not kept:
        return f"{where} and left out."
    return f"{where}: nothing is known of {'it' if one else 'them'}, so medians stand in."


def _look(path: Path) -> tuple[tuple[int, int] | None, bytes]:
    """When and how large the file is, and its beginning."""
    if path.is_dir():
        raise TableError(f"{path} is a folder: expected a file with a table.")
    if path.exists() and not path.is_file():  # it is read twice, and a pipe can be read once
        raise TableError(
            f"{path} is no ordinary file: save what comes from it in one, and read that."
        )
    try:
        stamp = _stamp(path)
        with path.open("rb") as file:
            return stamp, file.read(HEAD)
    except OSError as problem:
        raise TableError(f"Cannot read {path}: {_reason(problem)}.") from None


def _stamp(path: Path) -> tuple[int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size


def _reason(problem: BaseException) -> str:
    if isinstance(problem, MemoryError):
        return "it does not fit into the memory"
    words = getattr(problem, "strerror", None) or str(problem)
    return words[:1].lower() + words[1:]


def _unreadable(name: str, says: str) -> str:
    if found := re.search(r"Expected (\d+) fields in line (\d+), saw (\d+)", says):
        wanted, line, came = found.groups()
        return _longer(name, line, f"{wanted} cells as in the lines above", came)
    if "EOF inside string" in says:
        return f"{name} has a quote that is opened and never closed."
    return f"{name} cannot be read as a table: {says.strip().splitlines()[-1]}."


def _names(given: list[object], header: bool) -> tuple[list[str], list[str]]:
    """The names of the columns, all different, and what was changed about them."""
    if not header:
        return [f"column {at}" for at in range(1, len(given) + 1)], []
    names, notes = [], []
    for at, written in enumerate(map(str, given), start=1):
        name = "".join(sign for sign in written if sign.isprintable())
        blank = not name.strip() or name.startswith("Unnamed: ")
        names.append(f"column {at}" if blank else " ".join(name.split()))
        if blank:
            notes.append(f"Column {at} has no name: it is called “column {at}” here.")
        elif (twice := re.fullmatch(r"(.+)\.(\d+)", name)) and twice[1] in given:
            notes.append(f"Several columns are called “{twice[1]}”: one is “{name}” here.")
    for at, name in enumerate(names):
        while names.index(name) != at:
            name = names[at] = f"{name}′"
    return names, notes


def _said(dialect: Dialect) -> list[str]:
    """What was found out about the file, for people."""
    written = "text in UTF-8" if dialect.encoding.startswith("utf-8") else dialect.encoding.upper()
    comma = ", decimal comma" if dialect.decimal == "," else ""
    names = "names in the first line" if dialect.header else "no line with names"
    return [f"Read as {written}, {SEPARATORS[dialect.separator]} between cells{comma}, {names}."]
