"""Two models on the same two rows: accuracy and loss of what each gave to the right class."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np

from engine import Activation, Input, Sequential
from lessons.labs.base import Field
from lessons.labs.training.state import Judged
from lessons.numbers import exact

Pair = tuple[tuple[float, float], tuple[float, float]]
MODELS = ("A", "B")


def judge(given: Sequence[float]) -> tuple[float, float]:
    """Mean cross-entropy and accuracy of rows whose right one of two classes got `given`."""
    p = np.column_stack([given, 1 - np.asarray(given)])
    loss, accuracy = _as_it_is().evaluate(p, np.tile([1.0, 0.0], (len(p), 1)))
    return float(loss), float(accuracy)


@cache
def _as_it_is() -> Sequential:
    """A model that predicts what it is given, so that the engine judges probabilities."""
    model = Sequential([Input((2,)), Activation("linear")], dtype="float64")
    model.compile(loss="categorical_crossentropy", metrics=["accuracy"])
    return model


@cache
def curve() -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Probabilities of the right class, and the loss of a row that was given each."""
    given = tuple(float(p) for p in np.linspace(0.02, 1.0, 50))
    return given, tuple(judge((p,))[0] for p in given)


def judged(pair: Pair, hidden: bool) -> tuple[Judged, ...]:
    """Both models, with or without what follows from their probabilities."""
    return tuple(_judged(name, given, hidden) for name, given in zip(MODELS, pair, strict=True))


def _judged(name: str, given: tuple[float, float], hidden: bool) -> Judged:
    if hidden:
        return Judged(name, given, (None, None), (None, None), None, None)
    each = [judge((one,)) for one in given]
    loss, accuracy = judge(given)
    rights = tuple(right == 1.0 for _, right in each)
    return Judged(name, given, rights, tuple(one for one, _ in each), accuracy, loss)


def fields(pair: Pair) -> tuple[Field, ...]:
    """The four probabilities, to edit."""
    return tuple(
        Field(f"{name} {row}", f"{name}, shot {row}", exact(p), low=0.01, high=0.99, nudge=0.01)
        for name, given in zip(MODELS, pair, strict=True)
        for row, p in enumerate(given, start=1)
    )


def changed(pair: Pair, field_id: str, p: float) -> Pair:
    """The pair with another probability."""
    name, row = field_id.split()
    found = [list(given) for given in pair]
    found[MODELS.index(name)][int(row) - 1] = p
    return (found[0][0], found[0][1]), (found[1][0], found[1][1])
