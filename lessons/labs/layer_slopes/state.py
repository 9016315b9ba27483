"""What is to be seen of the slopes per layer."""

from __future__ import annotations

from dataclasses import dataclass

from lessons.labs.layer_slopes.setup import Settings
from lessons.learning.curves import Curves


@dataclass(frozen=True)
class Column:
    """One network: the size of its slopes in each layer, first layer first; None is not seen."""

    activation: str
    slopes: tuple[float | None, ...]
    loss: float | None
    ratio: float | None
    """Slopes of the first layer / slopes of the output's layer, where both are seen."""


@dataclass(frozen=True, eq=False)
class SlopesSnapshot:
    """All that is to be seen."""

    position: int
    end: int
    flows: bool
    epoch: int
    batch: int
    steps_per_epoch: int
    settings: Settings
    columns: tuple[Column, ...]
    curves: tuple[Curves, ...]
    cursor: tuple[int, int]
    """Layer from 0 (the output's layer is the last) and network that are pointed at."""
    pointed: str
    plot: str
    said: str
