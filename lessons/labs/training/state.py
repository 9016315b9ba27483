"""What is to be seen of a training lab: curves over epochs, a weight table, where it stands."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lessons.learning.curves import Curves, EpochLog
from lessons.learning.problem import Problem
from lessons.learning.recipe import Recipe
from lessons.learning.run import Run


@dataclass(frozen=True)
class PastRun:
    """What is kept of a run to compare with: its settings and its curves."""

    recipe: Recipe
    curves: Curves

    @classmethod
    def of(cls, run: Run) -> PastRun | None:
        """What to remember of this run when another one starts; None before its first epoch."""
        return cls(run.farthest_recipe, run.curves()) if run.end >= run.steps_per_epoch else None


@dataclass(frozen=True)
class Weights:
    """One layer's weights, slopes or last changes: (inputs, units), with names for both."""

    layer: int
    shows: str
    values: np.ndarray
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    hidden: bool = False
    """True while a question asks about these numbers."""
    cursor: tuple[int, int] = (0, 0)
    """The weight that explanations and code speak of."""


def names_of(
    problem: Problem, hidden: tuple[int, ...], layer: int
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Names of what goes into a layer and of its nodes."""
    ins = problem.features
    if layer:
        ins = tuple(f"from node {i}" for i in range(hidden[layer - 1]))
    if layer == len(hidden):
        return ins, problem.classes or ("output",)
    return ins, tuple(f"node {i}" for i in range(hidden[layer]))


@dataclass(frozen=True)
class Compiling:
    """How a network stands that is compiled in front of the learner."""

    done: bool
    changed: int | None
    """How many weights compiling changes; None while a question asks for it."""


@dataclass(frozen=True)
class Rows:
    """How many rows there are of each kind at this moment of an epoch."""

    used: int
    """Learned from in this epoch."""
    waiting: int
    held_out: int
    looked_at: bool
    """True after the end of an epoch: the held-out rows have just been predicted."""
    hidden: bool
    """True while a question asks for these numbers."""


@dataclass(frozen=True)
class Judged:
    """What a model gave to the right class of each row, and what follows from it."""

    name: str
    given: tuple[float, ...]
    right: tuple[bool | None, ...]
    losses: tuple[float | None, ...]
    accuracy: float | None
    loss: float | None
    """None, as in the others, while a question asks which model is better."""


@dataclass(frozen=True)
class TrainingSnapshot:
    """All that is to be seen of the lab."""

    position: int
    end: int
    epoch: int
    batch: int
    steps_per_epoch: int
    rows: int
    held_out: int
    parameters: int
    recipe: Recipe
    loss: float | None
    """Of the last batch, before its update."""
    validation_loss: float | None
    """After the last finished epoch."""
    curves: Curves
    before: PastRun | None
    """The run before this one, to compare with."""
    asks_batches: bool
    """True while a question asks how many batches make an epoch, or may be about to."""
    log_axis: bool
    shows: str
    """What is in sight: see TrainingScene.looks."""
    logs: tuple[EpochLog, ...]
    logged: tuple[str, ...]
    """The numbers that a log of this training has."""
    weights: Weights
    compiling: Compiling | None
    split: Rows | None
    pair: tuple[Judged, ...]
    stopped: bool
    said: str

    @property
    def measure(self) -> str:
        """What the curves are of: "loss" or "accuracy"."""
        return "accuracy" if self.shows.startswith("accuracy") else "loss"
