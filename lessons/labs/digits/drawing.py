"""A digit that is being drawn, and how it is made like the images that the network knows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ink = NDArray[np.float64]
"""An image (SIDE, SIDE) of ink from 0 to 1, row 0 at the top."""

SIDE = 28
BOX = 20
"""MNIST fits a digit into a box of so many pixels a side before it is centred."""
MOST_GROWTH = 2.0
"""A small drawing is made larger by no more than this: its strokes grow with it."""
WIDTH = 1.8
"""From the middle of a stroke, in pixels, to where there is no ink of it; full ink below
WIDTH - 1. The strokes of MNIST are about three pixels wide, with soft edges."""
FAINT = 0.05
"""Less ink than this is no part of the digit."""
MOST_STROKES = 100


@dataclass(frozen=True, eq=False)
class Centred:
    """A drawing as the network is given it, with the numbers of how it came about."""

    ink: Ink
    left: int
    top: int
    columns: int
    rows: int
    """The box around the ink of the drawing: its place and size in pixels."""
    scale: float
    """By how much it was made larger or smaller."""
    mass: tuple[float, float]
    """Column and row of the centre of mass of the drawing, from 0 at the edge."""


class Drawing:
    """A sheet to draw on, stroke by stroke; each stroke can be taken back."""

    def __init__(self) -> None:
        self.ink: Ink = np.zeros((SIDE, SIDE))
        self._before: list[Ink] = []
        self._last: tuple[float, float] | None = None
        self._erasing = False

    @property
    def strokes(self) -> int:
        """How many strokes can be taken back; clearing the sheet is one of them."""
        return len(self._before)

    @property
    def is_empty(self) -> bool:
        """True while there is no ink."""
        return not bool((self.ink > FAINT).any())

    def begin(self, column: float, row: float, *, erase: bool = False) -> None:
        """Put the pen, or the eraser, down at a pixel and leave a dot there."""
        self._remember()
        self._erasing = erase
        self._last = (_inside(column), _inside(row))
        self._draw_to(self._last)

    def move(self, column: float, row: float) -> None:
        """Draw from the last pixel to this one; without a pen on the sheet, begin here."""
        if self._last is None:
            self.begin(column, row, erase=self._erasing)
        else:
            self._draw_to((_inside(column), _inside(row)))

    def _draw_to(self, here: tuple[float, float]) -> None:
        start = self._last or here
        steps = max(1, int(np.ceil(2 * np.hypot(here[0] - start[0], here[1] - start[1]))))
        ink = self.ink
        for part in np.linspace(0, 1, steps + 1):
            at = [a + (b - a) * part for a, b in zip(start, here, strict=True)]
            dot = _dot(at[0], at[1])
            ink = np.minimum(ink, 1 - dot) if self._erasing else np.maximum(ink, dot)
        self.ink = ink
        self._last = here

    def lift(self) -> None:
        """End the stroke."""
        self._last = None

    def clear(self) -> None:
        """An empty sheet; it can be undone like a stroke."""
        if not self.is_empty:
            self._remember()
            self.ink = np.zeros((SIDE, SIDE))
        self.lift()

    def undo(self) -> bool:
        """Take the last stroke back. False where there is none."""
        self.lift()
        if not self._before:
            return False
        self.ink = self._before.pop()
        return True

    def _remember(self) -> None:
        self._before.append(self.ink)
        del self._before[:-MOST_STROKES]


def _inside(place: float) -> float:
    return min(max(float(place), 0.0), SIDE - 1.0)


def _dot(column: float, row: float) -> Ink:
    """The ink that a pen leaves at a pixel: full in its middle, less at its edge."""
    rows, columns = np.mgrid[0:SIDE, 0:SIDE]
    distance = np.hypot(columns - column, rows - row)
    dot: Ink = np.clip(WIDTH - distance, 0, 1)
    return dot


def centred(ink: Ink) -> Centred:
    """The drawing, scaled to a box of 20 pixels and moved so that its ink balances in the middle.

    This is how MNIST's images were made. A sheet without ink comes back as it is.
    """
    there = ink > FAINT
    if not there.any():
        return Centred(ink, 0, 0, SIDE, SIDE, 1.0, (SIDE / 2, SIDE / 2))
    rows, columns = np.flatnonzero(there.any(axis=1)), np.flatnonzero(there.any(axis=0))
    top, left = int(rows[0]), int(columns[0])
    height, width = int(rows[-1]) - top + 1, int(columns[-1]) - left + 1
    scale = min(BOX / max(height, width), MOST_GROWTH)
    cut = ink[top : top + height, left : left + width]
    small = _resize(height, round(height * scale)) @ cut @ _resize(width, round(width * scale)).T
    column, row = _mass(ink)
    return Centred(_placed(small), left, top, width, height, scale, (column, row))


def _mass(ink: Ink) -> tuple[float, float]:
    """Where the ink balances: the mean column and row, each pixel counted by its ink."""
    total = float(ink.sum())
    places = np.arange(ink.shape[0]) + 0.5, np.arange(ink.shape[1]) + 0.5
    return float(ink.sum(axis=0) @ places[1] / total), float(ink.sum(axis=1) @ places[0] / total)


def _placed(small: Ink) -> Ink:
    """On an empty sheet, with the centre of mass in the middle, as far as it fits."""
    column, row = _mass(small)
    height, width = small.shape
    left = min(max(round(SIDE / 2 - column), 0), SIDE - width)
    top = min(max(round(SIDE / 2 - row), 0), SIDE - height)
    sheet = np.zeros((SIDE, SIDE))
    sheet[top : top + height, left : left + width] = np.clip(small, 0, 1)
    return sheet


def _resize(before: int, after: int) -> Ink:
    """The matrix (after, before) that makes a line of so many pixels shorter or longer.

    Each new pixel is the mean of the old ones near its place, the nearest counting most.
    """
    after = max(after, 1)
    scale = before / after
    places = (np.arange(after) + 0.5) * scale
    distance = np.abs(places[:, None] - (np.arange(before) + 0.5)[None, :])
    near = np.maximum(0, 1 - distance / max(scale, 1.0))
    weights: Ink = near / near.sum(axis=1, keepdims=True)
    return weights
