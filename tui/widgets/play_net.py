"""The network of the playground: a map for every node, weights as lines, arrow keys point."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray
from rich.cells import cell_len
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from lessons.labs.maps.state import NodeMap
from lessons.labs.playground.state import Wires
from tui.render.cell_grid import CellGrid
from tui.render.glyphs import FULL_DOT, MARK
from tui.render.heat import Dots, brush, levels
from tui.render.play_layout import NAMES, Arranged, Tile, arrange
from tui.render.wiring import ROLES, Wiring
from tui.render.words import shorten, shorten_input
from tui.theme import Palette, palette
from tui.widgets.painted import Painted

NO_MAP = FULL_DOT
"""Stands for a node that has no map: the data are no points of a plane."""

Legend = tuple[tuple[str, str], ...]
"""Lines of words, each with the role that colours it."""
LINES: Legend = (("⠤⠤⠤ above 0", "positive"), ("⠤ ⠤ below 0", "negative"))
SHORT_LINES: Legend = (("⠤⠤ + ⠤ -", "dim"),)
WRONG = "wrong"
"""The role of a point that the network gets wrong: it is drawn in reverse."""
KINDS: dict[bool, Legend] = {
    True: (("● class 1", "mark"), ("○ class 0", "mark"), ("● ○ wrong", WRONG)),
    False: (("● above 0", "mark"), ("○ below 0", "mark")),
}
"""What the points are, where classes are told apart, and where a height is to be met."""
SHORT_KINDS: dict[bool, Legend] = {
    True: (("● 1   ○ 0", "mark"), ("● ○ wrong", WRONG)),
    False: (("● +   ○ -", "mark"),),
}


@dataclass(frozen=True, eq=False)
class PlayNetView:
    """What the widget shows. `layers`: inputs, hidden layers, outputs; maps may be None."""

    names: tuple[tuple[str, ...], ...]
    maps: tuple[tuple[NodeMap, ...], ...]
    wires: tuple[Wires, ...]
    dots: Dots | None
    cursor: tuple[int, int]
    """Layer, 0 being the inputs, and node."""
    classifies: bool = True

    @property
    def sizes(self) -> tuple[int, ...]:
        """Nodes of each layer."""
        return tuple(len(names) for names in self.names)


class PlayNet(Painted, can_focus=True):
    """Paints a PlayNetView as large as there is room."""

    DEFAULT_CSS = "PlayNet { width: 1fr; height: 1fr; }"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(key, f"move({across}, {down})", key, id=f"net.{key}", show=False, tooltip=tooltip)
        for key, across, down, tooltip in (
            ("up", 0, -1, "The node above"),
            ("down", 0, 1, "The node below"),
            ("left", -1, 0, "The layer before"),
            ("right", 1, 0, "The next layer"),
        )
    ]

    view: reactive[PlayNetView | None] = reactive(None, always_update=True, repaint=False)

    class CursorMoved(Message):
        """Another node is pointed at; `layer` counts from 1, the first hidden one."""

        def __init__(self, layer: int, node: int) -> None:
            super().__init__()
            self.layer = layer
            self.node = node

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._grid = CellGrid(0, 0, Style.null())
        self._tiles: Arranged | None = None
        self._wiring = Wiring((), 0, 0)

    def watch_view(self) -> None:
        """Paint the next snapshot."""
        self._repaint()

    def watch_has_focus(self, has_focus: bool) -> None:
        """The mark looks different where the keys go."""
        super().watch_has_focus(has_focus)
        self._repaint()

    # -- pointing -----------------------------------------------------------------------------

    def action_move(self, across: int, down: int) -> None:
        """To the next node or layer, as far as there is one."""
        if self.view is None:
            return
        sizes, (layer, node) = self.view.sizes, self.view.cursor
        if across:
            other = min(max(layer + across, 1), len(sizes) - 1)
            node = round((node + 0.5) * sizes[other] / sizes[layer] - 0.5)
            layer = other
        node = min(max(node + down, 0), sizes[layer] - 1)
        self.post_message(self.CursorMoved(layer, node))

    def on_click(self, event: events.Click) -> None:
        """Point at the node under the mouse."""
        offset = event.get_content_offset(self)
        if offset is None or self._tiles is None:
            return
        for tile in self._tiles.tiles:
            inside = 0 <= offset.x - tile.x < tile.columns and 0 <= offset.y - tile.y < tile.rows
            if inside and tile.layer:
                self.post_message(self.CursorMoved(tile.layer, tile.node))

    # -- painting -----------------------------------------------------------------------------

    @property
    def in_signs(self) -> bool:
        """Whether signs stand for colours here."""
        return bool(self.app.no_color or getattr(self.app, "ascii_mode", False))

    def _paint(self) -> list[Strip]:
        (width, height), base = self.size, self.rich_style
        grid = self._grid
        if (grid.width, grid.height, grid.base) != (width, height, base):
            grid = self._grid = CellGrid(width, height, base)
            self._tiles = None
        grid.clear()
        if self.view is not None:
            self._arrange(self.view)
            self._draw(grid, self.view)
        strips = grid.strips()
        self.true_colors = grid.true_colors
        return strips

    def _arrange(self, view: PlayNetView) -> None:
        """Find a place for every tile, and for the lines between them where tiles have moved."""
        width, height = self._grid.width, self._grid.height
        found = arrange(
            view.sizes,
            width,
            height,
            mapped=bool(view.maps),
            cursor=view.cursor,
            names=max(map(cell_len, view.names[0])) + 1,
        )
        if found is not self._tiles:
            self._tiles = found
            ends = [(one.right, other.left) for one, other in found.pairs] if found else []
            self._wiring = Wiring(ends, width, height)

    def _draw(self, grid: CellGrid, view: PlayNetView) -> None:
        if self._tiles is None:
            words = "too little room for the network: w shows something else"
            grid.put(0, 0, words, palette(self.app).style("dim"))
            return
        self._put_wires(grid, self._tiles, view)
        if view.maps:
            self._put_maps(grid, self._tiles, view)
        for tile in self._tiles.tiles:
            self._put_marks(grid, tile, view)
        self._put_words(grid, view)
        self._put_legend(grid, view)

    def _put_wires(self, grid: CellGrid, tiles: Arranged, view: PlayNetView) -> None:
        if not tiles.pairs:
            return
        places = [
            np.ix_(
                [tile.node for tile in tiles.of(layer)], [tile.node for tile in tiles.of(layer + 1)]
            )
            for layer in range(len(view.wires))
        ]
        strength, frozen = (
            np.concatenate([into[at].T.ravel() for into, at in zip(arrays, places, strict=True)])
            for arrays in (
                [into.strength for into in view.wires],
                [into.frozen for into in view.wires],
            )
        )
        drawn = self._wiring.draw(strength, frozen)
        grid.put_cells(0, 0, drawn.signs, drawn.roles, _role_styles(palette(self.app)), drawn.there)

    def _put_maps(self, grid: CellGrid, tiles: Arranged, view: PlayNetView) -> None:
        """The maps of all tiles, those of one size together."""
        alike: dict[tuple[int, int], list[Tile]] = defaultdict(list)
        for tile in tiles.tiles:
            alike[tile.columns, tile.rows].append(tile)
        for size, group in alike.items():
            maps = [view.maps[tile.layer][tile.node].values for tile in group]
            for tile, steps in zip(group, levels(maps, size), strict=True):
                self._put_map(grid, tile, view, steps)

    def _put_map(
        self, grid: CellGrid, tile: Tile, view: PlayNetView, steps: NDArray[np.intp]
    ) -> None:
        colors, signs = palette(self.app), self.in_signs
        output = tile.layer == len(view.sizes) - 1
        paint = brush(colors, 0.6 if output else 0.9, signs)
        written, numbers = paint.paint(steps)
        if output and view.dots is not None:
            paint.put(view.dots, written, numbers)
        grid.put_cells(tile.x, tile.y, written, numbers, paint.styles)
        if tile.layer > 0 and not output and tile.rows > 1 and not signs:
            # Only the upper halves of its last cells: maps that touch could not be told apart.
            above = brush(colors, 0.9, signs, grid.base.bgcolor)
            last = tile.y + tile.rows - 1
            grid.put_cells(tile.x, last, written[-1:], numbers[-1:], above.styles)

    def _put_marks(self, grid: CellGrid, tile: Tile, view: PlayNetView) -> None:
        """What stands for a map that is not there, and the mark of the node pointed at."""
        colors = palette(self.app)
        if not view.maps:
            for down in range(tile.rows):
                grid.put(tile.x, tile.y + down, NO_MAP * tile.columns, colors.style("node"))
        if (tile.layer, tile.node) != view.cursor or not tile.x:
            return
        mark = colors.style("mark" if self.has_focus else "accent", bold=True)
        for down in range(tile.rows):
            sign = MARK if down == tile.rows // 2 else "▌"
            grid.put(tile.x - 1, tile.y + down, sign, mark)

    def _put_words(self, grid: CellGrid, view: PlayNetView) -> None:
        """Names of the inputs, and how many nodes of a layer are not in sight."""
        assert self._tiles is not None
        dim = palette(self.app).style("dim")
        for tile in self._tiles.tiles:
            if tile.layer == 0:
                cells = self._tiles.names - 1
                name = shorten_input(view.names[0][tile.node], cells)
                grid.put(0, tile.y + tile.rows // 2, name.rjust(cells), dim)
            elif not view.maps and tile.layer == len(view.sizes) - 1:
                grid.put(tile.x + 2, tile.y, shorten(view.names[-1][tile.node], NAMES), dim)
        for layer, count in enumerate(self._tiles.left_out):
            if count:
                x = next(tile.x for tile in self._tiles.tiles if tile.layer == layer)
                first = self._tiles.first[layer]
                grid.put(x, grid.height - 1, f"from {first}" if first else f"+{count}", dim)

    def _put_legend(self, grid: CellGrid, view: PlayNetView) -> None:
        """What lines and dots mean, above and below the inputs, where nothing else can stand."""
        assert self._tiles is not None
        inputs = [tile for tile in self._tiles.tiles if tile.layer == 0]
        width = inputs[0].x + inputs[0].columns
        after = next(tile for tile in self._tiles.tiles if tile.layer == 1)
        if after.y >= inputs[0].y:  # no line rises above the inputs
            width = after.x - 2
        above, below = inputs[0].y, grid.height - inputs[-1].y - inputs[-1].rows
        if self._tiles.left_out[0]:
            below -= 1
        lines = self._fitting(LINES, SHORT_LINES, width, above)
        kinds = KINDS[view.classifies], SHORT_KINDS[view.classifies]
        marks = self._fitting(*kinds, width, below) if view.dots is not None else ()
        first = grid.height - len(marks)
        for y, (words, role) in (*enumerate(lines), *enumerate(marks, start=first)):
            wrong = role == WRONG
            style = palette(self.app).style("mark" if wrong else role, bold=wrong, reverse=wrong)
            grid.put(0, y, words, style)

    def _fitting(self, long: Legend, short: Legend, width: int, rows: int) -> Legend:
        """The legend that has room, or none; a row stays free between it and the inputs."""
        for legend in (long, short, short[:1]):
            if len(legend) < rows and max(len(words) for words, _ in legend) <= width:
                return legend
        return ()


@lru_cache(maxsize=16)
def _role_styles(colors: Palette) -> tuple[Style, ...]:
    """The styles of lines, in the order of their roles."""
    return tuple(colors.style(role) for role in ROLES)
