"""What is to be seen of the batches lab."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from lessons.labs.batches.problem import Weights
from lessons.labs.two_weights.state import LossMap

RowState = Literal["waiting", "used", "now"]


@dataclass(frozen=True)
class Row:
    """A row of data. Its numbers are those before the last update."""

    number: int
    inputs: Weights
    target: float
    error: float | None
    """None while it is hidden."""
    slopes: Weights | None
    """2 × error × input, for each weight; None while it is hidden."""
    state: RowState
    """Whether its batch was used in this epoch, and whether that was the last one."""


@dataclass(frozen=True)
class Gradient:
    """A mean slope for each weight, over some rows; None while it is hidden."""

    rows: int
    slopes: Weights | None
    loss: float | None
    """Over the same rows, before the update."""


@dataclass(frozen=True, eq=False)
class MapState:
    """One training on the map of the loss of all rows."""

    name: str
    updates: int
    loss: float | None
    map: LossMap
    path: tuple[Weights, ...]
    full_step: tuple[Weights, Weights] | None
    """From the place before the last update to where all rows would have led."""


@dataclass(frozen=True, eq=False)
class CurveState:
    """The loss over one weight, of all rows and of the last batch; None while it is hidden."""

    weights: np.ndarray
    losses: np.ndarray
    batch: np.ndarray | None
    path: tuple[tuple[float, float], ...]
    """Weights and the loss of all rows there."""


@dataclass(frozen=True, eq=False)
class BatchesSnapshot:
    """All that is to be seen of the lab."""

    position: int
    end: int
    epoch: int
    """The epoch of the last update, from 1; 0 before the first."""
    batch: int
    """Its place in that epoch, from 1."""
    per_epoch: int | None
    """Updates in an epoch; None while it is hidden."""
    size: int
    rate: str
    seed: int | None
    """None where the rows are not shuffled."""
    rows: tuple[Row, ...]
    order: tuple[tuple[int, ...], ...]
    """The batches of this epoch so far."""
    batch_gradient: Gradient | None
    """None before the first update."""
    full_gradient: Gradient
    """At the same weights as the batch gradient; before the first update at the start."""
    angle: float | None
    """Degrees between the two."""
    maps: tuple[MapState, ...]
    """Empty where there is one weight."""
    curve: CurveState | None
    lines: tuple[str, ...]
    stopped: bool
    said: str
