"""CSVLogger (keras/src/callbacks/csv_logger.py)."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

from engine.arguments import flag
from engine.callbacks.base import Callback, Logs


class CSVLogger(Callback):
    """Writes the logs of every epoch as a line of a CSV file.

    The columns are "epoch", counted from 0, and the sorted names of the first epoch's logs; where
    these have no validation, columns for it follow, as in Keras. What an epoch lacks is "NA".
    The file is opened, added to and closed again for each line, so that whatever ends the program
    leaves the lines of all finished epochs.

    Args:
        filename: the file to write.
        separator: one character between the cells.
        append: go on in an existing file; else it is begun again.

    Raises:
        ValueError: the separator is not one character.
        OSError: the file cannot be written; tried before training begins.
    """

    def __init__(
        self, filename: str | os.PathLike[str], separator: str = ",", append: bool = False
    ) -> None:
        if not isinstance(separator, str) or len(separator) != 1 or separator in '"\r\n':
            raise ValueError(f"separator must be one character such as ',', not {separator!r}.")
        if not isinstance(filename, str | os.PathLike) or not os.fspath(filename):
            raise TypeError(f"filename must be the path of a file, not {filename!r}.")
        self.filename = os.fspath(filename)
        self.sep = separator
        self.append = flag("append", append)
        self._path = Path(self.filename)
        self._header_needed = True
        self._columns: list[str] | None = None

    def on_train_begin(self, logs: Logs | None = None) -> None:
        self._path = Path(self.filename).absolute()  # the program may change its folder
        self._columns = None
        end = self._last_byte() if self.append else b""
        self._header_needed = not end
        # A line that was cut off by a crash must not run into the first new one.
        self._write("\r\n" if end not in (b"", b"\n") else "", "a" if self.append else "w")

    def on_epoch_end(self, epoch: int, logs: Logs | None = None) -> None:
        logs = logs or {}
        rows: list[list[Any]] = []
        if self._columns is None:
            self._columns = _columns(logs)
            rows = [["epoch", *self._columns]] if self._header_needed else []
        rows.append([epoch, *(_cell(logs.get(name, "NA")) for name in self._columns)])
        text = io.StringIO()
        csv.writer(text, delimiter=self.sep).writerows(rows)
        self._write(text.getvalue(), "a")
        self._header_needed = False

    def _last_byte(self) -> bytes:
        try:
            with self._path.open("rb") as file:
                size = file.seek(0, os.SEEK_END)
                file.seek(max(0, size - 1))
                return file.read(1)
        except FileNotFoundError:
            return b""
        except OSError as error:
            raise self._for_people(error) from error

    def _write(self, text: str, mode: str) -> None:
        whole = None
        try:
            with self._path.open(mode, encoding="utf-8", newline="") as file:
                whole = file.seek(0, os.SEEK_END)
                file.write(text)
        except OSError as error:
            if whole is not None:  # the disk was full in the middle of a line
                with suppress(OSError):
                    os.truncate(self._path, whole)
            raise self._for_people(error) from error

    def _for_people(self, error: OSError) -> OSError:
        reason = (error.strerror or str(error)).lower()
        return OSError(
            f"CSVLogger cannot write {self.filename}: {reason}. "
            "Give it a file in a folder that exists and that you may write to."
        )


def _columns(logs: Logs) -> list[str]:
    names = sorted(logs)
    if any(name.startswith("val_") for name in names):
        return names
    return names + [f"val_{name}" for name in names]


def _cell(value: Any) -> Any:
    is_number = getattr(value, "ndim", None) == 0  # NumPy's own numbers say they are iterable
    if isinstance(value, Iterable) and not isinstance(value, str) and not is_number:
        return f'"[{", ".join(map(str, value))}]"'
    return value
