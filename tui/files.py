"""Files that the learner asks for: new ones, whole, in the folder the app was started in."""

from __future__ import annotations

import os
from contextlib import suppress
from itertools import count
from pathlib import Path


class NotWritten(ValueError):
    """A file could not be written; the message says where and why, in one line."""


def write_new(stem: str, ending: str, text: str, folder: Path | None = None) -> Path:
    """Write `text` to a file of a name that was free: listing.py, else listing-2.py and so on.

    The name is taken first, then the whole text is written aside and gets it, so that no file of
    anyone is ever replaced and no half-written one is seen. Raises NotWritten.
    """
    from engine.storage.paths import write_aside

    folder = Path.cwd() if folder is None else folder
    try:
        path = _take_name(folder, stem, ending)
    except OSError as error:
        raise NotWritten(f"Nothing saved in {folder}: {reason(error)}.") from error
    try:
        write_aside(path, text.encode())
    except OSError as error:
        with suppress(OSError):
            path.unlink()
        raise NotWritten(f"Nothing saved in {folder}: {reason(error)}.") from error
    return path


def _take_name(folder: Path, stem: str, ending: str) -> Path:
    for number in count(1):
        path = folder / (f"{stem}{ending}" if number == 1 else f"{stem}-{number}{ending}")
        with suppress(FileExistsError):
            path.touch(exist_ok=False)
            return path
    raise AssertionError("there is always a number that is free")


def reason(error: OSError) -> str:
    """Why a file could not be written, in the words of the system."""
    return (error.strerror or os.strerror(error.errno or 0)).lower()
