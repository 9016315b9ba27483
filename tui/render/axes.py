"""Axes: where the ticks are, what they say, and the lines of the frame around a canvas."""

from __future__ import annotations

import math
from dataclasses import dataclass

from rich.cells import cell_len

from tui.render.columns import nice_step, tick_label

POINTER = "▲"
TICK_CELLS = 3  # rows between two ticks of the y axis, at least
_LABEL_GAP = 2  # cells between two labels of the x axis, at least


@dataclass(frozen=True)
class Tick:
    """A place on an axis, 0 at its low end and 1 at its high end, and what it says."""

    place: float
    label: str


@dataclass(frozen=True)
class Axis:
    """The range of an axis and its ticks, in the unit of the data (exponents on a log axis)."""

    low: float
    high: float
    ticks: tuple[Tick, ...]

    def place(self, value: float) -> float:
        """0 for the low end, 1 for the high end."""
        return (value - self.low) / (self.high - self.low)


def linear_axis(
    low: float, high: float, parts: int, *, round_ends: bool, whole: bool = False
) -> Axis:
    """An axis cut into at most `parts` parts by ticks at round numbers.

    With `round_ends` it is widened to the next tick on both sides, so that a curve that grows step
    by step does not move the axis with every step.
    """
    step = nice_step(high - low, parts, whole=whole)
    if round_ends:
        # Widening can ask for one part more; the next step then needs fewer.
        for _ in range(2):
            first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
            if last - first <= max(parts, 2):
                break
            step = nice_step(step * 1.01, 1, whole=whole)
        low, high = first * step, last * step
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    span = high - low
    ticks = tuple(
        Tick((index * step - low) / span, tick_label(index * step, step))
        for index in range(first, last + 1)
    )
    return Axis(low, high, ticks)


def log_axis(low: float, high: float, parts: int, *, round_ends: bool) -> Axis:
    """An axis of powers of ten: `low` and `high` are exponents, ticks stand at whole ones."""
    if round_ends:
        low, high = math.floor(low + 1e-9), math.ceil(high - 1e-9)
        high = max(high, low + 1)
    stride = max(1, math.ceil((high - low) / parts))
    span = high - low
    ticks = tuple(
        Tick((exponent - low) / span, _power(exponent))
        for exponent in range(math.ceil(low - 1e-9), math.floor(high + 1e-9) + 1, stride)
    )
    if len(ticks) >= 2:
        return Axis(low, high, ticks)
    inner = linear_axis(low, high, parts, round_ends=False)
    values = tuple(Tick(t.place, f"{10 ** (low + t.place * span):.3g}") for t in inner.ticks)
    return Axis(low, high, values)


def _power(exponent: int) -> str:
    return f"{10.0**exponent:g}" if -3 <= exponent <= 3 else f"1e{exponent}"


def x_axis(
    low: float, high: float, width: int, title: str, *, round_ends: bool, whole: bool = False
) -> Axis:
    """A horizontal axis of `width` cells with as many ticks as their labels leave room for.

    `whole` keeps the ticks at whole numbers, for steps and epochs. The title, at the right end of
    the labels, may cost the last of them and no other.
    """
    for parts in range(max(1, width // 6), 0, -1):
        axis = linear_axis(low, high, parts, round_ends=round_ends, whole=whole)
        if _labels_fit(axis, width, title):
            return axis
    return axis


def _labels_fit(axis: Axis, width: int, title: str) -> bool:
    free = -_LABEL_GAP
    places = label_places(axis, width)
    if len(places) > 1 and places[-2][1] > _label_room(width, title):
        return False
    for start, end, _ in places:
        if start < free + _LABEL_GAP:
            return False
        free = end
    return True


def column_of(place: float, cells: int) -> int:
    """The cell of a place on an axis: the ends are the middles of the first and the last cell."""
    return min(cells - 1, max(0, math.floor(place * (cells - 1) + 0.5)))


def label_places(axis: Axis, width: int) -> list[tuple[int, int, str]]:
    """(first cell, cell after the last, text) of every label, centred under its tick if it can."""
    places = []
    for tick in axis.ticks:
        size = cell_len(tick.label)
        start = column_of(tick.place, width) - (size - 1) // 2
        start = max(0, min(start, width - size))
        places.append((start, start + size, tick.label))
    return places


def _label_room(width: int, title: str) -> int:
    """Cells for labels left of the title; all of them when it would take too much."""
    room = width - cell_len(title) - _LABEL_GAP
    return room if title and room >= width // 2 else width


def label_line(axis: Axis, width: int, title: str) -> tuple[str, str]:
    """The line of labels under a horizontal axis, and its title, which takes the right end.

    Labels that the title would touch are left out.
    """
    room = _label_room(width, title)
    if room == width:
        title = ""
    line = ""
    for start, end, text in label_places(axis, width):
        if end <= room and start >= cell_len(line):
            line += " " * (start - cell_len(line)) + text
    return line + " " * (width - cell_len(line) - cell_len(title)), title


def axis_line(axis: Axis, width: int, cursor: float | None) -> str:
    """The horizontal line of the frame with a stub at each tick and a pointer at the cursor."""
    cells = ["─"] * width
    for tick in axis.ticks:
        cells[column_of(tick.place, width)] = "┬"
    if cursor is not None and 0 <= cursor <= 1:
        cells[column_of(cursor, width)] = POINTER
    return "".join(cells)


def left_labels(axis: Axis, height: int) -> list[str]:
    """What stands left of each line of the canvas, top first: a label at a tick, else nothing."""
    labels = [""] * height
    for tick in axis.ticks:
        labels[height - 1 - column_of(tick.place, height)] = tick.label
    return labels
