"""Draws a network diagram: from a frozen view to rows of inked text, pure and without colours.

Layout first (`diagram_layout`), then lines, labels and boxes on a canvas, in this order, so that
nothing runs through a label or a box.
"""

from __future__ import annotations

from rich.cells import cell_len

from tui.render.ascii import to_ascii
from tui.render.diagram_canvas import Canvas, Ink, Row, fit, plain
from tui.render.diagram_layout import Layout, lay_out
from tui.render.diagram_lines import Stroke, draw_line
from tui.render.diagram_list import draw_list
from tui.render.diagram_nodes import accent, draw_gap, draw_node, pointer
from tui.render.diagram_view import Diagram, DiagramEdge, DiagramNode
from tui.render.diagram_wires import LabelSize, Wire, before_point, is_marked, label_rows

# A network with up to this many edges is listed where its picture would leave weights out.
_LISTED_EDGES = 20
# In narrower gaps the shades of many lines run into each other and say nothing.
_SHADED_GAP = 9

__all__ = ["Diagram", "DiagramEdge", "DiagramNode", "Ink", "Row", "draw", "plain"]


def draw(diagram: Diagram, width: int, height: int, *, ascii_mode: bool = False) -> list[Row]:
    """The diagram in exactly `height` rows of `width` cells.

    Where the area is too small for a picture it becomes a list of nodes; so it does when a network
    small enough to show every weight would have to leave some out.
    """
    rows = _picture(diagram, width, height, ascii_mode)
    if rows is None:
        rows = draw_list(diagram, width, height)
    if ascii_mode:
        return [tuple((to_ascii(text), ink) for text, ink in row) for row in rows]
    return rows


def _picture(diagram: Diagram, width: int, height: int, ascii_mode: bool) -> list[Row] | None:
    """The diagram drawn, None when it would say less than the list."""
    if not diagram.layers or not all(diagram.layers):
        return None
    layout = lay_out(diagram, width, height)
    if layout is None or (layout.unreadable and len(diagram.edges) <= _LISTED_EDGES):
        return None
    caption = layout.unlabelled[:1]
    if caption:
        layout = lay_out(diagram, width, height - 1) or layout
    canvas = Canvas(width, height)
    _draw_headings(canvas, layout)
    _draw_wires(canvas, diagram, layout, ascii_mode)
    _draw_boxes(canvas, diagram, layout, ascii_mode)
    if caption:
        _draw_caption(canvas, diagram, caption[0])
    return canvas.rows()


def _draw_headings(canvas: Canvas, layout: Layout) -> None:
    for heading, boxes in zip(layout.headings, layout.boxes, strict=True):
        box = boxes[0]
        text = fit(heading, box.width)
        canvas.put(box.x + (box.width - cell_len(text)) // 2, 0, text, Ink("dim"))


def _draw_boxes(canvas: Canvas, diagram: Diagram, layout: Layout, ascii_mode: bool) -> None:
    last = len(layout.boxes) - 1
    for layer, (slots, boxes) in enumerate(zip(layout.slots, layout.boxes, strict=True)):
        ports = (layer > 0, layer < last)
        for slot, box in zip(slots, boxes, strict=True):
            if slot.node is None:
                draw_gap(canvas, box, slot.hidden)
                continue
            node = diagram.layers[layer][slot.node]
            draw_node(canvas, box, node, diagram.direction, ports, ascii_mode=ascii_mode)


def _draw_wires(canvas: Canvas, diagram: Diagram, layout: Layout, ascii_mode: bool) -> None:
    """Lines from the least to the most important, then arrowheads, then labels."""
    for gap in layout.gaps:
        bare = all(wire.label is None for wire in gap.wires)
        ordered = sorted(gap.wires, key=_importance)
        for wire in ordered:
            ink, stroke = _line_style(wire, diagram, bare)
            draw_line(canvas, wire.line, ink, stroke, ascii_mode=ascii_mode)
        for wire in ordered:
            _draw_arrowhead(canvas, wire, diagram)
        for wire in ordered:
            _draw_label(canvas, wire, diagram, gap.size)


def _importance(wire: Wire) -> tuple[int, bool, float]:
    edge = wire.edge
    rank = {"pending": 0, "plain": 1, "done": 1, "active": 3}[edge.state]
    return max(rank, 2 * edge.selected), wire.label is not None, abs(edge.strength or 0)


def _line_style(wire: Wire, diagram: Diagram, bare: bool) -> tuple[Ink, Stroke]:
    """Ink and stroke of a line; in a gap without any label it shows the weight's sign and size."""
    edge = wire.edge
    if edge.state == "active":
        return Ink(accent(diagram.direction), bold=True), "thick"
    if edge.selected:
        return Ink("mark"), "solid"
    if edge.state == "pending":
        return Ink("line", faded=True), "sparse"
    if wire.label is None:
        strength = edge.strength
        if strength is None or not bare or wire.line.x1 - wire.line.x0 < _SHADED_GAP:
            return Ink("line", faded=True), "sparse"
        role = "negative" if strength < 0 else "positive"
        return Ink(role, faded=abs(strength) < 0.5), "dashed" if strength < 0 else "solid"
    return Ink("dim"), "solid"


def _draw_arrowhead(canvas: Canvas, wire: Wire, diagram: Diagram) -> None:
    """The head of an edge that is used or was used, at the node it leads to."""
    edge, line = wire.edge, wire.line
    if edge.state == "pending":
        return
    ink = Ink(accent(diagram.direction), bold=True) if edge.state == "active" else Ink("dim")
    backward = diagram.direction == "backward"
    x, y = (line.x0, line.y0) if backward else (line.x1, line.y1)
    canvas.put(x, y, pointer(diagram.direction), ink)


def _draw_label(canvas: Canvas, wire: Wire, diagram: Diagram, size: LabelSize) -> None:
    """The weight (and slope) of an edge in its slot, marked ▸ when active, [ ] when selected."""
    if wire.label is None:
        return
    edge = wire.edge
    active = edge.state == "active"
    rows = label_rows(edge, stacked=size.height > 1)
    x, y = wire.label
    x += size.left - before_point(rows[0])
    ink = Ink("weight", bold=active, reverse=edge.selected, faded=edge.state == "pending")
    slope_ink = Ink("slope", bold=active)
    around = Ink("mark" if edge.selected else accent(diagram.direction), bold=True)
    before = "[" if edge.selected else pointer(diagram.direction) if active else " "
    end = x + 1 + cell_len(edge.weight)
    canvas.put(x, y, before, around)
    canvas.put(x + 1, y, edge.weight, ink)
    canvas.put(end, y, "]" if edge.selected else " ", around)
    if len(rows) > 1:
        canvas.put(x, y + 1, f" {rows[1]} ", slope_ink)
    elif edge.slope:
        canvas.put(end + 1, y, f"∂ {edge.slope} ", slope_ink)


def _draw_caption(canvas: Canvas, diagram: Diagram, edge: DiagramEdge) -> None:
    """The active edge in words, where its weight could not be written on it."""
    source = diagram.layers[edge.layer][edge.source].name
    target = diagram.layers[edge.layer + 1][edge.target].name
    mark = pointer(diagram.direction) if is_marked(edge) else " "
    y = canvas.height - 1
    lead = f"{mark} {source} → {target}: weight "
    canvas.put(0, y, " " * canvas.width, Ink("dim"))
    canvas.put(0, y, lead, Ink(accent(diagram.direction), bold=True))
    canvas.put(cell_len(lead), y, edge.weight, Ink("weight", bold=True))
    if edge.slope:
        x = cell_len(lead) + cell_len(edge.weight)
        canvas.put(x, y, f" ∂ {edge.slope}", Ink("slope", bold=True))
