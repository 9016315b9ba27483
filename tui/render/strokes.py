"""Ways drawn over a contour map: straight strokes from place to place, in braille.

They are laid over the finished lines of `tui.render.contours`, so that a sign or a loss written
there stays in sight.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from rich.segment import Segment
from rich.style import Style

from tui.render import axes
from tui.render.contours import FRAME_LINES, LEAST_SIZE, ContourFigure
from tui.theme import Palette

Line = list[Segment]
Place = tuple[float, float]
Cell = tuple[int, int]
_DOTS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
FREE = " ."
"""Characters beside braille that a stroke may take the place of."""


@dataclass(frozen=True)
class Stroke:
    """Places joined by straight lines, in the colour of a role, and a sign where they end."""

    places: tuple[Place, ...]
    role: str
    sign: str = ""


def overlay(
    lines: list[Line],
    figure: ContourFigure,
    size: tuple[int, int],
    strokes: Sequence[Stroke],
    palette: Palette,
    *,
    ascii_only: bool = False,
) -> list[Line]:
    """The lines of the map of `figure` with the strokes on it."""
    width, height = size
    if width < LEAST_SIZE[0] or height < LEAST_SIZE[1]:
        return lines
    rows = height - FRAME_LINES
    gutter, columns = _frame(figure, width, rows)
    cells: dict[Cell, tuple[str, Style]] = {}
    for stroke in strokes:
        style = palette.style(stroke.role, bold=True)
        codes = _dots(stroke, figure, (columns, rows))
        for cell, code in codes.items():
            cells[cell] = ("'" if ascii_only else chr(0x2800 + code), style)
        end = _cell(stroke.places[-1], figure, (columns, rows)) if stroke.sign else None
        if end is not None:
            cells[end] = (stroke.sign, style)
    found = list(lines)
    for row in range(rows):
        mine = {column: cell for (column, at), cell in cells.items() if at == row}
        if mine:
            found[row + 1] = _laid_over(lines[row + 1], mine, gutter + 1)
    return found


def _frame(figure: ContourFigure, width: int, rows: int) -> tuple[int, int]:
    """Cells left of the axis, and cells of the map, as the map has them."""
    y_axis = axes.linear_axis(
        float(figure.ys[0]), float(figure.ys[-1]), max(1, (rows - 1) // 2), round_ends=False
    )
    gutter = max(3, *(len(label) for label in axes.left_labels(y_axis, rows)))
    return gutter, width - gutter - 1


def _shares(place: Place, figure: ContourFigure) -> tuple[float, float]:
    """0 to 1 from the left and from the top."""
    across = (place[0] - figure.xs[0]) / (figure.xs[-1] - figure.xs[0])
    up = (place[1] - figure.ys[0]) / (figure.ys[-1] - figure.ys[0])
    return float(across), float(1 - up)


def _cell(place: Place, figure: ContourFigure, size: Cell) -> Cell | None:
    across, down = _shares(place, figure)
    if not (0 <= across <= 1 and 0 <= down <= 1):
        return None
    return round(across * (size[0] - 1)), round(down * (size[1] - 1))


def _dots(stroke: Stroke, figure: ContourFigure, size: Cell) -> dict[Cell, int]:
    """The braille dots of a stroke, as one code for each cell."""
    columns, rows = size
    places = []
    for place in stroke.places:
        across, down = _shares(place, figure)
        # A cell's middle is where its place is: its dots lie a quarter and an eighth around it.
        places.append((across * (columns - 1) * 2 + 0.5, down * (rows - 1) * 4 + 1.5))
    codes: dict[Cell, int] = {}
    for (x, y), (to_x, to_y) in pairwise(places):
        count = min(int(max(abs(to_x - x), abs(to_y - y))) + 1, 4 * (columns + rows))
        for at in range(count + 1):
            dot_x = round(x + (to_x - x) * at / count)
            dot_y = round(y + (to_y - y) * at / count)
            if 0 <= dot_x < 2 * columns and 0 <= dot_y < 4 * rows:
                cell = (dot_x // 2, dot_y // 4)
                codes[cell] = codes.get(cell, 0) | _DOTS[dot_y % 4][dot_x % 2]
    return codes


def _laid_over(line: Line, cells: dict[int, tuple[str, Style]], left: int) -> Line:
    """A line with other characters in some of its cells, on the tint that was there."""
    found: Line = []
    at = 0
    for segment in line:
        for character in segment.text:
            other = cells.get(at - left)
            at += 1
            if other is None or not _is_free(character):
                found.append(Segment(character, segment.style))
                continue
            tint = segment.style.bgcolor if segment.style else None
            found.append(Segment(other[0], other[1] + Style(bgcolor=tint)))
    return list(Segment.simplify(found))


def _is_free(character: str) -> bool:
    return character in FREE or 0x2800 <= ord(character) <= 0x28FF
