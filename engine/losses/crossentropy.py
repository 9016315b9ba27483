"""Losses for probabilities: minus the logarithm of what was given to the truth.

Probabilities are first held between 1e-7 and 1 - 1e-7; `clipping` says what becomes of slopes.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import numpy as np

from engine.activations import get as activation
from engine.arguments import flag, number
from engine.losses.base import Array, Loss
from engine.losses.clipping import (
    EPSILON,
    clip,
    clip_slope,
    largest,
    log_softmax,
    normalised,
    smallest,
)

SIGMOID, SOFTMAX, SOFTPLUS = (activation(name) for name in ("sigmoid", "softmax", "softplus"))


class _Crossentropy(Loss):
    """What the cross-entropies with a target per output have in common.

    Args:
        from_logits: the predictions are z, before the activation, which is then part of the loss.
        label_smoothing: how much of the targets is spread evenly over the classes.

    Raises:
        ValueError: label_smoothing is not between 0 and 1.
    """

    off: ClassVar[Mapping[str, Any]] = {"axis": -1}

    def __init__(
        self,
        from_logits: bool = False,
        label_smoothing: float = 0.0,
        *,
        reduction: str = "sum_over_batch_size",
        name: str | None = None,
        dtype: Any = None,
    ) -> None:
        super().__init__(reduction, name, dtype)
        self.from_logits = flag("from_logits", from_logits)
        self.label_smoothing = number(f"{self.name}: label_smoothing", label_smoothing, high=1.0)
        if from_logits:
            self.partner = None

    def smoothed(self, y: Array, classes: int) -> Array:
        """The targets with `label_smoothing` shared out among so many classes."""
        if not self.label_smoothing:
            return y
        return y * (1.0 - self.label_smoothing) + self.label_smoothing / classes

    def get_config(self) -> dict[str, Any]:
        return super().get_config() | {
            "from_logits": self.from_logits,
            "label_smoothing": self.label_smoothing,
        }


class BinaryCrossentropy(_Crossentropy):
    """L = mean -(y log p + (1 - y) log(1 - p)); dL/dp = (p - y) / (p (1 - p)) / (rows outputs).

    With a sigmoid output, dL/dz = (p - y) / (rows outputs): the slope of the sigmoid cancels.

    Args:
        from_logits: the predictions are z, the sigmoid is part of the loss: nothing is clipped.
        label_smoothing: s turns targets 0 and 1 into s/2 and 1 - s/2.
    """

    default_name = "binary_crossentropy"
    partner: str | None = "sigmoid"

    def check_targets(self, y: Array, outputs: int) -> None:
        if y.min() < 0 or y.max() > 1:
            raise ValueError(
                f"{self.name} needs targets between 0 and 1, but they run from "
                f"{y.min():g} to {y.max():g}. Code the two classes as 0 and 1."
            )

    def value(self, y: Array, p: Array) -> float:
        if self.from_logits:
            return super().value(y, p)
        y, q = self.smoothed(y, 2), clip(p)
        total = np.vdot(y, np.log(q)) + np.vdot(1.0 - y, np.log(1.0 - q))
        return -float(total) / p.size

    def per_row(self, y: Array, p: Array) -> Array:
        y = self.smoothed(y, 2)
        if self.from_logits:
            # -y log s(z) - (1 - y) log s(-z) with log s(z) = -softplus(-z)
            each = y * SOFTPLUS.value(-p) + (1.0 - y) * SOFTPLUS.value(p)
        else:
            q = clip(p)
            each = -(y * np.log(q) + (1.0 - y) * np.log(1.0 - q))
        return np.asarray(each.mean(axis=-1))

    def slope(self, y: Array, p: Array, out: Array | None = None) -> Array:
        y = self.smoothed(y, 2)
        if self.from_logits:
            out = np.subtract(SIGMOID.value(p), y, out=out)
        else:
            q = clip(p)
            out = np.subtract(q, y, out=out)
            out /= q * (1.0 - q)
            out *= clip_slope(p)
        return np.multiply(out, 1.0 / p.size, out=out)

    def partner_slope(self, y: Array, p: Array, out: Array | None = None) -> Array:
        out = np.subtract(p, self.smoothed(y, 2), out=out)
        if not (smallest(p) > EPSILON and largest(p) < 1.0 - EPSILON):
            out *= clip_slope(p)
        return np.multiply(out, 1.0 / p.size, out=out)


class CategoricalCrossentropy(_Crossentropy):
    """L = mean over rows of -sum_j y_j log p_j, after scaling each row of p to sum 1.

    With a softmax output, dL/dz_i = (p_i sum_k y_k m_k - y_i m_i) / rows, where m is the slope
    of the clipping: 1 inside the limits, 0 outside. With all m = 1 it is (p - y) / rows.

    Args:
        from_logits: the predictions are z, the softmax is part of the loss: nothing is clipped.
        label_smoothing: s mixes the targets with even ones: (1 - s) y + s / classes.
    """

    default_name = "categorical_crossentropy"
    partner: str | None = "softmax"

    def check_targets(self, y: Array, outputs: int) -> None:
        if y.shape[-1] < 2:
            raise ValueError(
                f"{self.name} needs one target column per class, but there is one column. Use "
                "to_categorical on the labels, or binary_crossentropy with a sigmoid output."
            )
        off = np.flatnonzero((np.abs(y.sum(axis=-1) - 1) > 1e-5) | (y.min(axis=-1) < 0))
        if off.size:
            row = int(off[0])
            raise ValueError(
                f"{self.name} needs targets whose rows are probabilities that sum to 1, such as "
                f"one-hot rows, but row {row} is {_short(y[row])}. Use to_categorical on labels, "
                "or divide each row by its sum."
            )

    def per_row(self, y: Array, p: Array) -> Array:
        logarithms = log_softmax(p) if self.from_logits else np.log(clip(normalised(p)))
        return np.asarray(-(self.smoothed(y, y.shape[-1]) * logarithms).sum(axis=-1))

    def slope(self, y: Array, p: Array, out: Array | None = None) -> Array:
        y = self.smoothed(y, y.shape[-1])
        if self.from_logits:
            out = np.multiply(SOFTMAX.value(p), y.sum(axis=-1, keepdims=True), out=out)
            np.subtract(out, y, out=out)
        else:
            # q = p / s with s = sum p: dL/dp_j = (sum_k y_k m_k - y_j m_j / q_j) / s / rows
            q = normalised(p)
            counted = y * clip_slope(q)
            out = np.divide(counted, clip(q), out=out)
            np.subtract(counted.sum(axis=-1, keepdims=True), out, out=out)
            out /= p.sum(axis=-1, keepdims=True)
        return np.multiply(out, 1.0 / len(p), out=out)

    def partner_value(self, y: Array, p: Array) -> float:
        logarithms = clip(p)
        np.log(logarithms, out=logarithms)
        return -float(np.vdot(self.smoothed(y, y.shape[-1]), logarithms)) / len(p)

    def partner_slope(self, y: Array, p: Array, out: Array | None = None) -> Array:
        y = self.smoothed(y, y.shape[-1])
        # The rows of p sum to 1: when none is within 4e-7 of 0, none is within 1e-7 of 1 either.
        if smallest(p) > 4 * EPSILON:
            out = np.subtract(p, y, out=out)
        else:
            counted = y * clip_slope(p)
            out = np.multiply(p, np.add.reduce(counted, axis=-1, keepdims=True), out=out)
            np.subtract(out, counted, out=out)
        return np.multiply(out, 1.0 / len(p), out=out)


class SparseCategoricalCrossentropy(Loss):
    """L = mean over rows of -log p_label, after scaling each row of p to sum 1.

    It is CategoricalCrossentropy with the label's number, 0 to outputs - 1, in one column
    instead of a one-hot row.

    Args:
        from_logits: the predictions are z, the softmax is part of the loss: nothing is clipped.
    """

    default_name = "sparse_categorical_crossentropy"
    off: ClassVar[Mapping[str, Any]] = {"ignore_class": None, "axis": -1}
    partner: str | None = "softmax"

    def __init__(
        self,
        from_logits: bool = False,
        *,
        reduction: str = "sum_over_batch_size",
        name: str | None = None,
        dtype: Any = None,
    ) -> None:
        super().__init__(reduction, name, dtype)
        self.from_logits = flag("from_logits", from_logits)
        if from_logits:
            self.partner = None

    def target_width(self, outputs: int) -> int:
        return 1

    def check_targets(self, y: Array, outputs: int) -> None:
        bad = np.flatnonzero((y < 0) | (y >= outputs) | (y != np.floor(y)))
        if bad.size:
            row = int(bad[0])
            raise ValueError(
                f"{self.name} needs labels that are whole numbers from 0 to {outputs - 1}, one "
                f"for each of the {outputs} outputs, but row {row} has {y.ravel()[row]:g}. "
                "Number the classes from 0, and give the last layer one unit per class."
            )

    def per_row(self, y: Array, p: Array) -> Array:
        logarithms = log_softmax(p) if self.from_logits else np.log(clip(normalised(p)))
        return np.asarray(-logarithms[_places(y)])

    def slope(self, y: Array, p: Array, out: Array | None = None) -> Array:
        places = _places(y)
        if self.from_logits:
            out = SOFTMAX.value(p, out=out)
            out[places] -= 1.0
        else:
            # q = p / s with s = sum p: dL/dp_j = (1 - 1[j = label] / q_j) m / s / rows
            q = normalised(p)
            out = np.empty_like(p) if out is None else out
            out.fill(1.0)
            out[places] -= 1.0 / clip(q[places])
            out *= (clip_slope(q[places]) / p.sum(axis=-1))[:, None]
        return np.multiply(out, 1.0 / len(p), out=out)

    def partner_value(self, y: Array, p: Array) -> float:
        return -float(np.log(clip(p[_places(y)])).mean())

    def partner_slope(self, y: Array, p: Array, out: Array | None = None) -> Array:
        places = _places(y)
        out = np.positive(p, out=out)
        out[places] -= 1.0
        if not smallest(p) > 4 * EPSILON:  # as in CategoricalCrossentropy
            out *= clip_slope(p[places])[:, None]
        return np.multiply(out, 1.0 / len(p), out=out)

    def get_config(self) -> dict[str, Any]:
        return super().get_config() | {"from_logits": self.from_logits}


def _places(y: Array) -> tuple[Array, Array]:
    """Where in p the labels, (rows, 1), point to."""
    return np.arange(len(y)), y[:, 0].astype(np.intp)


def _short(row: Array) -> str:
    shown = ", ".join(f"{value:g}" for value in row[:6])
    return f"[{shown}{', ...' if row.size > 6 else ''}]"
