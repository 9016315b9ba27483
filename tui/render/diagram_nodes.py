"""The boxes of a diagram: three or five rows high, or a single row where many are stacked."""

from __future__ import annotations

from typing import NamedTuple

from rich.cells import cell_len

from tui.render.diagram_canvas import Canvas, Ink, fit
from tui.render.diagram_view import DiagramNode, Direction


class Frame(NamedTuple):
    """The border of a box: six corners and sides, and the two ports its edges leave from."""

    top_left: str
    top: str
    top_right: str
    side: str
    bottom_left: str
    bottom_right: str
    port_in: str
    port_out: str


_LIGHT = Frame("╭", "─", "╮", "│", "╰", "╯", "┤", "├")
_HEAVY = Frame("┏", "━", "┓", "┃", "┗", "┛", "┨", "┠")
_DASHED = Frame("╭", "╌", "╮", "┆", "╰", "╯", "┆", "┆")
_ASCII_LIGHT = Frame("+", "-", "+", "|", "+", "+", "|", "|")
_ASCII_HEAVY = Frame("#", "=", "#", "#", "#", "#", "#", "#")
_ASCII_DASHED = Frame(".", ".", ".", ":", ".", ".", ":", ":")


class Box(NamedTuple):
    """A node on the canvas: left column, row of its centre, size, and the name to write."""

    x: int
    y: int
    width: int
    height: int
    name: str

    @property
    def right(self) -> int:
        return self.x + self.width - 1


def accent(direction: Direction) -> str:
    """The role of what is active: slopes have their own colour on the way back."""
    return "slope" if direction == "backward" else "accent"


def pointer(direction: Direction) -> str:
    """The mark of what is active, pointing the way the computation goes."""
    return "◂" if direction == "backward" else "▸"


def draw_node(
    canvas: Canvas,
    box: Box,
    node: DiagramNode,
    direction: Direction,
    ports: tuple[bool, bool],
    *,
    ascii_mode: bool,
) -> None:
    """Draw one node; `ports` says whether edges come in on the left and go out on the right."""
    frame, ink = _frame(node, direction, ascii_mode)
    if box.height > 1:
        _draw_frame(canvas, box, frame, ink)
    left = frame.port_in if ports[0] and box.height > 1 else frame.side
    right = frame.port_out if ports[1] and box.height > 1 else frame.side
    canvas.put(box.x, box.y, left, ink)
    canvas.put(box.right, box.y, right, ink)
    if box.height == 1:
        _write_row(canvas, box, node, direction)
    else:
        _write_box(canvas, box, node, direction)


def draw_gap(canvas: Canvas, box: Box, hidden: int) -> None:
    """The line that stands for the nodes left out of a large layer."""
    canvas.put(box.x, box.y, fit(f"⋮ {hidden} more".center(box.width), box.width), Ink("dim"))


def gap_width(hidden: int) -> int:
    """Cells that the line for the nodes left out needs."""
    return len(f"⋮ {hidden} more")


def _frame(node: DiagramNode, direction: Direction, ascii_mode: bool) -> tuple[Frame, Ink]:
    if node.state == "active":
        return _ASCII_HEAVY if ascii_mode else _HEAVY, Ink(accent(direction), bold=True)
    if node.state == "pending":
        ink = Ink("mark") if node.selected else Ink("line", faded=True)
        return _ASCII_DASHED if ascii_mode else _DASHED, ink
    return _ASCII_LIGHT if ascii_mode else _LIGHT, Ink("mark" if node.selected else "line")


def _draw_frame(canvas: Canvas, box: Box, frame: Frame, ink: Ink) -> None:
    top, bottom = box.y - box.height // 2, box.y + box.height // 2
    inner = box.width - 2
    canvas.put(box.x, top, frame.top_left + frame.top * inner + frame.top_right, ink)
    for y in range(top + 1, bottom):
        canvas.put(box.x, y, frame.side, ink)
        canvas.put(box.right, y, frame.side, ink)
    canvas.put(box.x, bottom, frame.bottom_left + frame.top * inner + frame.bottom_right, ink)


def _inks(node: DiagramNode, direction: Direction) -> tuple[Ink, Ink, Ink]:
    """Inks of the name, the value and the note."""
    active = node.state == "active"
    name = Ink(accent(direction), bold=True) if active else Ink("dim")
    value = Ink("node", bold=active, reverse=node.selected)
    note = Ink("slope" if "∂" in node.note else "dim", bold=active)
    return name, value, note


def value_text(node: DiagramNode) -> str:
    """The value as it is written: in brackets under the edit cursor."""
    return f"[{node.value}]" if node.selected else node.value


def _write_box(canvas: Canvas, box: Box, node: DiagramNode, direction: Direction) -> None:
    """Name above, value in the middle, note below; in the border where there are three rows."""
    name_ink, value_ink, note_ink = _inks(node, direction)
    inner = box.width - 2
    in_border = box.height == 3
    mark = pointer(direction) if node.state == "active" else " " if in_border else ""
    name = mark + fit(box.name, inner - len(mark)) if box.name else mark.strip()
    if in_border and name and cell_len(name) < inner:
        name += " "
    _centre(canvas, box, box.y - 1, name, name_ink)
    _centre(canvas, box, box.y, fit(value_text(node), inner), value_ink)
    if node.note and cell_len(node.note) <= inner:
        spaced = in_border and cell_len(node.note) + 2 <= inner
        _centre(canvas, box, box.y + 1, f" {node.note} " if spaced else node.note, note_ink)


def _write_row(canvas: Canvas, box: Box, node: DiagramNode, direction: Direction) -> None:
    """`▸node 0   5` with the value on the right, so that values stand under each other."""
    name_ink, value_ink, _ = _inks(node, direction)
    inner = box.width - 2
    mark = pointer(direction) if node.state == "active" else " "
    value = fit(node.value, inner - 2)
    room = inner - 2 - cell_len(value)
    canvas.put(box.x + 1, box.y, mark + fit(box.name, room), name_ink)
    # The brackets of the edit cursor take the blank before the value and the border after it.
    x = box.right - cell_len(value)
    if node.selected:
        canvas.put(x - 1, box.y, f"[{value}]", value_ink)
    else:
        canvas.put(x, box.y, value, value_ink)


def _centre(canvas: Canvas, box: Box, y: int, text: str, ink: Ink) -> None:
    """Text in the middle of a box."""
    x = box.x + 1 + (box.width - 2 - cell_len(text)) // 2
    canvas.put(x, y, text, ink)
