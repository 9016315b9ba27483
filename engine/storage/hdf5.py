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

from engine.storage.errors import StorageError, shorten

if TYPE_CHECKING:
    import h5py

Array = NDArray[Any]
Shape = tuple[int, ...]

#: how an HDF5 file begins
SIGNATURE = b"\x89HDF\r\n\x1a\n"

#: how many names one attribute may hold, and how many bytes all of them might come to; about 250
#: layers of Keras, whose names lie in the same heap as the config
MOST_NAMES, LARGEST_NAMES = 20_000, 256_000_000

#: how a heap of texts begins, with its version, and how many texts there may be in one file
HEAP, MOST_TEXTS = b"GCOL\x01", 200_000

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
        size: its size in bytes: all arrays together cannot be larger.
        biggest_text: the size of the biggest piece of text in it; see `biggest_text`.
    """

    def __init__(self, file: h5py.File, size: int, biggest_text: int) -> None:
        self._h5py = import_h5py()
        self.root: h5py.Group = file
        self._bytes_left = size
        self._biggest_text = biggest_text

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
        if attribute in group.attrs:
            return self._texts(group, attribute)
        names: list[str] = []
        part = 0
        while f"{attribute}{part}" in group.attrs:
            names += self._texts(group, f"{attribute}{part}")
            part += 1
        return names

    def text(self, group: h5py.Group, attribute: str) -> str | None:
        """A single text; None when there is no such attribute."""
        if attribute not in group.attrs:
            return None
        found = self._texts(group, attribute)
        if len(found) != 1:
            raise StorageError(f"{attribute} in it is not a text.")
        return found[0]

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

    def _texts(self, group: h5py.Group, attribute: str) -> list[str]:
        """The texts of an attribute, after a look at what reading it could take."""
        found = self._h5py.h5a.open(group.id, attribute.encode())
        count = math.prod(found.shape)
        if not count:
            return []  # Keras writes an empty list of names as an empty list of numbers
        kind = found.get_type()
        if not isinstance(kind, self._h5py.h5t.TypeStringID):
            raise StorageError(f"{attribute} in it is not text.")
        # Texts of any length lie in a heap, and many names may share one enormous text there.
        each = self._biggest_text if kind.is_variable_str() else kind.get_size()
        if count > MOST_NAMES or count * each > LARGEST_NAMES:
            raise StorageError(f"{attribute} in it is too long: save the model as .keras instead.")
        value = np.asarray(group.attrs[attribute]).reshape(-1).tolist()
        return [text.decode() if isinstance(text, bytes) else str(text) for text in value]


def biggest_text(data: Any) -> int:
    """The size in bytes of the biggest text in the heaps of an HDF5 file, bytes or a mmap.

    The HDF5 library goes round for ever in a heap whose sizes make no sense, so they are checked
    here first (HDF5 File Format Specification, II.A "Superblock", III.E "Global Heap").

    Raises:
        StorageError: a heap is damaged, or lengths are not written as Keras writes them.
    """
    version = data[8]
    sizes = bytes(data[13:15] if version < 2 else data[9:11])
    if version > 3 or sizes != b"\x08\x08":
        raise StorageError("its HDF5 part is damaged, or of a kind that Keras does not write.")
    biggest, seen, at = 0, 0, data.find(HEAP)
    while at >= 0:
        end = at + int.from_bytes(data[at + 8 : at + 16], "little")
        place = at + 16
        while place + 16 <= end:
            number = int.from_bytes(data[place : place + 2], "little")
            size = int.from_bytes(data[place + 8 : place + 16], "little")
            # Number 0 is the room that is left, and its size includes these 16 bytes.
            step = 16 + -(-size // 8) * 8 if number else size
            seen += 1
            if step < 16 or place + step > end or end > len(data) or seen > MOST_TEXTS:
                raise StorageError("its HDF5 part is damaged: a heap of texts makes no sense.")
            biggest = max(biggest, size if number else 0)
            place += step
        at = data.find(HEAP, at + len(HEAP))
    return biggest


@contextmanager
def open_hdf5(data: Any, raw: Any) -> Iterator[Hdf5Reader]:
    """A reader of the HDF5 file in `raw`, an open file, whose bytes can be looked at in `data`.

    Whatever h5py makes of a damaged file, there and in the body, leaves as StorageError.
    """
    h5py = import_h5py()
    if data[:8] != SIGNATURE or len(data) < 16:
        raise StorageError("its HDF5 part is damaged: the beginning is missing.")
    biggest = biggest_text(data)
    try:
        with h5py.File(raw, "r") as file:
            yield Hdf5Reader(file, len(data), biggest)
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
