"""The network as a few lines of text, for places too small to draw it in."""

from __future__ import annotations

from typing import NamedTuple

from rich.cells import cell_len

from tui.render.diagram_canvas import BLANK, Canvas, Ink, Row, fit
from tui.render.diagram_nodes import accent, pointer
from tui.render.diagram_view import Diagram, DiagramEdge, DiagramNode, Direction
from tui.render.diagram_wires import is_marked

Piece = tuple[str, Ink]
Line = list[Piece]

_INDENT: Piece = ("   ", BLANK)


class _Entry(NamedTuple):
    """A node with the weights that lead into it: pieces that stay together on a line."""

    head: Line
    weights: list[Line]
    marked: list[Line]
    urgency: int


def draw_list(diagram: Diagram, width: int, height: int) -> list[Row]:
    """A line per node with its name, its value and the weights that lead into it.

    Weights go on to the next line where the area has the lines for it; else those too many are
    counted, and of nodes too many those around the active (else the selected) one stay, with a last
    line that says how many are left out.
    """
    entries = _entries(diagram)
    lines = [line for entry in entries for line in _wrapped(entry, width)]
    hidden = 0
    if len(lines) > height:
        lines = [_counted(entry, width) for entry in entries]
        lines, hidden = _around(lines, [entry.urgency for entry in entries], height)
    canvas = Canvas(width, height)
    for y, line in enumerate(lines):
        _write(canvas, y, line)
    if hidden and height > 1:
        canvas.put(0, height - 1, fit(f"… {hidden} more", width), Ink("dim"))
    return canvas.rows()


def _entries(diagram: Diagram) -> list[_Entry]:
    incoming: dict[tuple[int, int], list[DiagramEdge]] = {}
    for edge in diagram.edges:
        incoming.setdefault((edge.layer + 1, edge.target), []).append(edge)
    entries = []
    for layer, nodes in enumerate(diagram.layers):
        for index, node in enumerate(nodes):
            edges = sorted(incoming.get((layer, index), ()), key=lambda edge: edge.source)
            entries.append(_entry(node, edges, diagram.direction))
    return entries


def _entry(node: DiagramNode, edges: list[DiagramEdge], direction: Direction) -> _Entry:
    """`▸node 0 5 ←` and its weights."""
    active = node.state == "active"
    mark = Ink(accent(direction), bold=True)
    head: Line = [
        (pointer(direction) if active else " ", mark),
        (node.name + " ", mark if active else Ink("dim")),
        (_value(node.value, node.selected), Ink("node", active, node.selected)),
    ]
    if edges:
        head.append((" ←", Ink("dim")))
    marked = [edge for edge in edges if is_marked(edge)]
    things: list[DiagramNode | DiagramEdge] = [node, *marked]
    return _Entry(
        head,
        [_weight(edge, direction) for edge in edges],
        [_weight(edge, direction) for edge in marked],
        2 * any(thing.state == "active" for thing in things) + any(t.selected for t in things),
    )


def _weight(edge: DiagramEdge, direction: Direction) -> Line:
    """A weight and its slope."""
    active = edge.state == "active"
    pieces: Line = [
        (f" {pointer(direction)}" if active else " ", Ink(accent(direction), bold=True)),
        (_value(edge.weight, edge.selected), Ink("weight", active, edge.selected)),
    ]
    if edge.slope:
        pieces.append((f" ∂ {edge.slope}", Ink("slope", active)))
    return pieces


def _value(text: str, selected: bool) -> str:
    """A value, in brackets under the edit cursor."""
    return f"[{text}]" if selected else text


def _wrapped(entry: _Entry, width: int) -> list[Line]:
    """An entry on as many lines as it takes."""
    lines = [list(entry.head)]
    for weight in entry.weights:
        if _length(lines[-1]) + _length(weight) > width:
            lines.append([_INDENT])
        lines[-1] += weight
    return lines


def _counted(entry: _Entry, width: int) -> Line:
    """An entry on one line; of weights too many only the marked ones stay."""
    line = [*entry.head, *(piece for weight in entry.weights for piece in weight)]
    if _length(line) <= width or len(entry.weights) < 2:
        return line
    line = [*entry.head, *(piece for weight in entry.marked for piece in weight)]
    return [*line, (f" + {len(entry.weights) - len(entry.marked)} weights", Ink("dim"))]


def _around(lines: list[Line], urgencies: list[int], height: int) -> tuple[list[Line], int]:
    """The lines around the most urgent one that fit, and how many do not."""
    if len(lines) <= height:
        return lines, 0
    room = max(1, height - 1)
    focus = urgencies.index(max(urgencies))
    first = min(max(0, focus - room // 2), len(lines) - room)
    return lines[first : first + room], len(lines) - room


def _length(line: Line) -> int:
    return sum(cell_len(text) for text, _ in line)


def _write(canvas: Canvas, y: int, line: Line) -> None:
    """Put a line down; what does not fit is cut with …"""
    x = 0
    for text, ink in line:
        canvas.put(x, y, text, ink)
        x += cell_len(text)
    if x > canvas.width:
        canvas.put(canvas.width - 1, y, "…", BLANK)
