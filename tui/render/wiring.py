"""Many lines between two columns of points, as braille: a colour for each cell, strong ones on top.

A line of negative strength is broken, so that its sign is seen without colours too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

ROLES = ("line", "positive", "negative", "mark")
"""What colours a line: a faint one, one of positive or negative strength, a frozen one."""

FAINT = 0.08
"""Strength below which a line says nothing: drawn thin and grey, or not where there are many."""
THICK = 0.6
MANY = 24
"""Lines between two layers from which on faint ones are left out."""

_DOTS = np.array([[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]], dtype=np.uint32)
"""The bits of the dots of a braille cell, row by row."""
_BRAILLE = np.uint32(0x2800)

_BROKEN = ((1, 1), (5, 3), (4, 1))
"""How a line is broken, whole, negative and faint ones: of so many dots, so many are drawn."""

Point = tuple[float, float]
Places = NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class Drawn:
    """What lines look like: a braille sign and a role for each cell, (rows, columns)."""

    signs: NDArray[np.str_]
    roles: NDArray[np.intp]
    """Numbers of ROLES."""
    there: NDArray[np.bool_]
    """Whether a line runs through a cell; where not, it has neither sign nor role."""


class Wiring:
    """Lines from places to places, in cells from the top left. Only their strengths change."""

    def __init__(self, ends: Sequence[tuple[Point, Point]], width: int, height: int) -> None:
        self._ends, self._size = ends, (width, height)

    def draw(self, strength: NDArray[np.floating], frozen: NDArray[np.bool_]) -> Drawn:
        """The lines with these strengths, from -1 to 1, and frozen or not: one for each line."""
        width, height = self._size
        size = np.abs(strength)
        drawn = np.lexsort((size, frozen))  # the strongest on top, and frozen ones above all
        if len(strength) > MANY:
            drawn = drawn[(size[drawn] >= FAINT) | frozen[drawn]]
        broken = np.where(strength < 0, 1, np.where(strength < FAINT, 2, 0))
        thick = size >= THICK
        lines = [
            _line(*self._ends[at], _BROKEN[how], bold, width, height)
            for at, how, bold in zip(
                drawn.tolist(), broken[drawn].tolist(), thick[drawn].tolist(), strict=True
            )
        ]
        dots = np.zeros(height * 4 * width * 2, dtype=bool)
        over = np.full(height * width, -1, dtype=np.intp)
        if lines:
            dots[np.concatenate([places for places, _ in lines])] = True
            # Where a place comes more than once, NumPy leaves what is put there last.
            cells = [through for _, through in lines]
            numbers = _roles(strength, size, frozen)[drawn]
            over[np.concatenate(cells)] = np.repeat(numbers, [len(one) for one in cells])
        bits = dots.reshape(height, 4, width, 2).transpose(0, 2, 1, 3) * _DOTS
        codes = bits.sum(axis=(2, 3), dtype=np.uint32)
        roles = over.reshape(height, width)
        return Drawn((codes + _BRAILLE).view("U1"), roles, (roles >= 0) & (codes > 0))


def _roles(
    strength: NDArray[np.floating], size: NDArray[np.floating], frozen: NDArray[np.bool_]
) -> NDArray[np.intp]:
    """The number of the role of each line."""
    signed = np.where(strength > 0, 1, 2)
    numbers: NDArray[np.intp] = np.where(frozen, 3, np.where(size < FAINT, 0, signed))
    return numbers


@lru_cache(maxsize=4096)
def _line(
    start: Point, end: Point, every: tuple[int, int], thick: bool, width: int, height: int
) -> tuple[Places, Places]:
    """The places of the dots of a line, and of the cells that it runs through, row after row.

    Lines stay where they are while weights change, so that most are known already.
    """
    x0, y0, x1, y1 = 2 * start[0], 4 * start[1], 2 * end[0], 4 * end[1]
    count = int(max(abs(x1 - x0), abs(y1 - y0))) + 1
    along = np.linspace(0, 1, count)[np.arange(count) % every[0] < every[1]]
    x = np.clip(np.rint(x0 + along * (x1 - x0)), 0, 2 * width - 1).astype(np.intp)
    y = np.clip(np.rint(y0 + along * (y1 - y0)), 0, 4 * height - 1).astype(np.intp)
    rows = np.concatenate([y, np.minimum(y + 1, height * 4 - 1)]) if thick else y
    columns = np.concatenate([x, x]) if thick else x
    return rows * (2 * width) + columns, np.unique(y // 4 * width + x // 2)
