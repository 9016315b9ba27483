"""Every hidden node as one cell: shade and sign for what it does, a cross for a dead one."""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.binding import Binding, BindingType
from textual.reactive import reactive
from textual.strip import Strip

from lessons.labs.activity.state import LayerCells
from tui.render.node_cells import Layout, glyph, lay_out
from tui.theme import palette
from tui.widgets.pointing import Pointing


class NodeGrid(Pointing):
    """Paints layers of nodes as large as there is room; arrow keys point at a node."""

    DEFAULT_CSS = """
    NodeGrid { width: 1fr; height: 1fr; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(0, -1)", "Up", id="nodes.up", show=False, tooltip="The node above"),
        Binding("down", "move(0, 1)", "Down", id="nodes.down", show=False,
                tooltip="The node below"),
        Binding("left", "move(-1, 0)", "Left", id="nodes.left", show=False,
                tooltip="The node to the left"),
        Binding("right", "move(1, 0)", "Right", id="nodes.right", show=False,
                tooltip="The node to the right"),
    ]  # fmt: skip

    cells: reactive[tuple[LayerCells, ...]] = reactive((), always_update=True)
    """The nodes that are shown; none while they are hidden."""

    @property
    def layout_now(self) -> Layout:
        """Where each node stands."""
        sizes = tuple(len(layer.dead) for layer in self.cells)
        return lay_out(sizes, self.size.width, self.size.height)

    # -- pointing -------------------------------------------------------------------------------

    def action_move(self, across: int, down: int) -> None:
        """To the next node in a direction, and on into the layer above or below."""
        if not self.cells:
            return
        layer, node = self.cursor
        layout = self.layout_now
        target = node + across + down * layout.per_row
        sizes = layout.sizes
        column = node % layout.per_row
        if 0 <= target < sizes[layer]:
            self.point(layer, target)
        elif target < 0 and layer > 0:
            above = sizes[layer - 1]
            last_row = (above - 1) // layout.per_row * layout.per_row
            self.point(layer - 1, min(last_row + column, above - 1) if down else above - 1)
        elif target >= sizes[layer] and layer + 1 < len(sizes):
            self.point(layer + 1, min(column, sizes[layer + 1] - 1) if down else 0)

    def on_click(self, event: events.Click) -> None:
        """Point at the node under the mouse."""
        offset = event.get_content_offset(self)
        layout = self.layout_now
        if offset is None or not 0 <= offset.y < len(layout.lines):
            return
        layer, first = layout.lines[offset.y]
        node = first + offset.x // layout.wide
        if first >= 0 and node < min(first + layout.per_row, layout.sizes[layer]):
            self.point(layer, node)

    # -- painting -------------------------------------------------------------------------------

    def render_line(self, y: int) -> Strip:
        """A heading, or a line of nodes."""
        lines = self.layout_now.lines
        segments: list[Segment] = []
        if not self.cells:
            if y == 0:
                words = "the nodes stay hidden until you have answered the question"
                segments = [Segment(words, palette(self.app).style("dim"))]
        elif y < len(lines):
            layer, first = lines[y]
            segments = self._heading(layer) if first < 0 else self._cells_of(layer, first)
        base = self.rich_style
        strip = Strip(list(Segment.apply_style(segments, base)))
        return strip.adjust_cell_length(self.size.width, base)

    def _heading(self, layer: int) -> list[Segment]:
        colors, cells = palette(self.app), self.cells[layer]
        count, size = cells.deaths, len(cells.dead)
        return [
            Segment(f"layer {layer + 1}  ", colors.style("dim")),
            Segment(f"{count} of {size} dead", colors.style("slope", bold=bool(count))),
        ]

    def _cells_of(self, layer: int, first: int) -> list[Segment]:
        colors, cells, layout = palette(self.app), self.cells[layer], self.layout_now
        ascii_only = bool(getattr(self.app, "ascii_mode", False))
        segments = []
        for node in range(first, min(first + layout.per_row, len(cells.dead))):
            dead, share = bool(cells.dead[node]), float(cells.share[node])
            here = (layer, node) == self.cursor
            sign = glyph(share, dead, ascii_only)
            role = "slope" if dead else "positive" if share > 0 else "dim"
            style = colors.style(role, bold=dead)
            if here:
                style = colors.style("accent" if self.has_focus else "mark", reverse=True)
            if layout.wide == 1:
                segments.append(Segment(sign, style))
                continue
            # A gap after each node, so that neighbours of one shade can be told apart.
            room = layout.wide - 1
            segments.append(Segment(sign.ljust(room) if dead else sign * room, style))
            segments.append(Segment(" "))
        return segments
