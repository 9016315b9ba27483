"""Heat maps: an array of signed numbers as coloured half blocks, or as signs without colours.

Two numbers stand in one cell, one above the other, so that a square of numbers looks square.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from rich.color import Color as RichColor
from rich.segment import Segment
from rich.style import Style

from tui.theme import Palette

LEVELS = 10
"""Steps of colour to either side of 0."""
HALF = "▀"
SIGNS = "=- +#"
"""What stands for far below 0, below, about 0, above, far above, where there are no colours."""
ABOUT_ZERO, FAR = 0.15, 0.6
DOTS = {True: "●", False: "○"}
"""A point of class 1, a point of class 0."""


@dataclass(frozen=True, eq=False)
class Dots:
    """Points on a map: across and up from 0 to 1, the class, and whether to stress it."""

    across: NDArray[np.floating]
    up: NDArray[np.floating]
    kind: NDArray[np.bool_]
    stressed: NDArray[np.bool_]


def heat(
    values: NDArray[np.floating],
    size: tuple[int, int],
    palette: Palette,
    *,
    strength: float = 0.9,
    signs: bool = False,
    dots: Dots | None = None,
) -> list[list[Segment]]:
    """A map of `values`, from -1 to 1 and row 0 at the top, in (columns, rows) cells.

    `strength` is how much colour the ends get; `signs` writes signs instead of blocks. Where
    several dots fall into a cell one of them is drawn, a stressed one first.
    """
    columns, rows = size
    levels = _levels(values, columns, 2 * rows)
    top, bottom = levels[::2], levels[1::2]
    marks = _marks(dots, size) if dots is not None else {}
    paint = _signed if signs else _blocks
    return [
        paint(upper, lower, marks.get(row, {}), palette, strength)
        for row, (upper, lower) in enumerate(zip(top.tolist(), bottom.tolist(), strict=True))
    ]


def _levels(values: NDArray[np.floating], columns: int, rows: int) -> NDArray[np.int64]:
    """The values at the middle of every pixel, in steps of colour."""
    down, along = _middles(values.shape[0], rows), _middles(values.shape[1], columns)
    picked = values[down[:, None], along]
    known = np.where(np.isnan(picked), 0.0, picked)
    bounded = np.minimum(np.maximum(known, -1.0), 1.0)
    levels: NDArray[np.int64] = np.rint(bounded * LEVELS).astype(np.int64)
    return levels


@lru_cache(maxsize=64)
def _middles(count: int, pixels: int) -> NDArray[np.int64]:
    """Which of so many values stands in the middle of each pixel."""
    return ((np.arange(pixels) + 0.5) * count / pixels).astype(np.int64)


def _marks(dots: Dots, size: tuple[int, int]) -> dict[int, dict[int, tuple[bool, bool]]]:
    """For each row the columns that have a dot: its class, and whether it is stressed."""
    columns, rows = size
    order = np.argsort(dots.stressed, kind="stable")  # the last one in a cell is drawn
    across = np.clip((dots.across * columns).astype(int), 0, columns - 1)[order].tolist()
    down = np.clip(((1 - dots.up) * rows).astype(int), 0, rows - 1)[order].tolist()
    kinds, stressed = dots.kind[order].tolist(), dots.stressed[order].tolist()
    marks: dict[int, dict[int, tuple[bool, bool]]] = {}
    for row, column, kind, stress in zip(down, across, kinds, stressed, strict=True):
        marks.setdefault(row, {})[column] = (kind, stress)
    return marks


Marks = dict[int, tuple[bool, bool]]


def _blocks(
    top: list[int], bottom: list[int], marks: Marks, palette: Palette, strength: float
) -> list[Segment]:
    """A row of cells in colours; equal neighbours become one segment."""
    styles = _styles(palette, strength)
    segments: list[Segment] = []
    at, width = 0, len(top)
    while at < width:
        pair = (top[at], bottom[at])
        if at in marks:
            kind, stress = marks[at]
            middle = round((pair[0] + pair[1]) / 2)
            segments.append(Segment(DOTS[kind], _dot_style(palette, strength, middle, stress)))
            at += 1
            continue
        end = at + 1
        while end < width and end not in marks and (top[end], bottom[end]) == pair:
            end += 1
        segments.append(Segment(HALF * (end - at), styles[pair]))
        at = end
    return segments


def _signed(
    top: list[int], bottom: list[int], marks: Marks, palette: Palette, strength: float
) -> list[Segment]:
    """A row of cells in signs, which keep their colours where there are any."""
    segments = []
    for at, (upper, lower) in enumerate(zip(top, bottom, strict=True)):
        amount = (upper + lower) / (2 * LEVELS)
        if at in marks:
            kind, stress = marks[at]
            style = palette.style("mark", bold=True, reverse=stress)
            segments.append(Segment(DOTS[kind], style))
            continue
        role = "positive" if amount > 0 else "negative"
        segments.append(Segment(sign(amount), palette.style(role)))
    return segments


def sign(amount: float) -> str:
    """The sign that stands for an amount from -1 to 1."""
    size = (abs(amount) >= ABOUT_ZERO) + (abs(amount) >= FAR)
    return SIGNS[2 + (size if amount > 0 else -size)]


@lru_cache(maxsize=1024)
def _color(palette: Palette, strength: float, level: int) -> RichColor:
    """Paper for 0, and from there to blue or orange; text on it stays readable."""
    if palette.ansi:  # the terminal's own colours cannot be mixed
        return palette.ramp(level / LEVELS).rich_color
    paper = palette.background.blend(palette.dim, 0.15)
    end = palette.positive if level > 0 else palette.negative
    return paper.blend(end, strength * abs(level) / LEVELS).rich_color


@lru_cache(maxsize=16)
def _styles(palette: Palette, strength: float) -> dict[tuple[int, int], Style]:
    """A style for every pair of levels, the upper and the lower half of a cell."""
    levels = range(-LEVELS, LEVELS + 1)
    return {
        (upper, lower): Style(
            color=_color(palette, strength, upper), bgcolor=_color(palette, strength, lower)
        )
        for upper in levels
        for lower in levels
    }


@lru_cache(maxsize=256)
def _dot_style(palette: Palette, strength: float, level: int, stressed: bool) -> Style:
    return Style(
        color=palette.mark.rich_color,
        bgcolor=_color(palette, strength, level),
        bold=True,
        reverse=stressed or None,
    )
