"""Many nodes in few cells: a shade for how often a node is above 0, and a cross for a dead one."""

from __future__ import annotations

from dataclasses import dataclass

DEAD = "×"
NEVER = "·"
SHADES = "░▒▓█"
"""Above 0 on up to a quarter of the rows, a half, three quarters, and on more."""
ASCII_SHADES = "-+*#"

PER_ROW = (10, 20, 25, 50, 100)
"""Nodes in a line, from which the fewest are taken that leave room for all layers."""
WIDEST = 3
"""Cells that a node may take."""


def glyph(share: float, dead: bool, ascii_only: bool = False) -> str:
    """The sign of a node that is above 0 on this share of the rows."""
    if dead:
        return DEAD
    if share <= 0:
        return NEVER
    shades = ASCII_SHADES if ascii_only else SHADES
    return shades[min(int(share * 4 - 1e-9), 3)]


@dataclass(frozen=True)
class Layout:
    """How the nodes of all layers are placed: so many in a line, each so many cells wide."""

    sizes: tuple[int, ...]
    per_row: int
    wide: int

    @property
    def lines(self) -> tuple[tuple[int, int], ...]:
        """Each line as (layer, first node); a first node of -1 is the heading of the layer."""
        found = []
        for layer, size in enumerate(self.sizes):
            found.append((layer, -1))
            found.extend((layer, node) for node in range(0, size, self.per_row))
        return tuple(found)


def lay_out(sizes: tuple[int, ...], width: int, height: int) -> Layout:
    """Place layers of these sizes in (width, height) cells, as large as they fit."""
    fitting = [count for count in PER_ROW if count <= max(width, PER_ROW[0])]
    for count in fitting:
        needed = sum(1 + -(-size // count) for size in sizes)
        if needed <= height:
            return Layout(sizes, count, _wide(width, count))
    return Layout(sizes, fitting[-1], _wide(width, fitting[-1]))


def _wide(width: int, count: int) -> int:
    return max(min(width // count, WIDEST), 1)
