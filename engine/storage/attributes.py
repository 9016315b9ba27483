"""The texts in attributes of an HDF5 file, read without the HDF5 library.

Keras keeps its configs and lists of names in attributes, as texts of any length. The library
believes the lengths that a file gives for them: one wrong byte has it take gigabytes, or go round
in a heap for ever. So these few structures are read here, where every length is compared with the
file first. Sections and names are those of the HDF5 File Format Specification, version 3.0.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from engine.storage.errors import StorageError, shorten

#: the types of the messages that are looked at
CONTINUATION, ATTRIBUTE = 0x10, 0x0C

#: classes of datatypes
FIXED_TEXT, VARIABLE = 3, 9

#: pieces of one header, texts of one attribute, and bytes of all of them together
MOST_PIECES, MOST_TEXTS, LARGEST_TEXTS = 200, 20_000, 16_000_000


class Attributes:
    """The attributes of the groups in a file.

    Args:
        data: the whole file, as bytes or a mmap.
    """

    def __init__(self, data: Any) -> None:
        self._data = data
        self._heaps: dict[int, dict[int, tuple[int, int]]] = {}
        version = self._number(8, 1)
        sizes = self._take(13, 2) if version < 2 else self._take(9, 2)
        if version > 3 or sizes != b"\x08\x08":  # II.A "Superblock": of addresses, of lengths
            raise _damaged("addresses and lengths do not have eight bytes")

    def texts(self, header: int, name: str) -> list[str] | None:
        """The texts of the attribute called `name` of the object whose header is at `header`.

        None when there is no such attribute.

        Raises:
            StorageError: it is something else than text, or too much of it, or damaged.
        """
        for place, size in self._messages(header):
            found = self._attribute(place, size, name)
            if found is not None:
                return found
        return None

    # -- object headers (IV.A) ---------------------------------------------------------------

    def _messages(self, header: int) -> Iterator[tuple[int, int]]:
        """(place, size) of each attribute message of an object."""
        newer = self._take(header, 4) == b"OHDR"
        pieces = [self._first_piece_newer(header) if newer else self._first_piece(header)]
        extra = 2 if newer and self._number(header + 5, 1) & 0x04 else 0  # a creation order
        for count, (start, end) in enumerate(pieces):
            if count > MOST_PIECES:
                raise _damaged("a header has too many pieces")
            place, head = start, 4 + extra if newer else 8
            while place + head <= end:
                kind = self._number(place, 1 if newer else 2)
                size = self._number(place + (1 if newer else 2), 2)
                body = place + head
                place = body + size
                if place > end:
                    raise _damaged("a message is longer than its header")
                if kind == CONTINUATION:
                    at, length = self._number(body, 8), self._number(body + 8, 8)
                    # The newer form has a signature before and a check sum after the messages.
                    pieces.append((at + 4, at + length - 4) if newer else (at, at + length))
                elif kind == ATTRIBUTE:
                    if self._number(body - extra - 1 if newer else body - 4, 1) & 0x02:
                        raise _damaged("an attribute is shared")
                    yield body, size

    def _first_piece(self, header: int) -> tuple[int, int]:
        if self._number(header, 1) != 1:
            raise _damaged("a header is of an unknown version")
        return header + 16, header + 16 + self._number(header + 8, 4)

    def _first_piece_newer(self, header: int) -> tuple[int, int]:
        flags = self._number(header + 5, 1)
        place = header + 6 + (16 if flags & 0x20 else 0) + (4 if flags & 0x10 else 0)
        width = 1 << (flags & 3)
        return place + width, place + width + self._number(place, width)

    # -- attributes (IV.A.2.m) ---------------------------------------------------------------

    def _attribute(self, place: int, size: int, wanted: str) -> list[str] | None:
        end = place + size
        version = self._number(place, 1)
        lengths = [self._number(place + at, 2) for at in (2, 4, 6)]
        if version not in (1, 2, 3) or (version > 1 and self._number(place + 1, 1)):
            raise _damaged("an attribute is of an unknown kind")
        starts = [place + (9 if version == 3 else 8)]
        for length in lengths:
            starts.append(starts[-1] + (-(-length // 8) * 8 if version == 1 else length))
        name, datatype, dataspace, values = starts
        if values > end:
            raise _damaged("an attribute is longer than its message")
        if self._take(name, lengths[0]).rstrip(b"\0") != wanted.encode():
            return None
        count = self._count(dataspace, lengths[2])
        if not count:
            return []  # Keras writes an empty list of names as an empty list of numbers
        return self._values(datatype, count, values, end, wanted)

    def _count(self, place: int, size: int) -> int:
        """How many values a dataspace (IV.A.2.b) has."""
        version, rank = self._number(place, 1), self._number(place + 1, 1)
        if version == 2 and self._number(place + 3, 1) == 2:
            return 0
        start = place + (8 if version == 1 else 4)
        if version not in (1, 2) or start + 8 * rank > place + size:
            raise _damaged("the shape of an attribute makes no sense")
        return math.prod(self._number(start + 8 * axis, 8) for axis in range(rank))

    def _values(self, datatype: int, count: int, place: int, end: int, name: str) -> list[str]:
        """The texts themselves: in the attribute (fixed length), or in a heap (any length)."""
        kind, flavour = self._number(datatype, 1) & 0x0F, self._number(datatype + 1, 1) & 0x0F
        size = self._number(datatype + 4, 4)
        if kind != FIXED_TEXT and not (kind == VARIABLE and flavour == 1 and size == 16):
            raise StorageError(f"{name} in it is not text.")
        if count > MOST_TEXTS or place + count * size > end:
            raise _damaged(f"{name} is longer than its message")
        places = [(place + i * size, size) for i in range(count)]
        if kind == VARIABLE:
            places = [self._in_heap(at) for at, _ in places]
        if sum(length for _, length in places) > LARGEST_TEXTS:
            raise StorageError(f"{name} in it is too long.")
        texts = [self._take(at, length).split(b"\0", 1)[0] for at, length in places]
        try:
            return [text.decode() for text in texts]
        except UnicodeDecodeError as error:
            raise StorageError(f"{name} in it is not text: {shorten(error)}.") from error

    # -- heaps of texts (III.E "Global Heap") ------------------------------------------------

    def _in_heap(self, reference: int) -> tuple[int, int]:
        """(place, length) of the text that a length, the address of a heap and a number mean."""
        length = self._number(reference, 4)
        if not length:
            return reference, 0
        heap = self._heap(self._number(reference + 4, 8))
        place, size = heap.get(self._number(reference + 12, 4), (0, 0))
        if length > size:
            raise _damaged("a text is longer than its place in the heap")
        return place, length

    def _heap(self, start: int) -> dict[int, tuple[int, int]]:
        """(place, size) of all texts in the heap at `start`, by their numbers."""
        if start not in self._heaps:
            if self._take(start, 4) != b"GCOL":
                raise _damaged("a heap of texts is missing")
            end = start + self._number(start + 8, 8)
            if end > len(self._data) or len(self._heaps) >= MOST_PIECES:
                raise _damaged("a heap of texts is larger than the file")
            self._heaps[start] = dict(self._texts_of_heap(start + 16, end))
        return self._heaps[start]

    def _texts_of_heap(self, place: int, end: int) -> Iterator[tuple[int, tuple[int, int]]]:
        while place + 16 <= end:
            number, size = self._number(place, 2), self._number(place + 8, 8)
            if not number:  # the room that is left
                return
            if place + 16 + size > end:
                raise _damaged("a text is longer than its heap")
            yield number, (place + 16, size)
            place += 16 + -(-size // 8) * 8

    # -- bytes -------------------------------------------------------------------------------

    def _take(self, place: int, length: int) -> bytes:
        if place < 0 or place + length > len(self._data):
            raise _damaged("it refers to something behind its end")
        return bytes(self._data[place : place + length])

    def _number(self, place: int, width: int) -> int:
        return int.from_bytes(self._take(place, width), "little")


def _damaged(how: str) -> StorageError:
    return StorageError(f"its HDF5 part is damaged, or not of Keras: {how}.")
