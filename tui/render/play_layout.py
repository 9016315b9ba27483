"""Where the tiles of a network stand: a column for each layer, the output larger at the right."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

MOST_SHOWN = 8
"""Nodes of a layer that get a tile; of a larger layer the first ones, and a word on the rest."""
LEAST_GAP = 4
LARGEST_TILE, LARGEST_OUTPUT = 5, 14
"""Rows of a tile of a hidden node, and of the output's, where there is room for more."""
NAMES, MOST_NAMES = 8, 20
"""Cells for the names of the inputs, to the left of them: at least, and where there is room."""
WIDE_GAP = 10
"""Cells between two layers from which on names have what is more."""


@dataclass(frozen=True)
class Tile:
    """A place for the map of one node. `layer` 0 are the inputs; x, y, columns, rows in cells."""

    layer: int
    node: int
    x: int
    y: int
    columns: int
    rows: int

    @property
    def left(self) -> tuple[float, float]:
        """Where wires arrive."""
        return self.x - 0.5, self.y + self.rows / 2

    @property
    def right(self) -> tuple[float, float]:
        """Where wires leave."""
        return self.x + self.columns, self.y + self.rows / 2


@dataclass(frozen=True)
class Arranged:
    """All tiles, and for each layer that is too large how many nodes have none."""

    tiles: tuple[Tile, ...]
    left_out: tuple[int, ...]
    first: tuple[int, ...] = ()
    """For each layer the first node that has a tile."""
    names: int = NAMES
    """Cells for the names of the inputs."""

    def tile(self, layer: int, node: int) -> Tile | None:
        """The tile of a node, if it has one."""
        return next((one for one in self.tiles if (one.layer, one.node) == (layer, node)), None)

    def of(self, layer: int) -> tuple[Tile, ...]:
        """The tiles of a layer."""
        return tuple(tile for tile in self.tiles if tile.layer == layer)

    @cached_property
    def pairs(self) -> tuple[tuple[Tile, Tile], ...]:
        """Every tile but an input's after each of the layer before it."""
        return tuple((one, tile) for tile in self.tiles for one in self.of(tile.layer - 1))


@lru_cache(maxsize=16)
def arrange(
    sizes: tuple[int, ...],
    width: int,
    height: int,
    *,
    mapped: bool = True,
    cursor: tuple[int, int] = (0, 0),
    names: int = NAMES,
) -> Arranged | None:
    """Tiles for layers of these sizes, inputs first, output last. None where there is no room.

    `cursor`: the layer and node pointed at; of a layer that is too large those up to it are shown.
    `names` are the cells that all of the longest name needs; it gets those that lines can spare.
    Without maps a tile is one sign, with room beside the outputs for their names.
    """
    shown = [min(size, MOST_SHOWN) for size in sizes]
    left_out = tuple(size - seen for size, seen in zip(sizes, shown, strict=True))
    first = tuple(
        max(cursor[1] - seen + 1, 0) if layer == cursor[0] else 0
        for layer, seen in enumerate(shown)
    )
    body = height - (1 if any(left_out) else 0)
    if not mapped:
        gaps, room = len(sizes) - 1, width - 2 * NAMES - 2 - len(sizes)
        if room < LEAST_GAP * gaps or max(shown) > body:
            return None
        start = _names(names, room, gaps)
        placed = _place(shown, first, start, width - NAMES - 2, body, (1, 1), (1, 1))
        return Arranged(placed, left_out, first, start)
    rows = min(_highest(max(shown[:-1], default=1), body), LARGEST_TILE)
    last = min(_highest(shown[-1], body), LARGEST_OUTPUT)
    while rows >= 1 and last >= 1:
        narrow, wide = 2 * rows, 2 * last
        gaps = len(sizes) - 1
        room = width - NAMES - narrow * gaps - wide
        if room >= LEAST_GAP * gaps:
            start = _names(names, room, gaps)
            placed = _place(shown, first, start, width, body, (narrow, rows), (wide, last))
            return Arranged(placed, left_out, first, start)
        if last > rows + 1:
            last -= 1
        else:
            rows, last = rows - 1, last - 1
    return None


def _names(wanted: int, room: int, gaps: int) -> int:
    """Cells for names: those wanted, as far as the lines between layers can spare them."""
    spare = max(room - WIDE_GAP * gaps, 0)
    return NAMES + max(min(wanted - NAMES, spare, MOST_NAMES - NAMES), 0)


def _highest(count: int, height: int) -> int:
    """Rows of each of so many tiles, one above the other, with a row between them if there can."""
    rows = (height + 1) // count - 1
    return rows if rows >= 2 else height // count


def _place(
    shown: list[int],
    firsts: tuple[int, ...],
    start: int,
    width: int,
    height: int,
    tile: tuple[int, int],
    output: tuple[int, int],
) -> tuple[Tile, ...]:
    tiles = []
    first, end = start, width - output[0]
    last = len(shown) - 1
    for layer, count in enumerate(shown):
        columns, rows = output if layer == last else tile
        x = end if layer == last else first + (end - first) * layer // last
        spare = height - count * rows
        gap = min(spare // count, 2) if count else 0
        top = (height - count * rows - (count - 1) * gap) // 2
        for node in range(count):
            y = top + node * (rows + gap)
            tiles.append(Tile(layer, firsts[layer] + node, x, y, columns, rows))
    return tuple(tiles)
