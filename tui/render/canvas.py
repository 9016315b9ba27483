"""The curves of a plot, rasterised by plotext into runs of one role.

plotext gets places between 0 and 1 and the number of a role as its colour. It keeps one figure for
the whole process, which is cleared before each frame: draw from the event loop only. Its costs go
by the point (about 10 µs each, measured), hardly by the cell.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from rich.cells import cell_len

from tui.render.ansi import Run, runs
from tui.render.axes import column_of
from tui.render.figure import LineStyle
from tui.render.thin import Floats, thin

# What each style is drawn with, with and without braille.
_MARKER = {"line": "braille", "dots": "braille", "dashes": "braille", "points": "●"}
_ASCII_MARKER = {"line": "*", "dots": ".", "dashes": "-", "points": "o"}
# A curve of a single point, as after the first epoch, has no line to tell it by.
_LONE = {"line": "●", "dots": "○", "dashes": "◌", "points": "●"}
_ASCII_LONE = {"line": "*", "dots": "o", "dashes": "-", "points": "o"}
_DOT_EVERY = 3
_DASH = (5, 9)  # so many dots drawn of so many
_MOST_DOTS = 1200
_FIRST_COLOR = 16  # below are the colours plotext uses by itself

Point = tuple[float, float]


@dataclass(frozen=True)
class Stroke:
    """A curve in the unit square: x and y from 0 to 1, a style, and the number of its role."""

    x: Floats
    y: Floats
    style: LineStyle
    role: int


@dataclass(frozen=True)
class Label:
    """A point in the unit square with a text beside it."""

    x: float
    y: float
    text: str
    role: int


def draw(
    strokes: list[Stroke],
    labels: list[Label],
    cursor: tuple[float, int] | None,
    size: tuple[int, int],
    ascii_only: bool,
) -> list[list[Run]]:
    """The lines of a canvas of (width, height) cells; a run's number is its role, -1 for none.

    Strokes are drawn in their order, later ones over earlier ones; `cursor` is a place on the x
    axis and a role.
    """
    figure, plotext = _cleared(size)
    if cursor is not None and 0 <= cursor[0] <= 1:
        figure.line(cursor[0], orientation=1, pixel=_FIRST_COLOR + cursor[1], style="dotted")
    for stroke in strokes:
        _draw_stroke(figure, plotext, stroke, size, ascii_only)
    _draw_labels(figure, plotext, labels, size, ascii_only)
    lines = [runs(line) for line in figure.build().string().split("\n")]
    return [
        [(number - _FIRST_COLOR if number >= _FIRST_COLOR else -1, text) for number, text in line]
        for line in lines[: size[1]]
    ]


def _cleared(size: tuple[int, int]) -> tuple[Any, Any]:
    import plotext  # imported late: it takes longer to load than the first screen may

    plotext.terminal.limit(False, False)
    figure = plotext.figure
    figure.clear()
    figure.plot_size(*size)
    figure.canvas("default")
    figure.axes(False)
    figure.ruler("both", "both").frequency(0)
    figure.ruler("both", 0).lim(0.0, 1.0)
    return figure, plotext


def _draw_stroke(
    figure: Any, plotext: Any, stroke: Stroke, size: tuple[int, int], ascii_only: bool
) -> None:
    x, y = thin(stroke.x, stroke.y, 0.0, 1.0, size[0])
    if stroke.style == "points":
        inside = (x >= 0) & (x <= 1) & (y >= 0) & (y <= 1)
        pieces = [(x[inside], y[inside])]
    else:
        pieces = clipped(x, y)
    for px, py in pieces:
        if px.size == 0:
            continue
        if px.size == 1:
            symbol = (_ASCII_LONE if ascii_only else _LONE)[stroke.style]
        else:
            symbol = (_ASCII_MARKER if ascii_only else _MARKER)[stroke.style]
        joined = stroke.style == "line" or (ascii_only and stroke.style != "points")
        if not joined and stroke.style != "points" and px.size > 1:
            px, py = _dotted(px, py, stroke.style, size)
        marker = plotext.marker(symbol, _FIRST_COLOR + stroke.role)
        signal = figure.signal(px.tolist(), py.tolist(), marker=marker)
        if joined:
            signal.density("full", scope="line").lines(True)
        figure.draw(signal)


def clipped(x: Floats, y: Floats) -> list[tuple[Floats, Floats]]:
    """The pieces of a polyline that lie in the unit square, cut exactly at its border.

    plotext would draw every cell of a line far outside the canvas before dropping it: a run that
    diverged to 1e30 would never end.
    """
    if x.size == 0 or (x.min() >= 0 and x.max() <= 1 and y.min() >= 0 and y.max() <= 1):
        return [(x, y)]
    if x.size == 1:
        return []
    pieces: list[list[tuple[float, float]]] = []
    points = list(zip(x.tolist(), y.tolist(), strict=True))
    for start, end in pairwise(points):
        segment = _clip_segment(start, end)
        if segment is None:
            continue
        if pieces and pieces[-1][-1] == segment[0]:
            pieces[-1].append(segment[1])
        else:
            pieces.append(list(segment))
    return [(np.array([p[0] for p in piece]), np.array([p[1] for p in piece])) for piece in pieces]


def _clip_segment(start: Point, end: Point) -> tuple[Point, Point] | None:
    """The part of a segment inside the unit square, after Liang and Barsky (1984).

    The coordinate that meets a border is set to it: between 1e30 and -1e30 a share of the way is
    too coarse to compute it from.
    """
    enter, leave = 0.0, 1.0
    enters: tuple[int, float] | None = None
    leaves: tuple[int, float] | None = None
    for axis in (0, 1):
        a, delta = start[axis], end[axis] - start[axis]
        if delta == 0:
            if not 0 <= a <= 1:
                return None
            continue
        first, last = (0.0, 1.0) if delta > 0 else (1.0, 0.0)
        if (first - a) / delta > enter:
            enter, enters = (first - a) / delta, (axis, first)
        if (last - a) / delta < leave:
            leave, leaves = (last - a) / delta, (axis, last)
    if enter > leave:
        return None
    return _at(start, end, enter, enters), _at(start, end, leave, leaves)


def _at(start: Point, end: Point, share: float, border: tuple[int, float] | None) -> Point:
    if border is None:  # the end itself, not computed again, so that neighbours still meet
        point = list(start if share == 0 else end)
    else:
        point = [a + (b - a) * share for a, b in zip(start, end, strict=True)]
        point[border[0]] = border[1]
    return min(1.0, max(0.0, point[0])), min(1.0, max(0.0, point[1]))


def _dotted(x: Floats, y: Floats, style: LineStyle, size: tuple[int, int]) -> tuple[Floats, Floats]:
    """Dots at even distances along a polyline, in the dots of braille cells (2 by 4 each)."""
    across, up = 2 * (size[0] - 1) or 1, 4 * (size[1] - 1) or 1
    lengths = np.maximum(np.abs(np.diff(x)) * across, np.abs(np.diff(y)) * up)
    along = np.concatenate([[0.0], np.cumsum(lengths)])
    every, on, of = (_DOT_EVERY, 1, 1) if style == "dots" else (1, *_DASH)
    count = int(along[-1] // every) + 1
    if count > _MOST_DOTS:
        every, count = along[-1] / _MOST_DOTS, _MOST_DOTS
    order = np.arange(count)
    at = order[order % of < on] * every
    return np.interp(at, along, x), np.interp(at, along, y)


def _draw_labels(
    figure: Any, plotext: Any, labels: list[Label], size: tuple[int, int], ascii_only: bool
) -> None:
    """Points with their texts on the side that has room; of two texts that touch the last stays."""
    dot = "*" if ascii_only else "●"
    taken: dict[int, list[tuple[int, int]]] = {}
    placed = []
    for label in reversed(labels):
        if not (0 <= label.x <= 1 and 0 <= label.y <= 1):
            continue
        column, row = column_of(label.x, size[0]), column_of(label.y, size[1])
        side = _free_side(column, cell_len(label.text) + 1, size[0], taken.setdefault(row, []))
        text = dot if side == 0 or not label.text else label.text
        if side and label.text:
            text = f"{dot} {label.text}" if side > 0 else f"{label.text} {dot}"
        placed.append((label, text, "right" if side < 0 else "left"))
    for label, text, alignment in reversed(placed):
        colored = plotext.colorize(text).fill(_FIRST_COLOR + label.role)
        figure.draw(figure.text(label.x, label.y, colored, alignment=alignment))


def _free_side(column: int, length: int, width: int, taken: list[tuple[int, int]]) -> int:
    """1 when the text fits to the right of its point, -1 to the left, 0 nowhere; and takes it."""
    for side, first, last in ((1, column, column + length), (-1, column - length, column)):
        inside = first >= 0 and last < width
        if inside and all(last < start or first > end for start, end in taken):
            taken.append((first, last))
            return side
    return 0
