"""A contour map in cells: lines of equal loss with their values, places, and the lowest ones.

The lines are drawn in braille, two by four dots a cell; every line says its value, so that the
map reads without colours. The tint behind them, stronger where the loss is higher, only helps.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from rich.segment import Segment
from rich.style import Style
from textual.color import Color

from tui.render import axes
from tui.render.axes import Axis, column_of
from tui.render.columns import plain
from tui.render.contour_dots import Cell, Floats, cells_of_line, edges_of, levels_of, values_of
from tui.theme import Palette

Line = list[Segment]

LEAST_SIZE = (24, 6)
FRAME_LINES = 3  # legend, axis, tick labels
TINT = 0.22
SIGNS = {"place": "●", "path": "•", "lowest": "+"}
ASCII_SIGNS = {"place": "@", "path": "o", "lowest": "+"}
_DOTS = np.array([[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]])


@dataclass(frozen=True, eq=False)
class ContourFigure:
    """What a contour map shows. `values[j, i]` belongs to x = `xs[i]`, y = `ys[j]`."""

    xs: Floats
    ys: Floats
    values: Floats
    x_label: str = ""
    y_label: str = ""
    title: str = ""
    path: tuple[tuple[float, float], ...] = ()
    place: tuple[float, float] | None = None
    lowest: tuple[float, float] | None = None
    valley: tuple[tuple[float, float], tuple[float, float]] | None = None


def contours(
    figure: ContourFigure, size: tuple[int, int], palette: Palette, *, ascii_only: bool = False
) -> list[Line]:
    """Draw the map into (width, height) cells."""
    width, height = size
    if width < LEAST_SIZE[0] or height < LEAST_SIZE[1]:
        return [[Segment(" " * width)] for _ in range(height)]
    rows = height - FRAME_LINES
    y_axis = axes.linear_axis(
        float(figure.ys[0]), float(figure.ys[-1]), max(1, (rows - 1) // 2), round_ends=False
    )
    left = axes.left_labels(y_axis, rows)
    gutter = max(3, *(len(label) for label in left))
    columns = width - gutter - 1
    x_axis = axes.x_axis(
        float(figure.xs[0]), float(figure.xs[-1]), columns, figure.x_label, round_ends=False
    )
    sheet = _Sheet(figure, (columns, rows), x_axis, y_axis, ascii_only)
    lines = [_legend(figure, width, palette, ascii_only)]
    for row, label in enumerate(left):
        edge = "┤" if label else "│"
        lines.append(
            [
                Segment(label.rjust(gutter), palette.style("dim")),
                Segment(edge, palette.style("line")),
                *sheet.line(row, palette),
            ]
        )
    return [*lines, *_foot(x_axis, columns, gutter, figure.x_label, palette)]


class _Sheet:
    """The cells of a map inside its frame; row 0 is the top one."""

    def __init__(
        self,
        figure: ContourFigure,
        size: Cell,
        x_axis: Axis,
        y_axis: Axis,
        ascii_only: bool,
    ) -> None:
        self._size, self._axes = size, (x_axis, y_axis)
        self._levels = levels_of(figure.values)
        dots, cells = values_of(figure.values, size)
        bands = np.searchsorted(self._levels, dots)
        self._bands = np.searchsorted(self._levels, cells)
        self._characters = _characters(edges_of(dots, bands), ascii_only)
        self._roles = np.full((size[1], size[0]), "line", dtype=object)
        signs = ASCII_SIGNS if ascii_only else SIGNS
        taken = self._draw_places(figure, signs)
        self._label_levels(bands, taken)
        self._draw_over(figure, signs)

    def line(self, row: int, palette: Palette) -> Line:
        """The segments of one row, cells of one style together."""
        segments: Line = []
        text, style = "", None
        for character, role, band in zip(
            self._characters[row], self._roles[row], self._bands[row], strict=True
        ):
            wanted = _style(palette, role, int(band), len(self._levels))
            if wanted is not style and text:
                segments.append(Segment(text, style))
                text = ""
            text, style = text + character, wanted
        return [*segments, Segment(text, style)]

    def _cell(self, place: tuple[float, float]) -> Cell | None:
        """The cell of a place as (column, row from the top); None off the map."""
        at = []
        for value, axis, cells in zip(place, self._axes, self._size, strict=True):
            share = axis.place(value)
            if not -1e-9 <= share <= 1 + 1e-9:
                return None
            at.append(column_of(share, cells))
        return at[0], self._size[1] - 1 - at[1]

    def _put(self, cell: Cell | None, character: str, role: str) -> None:
        if cell is not None:
            self._characters[cell[1]][cell[0]] = character
            self._roles[cell[1], cell[0]] = role

    def _draw_places(self, figure: ContourFigure, signs: dict[str, str]) -> set[Cell]:
        """The lowest places, and which cells no label may take."""
        lowest = self._valley(figure.valley) if figure.valley else [figure.lowest]
        cells = {self._cell(place) for place in lowest if place is not None}
        for cell in cells:
            self._put(cell, signs["lowest"], "positive")
        path = {self._cell(place) for place in figure.path}
        if figure.place is not None:
            at = self._cell(figure.place)
            if at is not None:
                path |= {(at[0] + dx, at[1]) for dx in (-1, 0, 1)}
        return {cell for cell in cells | path if cell is not None}

    def _valley(
        self, valley: tuple[tuple[float, float], tuple[float, float]]
    ) -> list[tuple[float, float]]:
        """Places on a line: one for every second column or, where it is steep, for every row."""
        places = np.array(valley)
        spans = np.array([axis.high - axis.low for axis in self._axes])
        slow, fast = (1, 0) if _is_flat(places, spans / self._size) else (0, 1)
        axis, cells = self._axes[fast], self._size[fast]
        at = np.linspace(axis.low, axis.high, cells)[:: 2 - fast]
        way = places[1] - places[0]
        found = np.empty((len(at), 2))
        found[:, fast] = at
        found[:, slow] = places[0, slow] + (at - places[0, fast]) * way[slow] / way[fast]
        return [(float(x), float(y)) for x, y in found]

    def _draw_over(self, figure: ContourFigure, signs: dict[str, str]) -> None:
        for place in figure.path:
            self._put(self._cell(place), signs["path"], "accent")
        if figure.place is not None:
            self._put(self._cell(figure.place), signs["place"], "mark")

    def _label_levels(self, bands: NDArray[np.int64], taken: set[Cell]) -> None:
        """Write each line's value on the line once, the lines' labels spread over the rows."""
        columns, rows = self._size
        for index, level in enumerate(self._levels):
            text = plain(level)
            on_line = cells_of_line(bands, index, self._size)
            wanted = (index + 0.5) * rows / len(self._levels)
            best: tuple[float, Cell] | None = None
            for row, column in zip(*np.nonzero(on_line), strict=True):
                first = int(column) - len(text) // 2
                needed = {(at, int(row)) for at in range(first - 1, first + len(text) + 1)}
                if first < 1 or first + len(text) >= columns or needed & taken:
                    continue
                cost = abs(row - wanted) + 0.05 * abs(column - columns / 2)
                if best is None or cost < best[0]:
                    best = cost, (first, int(row))
            if best is None:
                continue
            first, row = best[1]
            for at, character in enumerate(text):
                self._put((first + at, row), character, "train")
            taken |= {(at, row) for at in range(first - 1, first + len(text) + 1)}


def _is_flat(places: Floats, cell: Floats) -> bool:
    """Whether a line goes on by more columns than rows."""
    across, up = np.abs(places[1] - places[0]) / cell
    return bool(across >= up)


def _characters(dots: NDArray[np.bool_], ascii_only: bool) -> list[list[str]]:
    rows, columns = dots.shape[0] // 4, dots.shape[1] // 2
    blocks = dots.reshape(rows, 4, columns, 2).transpose(0, 2, 1, 3)
    codes = (blocks * _DOTS).sum(axis=(2, 3))
    if ascii_only:
        return [["." if code else " " for code in row] for row in codes.tolist()]
    return [[chr(0x2800 + code) if code else " " for code in row] for row in codes.tolist()]


@lru_cache(maxsize=512)
def _style(palette: Palette, role: str, band: int, bands: int) -> Style:
    """A sign on the tint of its band: none at the lowest loss, most at the highest."""
    bold = role in ("mark", "positive", "accent")
    style = palette.style(role, bold=bold)
    if palette.ansi or not band:
        return style
    tint: Color = palette.background.blend(palette.train, TINT * band / max(bands, 1))
    return style + Style(bgcolor=tint.rich_color)


def _legend(figure: ContourFigure, width: int, palette: Palette, ascii_only: bool) -> Line:
    """What stands upwards, what the lines are, and the signs on the map."""
    signs = ASCII_SIGNS if ascii_only else SIGNS
    entries = [("mark", signs["place"], "here")] if figure.place else []
    if len(figure.path) > 1:
        entries.append(("accent", signs["path"], "way"))
    if figure.lowest or figure.valley:
        entries.append(("positive", signs["lowest"], "lowest"))
    right: Line = []
    for role, sign, text in entries:
        right.append(Segment(f"  {sign} ", palette.style(role, bold=True)))
        right.append(Segment(text, palette.style("text")))
    room = width - len(figure.y_label)
    while right and sum(len(segment.text) for segment in right) > room:
        del right[-2:]
    used = sum(len(segment.text) for segment in right)
    title = f"  {figure.title}" if figure.title else ""
    if len(title) + used > room:
        title = ""
    gap = max(width - len(figure.y_label) - len(title) - used, 0)
    return [
        Segment(figure.y_label, palette.style("weight")),
        Segment(title, palette.style("train")),
        Segment(" " * gap),
        *right,
    ]


def _foot(axis: Axis, width: int, gutter: int, label: str, palette: Palette) -> list[Line]:
    labels, title = axes.label_line(axis, width, label)
    frame = "└" + axes.axis_line(axis, width, None)
    return [
        [Segment(" " * gutter + frame, palette.style("line"))],
        [
            Segment(" " * (gutter + 1) + labels, palette.style("dim")),
            Segment(title, palette.style("weight")),
        ],
    ]
