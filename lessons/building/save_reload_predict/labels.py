"""Two predictions, taken apart as NumPy does it."""

from __future__ import annotations

import numpy as np

Given = tuple[tuple[float, float], ...]


def column(given: Given) -> tuple[float, ...]:
    """predictions[:, 1]"""
    return tuple(map(float, np.array(given)[:, 1]))


def labels(given: Given, threshold: float) -> tuple[float, ...]:
    """1 where the probability of class 1 is above the threshold, else 0."""
    return tuple(map(float, np.array(given)[:, 1] > threshold))
