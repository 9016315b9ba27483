"""Metrics that are a loss, reported (keras/src/metrics/regression_metrics.py and others)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from engine import losses
from engine.metrics.base import Array, MeanMetric


class _LossMetric(MeanMetric):
    """The mean over the rows of a loss."""

    kind: ClassVar[type[losses.Loss]]

    def __init__(self, name: str | None = None, dtype: Any = None, **options: Any) -> None:
        super().__init__(name or self.kind.default_name, dtype)
        self.loss = self.kind(**options)

    def check_widths(self, outputs: int, target_width: int) -> None:
        if self.loss.target_width(outputs) == outputs:
            super().check_widths(outputs, target_width)
        elif target_width != 1:
            raise ValueError(
                f"{self.name} needs one column of labels, but there are {outputs} output(s) and "
                f"{target_width} target column(s). For one-hot rows there is "
                "'categorical_crossentropy'."
            )

    def per_row(self, y: Array, p: Array) -> Array:
        return self.loss.per_row(y, p)

    def get_config(self) -> dict[str, Any]:
        config = self.loss.get_config() | {"name": self.name}
        del config["reduction"]
        return config


class MeanSquaredError(_LossMetric):
    """The mean of (p - y)^2."""

    kind = losses.MeanSquaredError

    def __init__(self, name: str | None = None, dtype: Any = None) -> None:
        super().__init__(name, dtype)


class MeanAbsoluteError(_LossMetric):
    """The mean of |p - y|."""

    kind = losses.MeanAbsoluteError

    def __init__(self, name: str | None = None, dtype: Any = None) -> None:
        super().__init__(name, dtype)


class Hinge(_LossMetric):
    """The mean of max(1 - y p, 0)."""

    kind = losses.Hinge

    def __init__(self, name: str | None = None, dtype: Any = None) -> None:
        super().__init__(name, dtype)


class BinaryCrossentropy(_LossMetric):
    """The loss of that name, reported."""

    kind = losses.BinaryCrossentropy

    def __init__(
        self,
        name: str | None = None,
        dtype: Any = None,
        from_logits: bool = False,
        label_smoothing: float = 0.0,
    ) -> None:
        super().__init__(name, dtype, from_logits=from_logits, label_smoothing=label_smoothing)


class CategoricalCrossentropy(_LossMetric):
    """The loss of that name, reported."""

    kind = losses.CategoricalCrossentropy
    off: ClassVar[Mapping[str, Any]] = {"axis": -1}

    def __init__(
        self,
        name: str | None = None,
        dtype: Any = None,
        from_logits: bool = False,
        label_smoothing: float = 0.0,
    ) -> None:
        super().__init__(name, dtype, from_logits=from_logits, label_smoothing=label_smoothing)


class SparseCategoricalCrossentropy(_LossMetric):
    """The loss of that name, reported."""

    kind = losses.SparseCategoricalCrossentropy
    off: ClassVar[Mapping[str, Any]] = {"axis": -1, "ignore_class": None}

    def __init__(
        self, name: str | None = None, dtype: Any = None, from_logits: bool = False
    ) -> None:
        super().__init__(name, dtype, from_logits=from_logits)
