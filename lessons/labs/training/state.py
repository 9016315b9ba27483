"""What is to be seen of a training lab: curves over epochs, a weight table, where it stands."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lessons.learning.curves import Curves
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
    features: tuple[str, ...], hidden: tuple[int, ...], layer: int
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Names of what goes into a layer and of its nodes."""
    ins = features if layer == 0 else tuple(f"from node {i}" for i in range(hidden[layer - 1]))
    last = layer == len(hidden)
    outs = ("output",) if last else tuple(f"node {i}" for i in range(hidden[layer]))
    return ins, outs


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
    weights: Weights
    stopped: bool
    said: str
