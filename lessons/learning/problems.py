"""The problems of the course, each made once, when it is first asked for."""

from __future__ import annotations

from functools import cache

import numpy as np

from engine.data import split_point, to_categorical
from lessons.datasets import digits as digits_data
from lessons.datasets import hills as hills_data
from lessons.datasets import shots as shots_data
from lessons.datasets import titanic as titanic_data
from lessons.datasets import wages as wages_data
from lessons.learning.problem import Problem, from_table

HELD_OUT = 0.3

WAGES_SPLIT = 50
"""A split whose two parts have nearly the same mean and variance of wages."""

DIGITS_HELD_OUT = 0.2


@cache
def wages() -> Problem:
    """Wages from nine facts about the worker: 373 rows to learn from, 161 held out."""
    return from_table("wages", wages_data.load(), wages_data.TARGET, HELD_OUT, WAGES_SPLIT)


@cache
def shots() -> Problem:
    """Whether a shot goes in: 89,648 generated rows to learn from, the last 38,421 held out."""
    table, target = shots_data.load(), shots_data.TARGET
    return from_table("shots", table, target, HELD_OUT, None, shots_data.CLASSES)


@cache
def titanic() -> Problem:
    """Who survived the Titanic: 916 passengers to learn from, the last 393 held out."""
    table, target = titanic_data.load(), titanic_data.TARGET
    return from_table("titanic", table, target, HELD_OUT, None, titanic_data.CLASSES)


@cache
def digits() -> Problem:
    """Handwritten digits: 4,000 images to learn from, the last 1,000 held out.

    The inputs are float32 from 0 (paper) to 1 (ink), so they need no scaler.
    """
    images, labels = digits_data.load()
    x = images.astype(np.float32)
    x /= np.float32(255)  # in place: the images take 15 MB
    y = to_categorical(labels, len(digits_data.CLASSES)).astype(np.float32)
    cut = split_point(len(x), DIGITS_HELD_OUT)
    return Problem(
        name="digits",
        features=digits_data.FEATURES,
        target=digits_data.TARGET,
        held_out=DIGITS_HELD_OUT,
        split_seed=None,
        x_train=x[:cut],
        y_train=y[:cut],
        x_validation=x[cut:],
        y_validation=y[cut:],
        classes=digits_data.CLASSES,
    )


HILLS_HELD_OUT = 0.75
"""Points cost nothing here: few to learn from, and many, so that the validation loss is sure."""


@cache
def hills() -> Problem:
    """Heights on a map, generated with noise: 64 points to learn from, 192 held out."""
    return from_table("hills", hills_data.load(), hills_data.TARGET, HILLS_HELD_OUT, None)
