"""How losses and their spread are written where they stand in columns."""

from __future__ import annotations

import math

from lessons.learning.experiment import Spread


def loss_text(value: float | None, decimals: int = 3) -> str:
    """A loss in a steady width; powers of ten where it has exploded; ? where it is not known."""
    if value is None or not math.isfinite(value):
        return "?"
    if abs(value) >= 1e5:
        return f"{value:.2e}"
    return f"{value:.{max(0, decimals - len(str(int(abs(value)))) + 1)}f}"


def spread_text(spread: Spread) -> str:
    """The mean, and from the lowest to the highest where there is more than one value."""
    if spread.width == 0:
        return loss_text(spread.mean)
    low, high = loss_text(spread.low), loss_text(spread.high)
    return f"{loss_text(spread.mean)} ({low}–{high})"
