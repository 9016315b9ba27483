"""The data of a playground as a problem to train on."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from engine.splitting import split_rows
from lessons.labs.playground.features import columns
from lessons.labs.playground.play import Play
from lessons.labs.playground.points import CLASSES, points
from lessons.learning import problems
from lessons.learning.problem import Problem

DATA_SEED = 7
"""Draws and splits the points: other random weights are tried on the same points."""

NAMES = ("class 0", "class 1")


def problem_of(play: Play, own: Problem | None = None) -> Problem:
    """The rows that a playground trains on and those it holds out.

    `own` is the problem of a learner's own table, which goes by its name.
    """
    if own is not None and play.data == own.name:
        return own
    if not play.on_the_plane:
        found: Problem = getattr(problems, play.data)()
        return found
    return _of_points(play.data, play.points, play.noise, play.held_out, play.features)


@lru_cache(maxsize=16)
def places(data: str, count: int, noise: float) -> tuple[np.ndarray, np.ndarray]:
    """The points themselves: places, (count, 2), and classes or heights, (count,)."""
    return points(data, count, noise, DATA_SEED)


@lru_cache(maxsize=16)
def _of_points(
    data: str, count: int, noise: float, held_out: float, features: tuple[str, ...]
) -> Problem:
    x, y = places(data, count, noise)
    train, validation = split_rows(count, held_out, DATA_SEED)
    made, target = columns(x, features), y.astype(np.float32)
    return Problem(
        name=data,
        features=features,
        target="class" if data in CLASSES else "height",
        held_out=held_out,
        split_seed=DATA_SEED,
        x_train=made[train],
        y_train=target[train],
        x_validation=made[validation],
        y_validation=target[validation],
        classes=NAMES if data in CLASSES else (),
    )
