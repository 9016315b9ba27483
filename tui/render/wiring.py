"""Many lines between two columns of points, as braille: a colour for each cell, strong ones on top.

A line of negative strength is broken, so that its sign is seen without colours too.
"""

from __future__ import annotations

from dataclasses import dataclass
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
        x, y = _places(wire, width, height)
        dots[y, x] = True
        if abs(wire.strength) >= THICK:
            dots[np.minimum(y + 1, height * 4 - 1), x] = True
        roles.update(
            dict.fromkeys(zip((x // 2).tolist(), (y // 4).tolist(), strict=True), wire.role)
        )
    cells = dots.reshape(height, 4, width, 2).transpose(0, 2, 1, 3)
    codes = (cells * _DOTS).sum(axis=(2, 3))
    return {
        (column, row): (chr(0x2800 + int(codes[row, column])), role)
        for (column, row), role in roles.items()
        if codes[row, column]
    }


def _places(wire: Wire, width: int, height: int) -> tuple[np.ndarray, np.ndarray]:
    """The dots of a line, as columns and rows."""
    x0, y0, x1, y1 = 2 * wire.start[0], 4 * wire.start[1], 2 * wire.end[0], 4 * wire.end[1]
    count = int(max(abs(x1 - x0), abs(y1 - y0))) + 1
    along = np.linspace(0, 1, count)
    if wire.strength < 0:
        along = along[np.arange(count) % 5 < 3]
    elif abs(wire.strength) < FAINT:
        along = along[np.arange(count) % 4 == 0]
    x = np.clip(np.rint(x0 + along * (x1 - x0)), 0, 2 * width - 1).astype(int)
    y = np.clip(np.rint(y0 + along * (y1 - y0)), 0, 4 * height - 1).astype(int)
    return x, y
