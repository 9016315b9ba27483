"""Points of the plane, drawn anew for any noise and number: two classes, or a height to meet.

The shapes are those of TensorFlow Playground (and two moons, as in scikit-learn); the points are
drawn here. x1 and x2 go from -EDGE to EDGE. The same seed draws the same points.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from lessons.datasets.plane import EDGE

Drawn = tuple[np.ndarray, np.ndarray]
Draw = Callable[[np.random.Generator, int, float], Drawn]
"""Of a generator, a number of points and a noise: places (points, 2) and targets (points,)."""

HILLS = ((-1.4, 1.3, 1.0), (1.5, 1.2, -1.0), (-1.2, -1.5, -1.0), (1.4, -1.3, 1.0), (0.0, 0.0, 0.8))
"""Place and height of each hill; a hill of negative height is a hollow."""
STEEP = 0.7
"""How far a hill reaches."""


def _shaken(draw: np.random.Generator, x: np.ndarray, noise: float) -> np.ndarray:
    return np.asarray(x + draw.normal(0, 1, x.shape) * noise)


def _kinds(count: int) -> np.ndarray:
    return (np.arange(count) % 2).astype(np.float64)


def _polar(radius: np.ndarray, angle: np.ndarray) -> np.ndarray:
    return np.column_stack([radius * np.cos(angle), radius * np.sin(angle)])


def _circle(draw: np.random.Generator, count: int, noise: float) -> Drawn:
    kind = _kinds(count)
    low, high = np.where(kind == 1, 0.0, 1.8), np.where(kind == 1, 1.3, 2.7)
    radius = np.sqrt(draw.uniform(low**2, high**2))
    return _shaken(draw, _polar(radius, draw.uniform(0, 2 * np.pi, count)), noise), kind


def _xor(draw: np.random.Generator, count: int, noise: float) -> Drawn:
    kind = _kinds(count)
    sizes = draw.uniform(0.25, 2.7, (count, 2))
    across = np.where(np.arange(count) // 2 % 2, -1.0, 1.0)
    up = np.where(kind == 1, across, -across)
    return _shaken(draw, sizes * np.column_stack([across, up]), noise), kind


def _gaussians(
    draw: np.random.Generator, count: int, noise: float
) -> tuple[np.ndarray, np.ndarray]:
    kind = _kinds(count)
    centre = np.where(kind[:, None] == 1, 1.3, -1.3)
    return _shaken(draw, draw.normal(centre, 0.45, (count, 2)), noise), kind


def _spiral(draw: np.random.Generator, count: int, noise: float) -> Drawn:
    kind = _kinds(count)
    along = np.sqrt(draw.uniform(0.02, 1, count))
    arms = _polar(2.7 * along, along * 3.5 * np.pi + np.pi * kind)
    return _shaken(draw, arms, 0.6 * noise), kind  # the arms are too near for the whole of it


def _moons(draw: np.random.Generator, count: int, noise: float) -> Drawn:
    kind = _kinds(count)
    angle = draw.uniform(0, np.pi, count)
    side = np.where(kind == 1, -1.0, 1.0)
    x = np.column_stack([1.5 * side * np.cos(angle), 1.5 * side * np.sin(angle)])
    return _shaken(draw, x - side[:, None] * [0.75, 0.35], noise), kind


def _everywhere(draw: np.random.Generator, count: int) -> np.ndarray:
    return draw.uniform(-0.95 * EDGE, 0.95 * EDGE, (count, 2))


def _plane(draw: np.random.Generator, count: int, noise: float) -> Drawn:
    x = _everywhere(draw, count)
    return x, _shaken(draw, x.sum(axis=1) / (2 * EDGE), noise)


def _hills(draw: np.random.Generator, count: int, noise: float) -> Drawn:
    x = _everywhere(draw, count)
    height = np.zeros(count)
    for across, up, size in HILLS:
        far = ((x - [across, up]) ** 2).sum(axis=1)
        height += size * np.exp(-far / (2 * STEEP**2))
    return x, _shaken(draw, height, noise)


CLASSES: dict[str, Draw] = {
    "circle": _circle,
    "xor": _xor,
    "gaussians": _gaussians,
    "spiral": _spiral,
    "moons": _moons,
}
"""Data sets with two classes."""

HEIGHTS: dict[str, Draw] = {"plane": _plane, "hills": _hills}
"""Data sets in which every place has a height, about -1 to 1, that is to be met."""

SETS = CLASSES | HEIGHTS


def points(name: str, count: int, noise: float, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Places, (count, 2), and their classes 0 and 1, or their heights, (count,).

    Points that noise throws out of the plane are put on its rim. Raises KeyError for a name that
    is not in SETS.
    """
    x, y = SETS[name](np.random.default_rng(seed), count, noise)
    return np.clip(x, -EDGE, EDGE), y
