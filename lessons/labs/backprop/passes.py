"""The passes of one descent: the network before each update, and what the engine says of it."""

from __future__ import annotations

import math
from array import array
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from engine import SGD, Dense, Diverged, Input, Sequential, Trace, Trainer, trace

REMEMBERED = 4
"""Passes whose numbers are kept: an update is told with those before and after it."""
Matrix = tuple[tuple[float, ...], ...]
"""Weights of one layer, one row a node, as the course writes them."""


@dataclass(frozen=True)
class Setup:
    """A network, one row of data and its target."""

    inputs: tuple[float, ...]
    weights: tuple[Matrix, ...]
    target: float
    activation: str


def build(setup: Setup, rate: float) -> Sequential:
    """The engine's network: no biases, a linear output, squared error, plain gradient descent."""
    model = Sequential([Input((len(setup.inputs),))], dtype="float64")
    last = len(setup.weights) - 1
    for depth, rows in enumerate(setup.weights):
        name = setup.activation if depth < last else "linear"
        model.add(Dense(len(rows), activation=name, use_bias=False))
    model.compile(optimizer=SGD(rate), loss="mean_squared_error")
    put(model, setup.weights)
    return model


def put(model: Sequential, weights: Sequence[Matrix]) -> None:
    """Give a network these weights."""
    model.set_weights([np.array(rows, dtype=float).T for rows in weights])


class Passes:
    """Pass 0 has the weights of the setup; each further one those that an update left.

    Of a pass its weights and its learning rate are kept, a few numbers, so that any can be shown
    again exactly and an hour of running takes a few megabytes.
    """

    def __init__(self, setup: Setup, rate: float) -> None:
        self.setup = setup
        self._model = build(setup, rate)
        rows, targets = np.array([setup.inputs]), np.array([[setup.target]])
        self._trainer = Trainer(self._model, rows, targets, batch_size=1)
        self._size = self._model.parameters.size + 1
        self._numbers = array("d", [*self._model.parameters, rate])
        self._rates = [(0, rate)]
        self._seen: dict[int, Trace] = {}

    @property
    def count(self) -> int:
        """How many passes are known."""
        return len(self._numbers) // self._size

    def rate(self, number: int) -> float:
        """The learning rate of the update that ends pass `number`."""
        rate: float = self._numbers[(number + 1) * self._size - 1]
        return rate

    def set_rate(self, number: int, rate: float) -> None:
        """Another rate from pass `number` on; the passes after it are forgotten."""
        del self._numbers[(number + 1) * self._size :]
        self._numbers[-1] = rate
        self._rates = [*(one for one in self._rates if one[0] < number), (number, rate)]
        self._seen.clear()

    def rates_before(self, number: int) -> frozenset[float]:
        """The learning rates of the updates that led to pass `number`."""
        return frozenset(rate for since, rate in self._rates if since < number)

    def weights(self, number: int) -> tuple[Matrix, ...]:
        """The weights in pass `number`."""
        self._put(number)
        return tuple(
            tuple(tuple(float(w) + 0.0 for w in row) for row in kernel.T)
            for kernel in self._model.get_weights()
        )

    def _put(self, number: int) -> None:
        start = number * self._size
        self._model.parameters[:] = self._numbers[start : start + self._size - 1]

    def reach(self, number: int) -> None:
        """Take updates until pass `number` is known. Raises Diverged."""
        while self.count <= number:
            self._update()

    def _update(self) -> None:
        last = self.count - 1
        rate = self.rate(last)
        self._put(last)
        self._trainer.optimizer.learning_rate = rate
        with np.errstate(all="ignore"):
            self._trainer.step()
            after = self._model.parameters.copy()
            loss = self._trace().loss if np.isfinite(after).all() else math.inf
        if loss is None or not math.isfinite(loss):
            raise Diverged(step=last + 1, reason="the loss is too large", learning_rate=rate)
        self._numbers.extend([*after, rate])

    def trace(self, number: int) -> Trace:
        """Every number of pass `number`, from the engine."""
        if number not in self._seen:
            if len(self._seen) == REMEMBERED:
                self._seen.clear()
            self._put(number)
            self._seen[number] = self._trace()
        return self._seen[number]

    def _trace(self) -> Trace:
        return trace(self._model, np.array(self.setup.inputs), np.array([self.setup.target]))

    def nudged_loss(self, number: int, place: tuple[int, int, int], by: float) -> float:
        """The loss in pass `number` with the weight at (layer, node, source) a little larger."""
        self._put(number)
        layer, node, source = place
        kernels = self._model.get_weights()
        kernels[layer][source, node] += by
        self._model.set_weights(kernels)
        loss = self._trace().loss
        assert loss is not None
        return loss
