"""What is to be seen of the lines lab."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

Points = tuple[np.ndarray, np.ndarray]


@dataclass(frozen=True)
class ModelView:
    """One model: its two lines, its loss, and the gap between the lines at two places."""

    name: str
    lines: tuple[np.ndarray, np.ndarray]
    """Predictions along the axis for group 0 and for group 1."""
    loss: float
    losses: Points
    gaps: tuple[float, ...]
    gaps_hidden: bool
    """True while a question asks about these gaps."""


@dataclass(frozen=True)
class LinesSnapshot:
    """All that is to be seen of the lab."""

    position: int
    end: int
    axis: str
    unit: str
    target: str
    groups: tuple[str, str]
    """What the rows with 0 and those with 1 are called."""
    rows: tuple[Points, Points]
    """The rows of each group: values on the axis, and the target."""
    x_range: tuple[float, float]
    y_range: tuple[float, float]
    high_loss: float
    """The loss of a model that answers the mean to everything: a good one is far below."""
    along: np.ndarray
    """The values at which the lines are computed."""
    places: tuple[float, float]
    models: tuple[ModelView, ...]
    nodes: int
    activation: str
    rate: float
    seed: int
    stopped: bool
    said: str
