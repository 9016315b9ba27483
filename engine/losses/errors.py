"""Losses that measure how far the prediction is from the target."""

from __future__ import annotations

from typing import Any

import numpy as np

from engine.arguments import number
from engine.losses.base import Array, Loss


class MeanSquaredError(Loss):
    """L = mean (p - y)^2; dL/dp = 2 (p - y) / (rows outputs)."""

    default_name = "mean_squared_error"

    def value(self, y: Array, p: Array) -> float:
        error = np.subtract(p, y).ravel()
        return float(error.dot(error)) / error.size

    def per_row(self, y: Array, p: Array) -> Array:
        return np.asarray(np.square(p - y).mean(axis=-1))

    def slope(self, y: Array, p: Array, out: Array | None = None) -> Array:
        out = np.subtract(p, y, out=out)
        return np.multiply(out, 2.0 / p.size, out=out)


class MeanAbsoluteError(Loss):
    """L = mean |p - y|; dL/dp = +-1 / (rows outputs), with the sign of p - y.

    At p = y, where the slope could be anything between, it is that of p < y: so it is in Keras on
    JAX, where |x| has slope 1 at 0 and the error is y - p.
    """

    default_name = "mean_absolute_error"

    def per_row(self, y: Array, p: Array) -> Array:
        return np.asarray(np.abs(p - y).mean(axis=-1))

    def slope(self, y: Array, p: Array, out: Array | None = None) -> Array:
        out = np.subtract(p, y, out=out)
        np.sign(out, out=out)
        out[out == 0] = -1.0
        return np.multiply(out, 1.0 / p.size, out=out)


class Huber(Loss):
    """With e = p - y, L = mean of e^2 / 2 where |e| <= delta, and of delta (|e| - delta / 2)
    elsewhere; dL/dp = e, held between -delta and delta, / (rows outputs) (Huber 1964).

    Raises:
        ValueError: delta is not a number above 0.
    """

    default_name = "huber_loss"

    def __init__(
        self,
        delta: float = 1.0,
        reduction: str = "sum_over_batch_size",
        name: str | None = None,
        dtype: Any = None,
    ) -> None:
        super().__init__(reduction, name, dtype)
        self.delta = number("Huber: delta", delta)
        if not self.delta:
            raise ValueError(f"Huber: delta must be a number above 0, not {delta!r}.")

    def per_row(self, y: Array, p: Array) -> Array:
        error = np.abs(p - y)
        quadratic = np.minimum(error, self.delta)
        # where |e| > delta: delta^2 / 2 + delta (|e| - delta)
        return np.asarray((quadratic * (error - 0.5 * quadratic)).mean(axis=-1))

    def slope(self, y: Array, p: Array, out: Array | None = None) -> Array:
        out = np.subtract(p, y, out=out)
        np.clip(out, -self.delta, self.delta, out=out)
        return np.multiply(out, 1.0 / p.size, out=out)

    def get_config(self) -> dict[str, Any]:
        return super().get_config() | {"delta": self.delta}


class Hinge(Loss):
    """L = mean max(1 - y p, 0) with targets y of -1 and 1; dL/dp = -y / (rows outputs) where
    y p < 1, half of that at y p = 1 as in JAX, else 0. Targets of 0 and 1 are taken as -1 and 1.
    """

    default_name = "hinge"

    def check_targets(self, y: Array, outputs: int) -> None:
        lowest = y.min()
        strange = y[(y != 1) & (y != (lowest if lowest == 0 else -1))]
        if strange.size:
            raise ValueError(
                f"{self.name} needs targets of -1 and 1, or of 0 and 1, but there is a "
                f"{strange[0]:g}. Code the two classes as -1 and 1."
            )

    def per_row(self, y: Array, p: Array) -> Array:
        return np.asarray(np.maximum(1.0 - _signs(y) * p, 0.0).mean(axis=-1))

    def slope(self, y: Array, p: Array, out: Array | None = None) -> Array:
        signs = _signs(y)
        missing = np.sign(1.0 - signs * p)  # 1 within the margin, 0 on it, -1 beyond
        out = np.multiply(signs, missing + 1.0, out=out)
        return np.multiply(out, -0.5 / p.size, out=out)


def _signs(y: Array) -> Array:
    return y if y.min() < 0 else 2.0 * y - 1.0
