"""The network of 1.4, and what the engine makes of it."""

from __future__ import annotations

import numpy as np

from engine import Trace, trace
from lessons.labs.forward.network import Matrix, build

INPUTS = (3.0, 5.0)
OTHERS = (5.0, 3.0)
HIDDEN_1: Matrix = ((2.0, 4.0), (4.0, -5.0))
HIDDEN_2: Matrix = ((-1.0, 1.0), (2.0, 2.0))
OUT: Matrix = ((-3.0, 7.0),)
WEIGHTS = (HIDDEN_1, HIDDEN_2, OUT)
TURNED = HIDDEN_1[::-1]
SWAPPED = (TURNED, tuple(row[::-1] for row in HIDDEN_2), OUT)


def run(
    inputs: tuple[float, ...] = INPUTS,
    activation: str = "relu",
    weights: tuple[Matrix, ...] = WEIGHTS,
) -> Trace:
    """Every number of the network of this lesson, with some of it changed."""
    return trace(build(weights, activation), np.array(inputs))
