"""Heat maps: an array of signed numbers as coloured half blocks, or as signs without colours.

Two numbers stand in one cell, one above the other, so that a square of numbers looks square.
"""

from __future__ import annotations

from collections.abc import Sequence
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

_STEPS = range(-LEVELS, LEVELS + 1)
_PAIRS = tuple((upper, lower) for upper in _STEPS for lower in _STEPS)
"""The levels that the upper and the lower half of a cell can have."""


@dataclass(frozen=True, eq=False)
class Dots:
    """Points on a map: across and up from 0 to 1, the class, and whether to stress it."""

    across: NDArray[np.floating]
    up: NDArray[np.floating]
    kind: NDArray[np.bool_]
    stressed: NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Brush:
    """Turns the levels of maps into cells: arrays of signs, and of numbers of styles.

    The number of a pair of levels is its place among all pairs; those of dots come after them.
    """

    signs: NDArray[np.str_]
    """For each pair."""
    styles: tuple[Style, ...]
    """For each pair; then for each pair with a dot; then for each with a dot that is stressed."""

    def paint(self, levels: NDArray[np.integer]) -> tuple[NDArray[np.str_], NDArray[np.integer]]:
        """The cells, (..., rows, columns), of levels, (..., 2 * rows, columns)."""
        pairs = levels[..., ::2, :] * len(_STEPS) + levels[..., 1::2, :]
        return self.signs[pairs], pairs

    def put(self, dots: Dots, signs: NDArray[np.str_], numbers: NDArray[np.integer]) -> None:
        """Put dots on the cells of a map.

        Where several fall into a cell one of them is drawn, a stressed one first.
        """
        rows, columns = numbers.shape
        order = np.argsort(dots.stressed, kind="stable")  # what is put last is seen
        across = np.clip((dots.across * columns).astype(int), 0, columns - 1)[order]
        down = np.clip(((1 - dots.up) * rows).astype(int), 0, rows - 1)[order]
        marked = numbers[down, across] + len(_PAIRS) * (1 + dots.stressed[order])
        signs[down, across] = np.where(dots.kind[order], DOTS[True], DOTS[False])
        numbers[down, across] = marked


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
    paint = brush(palette, strength, signs)
    written, numbers = paint.paint(levels([values], size)[0])
    if dots is not None:
        paint.put(dots, written, numbers)
    return [
        _segments("".join(line), row, paint.styles)
        for line, row in zip(written.tolist(), numbers, strict=True)
    ]


def _segments(text: str, numbers: NDArray[np.integer], styles: Sequence[Style]) -> list[Segment]:
    """A row of cells; neighbours of one style become one segment."""
    starts = [0, *(np.flatnonzero(numbers[1:] != numbers[:-1]) + 1).tolist()]
    return [
        Segment(text[start:end], styles[number])
        for start, end, number in zip(
            starts, [*starts[1:], len(text)], numbers[starts].tolist(), strict=True
        )
    ]


def levels(maps: Sequence[NDArray[np.floating]], size: tuple[int, int]) -> NDArray[np.intp]:
    """Steps of colour, counted from the lowest, for maps of one shape: (maps, 2 * rows, columns).

    Each is that of the value at the middle of a pixel. All maps at once: a step for each of them
    would cost several times as much.
    """
    columns, rows = size
    places = _middles(maps[0].shape, columns, 2 * rows)
    picked = np.array([values.take(places) for values in maps])
    known = np.where(np.isnan(picked), 0.0, picked)
    bounded = np.minimum(np.maximum(known, -1.0), 1.0)
    found: NDArray[np.intp] = np.rint(bounded * LEVELS).astype(np.intp) + LEVELS
    return found


@lru_cache(maxsize=64)
def _middles(shape: tuple[int, int], columns: int, rows: int) -> NDArray[np.intp]:
    """Which value stands in the middle of each pixel, counted row by row."""
    down, along = (
        ((np.arange(pixels) + 0.5) * count / pixels).astype(np.intp)
        for count, pixels in zip(shape, (rows, columns), strict=True)
    )
    return down[:, None] * shape[1] + along


@lru_cache(maxsize=16)
def brush(palette: Palette, strength: float, signs: bool, ground: RichColor | None = None) -> Brush:
    """What maps are drawn with. With a `ground` the lower halves of cells have that, no level."""
    return _signed(palette) if signs else _blocks(palette, strength, ground)


def _blocks(palette: Palette, strength: float, ground: RichColor | None) -> Brush:
    """Half blocks, each half in its colour."""
    colors = {level: _color(palette, strength, level) for level in _STEPS}
    plain = [Style(color=colors[upper], bgcolor=ground or colors[lower]) for upper, lower in _PAIRS]
    dotted = {
        (level, stressed): Style(
            color=palette.mark.rich_color,
            bgcolor=colors[level],
            bold=True,
            reverse=stressed or None,
        )
        for level in _STEPS
        for stressed in (False, True)
    }
    middles = [round((upper + lower) / 2) for upper, lower in _PAIRS]
    dots = [dotted[middle, stressed] for stressed in (False, True) for middle in middles]
    return Brush(np.full(len(_PAIRS), HALF), (*plain, *dots))


def _signed(palette: Palette) -> Brush:
    """Signs, which keep their colours where there are any."""
    amounts = [(upper + lower) / (2 * LEVELS) for upper, lower in _PAIRS]
    plain = [palette.style("positive" if amount > 0 else "negative") for amount in amounts]
    dots = [
        palette.style("mark", bold=True, reverse=stressed)
        for stressed in (False, True)
        for _ in _PAIRS
    ]
    return Brush(np.array([sign(amount) for amount in amounts]), (*plain, *dots))


def sign(amount: float) -> str:
    """The sign that stands for an amount from -1 to 1."""
    size = (abs(amount) >= ABOUT_ZERO) + (abs(amount) >= FAR)
    return SIGNS[2 + (size if amount > 0 else -size)]


def _color(palette: Palette, strength: float, level: int) -> RichColor:
    """Paper for 0, and from there to blue or orange; text on it stays readable."""
    if palette.ansi:  # the terminal's own colours cannot be mixed
        return palette.ramp(level / LEVELS).rich_color
    paper = palette.background.blend(palette.dim, 0.15)
    end = palette.positive if level > 0 else palette.negative
    return paper.blend(end, strength * abs(level) / LEVELS).rich_color
