"""A run of which the dead nodes are counted on the way."""

from __future__ import annotations

import numpy as np

from engine import Series
from lessons.labs.activity.state import Before
from lessons.learning.activity import LayerActivity, activity, dead_nodes
from lessons.learning.curves import Points, points
from lessons.learning.problem import Problem
from lessons.learning.recipe import Recipe
from lessons.learning.run import Run

CLOSELY, EVERY = 300, 5
"""So many batches are counted one by one, and of later ones every fifth: a count takes longer than
a batch."""

MEMORY = 6 * 2**20
"""Bytes for the checkpoints of a run; undo keeps a few runs."""


class WatchedRun(Run):
    """Trains, and counts the dead nodes of each hidden layer over all training rows."""

    def __init__(self, problem: Problem, recipe: Recipe) -> None:
        super().__init__(problem, recipe, memory=MEMORY)
        self.rows = self.inputs(problem.x_train).astype(self.model.dtype)
        """The training rows as the network gets them."""
        self._counts = tuple(Series() for _ in recipe.hidden)
        self._seen: tuple[LayerActivity, ...] | None = None
        self._count()

    def forward(self) -> None:
        self._seen = None
        super().forward()
        if self.position <= CLOSELY or self.position % EVERY == 0:
            self._count()

    def go(self, step: int) -> None:
        self._seen = None
        super().go(step)

    def set_rate(self, rate: float) -> None:
        super().set_rate(rate)
        for series in self._counts:
            series.truncate(self.position)

    def activity(self) -> tuple[LayerActivity, ...]:
        """What the nodes do with the weights as they are."""
        if self._seen is None:
            self._seen = activity(self.model, self.rows)
        return self._seen

    def deaths(self) -> tuple[Points, ...]:
        """The count of each layer over epochs."""
        return tuple(points(series, self.steps_per_epoch) for series in self._counts)

    def past(self) -> Before | None:
        """What to remember of this run when another one starts; None before its first batch."""
        if not self.end:
            return None
        curves = self.curves()
        loss = curves.train if len(curves.train[0]) > 1 else curves.batches
        return Before(self.farthest_recipe, self.deaths()[0], loss)

    def slopes_over_all(self) -> tuple[np.ndarray, ...]:
        """The slopes over all training rows of the weights into each hidden layer."""
        kept = self.model.gradient.copy()
        self.model.compute_gradient(self.rows, self.problem.y_train)
        hidden = self.model.layers[: len(self.recipe.hidden)]
        found = tuple(layer.kernel_gradient.copy() for layer in hidden)
        np.copyto(self.model.gradient, kept)
        return found

    def _count(self) -> None:
        last = self._counts[0].last if self._counts else None
        if last is not None and last[0] >= self.position:
            return  # taken once more after going back
        for series, dead in zip(self._counts, dead_nodes(self.model, self.rows), strict=True):
            series.append(self.position, dead)
