"""A check that only schedules need; the others are in `engine.arguments`."""

from __future__ import annotations

from typing import Any

import numpy as np

from engine.arguments import number


def steps(name: str, value: Any) -> float:
    """A number of steps, more than 0, as it was given: whole numbers stay whole in a config.

    Raises:
        ValueError: it is not a finite number, or is 0 or less.
    """
    if number(name, value) == 0:
        raise ValueError(f"{name} must be a number of steps, more than 0, not {value!r}.")
    return int(value) if isinstance(value, int | np.integer) else float(value)
