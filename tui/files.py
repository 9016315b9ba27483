"""Files that the learner asks for: new ones, whole, in the folder the app was started in."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
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


def save_as(name: str, write: Callable[[Path], object]) -> Path:
    """Let `write` make the new file that somebody named, and return its path; ~ is their home.

    `write` gets a path where nothing is yet, and raises OSError or StorageError. Raises NotWritten.
    """
    from engine import StorageError

    typed = name.strip()
    try:
        path = Path(typed).expanduser()
    except RuntimeError:  # ~somebody who is not there
        raise NotWritten(f"There is no such folder: {typed}.") from None
    try:
        if not typed or path.is_dir():
            raise NotWritten("Give the name of a file, such as model.keras.")
        if os.path.lexists(path):
            raise FileExistsError
        if not path.parent.is_dir():
            raise NotWritten(f"There is no such folder: {path.parent}.")
        write(path)
    except NotWritten:
        raise
    except FileExistsError:
        raise NotWritten(f"{path} is there already: choose another name.") from None
    except StorageError as error:
        raise NotWritten(str(error)) from None
    except OSError as error:
        raise NotWritten(f"{path} could not be written: {reason(error)}.") from None
    except ValueError:  # a name that no file can have
        raise NotWritten(f"No file can have the name {typed!r}.") from None
    return path


def save_text(name: str, text: str) -> Path:
    """The same for a text: all of it or nothing. Raises NotWritten."""
    from engine.storage.paths import write_aside

    return save_as(name, lambda path: write_aside(path, text.encode("utf-8")))


def free_name(stem: str, ending: str, folder: Path | None = None) -> str:
    """A name in the folder the app was started in that no file has: model.keras, model-2.keras."""
    folder = Path.cwd() if folder is None else folder
    return next(one for one in _names(stem, ending) if not os.path.lexists(folder / one))


def _names(stem: str, ending: str) -> Iterator[str]:
    yield f"{stem}{ending}"
    yield from (f"{stem}-{number}{ending}" for number in count(2))


def _take_name(folder: Path, stem: str, ending: str) -> Path:
    for name in _names(stem, ending):
        path = folder / name
        with suppress(FileExistsError):
            path.touch(exist_ok=False)
            return path
    raise AssertionError("there is always a number that is free")


def reason(error: OSError) -> str:
    """Why a file could not be written, in the words of the system."""
    return (error.strerror or os.strerror(error.errno or 0)).lower()
