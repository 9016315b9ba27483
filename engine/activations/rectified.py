"""Activation functions made of straight pieces, and those that bend below 0.

Where two pieces meet, the slope is the one that JAX's derivative gives there.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from engine.activations.base import ActivationFunction, Array, constant, either
from engine.arguments import number

SELU_ALPHA = 1.6732632423543772848170429916717
SELU_SCALE = 1.0507009873554804934193349852946


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
    """f(z) = max(z, 0); slope 1 for z > 0, else 0.

    With parameters: z above the threshold t, never more than `max_value`, and below the
    threshold negative_slope (z - t). At z = t the slope is 0; at z = max_value it is 1/2, since
    JAX's clip shares it between the two sides, but 0 where it is the function `relu6`.

    Raises:
        ValueError: a parameter is negative (max_value may be None).
    """

    keras_module = "keras.layers"
    name = "relu"

    def __init__(
        self,
        negative_slope: float = 0.0,
        max_value: float | None = None,
        threshold: float = 0.0,
    ) -> None:
        self.negative_slope = number(f"{self.name}: negative_slope", negative_slope)
        self.threshold = number(f"{self.name}: threshold", threshold)
        self.max_value = None if max_value is None else number(f"{self.name}: max_value", max_value)
        self._plain = not self.negative_slope and max_value is None and not self.threshold

    def value(self, z: Array, out: Array | None = None) -> Array:
        if self._plain:
            return np.maximum(z, constant(0.0, z), out=out)
        bent: Array = np.where(z <= self.threshold, 0.0, z).astype(z.dtype)
        if self.max_value is not None:
            np.minimum(bent, self.max_value, out=bent)
        if self.negative_slope:
            bent -= self.negative_slope * np.maximum(self.threshold - z, 0.0)
        return np.positive(bent, out=out)

    def slope(self, z: Array, a: Array, out: Array | None = None) -> Array:
        if self._plain:
            # a is 0 or more, so this makes 1 of all that is above 0. In floating point it is
            # quicker than a comparison, whose booleans have to be converted before a product.
            out = np.minimum(a, constant(1.0, a), out=out)
            return np.ceil(out, out=out)
        rising = (z > self.threshold) * 1.0
        if self.max_value is not None:
            rising *= (z < self.max_value) + self._slope_at_max * (z == self.max_value)
        elif not self.threshold:
            rising[z == 0] = 1.0  # without the other two parameters this is leaky_relu
        return either(z < self.threshold, self.negative_slope, rising, like=z, out=out)

    @property
    def _slope_at_max(self) -> float:
        return 0.0 if self.max_value == 6 and not self.threshold else 0.5

    def get_config(self) -> dict[str, Any]:
        return {
            "negative_slope": self.negative_slope,
            "max_value": self.max_value,
            "threshold": self.threshold,
        }


class ReLU6(ActivationFunction):
    """f(z) = z between 0 and 6, held at 0 and 6 outside; slope 1 inside, 0 at both ends."""

    name = "relu6"

    def value(self, z: Array, out: Array | None = None) -> Array:
        out = np.maximum(z, constant(0.0, z), out=out)
        return np.minimum(out, constant(6.0, z), out=out)

    def slope(self, z: Array, a: Array, out: Array | None = None) -> Array:
        return either((z > 0) & (z < 6), 1.0, 0.0, like=z, out=out)


class HardSigmoid(ActivationFunction):
    """f(z) = z / 6 + 1/2, held at 0 and 1; slope 1/6 for -3 < z < 3, else 0."""

    name = "hard_sigmoid"

    def value(self, z: Array, out: Array | None = None) -> Array:
        out = np.add(z, 3.0, out=out)
        np.clip(out, 0.0, 6.0, out=out)
        return np.divide(out, 6.0, out=out)

    def slope(self, z: Array, a: Array, out: Array | None = None) -> Array:
        return either((z > -3) & (z < 3), 1 / 6, 0.0, like=z, out=out)


class LeakyReLU(ActivationFunction):
    """f(z) = z for z >= 0 (slope 1), else negative_slope z.

    The default 0.2 is that of the function `leaky_relu`; the layer LeakyReLU has 0.3.

    Raises:
        ValueError: negative_slope is below 0.
    """

    keras_module = "keras.layers"
    name = "leaky_relu"

    def __init__(self, negative_slope: float = 0.2) -> None:
        self.negative_slope = number(f"{self.name}: negative_slope", negative_slope)

    def value(self, z: Array, out: Array | None = None) -> Array:
        bent = np.multiply(z, self.negative_slope)
        return (np.maximum if self.negative_slope <= 1 else np.minimum)(z, bent, out=out)

    def slope(self, z: Array, a: Array, out: Array | None = None) -> Array:
        return either(z >= 0, 1.0, self.negative_slope, like=z, out=out)

    def get_config(self) -> dict[str, Any]:
        return {"negative_slope": self.negative_slope}


class ELU(ActivationFunction):
    """f(z) = z for z > 0, else alpha (exp(z) - 1); slope 1, or alpha exp(z) = f(z) + alpha
    (Clevert et al. 2016)."""

    keras_module = "keras.layers"
    name = "elu"

    def __init__(self, alpha: float = 1.0) -> None:
        self.alpha = number(f"{self.name}: alpha", alpha, low=-math.inf)

    def value(self, z: Array, out: Array | None = None) -> Array:
        return either(z > 0, z, self.alpha * np.expm1(np.minimum(z, 0)), like=z, out=out)

    def slope(self, z: Array, a: Array, out: Array | None = None) -> Array:
        return either(z > 0, 1.0, a + self.alpha, like=z, out=out)

    def get_config(self) -> dict[str, Any]:
        return {"alpha": self.alpha}


class SELU(ActivationFunction):
    """f(z) = s z for z > 0, else s alpha (exp(z) - 1) (Klambauer et al. 2017)."""

    name = "selu"

    def value(self, z: Array, out: Array | None = None) -> Array:
        bent = SELU_ALPHA * np.expm1(np.minimum(z, 0))
        out = either(z > 0, z, bent, like=z, out=out)
        return np.multiply(out, SELU_SCALE, out=out)

    def slope(self, z: Array, a: Array, out: Array | None = None) -> Array:
        return either(z > 0, SELU_SCALE, a + SELU_SCALE * SELU_ALPHA, like=z, out=out)
