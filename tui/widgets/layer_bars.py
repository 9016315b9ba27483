"""Sizes of slopes as bars on a logarithmic scale: a line for a layer, a column for a network."""

from __future__ import annotations

import math
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.binding import Binding, BindingType
from textual.reactive import reactive
from textual.strip import Strip

from lessons.labs.layer_slopes.state import Column
from tui.theme import palette
from tui.widgets.pointing import Pointing

BAR = "▆"
NAME_WIDTH = 4
NUMBER_WIDTH = 8
TOP = 1.0
"""Powers of ten: bars that fill their room stand for 10."""
BOTTOMS = (-8.0, -16.0, -36.0)
"""Where bars begin: the highest of these that is below all numbers."""


class LayerBars(Pointing):
    """Paints the slopes of every layer, the output's at the top; arrow keys point at a number."""

    DEFAULT_CSS = """
    LayerBars { width: 1fr; height: auto; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(0, 1)", "Up", id="layers.up", show=False,
                tooltip="A layer on, towards the output"),
        Binding("down", "move(0, -1)", "Down", id="layers.down", show=False,
                tooltip="A layer back, towards the inputs"),
        Binding("left", "move(-1, 0)", "Left", id="layers.left", show=False,
                tooltip="The network to the left"),
        Binding("right", "move(1, 0)", "Right", id="layers.right", show=False,
                tooltip="The network to the right"),
    ]  # fmt: skip

    columns: reactive[tuple[Column, ...]] = reactive((), always_update=True)
    """The networks that are shown."""

    def watch_columns(self, before: tuple[Column, ...], after: tuple[Column, ...]) -> None:
        """Another depth needs other room."""
        if _layers(before) != _layers(after):
            self.refresh(layout=True)

    def get_content_height(self, *_: object) -> int:
        """A line for the names and one for each layer."""
        return _layers(self.columns) + 1

    # -- pointing -------------------------------------------------------------------------------

    def action_move(self, across: int, along: int) -> None:
        """To the number beside it."""
        layer, network = self.cursor
        layer, network = layer + along, network + across
        if 0 <= layer < _layers(self.columns) and 0 <= network < len(self.columns):
            self.point(layer, network)

    def on_click(self, event: events.Click) -> None:
        """Point at the number under the mouse."""
        offset = event.get_content_offset(self)
        if offset is None or offset.y < 1 or not self.columns:
            return
        layer = self._first - (offset.y - 1)
        network = max(offset.x - NAME_WIDTH, 0) // self._width
        if layer >= 0 and network < len(self.columns):
            self.point(layer, network)

    # -- painting -------------------------------------------------------------------------------

    @property
    def _width(self) -> int:
        """Cells for each network."""
        return max((self.size.width - NAME_WIDTH) // max(len(self.columns), 1), NUMBER_WIDTH + 1)

    @property
    def _first(self) -> int:
        """The layer in the top line: the output's, or lower where the cursor would not be seen."""
        last, room = _layers(self.columns) - 1, max(self.size.height - 1, 1)
        return min(last, max(self.cursor[0] + room // 2, room - 1))

    @property
    def _bottom(self) -> float:
        """The power of ten at which bars begin."""
        found = [slope for column in self.columns for slope in column.slopes if slope]
        least = math.log10(min(found)) if found else 0.0
        return next((bottom for bottom in BOTTOMS if bottom < least), BOTTOMS[-1])

    def render_line(self, y: int) -> Strip:
        """The names of the networks, or a layer."""
        layer = self._first - (y - 1)
        if not self.columns or layer < 0:
            segments: list[Segment] = []
        elif y == 0:
            segments = self._names()
        else:
            segments = self._layer(layer)
        base = self.rich_style
        strip = Strip(list(Segment.apply_style(segments, base)))
        return strip.adjust_cell_length(self.size.width, base)

    def _names(self) -> list[Segment]:
        colors, width = palette(self.app), self._width
        segments = [Segment(" " * NAME_WIDTH)]
        for place, column in enumerate(self.columns):
            style = colors.style("accent", bold=place == self.cursor[1])
            segments.append(Segment(column.activation.ljust(width)[:width], style))
        return segments

    def _layer(self, layer: int) -> list[Segment]:
        colors, width = palette(self.app), self._width
        last = layer == _layers(self.columns) - 1
        here = layer == self.cursor[0]
        name = "out" if last else str(layer + 1)
        segments = [Segment(name.rjust(3) + " ", colors.style("mark" if here else "dim"))]
        room = width - NUMBER_WIDTH - 1
        for place, column in enumerate(self.columns):
            slope = column.slopes[layer]
            length = self._length(slope, room)
            segments.append(Segment(BAR * length, colors.style("slope")))
            number = _written(slope).ljust(NUMBER_WIDTH)
            pointed = here and place == self.cursor[1]
            style = colors.style("node")
            if pointed:
                style = colors.style("accent" if self.has_focus else "mark", reverse=True)
            segments.append(Segment(" " if length else ""))
            segments.append(Segment(number, style))
            segments.append(Segment(" " * (room - length + (0 if length else 1))))
        return segments

    def _length(self, slope: float | None, room: int) -> int:
        """How many cells of `room` a bar takes; a slope of 0 has none."""
        if slope is None or slope <= 0:
            return 0
        share = (math.log10(slope) - self._bottom) / (TOP - self._bottom)
        return min(max(round(share * room), 1), max(room, 0))


def _layers(columns: tuple[Column, ...]) -> int:
    return len(columns[0].slopes) if columns else 0


def _written(slope: float | None) -> str:
    """A size in few characters; ? where it is not to be seen yet."""
    if slope is None:
        return "?"
    return f"{slope:.2g}"
