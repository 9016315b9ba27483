"""What the engine says of a network for any pair of its last two weights."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from engine import SGD, Dense, Diverged, Input, Sequential, Trainer, trace_batch
from lessons.labs.two_weights.state import Floats, LossMap

Matrix = tuple[tuple[float, ...], ...]
Weights = tuple[float, float]

GRID = (161, 97)
"""Weights along the two sides of a map: finer than the dots of any terminal need it."""

KEPT = 256
"""Places whose numbers are kept: more than a snapshot shows."""

FLAT = 1e-9
"""A direction of the surface with a curvature this small beside the other one is level."""


@dataclass(frozen=True)
class Data:
    """Rows with their targets, and the layers between them and the two weights.

    `hidden` holds a matrix for each hidden layer, one row a node; empty: the two weights multiply
    the inputs themselves.
    """

    rows: tuple[tuple[float, float], ...]
    targets: tuple[float, ...]
    hidden: tuple[Matrix, ...] = ()
    activation: str = "linear"


@dataclass(frozen=True)
class Standing:
    """The network at one pair of weights."""

    weights: Weights
    predictions: tuple[float, ...]
    errors: tuple[float, ...]
    squares: tuple[float, ...]
    loss: float
    slopes: Weights


class Surface:
    """The loss over the two weights between the last layer and the output.

    All other weights stay as they are, so that what arrives at the two is the same for good.
    """

    def __init__(self, data: Data) -> None:
        self.data = data
        self.layers = _forward(data)
        self._y = np.array(data.targets)[:, None]
        self._model = _linear(1)
        self._model.compile(optimizer=SGD(0.0), loss="mean_squared_error")
        rows = len(data.rows)
        self._trainer = Trainer(self._model, self.values, self._y, batch_size=rows, shuffle=False)
        self._map: LossMap | None = None
        self._kept: dict[Weights, Standing] = {}

    @property
    def values(self) -> Floats:
        """What the two weights multiply, (rows, 2)."""
        return self.layers[-1]

    def at(self, weights: Weights) -> Standing:
        """Predictions, errors, loss and slopes at a pair of weights; the newest are kept."""
        if weights not in self._kept:
            if len(self._kept) >= KEPT:
                del self._kept[next(iter(self._kept))]
            self._kept[weights] = self._stand_at(weights)
        return self._kept[weights]

    def _stand_at(self, weights: Weights) -> Standing:
        self._stand(weights)
        with np.errstate(over="ignore", invalid="ignore"):
            seen = trace_batch(self._model, self.values, self._y)
            predictions = seen.outputs
            errors = (predictions - self._y)[:, 0]
            assert self._model.loss is not None and seen.loss is not None
            squares = self._model.loss.per_row(self._y, predictions)
        slope_0, slope_1 = (float(weight.slope or 0.0) for weight in seen.weights())
        return Standing(
            weights,
            tuple(map(float, predictions[:, 0])),
            tuple(map(float, errors)),
            tuple(map(float, squares)),
            float(seen.loss),
            (slope_0, slope_1),
        )

    def descend(self, weights: Weights, rate: float) -> Standing:
        """Where one update leads to. Raises Diverged when the loss there is too large."""
        self._stand(weights)
        self._trainer.learning_rate = rate
        self._trainer.step()
        after = self._model.get_weights()[0][:, 0]
        standing = self.at((float(after[0]), float(after[1])))
        if not math.isfinite(4 * standing.loss):  # the map is drawn a little beyond it
            step = self._trainer.step_count
            raise Diverged(step=step, reason="the loss is too large", learning_rate=rate)
        return standing

    def map(self, x_range: Weights, y_range: Weights) -> LossMap:
        """The losses over a part of the plane; the last one is kept."""
        xs, ys = np.linspace(*x_range, GRID[0]), np.linspace(*y_range, GRID[1])
        kept = self._map
        if kept is None or not (np.array_equal(kept.xs, xs) and np.array_equal(kept.ys, ys)):
            lowest, valley = self.lowest()
            self._map = kept = LossMap(xs, ys, self._losses(xs, ys), lowest, valley)
        return kept

    def lowest(self) -> tuple[Weights | None, tuple[Weights, Weights] | None]:
        """The place with the lowest loss, or two places on the line of all that have it."""
        best, _, rank, _ = np.linalg.lstsq(self.values, self._y[:, 0], rcond=FLAT)
        at = (float(best[0]), float(best[1]))
        if rank == 2:
            return at, None
        if rank == 0:
            return None, None
        along = np.linalg.svd(self.values)[2][1]  # the direction that no row notices
        return None, (at, (at[0] + float(along[0]), at[1] + float(along[1])))

    @cached_property
    def lowest_loss(self) -> float:
        """The lowest loss there is."""
        lowest, valley = self.lowest()
        at = lowest or (valley[0] if valley else (0.0, 0.0))
        return self.at(at).loss

    def _losses(self, xs: Floats, ys: Floats) -> Floats:
        """The loss at every pair: one network with an output node for each of them."""
        pairs = np.stack([grid.ravel() for grid in np.meshgrid(xs, ys)])
        model = _linear(pairs.shape[1])
        model.set_weights([pairs])
        with np.errstate(over="ignore", invalid="ignore"):
            predictions = model.predict(self.values, verbose=0).T
            assert self._model.loss is not None
            targets = np.broadcast_to(self._y.T, predictions.shape)
            losses: Floats = self._model.loss.per_row(targets, predictions)
        return losses.reshape(len(ys), len(xs))

    def _stand(self, weights: Weights) -> None:
        self._model.set_weights([np.array(weights)[:, None]])


def _linear(outputs: int) -> Sequential:
    layers = [Input((2,)), Dense(outputs, use_bias=False)]
    return Sequential(layers, dtype="float64")


def _forward(data: Data) -> tuple[Floats, ...]:
    """The inputs, then the values of each hidden layer, (rows, nodes)."""
    found: list[Floats] = [np.array(data.rows, dtype=float)]
    for matrix in data.hidden:
        found.append(_layer(found[-1], matrix, data.activation))
    return tuple(found)


def _layer(x: Floats, matrix: Sequence[Sequence[float]], activation: str) -> Floats:
    dense = Dense(len(matrix), activation=activation, use_bias=False)
    model = Sequential([Input((x.shape[1],)), dense], dtype="float64")
    model.set_weights([np.array(matrix, dtype=float).T])
    values: Floats = model.predict(x, verbose=0)
    return values
