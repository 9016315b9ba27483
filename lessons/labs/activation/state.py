"""What is to be seen of the activation lab."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from lessons.labs.forward.state import EdgeState, NodeState

Part = Literal["value", "slope"]


@dataclass(frozen=True)
class Reading:
    """One number at the cursor: its name, what it amounts to, and where it comes from.

    `number` is None while it is hidden; `filled` is the formula with the values put in.
    """

    name: str
    number: float | None
    formula: str
    filled: str


@dataclass(frozen=True)
class Slide:
    """One activation as curves, and the place on them."""

    z: float
    readings: tuple[Reading, ...]
    """z, the value, the slope where it is spoken of."""
    verdict: str
    """What the slope says here: flat, steep, a corner."""
    flat: bool
    curve: tuple[np.ndarray, np.ndarray, np.ndarray]
    """z, the value and the slope at each."""
    low: float
    high: float
    """Between these are all that is to be seen of the curves."""
    hidden: frozenset[Part]
    """The curves that are not to be seen yet."""


@dataclass(frozen=True)
class Result:
    """The network with one activation: the hidden nodes and the output, as text.

    Cells are empty while they are not computed.
    """

    activation: str
    cells: tuple[str, ...]
    now: bool


@dataclass(frozen=True)
class Comparison:
    """The same network with each activation."""

    columns: tuple[str, ...]
    results: tuple[Result, ...]
    """First the sums, which are the same for all, then a row for each activation."""
    layers: tuple[tuple[NodeState, ...], ...]
    edges: tuple[EdgeState, ...]
    lines: tuple[str, ...]
    """The arithmetic of the activation computed last."""


@dataclass(frozen=True)
class ActivationSnapshot:
    """All that is to be seen of the lab."""

    shows: str
    activation: str
    """Empty in the comparison as long as none is computed."""
    slide: Slide
    comparison: Comparison
    said: str
