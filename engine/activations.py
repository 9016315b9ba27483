"""Activation functions: the value of a node from its pre-activation, and the slope there.

Every function works on an array of floats of any shape, element by element; softmax alone works
on rows (the last axis). `z` is the pre-activation, `a` the value. Slopes are d a / d z.

Names and formulas: keras/src/activations/activations.py.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.names import look_up

Array = NDArray[Any]

SELU_ALPHA = 1.6732632423543772848170429916717
SELU_SCALE = 1.0507009873554804934193349852946


class ActivationFunction:
    """One activation function. The methods write to `out` when it is given."""

    name = ""
    #: softmax mixes the nodes of a row; all others treat each node by itself
    elementwise = True

    def value(self, z: Array, out: Array | None = None) -> Array:
        """The activation a = f(z), the same shape as z."""
        raise NotImplementedError

    def slope(self, z: Array, a: Array, out: Array | None = None) -> Array:
        """The slope f'(z), the same shape as z; a = f(z) is at hand so that it may be reused."""
        raise NotImplementedError

    def backward(self, z: Array, a: Array, value_slope: Array, out: Array | None = None) -> Array:
        """The chain rule: d loss / d z from `value_slope` = d loss / d a, both shaped like z."""
        out = self.slope(z, a, out=out)
        return np.multiply(out, value_slope, out=out)


class Linear(ActivationFunction):
    """f(z) = z, slope 1."""

    name = "linear"

    def value(self, z: Array, out: Array | None = None) -> Array:
        return np.positive(z, out=out)

    def slope(self, z: Array, a: Array, out: Array | None = None) -> Array:
        out = np.empty_like(z) if out is None else out
        out.fill(1.0)
        return out

    def backward(self, z: Array, a: Array, value_slope: Array, out: Array | None = None) -> Array:
        return value_slope


class ReLU(ActivationFunction):
    """f(z) = max(z, 0). Slope 1 for z > 0, else 0; at z = 0 the convention is 0, as in Keras."""

    name = "relu"

    def value(self, z: Array, out: Array | None = None) -> Array:
        return np.maximum(z, _zeros(z.shape, z.dtype), out=out)

    def slope(self, z: Array, a: Array, out: Array | None = None) -> Array:
        out = np.empty_like(z) if out is None else out
        np.copyto(out, z > 0)
        return out

    def backward(self, z: Array, a: Array, value_slope: Array, out: Array | None = None) -> Array:
        return np.multiply(value_slope, np.greater(z, _zeros(z.shape, z.dtype)), out=out)


class LeakyReLU(ActivationFunction):
    """f(z) = z for z > 0, else alpha z. The Keras activation of this name has alpha 0.2."""

    name = "leaky_relu"
    alpha = 0.2

    def value(self, z: Array, out: Array | None = None) -> Array:
        return np.maximum(z, self.alpha * z, out=out)

    def slope(self, z: Array, a: Array, out: Array | None = None) -> Array:
        return _either(z > 0, 1.0, self.alpha, like=z, out=out)


class ELU(ActivationFunction):
    """f(z) = z for z > 0, else exp(z) - 1; slope 1, or exp(z) = f(z) + 1 (Clevert et al. 2016)."""

    name = "elu"

    def value(self, z: Array, out: Array | None = None) -> Array:
        return _either(z > 0, z, np.expm1(np.minimum(z, 0)), like=z, out=out)

    def slope(self, z: Array, a: Array, out: Array | None = None) -> Array:
        return _either(z > 0, 1.0, a + 1, like=z, out=out)


class SELU(ActivationFunction):
    """f(z) = s z for z > 0, else s alpha (exp(z) - 1) (Klambauer et al. 2017)."""

    name = "selu"

    def value(self, z: Array, out: Array | None = None) -> Array:
        bent = SELU_ALPHA * np.expm1(np.minimum(z, 0))
        out = _either(z > 0, z, bent, like=z, out=out)
        return np.multiply(out, SELU_SCALE, out=out)

    def slope(self, z: Array, a: Array, out: Array | None = None) -> Array:
        return _either(z > 0, SELU_SCALE, a + SELU_SCALE * SELU_ALPHA, like=z, out=out)


class Sigmoid(ActivationFunction):
    """f(z) = 1 / (1 + exp(-z)), slope f (1 - f)."""

    name = "sigmoid"

    def value(self, z: Array, out: Array | None = None) -> Array:
        # Far enough to the left, exp(-z) would overflow; there the value is as good as 0.
        out = np.maximum(z, -_largest_exponent(z.dtype), out=out)
        np.negative(out, out=out)
        np.exp(out, out=out)
        np.add(out, 1.0, out=out)
        return np.reciprocal(out, out=out)

    def slope(self, z: Array, a: Array, out: Array | None = None) -> Array:
        out = np.subtract(1.0, a, out=out)
        return np.multiply(out, a, out=out)


class Softplus(ActivationFunction):
    """f(z) = log(1 + exp(z)), slope sigmoid(z)."""

    name = "softplus"

    def value(self, z: Array, out: Array | None = None) -> Array:
        return np.logaddexp(z, np.zeros((), z.dtype), out=out)

    def slope(self, z: Array, a: Array, out: Array | None = None) -> Array:
        return Sigmoid().value(z, out=out)


class Tanh(ActivationFunction):
    """f(z) = tanh(z), slope 1 - f^2."""

    name = "tanh"

    def value(self, z: Array, out: Array | None = None) -> Array:
        return np.tanh(z, out=out)

    def slope(self, z: Array, a: Array, out: Array | None = None) -> Array:
        out = np.multiply(a, a, out=out)
        return np.subtract(1.0, out, out=out)


class Softmax(ActivationFunction):
    """f(z)_i = exp(z_i) / sum_j exp(z_j) over the last axis: positive, and each row sums to 1.

    d a_i / d z_j = a_i (1[i = j] - a_j), so `slope`, which has room for one number per node, is
    the diagonal a_i (1 - a_i); `backward` uses the whole matrix.
    """

    name = "softmax"
    elementwise = False

    def value(self, z: Array, out: Array | None = None) -> Array:
        # Subtracting the row's maximum changes nothing and keeps exp from overflowing.
        out = np.subtract(z, np.maximum.reduce(z, axis=-1, keepdims=True), out=out)
        np.exp(out, out=out)
        return np.divide(out, np.add.reduce(out, axis=-1, keepdims=True), out=out)

    def slope(self, z: Array, a: Array, out: Array | None = None) -> Array:
        out = np.subtract(1.0, a, out=out)
        return np.multiply(out, a, out=out)

    def backward(self, z: Array, a: Array, value_slope: Array, out: Array | None = None) -> Array:
        row = np.add.reduce(value_slope * a, axis=-1, keepdims=True)
        out = np.subtract(value_slope, row, out=out)
        return np.multiply(out, a, out=out)


@lru_cache(maxsize=32)
def _zeros(shape: tuple[int, ...], dtype: Any) -> Array:
    # np.maximum(z, 0) with a plain 0 is four times slower than with an array of zeros.
    return np.zeros(shape, dtype)


@lru_cache
def _largest_exponent(dtype: Any) -> float:
    return float((np.finfo(dtype).maxexp - 1) * np.log(2.0))


def _either(condition: Array, yes: Any, no: Any, *, like: Array, out: Array | None) -> Array:
    out = np.empty_like(like) if out is None else out
    np.copyto(out, np.where(condition, yes, no), casting="same_kind")
    return out


ACTIVATIONS: dict[str, ActivationFunction] = {
    function.name: function
    for function in (
        Linear(),
        ReLU(),
        LeakyReLU(),
        ELU(),
        SELU(),
        Sigmoid(),
        Softplus(),
        Tanh(),
        Softmax(),
    )
}


def get(activation: str | ActivationFunction | None) -> ActivationFunction:
    """The activation function of that name; None is linear, as in Keras.

    Raises:
        ValueError: the name is unknown; the message has the nearest match.
    """
    if activation is None:
        return ACTIVATIONS["linear"]
    if isinstance(activation, ActivationFunction):
        return activation
    if not isinstance(activation, str):
        raise ValueError(
            f"An activation is a name such as 'relu', not {activation!r}. "
            f"Known: {', '.join(sorted(ACTIVATIONS))}."
        )
    return look_up("activation", activation, ACTIVATIONS)
