"""The rows that `fit` trains with: which are held out, and what each of them weighs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from engine.arguments import number
from engine.checks import as_numbers, as_weights
from engine.data import split_point

if TYPE_CHECKING:
    pass

Array = NDArray[Any]


def hold_out_last(
    x: Any, y: Any, weights: Any, fraction: float
) -> tuple[Array, Array, Array | None, tuple[Array, ...]]:
    """x, y and weights of the first int(rows (1 - fraction)) rows, then all three of the rest.

    These are views: nothing is copied.

    Raises:
        ValueError: the three differ in length, or a part would have no rows.
    """
    x, y = as_numbers(x, "x"), as_numbers(y, "y")
    if x.ndim == 0 or y.ndim == 0 or len(x) != len(y):
        raise ValueError(
            f"x has shape {x.shape} and y {y.shape}: there must be one target per row of x."
        )
    at = split_point(len(x), fraction)
    if weights is None:
        return x[:at], y[:at], None, (x[at:], y[at:])
    weights = as_weights(weights, len(x), np.float64)
    return x[:at], y[:at], weights[:at], (x[at:], y[at:], weights[at:])


def class_weights(y: Any, of_class: Mapping[int, float], sample_weight: Any = None) -> Array:
    """The weight of each row by its class; a class that is not named weighs 1.

    `y` are classes 0, 1, 2... of shape (rows,) or (rows, 1), or one-hot rows (rows, classes).
    As keras/src/trainers/data_adapters/data_adapter_utils.py.

    Raises:
        ValueError: there are sample weights too, y holds no classes, a class or weight is not a
            number, or none of the classes occurs in y.
    """
    if sample_weight is not None:
        raise ValueError(
            "fit takes either class_weight or sample_weight, as Keras does. For both, multiply: "
            "sample_weight=weights * np.array([class_weight[c] for c in classes])."
        )
    checked = _checked(of_class)
    classes = _classes(as_numbers(y, "y"))
    weights = np.ones(len(classes))
    found = False
    for name, weight in checked.items():
        rows = classes == name
        found |= bool(rows.any())
        weights[rows] = weight
    if of_class and not found:
        there = ", ".join(f"{one:g}" for one in np.unique(classes)[:10])
        raise ValueError(
            f"class_weight has weights for {', '.join(map(str, of_class))}, but y has only the "
            f"classes {there}."
        )
    return weights


def _classes(y: Array) -> Array:
    if y.ndim == 0:
        raise ValueError("class_weight needs the class of each row in y, not a single number.")
    if 0 in y.shape:
        raise ValueError(f"y has shape {y.shape}: there is no class in it.")
    classes = y.argmax(axis=-1) if y.ndim > 1 and y.shape[-1] > 1 else y.reshape(len(y), -1)[:, 0]
    if (classes != np.round(classes)).any():
        odd = classes[classes != np.round(classes)][0]
        raise ValueError(
            f"class_weight needs targets that are classes 0, 1, 2 and so on, but y has {odd:g}. "
            "For other targets give sample_weight, one number per row."
        )
    return classes


def _checked(of_class: Mapping[int, float]) -> dict[int, float]:
    if not isinstance(of_class, Mapping):
        raise ValueError(
            f"class_weight must be a dict such as {{0: 1.0, 1: 5.0}}, not {of_class!r}."
        )
    for name, weight in of_class.items():
        is_class = isinstance(name, int | np.integer) and not isinstance(name, bool)
        if not is_class:
            raise ValueError(
                "class_weight maps a class, a whole number, to its weight, 0 or more; "
                f"got {name!r}: {weight!r}."
            )
        number(f"The weight of class {name}", weight)
    return dict(of_class)
