"""The column to predict: a number to come near to, or one of some classes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from lessons.tables.columns import (
    Column,
    categories_of,
    category_numbers,
    find,
    known_values,
    numbers,
)
from lessons.tables.errors import TableError

if TYPE_CHECKING:
    import pandas

Task = Literal["regression", "classification"]

FEW_NUMBERS = 10
"""Different whole numbers in a column up to which they are taken for classes."""

MOST_CLASSES = 100


@dataclass(frozen=True)
class Target:
    """What is to be predicted, and how that was found out."""

    name: str
    task: Task
    classes: tuple[str, ...]
    """Names of the classes, in order; none where a number is asked for."""
    why: str
    column: Column


def choose_target(
    frame: pandas.DataFrame, columns: Sequence[Column], name: str, task: Task | None = None
) -> Target:
    """The column `name` as a target; `task` overrides the guess.

    Raises TableError for an unknown column, one that is empty, or the same in every row, and for
    a task that its values do not allow.
    """
    column = find(columns, name)
    if column.kind == "empty":
        raise TableError(f"Column “{name}” has nothing in it: there is nothing to learn from.")
    if column.distinct == 1:
        raise TableError(f"Column “{name}” is the same in every row: there is nothing to learn.")
    found, why = _guess(frame, column)
    if task is not None and task != found:
        found, why = task, "as you said"
    if found == "regression":
        if column.kind == "text":
            raise TableError(f"Column “{name}” holds texts: that is a classification.")
        return Target(name, found, (), why, column)
    if column.distinct > MOST_CLASSES:
        raise TableError(
            f"Column “{name}” has {column.distinct:,} different values; a classification takes "
            f"{MOST_CLASSES} classes at most."
        )
    return Target(name, found, _classes(frame, column), why, column)


def _guess(frame: pandas.DataFrame, column: Column) -> tuple[Task, str]:
    if column.kind == "text":
        return "classification", f"{column.distinct:,} different texts"
    if column.kind == "yes or no":
        return "classification", "yes or no"
    if column.kind == "date":
        return "regression", "dates, as days since 1970"
    values = numbers(known_values(frame[column.name]), column.kind)
    if column.distinct <= FEW_NUMBERS and np.array_equal(values, np.rint(values)):
        return "classification", f"only {column.distinct} different whole numbers"
    return "regression", f"numbers, {column.distinct:,} different ones"


def _classes(frame: pandas.DataFrame, column: Column) -> tuple[str, ...]:
    names = categories_of(known_values(frame[column.name]))
    if column.kind == "number":
        return tuple(sorted(names, key=float))
    return ("no", "yes") if column.kind == "yes or no" else tuple(sorted(names))


def target_values(frame: pandas.DataFrame, target: Target) -> tuple[np.ndarray, np.ndarray]:
    """Which rows have a target, as row numbers, and their targets: numbers, or numbers of classes.

    Both have the shape (rows with a target,).
    """
    series = frame[target.name]
    if target.task == "regression":
        values = numbers(series, target.column.kind, target.column.written)
    else:
        values = class_numbers(series, target)
    rows = np.flatnonzero(np.isfinite(values))
    return rows, values[rows]


def class_numbers(series: pandas.Series, target: Target) -> np.ndarray:
    """The number of the class of each row, from 0, as float64 (rows,); NaN where there is none."""
    if target.column.kind == "yes or no":
        return numbers(series, "yes or no")
    return category_numbers(series, target.classes)
