"""The curves of a plot, rasterised by plotext into runs of one role.

plotext gets places between 0 and 1 and the number of a role as its colour. It keeps one figure for
the whole process, which is cleared before each frame: draw from the event loop only. Its costs go
by the point (about 10 µs each, measured), hardly by the cell.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import gcd
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tui.render.ansi import Run, runs
from tui.render.figure import LineStyle
from tui.render.labels import Label, Placed, place
from tui.render.thin import Floats, thin

# What each style is drawn with, with and without braille.
_MARKER = {"line": "braille", "dots": "braille", "dashes": "braille", "scatter": "braille"}
_MARKER["points"] = _MARK = "●"
_ASCII_MARKER = {"line": "*", "dots": ".", "dashes": "-", "scatter": ",", "points": "o"}
_ASCII_MARK = "@"
_LOOSE = ("points", "scatter")  # styles without a line between the points
# A curve of a single point, as after the first epoch, has no line to tell it by.
_LONE = {"line": "●", "dots": "○", "dashes": "◌"}
_ASCII_LONE = {"line": "*", "dots": "o", "dashes": "-"}
# Of how many dots along a broken line how many are drawn: (style, whether it is steep there).
_PATTERN = {
    ("dots", False): (4, 1),
    ("dots", True): (3, 1),
    ("dashes", False): (9, 5),
    ("dashes", True): (9, 5),
}
_MOST_DOTS = 1500  # along a line, before its dots are set further apart
_NARROW = 4  # dots across: a wider line of a zigzag is seen as one
_GOLDEN = (3 - 5**0.5) / 2  # of a turn: after any number of such turns all places lie far apart
_FIRST_COLOR = 16  # below are the colours plotext uses by itself

Point = tuple[float, float]
Piece = tuple[Floats, Floats]


@dataclass(frozen=True)
class Stroke:
    """A curve in the unit square: x and y from 0 to 1, a style, and the number of its role."""

    x: Floats
    y: Floats
    style: LineStyle
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
    pieces = [(stroke, _pieces(stroke, size[0])) for stroke in strokes]
    for stroke, parts in pieces:
        _draw_stroke(figure, plotext, stroke, parts, size, ascii_only)
    if labels:
        busy = set().union(*(_cells_of(x, y, size) for _, parts in pieces for x, y in parts))
        _draw_labels(figure, plotext, place(labels, busy, size), size, ascii_only)
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


def _pieces(stroke: Stroke, width: int) -> list[Piece]:
    """What has to be drawn of a stroke: thinned, and cut to the unit square."""
    x, y = thin(stroke.x, stroke.y, 0.0, 1.0, width)
    if stroke.style in _LOOSE:
        inside = (x >= 0) & (x <= 1) & (y >= 0) & (y <= 1)
        return [(x[inside], y[inside])] if inside.any() else []
    return [piece for piece in clipped(x, y) if piece[0].size]


def _cells_of(x: Floats, y: Floats, size: tuple[int, int]) -> set[tuple[int, int]]:
    """The cells that a piece of a curve passes through, (column, row), rows from the bottom."""
    across, up = size[0] - 1, size[1] - 1
    lengths = np.maximum(np.abs(np.diff(x)) * across, np.abs(np.diff(y)) * up)
    along = np.concatenate([[0.0], np.cumsum(lengths)])
    at = np.linspace(0.0, along[-1], int(along[-1] * 2) + 1)
    columns = np.floor(np.interp(at, along, x) * across + 0.5).astype(int)
    rows = np.floor(np.interp(at, along, y) * up + 0.5).astype(int)
    return set(zip(columns.tolist(), rows.tolist(), strict=True))


def _draw_stroke(
    figure: Any,
    plotext: Any,
    stroke: Stroke,
    pieces: list[Piece],
    size: tuple[int, int],
    ascii_only: bool,
) -> None:
    loose = stroke.style in _LOOSE
    joined = stroke.style == "line" or (ascii_only and not loose)
    for x, y in pieces:
        if x.size == 1 and not loose:
            symbol = (_ASCII_LONE if ascii_only else _LONE)[stroke.style]
        else:
            symbol = (_ASCII_MARKER if ascii_only else _MARKER)[stroke.style]
            if not joined and not loose:
                x, y = _dotted(x, y, stroke.style, size)
        marker = plotext.marker(symbol, _FIRST_COLOR + stroke.role)
        signal = figure.signal(x.tolist(), y.tolist(), marker=marker)
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


def _dotted(x: Floats, y: Floats, style: LineStyle, size: tuple[int, int]) -> Piece:
    """The dots of a broken line: those on every so many columns, or rows where it is steep.

    Columns are those of braille, two to a cell, rows four. They belong to the canvas and not to
    the curve, so that dots stay where they are while a curve grows; and a dotted line on a solid
    one colours every second cell. In a zigzag the rows differ from column to column: on the same
    ones it would look like several level curves.
    """
    scale = np.array([2 * max(1, size[0] - 1), 4 * max(1, size[1] - 1)])
    points = np.column_stack([x, y]) * scale
    start, move = points[:-1], np.diff(points, axis=0)
    steep = np.abs(move[:, 1]) > np.abs(move[:, 0])
    coarser = 1 + int(np.abs(move).max(axis=1).sum() / _MOST_DOTS)
    period, on = np.where(steep[:, None], _PATTERN[style, True], _PATTERN[style, False]).T

    first, length = (np.where(steep, part[:, 1], part[:, 0]) for part in (start, move))
    low = np.ceil(np.minimum(first, first + length)).astype(int)
    count = np.floor(np.maximum(first, first + length)).astype(int) - low + 1
    of = np.repeat(np.arange(count.size), count)  # the line that a place lies on
    at = low[of] + np.arange(of.size) - (np.cumsum(count) - count)[of]
    share = (at - first[of]) / np.where(length == 0, 1.0, length)[of]
    places = start[of] + move[of] * share[:, None]
    # Up and down are shifted to opposite sides: to the same one the shade would have streaks.
    turn = np.where(steep & _zigzag(move), np.sign(move[:, 1]), 0).astype(int)
    turn *= _turn(_PATTERN[style, True][0] * coarser)
    phase = at + turn[of] * np.floor(places[:, 0] + 0.5).astype(int)
    chosen = (phase // coarser % period[of] < on[of]) & (phase % coarser == 0)
    dots = places[chosen] / scale if chosen.any() else np.array([[x[0], y[0]]])
    return dots[:, 0], dots[:, 1]


def _zigzag(move: Floats) -> NDArray[np.bool_]:
    """Which of these lines, shape (n, 2), are narrow and go up before or after one goes down."""
    back = np.diff(np.sign(move[:, 1]), prepend=0, append=0) != 0
    back[[0, -1]] = False  # there is nothing before the first and after the last
    zigzag: NDArray[np.bool_] = (back[:-1] | back[1:]) & (np.abs(move[:, 0]) < _NARROW)
    return zigzag


def _turn(period: int) -> int:
    """By how many rows a pattern is shifted in the next column, so that it spreads evenly."""
    wanted = max(1, round(period * _GOLDEN))
    return next(one for one in range(wanted, 0, -1) if gcd(one, period) == 1)


def _draw_labels(
    figure: Any, plotext: Any, placed: list[Placed], size: tuple[int, int], ascii_only: bool
) -> None:
    """All texts first, so that no text hides a point."""
    for spot in placed:
        if spot.text_at is not None:
            column, row = spot.text_at
            # A blank next to the point, so that no piece of a curve looks like a letter.
            right = column > spot.point[0]
            text = f" {spot.label.text}" if right else f"{spot.label.text} "
            x, y = (column - right) / max(1, size[0] - 1), row / max(1, size[1] - 1)
            _write(figure, plotext, x, y, text, spot.label.role)
    dot = _ASCII_MARK if ascii_only else _MARK
    for spot in placed:
        _write(figure, plotext, spot.label.x, spot.label.y, dot, spot.label.role)


def _write(figure: Any, plotext: Any, x: float, y: float, text: str, role: int) -> None:
    colored = plotext.colorize(text).fill(_FIRST_COLOR + role)
    figure.draw(figure.text(x, y, colored, alignment="left"))
