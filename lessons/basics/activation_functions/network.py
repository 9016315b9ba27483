"""The two networks of 1.3, and what the engine makes of them."""

from __future__ import annotations

import numpy as np

from engine import Trace, trace
from lessons.labs.activation.functions import apply
from lessons.labs.forward.network import Matrix, build

INPUTS = (2.0, 3.0)
BANK: tuple[Matrix, ...] = (((1.0, 1.0), (-1.0, 1.0)), ((2.0, -1.0),))
"""The network of 1.2."""

SECOND: tuple[Matrix, ...] = (((2.0, 4.0), (4.0, -5.0)), ((2.0, 7.0),))
"""One with a negative sum."""


def run(activation: str, weights: tuple[Matrix, ...] = BANK) -> Trace:
    """Every number of a network for the inputs 2 and 3."""
    return trace(build(weights, activation), np.array(INPUTS))


def value(activation: str, z: float) -> float:
    """What an activation makes of z."""
    return float(apply(activation, np.array([z]))[0][0])


def slope(activation: str, z: float) -> float:
    """How steep an activation is at z."""
    return float(apply(activation, np.array([z]))[1][0])
