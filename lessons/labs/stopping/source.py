"""Where the validation losses come from: a list, or a network that trains."""

from __future__ import annotations

from abc import ABC, abstractmethod

import numpy as np

from engine import Dense, Input, Sequential
from lessons.labs.base import Refused
from lessons.labs.stopping.setup import EPOCHS
from lessons.labs.stopping.watch import Ended
from lessons.learning.problem import Problem
from lessons.learning.recipe import Recipe
from lessons.learning.run import Run

HISTORY = 8 * 2**20
"""Bytes for the checkpoints and curves of a real run."""


class Source(ABC):
    """Epochs that go forwards and back; what has been stays known."""

    position: int = 0
    """Epochs that are over."""

    epochs: list[Ended]
    """Every epoch that has been, from the first."""

    model: Sequential
    """A spare model of the same shape, for EarlyStopping to put weights into."""

    @property
    @abstractmethod
    def last(self) -> int:
        """How many epochs there are at most."""

    @property
    def end(self) -> int:
        """The farthest epoch that has been."""
        return len(self.epochs)

    @abstractmethod
    def forward(self) -> None:
        """One epoch on. Raises Diverged, and then nothing has changed."""

    @abstractmethod
    def go(self, epoch: int) -> None:
        """To an epoch that has been."""

    @property
    def train_losses(self) -> tuple[float, ...]:
        """The training loss of every epoch that has been; empty where nothing trains."""
        return ()

    def loss_of(self, epoch: int) -> float:
        """The validation loss that the spare model has, with the weights of that epoch in it."""
        return self.epochs[epoch - 1].val_loss


class Listed(Source):
    """Losses from a list. Its model has one weight, which is the number of the epoch."""

    def __init__(self, losses: tuple[float, ...]) -> None:
        self.losses = losses
        self.model = Sequential([Input((1,)), Dense(1, use_bias=False)])
        self.model.compile(optimizer="sgd", loss="mean_squared_error")
        self.epochs = []

    @property
    def last(self) -> int:
        return len(self.losses)

    def forward(self) -> None:
        at = self.position
        if at == self.end:
            self.epochs.append(Ended(self.losses[at], [np.array([[at + 1.0]])]))
        self.position += 1

    def go(self, epoch: int) -> None:
        self.position = epoch

    def changed(self, losses: tuple[float, ...]) -> Listed:
        """Another list, at the same epoch if it is long enough."""
        other = Listed(losses)
        for _ in range(min(self.end, len(losses))):
            other.forward()
        other.go(min(self.position, len(losses)))
        return other


class Real(Source):
    """A network that trains. An epoch is all its batches, and then the held-out rows."""

    def __init__(self, problem: Problem, nodes: int, seed: int) -> None:
        self.problem = problem
        self.recipe = Recipe(hidden=(nodes, nodes), seed=seed)
        self.run = Run(problem, self.recipe, memory=HISTORY)
        self.model = self.recipe.build(problem)
        self.epochs = []
        self._train: list[float] = []
        self._held_out = self.run.inputs(problem.x_validation), problem.y_validation

    @property
    def last(self) -> int:
        return EPOCHS

    def forward(self) -> None:
        for _ in range(self.run.steps_per_epoch):
            self.run.forward()
        self.position += 1
        if self.position > self.end:
            (log,) = self.run.logs(1)
            if log.loss is None or log.val_loss is None:
                raise Refused("The losses are too large to be held. b goes back, 0 starts again.")
            self._train.append(log.loss)
            self.epochs.append(Ended(log.val_loss, self.run.model.get_weights()))

    def go(self, epoch: int) -> None:
        self.run.go(epoch * self.run.steps_per_epoch)
        self.position = epoch

    @property
    def train_losses(self) -> tuple[float, ...]:
        return tuple(self._train)

    def loss_of(self, epoch: int) -> float:
        """Measured on the held-out rows with the weights in question, not looked up."""
        self.model.set_weights(self.epochs[epoch - 1].weights)
        loss = self.model.evaluate(*self._held_out, verbose=0)
        return float(loss[0] if isinstance(loss, list | tuple) else loss)
