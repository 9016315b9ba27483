"""What is to be seen of an activity lab."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lessons.learning.curves import Curves, Points
from lessons.learning.recipe import Recipe


@dataclass(frozen=True, eq=False)
class LayerCells:
    """A hidden layer: for each node the share of rows on which it is above 0, and if it is dead."""

    share: np.ndarray
    dead: np.ndarray

    @property
    def deaths(self) -> int:
        """How many nodes are dead."""
        return int(self.dead.sum())


@dataclass(frozen=True, eq=False)
class Before:
    """What is kept of the run before this one, to compare with."""

    recipe: Recipe
    deaths: Points
    """Of the first hidden layer."""
    loss: Points
    """The training loss; the loss of each batch before the first epoch has ended."""


@dataclass(frozen=True, eq=False)
class ActivitySnapshot:
    """All that is to be seen."""

    position: int
    end: int
    epoch: int
    batch: int
    steps_per_epoch: int
    recipe: Recipe
    loss: float | None
    """Of the last batch, before its update."""
    layers: tuple[LayerCells, ...]
    """Empty while a question asks what will become of the nodes."""
    cursor: tuple[int, int]
    pointed: str
    """What the node under the cursor does, in a line."""
    plot: str
    deaths: tuple[Points, ...]
    curves: Curves
    before: Before | None
    base: float
    """The loss of an answer that is the same for every row: the share of each class."""
    said: str

    @property
    def hidden(self) -> bool:
        """Whether the nodes must not be seen yet."""
        return not self.layers
