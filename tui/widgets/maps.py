"""The maps of a network's nodes, layer by layer, and the large one of its output."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from lessons.labs.maps.state import NodeMap
from tui.render.glyphs import MARK
from tui.render.heat import Dots, heat
from tui.render.heat_layout import Arrangement, Spot, arrange
from tui.render.table import shorten
from tui.theme import palette
from tui.widgets.painted import Painted

Piece = tuple[int, int, list[Segment]]
"""What stands in a line: the column it starts at, its cells, its segments."""

STRENGTH = 0.9
BEHIND_DOTS = 0.6
"""Less colour where points have to be told apart from it."""


@dataclass(frozen=True, eq=False)
class MapsView:
    """What the widget shows: maps of the hidden layers, the output's, the points on that."""

    layers: tuple[tuple[NodeMap, ...], ...]
    decision: NodeMap
    dots: Dots

    @property
    def sizes(self) -> tuple[int, ...]:
        """Nodes of each hidden layer."""
        return tuple(len(layer) for layer in self.layers)

    def map_of(self, spot: Spot) -> NodeMap:
        """The map that stands at a spot."""
        return self.decision if spot.layer < 0 else self.layers[spot.layer][spot.node]


class Maps(Painted, can_focus=True):
    """Paints a MapsView as large as there is room; arrow keys point at a map."""

    DEFAULT_CSS = """
    Maps { width: 1fr; height: 1fr; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(0, -1)", "Up", id="maps.up", show=False, tooltip="The map above"),
        Binding("down", "move(0, 1)", "Down", id="maps.down", show=False, tooltip="The map below"),
        Binding("left", "move(-1, 0)", "Left", id="maps.left", show=False,
                tooltip="The map to the left"),
        Binding("right", "move(1, 0)", "Right", id="maps.right", show=False,
                tooltip="The map to the right"),
    ]  # fmt: skip

    view: reactive[MapsView | None] = reactive(None, always_update=True)
    """The snapshot that is shown."""

    cursor: reactive[tuple[int, int]] = reactive((0, 0), init=False)
    """Layer and node that are pointed at, from 0; the output is one layer further."""

    class CursorMoved(Message):
        """Another map is pointed at."""

        def __init__(self, layer: int, node: int) -> None:
            super().__init__()
            self.layer = layer
            self.node = node

    def watch_view(self) -> None:
        """Paint the next snapshot."""
        self._repaint()

    def watch_cursor(self) -> None:
        """Mark another map."""
        self._repaint()

    def watch_has_focus(self, has_focus: bool) -> None:
        """The mark looks different where the keys go."""
        super().watch_has_focus(has_focus)
        self._repaint()

    # -- pointing -----------------------------------------------------------------------------

    @property
    def arrangement(self) -> Arrangement:
        """Where each map stands now."""
        if self.view is None:
            return Arrangement((), (), complete=True)
        return arrange(self.view.sizes, (self.size.width, self.size.height), self.cursor)

    def action_move(self, across: int, down: int) -> None:
        """To the next map in a direction; past the edge of what is in sight, to the next layer."""
        here = next((one for one in self._spots() if self._at(one) == self.cursor), None)
        if here is None:
            return
        ahead = [
            (_distance(here, one, across, down), one)
            for one in self._spots()
            if _ahead(here, one, across, down)
        ]
        if ahead:
            self._point(*self._at(min(ahead, key=lambda pair: pair[0])[1]))
        elif not self.arrangement.complete:
            layer, node = self.cursor
            self._turn(layer, node + across + down)

    def _turn(self, layer: int, node: int) -> None:
        """To a node that is out of sight, in this layer or the one beside it."""
        assert self.view is not None
        sizes = (*self.view.sizes, 1)
        if 0 <= node < sizes[layer]:
            self._point(layer, node)
        elif node < 0 < layer:
            self._point(layer - 1, sizes[layer - 1] - 1)
        elif node >= sizes[layer] and layer + 1 < len(sizes):
            self._point(layer + 1, 0)

    def on_click(self, event: events.Click) -> None:
        """Point at the map under the mouse."""
        offset = event.get_content_offset(self)
        for spot in self._spots():
            if offset is None:
                return
            across, down = offset.x - spot.x, offset.y - spot.y
            if 0 <= across < spot.columns and -1 <= down < spot.rows:
                self._point(*self._at(spot))
                return

    def _point(self, layer: int, node: int) -> None:
        self.cursor = (layer, node)
        self.post_message(self.CursorMoved(layer, node))

    def _spots(self) -> tuple[Spot, ...]:
        return self.arrangement.spots

    def _at(self, spot: Spot) -> tuple[int, int]:
        assert self.view is not None
        return (len(self.view.layers) if spot.layer < 0 else spot.layer, spot.node)

    # -- painting -----------------------------------------------------------------------------

    def _paint(self) -> list[Strip]:
        width, height = self.size.width, self.size.height
        base = self.rich_style
        pieces: list[list[Piece]] = [[] for _ in range(height)]
        if self.view is not None:
            self._place(pieces, self.arrangement)
        return [Strip(_joined(line, width, base), width) for line in pieces]

    def _place(self, pieces: list[list[Piece]], arrangement: Arrangement) -> None:
        """Put headings, names and maps into the lines, each with the column it starts at."""
        assert self.view is not None
        colors = palette(self.app)
        for layer, x in arrangement.headings:
            if layer < 0:
                continue
            room = min([self.size.width, *(at for _, at in arrangement.headings if at > x)]) - x
            count = len(self.view.layers[layer])
            words = f" layer {layer + 1}"
            if not arrangement.complete:
                seen = [spot.node for spot in arrangement.spots if spot.layer == layer]
                words += f" of {len(self.view.layers)}, l: next"
                if len(seen) < count:
                    words += f", node {seen[0]}-{seen[-1]} of {count}"
            words = shorten(words, room)
            pieces[0].append((x, len(words), [Segment(words, colors.style("dim"))]))
        for spot in arrangement.spots:
            node = self.view.map_of(spot)
            title = self._title(spot, node)
            pieces[spot.y - 1].append((spot.x - 1, sum(len(one.text) for one in title), title))
            for row, line in enumerate(self._map(spot, node)):
                pieces[spot.y + row].append((spot.x, spot.columns, line))

    def _title(self, spot: Spot, node: NodeMap) -> list[Segment]:
        """The name above a map, with a mark before it where it is pointed at."""
        colors = palette(self.app)
        here = self._at(spot) == self.cursor
        name = node.name if len(node.name) <= spot.columns else str(node.node)
        style = colors.style("node")
        if here:
            style = colors.style("accent", bold=True, reverse=self.has_focus)
        return [
            Segment(MARK if here else " ", colors.style("mark", bold=True)),
            Segment(name, style),
        ]

    def _map(self, spot: Spot, node: NodeMap) -> list[list[Segment]]:
        assert self.view is not None
        colors = palette(self.app)
        output = spot.layer < 0
        if node.hidden and not output:
            return _unseen(spot, colors.style("dim"))
        return heat(
            np.zeros((1, 1)) if node.hidden else node.values,  # the points can be seen all the same
            (spot.columns, spot.rows),
            colors,
            strength=BEHIND_DOTS if output else STRENGTH,
            signs=self.in_signs,
            dots=self.view.dots if output else None,
        )

    @property
    def in_signs(self) -> bool:
        """Whether signs stand for colours here."""
        return bool(self.app.no_color or getattr(self.app, "ascii_mode", False))


def _unseen(spot: Spot, style: object) -> list[list[Segment]]:
    """A map that a question asks about: a question mark on an empty field."""
    lines = ["·" * spot.columns] * spot.rows
    middle = spot.rows // 2
    lines[middle] = " ? ".center(spot.columns, "·")
    return [[Segment(line, style)] for line in lines]  # type: ignore[arg-type]


def _joined(pieces: list[Piece], width: int, base: Style) -> list[Segment]:
    """The pieces of a line, with blanks between them and after them."""
    line: list[Segment] = []
    at = 0
    for x, cells, segments in sorted(pieces, key=lambda piece: piece[0]):
        if x > at:
            line.append(Segment(" " * (x - at), base))
        line.extend(_based(segment, base) for segment in segments)
        at = x + cells
    if at < width:
        line.append(Segment(" " * (width - at), base))
    return line


def _based(segment: Segment, base: Style) -> Segment:
    """The segment on the widget's own background, unless it has one: most cells of a map do."""
    style = segment.style
    if style is not None and style.bgcolor is not None:
        return segment
    return Segment(segment.text, base + style)


def _ahead(here: Spot, other: Spot, across: int, down: int) -> bool:
    return (other.x - here.x) * across > 0 if across else (other.y - here.y) * down > 0


def _distance(here: Spot, other: Spot, across: int, down: int) -> float:
    """How far another map is in a direction; what lies aside counts more."""
    dx, dy = abs(other.x - here.x), 2 * abs(other.y - here.y)
    return dx + 3 * dy if across else dy + 3 * dx
