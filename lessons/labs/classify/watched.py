"""The rows whose probabilities are watched while a network learns, the learner's own among them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np

from lessons.datasets import shots
from lessons.labs.base import Field
from lessons.learning import problems
from lessons.learning.problem import Problem
from lessons.numbers import exact

PROBLEMS: dict[str, Callable[[], Problem]] = {
    "shots": problems.shots,
    "titanic": problems.titanic,
}
"""What a network can be trained on here."""

OF_EACH = 2
"""Held-out rows of each class that are watched, where the course prints no rows."""


@dataclass(frozen=True)
class WatchedRow:
    """A row by name, raw values in the order of the features, and its true class if known."""

    name: str
    values: tuple[float, ...]
    truth: int | None


@cache
def watched(data: str) -> tuple[WatchedRow, ...]:
    """The printed shots, or the first held-out rows of each class. None was learned from."""
    if data == "shots":
        rows = shots.EXAMPLES.select(*shots.FEATURES).values
        truths = shots.EXAMPLES.column(shots.TARGET).astype(int)
    else:
        problem = PROBLEMS[data]()
        all_truths = problem.y_validation.argmax(axis=1)
        firsts = [np.flatnonzero(all_truths == k)[:OF_EACH] for k in range(problem.outputs)]
        at = np.concatenate(firsts)
        rows, truths = problem.x_validation[at], all_truths[at]
    return tuple(
        WatchedRow(f"row {at + 1}", tuple(map(float, row)), int(truth))
        for at, (row, truth) in enumerate(zip(rows, truths, strict=True))
    )


@cache
def typical(problem: Problem) -> tuple[float, ...]:
    """The median of each column: where the learner's own row begins."""
    return tuple(round(float(one), 1) for one in np.median(problem.x_train, axis=0))


@cache
def _columns(problem: Problem) -> tuple[tuple[float, bool], ...]:
    """For each column its largest value, and whether it holds nothing but 0 and 1."""
    return tuple(
        (float(np.ceil(column.max())), bool(np.isin(column, (0, 1)).all()))
        for column in problem.x_train.T
    )


def own_fields(prefix: str, problem: Problem, own: tuple[float, ...]) -> Iterator[Field]:
    """A field for each number of the learner's own row, within what the data hold."""
    columns = zip(problem.features, own, _columns(problem), strict=True)
    for name, value, (most, binary) in columns:
        if binary:
            yield Field(f"{prefix}{name}", f"yours: {name}", exact(value), ("0", "1"))
        else:
            yield Field(f"{prefix}{name}", f"yours: {name}", exact(value), low=0.0, high=most)
