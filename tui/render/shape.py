"""A network drawn by its shape alone: a column of dots for each layer, few of them where there are
many, and a line for each weight between dots that are drawn."""

from __future__ import annotations

from dataclasses import dataclass

from rich.cells import cell_len

from tui.render.diagram_canvas import Canvas, Ink, Row, fit
from tui.render.diagram_labels import Line
from tui.render.diagram_lines import draw_line
from tui.render.diagram_slots import Slot, slots_of
from tui.render.glyphs import EMPTY_DOT, FULL_DOT, MARK

WIDEST_GAP = 22
"""Columns between two layers, at most, so that a small network is not pulled apart."""

FAR = 2
"""Rows between the words of a layer and the outermost dots, where there is room."""

GAP_SIGN = "⋮"
"""Stands for the nodes that are not drawn; how many there are stands above."""


@dataclass(frozen=True)
class ShapeLayer:
    """A column of the picture: how many nodes, what stands above it and below it."""

    nodes: int
    above: str
    below: str = ""
    chosen: bool = False
    fresh: bool = False


Shape = tuple[ShapeLayer, ...]


def draw_shape(shape: Shape, width: int, height: int, *, ascii_mode: bool = False) -> list[Row]:
    """The network in exactly `height` rows of `width` cells; without lines where it is too low."""
    canvas = Canvas(width, height)
    rows = height - 2
    if not shape or rows < 1 or width < len(shape):
        return canvas.rows()
    columns = _columns(len(shape), width)
    places = [_places(layer.nodes, rows) for layer in shape]
    for at in range(len(shape) - 1):
        ends = (columns[at] + 2, columns[at + 1] - 2)
        ink = Ink("positive" if shape[at + 1].fresh else "line", faded=not shape[at + 1].fresh)
        if ends[1] > ends[0]:
            _draw_lines(canvas, places[at], places[at + 1], ends, ink, ascii_mode)
    room = (columns[1] - columns[0] if len(columns) > 1 else width) - 1
    rows_used = [y for column in places for y, _ in column]
    lines = (max(min(rows_used) - FAR, 0), min(max(rows_used) + FAR, height - 1))
    for at, (x, layer) in enumerate(zip(columns, shape, strict=True)):
        _write(canvas, x, room, layer, lines)
        _draw_dots(canvas, x, layer, places[at], first=at == 0)
    return canvas.rows()


def _columns(count: int, width: int) -> list[int]:
    """The middle of each layer's column."""
    pitch = min(width // count, WIDEST_GAP)
    left = (width - pitch * count) // 2 + pitch // 2
    return [left + pitch * at for at in range(count)]


def _places(nodes: int, rows: int) -> list[tuple[int, Slot]]:
    """The rows of a layer's dots, from 1 on, around the middle."""
    slots = slots_of(nodes, rows) or (Slot(0),)
    step = 2 if 2 * len(slots) - 1 <= rows else 1
    first = 1 + (rows - step * (len(slots) - 1)) // 2
    return [(first + step * at, slot) for at, slot in enumerate(slots)]


def _draw_lines(
    canvas: Canvas,
    left: list[tuple[int, Slot]],
    right: list[tuple[int, Slot]],
    ends: tuple[int, int],
    ink: Ink,
    ascii_mode: bool,
) -> None:
    for y, slot in left:
        for other_y, other in right:
            if slot.node is not None and other.node is not None:
                line = Line(ends[0], y, ends[1], other_y)
                draw_line(canvas, line, ink, "solid", ascii_mode=ascii_mode)


def _write(canvas: Canvas, x: int, room: int, layer: ShapeLayer, lines: tuple[int, int]) -> None:
    """The count above and the activation below, marked where the layer is chosen."""
    ink = Ink("mark", bold=True) if layer.chosen else Ink("dim")
    above = f"{MARK}{layer.above}" if layer.chosen else layer.above
    _centre(canvas, x, lines[0], fit(above, room), ink)
    _centre(canvas, x, lines[1], fit(layer.below, room), ink)


def _draw_dots(
    canvas: Canvas, x: int, layer: ShapeLayer, places: list[tuple[int, Slot]], *, first: bool
) -> None:
    ink = Ink("mark", bold=True) if layer.chosen else Ink("node", bold=layer.fresh)
    for y, slot in places:
        if slot.node is None:
            canvas.put(x, y, GAP_SIGN, Ink("dim"))
        else:
            canvas.put(x, y, EMPTY_DOT if first else FULL_DOT, ink)


def _centre(canvas: Canvas, x: int, y: int, text: str, ink: Ink) -> None:
    canvas.put(max(x - cell_len(text) // 2, 0), y, text, ink)
