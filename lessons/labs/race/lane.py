"""One lane: a training at one rate, forwards and back, until its numbers are too large."""

from __future__ import annotations

from array import array
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from engine import SGD, Dense, Diverged, Sequential, Timeline, Trainer
from lessons.labs.race.setup import HANDED_ON, Entry
from lessons.learning.activity import dead_nodes
from lessons.learning.curves import EpochLog, logs_of
from lessons.learning.problem import Problem
from lessons.learning.recipe import Recipe
from lessons.learning.run import Run

HISTORY = 3 * 2**20
"""Bytes for the checkpoints and curves of a lane."""

PUT_AWAY = 3 * 2**18
"""The same for a lane of a page that is not open: nine pages with three lanes take 21 MB."""

MOST_POINTS = 2000
"""Of a curve that is drawn as it is; a longer one is drawn as the engine thins it."""

INPUT, WEIGHT, TARGET = 3.0, 2.0, 10.0
"""The one-weight problem of chapter 2."""

HIDDEN, BATCH_SIZE = (100, 100), 32


@dataclass(frozen=True)
class Fall:
    """Where and why a lane could not go on: the step that failed, from 1, and the engine's word."""

    step: int
    reason: str

    @property
    def word(self) -> str:
        """The reason in three letters, as Keras prints it."""
        return "inf" if "inf" in self.reason else "nan"


class Lane:
    """A training at one rate. What it records stays: the same steps give the same numbers."""

    def __init__(
        self,
        entry: Entry,
        timeline: Timeline,
        *,
        first_loss: float,
        look: Callable[[], tuple[float, float]] | None = None,
        dead: Callable[[], tuple[int, ...]] | None = None,
        run: Run | None = None,
    ) -> None:
        self.entry, self.timeline = entry, timeline
        self.run = run
        """What trains, where it is on a table."""
        self.first_loss = first_loss
        """The loss on all training rows before the first step."""
        self.fall: Fall | None = None
        self.batches = array("d")
        """The loss of each batch, before its update; batch k stands at k - 1."""
        self.weights, self.losses = array("d"), array("d")
        """The one weight, and the loss with it, after each step and before the first; empty where
        there are many weights."""
        self._look, self._dead = look, dead
        self._counted: tuple[int, tuple[int, ...]] | None = None
        self._note()

    def _note(self) -> None:
        if self._look is not None:
            weight, loss = self._look()
            self.weights.append(weight)
            self.losses.append(loss)

    @property
    def position(self) -> int:
        """The step that its model shows."""
        return self.timeline.position

    @property
    def end(self) -> int:
        """The farthest step that it has taken."""
        return self.timeline.end

    @property
    def fallen(self) -> bool:
        """Whether it stands where it cannot go on."""
        return self.fall is not None and self.position == self.end

    def forward(self) -> bool:
        """One step on; False where it cannot go on."""
        if self.fallen:
            return False
        try:
            loss = self.timeline.forward()
        except Diverged as diverged:
            self.fall = Fall(diverged.step, diverged.reason)
            return False
        if len(self.batches) < self.position:
            self.batches.append(loss)
            self._note()
        return True

    def go(self, step: int) -> None:
        """To that step, or to where it fell, if that is before."""
        self.timeline.go(min(step, self.end))

    def logs(self, last: int) -> tuple[EpochLog, ...]:
        """The logs of the newest epochs finished at this position."""
        return logs_of(self.timeline, last)

    @property
    def dead(self) -> tuple[int, ...]:
        """Dead nodes of each hidden layer at this position; empty where there are none to count."""
        if self._dead is None:
            return ()
        if self._counted is None or self._counted[0] != self.position:
            self._counted = self.position, self._dead()
        return self._counted[1]


def on_one_weight(entry: Entry) -> Lane:
    """A lane on the one-weight problem: one row, one weight, no bias. A step is an epoch."""
    model = Sequential([Dense(1, use_bias=False, input_shape=(1,))], dtype="float64")
    model.compile(optimizer=SGD(entry.rate), loss="mean_squared_error")
    model.set_weights([np.array([[WEIGHT]])])
    x, y = np.array([[INPUT]]), np.array([[TARGET]])
    trainer = Trainer(model, x, y, batch_size=1, shuffle=False)

    def look() -> tuple[float, float]:
        weight = float(model.parameters[0])
        assert model.loss is not None
        with np.errstate(over="ignore"):
            return weight, float(model.loss.value(y, x * weight))

    return Lane(entry, Timeline(trainer, memory=HISTORY), first_loss=look()[1], look=look)


def recipe_of(scaling: bool, seed: int) -> Recipe:
    """What every lane on a table has in common."""
    # The loss takes scores: with probabilities, Keras and this engine cut them off at
    # 0.9999999, where a network that is far too sure of itself gets no slope any more.
    return Recipe(
        hidden=HIDDEN,
        optimizer="sgd",
        batch_size=BATCH_SIZE,
        scaling=scaling,
        from_logits=True,
        seed=seed,
    )


def on_problem(
    problem: Problem, entries: tuple[Entry, ...], place: int, scaling: bool, seed: int
) -> Lane:
    """The lane at `place` on a problem, with a new model or the one handed on by another lane."""
    entry = entries[place]
    recipe = replace(recipe_of(scaling, seed), rate=entry.rate)
    weights = None
    if entry.after is not None:
        before = on_problem(problem, entries, entry.after, scaling, seed)
        for _ in range(HANDED_ON * before.timeline.trainer.steps_per_epoch):
            if not before.forward():
                break
        weights = before.timeline.trainer.model.get_weights()
    run = Run(problem, recipe, memory=HISTORY, weights=weights)
    x = run.inputs(problem.x_train)
    return Lane(
        entry,
        run.timeline,
        first_loss=_loss(run.model.evaluate(x, problem.y_train, verbose=0)),
        dead=lambda: dead_nodes(run.model, x),
        run=run,
    )


def _loss(evaluated: object) -> float:
    """The loss among what evaluate gives: alone, or before the metrics."""
    loss = evaluated[0] if isinstance(evaluated, list | tuple) else evaluated
    assert isinstance(loss, float)
    return loss
