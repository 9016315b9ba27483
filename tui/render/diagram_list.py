"""The network as a few lines of text, for places too small to draw it in."""

from __future__ import annotations

from .diagram_canvas import BLANK, Canvas, Ink, Row, fit
from .diagram_view import Diagram, DiagramEdge, DiagramNode

Line = list[tuple[str, Ink]]


def draw_list(diagram: Diagram, width: int, height: int) -> list[Row]:
    """One line per node: its name, its value and the weights that lead into it.

    When the lines do not fit, those around the active (else the selected) node stay, and the last
    line says how many are left out.
    """
    lines, focus = _lines(diagram)
    hidden = 0
    if len(lines) > height:
        room = max(1, height - 1)
        first = min(max(0, focus - room // 2), len(lines) - room)
        hidden = len(lines) - room
        lines = lines[first : first + room]
    canvas = Canvas(width, height)
    for y, line in enumerate(lines):
        _write(canvas, y, line)
    if hidden and height > 1:
        canvas.put(0, height - 1, fit(f"… {hidden} more", width), Ink("dim"))
    return canvas.rows()


def _lines(diagram: Diagram) -> tuple[list[Line], int]:
    """All lines, and the number of the one the eye belongs on."""
    incoming: dict[tuple[int, int], list[DiagramEdge]] = {}
    for edge in diagram.edges:
        incoming.setdefault((edge.layer + 1, edge.target), []).append(edge)
    lines: list[Line] = []
    focus, urgency = 0, 0
    for layer, nodes in enumerate(diagram.layers):
        for index, node in enumerate(nodes):
            edges = incoming.get((layer, index), [])
            things: list[DiagramNode | DiagramEdge] = [node, *edges]
            need = 2 * any(t.state == "active" for t in things) + any(t.selected for t in things)
            if need > urgency:
                focus, urgency = len(lines), need
            lines.append(_line(node, edges))
    return lines, focus


def _line(node: DiagramNode, edges: list[DiagramEdge]) -> Line:
    """`▸node 0 5 ← 1 ▸1`."""
    active = node.state == "active"
    line: Line = [
        ("▸" if active else " ", Ink("mark", bold=True)),
        (node.name + " ", Ink("mark", bold=True) if active else Ink("dim")),
        (_value(node.value, node.selected), Ink("node", active, node.selected)),
    ]
    if edges:
        line.append((" ←", Ink("dim")))
    for edge in sorted(edges, key=lambda e: e.source):
        active = edge.state == "active"
        line.append((" ▸" if active else " ", Ink("mark", bold=True)))
        line.append((_value(edge.weight, edge.selected), Ink("weight", active, edge.selected)))
        if edge.slope:
            line.append((f" ∂{edge.slope}", Ink("slope", active)))
    return line


def _value(text: str, selected: bool) -> str:
    """A value, in brackets under the edit cursor."""
    return f"[{text}]" if selected else text


def _write(canvas: Canvas, y: int, line: Line) -> None:
    """Put a line down; the last piece that fits is cut with …"""
    x = 0
    for text, ink in line:
        room = canvas.width - x
        if room <= 0:
            break
        shown = fit(text, room)
        canvas.put(x, y, shown, ink)
        x += len(shown)
    if sum(len(text) for text, _ in line) > canvas.width:
        canvas.put(canvas.width - 1, y, "…", BLANK)
