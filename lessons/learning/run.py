"""One run: the network of a recipe, trained on a problem step by step, forwards and back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Self

import numpy as np

from engine import Timeline, Trainer
from lessons.learning.curves import Curves, EpochLog, logs_of
from lessons.learning.problem import Problem
from lessons.learning.recipe import Recipe

HISTORY = 8 * 2**20
"""Bytes for the checkpoints of a run. With the two that undo keeps, the app stays below 150 MB."""

PUT_AWAY = 2 * 2**20
"""The same for a run that is only kept to be taken up again."""

MANY = 4096
"""Rows that are evaluated at once, however many keys are waiting."""

MOST_LOGS = 200
"""Epochs of which a log is kept in sight."""


class Run:
    """Trains the network of a Recipe on a Problem. The recipe stays, but for the learning rate.

    `again` evaluates the training rows after each epoch as well; `see_again` turns that on and off
    on the way. `weights`, as get_weights gives them, are where it starts instead of random ones.
    """

    def __init__(
        self,
        problem: Problem,
        recipe: Recipe,
        *,
        memory: int = HISTORY,
        again: bool = False,
        weights: Sequence[np.ndarray] | None = None,
    ) -> None:
        self.problem, self.recipe = problem, recipe
        self.model = recipe.build(problem)
        if weights is not None:
            self.model.set_weights(weights)
        if recipe.scaling:
            self.model.scaler = problem.scaler
        x, x_held_out = self.network_rows
        self.trainer = Trainer(
            self.model,
            x,
            problem.y_train,
            batch_size=recipe.batch_size,
            validation_data=(x_held_out, problem.y_validation),
            # As fit does it, so that the program under `c` ends with these very weights.
            seed=self.model.next_shuffle_seed(),
        )
        self.trainer.evaluates_training = again
        self._memory = memory
        self.timeline = Timeline(self.trainer, memory=memory)
        self._rates = [(0, recipe.rate)]

    @property
    def network_rows(self) -> tuple[np.ndarray, np.ndarray]:
        """The rows that it learns from and those held out, as the network gets them."""
        problem = self.problem
        return problem.scaled if self.recipe.scaling else (problem.x_train, problem.x_validation)

    def inputs(self, x: np.ndarray) -> np.ndarray:
        """Raw inputs, (rows, columns), as the network gets them: scaled where the recipe says."""
        return self.problem.scaler.transform(x) if self.recipe.scaling else x

    # -- where it stands ----------------------------------------------------------------------

    @property
    def position(self) -> int:
        """The step that the model shows."""
        return self.timeline.position

    @property
    def end(self) -> int:
        """The farthest step that has been taken."""
        return self.timeline.end

    @property
    def steps_per_epoch(self) -> int:
        """Batches in an epoch."""
        return self.trainer.steps_per_epoch

    @property
    def epoch(self) -> int:
        """Epochs finished at this position."""
        return self.trainer.epoch

    @property
    def rate(self) -> float:
        """The learning rate from here on."""
        return self.recipe.rate

    @property
    def last_rate(self) -> float:
        """The learning rate with which the last step was taken; before it, the one of the next."""
        return self._rate_before(self.position)

    # -- moving -------------------------------------------------------------------------------

    def forward(self) -> None:
        """One step on, recorded or new. Raises Diverged, and then nothing has changed."""
        self.timeline.forward()

    def forward_in_parts(self) -> None:
        """A part of that where the whole would take too long for a key to wait.

        The evaluation of many rows at the end of an epoch is such a part after the step. Whatever
        else is done with this run finishes it first.
        """
        if self.trainer.evaluates:
            self.trainer.evaluate_some()
        else:
            self.timeline.forward(evaluate=len(self.problem.x_validation) <= MANY)

    def finish(self) -> None:
        """Finish what `forward_in_parts` has begun."""
        self.trainer.evaluate_rest()

    def see_again(self, again: bool) -> None:
        """Whether the training rows are evaluated after the epochs to come. Raises ValueError."""
        if again and "end_loss" not in self.timeline.logs:
            raise ValueError("This run was made without a curve for that.")
        self.trainer.evaluates_training = again

    def go(self, step: int) -> None:
        """To a recorded step, with the learning rate that it had."""
        self.timeline.go(step)
        self.recipe = replace(self.recipe, rate=self.trainer.learning_rate)

    def jump(self, step: int) -> None:
        """The same for whoever passes by many of them: not ready to go back one by one yet."""
        self.timeline.go(step, ready=False)
        self.recipe = replace(self.recipe, rate=self.trainer.learning_rate)

    def put_away(self) -> None:
        """Take little memory until it is taken up again: showing an early step takes longer."""
        least = max(PUT_AWAY, self.timeline.least_memory)
        self.timeline.use_memory(min(least, self._memory))

    def take_up(self) -> Self:
        """Take as much memory again as at first."""
        self.timeline.use_memory(self._memory)
        return self

    def stop_near(self, target: int, direction: int) -> int:
        """The step nearest to `target`, ahead in `direction`, that can be shown at once.

        Those right after a checkpoint can; any other may take a long replay.
        """
        kept = (step + 1 for step in self.timeline.checkpoints)
        stops = [0, *kept, self.timeline.end]
        ahead = [stop for stop in stops if (stop - self.position) * direction > 0]
        return min(ahead, key=lambda stop: abs(stop - target), default=self.position)

    def set_rate(self, rate: float) -> None:
        """Another learning rate from here on; what came after is forgotten."""
        self.timeline.set_learning_rate(rate)
        earlier = [(step, old) for step, old in self._rates if step < self.position]
        self._rates = [*earlier, (self.position, rate)]
        self.recipe = replace(self.recipe, rate=rate)

    def way_back(self) -> Callable[[], None]:
        """What takes this run back to how it is now, also to what will have been forgotten."""
        self.finish()
        recorded, rates, recipe = self.timeline.recorded(), self._rates, self.recipe

        def restore() -> None:
            self.finish()
            self.timeline.restore(recorded)
            self._rates, self.recipe = rates, recipe

        return restore

    def _rate_before(self, step: int) -> float:
        return [rate for start, rate in self._rates if start < max(step, 1)][-1]

    @property
    def rates(self) -> tuple[tuple[int, float], ...]:
        """The learning rates up to the farthest step, each with the step it counts from."""
        return tuple(self._rates)

    # -- what is to be seen -------------------------------------------------------------------

    def curves(self) -> Curves:
        """Losses and accuracies so far."""
        return Curves.of(self.timeline)

    def logs(self, last: int = MOST_LOGS) -> tuple[EpochLog, ...]:
        """The logs of the newest `last` epochs that are finished at this position, in order."""
        return logs_of(self.timeline, last)

    @property
    def farthest_recipe(self) -> Recipe:
        """The recipe with the learning rate of the farthest step."""
        return replace(self.recipe, rate=self._rate_before(self.end))
