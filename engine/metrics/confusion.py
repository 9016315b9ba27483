"""Precision and recall: how the positives come out (keras/src/metrics/confusion_metrics.py)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

import numpy as np

from engine.arguments import number
from engine.metrics.base import Array, Metric


class _TruePositives(Metric):
    """A share that true positives have: hits / (hits + misses), and 0 where there are neither.

    An output is called positive where p > threshold, and is positive where y is not 0. All
    outputs of all rows count alike.

    Args:
        thresholds: one threshold between 0 and 1; None is 0.5.

    Raises:
        ValueError: more than one threshold, or one that is not between 0 and 1.
    """

    size = 2
    off: ClassVar[Mapping[str, Any]] = {"top_k": None, "class_id": None}

    def __init__(
        self,
        thresholds: float | Sequence[float] | None = None,
        *,
        name: str | None = None,
        dtype: Any = None,
    ) -> None:
        super().__init__(name, dtype)
        self.thresholds = thresholds
        given = [thresholds] if thresholds is None or np.isscalar(thresholds) else thresholds
        if not isinstance(given, list | tuple) or len(given) != 1:
            raise ValueError(
                f"{self.name} takes one threshold, such as thresholds=0.5, not {thresholds!r}. "
                "Give a metric of its own for each threshold."
            )
        only = 0.5 if given[0] is None else given[0]
        self.threshold = number(f"{self.name}: thresholds", only, high=1.0)

    def missed(self, called: Array, positive: Array) -> Array:
        """Which outputs count against it; `called` and `positive` are boolean, (rows, outputs)."""
        raise NotImplementedError

    def sums(self, y: Array, p: Array) -> Array:
        called, positive = p > self.threshold, y != 0
        hits, misses = called & positive, self.missed(called, positive)
        return np.asarray([np.count_nonzero(hits), np.count_nonzero(misses)], np.float64)

    def result(self, sums: Array, rows: int) -> float:
        hits, misses = sums
        return float(hits / (hits + misses)) if hits else 0.0

    def get_config(self) -> dict[str, Any]:
        return super().get_config() | {"thresholds": self.thresholds}


class Precision(_TruePositives):
    """Of the outputs called positive, the share that is positive."""

    default_name = "precision"

    def missed(self, called: Array, positive: Array) -> Array:
        return called & ~positive


class Recall(_TruePositives):
    """Of the positive outputs, the share that is called positive."""

    default_name = "recall"

    def missed(self, called: Array, positive: Array) -> Array:
        return positive & ~called
