"""The rows of a small regression, and what the engine says of any of them at any weights."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from engine import SGD, Dense, Input, Sequential, trace_batch
from lessons.labs.two_weights.state import LossMap
from lessons.labs.two_weights.surface import Data, Surface

Weights = tuple[float, ...]
Range = tuple[float, float]

CURVE = 161
"""Weights at which the loss over one weight is computed."""


@dataclass(frozen=True)
class Standing:
    """Some of the rows at some weights: errors, the loss and the slope of each weight."""

    errors: tuple[float, ...]
    terms: tuple[Weights, ...]
    """For each row, 2 × error × input for each weight; their mean are the slopes."""
    loss: float
    slopes: Weights


class Problem:
    """Rows with targets for a network of one output, no bias, and one or two weights."""

    def __init__(self, inputs: Sequence[Weights], targets: Sequence[float]) -> None:
        self.x = np.array(inputs, dtype=float)
        self.y = np.array(targets, dtype=float)[:, None]
        self._model = network(self.x.shape[1])
        self._model.compile(optimizer=SGD(0.0), loss="mean_squared_error")

    @property
    def rows(self) -> tuple[int, ...]:
        """The numbers of all rows."""
        return tuple(range(len(self.x)))

    def at(self, weights: Weights, rows: Sequence[int]) -> Standing:
        """These rows at these weights; the loss and the slopes are means over them."""
        self._model.set_weights([np.array(weights)[:, None]])
        seen = trace_batch(self._model, self.x[list(rows)], self.y[list(rows)])
        assert seen.loss is not None
        each = [trace_batch(self._model, self.x[[row]], self.y[[row]]) for row in rows]
        errors = seen.outputs[:, 0] - self.y[list(rows), 0]
        return Standing(
            tuple(map(float, errors)),
            tuple(_slopes(one) for one in each),
            float(seen.loss),
            _slopes(seen),
        )

    def loss(self, weights: Weights, rows: Sequence[int] | None = None) -> float:
        """The mean squared error of these rows, or of all, at these weights."""
        chosen = list(self.rows if rows is None else rows)
        return float(self._losses(np.array(weights)[:, None], chosen)[0])

    def curve(self, reach: Range, rows: Sequence[int]) -> tuple[np.ndarray, np.ndarray]:
        """Weights, and the loss of these rows at each; for a network of one weight."""
        weights = np.linspace(*reach, CURVE)
        return weights, self._losses(weights[None, :], list(rows))

    def map(self, x_range: Range, y_range: Range) -> LossMap:
        """The loss of all rows over two weights."""
        return self._surface.map(x_range, y_range)

    @cached_property
    def _surface(self) -> Surface:
        pairs = tuple((float(one), float(other)) for one, other in self.x)
        return Surface(Data(pairs, tuple(map(float, self.y[:, 0]))))

    def _losses(self, columns: np.ndarray, rows: list[int]) -> np.ndarray:
        """The loss for each column of weights: one network with an output for each of them."""
        model = network(len(columns), columns.shape[1])
        model.set_weights([columns])
        model.compile(loss="mean_squared_error")
        predictions = model.predict(self.x[rows], verbose=0).T
        assert model.loss is not None
        targets = np.broadcast_to(self.y[rows].T, predictions.shape)
        losses: np.ndarray = model.loss.per_row(targets, predictions)
        return losses


def network(inputs: int, outputs: int = 1) -> Sequential:
    """Inputs, and an output node that multiplies and adds."""
    return Sequential([Input((inputs,)), Dense(outputs, use_bias=False)], dtype="float64")


def angle(one: Weights, other: Weights) -> float | None:
    """Degrees between two gradients; None where one of them is 0 or there is one weight."""
    sizes = math.hypot(*one) * math.hypot(*other)
    if len(one) < 2 or sizes == 0:
        return None
    cosine = sum(a * b for a, b in zip(one, other, strict=True)) / sizes
    return math.degrees(math.acos(min(max(cosine, -1.0), 1.0)))


def _slopes(seen: object) -> Weights:
    return tuple(float(weight.slope or 0.0) for weight in seen.weights())  # type: ignore[attr-defined]
