"""Reading a table from a file, and saying what had to be guessed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from lessons.tables.dialect import SEPARATORS, Dialect, guess
from lessons.tables.errors import TableError

if TYPE_CHECKING:
    import pandas

HEAD = 2**18
"""Bytes that are looked at to see how a file is written."""

MISSING = ("", "?", "-", "--", ".", "…", "n/a", "N/A", "NA", "NaN", "nan", "null", "NULL", "None")
"""Cells that say that nothing is known."""


@dataclass(frozen=True, eq=False)
class RawTable:
    """A table as it stands in its file: a pandas frame, how it was read, and notes about that."""

    name: str
    frame: pandas.DataFrame
    dialect: Dialect
    notes: tuple[str, ...]
    path: str = ""
    """Where it was read from."""

    def __len__(self) -> int:
        """The number of rows."""
        return len(self.frame)


def read_table(path: str | PathLike[str], *, header: bool | None = None) -> RawTable:
    """The table in a file of cells between commas, semicolons, tabs or bars.

    `header` says whether the first line names the columns; None finds out. Without names the
    columns are called "column 1" and so on.

    Raises TableError for a file that cannot be read, is empty, is no text, changes while it is
    read, or has a line with more cells than the first one.
    """
    import pandas

    path = Path(path)
    before, head = _look(path)
    dialect = guess(path.name, head, whole=len(head) < HEAD, header=header)
    try:
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
    except (pandas.errors.ParserError, pandas.errors.EmptyDataError) as problem:
        raise TableError(_unreadable(path.name, str(problem))) from None
    except UnicodeDecodeError:
        raise TableError(
            f"{path.name} is not {dialect.encoding.upper()} to its end. Save it as UTF-8."
        ) from None
    except (OSError, MemoryError) as problem:
        raise TableError(f"Cannot read {path.name}: {_reason(problem)}.") from None
    if _stamp(path) != before:
        raise TableError(f"{path.name} changed while it was read. Read it again when it is whole.")
    frame = frame.dropna(how="all").reset_index(drop=True)
    if frame.empty:
        raise TableError(f"{path.name} names columns but has no row below them.")
    names, renamed = _names(list(frame.columns), dialect.header)
    frame.columns = pandas.Index(names)
    notes = (*_said(dialect), *renamed)
    return RawTable(path.name, frame, dialect, notes, str(path))


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
        return (
            f"{name}, line {line}: expected {wanted} cells as in the lines above, got {came}. "
            "A text with a separator in it needs quotes around it."
        )
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
