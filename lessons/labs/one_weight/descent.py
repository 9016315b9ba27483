"""One descent on one weight: the engine's network, its steps taken and taken back."""

from __future__ import annotations

import math
from array import array
from dataclasses import astuple, fields

import numpy as np

from engine import SGD, Dense, Diverged, Sequential, Timeline, Trainer, trace
from lessons.labs.one_weight.state import Row

NUMBERS = len(fields(Row))
"""Numbers that make a state."""

HISTORY = 2**20
"""Bytes for the checkpoints and curves of a descent."""


class Descent:
    """Gradient descent on the weight between one input and one output, for one row of data.

    Every state is kept as nine numbers, so that an hour of bouncing takes a few megabytes.
    """

    def __init__(self, input_: float, weight: float, target: float, rate: float) -> None:
        self.input, self.start, self.target = input_, weight, target
        self._model = Sequential([Dense(1, use_bias=False, input_shape=(1,))], dtype="float64")
        self._model.compile(optimizer=SGD(rate), loss="mean_squared_error")
        self._model.set_weights([np.array([[weight]])])
        trainer = Trainer(self._model, np.array([[input_]]), np.array([[target]]), batch_size=1)
        self._timeline = Timeline(trainer, memory=HISTORY)
        self._states = array("d")
        self._keep(self._state(rate))

    @property
    def updates(self) -> int:
        """Updates taken so far."""
        return self._timeline.position

    @property
    def first(self) -> Row:
        """The state at the start."""
        return self._at(0)

    @property
    def row(self) -> Row:
        """The present state; its rate is that of the next update."""
        return self._at(self.updates)

    def last(self, count: int) -> tuple[Row, ...]:
        """The last `count` states up to the present one, oldest first."""
        return tuple(
            self._at(step) for step in range(max(self.updates - count + 1, 0), self.updates + 1)
        )

    @property
    def _kept(self) -> int:
        return len(self._states) // NUMBERS

    def _keep(self, row: Row) -> None:
        self._states.extend(astuple(row))

    def _at(self, step: int) -> Row:
        numbers = self._states[step * NUMBERS : (step + 1) * NUMBERS]
        return Row(step, *numbers[1:])

    def update(self) -> None:
        """One update on. Raises Diverged, and then the last finite state is the present one."""
        rate = self.row.rate
        self._timeline.forward()
        if self.updates < self._kept:
            return
        row = self._state(rate)
        if not math.isfinite(2 * row.loss):  # the curve is drawn beyond it, a little higher
            self._timeline.back()
            raise Diverged(step=row.step, reason="the loss is too large", learning_rate=rate)
        self._keep(row)

    def go(self, updates: int) -> None:
        """To the state after so many updates, computed now if it never was. Raises Diverged."""
        while self._kept <= updates:
            self._timeline.go(self._kept - 1)
            self.update()
        self._timeline.go(updates)

    def set_rate(self, rate: float) -> None:
        """Another learning rate from here on; what came after is forgotten."""
        self._timeline.set_learning_rate(rate)
        del self._states[self.updates * NUMBERS :]
        self._keep(self._state(rate))

    def curve(self) -> tuple[np.ndarray, np.ndarray]:
        """Weights and their losses, over the start, its mirror image and the last dozen places."""
        middle = self.start if self.input == 0 else self.target / self.input
        far = max(abs(row.weight - middle) for row in (self.first, *self.last(12)))
        reach = 1.25 * max(far, 0.5)
        weights = np.linspace(middle - reach, middle + reach, 121)
        return weights, np.array([self._loss(weight) for weight in weights])

    def _loss(self, weight: float) -> float:
        assert self._model.loss is not None
        prediction, target = np.array([[self.input * weight]]), np.array([[self.target]])
        return self._model.loss.value(target, prediction)

    def _state(self, rate: float) -> Row:
        """What the engine says of the network as it stands."""
        with np.errstate(over="ignore"):
            seen = trace(self._model, np.array([self.input]), np.array([self.target]))
        node = seen.layers[-1][0]
        assert seen.error is not None and seen.loss is not None
        assert node.products[0].slope is not None and node.value_slope is not None
        return Row(
            step=self.updates,
            weight=node.products[0].weight,
            prediction=node.value,
            error=seen.error[0],
            loss=seen.loss,
            loss_slope=node.value_slope,
            activation_slope=node.activation_slope,
            slope=node.products[0].slope,
            rate=rate,
        )
