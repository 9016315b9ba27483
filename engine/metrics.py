"""Metrics: numbers about the predictions that training reports but does not follow.

`y` holds the targets and `p` the predictions, both of shape (rows, outputs). A metric gives one
number per row; what is reported is the mean over all rows of an epoch, as Keras does it
(keras/src/metrics/accuracy_metrics.py, regression_metrics.py).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.names import look_up

Array = NDArray[Any]
Metric = Callable[[Array, Array], Array]

#: about this many rows of predictions are kept before the metrics are computed on them
ROWS_AT_ONCE = 4096


def accuracy(y: Array, p: Array) -> Array:
    """1 where a row is classified right, else 0.

    One output column: right when (p > 0.5) equals y. Several: right when the largest prediction
    stands in the same column as the largest target.
    """
    if p.shape[-1] == 1:
        right: Array = ((p > 0.5) == y)[:, 0]
    else:
        right = p.argmax(axis=-1) == y.argmax(axis=-1)
    return right


def mean_squared_error(y: Array, p: Array) -> Array:
    """The mean of (p - y)^2 over the outputs of each row."""
    return np.asarray(np.square(p - y).mean(axis=-1))


def mean_absolute_error(y: Array, p: Array) -> Array:
    """The mean of |p - y| over the outputs of each row."""
    return np.asarray(np.abs(p - y).mean(axis=-1))


METRICS: dict[str, Metric] = {
    "accuracy": accuracy,
    "acc": accuracy,
    "mean_squared_error": mean_squared_error,
    "mse": mean_squared_error,
    "mean_absolute_error": mean_absolute_error,
    "mae": mean_absolute_error,
}


def get(name: str) -> Metric:
    """The metric of that name.

    Raises:
        ValueError: the name is unknown; the message has the nearest match.
    """
    if not isinstance(name, str):
        raise ValueError(f"A metric is a name such as 'accuracy', not {name!r}.")
    return look_up("metric", name, METRICS)


class RunningMetrics:
    """The means of some metrics over the rows seen so far.

    Predictions are only copied aside when they come; the metrics are computed over thousands of
    rows at once, because a call per batch would cost more than the batch.
    """

    def __init__(self, names: Sequence[str], outputs: int, dtype: Any) -> None:
        self.names = tuple(names)
        self._metrics = tuple(get(name) for name in names)
        self._y = np.empty((ROWS_AT_ONCE, outputs), dtype=dtype)
        self._p = np.empty((ROWS_AT_ONCE, outputs), dtype=dtype)
        self._waiting = 0
        self._sums = [0.0] * len(self.names)
        self._rows = 0

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

    def means(self) -> dict[str, float]:
        """Name -> mean over the rows taken in since the last reset."""
        self._settle()
        return {
            name: total / self._rows if self._rows else float("nan")
            for name, total in zip(self.names, self._sums, strict=True)
        }

    def reset(self) -> None:
        """Start again with no rows."""
        self.restore((0, (0.0,) * len(self.names)))

    def state(self) -> tuple[int, tuple[float, ...]]:
        """(rows, sums): all that is needed to go on from here."""
        self._settle()
        return self._rows, tuple(self._sums)

    def restore(self, state: tuple[int, tuple[float, ...]]) -> None:
        """Go back to a state that `state` gave."""
        self._rows, sums = state
        self._sums = list(sums)
        self._waiting = 0

    def _settle(self) -> None:
        if self._waiting:
            self._count(self._y[: self._waiting], self._p[: self._waiting])
            self._waiting = 0

    def _count(self, y: Array, p: Array) -> None:
        for index, metric in enumerate(self._metrics):
            self._sums[index] += float(metric(y, p).sum(dtype=np.float64))
        self._rows += len(p)
