"""Lines between nodes: braille dots, or strokes of ASCII."""

from __future__ import annotations

from typing import Literal

from tui.render.diagram_canvas import Canvas, Ink
from tui.render.diagram_labels import Line

# solid; thick for what is active; sparse for what is pending; dashed for negative strengths
Stroke = Literal["solid", "thick", "sparse", "dashed"]
Cells = dict[tuple[int, int], int]

_DOTS = ((0x01, 0x02, 0x04, 0x40), (0x08, 0x10, 0x20, 0x80))


def draw_line(canvas: Canvas, line: Line, ink: Ink, stroke: Stroke, *, ascii_mode: bool) -> None:
    """Draw a line over what is there; of two lines of one ink that meet both stay visible."""
    if ascii_mode:
        _draw_ascii(canvas, line, ink, stroke)
        return
    for (x, y), bits in _braille(line, stroke).items():
        if not (0 <= x < canvas.width and 0 <= y < canvas.height):
            continue
        there = canvas.chars[y][x]
        if "\u2800" <= there <= "\u28ff" and canvas.inks[y][x] == ink:
            bits |= ord(there) - 0x2800
        canvas.put(x, y, chr(0x2800 + bits), ink)


def _braille(line: Line, stroke: Stroke) -> Cells:
    """The dots of a line by cell: two columns and four rows of dots in each."""
    left, right = 2 * line.x0, 2 * line.x1 + 1
    top, bottom = 4 * line.y0 + 1, 4 * line.y1 + 1
    slope = (bottom - top) / max(1, right - left)
    cells: Cells = {}
    for x in range(left, right + 1):
        # Lines start their dashes at different places, or together they would form stripes.
        if not _inked(x - left + line.y0 + 3 * line.y1, stroke):
            continue
        middle = top + slope * (x - left)
        # Half a column of rise on either side joins the dots of steep lines.
        ends = sorted((middle - slope / 2, middle + slope / 2))
        first, last = round(ends[0] + 0.5), round(ends[1] - 0.5)
        if first > last:
            first = last = round(middle)
        low, high = sorted((top, bottom))
        first, last = max(first, low), min(last, high) + (stroke == "thick")
        for y in range(first, last + 1):
            key = (x // 2, y // 4)
            cells[key] = cells.get(key, 0) | _DOTS[x % 2][y % 4]
    return cells


def _inked(x: int, stroke: Stroke) -> bool:
    """Whether a stroke leaves a dot in the x-th column of dots."""
    if stroke == "sparse":
        return x % 4 < 2
    if stroke == "dashed":
        return x % 8 < 5
    return True


def _draw_ascii(canvas: Canvas, line: Line, ink: Ink, stroke: Stroke) -> None:
    """A line in - / \\, of * when thick, of . when sparse."""
    for x in range(line.x0, line.x1 + 1):
        y = round(line.at(x))
        before, after = round(line.at(max(line.x0, x - 1))), round(line.at(min(line.x1, x + 1)))
        turn = after - before
        character = "-" if turn == 0 else "\\" if turn > 0 else "/"
        if stroke == "thick":
            character = "*"
        elif stroke == "sparse":
            character = "."
        elif stroke == "dashed" and x % 3 == 2:
            continue
        rows = range(min(y, after), max(y, after)) if abs(after - y) > 1 else (y,)
        for row in rows:
            canvas.put(x, row, character, ink)
