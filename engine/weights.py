"""Putting arrays of weights where a layer or a model keeps its own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.checks import as_numbers
from engine.configs import named

Array = NDArray[Any]


def put(views: Sequence[Array], weights: Any, owner: str) -> None:
    """Copy `weights` into the views, one array for each, in their order.

    Args:
        views: where the weights live.
        weights: a list of arrays, such as get_weights gives.
        owner: whose they are, for messages: "model" or "layer".

    Raises:
        ValueError: their number, a shape or a value does not fit. Nothing is changed then.
    """
    if isinstance(weights, str | bytes) or not isinstance(weights, Iterable):
        raise ValueError(
            f"set_weights takes a list of arrays, such as get_weights gives, not {named(weights)}."
        )
    arrays = [as_numbers(weight, f"weights[{i}]") for i, weight in enumerate(weights)]
    if [array.shape for array in arrays] != [view.shape for view in views]:
        raise ValueError(
            f"This {owner} has weights of shapes {_shapes(views)}, but got {_shapes(arrays)}."
        )
    with np.errstate(over="ignore"):  # a number too large for the dtype is caught as inf
        arrays = [array.astype(view.dtype) for array, view in zip(arrays, views, strict=True)]
    if not all(np.isfinite(array).all() for array in arrays):
        raise ValueError(
            f"Weights must be finite numbers that fit {views[0].dtype.name}; at least one is not."
        )
    for view, array in zip(views, arrays, strict=True):
        view[...] = array


def _shapes(arrays: Sequence[Array]) -> str:
    return ", ".join(str(array.shape) for array in arrays) or "none"
