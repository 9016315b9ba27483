"""A whole plot as lines of segments: legend, frame, tick labels and the canvas in the middle."""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import wrap

import numpy as np
from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style

from tui.render import axes
from tui.render.ansi import Run
from tui.render.axes import Axis
from tui.render.canvas import Stroke, draw
from tui.render.figure import Curve, Figure, extent
from tui.render.glyphs import ASCII_SIGN_OF_STYLE, SIGN_OF_STYLE
from tui.render.labels import Label
from tui.render.thin import Floats
from tui.render.words import shorten
from tui.theme import ROLES, Palette

Points = list[tuple[Floats, Floats]]
Line = list[Segment]

LEAST_GUTTER = 5
LEAST_SIZE = (14, 4)
_COLOR_OF_ROLE = {"curve": "node", "path": "accent", "batch": "ghost"}
# In a cell that two curves share the later one gives the colour.
_LAYER = {"scatter": 0, "dashes": 1, "line": 2, "dots": 3, "points": 4}
_FRAME_LINES = 3  # legend, axis, tick labels


@dataclass(frozen=True)
class Picture:
    """The lines of a plot, and the cells its tick labels took on the left."""

    lines: list[Line]
    gutter: int


def picture(
    figure: Figure,
    size: tuple[int, int],
    palette: Palette,
    *,
    ascii_only: bool = False,
    gutter: int = LEAST_GUTTER,
) -> Picture:
    """Draw a figure into (width, height) cells; labels take at least `gutter` cells on the left."""
    width, height = size
    points = [curve.points(figure.log_y) for curve in figure.curves]
    marks = _mark_points(figure)
    nothing = not any(x.size for x, _ in points) and not marks[0].size
    if nothing or width < LEAST_SIZE[0] or height < LEAST_SIZE[1]:
        return Picture(_notice(figure.empty if nothing else "", size, palette), gutter)
    canvas_height = height - _FRAME_LINES
    y_axis = _y_axis(figure, [*(y for _, y in points), marks[1]], canvas_height)
    left = axes.left_labels(y_axis, canvas_height)
    gutter = min(max(gutter, *(cell_len(label) for label in left)), width // 2)
    canvas = (width - gutter - 1, canvas_height)
    x_axis = _x_axis(figure, [*(x for x, _ in points), marks[0]], canvas[0])
    cursor = None if figure.cursor is None else x_axis.place(figure.cursor)
    rows = draw(
        _strokes(figure, points, x_axis, y_axis),
        _labels(figure, x_axis, y_axis),
        None if cursor is None else (cursor, role_number("line")),
        canvas,
        ascii_only,
    )
    lines = [_legend(figure, width, palette, ascii_only)]
    lines.extend(
        _canvas_line(label, row, gutter, palette) for label, row in zip(left, rows, strict=True)
    )
    lines.extend(_foot(figure, x_axis, cursor, canvas[0], gutter, palette))
    return Picture(lines, gutter)


def role_number(role: str) -> int:
    """The number that stands for the colour of a role in what plotext draws."""
    return ROLES.index(_COLOR_OF_ROLE.get(role, role))


def _mark_points(figure: Figure) -> tuple[Floats, Floats]:
    marks = figure.marks
    return Curve([mark.x for mark in marks], [mark.y for mark in marks]).points(figure.log_y)


def _y_axis(figure: Figure, values: list[Floats], height: int) -> Axis:
    asked = figure.y_range
    if figure.log_y and asked is not None:
        asked = (np.log10(asked[0]), np.log10(asked[1])) if min(asked) > 0 else None
    low, high = extent(values, asked)
    parts = max(1, (height - 1) // axes.TICK_CELLS)
    make = axes.log_axis if figure.log_y else axes.linear_axis
    return make(low, high, parts, round_ends=asked is None)


def _x_axis(figure: Figure, values: list[Floats], width: int) -> Axis:
    if figure.cursor is not None and np.isfinite(figure.cursor):
        values = [*values, np.array([figure.cursor])]
    low, high = extent(values, figure.x_range)
    whole = all((array == np.rint(array)).all() for array in values)
    return axes.x_axis(
        low, high, width, figure.x_label, round_ends=figure.x_range is None, whole=whole
    )


def _strokes(figure: Figure, points: Points, x_axis: Axis, y_axis: Axis) -> list[Stroke]:
    strokes = [
        (
            _LAYER[curve.drawn_as],
            Stroke(_places(x_axis, x), _places(y_axis, y), curve.drawn_as, role_number(curve.role)),
        )
        for curve, (x, y) in zip(figure.curves, points, strict=True)
        if x.size
    ]
    return [stroke for _, stroke in sorted(strokes, key=lambda pair: pair[0])]


def _places(axis: Axis, values: Floats) -> Floats:
    """Places of values on an axis, its ends exactly 0 and 1: they must not fall out by rounding."""
    places = (values - axis.low) / (axis.high - axis.low)
    places[np.abs(places) < 1e-9] = 0.0
    places[np.abs(places - 1) < 1e-9] = 1.0
    return places


def _labels(figure: Figure, x_axis: Axis, y_axis: Axis) -> list[Label]:
    labels = []
    for mark in figure.marks:
        x, y = Curve([mark.x], [mark.y]).points(figure.log_y)
        if x.size:
            across, up = float(_places(x_axis, x)[0]), float(_places(y_axis, y)[0])
            labels.append(Label(across, up, mark.text, role_number(mark.role)))
    return labels


def _legend(figure: Figure, width: int, palette: Palette, ascii_only: bool) -> Line:
    """The name of the y axis above its labels, and on the right each curve's sign and name."""
    title = shorten(figure.y_label, width)
    signs = ASCII_SIGN_OF_STYLE if ascii_only else SIGN_OF_STYLE
    named = [curve for curve in figure.curves if curve.label]
    room = width - cell_len(title) - sum(3 + cell_len(signs[curve.drawn_as]) for curve in named)
    entries: Line = []
    for curve, size in zip(named, _share(room, [cell_len(c.label) for c in named]), strict=True):
        if size <= 0:
            break
        role = _COLOR_OF_ROLE.get(curve.role, curve.role)
        entries.append(Segment(f"  {signs[curve.drawn_as]} ", palette.style(role)))
        entries.append(Segment(shorten(curve.label, size), palette.style("text")))
    used = sum(segment.cell_length for segment in entries)
    gap = max(0, width - cell_len(title) - used)
    return [Segment(title, palette.style("dim")), Segment(" " * gap), *entries]


def _share(room: int, sizes: list[int]) -> list[int]:
    """How many cells each text gets when all of them have to do with `room`: the long ones less."""
    sizes = list(sizes)
    while sum(sizes) > room and max(sizes) > 0:
        longest = sizes.index(max(sizes))
        sizes[longest] -= 1
    return sizes


def _canvas_line(label: str, row: list[Run], gutter: int, palette: Palette) -> Line:
    edge = "┤" if label else "│"
    line = [
        Segment(shorten(label, gutter).rjust(gutter), palette.style("dim")),
        Segment(edge, palette.style("line")),
    ]
    line.extend(Segment(text, _style(palette, number)) for number, text in row)
    return line


def _style(palette: Palette, number: int) -> Style | None:
    return palette.style(ROLES[number]) if number >= 0 else None


def _foot(
    figure: Figure, axis: Axis, cursor: float | None, width: int, gutter: int, palette: Palette
) -> list[Line]:
    margin = Segment(" " * (gutter + 1))
    labels, title = axes.label_line(axis, width, figure.x_label)
    frame = axes.axis_line(axis, width, cursor)
    before, pointer, after = frame.partition(axes.POINTER)
    line = palette.style("line")
    return [
        [
            Segment(" " * gutter + "└" + before, line),
            Segment(pointer, palette.style("mark", bold=True)),
            Segment(after, line),
        ],
        [margin, Segment(labels, palette.style("dim")), Segment(title, palette.style("dim"))],
    ]


def _notice(text: str, size: tuple[int, int], palette: Palette) -> list[Line]:
    """A text in the middle of nothing, on as many lines as it needs."""
    width, height = size
    lines: list[Line] = [[Segment(" " * width)] for _ in range(height)]
    words = wrap(text, max(1, width - 2))[:height]
    first = (height - len(words)) // 2
    for row, part in enumerate(words, start=first):
        lines[row] = [Segment(part.center(width), palette.style("dim"))]
    return lines
