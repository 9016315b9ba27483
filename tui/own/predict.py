"""`dl-tutor predict`: what a saved network says of every row of a table."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from tui.command import Mistake

ROW = "row"
"""Heading of the numbers of the rows in the file, from 1; blank lines and names are no rows."""


def predict_table(arguments: argparse.Namespace) -> int:
    """Print the number of each row and its prediction as a table, or write that to a file."""
    from engine import load_model
    from lessons.tables.problem import predict
    from lessons.tables.reading import read_table
    from lessons.tables.writing import as_csv

    out = Path(arguments.out).expanduser() if arguments.out else None
    if out is not None and out.exists() and not arguments.force:
        raise Mistake(f"{arguments.out} is there already; --force writes over it")
    model = load_model(arguments.model)
    table = read_table(arguments.file, header=arguments.header, keep_empty=True)
    said = predict(model, table)
    for note in (*table.warnings, *said.notes):
        print(f"dl-tutor: {note}", file=sys.stderr)
    names = [f"predicted {name}" if at == 0 else name for at, name in enumerate(said.columns)]
    rows = map(str, range(1, len(table) + 1))
    cells = zip(rows, *(_cells(column) for column in said.values), strict=True)
    text = as_csv([[ROW, *names], *cells])
    if out is None:
        sys.stdout.write(text)
        return 0
    from engine.storage.paths import check_writable, write_aside

    check_writable(out, overwrite=arguments.force)
    write_aside(out, text.encode("utf-8"))
    print(f"Wrote {len(table):,} predictions to {arguments.out}.")
    return 0


def _cells(column: Any) -> list[str]:
    return [f"{value:.6g}" if isinstance(value, float) else str(value) for value in column.tolist()]
