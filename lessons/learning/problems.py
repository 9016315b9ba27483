"""The problems of the course, each made once, when it is first asked for."""

from __future__ import annotations

from functools import cache

from lessons.datasets import shots as shots_data
from lessons.datasets import titanic as titanic_data
from lessons.datasets import wages as wages_data
from lessons.learning.problem import Problem, from_table

HELD_OUT = 0.3

WAGES_SPLIT = 50
"""A split whose two parts have nearly the same mean and variance of wages."""


@cache
def wages() -> Problem:
    """Wages from nine facts about the worker: 373 rows to learn from, 161 held out."""
    return from_table("wages", wages_data.load(), wages_data.TARGET, HELD_OUT, WAGES_SPLIT)


@cache
def shots() -> Problem:
    """Whether a shot goes in: 89,648 generated rows to learn from, the last 38,421 held out."""
    table, target = shots_data.load(), shots_data.TARGET
    return from_table("shots", table, target, HELD_OUT, None, ("missed", "made"), "float32")


@cache
def titanic() -> Problem:
    """Who survived the Titanic: 916 passengers to learn from, the last 393 held out."""
    table, target = titanic_data.load(), titanic_data.TARGET
    return from_table("titanic", table, target, HELD_OUT, None, ("died", "survived"))
