"""Series: a curve that grows for ever in a fixed amount of memory and never loses a spike."""

from __future__ import annotations

import math
from copy import deepcopy
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]


class Series:
    """Points (x, y) with x growing, held in at most `capacity` buckets.

    A bucket stands for `stride` points that followed each other: the x and y of the last of them
    and the lowest and highest y. When all buckets are full, neighbours are merged in pairs and
    the stride doubles. So any spike is still seen, in the bucket that it fell in.

    Args:
        capacity: buckets, an even number of 2 or more.
    """

    def __init__(self, capacity: int = 2048) -> None:
        if capacity < 2 or capacity % 2:
            raise ValueError(f"capacity must be an even number, 2 or more, not {capacity!r}.")
        self.capacity = capacity
        self.stride = 1
        self._x = np.empty(capacity)
        self._low = np.empty(capacity)
        self._high = np.empty(capacity)
        self._last = np.empty(capacity)
        self._used = 0
        self._in_bucket = 0

    def __len__(self) -> int:
        """The number of buckets in use."""
        return self._used

    @property
    def nbytes(self) -> int:
        """The memory it takes, full or empty, in bytes."""
        return 4 * self._x.nbytes

    @property
    def last(self) -> tuple[float, float] | None:
        """The newest point (x, y), or None."""
        if not self._used:
            return None
        return float(self._x[self._used - 1]), float(self._last[self._used - 1])

    def append(self, x: float, y: float) -> None:
        """Add a point to the right of all others.

        Raises:
            ValueError: x does not grow, or x or y is not finite.
        """
        if not (math.isfinite(x) and math.isfinite(y)):
            raise ValueError(f"A curve takes finite points only, not ({x}, {y}).")
        used = self._used
        if used and x <= self._x[used - 1]:
            raise ValueError(f"x must grow: {x} comes after {self._x[used - 1]}.")
        if used and self._in_bucket < self.stride:
            self._extend(used - 1, x, y)
            return
        if used == self.capacity:
            self._merge_pairs()
            used = self._used
        self._x[used] = x
        self._low[used] = self._high[used] = self._last[used] = y
        self._used = used + 1
        self._in_bucket = 1

    def truncate(self, x: float) -> None:
        """Forget every point to the right of x.

        A bucket that reaches beyond x is dropped whole: which of its points lie before x is not
        known any more, and a point that never happened must not stay on the curve.
        """
        used = int(np.searchsorted(self._x[: self._used], x, side="right"))
        if used < self._used:
            self._used = used
            self._in_bucket = self.stride

    def copy(self) -> Series:
        """The same points, in a curve of its own."""
        return deepcopy(self)

    def become(self, other: Series) -> None:
        """Have the points of another curve, and no others."""
        self.__dict__.update(deepcopy(other.__dict__))

    def arrays(self) -> tuple[Array, Array, Array, Array]:
        """Copies (x, low, high, last), one number per bucket; x is that of its last point."""
        columns = (self._x, self._low, self._high, self._last)
        x, low, high, last = (column[: self._used].copy() for column in columns)
        return x, low, high, last

    def _extend(self, bucket: int, x: float, y: float) -> None:
        self._x[bucket] = x
        self._last[bucket] = y
        if y < self._low[bucket]:
            self._low[bucket] = y
        if y > self._high[bucket]:
            self._high[bucket] = y
        self._in_bucket += 1

    def _merge_pairs(self) -> None:
        half = self.capacity // 2
        self._x[:half] = self._x[1::2]
        self._last[:half] = self._last[1::2]
        self._low[:half] = np.minimum(self._low[::2], self._low[1::2])
        self._high[:half] = np.maximum(self._high[::2], self._high[1::2])
        self._used = half
        self.stride *= 2
        self._in_bucket = self.stride
