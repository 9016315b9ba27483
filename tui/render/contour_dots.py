"""A surface as dots of a terminal: the values of the lines, and the dots they go through."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Cell = tuple[int, int]

MOST_LINES = 5


def levels_of(values: Floats, most: int = MOST_LINES) -> tuple[float, ...]:
    """Values for the lines, as round as can be: squares, because a squared error grows as one.

    So the lines lie at equal distances, where equal values would crowd on the steep sides and
    leave the valley empty.
    """
    low, high = max(float(values.min()), 0.0), float(values.max())
    if not high > low:
        return ()
    reach = math.sqrt(high - low) / (most + 0.5)
    power = 10.0 ** math.floor(math.log10(reach))
    step = next(step * power for step in (1, 2, 3, 4, 5, 10) if step * power >= reach * 0.999)
    found = {_round(low + (count * step) ** 2) for count in range(1, most + 1)}
    return tuple(sorted(level for level in found if low < level < high))


def _round(level: float) -> float:
    """Two digits say enough of a line's value; whole numbers below 1000 keep theirs."""
    digits = 1 - math.floor(math.log10(level))
    return round(level, max(digits, 0) if level < 1000 else digits)


def values_of(grid: Floats, size: Cell) -> tuple[Floats, Floats]:
    """The values at every dot and at every cell; row 0 is the top one."""
    columns, rows = size
    # A cell's middle is where its place on the axis is; dots lie a quarter and an eighth around it.
    x = (np.arange(2 * columns) - 0.5) / 2
    y = (np.arange(4 * rows) - 1.5) / 4
    wide, high = max(columns - 1, 1), max(rows - 1, 1)
    dots = _sample(grid, x / wide, 1 - y / high)
    return dots, _sample(grid, np.arange(columns) / wide, 1 - np.arange(rows) / high)


def _sample(values: Floats, across: Floats, up: Floats) -> Floats:
    """Values between the points of the grid; the arguments go from 0 to 1 over the map."""
    i, share_i = _between(across, values.shape[1])
    j, share_j = _between(up, values.shape[0])
    low = values[j][:, i] * (1 - share_i) + values[j][:, i + 1] * share_i
    high = values[j + 1][:, i] * (1 - share_i) + values[j + 1][:, i + 1] * share_i
    sampled: Floats = low * (1 - share_j[:, None]) + high * share_j[:, None]
    return sampled


def _between(share: Floats, count: int) -> tuple[NDArray[np.int64], Floats]:
    # Half a cell at the edge lies outside the grid: what is inside goes on there.
    at = share * (count - 1)
    index = np.clip(np.floor(at).astype(np.int64), 0, count - 2)
    return index, at - index


def edges_of(values: Floats, bands: NDArray[np.int64]) -> NDArray[np.bool_]:
    """The dots of the lines: the last before a line, downwards or, where it is steep, across."""
    across = np.abs(np.diff(values, axis=1, append=values[:, -1:]))
    down = np.abs(np.diff(values, axis=0, append=values[-1:]))
    steep = across > down
    dots = np.zeros(bands.shape, dtype=bool)
    dots[:, :-1] |= (bands[:, :-1] != bands[:, 1:]) & steep[:, :-1]
    dots[:-1] |= (bands[:-1] != bands[1:]) & ~steep[:-1]
    return dots


def cells_of_line(bands: NDArray[np.int64], index: int, size: Cell) -> NDArray[np.bool_]:
    """Which cells a line passes through."""
    inside = bands <= index
    edges = np.zeros(bands.shape, dtype=bool)
    edges[:, :-1] |= inside[:, :-1] != inside[:, 1:]
    edges[:-1] |= inside[:-1] != inside[1:]
    cells = edges.reshape(size[1], 4, size[0], 2)
    return np.asarray(cells.any(axis=(1, 3)))
