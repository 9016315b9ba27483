"""What is to be seen of the one-weight lab."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Row:
    """The state before update number `step`: what the table lists."""

    step: int
    weight: float
    prediction: float
    error: float
    loss: float
    loss_slope: float
    activation_slope: float
    slope: float
    rate: float


@dataclass(frozen=True)
class OneWeightSnapshot:
    """All that is to be seen of the lab."""

    rows: tuple[Row, ...]
    """From step 0 to the current one."""
    hidden: tuple[frozenset[str], ...]
    """For each of these rows, the names of the numbers that are not shown yet."""
    input: float
    target: float
    rate: str
    lines: tuple[str, ...]
    """The lines computed for this update; the last one is new."""
    by_factor: bool
    """True when one line is computed at a time."""
    curve: tuple[np.ndarray, np.ndarray]
    """Weights and the loss at each: the parabola."""
    best: float | None
    """The weight with the smallest loss; None when the input is 0 and no weight matters."""
    verdict: str
    diverged: bool
    said: str
