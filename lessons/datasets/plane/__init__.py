"""Points on a plane in two classes: two clouds, a ring, XOR, a spiral. Generated, not measured.

`load(name)` is a table of 200 points with the columns x, y (from -3 to 3) and class (0 or 1). The
same seed draws the same points. CREDITS.md says so too.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import numpy as np

from engine.data import Table
from lessons.datasets import Column

COLUMNS = (
    Column("x", "", "how far to the right, from -3 to 3"),
    Column("y", "", "how far up, from -3 to 3"),
    Column("class", "0 or 1", "which of the two kinds the point is of"),
)
FEATURES = ("x", "y")
TARGET = "class"
EDGE = 3.0
"""The plane goes from -EDGE to EDGE both ways; points that noise throws out are put on its rim."""
POINTS = 200
SEED = 7

ABOUT = """\
200 points on a plane, in two classes. They are generated from a seed, with noise; nothing was \
measured. Class 1 is one of two clouds, the inside of a ring, two opposite clouds of four, or one \
arm of a spiral."""

Draw = Callable[[np.random.Generator, np.ndarray], np.ndarray]


def _clouds(draw: np.random.Generator, kind: np.ndarray) -> np.ndarray:
    """Two clouds, one on each side of a slanting line."""
    centre = np.where(kind[:, None] == 1, [1.3, 0.9], [-1.3, -0.9])
    return _moved(centre, draw.normal(0, 0.6, (len(kind), 2)))


def _ring(draw: np.random.Generator, kind: np.ndarray) -> np.ndarray:
    """Class 1 in a disc, class 0 in a ring around it, both spread evenly."""
    low, high = np.where(kind == 1, 0.0, 1.9), np.where(kind == 1, 1.3, 2.7)
    radius = np.sqrt(draw.uniform(low**2, high**2))
    return _moved(_around(radius, draw.uniform(0, 2 * np.pi, len(kind))), _noise(draw, kind))


def _xor(draw: np.random.Generator, kind: np.ndarray) -> np.ndarray:
    """Four clouds; those that face each other across the middle are of one class."""
    side = np.where(np.arange(len(kind)) // 2 % 2, -1.0, 1.0)
    centre = 1.5 * np.column_stack([np.where(kind == 1, -side, side), side])
    return _moved(centre, draw.normal(0, 0.5, (len(kind), 2)))


def _spiral(draw: np.random.Generator, kind: np.ndarray) -> np.ndarray:
    """Two arms that wind one and a quarter times around the middle, half a turn apart."""
    along = np.sqrt(draw.uniform(0.02, 1, len(kind)))
    return _moved(_around(2.7 * along, along * 2.5 * np.pi + np.pi * kind), _noise(draw, kind))


def _moved(places: np.ndarray, by: np.ndarray) -> np.ndarray:
    return np.asarray(places + by)


def _around(radius: np.ndarray, angle: np.ndarray) -> np.ndarray:
    return np.column_stack([radius * np.cos(angle), radius * np.sin(angle)])


def _noise(draw: np.random.Generator, kind: np.ndarray) -> np.ndarray:
    return draw.normal(0, 0.1, (len(kind), 2))


SHAPES: dict[str, Draw] = {
    "two clouds": _clouds,
    "ring": _ring,
    "XOR": _xor,
    "spiral": _spiral,
}
"""What the learner calls a data set, and what draws it."""


@cache
def load(name: str, seed: int = SEED) -> Table:
    """The points of a data set: columns x, y and class, as many points of one class as the other.

    Raises KeyError for a name that is not in SHAPES.
    """
    kind = np.arange(POINTS) % 2
    places = np.clip(SHAPES[name](np.random.default_rng(seed), kind), -EDGE, EDGE)
    return Table(tuple(column.name for column in COLUMNS), np.column_stack([places, kind]))
