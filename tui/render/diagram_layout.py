"""Where everything of a diagram goes: columns for the layers, rows for the nodes, gaps between.

Several plans are tried from roomy to tight (wide boxes with full names, narrow boxes, names cut to
their number under a heading, slopes below weights instead of beside them); the first in which every
label finds a place wins, else the one that gives up least.
"""

from __future__ import annotations

from functools import cached_property
from typing import NamedTuple

from rich.cells import cell_len

from tui.render.diagram_labels import SLOT_MARGIN
from tui.render.diagram_names import Names
from tui.render.diagram_nodes import Box, gap_width
from tui.render.diagram_slots import Slot, choose_slots
from tui.render.diagram_view import Diagram, DiagramEdge
from tui.render.diagram_wires import (
    READABLE_EDGES,
    Boxes,
    Edges,
    Gap,
    LabelSize,
    Slots,
    is_marked,
    label_size,
    slope_room,
    visible_edges,
    wire_gaps,
)

# Spacing grows with the area up to these, so that a small network is not pulled apart.
_WIDEST_GAP = 30
_LEAST_EXTRA_ROWS = 5
_EXTRA_SHARE = 4
# A gap without room for labels is still wide enough to tell its lines apart.
_BARE_GAP = 4


class Plan(NamedTuple):
    """How generous to be."""

    padding: int = 0  # blank columns in the boxes beside the text
    air: int = 0  # columns that every gap gets beyond what its labels need
    full_names: bool = True
    notes: bool = True
    stacked: bool = False  # slopes below weights instead of beside them
    longest: int = 0  # values longer than this are cut; 0 for never
    label_room: bool = True  # whether gaps are wide enough for their labels


_PLANS = (
    Plan(padding=1, air=7),
    Plan(air=4),
    Plan(air=1),
    Plan(air=2, full_names=False),
    Plan(),
    Plan(full_names=False),
    Plan(air=1, stacked=True),
    Plan(full_names=False, stacked=True),
    Plan(full_names=False, notes=False),
    Plan(full_names=False, notes=False, stacked=True),
    Plan(notes=False, longest=9),
    Plan(full_names=False, notes=False, stacked=True, longest=9),
    Plan(notes=False, label_room=False),
    Plan(full_names=False, notes=False, label_room=False),
    Plan(full_names=False, notes=False, longest=6, label_room=False),
)


class Layout(NamedTuple):
    """Everything placed: nodes in slots and boxes, edges in gaps, a heading above every layer."""

    slots: Slots
    boxes: Boxes
    gaps: tuple[Gap, ...]
    headings: tuple[str, ...]

    @property
    def unreadable(self) -> int:
        """Edges without a label in gaps that have few enough to label them all."""
        return sum(gap.dropped for gap in self.gaps if len(gap.wires) <= READABLE_EDGES)

    @property
    def unlabelled(self) -> list[DiagramEdge]:
        """Active or selected edges without a label."""
        wires = [wire for gap in self.gaps for wire in gap.wires if wire.label is None]
        return [wire.edge for wire in wires if is_marked(wire.edge)]


class _Choice:
    """What is drawn of a diagram in a number of rows."""

    def __init__(self, diagram: Diagram, slots: Slots, rows: int) -> None:
        self.slots = slots
        self.heights = _box_heights(slots, rows)
        self.edges: tuple[Edges, ...] = visible_edges(diagram, slots)
        self._slope = slope_room(self.edges, diagram.direction, diagram.slope_room)

    @cached_property
    def beside(self) -> tuple[LabelSize, ...]:
        """The label slots of each gap with slopes beside the weights."""
        return tuple(label_size(edges, stacked=False, slope=self._slope) for edges in self.edges)

    @cached_property
    def stacked(self) -> tuple[LabelSize, ...]:
        """The label slots of each gap with slopes below the weights."""
        return tuple(label_size(edges, stacked=True, slope=self._slope) for edges in self.edges)


class _Area:
    """A diagram and the area for it; what several plans share is worked out once."""

    def __init__(self, diagram: Diagram, width: int, height: int) -> None:
        self.diagram = diagram
        self.width = width
        self.height = height
        self.names = Names(diagram)

    def choice(self, headed: bool) -> _Choice | None:
        """The nodes and edges drawn with or without a row of headings."""
        return self._headed if headed else self._bare

    @cached_property
    def _headed(self) -> _Choice | None:
        return self._choose(self.height - 1)

    @cached_property
    def _bare(self) -> _Choice | None:
        return self._choose(self.height)

    def _choose(self, rows: int) -> _Choice | None:
        slots = choose_slots(self.diagram, rows)
        return None if slots is None else _Choice(self.diagram, slots, rows)


def lay_out(diagram: Diagram, width: int, height: int) -> Layout | None:
    """The best layout for an area, None when nothing can be drawn in it that deserves the name."""
    area = _Area(diagram, width, height)
    best: Layout | None = None
    for plan in _PLANS:
        layout = _try(area, plan)
        if layout is None:
            continue
        if best is None or _given_up(layout) < _given_up(best):
            best = layout
        if _given_up(best) == (0, 0):
            break
    return best


def _given_up(layout: Layout) -> tuple[int, int]:
    return layout.unreadable, len(layout.unlabelled)


def _try(area: _Area, plan: Plan) -> Layout | None:
    """The layout by one plan, None if it does not fit."""
    diagram = area.diagram
    headings = area.names.headings(plan.full_names)
    top = 1 if any(headings) else 0
    choice = area.choice(headed=top > 0)
    if choice is None:
        return None
    sizes = choice.stacked if plan.stacked else choice.beside
    columns = _columns(area, choice, headings, plan, sizes)
    if columns is None:
        return None
    boxes = []
    for k, ((x, width), size) in enumerate(zip(columns, choice.heights, strict=True)):
        slots = choice.slots[k]
        rows = _rows(len(slots), size, area.height - top)
        names = [area.names.name(k, slot.node, plan.full_names) for slot in slots]
        boxes.append(
            tuple(Box(x, top + y, width, size, name) for y, name in zip(rows, names, strict=True))
        )
    gaps = wire_gaps(diagram, choice.slots, tuple(boxes), choice.edges, sizes)
    return Layout(choice.slots, tuple(boxes), gaps, headings)


def _box_heights(slots: tuple[tuple[Slot, ...], ...], rows: int) -> list[int]:
    """Five rows everywhere where there is plenty of room, else three, one for crowded layers."""
    most = max(len(layer) for layer in slots)
    if most * 5 + (most - 1) * 4 <= rows:
        return [5] * len(slots)
    return [3 if len(layer) * 3 <= rows else 1 for layer in slots]


def _rows(count: int, size: int, rows: int) -> list[int]:
    """The centre rows of the boxes of a layer, evenly spaced around the middle."""
    pitch = size + max(_LEAST_EXTRA_ROWS, rows // _EXTRA_SHARE)
    if count > 1:
        pitch = min(pitch, (rows - size) // (count - 1))
    # An even distance keeps two nodes symmetric to the one node of the next layer.
    if count % 2 == 0 and pitch % 2 and pitch > size:
        pitch -= 1
    first = (rows - 1 - pitch * (count - 1)) // 2
    return [first + pitch * k for k in range(count)]


def _columns(
    area: _Area,
    choice: _Choice,
    headings: tuple[str, ...],
    plan: Plan,
    sizes: tuple[LabelSize, ...],
) -> list[tuple[int, int]] | None:
    """Left column and width of each layer, None when they do not fit side by side."""
    width = area.width
    widths = []
    for k in range(len(choice.slots)):
        box = _box_width(area, choice, k, plan)
        widths.append(max(box, cell_len(headings[k]) if not plan.full_names else 0))
    needs = [
        size.width + SLOT_MARGIN + plan.air if plan.label_room else _BARE_GAP for size in sizes
    ]
    spare = width - sum(widths)
    if spare < sum(needs):
        return None
    gaps = _share(needs, spare)
    x = (width - sum(widths) - sum(gaps)) // 2
    columns = []
    for k, box_width in enumerate(widths):
        columns.append((x, box_width))
        x += box_width + (gaps[k] if k < len(gaps) else 0)
    return columns


def _share(needs: list[int], spare: int) -> list[int]:
    """Gaps as equal as their needs allow, together at most `spare` wide."""
    gaps = list(needs)
    for gap in range(min(needs, default=0), max(_WIDEST_GAP, *needs, 0) + 1):
        wider = [max(need, gap) for need in needs]
        if sum(wider) > spare:
            break
        gaps = wider
    return gaps


def _box_width(area: _Area, choice: _Choice, layer: int, plan: Plan) -> int:
    """Width of the boxes of a layer: its longest text, in steps so that it seldom changes."""
    nodes, size = area.diagram.layers[layer], choice.heights[layer]
    longest = plan.longest or area.width
    inner = 3
    for slot in choice.slots[layer]:
        if slot.node is None:
            inner = max(inner, gap_width(slot.hidden) - 2)
            continue
        node = nodes[slot.node]
        name = min(cell_len(area.names.name(layer, slot.node, plan.full_names)), longest)
        value = min(max(cell_len(node.value), 1), longest)
        note = max(cell_len(node.note), node.note_room) if plan.notes and size > 1 else 0
        needed = max(name + 2, value + 2, note) if size > 1 else name + value + 2
        inner = max(inner, needed)
    if plan.padding:
        inner = -(-(inner + plan.padding - 2) // 4) * 4 + 1
    return inner + 2
