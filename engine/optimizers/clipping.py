"""Gradient clipping: a gradient that is too long is made shorter (keras base_optimizer.py).

A gradient is one flat vector. None of these changes the vector it is given. A norm that is not a
number spreads to the gradient, as in Keras: clipping must not hide that training diverged.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]


def by_norm(gradient: Array, variables: Sequence[slice], limit: float) -> Array:
    """Each weight array's piece g by itself: g * limit / |g| where |g| > limit."""
    clipped = gradient.copy()
    for variable in variables:
        piece = clipped[variable]
        norm = math.sqrt(piece.dot(piece))
        if not norm <= limit:
            piece *= limit / norm
    return clipped


def by_global_norm(gradient: Array, limit: float) -> Array:
    """The whole gradient g: g * limit / |g| where |g| > limit."""
    norm = math.sqrt(gradient.dot(gradient))
    if norm <= limit:
        return gradient
    # Keras lets an infinite norm end in NaN here, where `by_norm` makes zeros of it.
    return gradient * (limit / norm if math.isfinite(norm) else math.nan)


def by_value(gradient: Array, limit: float) -> Array:
    """Every number by itself: into -limit .. limit."""
    return np.clip(gradient, -limit, limit)
