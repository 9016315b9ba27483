"""Activation functions without a corner."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, ClassVar

import numpy as np

from engine.activations.base import ActivationFunction, Array, constant
from engine.activations.gaussian import density, probability_below


class Sigmoid(ActivationFunction):
    """f(z) = 1 / (1 + exp(-z)), slope f (1 - f)."""

    name = "sigmoid"

    def value(self, z: Array, out: Array | None = None) -> Array:
        # Far enough to the left, exp(-z) would overflow; there the value is as good as 0.
        out = np.maximum(z, constant(-_largest_exponent(z.dtype), z), out=out)
        np.negative(out, out=out)
        np.exp(out, out=out)
        np.add(out, 1.0, out=out)
        return np.reciprocal(out, out=out)

    def slope(self, z: Array, a: Array, out: Array | None = None) -> Array:
        out = np.subtract(1.0, a, out=out)
        return np.multiply(out, a, out=out)


SIGMOID = Sigmoid()


class Tanh(ActivationFunction):
    """f(z) = tanh(z), slope 1 - f^2."""

    name = "tanh"

    def value(self, z: Array, out: Array | None = None) -> Array:
        return np.tanh(z, out=out)

    def slope(self, z: Array, a: Array, out: Array | None = None) -> Array:
        out = np.multiply(a, a, out=out)
        return np.subtract(1.0, out, out=out)


class Softplus(ActivationFunction):
    """f(z) = log(1 + exp(z)), slope sigmoid(z)."""

    name = "softplus"

    def value(self, z: Array, out: Array | None = None) -> Array:
        # log(1 + exp(z)) = max(z, 0) + log(1 + exp(-|z|)), where nothing can overflow
        out = np.negative(np.abs(z), out=out)
        np.exp(out, out=out)
        np.log1p(out, out=out)
        return np.add(out, np.maximum(z, constant(0.0, z)), out=out)

    def slope(self, z: Array, a: Array, out: Array | None = None) -> Array:
        return SIGMOID.value(z, out=out)


SOFTPLUS = Softplus()


class Softsign(ActivationFunction):
    """f(z) = z / (1 + |z|), slope 1 / (1 + |z|)^2."""

    name = "softsign"

    def value(self, z: Array, out: Array | None = None) -> Array:
        return np.divide(z, 1.0 + np.abs(z), out=out)

    def slope(self, z: Array, a: Array, out: Array | None = None) -> Array:
        out = np.add(np.abs(z), 1.0, out=out)
        np.reciprocal(out, out=out)
        return np.square(out, out=out)


class SiLU(ActivationFunction):
    """f(z) = z s with s = sigmoid(z), also called swish; slope s + f (1 - s)
    (Ramachandran et al. 2017)."""

    name = "silu"

    def value(self, z: Array, out: Array | None = None) -> Array:
        out = SIGMOID.value(z, out=out)
        return np.multiply(out, z, out=out)

    def slope(self, z: Array, a: Array, out: Array | None = None) -> Array:
        s = SIGMOID.value(z)
        out = np.subtract(1.0, s, out=out)
        np.multiply(out, a, out=out)
        return np.add(out, s, out=out)


class Mish(ActivationFunction):
    """f(z) = z t with t = tanh(softplus(z)); slope t + z (1 - t^2) sigmoid(z) (Misra 2019)."""

    name = "mish"

    def value(self, z: Array, out: Array | None = None) -> Array:
        return np.multiply(z, _tanh_of_softplus(z), out=out)

    def slope(self, z: Array, a: Array, out: Array | None = None) -> Array:
        t = _tanh_of_softplus(z)
        out = np.multiply(z * (1.0 - t * t), SIGMOID.value(z), out=out)
        return np.add(out, t, out=out)


class GELU(ActivationFunction):
    """f(z) = z P(z) with P(z) the chance that a standard normal number is below z; slope
    P(z) + z p(z) with p its density (Hendrycks & Gimpel 2016, the exact form)."""

    name = "gelu"
    off: ClassVar[Mapping[str, Any]] = {"approximate": False}

    def value(self, z: Array, out: Array | None = None) -> Array:
        return np.multiply(z, probability_below(z), out=out)

    def slope(self, z: Array, a: Array, out: Array | None = None) -> Array:
        out = np.multiply(z, density(z), out=out)
        return np.add(out, probability_below(z), out=out)


class Exponential(ActivationFunction):
    """f(z) = exp(z), slope f; infinite where that is beyond the range of the dtype."""

    name = "exponential"

    def value(self, z: Array, out: Array | None = None) -> Array:
        with np.errstate(over="ignore"):
            return np.exp(z, out=out)

    def slope(self, z: Array, a: Array, out: Array | None = None) -> Array:
        return np.positive(a, out=out)


def _tanh_of_softplus(z: Array) -> Array:
    return np.tanh(SOFTPLUS.value(z))


@lru_cache
def _largest_exponent(dtype: Any) -> float:
    return float((np.finfo(dtype).maxexp - 1) * np.log(2.0))
