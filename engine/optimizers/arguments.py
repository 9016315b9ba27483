"""Checks on the numbers that optimizers and schedules are given, with messages for people."""

from __future__ import annotations

import math
from typing import Any

import numpy as np


def number(
    name: str, value: Any, *, low: float = 0.0, high: float = math.inf, below: bool = False
) -> float:
    """`value` as a float from `low` to `high`; with `below`, `high` itself is refused too.

    Raises:
        ValueError: it is not a number, is NaN or infinite, or lies outside.
    """
    known = isinstance(value, int | float | np.integer | np.floating)
    inside = known and not isinstance(value, bool) and low <= value <= high
    if not inside or (below and value == high):
        raise ValueError(f"{name} must be a number, {_range(low, high, below)}, not {value!r}.")
    try:
        finite = math.isfinite(value)
    except OverflowError:  # a whole number with hundreds of digits
        finite = False
    if not finite:
        raise ValueError(f"{name} must be a finite number, not {value!r}.")
    return float(value)


def number_or_none(name: str, value: Any) -> float | None:
    """`value` as a float, 0 or more; None stays None. ValueError as for `number`."""
    return None if value is None else number(name, value)


def steps(name: str, value: Any) -> float:
    """A number of steps, more than 0, as it was given: whole numbers stay whole in a config.

    Raises:
        ValueError: it is not a finite number, or is 0 or less.
    """
    if number(name, value) == 0:
        raise ValueError(f"{name} must be a number of steps, more than 0, not {value!r}.")
    return int(value) if isinstance(value, int | np.integer) else float(value)


def _range(low: float, high: float, below: bool) -> str:
    if high == math.inf:
        return f"{low:g} or more"
    return f"from {low:g} to below {high:g}" if below else f"from {low:g} to {high:g}"
