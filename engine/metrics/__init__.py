"""Metrics: numbers about the predictions that training reports but does not follow.

What a metric is called in History is Keras's rule: a string is its own name ("acc", "MSE",
"Precision"), an object has the name of its class in snake case ("precision") or the one it was
given, and a name that comes again gets "_1", "_2". Keras also counts the unnamed Precision and
Recall objects of a whole Python session, so that those of a second model are "precision_1"; here
every model starts anew, as a fresh session does.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine import configs
from engine.losses import Loss
from engine.metrics.accuracy import (
    AutoAccuracy,
    BinaryAccuracy,
    CategoricalAccuracy,
    SparseCategoricalAccuracy,
)
from engine.metrics.base import MeanMetric, Metric
from engine.metrics.confusion import Precision, Recall
from engine.metrics.losses import (
    BinaryCrossentropy,
    CategoricalCrossentropy,
    Hinge,
    MeanAbsoluteError,
    MeanSquaredError,
    SparseCategoricalCrossentropy,
)
from engine.metrics.running import ROWS_AT_ONCE, RunningMetrics, unique_names

__all__ = [
    "METRICS",
    "ROWS_AT_ONCE",
    "AutoAccuracy",
    "BinaryAccuracy",
    "BinaryCrossentropy",
    "CategoricalAccuracy",
    "CategoricalCrossentropy",
    "Hinge",
    "MeanAbsoluteError",
    "MeanMetric",
    "MeanSquaredError",
    "Metric",
    "Precision",
    "Recall",
    "RunningMetrics",
    "SparseCategoricalAccuracy",
    "SparseCategoricalCrossentropy",
    "get",
    "resolve",
    "unique_names",
]

#: every name that may be written, with its class; capitals and class names are taken as well
METRICS: dict[str, type[Metric]] = {
    "accuracy": AutoAccuracy,
    "acc": AutoAccuracy,
    "binary_accuracy": BinaryAccuracy,
    "categorical_accuracy": CategoricalAccuracy,
    "sparse_categorical_accuracy": SparseCategoricalAccuracy,
    "mean_squared_error": MeanSquaredError,
    "mse": MeanSquaredError,
    "mean_absolute_error": MeanAbsoluteError,
    "mae": MeanAbsoluteError,
    "precision": Precision,
    "recall": Recall,
    "hinge": Hinge,
    "binary_crossentropy": BinaryCrossentropy,
    "bce": BinaryCrossentropy,
    "categorical_crossentropy": CategoricalCrossentropy,
    "sparse_categorical_crossentropy": SparseCategoricalCrossentropy,
}


def get(metric: str | Mapping[str, Any] | Metric) -> Metric:
    """The metric of that name, the metric itself, or one from Keras's JSON form.

    Raises:
        ValueError: the name is unknown; the message has the nearest match.
    """
    if isinstance(metric, Mapping) and metric.get("class_name") == "Accuracy":
        raise ValueError(
            "keras.metrics.Accuracy counts outputs that equal the target to the last digit, "
            "which this engine does not have. Use metrics=['accuracy']."
        )
    found = configs.resolve("metric", metric, METRICS, Metric, "a name such as 'accuracy'")
    if isinstance(metric, str):
        found.name = metric
    return found


def resolve(
    metric: str | Mapping[str, Any] | Metric,
    *,
    outputs: int,
    target_width: int,
    loss: Loss | None = None,
) -> Metric:
    """The metric for a model with so many outputs and target columns; "accuracy" becomes the one
    that fits. The loss has no say in it, in Keras 3 either.

    Raises:
        ValueError: the name is unknown, or the metric cannot work on such columns.
    """
    found = get(metric)
    found.check_widths(outputs, target_width)
    return found.fitting(outputs, target_width) if isinstance(found, AutoAccuracy) else found
