"""A window onto a large table of numbers, painted as lines of segments."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style

from tui.render.columns import Scale
from tui.render.glyphs import MARK, SLOPE
from tui.render.words import shorten
from tui.theme import Palette

Kind = Literal["value", "slope", "change"]
Names = Callable[[int], str] | Sequence[str]

HEADER_LINES = 2
RAMP_STEPS = 10
_NOT_A_NUMBER = RAMP_STEPS + 1
_ROLE_OF_KIND = {"value": "weight", "slope": "slope", "change": "mark"}
_NAMED_AT_MOST = 1000
_CORNER = 7


@dataclass(frozen=True, eq=False)
class MatrixView:
    """What a matrix shows: one frozen snapshot.

    `values` has shape (rows, columns): rows are the units the weights come from, columns the units
    they go to. `changed` is a mask of the same shape, or None. Copy the values into the view when
    their owner goes on to change them in place.

    Raises ValueError when `values` is not two-dimensional or `changed` has another shape.
    """

    values: NDArray[np.floating]
    row_names: Names = field(default=str)
    column_names: Names = field(default=str)
    title: str = ""
    kind: Kind = "value"
    changed: NDArray[np.bool_] | None = None

    def __post_init__(self) -> None:
        if self.values.ndim != 2:
            raise ValueError(
                f"a matrix has rows and columns, but the values have shape {self.values.shape}; "
                "reshape a vector to (1, n)"
            )
        if self.changed is not None and self.changed.shape != self.values.shape:
            raise ValueError(
                f"the mask of changes has shape {self.changed.shape} and the values have "
                f"{self.values.shape}; they must be the same"
            )

    @property
    def largest(self) -> float:
        """The largest magnitude among the values that are numbers; 0 when there are none."""
        sizes = np.abs(self.values)
        largest = float(sizes.max(initial=0.0))
        if np.isfinite(largest):
            return largest
        return float(sizes.max(initial=0.0, where=np.isfinite(sizes)))


@dataclass(frozen=True)
class Window:
    """Which part of a table is in sight, and the cells its names and numbers take."""

    top: int
    left: int
    rows: int
    columns: int
    name_width: int
    cell_width: int


def name_of(names: Names, index: int) -> str:
    """The name of a row or column, from a function or a sequence; its number beyond the end."""
    if callable(names):
        return names(index)
    return names[index] if index < len(names) else str(index)


def name_width(view: MatrixView, width: int) -> int:
    """Cells for the names of the rows: enough for the longest, at most a third of the width.

    The power of ten of the numbers fits in as well, whether there is one now or not.
    """
    rows = min(view.values.shape[0], _NAMED_AT_MOST)
    longest = max((cell_len(name_of(view.row_names, row)) for row in range(rows)), default=0)
    return max(_CORNER, min(longest, width // 3))


def fit_window(
    view: MatrixView, scale: Scale, size: tuple[int, int], top: int, left: int
) -> Window:
    """The window of a screen of (width, height) cells, its corner moved to lie inside the table."""
    width, height = size
    total_rows, total_columns = view.values.shape
    names = name_width(view, width)
    cell = scale.column.width + 1  # a place for the mark, which also parts the columns
    rows = max(0, min(total_rows, height - HEADER_LINES))
    columns = max(0, min(total_columns, (width - names) // cell))
    top = max(0, min(top, total_rows - rows))
    left = max(0, min(left, total_columns - columns))
    return Window(top, left, rows, columns, names, cell)


VANISHING = 1e-3
"""Numbers this small beside the largest of the table would read as zeros in its power of ten."""


def scaling_size(view: MatrixView, window: Window) -> float:
    """The magnitude that the scale is made for: the largest of the table, or of those in sight.

    In a network that has exploded a few weights are so large that all others would vanish.
    """
    area = view.values[
        window.top : window.top + window.rows, window.left : window.left + window.columns
    ]
    seen = MatrixView(area).largest
    return seen if 0 < seen < VANISHING * view.largest else view.largest


def paint(
    view: MatrixView,
    window: Window,
    scale: Scale,
    palette: Palette,
    width: int,
    cursor: tuple[int, int] | None,
    focused: bool,
) -> list[list[Segment]]:
    """The lines of the window: the title, the names of the columns, a line for each row."""
    lines = [_title(view, window, palette, width)]
    lines.append(_column_header(view, window, scale, palette, cursor))
    lines.extend(_rows(view, window, scale, palette, cursor, focused))
    return lines


def _title(view: MatrixView, window: Window, palette: Palette, width: int) -> list[Segment]:
    title = f"{SLOPE} {view.title}" if view.kind == "slope" else view.title
    note = _note(view, window, width - cell_len(title) - 2)
    title = shorten(title, width - cell_len(note) - 1 if note else width)
    gap = width - cell_len(title) - cell_len(note)
    return [
        Segment(title, palette.style(_ROLE_OF_KIND[view.kind], bold=True)),
        Segment(" " * max(0, gap)),
        Segment(note, palette.style("dim")),
    ]


def _note(view: MatrixView, window: Window, room: int) -> str:
    """Which rows and columns are in sight, in the longest form there is room for."""
    rows, columns = view.values.shape
    parts = [
        (name, first, count, total)
        for name, first, count, total in (
            ("rows", window.top, window.rows, rows),
            ("columns", window.left, window.columns, columns),
        )
        if count < total
    ]
    spans = [
        (name, f"{first}–{first + count - 1}" if count else "none", total)
        for name, first, count, total in parts
    ]
    long = " · ".join(f"{name} {span} of {total}" for name, span, total in spans)
    if cell_len(long) <= room:
        return long
    return " ".join(f"{name[:3]} {span}/{total}" for name, span, total in spans)


def _column_header(
    view: MatrixView,
    window: Window,
    scale: Scale,
    palette: Palette,
    cursor: tuple[int, int] | None,
) -> list[Segment]:
    """The power of ten of all numbers in the corner, then the names of the columns."""
    dim, here = palette.style("dim"), palette.style("accent", bold=True)
    corner = palette.style(_ROLE_OF_KIND[view.kind], bold=True)
    segments = [Segment(scale.note.ljust(window.name_width), corner)]
    for column in range(window.left, window.left + window.columns):
        name = shorten(name_of(view.column_names, column), window.cell_width - 1)
        style = here if cursor is not None and cursor[1] == column else dim
        segments.append(Segment(" " * (window.cell_width - cell_len(name)) + name, style))
    return segments


def _rows(
    view: MatrixView,
    window: Window,
    scale: Scale,
    palette: Palette,
    cursor: tuple[int, int] | None,
    focused: bool,
) -> list[list[Segment]]:
    area = np.s_[window.top : window.top + window.rows, window.left : window.left + window.columns]
    values = view.values[area]
    numbers = (values.astype(np.float64) * scale.factor).tolist()
    levels = ramp_levels(values, scaling_size(view, window)).tolist()
    changed = None if view.changed is None else view.changed[area].tolist()
    styles = _ramp_styles(palette)
    dim, here = palette.style("dim"), palette.style("accent", bold=True)
    under_cursor = palette.style("accent", bold=True, reverse=True)
    write = scale.format
    lines = []
    for index, (row_numbers, row_levels) in enumerate(zip(numbers, levels, strict=True)):
        row = window.top + index
        at_cursor = cursor is not None and cursor[0] == row
        name = set_cell_size(
            shorten(name_of(view.row_names, row), window.name_width), window.name_width
        )
        segments = [Segment(name, here if at_cursor else dim)]
        marks = changed[index] if changed is not None else None
        for at, (number, level) in enumerate(zip(row_numbers, row_levels, strict=True)):
            mark = marks is not None and marks[at]
            style = styles[level + RAMP_STEPS, mark]
            if at_cursor and cursor is not None and cursor[1] == window.left + at:
                style = under_cursor if focused else _reversed(style)
            segments.append(Segment(_cell(write(number), mark), style))
        lines.append(segments)
    return lines


def _cell(number: str, marked: bool) -> str:
    """A number with a place before it, and the mark close to its first character."""
    if not marked:
        return " " + number
    text = number.lstrip()
    return " " * (len(number) - len(text)) + MARK + text


def ramp_levels(values: NDArray[np.floating], largest: float) -> NDArray[np.int64]:
    """Steps of the colour ramp, -10 to 10, by the root of each magnitude's share of the largest.

    The root spreads the many small weights over the ramp. What is not a number gets 11.
    """
    share = np.abs(values) / largest if largest > 0 else np.zeros(values.shape)
    share = np.minimum(np.nan_to_num(share, nan=0.0, posinf=1.0), 1.0)
    levels: NDArray[np.int64] = np.rint(np.copysign(np.sqrt(share), values) * RAMP_STEPS).astype(
        np.int64
    )
    levels[np.isnan(values)] = _NOT_A_NUMBER
    return levels


@lru_cache(maxsize=16)
def _ramp_styles(palette: Palette) -> dict[tuple[int, bool], Style]:
    """Styles by (level + 10, changed)."""
    styles = {}
    for step in range(2 * RAMP_STEPS + 1):
        color = palette.ramp((step - RAMP_STEPS) / RAMP_STEPS).rich_color
        styles[step, False] = Style(color=color)
        styles[step, True] = Style(color=color, bold=True)
    for changed in (False, True):
        styles[_NOT_A_NUMBER + RAMP_STEPS, changed] = palette.style("mark", bold=True)
    return styles


@lru_cache(maxsize=256)
def _reversed(style: Style) -> Style:
    return style + Style(reverse=True)
