"""Checks on single arguments, such as a rate or a number of rows, with messages for people."""

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
        limits = _range(low, high, below)
        raise ValueError(f"{name} must be a number{limits}, not {shown(value)}.")
    if not _is_finite(value):
        raise ValueError(f"{name} must be a finite number, not {shown(value)}.")
    return float(value)


def number_or_none(name: str, value: Any) -> float | None:
    """`value` as a float, 0 or more; None stays None. ValueError as for `number`."""
    return None if value is None else number(name, value)


def whole(name: str, value: Any, low: int = 1) -> int:
    """`value` as an int.

    Raises:
        ValueError: it is not a whole number of at least `low`.
    """
    if isinstance(value, bool) or not isinstance(value, int | np.integer) or value < low:
        raise ValueError(f"{name} must be a whole number, {low} or more, not {shown(value)}.")
    return int(value)


def flag(name: str, value: Any) -> bool:
    """`value` as a bool; 0 and 1 are taken too, and "no" is not, which Python counts as true.

    Raises:
        ValueError: it is something else.
    """
    if not isinstance(value, bool | int | np.bool_ | np.integer) or value not in (0, 1):
        raise ValueError(f"{name} must be True or False, not {shown(value)}.")
    return bool(value)


def shown(value: Any) -> str:
    """What was given, as it is written, but no longer than fits into a message."""
    try:
        text = repr(value)
    except ValueError:  # Python does not write out whole numbers with thousands of digits
        return "a number that is far too large"
    return text if len(text) <= 200 else f"{text[:160]}... (cut off)"


def _is_finite(value: Any) -> bool:
    try:
        return math.isfinite(value)
    except OverflowError:  # a whole number with hundreds of digits
        return False


def _range(low: float, high: float, below: bool) -> str:
    if high == math.inf:
        return "" if low == -math.inf else f", {low:g} or more"
    return f", from {low:g} to below {high:g}" if below else f", from {low:g} to {high:g}"
