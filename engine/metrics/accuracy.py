"""Accuracies: the share of rows, or of outputs, that are right (keras/src/metrics/
accuracy_metrics.py)."""

from __future__ import annotations

from typing import Any

import numpy as np

from engine.arguments import number
from engine.metrics.base import Array, MeanMetric


class BinaryAccuracy(MeanMetric):
    """The share of outputs where (p > threshold) is y.

    Raises:
        ValueError: the threshold is not between 0 and 1.
    """

    default_name = "binary_accuracy"

    def __init__(self, name: str | None = None, dtype: Any = None, threshold: float = 0.5) -> None:
        super().__init__(name, dtype)
        self.threshold = number(f"{self.name}: threshold", threshold, high=1.0)

    def per_row(self, y: Array, p: Array) -> Array:
        right: Array = (p > self.threshold) == y
        return right[:, 0] if p.shape[-1] == 1 else np.asarray(right.mean(axis=-1))

    def get_config(self) -> dict[str, Any]:
        return super().get_config() | {"threshold": self.threshold}


class CategoricalAccuracy(MeanMetric):
    """The share of rows whose largest prediction stands in the column of the largest target."""

    default_name = "categorical_accuracy"

    def check_widths(self, outputs: int, target_width: int) -> None:
        if outputs != target_width or outputs == 1:
            raise ValueError(
                f"{self.name} needs an output and a target column per class, but there are "
                f"{outputs} output(s) and {target_width} target column(s). 'accuracy' finds out "
                "which accuracy fits."
            )

    def per_row(self, y: Array, p: Array) -> Array:
        return np.asarray(p.argmax(axis=-1) == y.argmax(axis=-1))


class SparseCategoricalAccuracy(MeanMetric):
    """The share of rows whose largest prediction stands in the column that the label names."""

    default_name = "sparse_categorical_accuracy"

    def check_widths(self, outputs: int, target_width: int) -> None:
        if target_width != 1 or outputs == 1:
            raise ValueError(
                f"{self.name} needs an output per class and one column of labels, but there are "
                f"{outputs} output(s) and {target_width} target column(s). 'accuracy' finds out "
                "which accuracy fits."
            )

    def per_row(self, y: Array, p: Array) -> Array:
        return np.asarray(p.argmax(axis=-1) == y[:, 0])


class AutoAccuracy(MeanMetric):
    """What "accuracy" and "acc" stand for: the accuracy that fits the data.

    It is Keras's choice (keras/src/trainers/compile_utils.py): one output, BinaryAccuracy; one
    target column for several outputs, SparseCategoricalAccuracy; else CategoricalAccuracy. Keras
    has no class for it; its class Accuracy is something else.
    """

    default_name = "accuracy"

    def check_widths(self, outputs: int, target_width: int) -> None:
        self.fitting(outputs, target_width).check_widths(outputs, target_width)

    def fitting(self, outputs: int, target_width: int) -> MeanMetric:
        """The accuracy for so many columns, under the same name."""
        if outputs == 1:
            return BinaryAccuracy(self.name)
        if target_width == 1:
            return SparseCategoricalAccuracy(self.name)
        return CategoricalAccuracy(self.name)

    def per_row(self, y: Array, p: Array) -> Array:
        return self.fitting(p.shape[-1], y.shape[-1]).per_row(y, p)
