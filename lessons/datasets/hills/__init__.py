"""Heights measured with an unsteady hand over a hill and a hollow. Generated, not measured.

`load()` is a table of 256 points with the columns x, y (from -3 to 3) and height. The same seed
draws the same points. CREDITS.md says so too.
"""

from __future__ import annotations

from functools import cache

import numpy as np

from engine.data import Table
from lessons.datasets import Column

COLUMNS = (
    Column("x", "", "how far to the right, from -3 to 3"),
    Column("y", "", "how far up on the map, from -3 to 3"),
    Column("height", "", "sin x + cos y, and noise with a standard deviation of 0.7"),
)
FEATURES = ("x", "y")
TARGET = "height"
EDGE = 3.0
POINTS = 256
NOISE = 0.7
"""Standard deviation of the noise that is added to each height."""
SEED = 7

ABOUT = """\
256 points of a map with a hill and a hollow, and the height at each. They are generated from a \
seed; nothing was measured. The height is sin x + cos y plus noise: a random number with a mean of \
0 and a standard deviation of 0.7. So it is known what a model can learn and what it cannot."""


def height(places: np.ndarray) -> np.ndarray:
    """The true height, without noise, at places of shape (n, 2); shape (n,)."""
    return np.asarray(np.sin(places[:, 0]) + np.cos(places[:, 1]))


@cache
def load(seed: int = SEED) -> Table:
    """The points: columns x, y and height, in random order."""
    draw = np.random.default_rng(seed)
    places = draw.uniform(-EDGE, EDGE, (POINTS, 2))
    measured = height(places) + draw.normal(0, NOISE, POINTS)
    return Table(tuple(column.name for column in COLUMNS), np.column_stack([places, measured]))
