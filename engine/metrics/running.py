"""The metrics of the rows seen so far."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from engine.metrics.base import Array, Metric

#: about this many rows of predictions are kept before the metrics are computed on them
ROWS_AT_ONCE = 4096


class RunningMetrics:
    """Some metrics over the rows seen so far.

    Predictions are only copied aside when they come; the metrics are computed over thousands of
    rows at once, because a call per batch would cost more than the batch.

    Args:
        metrics: as `resolve` gives them.
        target_width, outputs: how many columns targets and predictions have.
        dtype: of both.

    Attributes:
        names: what the metrics are called in History, each name once.
    """

    def __init__(
        self, metrics: Sequence[Metric], target_width: int, outputs: int, dtype: Any
    ) -> None:
        self.names = unique_names(metrics)
        self._metrics = tuple(metrics)
        rows = ROWS_AT_ONCE if metrics else 0
        self._y = np.empty((rows, target_width), dtype=dtype)
        self._p = np.empty((rows, outputs), dtype=dtype)
        self._waiting = 0
        self._rows = 0
        ends = np.cumsum([metric.size for metric in metrics], dtype=int)
        self._places = [
            slice(end - metric.size, end) for end, metric in zip(ends, metrics, strict=True)
        ]
        self._sums = np.zeros(int(ends[-1]) if len(ends) else 0)

    def add(self, y: Array, p: Array) -> None:
        """Take in some rows of targets and predictions."""
        if not self._metrics:
            return
        rows = len(p)
        if self._waiting + rows > ROWS_AT_ONCE:
            self._settle()
        if rows > ROWS_AT_ONCE:
            self._count(y, p)
            return
        self._y[self._waiting : self._waiting + rows] = y
        self._p[self._waiting : self._waiting + rows] = p
        self._waiting += rows

    def results(self) -> dict[str, float]:
        """Name -> metric over the rows taken in since the last reset; NaN without any."""
        self._settle()
        return {
            name: metric.result(self._sums[place], self._rows) if self._rows else float("nan")
            for name, metric, place in zip(self.names, self._metrics, self._places, strict=True)
        }

    def reset(self) -> None:
        """Start again with no rows."""
        self._sums[:] = 0.0
        self._rows = self._waiting = 0

    def state(self) -> tuple[int, tuple[float, ...]]:
        """(rows, sums): all that is needed to go on from here."""
        self._settle()
        return self._rows, tuple(self._sums.tolist())

    def restore(self, state: tuple[int, tuple[float, ...]]) -> None:
        """Go back to a state that `state` gave."""
        self._rows, self._sums[:] = state
        self._waiting = 0

    def _settle(self) -> None:
        if self._waiting:
            self._count(self._y[: self._waiting], self._p[: self._waiting])
            self._waiting = 0

    def _count(self, y: Array, p: Array) -> None:
        for metric, place in zip(self._metrics, self._places, strict=True):
            self._sums[place] += metric.sums(y, p)
        self._rows += len(p)


def unique_names(metrics: Sequence[Metric]) -> tuple[str, ...]:
    """The names of the metrics for History: the second "mae" is "mae_1", then "mae_2", as in
    Keras (CompileMetrics.get_result)."""
    seen: dict[str, int] = {}
    names = []
    for metric in metrics:
        count = seen.get(metric.name, 0)
        seen[metric.name] = count + 1
        names.append(f"{metric.name}_{count}" if count else metric.name)
    return tuple(names)
