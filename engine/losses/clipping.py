"""Probabilities that are kept away from 0 and 1, so that their logarithms are finite.

A probability outside the limits has no influence on the loss, so its slope is 0: a network that
is surely wrong has stopped learning from that row, in Keras as well. JAX shares the slope between
the sides when a probability is a limit itself, which happens in float32: it counts half.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from engine.losses.base import Array

#: how far from 0 and 1 probabilities are held (Keras: epsilon)
EPSILON = 1e-7


def smallest(p: Array) -> Any:
    """The smallest number of p: p.min(), without what that method does besides."""
    return np.minimum.reduce(p, axis=None)


def largest(p: Array) -> Any:
    """The largest number of p."""
    return np.maximum.reduce(p, axis=None)


def normalised(p: Array) -> Array:
    """p, (rows, outputs), each row scaled to sum 1."""
    with np.errstate(divide="ignore", invalid="ignore"):  # a row of zeros gives NaN, as in Keras
        scaled: Array = p / p.sum(axis=-1, keepdims=True)
    return scaled


def log_softmax(z: Array) -> Array:
    """The logarithm of softmax(z), (rows, outputs), exact where the softmax itself is 0."""
    shifted: Array = z - z.max(axis=-1, keepdims=True)
    logarithms: Array = shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
    return logarithms


def clip(p: Array) -> Array:
    """p, held between the limits."""
    clipped = np.maximum(p, EPSILON)
    return np.minimum(clipped, 1 - EPSILON, out=clipped)


def clip_slope(p: Array) -> Array:
    """d clip(p) / d p: 1 between the limits, 1/2 on one, 0 beyond."""
    low, high = np.sign(p - EPSILON), np.sign((1.0 - EPSILON) - p)  # -1, 0 or 1 on each side
    low += 1.0
    low *= 0.25
    high += 1.0
    slope: Array = np.multiply(low, high, out=low)
    return slope
