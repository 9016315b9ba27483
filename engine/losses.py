"""Losses: one number that says how wrong the predictions are, and its slope.

`y` holds the targets and `p` the predictions, both of shape (rows, outputs). A loss is a mean
over the outputs of a row, then over the rows; cross-entropy over classes sums over the outputs
instead. Names and formulas: keras/src/losses/losses.py and keras/src/backend (clipping).
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.names import look_up

Array = NDArray[Any]

# Probabilities are kept this far from 0 and 1, so that no logarithm is infinite (Keras: epsilon).
EPSILON = 1e-7


class Loss:
    """One loss function."""

    name = ""
    #: the activation with which d loss / d pre-activation is simply (p - y), scaled
    partner: str | None = None

    def check_targets(self, y: Array) -> None:
        """Raise ValueError when these targets, (rows, outputs), make no sense for this loss."""

    def value(self, y: Array, p: Array) -> float:
        """The loss of these rows: a number in the unit of the targets, squared or not."""
        raise NotImplementedError

    def slope(self, y: Array, p: Array, out: Array | None = None) -> Array:
        """d loss / d p, shaped like p."""
        raise NotImplementedError

    def partner_value(self, y: Array, p: Array) -> float:
        """The same loss when p = partner(z), for which it may be simpler."""
        return self.value(y, p)

    def partner_slope(self, y: Array, p: Array, out: Array | None = None) -> Array:
        """d loss / d z, shaped like p, when p = partner(z)."""
        raise NotImplementedError(f"{self.name} has no partner activation")


class MeanSquaredError(Loss):
    """L = mean (p - y)^2; dL/dp = 2 (p - y) / (rows outputs)."""

    name = "mean_squared_error"

    def value(self, y: Array, p: Array) -> float:
        error = np.subtract(p, y).ravel()
        return float(error.dot(error)) / error.size

    def slope(self, y: Array, p: Array, out: Array | None = None) -> Array:
        out = np.subtract(p, y, out=out)
        return np.multiply(out, 2.0 / p.size, out=out)


class MeanAbsoluteError(Loss):
    """L = mean |p - y|; dL/dp = sign(p - y) / (rows outputs), and 0 where p = y."""

    name = "mean_absolute_error"

    def value(self, y: Array, p: Array) -> float:
        return float(np.abs(p - y).mean())

    def slope(self, y: Array, p: Array, out: Array | None = None) -> Array:
        out = np.subtract(p, y, out=out)
        np.sign(out, out=out)
        return np.multiply(out, 1.0 / p.size, out=out)


class BinaryCrossentropy(Loss):
    """L = mean -(y log p + (1 - y) log(1 - p)); dL/dp = (p - y) / (p (1 - p)) / (rows outputs).

    With a sigmoid output, dL/dz = (p - y) / (rows outputs): the slope of the sigmoid cancels.
    This holds for a sure mistake too, where the clipped loss is flat but there is most to learn.
    """

    name = "binary_crossentropy"
    partner = "sigmoid"

    def check_targets(self, y: Array) -> None:
        if y.min() < 0 or y.max() > 1:
            raise ValueError(
                "binary_crossentropy needs targets between 0 and 1, but they run from "
                f"{y.min():g} to {y.max():g}. Code the two classes as 0 and 1."
            )

    def value(self, y: Array, p: Array) -> float:
        p = _clip(p)
        return -float((y * np.log(p) + (1 - y) * np.log1p(-p)).mean())

    def slope(self, y: Array, p: Array, out: Array | None = None) -> Array:
        q = _clip(p)
        out = np.subtract(q, y, out=out)
        out /= q * (1 - q)
        return np.multiply(out, 1.0 / p.size, out=out)

    def partner_slope(self, y: Array, p: Array, out: Array | None = None) -> Array:
        out = np.subtract(p, y, out=out)
        return np.multiply(out, 1.0 / p.size, out=out)


class CategoricalCrossentropy(Loss):
    """L = mean over rows of -sum_j y_j log p_j, after scaling each row of p to sum 1.

    With a softmax output, dL/dz = (p - y) / rows (the rows of y sum to 1), clipped or not.
    """

    name = "categorical_crossentropy"
    partner = "softmax"

    def check_targets(self, y: Array) -> None:
        if y.shape[-1] < 2:
            raise ValueError(
                "categorical_crossentropy needs one target column per class, but there is one "
                "column. Use to_categorical on the labels, or binary_crossentropy with a "
                "sigmoid output."
            )
        sums = y.sum(axis=-1)
        off = np.flatnonzero((np.abs(sums - 1) > 1e-3) | (y.min(axis=-1) < 0))
        if off.size:
            row = int(off[0])
            raise ValueError(
                "categorical_crossentropy needs targets whose rows are probabilities that sum "
                f"to 1, such as one-hot rows, but row {row} is {_short(y[row])}. "
                "Use to_categorical on the labels."
            )

    def value(self, y: Array, p: Array) -> float:
        return self.partner_value(y, p / p.sum(axis=-1, keepdims=True))

    def partner_value(self, y: Array, p: Array) -> float:
        logarithms = _clip(p)
        np.log(logarithms, out=logarithms)
        return -float(np.vdot(y, logarithms)) / len(p)

    def slope(self, y: Array, p: Array, out: Array | None = None) -> Array:
        # q = p / s with s = sum p: dL/dp_j = (sum_i y_i - y_j / q_j) / s / rows
        total = p.sum(axis=-1, keepdims=True)
        out = np.divide(y, _clip(p / total), out=out)
        np.subtract(y.sum(axis=-1, keepdims=True), out, out=out)
        out /= total
        return np.multiply(out, 1.0 / len(p), out=out)

    def partner_slope(self, y: Array, p: Array, out: Array | None = None) -> Array:
        out = np.subtract(p, y, out=out)
        return np.multiply(out, 1.0 / len(p), out=out)


def _clip(p: Array) -> Array:
    clipped = np.maximum(p, EPSILON)
    return np.minimum(clipped, 1 - EPSILON, out=clipped)


def _short(row: Array) -> str:
    shown = ", ".join(f"{value:g}" for value in row[:6])
    return f"[{shown}{', ...' if row.size > 6 else ''}]"


LOSSES: dict[str, type[Loss]] = {
    "mean_squared_error": MeanSquaredError,
    "mse": MeanSquaredError,
    "mean_absolute_error": MeanAbsoluteError,
    "mae": MeanAbsoluteError,
    "binary_crossentropy": BinaryCrossentropy,
    "bce": BinaryCrossentropy,
    "categorical_crossentropy": CategoricalCrossentropy,
    "cce": CategoricalCrossentropy,
}


def get(loss: str | Loss) -> Loss:
    """The loss of that name, or the loss itself.

    Raises:
        ValueError: the name is unknown; the message has the nearest match.
    """
    if isinstance(loss, Loss):
        return loss
    if not isinstance(loss, str):
        raise ValueError(f"A loss is a name such as 'mean_squared_error', not {loss!r}.")
    return look_up("loss", loss, LOSSES)()
