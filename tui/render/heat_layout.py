"""Where maps stand: those of the layers from left to right, the large one of the output last."""

from __future__ import annotations

from dataclasses import dataclass

MOST, LEAST = 8, 2
"""Rows of a node's map; it is twice as many columns wide."""
LARGEST, SMALLEST = 24, 6
"""Rows of the output's map, if there is room."""
HEADING = 1
GAP = 1


@dataclass(frozen=True)
class Spot:
    """One map: of which layer and node, both from 0; its corner, and its rows.

    A node's name is written in the line above the corner, a mark in the column before it.
    """

    layer: int
    node: int
    x: int
    y: int
    rows: int

    @property
    def columns(self) -> int:
        """Cells across: a cell is twice as high as it is wide."""
        return 2 * self.rows


@dataclass(frozen=True)
class Arrangement:
    """All maps in sight, and where the heading of each layer starts; the output's is the last."""

    spots: tuple[Spot, ...]
    headings: tuple[tuple[int, int], ...]
    """(layer, column) for each layer in sight."""
    complete: bool
    """False when not every node has a map in sight."""


Placed = tuple[tuple[Spot, ...], tuple[tuple[int, int], ...]]
"""Spots, the output's last, and headings."""


def arrange(sizes: tuple[int, ...], size: tuple[int, int], pointed: tuple[int, int]) -> Arrangement:
    """Place the maps of hidden layers of these `sizes`, and the output's, in (width, height).

    All layers stand side by side where that leaves maps of a few rows; else the layer pointed at
    stands alone, and where even that is too much, those of its nodes around the one pointed at.
    """
    width, height = size
    layers = tuple(range(len(sizes)))
    here = min(pointed[0], len(sizes) - 1)
    for shown in (layers, (here,)):
        whole = [(layer, 0, sizes[layer]) for layer in shown]
        found = [_placed(whole, rows, size) for rows in range(MOST, LEAST, -1)]
        best = max((one for one in found if one is not None), key=_seen, default=None)
        if best is not None:
            return Arrangement(*best, complete=shown == layers)
    room = max(1, (width - 2 * min(height, SMALLEST) - GAP) // (2 * LEAST + 1))
    count = min(sizes[here], room * max(1, (height - HEADING) // (LEAST + 1)))
    node = pointed[1] if pointed[0] == here else 0
    first = min(max(node - count // 2, 0), sizes[here] - count)
    part = _placed([(here, first, count)], LEAST, size)
    if part is None:
        return Arrangement((), (), complete=False)
    return Arrangement(*part, complete=len(sizes) == 1 and count == sizes[here])


def _seen(placed: Placed) -> int:
    """How much is to be seen: the small maps large, and the output's not small beside them."""
    spots, _ = placed
    return spots[0].rows * spots[-1].rows


def _placed(layers: list[tuple[int, int, int]], rows: int, size: tuple[int, int]) -> Placed | None:
    """Spots and headings for (layer, first node, nodes), or None where they have no room."""
    width, height = size
    down = (height - HEADING) // (rows + 1)
    if down < 1:
        return None
    spots, headings, x = [], [], 0
    for layer, first, count in layers:
        columns = -(-count // down)
        headings.append((layer, x))
        for place in range(count):
            row, column = divmod(place, columns)
            left = x + column * (2 * rows + 1) + 1
            spots.append(Spot(layer, first + place, left, HEADING + 1 + row * (rows + 1), rows))
        x += columns * (2 * rows + 1) + GAP
    # As large as there is room for, and larger than a node's.
    largest = min(height - HEADING, (width - x - 1) // 2, LARGEST)
    if largest < min(height - HEADING, max(rows + 2, SMALLEST)):
        return None
    headings.append((-1, x))
    spots.append(Spot(-1, 0, x + 1, HEADING, largest))
    return tuple(spots), tuple(headings)
