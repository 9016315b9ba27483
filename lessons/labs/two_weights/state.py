"""What is to be seen of the two-weights lab."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from lessons.labs.forward.state import EdgeState, NodeState

Shows = Literal["network", "table", "map"]
How = Literal["start", "hand", "update"]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class RowState:
    """A row of data at the present weights. A number that is not computed yet is None."""

    values: tuple[float, ...]
    """What the two weights multiply."""
    target: float
    prediction: float | None
    error: float | None
    squared: float | None
    hidden: frozenset[str]
    """Names of the numbers that are not shown yet."""


@dataclass(frozen=True)
class Foot:
    """Totals or means below the rows; None where they are not computed yet."""

    name: str
    error: float | None
    squared: float | None
    hidden: frozenset[str]


@dataclass(frozen=True)
class Place:
    """A pair of weights on the way, and what the network is like there."""

    step: int
    how: How
    weights: tuple[float, float]
    prediction: float
    """Of the first row."""
    error: float
    """Of the first row."""
    loss: float
    slopes: tuple[float, float]
    hidden: frozenset[str]


@dataclass(frozen=True, eq=False)
class LossMap:
    """The loss over both weights: `losses[j, i]` at weight 0 = `xs[i]`, weight 1 = `ys[j]`."""

    xs: Floats
    ys: Floats
    losses: Floats
    lowest: tuple[float, float] | None
    """The one place with the lowest loss; None where a whole line of places has it."""
    valley: tuple[tuple[float, float], tuple[float, float]] | None
    """Two places on that line."""


@dataclass(frozen=True, eq=False)
class TwoWeightsSnapshot:
    """All that is to be seen of the lab."""

    shows: Shows
    by_line: bool
    """True where the numbers of the table are computed one at a time."""
    descends: bool
    """True where gradient descent moves the weights."""
    layers: tuple[tuple[NodeState, ...], ...]
    edges: tuple[EdgeState, ...]
    rows: tuple[RowState, ...]
    feet: tuple[Foot, ...]
    now: tuple[int, str]
    """The row and the name of the number computed last; -1 for what is below the rows."""
    places: tuple[Place, ...]
    """The newest places up to the present one."""
    map: LossMap | None
    lines: tuple[str, ...]
    """Lines of arithmetic; the last is new."""
    verdict: str
    rate: str
    said: str
