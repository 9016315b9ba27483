"""Reading and writing HDF5 with the distrust that a file from elsewhere deserves.

HDF5 can do far more than Keras uses: links into other files, data made up from other data, filters
that blow a small file up, shapes with nothing behind them. Only what Keras itself writes is read:
groups, and arrays of numbers that lie in the file as they are.
"""

from __future__ import annotations

import io
import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from engine.storage.attributes import Attributes
from engine.storage.errors import StorageError, shorten

if TYPE_CHECKING:
    import h5py

Array = NDArray[Any]
Shape = tuple[int, ...]

#: how an HDF5 file begins
SIGNATURE = b"\x89HDF\r\n\x1a\n"

#: attributes in which one list of names may lie
MOST_PARTS = 100

#: bytes of names in one attribute when writing: it holds 64 kB, and Keras reads name0, name1 too
NAMES_TOGETHER = 60_000

#: what h5py raises when a file is damaged
DAMAGE = (OSError, ValueError, KeyError, TypeError, RuntimeError, OverflowError, MemoryError)


def import_h5py() -> Any:
    """The h5py module; half as slow to import as everything else, so only when it is needed.

    Raises:
        ImportError: it is not installed; the message says how to.
    """
    try:
        import h5py
    except ImportError as error:
        raise ImportError(
            "Models are saved and loaded with h5py, which is not installed: pip install h5py."
        ) from error
    return h5py


class StoredArray:
    """An array in the file whose numbers have not been read yet.

    Attributes:
        name: its name in the file.
        shape: as the file has it; nothing of that size exists in memory.
    """

    def __init__(self, name: str, dataset: h5py.Dataset) -> None:
        self.name = name
        self.shape: Shape = dataset.shape
        self._dataset = dataset

    def read(self) -> Array:
        """The numbers, whole or float; bfloat16 comes as float32, which holds all its values."""
        values: Array = np.asarray(self._dataset[()])
        if values.dtype.kind == "V":
            # The first half of a float32 is a bfloat16.
            values = (values.view(np.uint16).astype(np.uint32) << 16).view(np.float32)
        return values


class Hdf5Reader:
    """The groups, arrays and attributes of an open HDF5 file.

    Args:
        file: the open file.
        data: the same file as bytes or a mmap: all arrays together cannot be larger.
    """

    def __init__(self, file: h5py.File, data: Any) -> None:
        self._h5py = import_h5py()
        self.root: h5py.Group = file
        self._bytes_left = len(data)
        self._attributes = Attributes(data)

    def group(self, parent: h5py.Group, path: str) -> h5py.Group | None:
        """The group at `path` below `parent`; None when there is nothing of that name."""
        found = self._follow(parent, path)
        if found is not None and not isinstance(found, self._h5py.Group):
            raise StorageError(f"{shorten(path)!r} in it is not a group.")
        return found

    def array(self, parent: h5py.Group, path: str) -> StoredArray | None:
        """The array at `path` below `parent`, unread; None when there is nothing of that name.

        Raises:
            StorageError: it is not an array of numbers that lie in this file as they are.
        """
        dataset = self._follow(parent, path)
        if dataset is None:
            return None
        if not isinstance(dataset, self._h5py.Dataset):
            raise StorageError(f"{shorten(path)!r} in it is not an array.")
        self._check_array(path, dataset)
        return StoredArray(path, dataset)

    def names(self, group: h5py.Group, attribute: str) -> list[str]:
        """A list of names, in one attribute or in several called attribute0, attribute1, ..."""
        found = self._texts(group, attribute)
        if found is not None:
            return found
        names: list[str] = []
        for part in range(MOST_PARTS):
            more = self._texts(group, f"{attribute}{part}")
            if more is None:
                break
            names += more
        return names

    def text(self, group: h5py.Group, attribute: str) -> str | None:
        """A single text; None when there is no such attribute."""
        found = self._texts(group, attribute)
        if found is not None and len(found) != 1:
            raise StorageError(f"{attribute} in it is not a text.")
        return found[0] if found else None

    def _follow(self, parent: h5py.Group, path: str) -> Any:
        """What is at `path`, reached by ordinary links only; None when a name is missing."""
        found: Any = parent
        for name in path.split("/"):
            if not isinstance(found, self._h5py.Group):
                return None
            kind = found.get(name, getclass=True, getlink=True) if name else None
            if kind is None:
                return None
            if kind is not self._h5py.HardLink:
                raise StorageError(
                    f"{shorten(path)!r} in it is a link to somewhere else, which is not followed."
                )
            found = found[name]
        return found

    def _check_array(self, path: str, dataset: h5py.Dataset) -> None:
        layout = dataset.id.get_create_plist()
        plain = {self._h5py.h5d.CONTIGUOUS, self._h5py.h5d.COMPACT}
        if dataset.shape is None or dataset.external or layout.get_layout() not in plain:
            raise StorageError(
                f"the array {shorten(path)!r} in it does not lie in the file as plain numbers: it "
                "is compressed, in pieces or elsewhere. Keras writes no such arrays."
            )
        marked = dataset.dtype.kind == "V" and dataset.dtype == np.dtype("V2")
        if not (dataset.dtype.kind in "fiu" and dataset.dtype.itemsize <= 8) and not marked:
            raise StorageError(f"the array {shorten(path)!r} in it does not hold numbers.")
        size = math.prod(dataset.shape) * dataset.dtype.itemsize
        if size > min(self._bytes_left, dataset.id.get_storage_size()):
            raise StorageError(
                f"the array {shorten(path)!r} in it says it has shape {dataset.shape}, which is "
                "more than the file holds."
            )
        self._bytes_left -= size

    def _texts(self, group: h5py.Group, attribute: str) -> list[str] | None:
        return self._attributes.texts(self._h5py.h5o.get_info(group.id).addr, attribute)


@contextmanager
def open_hdf5(data: Any, raw: Any) -> Iterator[Hdf5Reader]:
    """A reader of the HDF5 file in `raw`, an open file, whose bytes can be looked at in `data`.

    Whatever h5py makes of a damaged file, there and in the body, leaves as StorageError.
    """
    h5py = import_h5py()
    if data[:8] != SIGNATURE or len(data) < 16:
        raise StorageError("its HDF5 part is damaged: the beginning is missing.")
    try:
        with h5py.File(raw, "r") as file:
            yield Hdf5Reader(file, data)
    except StorageError:
        raise
    except DAMAGE as error:
        raise StorageError(f"its HDF5 part is damaged: {shorten(error)}.") from error


@contextmanager
def new_hdf5(into: io.BytesIO) -> Iterator[h5py.File]:
    """A new HDF5 file that is written to memory."""
    with import_h5py().File(into, "w") as file:
        yield file


def write_names(group: h5py.Group, attribute: str, names: Sequence[str]) -> None:
    """A list of names as Keras reads it: in one attribute, or in several when it is long.

    All names take the length of the longest, so that they lie in the attribute itself.
    """
    encoded = np.array([name.encode() for name in names], dtype=bytes)
    together = max(1, NAMES_TOGETHER // max(1, encoded.dtype.itemsize))
    if len(encoded) <= together:
        group.attrs[attribute] = encoded
        return
    for part, start in enumerate(range(0, len(encoded), together)):
        group.attrs[f"{attribute}{part}"] = encoded[start : start + together]
