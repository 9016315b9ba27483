"""Batches: which rows a step learns from, and those rows in one piece."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]

#: about this many rows are laid out at a time, fewer where rows are long: little memory
ROWS_AT_ONCE = 4096
BYTES_AT_ONCE = 2**19


class Batches:
    """The rows of a training, step after step.

    The rows of epoch e come in the order `default_rng([seed, e]).permutation(rows)`, a pure
    function of seed and epoch: any step's rows are known without the steps before it.

    Args:
        x, y: (rows, ...), and `weights`, (rows,) or None.
        batch_size: rows per step; the last batch of an epoch may be smaller.
        shuffle: False takes the rows as they stand.
        seed: of the order; it may be set at any time.

    Attributes:
        rows: how many there are.
        per_epoch: steps in an epoch.
    """

    def __init__(
        self, x: Array, y: Array, weights: Array | None, batch_size: int, shuffle: bool, seed: int
    ) -> None:
        self.rows = len(x)
        self.per_epoch = math.ceil(self.rows / batch_size)
        self._data: tuple[Array, ...] = (x, y) if weights is None else (x, y, weights)
        self.seed = seed
        shuffle = shuffle and self.rows > 1  # one row has one order, and drawing it takes time
        self._batch_size, self._shuffle = batch_size, shuffle
        # A batch is a slice of these: of the data itself, or of a part of it, shuffled.
        self._part: tuple[Array, ...] = self._data
        self._part_batches = self.per_epoch
        self._laid_out = (-1, -1, -1)
        self._ordered = (-1, -1)
        self._order = np.zeros(0, dtype=np.int32)
        if shuffle:
            long = sum(d.nbytes for d in self._data) // max(self.rows, 1)
            at_once = min(ROWS_AT_ONCE, BYTES_AT_ONCE // max(long, 1))
            self._part_batches = min(max(1, at_once // batch_size), self.per_epoch)
            rows = min(self._part_batches * batch_size, self.rows)
            self._part = tuple(np.empty((rows, *d.shape[1:]), d.dtype) for d in self._data)

    def at(self, step: int) -> tuple[Array, Array, Array | None]:
        """x, y and weights of the rows that this step (the first is 0) learns from."""
        epoch, batch = divmod(step, self.per_epoch)
        part, batch_in_part = divmod(batch, self._part_batches)
        if self._shuffle and self._laid_out != (self.seed, epoch, part):
            self._lay_out(epoch, part)
        start = batch_in_part * self._batch_size
        size = min(self._batch_size, self.rows - batch * self._batch_size)
        x, y, *weights = [data[start : start + size] for data in self._part]
        return x, y, weights[0] if weights else None

    def rows_at(self, step: int) -> Array:
        """The numbers of those rows."""
        epoch, batch = divmod(step, self.per_epoch)
        start = batch * self._batch_size
        if not self._shuffle:
            return np.arange(start, min(start + self._batch_size, self.rows))
        known = self._ordered == (self.seed, epoch)
        order = self._order if known else self._order_of(epoch)
        return order[start : start + self._batch_size].copy()

    def _lay_out(self, epoch: int, part: int) -> None:
        """Take this part of the epoch's rows into one piece, so that a batch is a slice of it."""
        if self._ordered != (self.seed, epoch):
            self._order = np.zeros(0, dtype=np.int32)  # let the old one go before the new one comes
            self._order, self._ordered = self._order_of(epoch), (self.seed, epoch)
        size = self._part_batches * self._batch_size
        order = self._order[part * size : (part + 1) * size]
        for data, piece in zip(self._data, self._part, strict=True):
            np.take(data, order, axis=0, out=piece[: len(order)], mode="clip")
        self._laid_out = self.seed, epoch, part

    def _order_of(self, epoch: int) -> Array:
        # The same as permutation(rows), but in half the memory.
        order = np.arange(self.rows, dtype=np.int32)
        np.random.default_rng([self.seed, epoch]).shuffle(order)
        return order
