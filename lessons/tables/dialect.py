"""How a file of cells is written: its encoding, its separator, its decimal mark, its header."""

from __future__ import annotations

import codecs
import csv
import re
from dataclasses import dataclass

from lessons.tables.errors import TableError

SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
SAMPLE_LINES = 200
"""Lines from the top of a file that tell how it is written."""

_NUMBER = re.compile(r"[-+]?(\d[\d.,]*|\.\d+)([eE][-+]?\d+)?%?")
_DECIMAL_COMMA = re.compile(r"[-+]?\d+,\d+")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@dataclass(frozen=True)
class Dialect:
    """How a file is written."""

    encoding: str
    separator: str
    decimal: str
    header: bool
    """True where the first line names the columns."""


def guess(name: str, head: bytes, *, whole: bool, header: bool | None = None) -> Dialect:
    """How the file `name` is written, by its first bytes; `whole` says that they are all.

    Raises TableError for a file that is empty or not text.
    """
    encoding = _encoding(name, head, whole)
    text = head.decode(encoding, errors="replace").removeprefix("\ufeff")
    if not text.strip():
        raise TableError(f"{name} is empty: expected a table, a line for each row.")
    lines = text.splitlines(keepends=True)
    if not whole and len(lines) > 1:
        lines = lines[:-1]  # cut off somewhere in the middle
    lines = [line for line in lines if line.strip()][:SAMPLE_LINES]
    separator = _separator(lines)
    rows = list(csv.reader(lines, delimiter=separator))
    decimal = "," if separator != "," and _comma_is_decimal(rows) else "."
    return Dialect(encoding, separator, decimal, _has_header(rows) if header is None else header)


def is_number(cell: str) -> bool:
    """Whether a cell reads as a number, in any way of writing one."""
    return bool(_NUMBER.fullmatch(cell.strip()))


def _encoding(name: str, head: bytes, whole: bool) -> str:
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return encoding
    if b"\0" in head:
        raise TableError(f"{name} is not a text file: expected a table such as a CSV file.")
    try:
        # A character may be cut in two at the end of a piece.
        codecs.getincrementaldecoder("utf-8")().decode(head, final=whole)
    except UnicodeDecodeError:
        return "latin-1"
    return "utf-8"


def _separator(lines: list[str]) -> str:
    """The separator that cuts the lines into the most cells, and into equally many."""

    def fitness(mark: str) -> tuple[float, int]:
        counts = [len(cells) for cells in csv.reader(lines, delimiter=mark) if cells]
        most = max(set(counts), key=counts.count) if counts else 1
        agreeing = counts.count(most) / max(len(counts), 1)
        return (agreeing if most > 1 else 0.0, most)

    return max(SEPARATORS, key=fitness)


def _comma_is_decimal(rows: list[list[str]]) -> bool:
    cells = [cell.strip() for row in rows for cell in row]
    return sum(bool(_DECIMAL_COMMA.fullmatch(cell)) for cell in cells) > sum(
        bool(re.fullmatch(r"[-+]?\d+\.\d+", cell)) for cell in cells
    )


def _has_header(rows: list[list[str]]) -> bool:
    """The first line names the columns if it has no number and says nothing that comes again."""
    first, rest = rows[0], rows[1:]
    if any(is_number(cell) for cell in first):
        return False
    if not rest:
        return True
    if any(is_number(cell) for row in rest for cell in row):
        return True
    below = [{row[at].strip() for row in rest if at < len(row)} for at in range(len(first))]
    return not any(cell.strip() in seen for cell, seen in zip(first, below, strict=True))
