"""The edges of a diagram in their places: which are drawn, where they run, which carry labels."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from rich.cells import cell_len

from tui.render.diagram_labels import Line, Placement, place_labels
from tui.render.diagram_nodes import Box
from tui.render.diagram_slots import Slot
from tui.render.diagram_view import Diagram, DiagramEdge, DiagramNode, Direction

# Which edges of a gap carry labels: all, those of the marked nodes, or only the marked ones.
Labels = Literal["all", "near", "marked"]
Slots = tuple[tuple[Slot, ...], ...]
Boxes = tuple[tuple[Box, ...], ...]
Edges = tuple[DiagramEdge, ...]

# Up to this many edges every weight of a gap must be readable, or it is no picture.
READABLE_EDGES = 9
# Beyond this many nobody could read them.
_MOST_LABELS = 32


class LabelSize(NamedTuple):
    """The slots of a gap: their size, and the cells before the decimal point."""

    width: int
    height: int
    left: int


class Wire(NamedTuple):
    """An edge in its place; `label` is where its slot begins, None when it has no label."""

    edge: DiagramEdge
    line: Line
    label: tuple[int, int] | None


class Gap(NamedTuple):
    """All edges between two layers, and how many lines pass behind labels of others."""

    wires: tuple[Wire, ...]
    size: LabelSize
    labels: Labels
    crossed: int

    @property
    def dropped(self) -> int:
        """How many edges carry no label."""
        return sum(wire.label is None for wire in self.wires)


def is_marked(thing: DiagramNode | DiagramEdge) -> bool:
    """Whether the eye should go there: active, or under the edit cursor."""
    return thing.state == "active" or thing.selected


def label_rows(edge: DiagramEdge, stacked: bool) -> tuple[str, ...]:
    """The rows of an edge's label: its weight, with its slope beside or below."""
    if not edge.slope:
        return (edge.weight,)
    slope = f"∂ {edge.slope}"
    return (edge.weight, slope) if stacked else (f"{edge.weight} {slope}",)


def before_point(text: str) -> int:
    """Cells of a number before its decimal point."""
    return cell_len(text.split(" ")[0].partition(".")[0])


def visible_edges(diagram: Diagram, slots: Slots) -> tuple[Edges, ...]:
    """The edges of each gap whose two nodes are both drawn."""
    shown = [{slot.node for slot in layer} for layer in slots]
    gaps: list[list[DiagramEdge]] = [[] for _ in slots[1:]]
    for edge in diagram.edges:
        k = edge.layer
        if 0 <= k < len(gaps) and edge.source in shown[k] and edge.target in shown[k + 1]:
            gaps[k].append(edge)
    return tuple(tuple(gap) for gap in gaps)


def slope_room(edges: Sequence[Edges], direction: Direction, kept: int = 0) -> int:
    """Cells kept for slopes in every label: on the way back also before they are known."""
    longest = max((cell_len(edge.slope) for gap in edges for edge in gap), default=0)
    longest = max(longest, kept)
    return max(longest, 2) if direction == "backward" else longest


def label_size(edges: Sequence[DiagramEdge], stacked: bool, slope: int) -> LabelSize:
    """Slots for the labels of a gap, aligned on the point, a cell on both sides for the mark.

    `slope` cells are kept for the slope, beside the weight or below it.
    """
    weights = {edge.weight for edge in edges}
    left = max(map(before_point, weights), default=0)
    right = max((cell_len(weight) - before_point(weight) for weight in weights), default=0)
    if not slope:
        return LabelSize(left + right + 2, 1, left)
    sign = cell_len("∂ ")
    if not stacked:
        return LabelSize(left + right + 1 + sign + slope + 2, 1, left)
    # A slope below starts under the first digit of its weight.
    indent = max((left - before_point(weight) for weight in weights), default=0)
    return LabelSize(max(left + right, indent + sign + slope) + 2, 2, left)


def wire_gaps(
    diagram: Diagram,
    slots: Slots,
    boxes: Boxes,
    edges: tuple[Edges, ...],
    sizes: tuple[LabelSize, ...],
) -> tuple[Gap, ...]:
    """The edges of every gap, from the right side of one box to the left side of another."""
    at = [
        {slot.node: box for slot, box in zip(items, layer, strict=True)}
        for items, layer in zip(slots, boxes, strict=True)
    ]
    gaps = []
    for k, present in enumerate(edges):
        lines = tuple(_line(at[k][edge.source], at[k + 1][edge.target]) for edge in present)
        end = k + 1 if diagram.direction == "forward" else k
        marked_nodes = {i for i, node in enumerate(diagram.layers[end]) if is_marked(node)}
        gaps.append(_label_gap(present, lines, sizes[k], marked_nodes, diagram.direction))
    return tuple(gaps)


def _line(source: Box, target: Box) -> Line:
    return Line(source.right + 1, source.y, target.x - 1, target.y)


def _label_gap(
    edges: Edges,
    lines: tuple[Line, ...],
    size: LabelSize,
    marked_nodes: set[int],
    direction: Direction,
) -> Gap:
    """Labels for all edges, else for those of the node being computed, else for the marked."""
    ends = [edge.target if direction == "forward" else edge.source for edge in edges]
    marked = [i for i, edge in enumerate(edges) if is_marked(edge)]
    near = [i for i, edge in enumerate(edges) if is_marked(edge) or ends[i] in marked_nodes]
    if len(edges) <= _MOST_LABELS:
        placement = place_labels(lines, tuple(range(len(edges))), size.width, size.height)
        tangled = placement and 2 * placement.crossed > len(edges) > READABLE_EDGES
        if placement is not None and not (tangled and near):
            return _gap(edges, lines, range(len(edges)), placement, size, "all")
    # Lines without labels are drawn faint here, so only the labelled ones must not be crossed.
    choices: tuple[tuple[Labels, list[int]], ...] = (("near", near), ("marked", marked))
    for kind, chosen in choices:
        own = tuple(lines[i] for i in chosen)
        placement = place_labels(own, tuple(range(len(own))), size.width, size.height)
        if placement is not None and (kind == "marked" or placement.crossed <= len(own)):
            return _gap(edges, lines, chosen, placement, size, kind)
    return _gap(edges, lines, [], Placement((), 0), size, "marked")


def _gap(
    edges: Edges,
    lines: tuple[Line, ...],
    chosen: Sequence[int],
    placement: Placement,
    size: LabelSize,
    kind: Labels,
) -> Gap:
    places = dict(zip(chosen, placement.places, strict=True))
    wires = (Wire(edges[i], lines[i], places.get(i)) for i in range(len(edges)))
    return Gap(tuple(wires), size, kind, placement.crossed)
