"""Many lines between two columns of points, as braille: a colour for each cell, strong ones on top.

A line of negative strength is broken, so that its sign is seen without colours too.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np

Role = Literal["positive", "negative", "line", "mark"]

FAINT = 0.08
"""Strength below which a line says nothing: drawn thin and grey, or not where there are many."""
THICK = 0.6
MANY = 24
"""Lines between two layers from which on faint ones are left out."""

_DOTS = np.array([[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]])
"""The bits of the dots of a braille cell, row by row."""


@dataclass(frozen=True)
class Wire:
    """A line from one place to another, in cells from the top left; `strength` from -1 to 1."""

    start: tuple[float, float]
    end: tuple[float, float]
    strength: float
    frozen: bool = False

    @property
    def role(self) -> Role:
        """What colours it."""
        if self.frozen:
            return "mark"
        if abs(self.strength) < FAINT:
            return "line"
        return "positive" if self.strength > 0 else "negative"


def draw_wires(
    wires: list[Wire], width: int, height: int
) -> dict[tuple[int, int], tuple[str, Role]]:
    """The cells, (column, row), that lines run through: a braille sign, and what colours it."""
    dots = np.zeros((height * 4, width * 2), dtype=bool)
    roles: dict[tuple[int, int], Role] = {}
    for wire in sorted(wires, key=lambda one: (one.frozen, abs(one.strength))):
        if abs(wire.strength) < FAINT and len(wires) > MANY and not wire.frozen:
            continue
        x, y, through = _places(wire.start, wire.end, _every(wire.strength), width, height)
        dots[y, x] = True
        if abs(wire.strength) >= THICK:
            dots[np.minimum(y + 1, height * 4 - 1), x] = True
        roles.update(dict.fromkeys(through, wire.role))
    cells = dots.reshape(height, 4, width, 2).transpose(0, 2, 1, 3)
    codes = (cells * _DOTS).sum(axis=(2, 3))
    return {
        (column, row): (chr(0x2800 + int(codes[row, column])), role)
        for (column, row), role in roles.items()
        if codes[row, column]
    }


def _every(strength: float) -> tuple[int, int]:
    """How a line is broken: of so many dots, so many are drawn."""
    if strength < 0:
        return 5, 3
    return (4, 1) if strength < FAINT else (1, 1)


Line = tuple[np.ndarray, np.ndarray, tuple[tuple[int, int], ...]]


@lru_cache(maxsize=2048)
def _places(
    start: tuple[float, float],
    end: tuple[float, float],
    every: tuple[int, int],
    width: int,
    height: int,
) -> Line:
    """The dots of a line, as columns and rows, and the cells that it runs through.

    Lines stay where they are while weights change, so that most are known already.
    """
    x0, y0, x1, y1 = 2 * start[0], 4 * start[1], 2 * end[0], 4 * end[1]
    count = int(max(abs(x1 - x0), abs(y1 - y0))) + 1
    along = np.linspace(0, 1, count)[np.arange(count) % every[0] < every[1]]
    x = np.clip(np.rint(x0 + along * (x1 - x0)), 0, 2 * width - 1).astype(int)
    y = np.clip(np.rint(y0 + along * (y1 - y0)), 0, 4 * height - 1).astype(int)
    cells = tuple(dict.fromkeys(zip((x // 2).tolist(), (y // 4).tolist(), strict=True)))
    return x, y, cells
