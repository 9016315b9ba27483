"""One training in batches: the engine's Trainer and Timeline, and what each update was made of."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from engine import SGD, Diverged, Timeline, Trainer
from lessons.labs.batches.problem import Problem, Weights, network

MEMORY = 2**20
"""Bytes for the checkpoints of a run: its states are small, and undo keeps a few runs."""

TOO_FAR = 1e6
"""No map shows weights beyond this."""


@dataclass(frozen=True)
class Settings:
    """What the learner decides about training; `size` 0 means all rows."""

    size: int
    rate: float
    seed: int
    shuffle: bool


@dataclass(frozen=True)
class Update:
    """One update: its rows, the gradient over them, and the weights before and after."""

    rows: tuple[int, ...]
    before: Weights
    slopes: Weights
    loss: float
    """Of the batch, before the update."""
    after: Weights
    rate: float


class Run:
    """Trains a Problem from given weights, forwards and back."""

    def __init__(self, problem: Problem, start: Weights, settings: Settings) -> None:
        self.problem, self.settings, self.start = problem, settings, start
        self._model = network(len(start))
        self._model.compile(optimizer=SGD(settings.rate), loss="mean_squared_error")
        self._model.set_weights([np.array(start)[:, None]])
        self._trainer = Trainer(
            self._model,
            problem.x,
            problem.y,
            batch_size=settings.size or len(problem.rows),
            shuffle=settings.shuffle,
            seed=settings.seed,
        )
        self._timeline = Timeline(self._trainer, memory=MEMORY)
        self.updates: list[Update] = []

    @property
    def position(self) -> int:
        """Updates up to the weights that are shown."""
        return self._timeline.position

    @property
    def end(self) -> int:
        """Updates that have been recorded."""
        return len(self.updates)

    @property
    def per_epoch(self) -> int:
        """Updates in an epoch."""
        return self._trainer.steps_per_epoch

    @property
    def rate(self) -> float:
        """The learning rate of the next update."""
        return self._trainer.learning_rate

    @property
    def weights(self) -> Weights:
        """The weights at this position."""
        return tuple(map(float, self._model.parameters))

    @property
    def next_rows(self) -> tuple[int, ...]:
        """The rows of the next batch."""
        return tuple(map(int, self._trainer.next_rows))

    @property
    def last(self) -> Update | None:
        """The update that led here; None at the start."""
        return self.updates[self.position - 1] if self.position else None

    @property
    def path(self) -> tuple[Weights, ...]:
        """All places up to the present one."""
        return (self.start, *(update.after for update in self.updates[: self.position]))

    def forward(self) -> None:
        """One update. Raises Diverged when the weights leave every map."""
        rows, before, rate = self.next_rows, self.weights, self.rate
        if not math.hypot(*before) < TOO_FAR:
            reason = "the weights are too far away"
            raise Diverged(step=self.position + 1, reason=reason, learning_rate=rate)
        new = self.position == self._timeline.end
        loss = self._timeline.forward()
        if not new:
            return
        slopes = tuple(map(float, self._model.gradient))
        after = self.weights
        self.updates.append(Update(rows, before, slopes, loss, after, rate))

    def go(self, position: int) -> None:
        """To a number of updates that has been recorded."""
        self._timeline.go(position)

    def go_along(self, leader: Run, position: int, stride: int) -> None:
        """To any number of updates, each with the rate that `leader` had `stride` times as far.

        Raises Diverged when the weights leave every map.
        """
        self._timeline.go(min(position, self._timeline.end))
        while self.position < position:
            rate = leader.updates[self.position * stride].rate
            if rate != self.rate:
                self._timeline.set_learning_rate(rate)
            self.forward()

    def set_rate(self, rate: float) -> None:
        """Another learning rate from here on; what came after is forgotten."""
        self._timeline.set_learning_rate(rate)
        del self.updates[self.position :]
