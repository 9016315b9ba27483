"""What every metric has."""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from engine.configs import Configured

Array = NDArray[Any]


class Metric(Configured):
    """A number about the predictions that training reports but does not follow.

    It is made of sums over rows, so that rows can come in any number of parts. `y` holds the
    targets, (rows, target_width), and `p` the predictions, (rows, outputs).

    Args:
        name: what the metric is called in History; Keras's name unless given.
        dtype: taken so that Keras's configs can be read; the sums are float64.
    """

    keras_module: ClassVar[str] = "keras.metrics"
    #: Keras's name of the metric
    default_name: ClassVar[str] = ""
    #: how many numbers `sums` gives
    size: ClassVar[int] = 1

    def __init__(self, name: str | None = None, dtype: Any = None) -> None:
        self.name = name or self.default_name

    def check_widths(self, outputs: int, target_width: int) -> None:
        """Raise ValueError, saying what to do, when the metric cannot work on such columns."""
        if outputs != target_width:
            raise ValueError(
                f"{self.name} compares each output with a target of its own, but there are "
                f"{outputs} outputs and {target_width} target column(s). "
                "For class labels there are 'accuracy' and 'sparse_categorical_crossentropy'."
            )

    def sums(self, y: Array, p: Array) -> Array:
        """What these rows add up to, (size,), float64."""
        raise NotImplementedError

    def result(self, sums: Array, rows: int) -> float:
        """The metric, from the sums over so many rows."""
        raise NotImplementedError

    def get_config(self) -> dict[str, Any]:
        return {"name": self.name}


class MeanMetric(Metric):
    """A metric that is the mean of one number per row."""

    def per_row(self, y: Array, p: Array) -> Array:
        """The number of each row, (rows,)."""
        raise NotImplementedError

    def sums(self, y: Array, p: Array) -> Array:
        return np.asarray([self.per_row(y, p).sum(dtype=np.float64)])

    def result(self, sums: Array, rows: int) -> float:
        return float(sums[0]) / rows
