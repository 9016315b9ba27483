"""Where files are: what counts as a path, and writing so that a half-written file is never seen."""

from __future__ import annotations

import errno
import os
import secrets
import stat
from contextlib import suppress
from pathlib import Path
from typing import Any

from engine.storage.errors import StorageError


def as_path(given: Any) -> Path:
    """`given`, a str or os.PathLike, as a Path.

    Raises:
        TypeError: it is something else, an open file for example.
        StorageError: it is empty or has a zero byte in it.
    """
    if not isinstance(given, str | os.PathLike):
        raise TypeError(
            f"A file is given by its path, such as 'model.keras', not {type(given).__name__}."
        )
    text = os.fsdecode(os.fspath(given))
    if not text or "\0" in text:
        raise StorageError(f"{text!r} is not the path of a file: give one such as 'model.keras'.")
    return Path(text)


def check_readable(path: Path) -> int:
    """The size in bytes of the file at `path`, which must be an ordinary file.

    Raises:
        OSError: FileNotFoundError, IsADirectoryError, PermissionError and so on, as fits.
        StorageError: it is a device, a pipe or the like, on which reading may never end.
    """
    try:
        found = os.stat(path)
    except FileNotFoundError:
        raise FileNotFoundError(errno.ENOENT, "There is no such file", str(path)) from None
    if stat.S_ISDIR(found.st_mode):
        raise IsADirectoryError(
            errno.EISDIR,
            "This is a folder, not a file; if TensorFlow wrote it, save that model as .keras",
            str(path),
        )
    if not stat.S_ISREG(found.st_mode):
        raise StorageError(f"{path} is not an ordinary file, so it is not read.")
    return found.st_size


def check_writable(path: Path, overwrite: bool) -> None:
    """Refuse early what `write_aside` could not or must not do.

    Raises:
        IsADirectoryError: there is a folder of that name.
        FileNotFoundError: the folder it should go to does not exist.
        FileExistsError: there is such a file, and `overwrite` is False.
        StorageError: it is a device, a pipe or the like.
    """
    if path.is_dir():
        raise IsADirectoryError(
            errno.EISDIR, "This is a folder: give the name of a file in it", str(path)
        )
    if path.exists() and not path.is_file():
        raise StorageError(f"{path} is not an ordinary file, so it is not replaced.")
    if not overwrite and path.exists():
        raise FileExistsError(
            errno.EEXIST,
            "There is such a file already: give another name or overwrite=True",
            str(path),
        )
    folder = Path(os.path.realpath(path)).parent
    if not folder.is_dir():
        raise FileNotFoundError(
            errno.ENOENT, "The folder to save in does not exist: make it first", str(folder)
        )


def write_aside(path: Path, data: bytes) -> None:
    """Make `data` the content of the file at `path`, all of it or nothing.

    The bytes go to a new file beside it, reach the disk, and only then take its name. A link at
    `path` stays a link: what it points to is replaced. Permissions of a file that was there stay.

    Raises:
        OSError: the folder cannot be written to, or the disk is full. `path` is as it was.
    """
    target = Path(os.path.realpath(path))
    # The name does not grow with that of the target, which may be as long as a name may be.
    aside = target.with_name(f".{secrets.token_hex(8)}.part")
    try:
        handle = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, 0o666)
    except OSError as error:
        raise type(error)(
            error.errno, f"Cannot write in this folder ({error.strerror})", str(target.parent)
        ) from error
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            os.chmod(aside, stat.S_IMODE(target.stat().st_mode))
        os.replace(aside, target)
    except BaseException as problem:  # Ctrl-C too must leave nothing behind
        with suppress(OSError):
            os.unlink(aside)
        if isinstance(problem, OSError) and problem.filename is None:
            words = f"Cannot write this file ({problem.strerror}); nothing of it was kept"
            raise type(problem)(problem.errno, words, str(path)) from problem
        raise
    _sync_folder(target.parent)


_BINARY = getattr(os, "O_BINARY", 0)  # Windows would turn line ends into two bytes


def _sync_folder(folder: Path) -> None:
    """Have the new name on the disk too; not every system can, and the file is whole anyway."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
