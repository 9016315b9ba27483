"""Fewer points that draw the same picture: a spike of one step is never lost."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def finite(x: Floats, y: Floats) -> tuple[Floats, Floats]:
    """The points whose two coordinates are numbers; shapes (n,) to (m,) with m <= n."""
    keep = np.isfinite(x) & np.isfinite(y)
    return (x, y) if keep.all() else (x[keep], y[keep])


def thin(x: Floats, y: Floats, low: float, high: float, columns: int) -> tuple[Floats, Floats]:
    """At most two points per column of the screen, the lowest and the highest, in their order.

    x and y have shape (n,); `low` and `high` are the ends of the x axis and `columns` its cells.
    A stride would be simpler and would hide the one step at which the loss jumped.
    """
    if x.size <= 2 * columns or high <= low:
        return x, y
    # What lies outside goes into a column of its own on each side.
    column = np.clip(np.floor((x - low) / (high - low) * columns), -1, columns).astype(np.int64)
    order = np.lexsort((y, column))
    sorted_column = column[order]
    starts = np.flatnonzero(np.diff(sorted_column, prepend=-2))
    ends = np.append(starts[1:], column.size) - 1
    keep = np.unique(np.concatenate([order[starts], order[ends]]))
    return x[keep], y[keep]
