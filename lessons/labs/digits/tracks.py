"""What a step moves in the digits lab: a place in a row of things, a training, or two of them."""

from __future__ import annotations

from functools import lru_cache
from typing import Self, cast

import numpy as np

from engine import Diverged
from engine.reordered import Reordered
from lessons.labs.base import Refused
from lessons.labs.digits.results import Results, results_of
from lessons.learning.curves import Points
from lessons.learning.problem import Problem
from lessons.learning.recipe import Recipe
from lessons.learning.run import Run

HISTORY = 6 * 2**20
"""Bytes for the checkpoints of a run; a state of this network and of Adam has half a million."""
SHUFFLE_SEED = 28
"""Of the one shuffle of the pixels that all images share."""


class Places:
    """A walk along a row of things, such as images: a LiveRun that learns nothing."""

    rate = 0.0

    def __init__(self, last: int, at_the_end: str) -> None:
        self.last, self._at_the_end = last, at_the_end
        self.position = self.end = 0

    def forward(self) -> None:
        """One thing on. Raises Refused at the last one."""
        if self.position == self.last:
            raise Refused(self._at_the_end)
        self.jump(self.position + 1)

    def go(self, position: int) -> None:
        """To a place that was reached before."""
        self.position = position

    def jump(self, position: int) -> None:
        """To any place, reached before or not."""
        self.position = min(max(position, 0), self.last)
        self.end = max(self.end, self.position)

    def restart(self) -> None:
        """To the first thing, as if nothing had been walked."""
        self.position = self.end = 0

    def set_rate(self, rate: float) -> None:
        """There is none."""
        raise Refused("Nothing is learned here: w turns to the training, which has a rate.")


class Training(Run):
    """A run that knows its first weights, and what its network says of the held-out images."""

    def __init__(self, problem: Problem, recipe: Recipe) -> None:
        super().__init__(problem, recipe, memory=HISTORY)
        self.start_kernel = self.model.layers[0].kernel.copy()
        self.untrained = results_of(self.model, problem, 0)
        self._results = self.untrained

    @property
    def moved_most(self) -> int:
        """The node of the first layer whose weights have moved most since the start."""
        return int(np.abs(self.model.layers[0].kernel - self.start_kernel).sum(axis=0).argmax())

    @property
    def held_out_loss(self) -> Points:
        """The curve of the loss on held-out images, from before the first epoch on."""
        return with_start(self.curves().validation, self.untrained.loss)

    @property
    def held_out_accuracy(self) -> Points:
        """The same for the accuracy."""
        return with_start(self.curves().val_accuracy, self.untrained.accuracy)

    def results(self, *, running: bool) -> Results:
        """Of this step; while it is running by itself, of the newest epoch that was finished."""
        known = self._results
        per_epoch = self.steps_per_epoch
        may_wait = running and known.step // per_epoch == self.epoch
        if known.step != self.position and not may_wait:
            known = self._results = results_of(self.model, self.problem, self.position)
        return known

    def set_rate(self, rate: float) -> None:
        """As every run; the steps to come may come again with other weights."""
        super().set_rate(rate)
        if self._results.step > self.position:
            self._results = self.untrained


def with_start(points: Points, value: float) -> Points:
    """A curve over epochs with what was there before the first."""
    x, y = points
    return np.concatenate([[0.0], x]), np.concatenate([[value], y])


class Pair:
    """Two trainings of one recipe, step by step: on the images, and on the same ones shuffled."""

    def __init__(self, problem: Problem, recipe: Recipe) -> None:
        self.plain = Training(problem, recipe)
        self.shuffled = Training(shuffled(problem), recipe)

    @property
    def position(self) -> int:
        """Batches that both have taken."""
        return self.plain.position

    @property
    def end(self) -> int:
        """Batches that both have ever taken."""
        return self.plain.end

    @property
    def rate(self) -> float:
        """The learning rate of both."""
        return self.plain.rate

    @property
    def epoch(self) -> int:
        """Epochs that both have finished."""
        return self.plain.epoch

    def forward(self) -> None:
        """A batch each. Raises Diverged, and then both stand where they were."""
        before = self.position
        self.plain.forward()
        try:
            self.shuffled.forward()
        except Diverged:
            self.plain.go(before)
            raise

    def go(self, position: int) -> None:
        """Both to a recorded batch."""
        for run in (self.plain, self.shuffled):
            run.go(min(position, run.end))

    def put_away(self) -> None:
        """Take little memory until they are taken up again."""
        for run in (self.plain, self.shuffled):
            run.put_away()

    def take_up(self) -> Self:
        """Take as much memory again as at first."""
        for run in (self.plain, self.shuffled):
            run.take_up()
        return self

    def set_rate(self, rate: float) -> None:
        """Another learning rate for both."""
        for run in (self.plain, self.shuffled):
            run.set_rate(rate)


def order_of_pixels(pixels: int) -> np.ndarray:
    """Which old pixel stands at each new place, the same for every image."""
    return np.random.default_rng(SHUFFLE_SEED).permutation(pixels)


@lru_cache(maxsize=1)
def shuffled(problem: Problem) -> Problem:
    """The same images with the pixels of each in another order, the same order for all."""
    order = order_of_pixels(len(problem.features))
    return Problem(
        name=problem.name,
        features=tuple(problem.features[at] for at in order),
        target=problem.target,
        held_out=problem.held_out,
        split_seed=problem.split_seed,
        # The images take 15 MB: they are not there twice. Whatever takes rows gets arrays.
        x_train=cast(np.ndarray, Reordered(problem.x_train, order)),
        y_train=problem.y_train,
        x_validation=np.take(problem.x_validation, order, axis=1),
        y_validation=problem.y_validation,
        classes=problem.classes,
    )
