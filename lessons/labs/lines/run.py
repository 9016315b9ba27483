"""Models trained side by side on the same rows: epoch by epoch, forwards and back."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from engine import SGD, Dense, Diverged, Input, Sequential, Timeline, Trainer
from lessons.labs.lines.setup import Problem, Rows, Settings

HISTORY = 2**21
"""Bytes for the checkpoints and curves of one model."""


def build(name: str, settings: Settings) -> Sequential:
    """The straight model, or the network with its hidden layer, with random weights."""
    model = Sequential([Input((2,))], seed=settings.seed)
    if name == "network":
        activation = None if settings.activation == "none" else settings.activation
        model.add(Dense(settings.nodes, activation=activation))
    model.add(Dense(1))
    model.compile(optimizer=SGD(settings.rate), loss="mean_squared_error")
    return model


class Learner:
    """One model and its history. A step uses all the rows, so a step is an epoch."""

    def __init__(self, name: str, rows: Rows, settings: Settings) -> None:
        self.name, self._rows = name, rows
        self.model = build(name, settings)
        count = len(rows.y)
        trainer = Trainer(
            self.model,
            rows.x,
            rows.y,
            batch_size=count,
            # The loss after each epoch, on the rows it learns from: it is called val_loss there.
            validation_data=(rows.x, rows.y),
            seed=self.model.next_shuffle_seed(),
        )
        self.timeline = Timeline(trainer, memory=HISTORY)
        self.first_loss = self.loss()

    def loss(self) -> float:
        """Mean squared error on all rows, with the weights of now."""
        loss = self.model.evaluate(self._rows.x, self._rows.y, verbose=0)
        assert isinstance(loss, float)
        return loss

    def losses(self) -> tuple[np.ndarray, np.ndarray]:
        """Epochs and the loss after each, from the start to the farthest."""
        x, _, _, last = self.timeline.val_loss.arrays()
        # Where the engine merged neighbours, the last of them stands for all.
        return np.concatenate([[0.0], x]), np.concatenate([[self.first_loss], last])

    def predict(self, values: np.ndarray, group: int) -> np.ndarray:
        """Predictions along the axis for one group."""
        with np.errstate(all="ignore"):
            inputs = self._rows.inputs(np.asarray(values, dtype=float), group)
            return np.asarray(self.model.predict(inputs, verbose=0), dtype=float).ravel()

    def gap(self, place: float) -> float:
        """How far the line of group 1 is above that of group 0."""
        one, zero = (float(self.predict(np.array([place]), group)[0]) for group in (1, 0))
        return one - zero


class Run:
    """The models of a scene, always at the same epoch."""

    def __init__(self, problem: Problem, names: tuple[str, ...], settings: Settings) -> None:
        self.settings = settings
        self.rows = Rows(problem, settings.axis)
        self.learners = tuple(Learner(name, self.rows, settings) for name in names)

    @property
    def position(self) -> int:
        """Epochs taken."""
        return self.learners[0].timeline.position if self.learners else 0

    @property
    def end(self) -> int:
        """The farthest epoch reached."""
        return self.learners[0].timeline.end if self.learners else 0

    @property
    def rate(self) -> float:
        """The learning rate from here on."""
        return self.settings.rate

    def forward(self) -> None:
        """One epoch on. Raises Diverged, and then all stand where they stood."""
        here = self.position
        for learner in self.learners:
            try:
                learner.timeline.forward()
            except Diverged:
                self.go(here)
                self._forget(here)
                raise

    def _forget(self, here: int) -> None:
        """No model is ahead of the others, not even in what is recorded."""
        for learner in self.learners:
            if learner.timeline.end > here:
                learner.timeline.set_learning_rate(self.settings.rate)

    def go(self, epoch: int) -> None:
        """To a recorded epoch, with the learning rate that it had."""
        for learner in self.learners:
            learner.timeline.go(epoch)
            rate = learner.timeline.trainer.learning_rate
            self.settings = replace(self.settings, rate=rate)

    def set_rate(self, rate: float) -> None:
        """Another learning rate from here on; what came after is forgotten."""
        for learner in self.learners:
            learner.timeline.set_learning_rate(rate)
        self.settings = replace(self.settings, rate=rate)
