"""Reading members of a zip archive that may be hostile."""

from __future__ import annotations

import struct
import zipfile
import zlib
from typing import IO

from engine.storage.errors import StorageError, shorten

#: bytes of the list of members; Keras's archives have three members and about 200 bytes
LARGEST_DIRECTORY = 1_000_000

#: how many times as large as the whole archive a member may become; weights hardly compress
MOST_EXPANSION = 20

#: bytes that any member may become
ALWAYS_ALLOWED = 1_000_000

#: what zipfile raises when an archive is damaged
DAMAGE = (OSError, ValueError, KeyError, RuntimeError, EOFError, zipfile.BadZipFile, zlib.error)


class Archive:
    """The members of a zip archive, read by name only; nothing is ever unpacked to the disk.

    Args:
        file: the open file.
        size: its size in bytes.

    Raises:
        StorageError: it is not a zip archive that can be read.
    """

    def __init__(self, file: IO[bytes], size: int) -> None:
        self._size = size
        _check_directory(file, size)
        try:
            self._zip = zipfile.ZipFile(file)
        except (*DAMAGE, struct.error) as error:
            raise StorageError(f"it is a damaged zip archive: {shorten(error)}.") from error

    def read(self, name: str, largest: int | None = None) -> bytes:
        """The content of a member.

        Raises:
            StorageError: it is not there, too large, or damaged.
        """
        try:
            info = self._zip.getinfo(name)
        except KeyError:
            raise StorageError(f"there is no {name} in it, which Keras's files have.") from None
        allowed = max(ALWAYS_ALLOWED, MOST_EXPANSION * self._size) if largest is None else largest
        if info.file_size > allowed:
            raise StorageError(
                f"{name} in it unpacks to {info.file_size:,} bytes; more than {allowed:,} is not "
                "read from this file."
            )
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise StorageError(f"{name} in it is packed in a way that Keras does not use.")
        try:
            return self._zip.read(info)
        except (*DAMAGE, struct.error) as error:
            raise StorageError(f"{name} in it is damaged: {shorten(error)}.") from error


def _check_directory(file: IO[bytes], size: int) -> None:
    """Refuse a list of members that would fill the memory: each takes 46 bytes here, 600 there."""
    length = min(size, 65_557)  # the end record and its longest comment
    file.seek(size - length)
    tail = file.read(length)
    end = tail.rfind(b"PK\5\6")
    if end < 0 or len(tail) < end + 22:
        raise StorageError("it is a damaged zip archive: its end is missing.")
    (directory,) = struct.unpack_from("<L", tail, end + 12)
    if directory > LARGEST_DIRECTORY or tail[: max(0, end - 16)].endswith(b"PK\6\7"):
        raise StorageError("its list of members is too long for a file of Keras.")
    file.seek(0)
