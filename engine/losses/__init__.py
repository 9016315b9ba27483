"""Losses: one number that says how wrong the predictions are, and its slope.

`y` holds the targets, (rows, target_width), and `p` the predictions, (rows, outputs). A loss is a
mean over the outputs of a row, then over the rows; cross-entropy over classes sums over the
outputs instead. Names and formulas: keras/src/losses/losses.py and keras/src/backend/jax/nn.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.configs import resolve
from engine.losses.base import Loss
from engine.losses.crossentropy import (
    BinaryCrossentropy,
    CategoricalCrossentropy,
    SparseCategoricalCrossentropy,
)
from engine.losses.errors import Hinge, Huber, MeanAbsoluteError, MeanSquaredError

__all__ = [
    "LOSSES",
    "BinaryCrossentropy",
    "CategoricalCrossentropy",
    "Hinge",
    "Huber",
    "Loss",
    "MeanAbsoluteError",
    "MeanSquaredError",
    "SparseCategoricalCrossentropy",
    "get",
]

#: every name that may be written, with its class; capitals and class names are taken as well
LOSSES: dict[str, type[Loss]] = {
    "mean_squared_error": MeanSquaredError,
    "mse": MeanSquaredError,
    "mean_absolute_error": MeanAbsoluteError,
    "mae": MeanAbsoluteError,
    "huber": Huber,
    "binary_crossentropy": BinaryCrossentropy,
    "bce": BinaryCrossentropy,
    "categorical_crossentropy": CategoricalCrossentropy,
    "cce": CategoricalCrossentropy,
    "sparse_categorical_crossentropy": SparseCategoricalCrossentropy,
    "scce": SparseCategoricalCrossentropy,
    "hinge": Hinge,
}


def get(loss: str | Mapping[str, Any] | Loss) -> Loss:
    """The loss of that name, the loss itself, or one from Keras's JSON form.

    Raises:
        ValueError: the name is unknown; the message has the nearest match.
    """
    return resolve("loss", loss, LOSSES, Loss, "a name such as 'mean_squared_error'")
