"""What every activation function has, and the helpers that they share."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, ClassVar, Self

import numpy as np
from numpy.typing import NDArray

from engine.configs import Configured

Array = NDArray[Any]

#: above this many numbers, an array of one constant is not worth its memory
LARGEST_CONSTANT = 2**17


class ActivationFunction(Configured):
    """One activation function. The methods write to `out`, another array, when it is given."""

    keras_module: ClassVar[str] = "keras.activations"
    #: Keras's name of the function
    name: ClassVar[str] = ""
    #: softmax mixes the nodes of a row; all others treat each node by itself
    elementwise: ClassVar[bool] = True

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

    def get_config(self) -> dict[str, Any]:
        """The function's parameters; most have none."""
        return {}

    @classmethod
    def from_config(cls, config: Mapping[str, Any]) -> Self:
        """Make one from such parameters, or from the config of Keras's layer of that name.

        Raises:
            ValueError: an argument is unknown, or is set to something that the engine lacks.
        """
        of_layers = ("name", "trainable", "dtype")
        return super().from_config({k: v for k, v in config.items() if k not in of_layers})


def constant(value: float, like: Array) -> Array:
    """`value` as an array of the shape and dtype of `like`, made once and shared: never write.

    np.maximum and np.minimum take half the time with such an array than with a plain number,
    for which NumPy has no vector instructions. Huge arrays get an array of one number after all.
    """
    if like.size > LARGEST_CONSTANT:
        return np.asarray(value, like.dtype)
    return _constant(value, like.shape, like.dtype)


@lru_cache(maxsize=32)
def _constant(value: float, shape: tuple[int, ...], dtype: Any) -> Array:
    array = np.full(shape, value, dtype)
    array.flags.writeable = False
    return array


def either(condition: Array, yes: Any, no: Any, *, like: Array, out: Array | None) -> Array:
    """`yes` where the condition holds, else `no`; an array like `like`."""
    out = np.empty_like(like) if out is None else out
    np.copyto(out, np.where(condition, yes, no), casting="same_kind")
    return out
