"""Regularizers: the penalty of some weights and its slope."""

from __future__ import annotations

import numpy as np

from engine.regularizers import L1L2, Regularizer
from engine.trace.formulas.text import magnitude, number, plus


def penalty(regularizer: Regularizer, weights: np.ndarray) -> str:
    """l1 × (|w0| + |w1| + ...) + l2 × (w0² + w1² + ...)"""
    if not isinstance(regularizer, L1L2):
        return number(regularizer.penalty(weights))
    parts, values = [], [float(weight) for weight in weights.ravel()]
    if regularizer.l1:
        sizes = " + ".join(magnitude(weight) for weight in values)
        parts.append(f"{number(regularizer.l1)} × ({sizes})")
    if regularizer.l2:
        squares = " + ".join(f"{number(weight)}²" for weight in values)
        parts.append(f"{number(regularizer.l2)} × ({squares})")
    return " + ".join(parts) or "0"


def slope(regularizer: Regularizer | None, weight: float) -> str:
    """What the penalty adds to the slope of a weight: " + 2 × l2 × w"; nothing without one."""
    if regularizer is None:
        return ""
    if not isinstance(regularizer, L1L2):
        added = np.zeros(1)
        regularizer.add_slope(np.array([weight]), added)
        return plus(float(added[0]))
    text = ""
    if regularizer.l1:
        text += f" {'+' if weight >= 0 else '-'} {number(regularizer.l1)}"
    if regularizer.l2:
        text += f" + 2 × {number(regularizer.l2)} × {number(weight)}"
    return text
