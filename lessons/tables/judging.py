"""How good a trained network is on the rows held out, beside a guess that needs no network."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from engine import Sequential
from lessons.numbers import plain
from lessons.tables.problem import OwnProblem

FEW = 20
"""Rows held out below which a share of them says little."""
ADVICE = "Try more epochs, another rate or other layers."


def judged(own: OwnProblem, model: Sequential) -> Iterator[str]:
    """Sentences on how it does, how the simplest guess does, and which of both is better.

    The first fits into a line of 76 cells; how far a number is off is the mean of all rows.
    """
    problem = own.problem
    x, y = problem.x_validation, problem.y_validation
    said = model.predict(model.scaler.transform(x) if model.scaler is not None else x, verbose=0)
    words, simplest = own.simplest
    if problem.classifies:
        right = said.argmax(axis=1) == y.argmax(axis=1)
        reached = float(right.mean())
        better = reached > simplest
        yield f"On the rows held out: accuracy {reached:.4g}; {words} {simplest:.4g}."
        yield from _by_class(own, right)
    else:
        reached = float(np.abs(said[:, 0] - y).mean()) * own.unit.spread
        better = reached < simplest
        yield (
            f"On the rows held out: off by {plain(reached)}{own.of_what}; "
            f"{words} {plain(simplest)}."
        )
    if not better:
        yield f"That is no better than {words.partition(':')[0]}. {ADVICE}"
    elif not problem.classifies:
        yield f"That is {100 * (1 - reached / simplest):.0f} % nearer."
    if len(y) < FEW:
        yield f"Only {len(y)} rows are held out: the next {len(y)} may come out quite otherwise."


def _by_class(own: OwnProblem, right: np.ndarray) -> Iterator[str]:
    """How many of each class were found: of a rare one a good accuracy says nothing."""
    true = own.problem.y_validation.argmax(axis=1)
    counts = np.bincount(true, minlength=len(own.problem.classes))
    if counts.max() < 2 * max(int(counts.min()), 1):
        return
    found = np.bincount(true[right], minlength=len(counts))
    rarest = np.argsort(counts, kind="stable")[:3]
    told = ", ".join(
        f"{found[at]:,} of {counts[at]:,} “{own.problem.classes[at]}”" for at in rarest.tolist()
    )
    yield f"Of the rarest it finds {told}."
