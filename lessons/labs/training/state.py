"""What is to be seen of a training lab: curves over epochs, a weight table, where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from engine import Series, Timeline

if TYPE_CHECKING:
    from lessons.labs.training.setup import Settings

FEW_EPOCHS = 3
"""With fewer finished epochs than this, the loss of every batch is drawn as well."""

Points = tuple[np.ndarray, np.ndarray]


@dataclass(frozen=True)
class Curves:
    """Loss over epochs, thinned by the engine so that no spike is lost."""

    batches: Points
    train: Points
    validation: Points

    @classmethod
    def of(cls, timeline: Timeline) -> Curves:
        """The curves recorded by `timeline`, with x in epochs."""
        per_epoch = timeline.trainer.steps_per_epoch
        few = timeline.end < FEW_EPOCHS * per_epoch
        none = (np.empty(0), np.empty(0))
        return cls(
            points(timeline.step_loss, per_epoch) if few else none,
            points(timeline.train_loss, per_epoch),
            points(timeline.val_loss, per_epoch),
        )


@dataclass(frozen=True)
class PastRun:
    """What is kept of a run to compare with: its settings and its curves."""

    settings: Settings
    curves: Curves


def points(series: Series, per_epoch: int) -> Points:
    """A series as points to draw: where neighbours were merged, their lowest and highest."""
    x, low, high, _ = series.arrays()
    if len(x) == 0 or np.array_equal(low, high):
        return x / per_epoch, low
    return np.repeat(x, 2) / per_epoch, np.column_stack([low, high]).ravel()


def value_at(series: Series, step: int) -> float | None:
    """The value of a series at exactly `step`; None where it is merged with its neighbours."""
    x, _, _, last = series.arrays()
    at = int(np.searchsorted(x, step))
    return float(last[at]) if at < len(x) and x[at] == step else None


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
    settings: Settings
    seed: int
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
