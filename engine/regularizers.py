"""Regularizers: a penalty for large weights, added to the loss.

Names and formulas: keras/src/regularizers/regularizers.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from engine.arguments import number
from engine.configs import Configured, resolve
from engine.configs import serialize as as_json

Array = NDArray[Any]


class Regularizer(Configured):
    """One kind of penalty. `w` is an array of weights of any shape, of the model's dtype."""

    keras_module: ClassVar[str] = "keras.regularizers"

    def penalty(self, w: Array) -> float:
        """What these weights add to the loss."""
        raise NotImplementedError

    def add_slope(self, w: Array, out: Array) -> None:
        """Add d penalty / d w to `out`, an array like w, in place."""
        raise NotImplementedError


class L1L2(Regularizer):
    """l1 sum |w| + l2 sum w^2, with slope l1 sign(w) + 2 l2 w.

    |w| has slope 1 at w = 0, as it has in JAX.

    Raises:
        ValueError: a factor is not a finite number, 0 or more.
    """

    def __init__(self, l1: float = 0.0, l2: float = 0.0) -> None:
        self.l1 = number("l1", l1)
        self.l2 = number("l2", l2)

    def penalty(self, w: Array) -> float:
        total = 0.0
        if self.l1:
            total += self.l1 * float(np.abs(w).sum())
        if self.l2:
            flat = w.ravel()
            total += self.l2 * float(flat.dot(flat))
        return total

    def add_slope(self, w: Array, out: Array) -> None:
        if self.l1:
            out += np.copysign(self.l1, w + 0.0)  # + 0 turns -0 into 0
        if self.l2:
            out += 2.0 * self.l2 * w

    def get_config(self) -> dict[str, Any]:
        return {"l1": self.l1, "l2": self.l2}


class L1(L1L2):
    """l1 sum |w|: many weights become 0."""

    def __init__(self, l1: float = 0.01) -> None:
        super().__init__(l1=l1)

    def get_config(self) -> dict[str, Any]:
        return {"l1": self.l1}


class L2(L1L2):
    """l2 sum w^2: all weights become smaller, large ones most."""

    def __init__(self, l2: float = 0.01) -> None:
        super().__init__(l2=l2)

    def get_config(self) -> dict[str, Any]:
        return {"l2": self.l2}


#: every name that may be written, with its class
REGULARIZERS: dict[str, type[Regularizer]] = {"l1": L1, "l2": L2, "l1_l2": L1L2}


def get(
    regularizer: str | Mapping[str, Any] | Regularizer | None,
) -> Regularizer | None:
    """The regularizer of that name with its defaults, the regularizer itself, or None.

    "l1_l2" has both factors at 0.01, as Keras documents it; the class L1L2 has them at 0.

    Raises:
        ValueError: the name is unknown; the message has the nearest match.
    """
    if regularizer is None:
        return None
    if isinstance(regularizer, str) and regularizer.casefold() == "l1_l2":
        return L1L2(l1=0.01, l2=0.01)
    return resolve("regularizer", regularizer, REGULARIZERS, Regularizer, "'l2' or L2(0.001)")


def serialize(regularizer: Regularizer | None) -> dict[str, Any] | None:
    """The regularizer in Keras's JSON form; None stays None."""
    return None if regularizer is None else as_json(regularizer)
