"""Three networks that differ in their activation alone, trained in step."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from engine import Diverged
from lessons.labs.layer_slopes.setup import ACTIVATIONS, Settings
from lessons.learning.curves import Curves
from lessons.learning.problem import Problem
from lessons.learning.run import Run

MEMORY = 2 * 2**20
"""Bytes for the checkpoints of one network."""


class Trio:
    """A run for each activation. Same data, same seed, same initializer: same weights to start."""

    def __init__(self, problem: Problem, settings: Settings) -> None:
        self.settings = settings
        self.problem = problem
        self.runs = tuple(
            Run(problem, settings.recipe(activation), memory=MEMORY) for activation in ACTIVATIONS
        )
        self._rows = self.runs[0].inputs(problem.x_train)
        self._slopes: tuple[tuple[float, ...], ...] | None = None

    @property
    def position(self) -> int:
        """Batches taken."""
        return self.runs[0].position

    @property
    def end(self) -> int:
        """The farthest batch that all have taken."""
        return min(run.end for run in self.runs)

    @property
    def rate(self) -> float:
        """The learning rate from here on."""
        return self.runs[0].rate

    def forward(self) -> None:
        """A batch for each. Raises Diverged, and then none of them has taken it."""
        here = self.position
        self._slopes = None
        try:
            for run in self.runs:
                run.forward()
        except Diverged:
            self.go(here)
            raise

    def go(self, position: int) -> None:
        """All of them to a recorded position."""
        self._slopes = None
        for run in self.runs:
            run.go(position)
        self.settings = replace(self.settings, rate=self.rate)

    def set_rate(self, rate: float) -> None:
        """Another learning rate for all, from here on."""
        for run in self.runs:
            run.set_rate(rate)
        self.settings = replace(self.settings, rate=rate)

    def slopes(self) -> tuple[tuple[float, ...], ...]:
        """For each network the mean size of the slopes of each layer's weights, first layer first.

        Over all training rows, with the weights as they are; the output's layer is the last.
        """
        if self._slopes is None:
            self._slopes = tuple(self._slopes_of(run) for run in self.runs)
        return self._slopes

    def losses(self) -> tuple[float | None, ...]:
        """The loss of the last batch of each, before its update."""
        return tuple(run.trainer.last_loss for run in self.runs)

    def curves(self) -> tuple[Curves, ...]:
        """The losses of each so far."""
        return tuple(run.curves() for run in self.runs)

    def _slopes_of(self, run: Run) -> tuple[float, ...]:
        kept = run.model.gradient.copy()
        run.model.compute_gradient(self._rows, self.problem.y_train)
        sizes = tuple(
            float(np.abs(layer.kernel_gradient).mean(dtype=np.float64))
            for layer in run.model.layers
        )
        np.copyto(run.model.gradient, kept)
        return sizes
