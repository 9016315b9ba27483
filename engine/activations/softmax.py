"""Softmax: the one activation function that looks at all nodes of a row."""

from __future__ import annotations

from typing import Any

import numpy as np

from engine.activations.base import ActivationFunction, Array


class Softmax(ActivationFunction):
    """f(z)_i = exp(z_i) / sum_j exp(z_j) over one axis: positive, and each row sums to 1.

    d a_i / d z_j = a_i (1[i = j] - a_j), so `slope`, which has room for one number per node, is
    the diagonal a_i (1 - a_i); `backward` uses the whole matrix.

    Args:
        axis: the axis to sum over, counted with the rows as axis 0; -1 is the last.

    Raises:
        ValueError: axis is no whole number, or 0, which would mix the rows.
    """

    keras_module = "keras.layers"
    name = "softmax"
    elementwise = False

    def __init__(self, axis: int = -1) -> None:
        if isinstance(axis, bool) or not isinstance(axis, int | np.integer) or axis == 0:
            raise ValueError(
                "softmax needs the number of one axis, such as -1 for the last, and not axis 0, "
                f"which would mix the rows; got axis={axis!r}."
            )
        self.axis = int(axis)

    def value(self, z: Array, out: Array | None = None) -> Array:
        # Subtracting the row's maximum changes nothing and keeps exp from overflowing.
        out = np.subtract(z, np.maximum.reduce(z, axis=self.axis, keepdims=True), out=out)
        np.exp(out, out=out)
        # A product with ones would sum faster, but to other last digits for one row than for many.
        return np.divide(out, np.add.reduce(out, axis=self.axis, keepdims=True), out=out)

    def slope(self, z: Array, a: Array, out: Array | None = None) -> Array:
        out = np.subtract(1.0, a, out=out)
        return np.multiply(out, a, out=out)

    def backward(self, z: Array, a: Array, value_slope: Array, out: Array | None = None) -> Array:
        row = np.add.reduce(value_slope * a, axis=self.axis, keepdims=True)
        out = np.subtract(value_slope, row, out=out)
        return np.multiply(out, a, out=out)

    def get_config(self) -> dict[str, Any]:
        return {"axis": self.axis}
